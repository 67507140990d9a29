"""The picture of lesson 3 on its way: filtered and detected, ready to be condensed.

The notebook makes the same maps in a cell of ours; checks never read them from there.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from numpy.typing import NDArray

from coursetools.datasets import lesson_picture
from coursetools.operations import convolve, edge, relu

SIDE = 200

Map = NDArray[Any]


@cache
def image() -> Map:
    """Give the car's front in grey: read-only float32 of shape (200, 200), 0 to 1."""
    return _read_only(lesson_picture("car-front", channels=1, size=SIDE))


@cache
def image_filter() -> Map:
    """Give the picture's map of the `edge` kernel, stride 1, padding "same": (200, 200)."""
    return _read_only(convolve(image(), edge, padding="same"))


@cache
def image_detect() -> Map:
    """Give that map after ReLU: (200, 200)."""
    return _read_only(relu(image_filter()))


def _read_only(array: Map) -> Map:
    array.setflags(write=False)
    return array
