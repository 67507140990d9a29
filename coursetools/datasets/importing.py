"""Taking over a folder of pictures of one's own: all of it, or nothing.

The new set is built in a hidden folder beside the old one and takes its place at the very end, so
that whatever goes wrong before leaves what was there. Every picture is decoded once, resized and
written anew: what a data set holds is then known to be readable.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from coursetools.datasets.decode import check_file, decode
from coursetools.datasets.errors import NoPicturesError, UnusableFileError
from coursetools.datasets.folders import CLASSES, PARTS, imported_folder
from coursetools.datasets.source import Candidate, find_candidates

SIZE = (128, 128)
"""Width and height of the pictures as they are stored."""

QUALITY = 95

ONE_IN = 3
"""Where a folder has no parts, one picture in this many is kept for validation."""

LEFT_OUT = "left-out.txt"
"""In this file of an imported set stand the files that were left out, with the reasons."""

_OLD = "old"

Progress = Callable[[int, int], None]
"""Is told how many pictures are done, and of how many."""


@dataclass
class Import:
    """What an import did."""

    folder: Path
    """Where the pictures are now."""
    counts: dict[str, dict[str, int]] = field(
        default_factory=lambda: {part: dict.fromkeys(CLASSES, 0) for part in PARTS}
    )
    """How many each part has of each class."""
    rejected: list[tuple[Path, str]] = field(default_factory=list)
    """Files that were left out, each with its reason."""


def import_folder(
    folder: str | Path,
    *,
    car: str = "Car",
    truck: str = "Truck",
    target: Path | None = None,
    progress: Progress | None = None,
) -> Import:
    """Import pictures of cars and trucks, to be used with the profile `full`.

    Args:
        folder: Either `train/Car`, `train/Truck`, `valid/Car`, `valid/Truck`, or just `Car` and
            `Truck`; then one picture in three of each class is kept for validation, the same ones
            in every import, and copies of one picture stay together.
        car: The name that the folder of cars has there; case does not matter.
        truck: The same for trucks.
        target: Where the set goes; None is the user's data folder.
        progress: Is told how far it is.

    Raises:
        DataNotFoundError: There is no such folder; ClassMissingError, a kind of it: a class has
            no folder or an empty one.
        LayoutError: The folders are not as described above.
        NoPicturesError: Nothing in a class can be used.
        OSError: The set cannot be written. What was imported before is then still there.
    """
    source = Path(folder).expanduser()
    candidates = find_candidates(source, car=car, truck=truck)
    target = target or imported_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    _tidy_up(target)
    with tempfile.TemporaryDirectory(prefix=_prefix(target), dir=target.parent) as beside:
        built = Path(beside, "new")
        result = _build(candidates, built, progress)
        _require_all(result, source)
        _write_left_out(result, built)
        result.folder = target
        _swap(built, target, Path(beside, _OLD))
    return result


def _build(candidates: list[Candidate], built: Path, progress: Progress | None) -> Import:
    result = Import(built)
    for part in PARTS:
        for label in CLASSES:
            (built / part / label).mkdir(parents=True)
    chosen = _choose_parts(candidates)
    for done, candidate in enumerate(candidates, 1):
        try:
            picture = decode(candidate.path, SIZE)
        except UnusableFileError as error:
            result.rejected.append((candidate.path, str(error)))
        else:
            part = candidate.part or chosen[candidate.path]
            number = result.counts[part][candidate.label]
            place = built / part / candidate.label / f"{number:05d}.jpg"
            picture.save(place, quality=QUALITY, subsampling=0)
            result.counts[part][candidate.label] = number + 1
        if progress:
            progress(done, len(candidates))
    return result


def _choose_parts(candidates: Iterable[Candidate]) -> dict[Path, str]:
    """Choose a part for each file that has none, by the order of the sums of their bytes."""
    digests: dict[str, dict[Path, bytes]] = {label: {} for label in CLASSES}
    for candidate in candidates:
        if candidate.part is None:
            digests[candidate.label][candidate.path] = _digest(candidate.path)
    chosen = {}
    for of_class in digests.values():
        in_order = sorted(set(of_class.values()))
        for_validation = set(in_order[: -(-len(in_order) // ONE_IN)])
        for path, digest in of_class.items():
            chosen[path] = "valid" if digest in for_validation else "train"
    return chosen


def _digest(path: Path) -> bytes:
    try:
        check_file(path)
        return hashlib.sha256(path.read_bytes()).digest()
    except (OSError, UnusableFileError):
        return b""  # it will be left out


def _require_all(result: Import, source: Path) -> None:
    for part, counts in result.counts.items():
        for label, count in counts.items():
            if count == 0:
                reasons = "; ".join(f"{path.name}: {why}" for path, why in result.rejected[:3])
                left_out = f" Left out: {reasons}." if reasons else ""
                raise NoPicturesError(
                    f"`{source}` has no picture of the class {label} that can be used for the part "
                    f"`{part}`, so nothing was imported.{left_out}"
                )


def _write_left_out(result: Import, built: Path) -> None:
    lines = [f"{path}: {reason}\n" for path, reason in result.rejected]
    # A file's name may hold bytes that are no text; they are written as they are.
    (built / LEFT_OUT).write_text("".join(lines), encoding="utf-8", errors="surrogateescape")


def _swap(built: Path, target: Path, old: Path) -> None:
    """Put the new set in its place; the old one comes back if that fails."""
    try:
        if target.exists():
            target.rename(old)
        built.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)


def _tidy_up(target: Path) -> None:
    """Clear up after an import that was killed, and put back a set it was about to replace."""
    for left in target.parent.glob(f"{_prefix(target)}*"):
        old = left / _OLD
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(left, ignore_errors=True)


def _prefix(target: Path) -> str:
    return f".{target.name}-"
