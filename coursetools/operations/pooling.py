"""Pooling of feature maps, by TensorFlow's rules at the border.

Padding never takes part: a maximum is taken over the pixels under the window, and an average
divides by how many of them there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from coursetools.operations.windows import Pair, padding_of, pair

Floats = NDArray[Any]


class MapError(ValueError):
    """Feature maps are not numbers of shape (h, w), (h, w, c) or (n, h, w, c), or are empty."""


def max_pool(
    maps: Any,
    size: int | Pair = 2,
    stride: int | Pair | None = None,
    padding: str = "valid",
) -> Floats:
    """Return the largest value under each stop of a window.

    Args:
        maps: Shape (h, w), (h, w, c) or (n, h, w, c); anything NumPy reads as an array.
        size: Pixels across the window, or a pair (rows, columns).
        stride: Pixels from one stop to the next, or a pair; None is the window's own size.
        padding: "valid" leaves out windows that would stick out, "same" keeps them, in any case.

    Returns:
        float32, or float64 for float64 maps, with as many axes as `maps`.

    Raises:
        MapError: The maps have another shape or type.
        WindowError: A number is not whole or less than 1, or the padding is another word.
        NoStopError: With "valid", the window is larger than the maps.

    Example:
        >>> max_pool([[1, 3, 0, 2], [4, 2, 1, 5]])
        array([[4., 5.]], dtype=float32)
    """
    return _pool(maps, size, stride, padding, -np.inf, np.max)


def average_pool(
    maps: Any,
    size: int | Pair = 2,
    stride: int | Pair | None = None,
    padding: str = "valid",
) -> Floats:
    """Return the mean of the values under each stop of a window.

    Arguments, result and errors are those of `max_pool`.
    """
    # Zeros of the padding add nothing to the sums, and are not counted.
    total = _pool(maps, size, stride, padding, 0.0, np.sum)
    inside = _pool(np.ones_like(as_maps(maps)), size, stride, padding, 0.0, np.sum)
    return total / inside


def global_average(maps: Any) -> Floats:
    """Return the mean of each map: one number a channel, and a row of them for each picture.

    Args:
        maps: Shape (h, w), (h, w, c) or (n, h, w, c).

    Returns:
        Shape (), (c,) or (n, c), float32 or, for float64 maps, float64.

    Raises:
        MapError: The maps have another shape or type.
    """
    array = as_maps(maps)
    axes = (0, 1) if array.ndim < 4 else (1, 2)
    return np.asarray(array.mean(axis=axes))


def as_maps(maps: Any) -> Floats:
    """Return feature maps as a floating-point array.

    Raises:
        MapError: They are not numbers, have another number of axes, or hold none.
    """
    try:
        array = np.asarray(maps)
    except ValueError as error:
        raise MapError(f"`maps` must be an array of numbers, but NumPy says: `{error}`") from error
    if array.dtype.kind not in "biuf":
        raise MapError(f"`maps` must be numbers, but their type is `{array.dtype}`.")
    if array.ndim not in (2, 3, 4) or not array.size:
        raise MapError(
            "`maps` must have the shape (height, width), (height, width, channels) or "
            f"(pictures, height, width, channels), but it is `{array.shape}`."
        )
    return array if array.dtype == np.float64 else array.astype(np.float32)


def _pool(
    maps: Any,
    size: int | Pair,
    stride: int | Pair | None,
    padding: str,
    fill: float,
    reduce: Callable[..., Any],
) -> Floats:
    array = as_maps(maps)
    rows = 1 if array.ndim == 4 else 0
    sizes = pair(size, "size")
    strides = sizes if stride is None else pair(stride, "stride")
    around = [(0, 0)] * array.ndim
    for axis in (0, 1):
        around[rows + axis] = padding_of(
            array.shape[rows + axis], sizes[axis], strides[axis], padding
        )
    padded = np.pad(array, around, constant_values=fill)
    windows = sliding_window_view(padded, sizes, axis=(rows, rows + 1))
    stops = [slice(None)] * array.ndim
    stops[rows : rows + 2] = [slice(None, None, strides[0]), slice(None, None, strides[1])]
    return np.asarray(reduce(windows[tuple(stops)], axis=(-2, -1)))
