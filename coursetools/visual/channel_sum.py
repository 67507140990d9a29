"""Colour: a kernel has a slice for each channel, and the three answers add up to one map."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import convolve
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.kernel import show_kernel
from coursetools.visual.maps import (
    TIMES,
    KernelError,
    as_kernel,
    kernel_text,
    map_text,
    put_map,
    shared_limit,
    size_and_range,
    written,
)

_CHANNELS = (("Red", "Reds_r"), ("Green", "Greens_r"), ("Blue", "Blues_r"))
# Inches: the board, a picture, the map, and where things stand on the board.
_HEIGHT, _SIDE, _MAP = 5.35, 1.42, 2.4
_LOW, _STEP = 0.32, 1.68
_PICTURE, _KERNEL, _ANSWER, _PLUS, _SUM = 0.75, 2.62, 4.22, 6.34, 7.06
_MIDDLE = _LOW + _STEP + _SIDE / 2


@style.styled
def channel_sum(image: Any, kernel: Any, *, bias: float = 0.0) -> Figure:
    """Return a figure of a kernel on a picture in colour: three answers, added to one map.

    The three answers and the map share a scale: blue is above zero, orange below.

    Args:
        image: One picture in colour.
        kernel: Shape (rows, columns, 3), a slice for each channel, or (rows, columns), the same
            for all three.
        bias: A number added to every place of the map.

    Raises:
        PictureError: The picture is not in colour, or has another shape, type or range.
        KernelError: The kernel has another shape or type.
        NoStopError: The kernel is larger than the picture.
    """
    picture = as_picture(image)
    if picture.shape[-1] != 3:
        raise PictureError(f"`image` must have three channels, but it has `{picture.shape[-1]}`.")
    slices = _slices(kernel)
    answers = [convolve(picture[..., c], slices[..., c]) for c in range(3)]
    total = sum(answers[1:], answers[0]) + np.float32(bias)
    limit = shared_limit([*answers, total])
    figure, board = shapes.drawing_board(_HEIGHT)
    for channel in range(3):
        low = _LOW + (2 - channel) * _STEP
        _channel(figure, board, low, channel, picture[..., channel])
        _answer(figure, board, low, slices[..., channel], answers[channel], limit)
    _plus(board, bias)
    ax = shapes.axes_at(figure, (_SUM, _MIDDLE - _MAP / 2, _MAP, _MAP))
    put_map(ax, total, limit)
    ax.set_title("one map", loc="center", fontsize=12)
    _caption(board, _SUM + _MAP / 2, _MIDDLE - _MAP / 2 - 0.14, size_and_range(total))
    describe(figure, _text(slices, answers, total, bias))
    return figure


def _channel(figure: Figure, board: Axes, low: float, channel: int, values: Floats) -> None:
    name, tint = _CHANNELS[channel]
    ax = shapes.axes_at(figure, (_PICTURE, low, _SIDE, _SIDE))
    # Dark where the channel is dark; the name beside it says which one it is.
    ax.imshow(values, cmap=tint, vmin=0, vmax=1.15)
    style.bare(ax)
    board.text(
        _PICTURE - 0.07, low + _SIDE / 2, name, ha="right", va="center", weight="bold", size=12
    )


def _answer(
    figure: Figure, board: Axes, low: float, weights: Floats, answer: Floats, limit: float
) -> None:
    """Draw a channel's kernel slice, its answer, and the line from there to the sum."""
    side, middle = 1.1, low + _SIDE / 2
    tile = shapes.axes_at(figure, (_KERNEL, middle - side / 2, side, side))
    show_kernel(weights, ax=tile, text_size=13, label=max(weights.shape) <= 7)
    ax = shapes.axes_at(figure, (_ANSWER, low, _SIDE, _SIDE))
    put_map(ax, answer, limit)
    _caption(board, _ANSWER + _SIDE / 2, low - 0.11, size_and_range(answer))
    for x, sign in ((_KERNEL - 0.22, TIMES), (_ANSWER - 0.26, "=")):
        board.text(x, middle, sign, ha="center", va="center", size=17)
    ends = [_ANSWER + _SIDE + 0.08, _PLUS - 0.04], [middle, _MIDDLE]
    board.plot(*ends, color=style.MUTED, linewidth=1.2, zorder=0.5)


def _plus(board: Axes, bias: float) -> None:
    shapes.box(board, (_PLUS - 0.2, _MIDDLE - 0.2), (0.4, 0.4), edge=style.INK, fill=style.PAPER)
    board.text(_PLUS, _MIDDLE, "+", ha="center", va="center", size=16, weight="bold")
    shapes.arrow(board, (_PLUS + 0.26, _MIDDLE), (_SUM - 0.1, _MIDDLE))
    if bias:
        words = f"bias {written(bias)}"
        board.text(_PLUS + 0.08, _MIDDLE - 0.36, words, ha="left", va="center", size=10)


def _slices(kernel: Any) -> Floats:
    array = np.asarray(kernel)
    if array.ndim == 4 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim == 3 and array.shape[-1] == 3:
        return np.stack([as_kernel(array[..., c]) for c in range(3)], axis=-1)
    if array.ndim == 3:
        raise KernelError(
            f"`kernel` must have three slices, shape (rows, columns, 3), but it is `{array.shape}`."
        )
    return np.stack([as_kernel(array)] * 3, axis=-1)


def _caption(board: Axes, x: float, y: float, words: str) -> None:
    board.text(x, y, words, ha="center", va="center", size=9.5, color=style.MUTED)


def _text(slices: Floats, answers: list[Floats], total: Floats, bias: float) -> str:
    parts = [
        f"{name}: a {kernel_text(slices[..., channel])} answers {map_text(answers[channel])}."
        for channel, (name, _) in enumerate(_CHANNELS)
    ]
    added = f" and a bias of {bias:g}" if bias else ""
    return (
        f"A kernel of three slices on a picture in colour. {' '.join(parts)} The three answers"
        f"{added} are added place by place to one map: {map_text(total)}."
    )
