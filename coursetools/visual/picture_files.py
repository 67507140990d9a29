"""Pictures from files, on the scale that everything here expects."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from coursetools.visual.inputs import Floats

_MODES = {1: "L", 3: "RGB", 4: "RGBA"}


class PictureFileError(ValueError):
    """A file is there, but holds no picture that can be read."""


def read_image(path: str | PathLike[str], channels: int = 0) -> Floats:
    """Return the picture in a file, scaled to 0 to 1.

    Args:
        path: A JPEG, PNG or other picture that Pillow reads; of an animation the first frame.
        channels: 1 for grey, 3 for colour, 4 for colour with opacity, 0 for what the file has.

    Returns:
        float32 of shape (height, width, channels).

    Raises:
        FileNotFoundError: There is no such file.
        PictureFileError: It holds no picture.
        ValueError: `channels` is another number.
    """
    if channels not in (0, *_MODES):
        raise ValueError(f"`channels` must be 0, 1, 3 or 4, but it is `{channels}`.")
    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(f"There is no file `{file}`. Is the path right?")
    try:
        with Image.open(file) as opened:
            picture = opened.convert(_MODES[channels or _own_channels(opened)])
    except (UnidentifiedImageError, OSError) as error:
        raise PictureFileError(f"`{file}` holds no picture that can be read: {error}") from error
    levels = np.asarray(picture, np.float32) / np.float32(255)
    return levels if levels.ndim == 3 else levels[..., None]


def _own_channels(picture: Image.Image) -> int:
    if "A" in picture.getbands() or "transparency" in picture.info:
        return 4
    return 1 if picture.mode in ("1", "L", "I", "F", "I;16") else 3
