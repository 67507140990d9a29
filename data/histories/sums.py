"""What the stored files were made from, and whether that is still so."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

RECIPE = 1
"""Number of the recipes; raise it with every change that changes a stored number."""

HISTORIES = Path(__file__).resolve().parent
DATA = HISTORIES.parent
SUMS = HISTORIES / "sums.json"


def file_sum(path: Path) -> str:
    """Return the SHA-256 sum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def set_sum(folder: Path = DATA / "car-or-truck") -> str:
    """Return one sum for all training and validation pictures and their names."""
    pictures = [path for part in ("train", "valid") for path in folder.glob(f"{part}/*/*.jpg")]
    lines = [f"{path.relative_to(folder).as_posix()} {file_sum(path)}\n" for path in pictures]
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def made_files() -> list[Path]:
    """Return the stored files that were made here, by name."""
    histories = [path for path in HISTORIES.glob("*.json") if path != SUMS]
    return sorted([*histories, *(DATA / "trained").glob("*.npz")])


def current() -> dict[str, Any]:
    """Return what `sums.json` must hold to be current."""
    files = {path.relative_to(DATA).as_posix(): file_sum(path) for path in made_files()}
    return {"recipe": RECIPE, "pictures": set_sum(), "files": files}


def recorded() -> dict[str, Any]:
    """Return what `sums.json` holds."""
    found: dict[str, Any] = json.loads(SUMS.read_text("utf-8"))
    return found
