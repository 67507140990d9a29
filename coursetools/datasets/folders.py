"""Where the pictures of *car or truck?* lie: a folder a part, in it a folder a class."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from coursetools.datasets.errors import ClassMissingError, UnknownProfileError
from coursetools.paths import DataNotFoundError, data_folder, user_data_folder

CLASSES = ("Car", "Truck")
"""The names of class 0 and class 1."""

PARTS = ("train", "valid")
"""What is learned from, and what is only asked about."""

PROFILES = ("reduced", "full")
"""The pictures in the package, or those that a user has fetched or imported."""

NAME = "car-or-truck"
SUFFIXES = (".jpg", ".jpeg", ".png")


def chosen_profile(profile: str | None = None) -> str:
    """Give the profile in use: the argument, else `COURSETOOLS_PROFILE`, else `reduced`.

    Raises:
        UnknownProfileError: It is neither `reduced` nor `full`.
    """
    chosen = profile or os.environ.get("COURSETOOLS_PROFILE", "").strip() or PROFILES[0]
    if chosen not in PROFILES:
        raise UnknownProfileError(
            f"There is no profile `{chosen}`. Use `reduced` (the pictures that come with the "
            "course) or `full` (those that you have fetched or imported)."
        )
    return chosen


def car_or_truck_folder(profile: str | None = None) -> Path:
    """Give the folder of the pictures in use, once it is known to hold both classes.

    Raises:
        DataNotFoundError: It is not there; the message says what to do.
        ClassMissingError: A class of a part has no pictures.
        UnknownProfileError: The profile is neither `reduced` nor `full`.
    """
    chosen = chosen_profile(profile)
    folder = place_of(chosen)
    if not folder.is_dir():
        raise DataNotFoundError(_how_to_get(chosen, folder))
    files_in(folder)
    return folder


def place_of(profile: str) -> Path:
    """Give the folder that belongs to a profile, whether there is anything in it or not."""
    return imported_folder() if profile == "full" else data_folder() / NAME


def imported_folder() -> Path:
    """Give the folder that an import fills; it may not exist yet."""
    return user_data_folder() / NAME


def files_in(folder: Path, parts: tuple[str, ...] = PARTS) -> dict[str, dict[str, list[Path]]]:
    """Give the picture files of each part and class, sorted by name.

    Raises:
        ClassMissingError: A class of a part has no folder, or no picture in it.
    """
    return {part: {name: _pictures(folder / part / name) for name in CLASSES} for part in parts}


def counts(found: Mapping[str, Mapping[str, list[Path]]]) -> dict[str, dict[str, int]]:
    """Give how many pictures each part has of each class."""
    return {part: {name: len(files) for name, files in of.items()} for part, of in found.items()}


def is_picture(path: Path) -> bool:
    """Say whether a file is one that a data set counts: a visible file with a picture's suffix."""
    return (
        path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "_")) and path.is_file()
    )


def _pictures(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.glob("*") if is_picture(path)) if folder.is_dir() else []
    if not files:
        what = "is empty" if folder.is_dir() else "is not there"
        raise ClassMissingError(
            f"There are no pictures of `{folder.name}` in the part `{folder.parent.name}`: the "
            f"folder `{folder}` {what}. Put pictures there, or install or import the set again."
        )
    return files


def _how_to_get(profile: str, folder: Path) -> str:
    if profile == "full":
        return (
            f"You asked for the full set, and nothing has been imported yet: there is no folder "
            f"`{folder}`. Run `coursetools data fetch kaggle` for photographs from the network, or "
            "`coursetools data import FOLDER` with a folder of your own; or leave "
            "COURSETOOLS_PROFILE away to use the pictures that come with the course."
        )
    return (
        f"The pictures that come with the course are not where they belong, in `{folder}`. "
        "Install the package again, or run `git checkout data` in a checkout. Your notebook and "
        "your progress are as they were."
    )
