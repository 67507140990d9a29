"""Where the course's files are: its own data and notebooks, and what a user has imported."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


class DataNotFoundError(FileNotFoundError):
    """A folder or a file of data that was asked for is not there."""


def checkout_folder() -> Path | None:
    """Return the top folder of the checkout this package runs from; None for an installed one."""
    top = _PACKAGE.parent
    return top if (top / "pyproject.toml").is_file() and (top / "data").is_dir() else None


def data_folder() -> Path:
    """Return the folder with the data that comes with the course.

    In a checkout this is the top-level `data/`; in an installed wheel, where the same files were
    packed into the package, it is `coursetools/_data`.

    Raises:
        DataNotFoundError: The package has neither, as after an incomplete installation.
    """
    checkout = checkout_folder()
    packed = _PACKAGE / "_data"
    if checkout:
        return checkout / "data"
    if packed.is_dir():
        return packed
    raise DataNotFoundError(
        f"The course's data were looked for in `{_PACKAGE.parent / 'data'}` and `{packed}`, and "
        "neither folder is there. Install the package again, or run `make setup` in a fresh "
        "checkout."
    )


def notebooks_folder() -> Path:
    """Return the folder with the lessons' notebooks as they come with the course.

    In a checkout this is the top-level `notebooks/`; in an installed wheel it is
    `coursetools/_notebooks`.

    Raises:
        DataNotFoundError: The package has neither, as after an incomplete installation.
    """
    checkout = checkout_folder()
    packed = _PACKAGE / "_notebooks"
    if checkout and (checkout / "notebooks").is_dir():
        return checkout / "notebooks"
    if packed.is_dir():
        return packed
    raise DataNotFoundError(
        f"The lessons' notebooks were looked for in `{_PACKAGE.parent / 'notebooks'}` and "
        f"`{packed}`, and neither folder is there. Install the package again."
    )


def user_data_folder() -> Path:
    """Return the folder that holds what a user has imported; it may not exist yet.

    The environment variable `COURSETOOLS_DATA` names it; without one it is the place that the
    operating system keeps for data of applications.
    """
    chosen = os.environ.get("COURSETOOLS_DATA", "").strip()
    if chosen:
        return Path(chosen).expanduser().resolve()
    return Path(platformdirs.user_data_dir("coursetools", appauthor=False))
