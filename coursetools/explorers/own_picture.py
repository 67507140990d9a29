"""A picture of one's own, from an uploaded file."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from coursetools.visual.inputs import Floats

MOST_PIXELS = 50_000_000


class UploadError(ValueError):
    """A file that was uploaded is no picture, or too large a one."""


def read_upload(content: Any, name: str, size: tuple[int, int]) -> Floats:
    """Return an uploaded picture, cut to a model's shape around its middle and resized.

    Args:
        content: The file's bytes.
        name: The file's name, for the message.
        size: Height and width in pixels.

    Returns:
        float32 in [0, 1], shape (height, width, 3).

    Raises:
        UploadError: The file is no picture that can be read, or has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that would fill the memory; the size is asked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(bytes(content))) as file:
                if file.width * file.height > MOST_PIXELS:
                    raise UploadError(
                        f"`{name}` has `{file.width}` by `{file.height}` pixels; "
                        f"{MOST_PIXELS // 10**6} million are the most."
                    )
                turned = ImageOps.exif_transpose(file).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UploadError(
            f"`{name}` could not be read as a picture. Take a JPEG or PNG file."
        ) from error
    fitted = ImageOps.fit(turned, size[::-1], Image.Resampling.BILINEAR)
    return np.asarray(fitted, np.float32) / np.float32(255)
