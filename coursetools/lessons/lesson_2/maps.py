"""What exercises 2.2 and 2.3 compare with: maps of the lesson's picture, made by the checks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.datasets import lesson_picture
from coursetools.operations import convolve

Floats = NDArray[Any]

SIDE = 200
"""Height and width of the picture, in pixels."""

NEAR = 1e-4
"""Maps are equal if no two values differ by more than this share of the largest one."""

_SAME_KERNEL = 1e-3


def _read_only(array: Floats) -> Floats:
    array.setflags(write=False)
    return array


REFERENCE = _read_only(np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]], np.float32))
"""The reference solution's kernel for bright horizontal lines."""


@cache
def picture() -> Floats:
    """Give the lesson's picture: float32 of shape (200, 200), from 0 to 1."""
    return _read_only(lesson_picture("car-front", channels=1, size=SIDE))


def kernels(earlier: Mapping[str, Any]) -> list[Floats]:
    """Give the kernels that a student may have gone on with: one's own if right, the reference."""
    own = [earlier["my_kernel"]] if "my_kernel" in earlier else []
    return [*own, REFERENCE]


def filtered(kernel: Floats) -> Floats:
    """Give the picture's map for a kernel, as large as the picture."""
    return convolve(picture(), kernel, padding="same")


def near(found: Floats, asked: Floats) -> bool:
    """Say whether two arrays of one shape are equal, to 1e-4 of the largest value asked for."""
    return bool(np.abs(found - asked).max() <= NEAR * np.abs(asked).max())


def kernel_behind(found: Floats) -> Floats | None:
    """Give the 3x3 kernel of which `found` is the picture's map; None if it is none's.

    A map is linear in the nine weights, so that least squares finds them from the map alone.
    """
    shifted = _shifted_pictures()
    weights: Floats = np.linalg.solve(shifted.T @ shifted, shifted.T @ found.ravel())
    missed = np.abs(shifted @ weights - found.ravel()).max()
    if missed > _SAME_KERNEL * np.abs(found).max():
        return None
    return weights.reshape(3, 3)


@cache
def _shifted_pictures() -> Floats:
    """Give the picture under each of the nine weights, shape (200 * 200, 9)."""
    weights = np.eye(9).reshape(9, 3, 3)
    return np.stack([filtered(weight).ravel() for weight in weights], axis=1)


def farthest(found: Floats, asked: Floats) -> tuple[int, int]:
    """Give the row and the column, from 0, at which two maps differ most."""
    place = np.unravel_index(np.abs(found - asked).argmax(), asked.shape)
    return int(place[0]), int(place[1])


def size(array: Floats) -> str:
    """Give an array's height and width in words."""
    return f"{array.shape[0]} by {array.shape[1]}"
