"""Taking over a folder of pictures of one's own: all of it, or nothing.

Every picture is decoded once, resized and written anew: what a data set holds is then known to be
readable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from coursetools.datasets.decode import check_file, decode
from coursetools.datasets.errors import UnusableFileError
from coursetools.datasets.folders import CLASSES, imported_folder
from coursetools.datasets.new_set import SIZE, Import, NewSet, Progress, require_replaceable
from coursetools.datasets.replacement import replacement
from coursetools.datasets.source import Candidate, find_candidates

ONE_IN = 3
"""Where a folder has no parts, one picture in this many is kept for validation."""


def import_folder(
    folder: str | Path,
    *,
    car: str = "Car",
    truck: str = "Truck",
    target: Path | None = None,
    source: str | None = None,
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
        source: What to call the place they came from; None names the folder.
        progress: Is told how far it is.

    Raises:
        DataNotFoundError: There is no such folder; ClassMissingError, a kind of it: a class has
            no folder or an empty one.
        LayoutError: The folders are not as described above, or something else is in their place.
        NoPicturesError: Nothing in a class can be used.
        BusyError: Another import is at work.
        OSError: The set cannot be written. What was imported before is then still there.
    """
    place = Path(folder).expanduser()
    candidates = find_candidates(place, car=car, truck=truck)
    target = target or imported_folder()
    require_replaceable(target)
    with replacement(target) as built:
        new = NewSet(built, source or f"`{place.absolute()}`")
        _fill(new, candidates, progress)
        result = new.finish()
    result.folder = target
    return result


def _fill(new: NewSet, candidates: list[Candidate], progress: Progress | None) -> None:
    chosen = _choose_parts(candidates)
    for done, candidate in enumerate(candidates, 1):
        try:
            picture = decode(candidate.path, SIZE)
        except UnusableFileError as error:
            new.reject(candidate.path, str(error))
        else:
            new.add(candidate.part or chosen[candidate.path], candidate.label, picture)
        if progress:
            progress(done, len(candidates))


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
