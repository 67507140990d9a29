"""The kernels of the lessons, by name: float32 arrays that cannot be changed by accident."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.operations.windows import whole

Kernel = NDArray[np.float32]


class SpreadError(ValueError):
    """The standard deviation of a Gaussian kernel is not a positive number."""


def _kernel(*rows: tuple[float, ...]) -> Kernel:
    array = np.array(rows, np.float32)
    array.setflags(write=False)
    return array


identity = _kernel((0, 0, 0), (0, 1, 0), (0, 0, 0))
edge = _kernel((-1, -1, -1), (-1, 8, -1), (-1, -1, -1))
blur = _kernel((1 / 16, 1 / 8, 1 / 16), (1 / 8, 1 / 4, 1 / 8), (1 / 16, 1 / 8, 1 / 16))
bottom_sobel = _kernel((-1, -2, -1), (0, 0, 0), (1, 2, 1))
top_sobel = _kernel((1, 2, 1), (0, 0, 0), (-1, -2, -1))
left_sobel = _kernel((1, 0, -1), (2, 0, -2), (1, 0, -1))
right_sobel = _kernel((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
emboss = _kernel((-2, -1, 0), (-1, 1, 1), (0, 1, 2))
sharpen = _kernel((0, -1, 0), (-1, 5, -1), (0, -1, 0))

KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {
        "identity": identity,
        "edge": edge,
        "blur": blur,
        "bottom_sobel": bottom_sobel,
        "top_sobel": top_sobel,
        "left_sobel": left_sobel,
        "right_sobel": right_sobel,
        "emboss": emboss,
        "sharpen": sharpen,
    }
)
"""Every kernel of the library by its name, in the order in which the lessons show them."""


def gaussian(size: int = 3, std: float = 1.0, normalize: bool = True) -> Kernel:
    """Return a kernel whose weights fall off from the middle like a bell, for blurring.

    Args:
        size: Weights on each side, at least 1; 5 gives a kernel of 5 by 5.
        std: Pixels from the middle to where the bell's height is 61 % (exp(-1/2)) of the middle.
        normalize: Scale the weights to add up to 1, so that a picture keeps its mean; otherwise
            the bell's height is 1, and an odd kernel's middle weight with it.

    Returns:
        float32 of shape (size, size).

    Raises:
        WindowError: `size` is not whole or less than 1.
        SpreadError: `std` is not a positive number.

    Example:
        >>> gaussian(3, std=1.0).round(2)
        array([[0.08, 0.12, 0.08],
               [0.12, 0.2 , 0.12],
               [0.08, 0.12, 0.08]], dtype=float32)
    """
    count, spread = whole(size, "size"), _spread(std)
    places = np.arange(count) - (count - 1) / 2
    # Relative to the weights nearest the middle: with a small spread all others may vanish, and
    # those of an even kernel must not. A thousandth of a pixel is as small as any smaller one.
    powers = (places / max(spread, 1e-3)) ** 2 / 2
    line = np.exp(-powers + (powers.min() if normalize else 0.0))
    kernel = np.outer(line, line)
    return (kernel / kernel.sum() if normalize else kernel).astype(np.float32)


def _spread(std: Any) -> float:
    try:
        spread = float(std)
    except (TypeError, ValueError):
        spread = 0.0
    if not 0 < spread < float("inf"):
        raise SpreadError(f"`std` must be a number above 0, but it is `{std!r}`.")
    return spread
