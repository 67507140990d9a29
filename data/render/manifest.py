"""The list of finished pictures with their sums, and the contact sheet."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from PIL import Image

from plan import FOLDER, GENERATOR_VERSION, SEED, SceneTask, kind_counts

MANIFEST = "manifest.json"
SHEET = f"{FOLDER}/sheet.jpg"
SHEET_COLUMNS = 20
SHEET_PIXELS = 80


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


def write_manifest(folder: Path, tasks: list[SceneTask], renderer: str) -> None:
    """Sums of every picture of these scenes and of the sheet, sorted by path."""
    names = sorted([SHEET, *(name for task in tasks for name in task.files)])
    manifest = {
        "about": "Made by data/render; sha256 sums of the files, paths below this folder.",
        "generator": GENERATOR_VERSION,
        "seed": SEED,
        "renderer": renderer,
        "instructions": instructions(),
        "kinds": kind_counts(),
        "files": {name: file_sum(folder / name) for name in names},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / MANIFEST, text.encode())


def write_sheet(folder: Path, tasks: list[SceneTask]) -> None:
    """The first picture of each training scene in rows: cars above, trucks below."""
    groups = [
        [task.files[0] for task in tasks if task.part == "train" and task.label == label]
        for label in ("Car", "Truck")
    ]
    rows = [-(-len(group) // SHEET_COLUMNS) for group in groups]
    size = (SHEET_COLUMNS * SHEET_PIXELS, sum(rows) * SHEET_PIXELS)
    sheet = Image.new("RGB", size, (255, 255, 255))
    inner = SHEET_PIXELS - 2
    for group, first in zip(groups, (0, rows[0]), strict=True):
        for i, name in enumerate(sorted(group)):
            with Image.open(folder / name) as picture:
                small = picture.resize((inner, inner), Image.Resampling.LANCZOS)
            row, column = divmod(i, SHEET_COLUMNS)
            sheet.paste(small, (column * SHEET_PIXELS, (first + row) * SHEET_PIXELS))
    path = folder / SHEET
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    sheet.save(unfinished, "JPEG", quality=82, optimize=True)
    os.replace(unfinished, path)
