"""Known wrong ways to follow a receptive field through a stack, and what to say to each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from coursetools.lessons.lesson_4.calls import Slip
from coursetools.operations import receptive_field

Stack = Sequence[tuple[int, int]]


def _summed(layers: Stack) -> int:
    return 1 + sum(kernel - 1 for kernel, _ in layers)


def _own_stride_first(layers: Stack) -> int:
    width = distance = 1
    for kernel, stride in layers:
        distance *= stride
        width += (kernel - 1) * distance
    return width


def _last_stride_only(layers: Stack) -> int:
    width = distance = 1
    for kernel, stride in layers:
        width += (kernel - 1) * distance
        distance = stride
    return width


def _added_strides(layers: Stack) -> int:
    width = distance = 1
    for kernel, stride in layers:
        width += (kernel - 1) * distance
        distance += stride
    return width


def _backwards_rule_forwards(layers: Stack) -> int:
    width = 1
    for kernel, stride in layers:
        width = (width - 1) * stride + kernel
    return width


def _whole_kernels(layers: Stack) -> int:
    width = distance = 1
    for kernel, stride in layers:
        width += kernel * distance
        distance *= stride
    return width


FIELD_SLIPS = (
    Slip(
        _summed,
        "Right until the first stride of 2: after it, one step means 2 pixels. Keep the distance "
        "between neighbours too.",
    ),
    Slip(
        _own_stride_first,
        "A layer's own stride widens the layers after it, not itself: widen the field first, then "
        "multiply.",
    ),
    Slip(
        _backwards_rule_forwards,
        "`(r - 1) * s + k` is right from the output back to the picture. You went the other way: "
        "take `reversed(layers)`.",
    ),
    Slip(
        _last_stride_only,
        "Strides multiply: after two strides of 2, neighbours are 4 pixels apart.",
    ),
    Slip(
        _added_strides,
        "Strides multiply, they do not add: after one stride of 2, neighbours are 2 pixels apart.",
    ),
    Slip(
        lambda layers: math.prod(kernel for kernel, _ in layers),
        "Fields add, they do not multiply: a layer adds its kernel minus 1.",
    ),
    Slip(
        lambda layers: sum(kernel for kernel, _ in layers),
        "The patches overlap: a layer adds its kernel minus 1, to the one pixel at the start.",
    ),
    Slip(
        lambda layers: receptive_field(layers) - 1,
        "One short: without any layer a unit sees its own pixel, so begin with 1.",
    ),
    Slip(
        _whole_kernels,
        "A layer adds its kernel minus 1: the pixel in the middle was seen before.",
    ),
    Slip(
        lambda layers: math.prod(stride for _, stride in layers),
        "That is the distance between neighbours. The width is asked for.",
    ),
)
"""Of receptive fields, the most specific first."""
