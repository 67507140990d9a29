"""The lessons' own pictures: a car's front, a letter, a ring, flowers, tiles, digits.

They lie in `data/pictures/`, where a card says what each shows and how it was made.
"""

from __future__ import annotations

import operator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from coursetools.datasets.errors import PictureShapeError, UnknownPictureError
from coursetools.paths import DataNotFoundError, data_folder

FOLDER = "pictures"
LARGEST_SIDE = 4096
"""Pixels; more is a slip of the finger, and would fill the memory."""

_SUFFIXES = (".jpg", ".png")
_MODES = {1: "L", 3: "RGB"}

Size = int | tuple[int, int]


def lesson_picture(
    name: str, *, channels: int = 3, size: Size | None = None
) -> npt.NDArray[np.float32]:
    """Load one of the lessons' pictures.

    Args:
        name: One of `picture_names()`, as in `"car-front"`.
        channels: 3 for red, green and blue; 1 for grey, which is their weighted mean
            (ITU-R BT.601, as in `tf.image.rgb_to_grayscale`).
        size: Side of a square, or (height, width), in pixels; the picture is resized bilinearly
            and, where it shrinks, averaged so that fine lines do not break up. `None` leaves it
            at its own size.

    Returns:
        A new array of float32 in [0, 1], of shape (height, width, 3), or (height, width) for one
        channel.

    Raises:
        UnknownPictureError: There is no picture of that name.
        PictureShapeError: The channels or the size are none that a picture can have.
        DataNotFoundError: The course's data are not there.
    """
    mode = _mode(channels)
    wanted = None if size is None else _height_and_width(size)
    with Image.open(picture_path(name)) as file:
        picture = file.convert("RGB").convert(mode)  # a palette has no grey of its own
    if wanted is not None and wanted != (picture.height, picture.width):
        picture = picture.resize((wanted[1], wanted[0]), Image.Resampling.BILINEAR)
    return np.asarray(picture, np.float32) / np.float32(255)


def picture_names() -> tuple[str, ...]:
    """Return the names that `lesson_picture` knows, sorted."""
    return tuple(sorted(_files()))


def picture_path(name: str) -> Path:
    """Return the file of one of the lessons' pictures.

    Raises:
        UnknownPictureError: There is no picture of that name.
    """
    files = _files()
    if not isinstance(name, str) or name not in files:
        raise UnknownPictureError(
            f"No picture is called `{name!s}`. There are: {', '.join(sorted(files))}."
        )
    return files[name]


def _files() -> dict[str, Path]:
    """The file of each name."""
    folder = data_folder() / FOLDER
    files = {path.stem: path for path in folder.glob("*") if path.suffix in _SUFFIXES}
    if not files:
        raise DataNotFoundError(
            f"The lessons' pictures were looked for in `{folder}`, and there are none. Install "
            "the package again, or get a fresh checkout."
        )
    return files


def _mode(channels: int) -> str:
    """Pillow's name for pictures of so many channels."""
    if not isinstance(channels, int) or isinstance(channels, bool) or channels not in _MODES:
        raise PictureShapeError(
            f"A picture cannot be loaded with `{channels!r}` channels. Ask for channels=3 "
            "(colour) or channels=1 (grey)."
        )
    return _MODES[channels]


def _height_and_width(size: Size) -> tuple[int, int]:
    sides = size if isinstance(size, (tuple, list)) else (size, size)
    try:
        height, width = (_side(side) for side in sides)
    except (TypeError, ValueError):
        raise PictureShapeError(
            f"A picture cannot be resized to `{size!r}`. Give one whole number of pixels, or "
            f"two, (height, width), each from 1 to {LARGEST_SIDE}."
        ) from None
    return height, width


def _side(value: int) -> int:
    side = operator.index(value)
    if isinstance(value, bool) or not 1 <= side <= LARGEST_SIDE:
        raise ValueError
    return side
