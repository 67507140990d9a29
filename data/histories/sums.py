"""What each stored file was made from, and whether that is still so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HISTORIES = Path(__file__).resolve().parent
DATA = HISTORIES.parent
SUMS = HISTORIES / "sums.json"

LARGE, SMALL = "car-or-truck", "car-or-truck-32"

_FILES_OF = {LARGE: "{part}/*/*.jpg", SMALL: "{part}.*"}
_PARTS = ("train", "valid")


@dataclass(frozen=True)
class Source:
    """What a file is made from.

    sets: the folders of its pictures. recipe: a number to be raised with every change that changes
    a stored number of the file.
    """

    sets: tuple[str, ...]
    recipe: int = 1


SOURCES: Mapping[str, Source] = {
    "histories/augmentation-small.json": Source((SMALL,)),
    "histories/augmented-transfer.json": Source((LARGE,)),
    "histories/data-size.json": Source((LARGE,)),
    "histories/dead-and-living.json": Source((LARGE,)),
    "histories/one-change.json": Source((SMALL,)),
    "histories/plain-convnet.json": Source((LARGE,)),
    "histories/ten-seeds.json": Source((LARGE,)),
    "histories/three-runs.json": Source((LARGE,)),
    "histories/three-troubles.json": Source((LARGE, SMALL)),
    "trained/lesson-1-head.npz": Source((LARGE,)),
    "trained/three-blocks.npz": Source((LARGE,)),
}
"""Every stored file, by its path below the data folder."""


def file_sum(path: Path) -> str:
    """Return the SHA-256 sum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def set_sum(name: str, data: Path = DATA) -> str:
    """Return one sum for all training and validation pictures of a set and their names."""
    folder = data / name
    files = [path for part in _PARTS for path in folder.glob(_FILES_OF[name].format(part=part))]
    lines = [f"{path.relative_to(folder).as_posix()} {file_sum(path)}\n" for path in files]
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def stored_files(data: Path = DATA) -> list[str]:
    """Return the paths of the stored files that are there, below the data folder."""
    histories = [path for path in (data / "histories").glob("*.json") if path.name != SUMS.name]
    found = [*histories, *(data / "trained").glob("*.npz")]
    return sorted(path.relative_to(data).as_posix() for path in found)


def state_of(file: str, data: Path = DATA) -> dict[str, Any]:
    """Return what `sums.json` must hold about a file for it to be current."""
    source = SOURCES[file]
    return {
        "recipe": source.recipe,
        "pictures": {name: set_sum(name, data) for name in source.sets},
        "file": file_sum(data / file),
    }


def stale(data: Path = DATA) -> list[str]:
    """Return the files that are missing, changed, or made from other pictures or recipes."""
    known = recorded(data)
    return [
        file
        for file in SOURCES
        if not (data / file).exists() or known.get(file) != state_of(file, data)
    ]


def recorded(data: Path = DATA) -> dict[str, Any]:
    """Return what `sums.json` holds, by file."""
    path = data / "histories" / SUMS.name
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def record(files: tuple[str, ...], data: Path = DATA) -> None:
    """Write down that these files have just been made."""
    known = recorded(data) | {file: state_of(file, data) for file in files}
    text = json.dumps({file: known[file] for file in sorted(known)}, indent=1)
    (data / "histories" / SUMS.name).write_text(text + "\n", "utf-8")
