"""The list of finished files with their sums."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plan import GENERATOR_VERSION, REDUCED, SEED, SMALL

MANIFEST = "manifest.json"


def file_sum(path: Path) -> str:
    """The sha256 sum of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def instructions() -> list[str]:
    """The vector instructions of this processor that the renderer chooses its code by.

    Pictures come out byte for byte the same only where these are the same.
    """
    listing = Path("/proc/cpuinfo")
    if not listing.exists():
        return ["unknown"]
    words = set(listing.read_text(encoding="utf-8", errors="replace").split())
    return sorted(words & {"sse4_2", "avx", "avx2", "avx512f"})


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a data folder; an empty one where there is none."""
    path = folder / MANIFEST
    if not path.exists():
        return {"files": {}}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write_whole(path: Path, content: bytes) -> None:
    """Write a whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)


def write_manifest(folder: Path, names: Iterable[str], renderer: str) -> None:
    """Sums of these files of the data folder, sorted by path."""
    manifest = {
        "about": "Made by data/render; sha256 sums of the files, paths below this folder.",
        "generator": GENERATOR_VERSION,
        "seed": SEED,
        "renderer": renderer,
        "instructions": instructions(),
        "kinds": {wanted.folder: wanted.kind_counts() for wanted in (REDUCED, SMALL)},
        "files": {name: file_sum(folder / name) for name in sorted(names)},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / MANIFEST, text.encode())
