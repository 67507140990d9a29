"""Receptive fields: how many pixels across one unit of a stack of layers can see.

Two numbers are kept from layer to layer. `size` is the field's width, `jump` the pixels between
the fields of two neighbours. A layer with kernel k and stride s widens the field by (k - 1) jumps
and then multiplies the jump by s. With dilation d, a kernel reaches over (k - 1) d + 1 pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coursetools.operations.windows import whole, window_reach


class FieldError(ValueError):
    """A layer of a stack is not a pair (kernel, stride), or a heat map is none."""


@dataclass(frozen=True)
class FieldRow:
    """One layer of a stack, and the field after it.

    kernel: Weights across.
    stride: Pixels of its input from one stop to the next.
    size: Pixels of the picture across that one of its outputs sees.
    jump: Pixels of the picture between what two neighbours see.
    """

    kernel: int
    stride: int
    size: int
    jump: int


def receptive_field(layers: Iterable[Sequence[int]]) -> int:
    """Return the width, in pixels of the picture, that one unit after the last layer sees.

    Args:
        layers: (kernel, stride) or (kernel, stride, dilation) of each layer, first layer first;
            pooling counts like a convolution. No layer at all sees one pixel.

    Raises:
        FieldError: A layer is not such a pair or triple.
        WindowError: One of its numbers is not whole, or less than 1.

    Example:
        >>> receptive_field([(3, 1), (3, 1), (3, 1)]), receptive_field([(3, 1), (2, 2), (3, 1)])
        (7, 8)
    """
    rows = field_table(layers)
    return rows[-1].size if rows else 1


def field_table(layers: Iterable[Sequence[int]]) -> tuple[FieldRow, ...]:
    """Return a row for each layer: its kernel and stride, and the field and jump after it.

    Arguments and errors are those of `receptive_field`.
    """
    size = jump = 1
    rows = []
    for number, layer in enumerate(layers, start=1):
        kernel, stride, dilation = _layer(layer, number)
        size += (window_reach(kernel, dilation) - 1) * jump
        jump *= stride
        rows.append(FieldRow(kernel, stride, size, jump))
    return tuple(rows)


def field_extent(gradient: Any) -> tuple[int, int]:
    """Return over how many rows and columns of pixels a unit's gradient is not 0.

    Args:
        gradient: Of one unit with respect to each pixel, shape (h, w).

    Raises:
        FieldError: The gradient has another shape or is 0 everywhere.
    """
    weight = _weights_of_pixels(gradient)
    return _extent(weight.any(axis=1)), _extent(weight.any(axis=0))


def effective_width(gradient: Any, share: float = 0.9) -> int:
    """Return the width of the smallest centred square that holds a share of a unit's gradient.

    The square is centred on the middle of the pixels that the gradient reaches at all.

    Args:
        gradient: Of one unit with respect to each pixel, shape (h, w).
        share: Share of the sum of its absolute values, above 0 and at most 1.

    Raises:
        FieldError: The gradient has another shape or is 0 everywhere, or the share is none.
    """
    weight = _weights_of_pixels(gradient)
    if not 0 < share <= 1:
        raise FieldError(f"`share` must be above 0 and at most 1, but it is `{share}`.")
    height, width = field_extent(gradient)
    top, left = int(np.argmax(weight.any(axis=1))), int(np.argmax(weight.any(axis=0)))
    reached = weight[top : top + height, left : left + width]
    widest = max(height, width)
    for size in range(2 - widest % 2, widest, 2):
        above, beside = max((height - size) // 2, 0), max((width - size) // 2, 0)
        inside = reached[above : above + size, beside : beside + size]
        if inside.sum() >= share * reached.sum():
            return size
    return widest


def _weights_of_pixels(gradient: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    array = np.asarray(gradient)
    if array.ndim != 2 or array.dtype.kind not in "iuf":
        raise FieldError(
            "`gradient` must be numbers of shape (height, width), one a pixel, but its shape is "
            f"`{array.shape}` and its type `{array.dtype}`."
        )
    weight = np.abs(array.astype(np.float64))
    if not weight.any():
        raise FieldError("`gradient` is 0 everywhere: this unit answers to no pixel.")
    return weight


def _extent(reached: Any) -> int:
    places = np.flatnonzero(reached)
    return int(places[-1] - places[0] + 1)


def _layer(layer: Sequence[int], number: int) -> tuple[int, int, int]:
    try:
        kernel, stride, *more = layer
    except (TypeError, ValueError):
        raise _refusal(layer, number) from None
    if len(more) > 1:
        raise _refusal(layer, number)
    dilation = more[0] if more else 1
    return whole(kernel, "kernel"), whole(stride, "stride"), whole(dilation, "dilation")


def _refusal(layer: object, number: int) -> FieldError:
    return FieldError(
        f"Layer {number} must be a pair (kernel, stride), such as (3, 1), but it is `{layer!r}`."
    )
