"""Filter and detect: convolution as networks do it, and ReLU.

What libraries for networks call convolution lays the kernel on the picture as it is, multiplies
place by place and adds up. Textbooks turn the kernel by 180 degrees first and call this one
cross-correlation.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.operations.windows import Pair, output_size, padding_of, pair

Floats = NDArray[Any]


class FilterError(ValueError):
    """A picture or a kernel is not numbers of a known shape, or the two do not fit together."""


def convolve(
    image: Any,
    kernel: Any,
    *,
    stride: int | Pair = 1,
    padding: str = "valid",
    dilation: int | Pair = 1,
) -> Floats:
    """Return the map of a kernel on a picture: a weighted sum at each stop of the window.

    Args:
        image: Shape (h, w) or (h, w, channels); anything NumPy reads as numbers.
        kernel: Shape (kh, kw) for a picture of two axes. For one with channels (kh, kw,
            channels), whose slices' answers are added, or (kh, kw, channels, filters).
        stride: Pixels from one stop to the next, or a pair (down, right).
        padding: "valid" stays inside the picture, "same" pads it with zeros by TensorFlow's
            rule, in any case.
        dilation: Pixels from one weight to the next, or a pair (down, right).

    Returns:
        Shape (h', w'), or (h', w', filters) for a kernel of four axes; float64 if picture or
        kernel is, else float32.

    Raises:
        FilterError: Picture or kernel has another shape or type, or their channels differ.
        WindowError: A stride or dilation is not whole or less than 1, or the padding is another
            word.
        NoStopError: With "valid", the kernel is larger than the picture.

    Example:
        >>> convolve([[1, 2, 4], [0, 0, 3]], [[-1, 1]])
        array([[1., 2.],
               [0., 3.]], dtype=float32)
    """
    picture, weights = _fitting(image, kernel)
    size = weights.shape[:2]
    strides, dilations = pair(stride, "stride"), pair(dilation, "dilation")
    axes = list(zip(picture.shape[:2], size, strides, dilations, strict=True))
    rows, columns = (output_size(n, k, s, padding, d) for n, k, s, d in axes)
    around = [padding_of(n, k, s, padding, d) for n, k, s, d in axes]
    if any(map(any, around)):
        picture = np.pad(picture, around + [(0, 0)] * (picture.ndim - 2))

    answers = np.zeros((rows, columns, *weights.shape[3:]), picture.dtype)
    for i, j in np.ndindex(*size):
        # Every stop's pixel under the weight (i, j) at once: far fewer steps than stops.
        under = picture[
            i * dilations[0] :: strides[0],
            j * dilations[1] :: strides[1],
        ][:rows, :columns]
        answers += under * weights[i, j] if weights.ndim == 2 else under @ weights[i, j]
    return answers


def relu(x: Any) -> Floats:
    """Return what ReLU makes of each number: 0 if it is negative, else itself.

    Args:
        x: Numbers of any shape.

    Returns:
        The same shape; float64 for float64, else float32.

    Raises:
        FilterError: `x` is not an array of numbers.

    Example:
        >>> relu([-2, 0, 3])
        array([0., 0., 3.], dtype=float32)
    """
    array = _numbers(x, "x")
    return np.asarray(np.maximum(array, array.dtype.type(0)))


def _fitting(image: Any, kernel: Any) -> tuple[Floats, Floats]:
    picture, weights = _numbers(image, "image"), _numbers(kernel, "kernel")
    if picture.ndim not in (2, 3) or not picture.size:
        raise FilterError(
            "`image` must have the shape (height, width) or (height, width, channels), "
            f"but it is `{picture.shape}`."
        )
    if not weights.size:
        raise FilterError(f"`kernel` must hold weights, but its shape is `{weights.shape}`.")
    if picture.ndim == 2 and weights.ndim != 2:
        raise FilterError(
            f"A picture of shape `{picture.shape}` takes a kernel of two axes, but the shape of "
            f"`kernel` is `{weights.shape}`."
        )
    if picture.ndim == 3 and (weights.ndim not in (3, 4) or weights.shape[2] != picture.shape[2]):
        raise FilterError(
            f"A picture of shape `{picture.shape}` takes a kernel of shape (rows, columns, "
            f"{picture.shape[2]}) or (rows, columns, {picture.shape[2]}, filters), but the shape "
            f"of `kernel` is `{weights.shape}`."
        )
    common = np.result_type(picture, weights)
    return picture.astype(common, copy=False), weights.astype(common, copy=False)


def _numbers(value: Any, name: str) -> Floats:
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise FilterError(
            f"`{name}` must be an array of numbers, but NumPy says: `{error}`"
        ) from error
    if array.dtype.kind not in "biuf":
        raise FilterError(f"`{name}` must be numbers, but their type is `{array.dtype}`.")
    return array if array.dtype == np.float64 else array.astype(np.float32, copy=False)
