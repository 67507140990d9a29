"""Taking over a folder of pictures of one's own: all of it, or nothing.

The new set is built in a folder beside the old one and put in its place at the very end, so that
whatever goes wrong before leaves what was there. Every picture is decoded once, resized and
written anew: what a data set holds is then known to be readable.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from coursetools.datasets.errors import NoPicturesError
from coursetools.datasets.folders import CLASSES, PARTS, SUFFIXES, imported_folder
from coursetools.paths import DataNotFoundError

SIZE = (128, 128)
QUALITY = 92
LARGEST_FILE = 50 * 1024 * 1024
LARGEST_PICTURE = 100_000_000
"""In pixels; Pillow itself only warns at nearly as many."""

ONE_IN = 3
"""Where a folder has no parts, one picture in this many is kept for validation."""

Progress = Callable[[int, int], None]
"""Is told how many pictures are done, and of how many."""


@dataclass
class Import:
    """What an import did."""

    folder: Path
    """Where the pictures are now."""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many each part has of each class."""
    rejected: list[tuple[Path, str]] = field(default_factory=list)
    """Files that were left out, each with its reason."""


def import_folder(
    folder: Path,
    *,
    car: str = "Car",
    truck: str = "Truck",
    target: Path | None = None,
    progress: Progress | None = None,
) -> Import:
    """Import pictures of cars and trucks, to be used with the profile `full`.

    Args:
        folder: Either `train/Car`, `train/Truck`, `valid/Car`, `valid/Truck`, or just `Car` and
            `Truck`; then one picture in three, chosen by its bytes, is kept for validation.
        car: The name that the folder of cars has there; case does not matter.
        truck: The same for trucks.
        target: Where the set goes; None is the user's data folder.
        progress: Is told how far it is.

    Raises:
        DataNotFoundError: There is no such folder, or a class has none.
        NoPicturesError: Nothing in a class can be used.
    """
    if not folder.is_dir():
        raise DataNotFoundError(f"There is no folder `{folder}`. Check its name and where you are.")
    target = target or imported_folder()
    found = list(_found(folder, {"Car": car, "Truck": truck}))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        built = Path(beside) / "new"
        result = _build(found, built, progress)
        result.folder = target
        _require_both(result, folder)
        _swap(built, target, Path(beside) / "old")
    return result


def _found(folder: Path, names: Mapping[str, str]) -> Iterator[tuple[Path, str | None, str]]:
    """Give each file with its part, None where the folder has none, and its class."""
    has_parts = all(_child(folder, part) for part in PARTS)
    parts: tuple[str | None, ...] = PARTS if has_parts else (None,)
    for part in parts:
        place = folder if part is None else _child(folder, part) or folder
        for label in CLASSES:
            inside = _child(place, names[label])
            if inside is None:
                there = ", ".join(f"`{p.name}`" for p in sorted(place.iterdir()) if p.is_dir())
                raise DataNotFoundError(
                    f"There is no folder `{names[label]}` for the class {label} in `{place}`; "
                    f"there is {there or 'none at all'}. Name it with `--{label.lower()} NAME`."
                )
            for path in sorted(inside.rglob("*")):
                if path.is_symlink() or not (path.is_dir() or path.name.startswith(".")):
                    yield path, part, label


def _child(folder: Path, name: str) -> Path | None:
    """Find a folder by name, whatever its case."""
    for path in sorted(folder.iterdir()):
        if path.name.casefold() == name.casefold() and path.is_dir():
            return path
    return None


def _build(
    found: list[tuple[Path, str | None, str]], built: Path, progress: Progress | None
) -> Import:
    result = Import(built, {part: dict.fromkeys(CLASSES, 0) for part in PARTS})
    for each in PARTS:
        for label in CLASSES:
            (built / each / label).mkdir(parents=True)
    for done, (path, part, label) in enumerate(found, 1):
        reason = _why_not(path)
        if not reason:
            try:
                picture, digest = _decoded(path)
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
                reason = f"it cannot be read as a picture: {error}"
        if reason:
            result.rejected.append((path, reason))
        else:
            part = part or _part_of(digest)
            number = result.counts[part][label]
            picture.save(built / part / label / f"{number:05d}.jpg", quality=QUALITY)
            result.counts[part][label] = number + 1
        if progress:
            progress(done, len(found))
    return result


def _why_not(path: Path) -> str:
    if path.is_symlink():
        return "it is a link to somewhere else"
    if not path.is_file():
        return "it is no ordinary file"
    if path.suffix.lower() not in SUFFIXES:
        return f"its name does not end in {', '.join(SUFFIXES)}"
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return f"it is larger than {LARGEST_FILE // 1024**2} MB"
    return "" if size else "it is empty"


def _decoded(path: Path) -> tuple[Image.Image, str]:
    """Give a picture in the course's size, and the digest of its file."""
    data = path.read_bytes()
    with Image.open(path) as file:
        if file.width * file.height > LARGEST_PICTURE:
            raise ValueError(f"it has {file.width} x {file.height} pixels")
        picture = file.convert("RGB").resize(SIZE, Image.Resampling.BILINEAR)
    return picture, hashlib.sha256(data).hexdigest()


def _part_of(digest: str) -> str:
    return "valid" if int(digest, 16) % ONE_IN == 0 else "train"


def _require_both(result: Import, folder: Path) -> None:
    for part, counts in result.counts.items():
        for label, count in counts.items():
            if count == 0:
                reasons = "; ".join(f"{p.name}: {why}" for p, why in result.rejected[:3])
                left_out = f" Left out: {reasons}." if reasons else ""
                raise NoPicturesError(
                    f"`{folder}` has no picture of the class {label} that can be used for the part "
                    f"`{part}`, so nothing was imported.{left_out}"
                )


def _swap(built: Path, target: Path, old: Path) -> None:
    """Put the new set in its place; the old one comes back if that fails."""
    if target.exists():
        target.rename(old)
    try:
        built.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
