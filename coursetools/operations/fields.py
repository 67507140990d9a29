"""Receptive fields: how many pixels across one unit of a stack of layers can see.

Two numbers are kept from layer to layer. `size` is the field's width, `jump` the pixels between
the fields of two neighbours. A layer with kernel k and stride s widens the field by (k - 1) jumps
and then multiplies the jump by s. With dilation d, a kernel reaches over (k - 1) d + 1 pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coursetools.operations.windows import whole, window_reach


class FieldError(ValueError):
    """A layer of a stack is not a pair (kernel, stride), or a triple with the dilation."""


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
