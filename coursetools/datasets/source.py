"""Finding the pictures in a folder of somebody else's making."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coursetools.datasets.errors import ClassMissingError, LayoutError
from coursetools.datasets.folders import CLASSES, PARTS
from coursetools.paths import DataNotFoundError

_PART_NAMES = {"train": ("train",), "valid": ("valid", "validation", "val")}


@dataclass(frozen=True)
class Candidate:
    """A file that may be a picture."""

    path: Path
    label: str
    """`"Car"` or `"Truck"`."""
    part: str | None
    """`"train"` or `"valid"`; None where the folder leaves the choice to us."""


def find_candidates(folder: Path, *, car: str, truck: str) -> list[Candidate]:
    """Give the files below a folder that stand for a picture, sorted by part, class and path.

    Hidden files and folders are passed over. Links are listed, but not followed.

    Raises:
        DataNotFoundError: There is no such folder.
        ClassMissingError: A part has no folder for a class, or an empty one.
        LayoutError: Two folders go by one name, a class leads out of the folder through a link, or
            there is one part without the other.
    """
    if not folder.is_dir():
        raise DataNotFoundError(f"There is no folder `{folder}`. Check its name and where you are.")
    if car.casefold() == truck.casefold():
        raise LayoutError(f"Cars and trucks need a folder each; both are to be in `{car}`.")
    names = dict(zip(CLASSES, (car, truck), strict=True))
    found = []
    for part, place in _parts(folder):
        for label in CLASSES:
            files = list(_files(_class_folder(folder, place, label, names[label])))
            if not files:
                raise ClassMissingError(
                    f"The folder `{place / names[label]}` for the class {label} is empty."
                )
            found += [Candidate(path, label, part) for path in files]
    return found


def _parts(folder: Path) -> Iterator[tuple[str | None, Path]]:
    places = {part: _child(folder, _PART_NAMES[part]) for part in PARTS}
    there = [part for part in PARTS if places[part]]
    if not there:
        yield None, folder
        return
    for part in PARTS:
        place = places[part]
        if place is None:
            raise LayoutError(
                f"`{folder}` has a folder `{there[0]}` but none called `{part}`. Make both, or put "
                "the two class folders side by side and a third of them is kept for validation."
            )
        yield part, place


def _class_folder(folder: Path, place: Path, label: str, name: str) -> Path:
    inside = _child(place, (name,))
    if inside is None:
        there = ", ".join(f"`{p.name}`" for p in sorted(place.iterdir()) if p.is_dir())
        raise ClassMissingError(
            f"There is no folder `{name}` for the class {label} in `{place}`; "
            f"there is {there or 'no folder at all'}."
        )
    if not inside.resolve().is_relative_to(folder.resolve()):
        raise LayoutError(f"`{inside}` is a link that leads out of `{folder}`; copy it there.")
    return inside


def _child(folder: Path, names: tuple[str, ...]) -> Path | None:
    """Find the one folder that goes by one of these names, whatever its case."""
    wanted = {name.casefold() for name in names}
    found = [p for p in sorted(folder.iterdir()) if p.name.casefold() in wanted and p.is_dir()]
    if len(found) > 1:
        both = " and ".join(f"`{path.name}`" for path in found)
        raise LayoutError(f"In `{folder}` there are {both}; which is meant? Rename or move one.")
    return found[0] if found else None


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        visible = not any(name.startswith(".") for name in path.relative_to(folder).parts)
        if visible and (path.is_symlink() or not path.is_dir()):
            yield path
