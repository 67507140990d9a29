"""A picture with a patch covered, once for every place of the patch."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.operations.windows import starts

Floats = NDArray[np.float32]


class CoverError(ValueError):
    """A picture cannot be covered: it has another shape, or the patch does not fit on it."""


def cover_places(size: tuple[int, int], patch: int, stride: int) -> tuple[tuple[int, int], ...]:
    """Return the upper left corners of a patch that moves over a picture, row by row.

    The last place of a row is at the edge, so that every pixel is covered once at least.

    Args:
        size: Height and width of the picture.
        patch: Pixels across the patch.
        stride: Pixels from one place to the next.

    Raises:
        CoverError: The patch is larger than the picture.
        WindowError: A number is not whole or less than 1.
    """
    if patch > min(size):
        raise CoverError(
            f"A patch of `{patch}` pixels is larger than the picture, which has `{size}`."
        )
    rows, columns = (_places(side, patch, stride) for side in size)
    return tuple((row, column) for row in rows for column in columns)


def covered(image: Any, places: Any, patch: int) -> Floats:
    """Return a picture once for each place, covered there with the mean colour of the picture.

    Args:
        image: Shape (h, w, channels), floats.
        places: (row, column) of the patch's upper left corner, each.
        patch: Pixels across the patch.

    Returns:
        float32 of shape (places, h, w, channels).

    Raises:
        CoverError: The picture has another shape.
    """
    picture = np.asarray(image, np.float32)
    if picture.ndim != 3:
        raise CoverError(
            f"`image` must have the shape (height, width, channels), but it is `{picture.shape}`."
        )
    # The picture's own mean: black or white would be a thing of its own.
    mean = picture.mean(axis=(0, 1))
    batch = np.repeat(picture[None], len(places), axis=0)
    for one, (row, column) in zip(batch, places, strict=True):
        one[row : row + patch, column : column + patch] = mean
    return batch


def _places(side: int, patch: int, stride: int) -> list[int]:
    found = list(starts(side, patch, stride))
    return found if found[-1] == side - patch else [*found, side - patch]
