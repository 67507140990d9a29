"""Pictures small enough to write their numbers down, and what a stepper accepts as one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

MOST = 12
"""Rows and columns of numbers that can still be read."""


class SmallPictureError(ValueError):
    """A picture or a kernel is not a small table of finite numbers."""


def lines() -> Numbers:
    """Return lesson 2's 6 by 6 picture: an upright line, and a short one that lies."""
    picture = np.zeros((6, 6), np.float32)
    picture[:, 1] = 1
    picture[4, 3:] = 1
    return picture


def square() -> Numbers:
    """Return a bright square on a dark ground, 8 by 8."""
    picture = np.zeros((8, 8), np.float32)
    picture[2:6, 2:6] = 1
    return picture


def slope() -> Numbers:
    """Return a picture that gets brighter from left to right, in steps of 1, 7 by 7."""
    return np.tile(np.arange(7, dtype=np.float32), (7, 1))


def stripe() -> Numbers:
    """Return one thin bright line on a dark ground, 6 by 6."""
    picture = np.zeros((6, 6), np.float32)
    picture[:, 2] = 8
    return picture


def mixed() -> Numbers:
    """Return a 6 by 6 map as ReLU may leave one: many zeros and a few large answers."""
    rows = (
        (1, 3, 0, 2, 0, 0),
        (4, 2, 1, 5, 0, 1),
        (0, 6, 7, 1, 0, 0),
        (2, 0, 3, 4, 9, 0),
        (0, 0, 0, 8, 2, 0),
        (0, 1, 0, 0, 0, 3),
    )
    return np.array(rows, np.float32)


def as_small(value: Any, name: str, *, least: int = 1, most: int = MOST) -> Numbers:
    """Return a table of numbers as float32 of shape (rows, columns); axes of size 1 may be left.

    Raises:
        SmallPictureError: It has another shape, is too small or too large, or holds something
            that is not a finite number.
    """
    try:
        array = np.array(value, np.float32)
    except (TypeError, ValueError) as error:
        raise SmallPictureError(f"`{name}` must be a table of numbers: `{error}`.") from error
    if array.ndim == 4 and array.shape[0] == 1:
        array = array[0]
    if array.ndim == 3 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim != 2 or not all(least <= side <= most for side in array.shape):
        raise SmallPictureError(
            f"`{name}` must be a table of {least} to {most} rows and columns, so that its numbers "
            f"can be read, but its shape is `{array.shape}`. Cut a piece out, such as "
            f"`{name}[40:48, 60:68]`."
        )
    if not np.isfinite(array).all():
        raise SmallPictureError(f"`{name}` holds `{array[~np.isfinite(array)][0]}`.")
    return array
