"""Where a sliding window stops on a line of pixels, and where the padding goes.

Convolution and pooling share this arithmetic, and it holds for each axis by itself. The rules
are TensorFlow's. With "valid" the window stays inside. With "same" there is a stop for every
`stride` pixels, and the zeros this needs are split between both ends; if their number is odd, the
end gets one more.
"""

from __future__ import annotations

from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray

PADDINGS = ("valid", "same")


Pair = tuple[int, int]
"""Rows, then columns."""


class WindowError(ValueError):
    """A size, stride, dilation or padding is none: not a whole number from 1, or another word."""


class NoStopError(WindowError):
    """The window is larger than the line, so without padding it fits nowhere."""


def output_size(n: int, k: int, stride: int = 1, padding: str = "valid", dilation: int = 1) -> int:
    """Return how many stops a window makes on a line, which is the size of its output.

    Args:
        n: Pixels of the line, at least 1.
        k: Weights of the window, at least 1.
        stride: Pixels from one stop to the next, at least 1.
        padding: "valid" or "same", in any case.
        dilation: Pixels from one weight to the next, at least 1.

    Raises:
        WindowError: A number is not whole or less than 1, or the padding is another word.
        NoStopError: With "valid", the window is larger than the line.

    Example:
        >>> output_size(6, 3), output_size(6, 3, stride=2), output_size(7, 3, 2, "same")
        (4, 2, 4)
    """
    n, stride = whole(n, "n"), whole(stride, "stride")
    reach = window_reach(k, dilation)
    if padding_word(padding) == "same":
        return -(-n // stride)
    if reach > n:
        raise NoStopError(
            f"A window that reaches over `{reach}` pixels fits nowhere on `{n}` pixels. Take a "
            "smaller window or padding 'same'."
        )
    return (n - reach) // stride + 1


def padding_of(
    n: int, k: int, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> tuple[int, int]:
    """Return how many zeros are put before the first pixel and after the last.

    Arguments and errors are those of `output_size`. With "valid" there are none.

    Example:
        >>> padding_of(5, 3, 2, "same"), padding_of(6, 3, 2, "same")
        ((1, 1), (0, 1))
    """
    stops = output_size(n, k, stride, padding, dilation)
    if padding_word(padding) == "valid":
        return 0, 0
    missing = max((stops - 1) * stride + window_reach(k, dilation) - n, 0)
    return missing // 2, missing - missing // 2


def starts(
    n: int, k: int, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> tuple[int, ...]:
    """Return the pixel under the window's first weight at each stop, counted from 0.

    With "same" the first may be negative: there the window begins on a zero of the padding.
    Arguments and errors are those of `output_size`.

    Example:
        >>> starts(6, 3, 2), starts(6, 3, 1, "same")
        ((0, 2), (-1, 0, 1, 2, 3, 4))
    """
    before, _ = padding_of(n, k, stride, padding, dilation)
    stops = output_size(n, k, stride, padding, dilation)
    return tuple(stop * stride - before for stop in range(stops))


def visit_counts(
    n: int, k: int, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> NDArray[np.int64]:
    """Return how many stops of the window use each pixel, int64 of shape (n,).

    For a picture the counts are the outer product of those of its rows and its columns.
    Arguments and errors are those of `output_size`.

    Example:
        >>> visit_counts(6, 3), visit_counts(6, 3, 2)
        (array([1, 2, 3, 3, 2, 1]), array([1, 1, 2, 1, 1, 0]))
    """
    first = np.array(starts(n, k, stride, padding, dilation))
    taps = (first[:, None] + np.arange(k) * dilation).ravel()
    return np.bincount(taps[(taps >= 0) & (taps < n)], minlength=n).astype(np.int64)


def window_reach(k: int, dilation: int = 1) -> int:
    """Return the pixels from the first to the last weight of a window: (k - 1) * dilation + 1."""
    return (whole(k, "k") - 1) * whole(dilation, "dilation") + 1


def padding_word(padding: str) -> str:
    """Return "valid" or "same".

    Raises:
        WindowError: It is another word.
    """
    word = padding.lower() if isinstance(padding, str) else padding
    if word not in PADDINGS:
        raise WindowError(f"`padding` must be 'valid' or 'same', but it is `{padding!r}`.")
    return word


def whole(number: Any, name: str) -> int:
    """Return a whole number from 1 as an int, whatever integer type it came in.

    Raises:
        WindowError: It is not whole, or less than 1.
    """
    try:
        found = index(number)
    except TypeError:
        found = 0
    if found < 1 or isinstance(number, bool):
        raise WindowError(f"`{name}` must be a whole number from 1, but it is `{number!r}`.")
    return found


def pair(value: int | Pair, name: str) -> Pair:
    """Return a number for each axis, from one for both or from two.

    Raises:
        WindowError: One is not whole, or less than 1.
    """
    try:
        first, second = value  # type: ignore[misc]
    except TypeError:
        first = second = value
    except ValueError:
        first = second = value  # not a pair: `whole` says what it is
    return whole(first, name), whole(second, name)
