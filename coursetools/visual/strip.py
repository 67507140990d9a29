"""The three steps as a strip: a picture, and what filter, detect and condense do to it."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.extraction import input_caption, steps_text
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats
from coursetools.visual.kernel import show_kernel
from coursetools.visual.maps import (
    NEGATIVE,
    POSITIVE,
    TIMES,
    as_kernel,
    kernel_text,
    put_map,
    shared_limit,
    size_and_range,
)
from coursetools.visual.steps import three_steps

_SIDE, _GAP, _LEFT = 1.74, 0.84, 0.06
_LOW = 0.42


@style.styled
def extraction_strip(image: Any, kernel: Any, *, pool_size: int = 2) -> Figure:
    """Return a strip of a picture and its maps after filter, detect and condense.

    Between the pictures stands what each step uses: the kernel, the graph of ReLU, the pooling
    window. The three maps share one scale: blue is above zero, orange below, white is zero.

    Args:
        image: One picture; one in colour becomes grey.
        kernel: Shape (rows, columns).
        pool_size: Pixels across the pooling window.

    Raises:
        PictureError: The picture has another shape, type or range.
        KernelError: The kernel has another shape or type.
        WindowError: `pool_size` is none, or the kernel is larger than the picture.
    """
    weights = as_kernel(kernel)
    steps = three_steps(image, weights, pool_size=pool_size)
    height, width = steps.picture.shape[:2]
    tall = min(_SIDE * height / width, 2.6)
    figure, board = shapes.drawing_board(tall + _LOW + 0.5)
    maps = (steps.filtered, steps.detected, steps.condensed)
    limit = shared_limit(maps)
    panels = [_panel(figure, number, tall) for number in range(4)]
    put_picture(panels[0], steps.picture)
    for ax, values in zip(panels[1:], maps, strict=True):
        put_map(ax, values, limit)
    captions = [input_caption(steps), *(size_and_range(values) for values in maps)]
    titles = ("Input", "Filter", "Detect", "Condense")
    for number, (title, caption) in enumerate(zip(titles, captions, strict=True)):
        middle = _LEFT + number * (_SIDE + _GAP) + _SIDE / 2
        board.text(
            middle, _LOW + tall + 0.22, title, ha="center", va="center", size=13, weight="bold"
        )
        board.text(middle, _LOW - 0.2, caption, ha="center", va="center", size=9, color=style.MUTED)
    _between(figure, board, weights, pool_size, _LOW + tall / 2)
    describe(
        figure,
        f"{steps_text(steps)} Filter uses a {kernel_text(weights)}; detect is ReLU; condense "
        f"takes the greatest of each {pool_size} by {pool_size} values.",
    )
    return figure


def _panel(figure: Figure, number: int, tall: float) -> Axes:
    return shapes.axes_at(figure, (_LEFT + number * (_SIDE + _GAP), _LOW, _SIDE, tall))


def _between(figure: Figure, board: Axes, weights: Floats, pool_size: int, middle: float) -> None:
    """Draw an arrow in each gap, the step's tool above it and its name below."""
    side = 0.6
    words = ("convolve", "ReLU", f"max of\n{pool_size}{TIMES}{pool_size}")
    for number, word in enumerate(words):
        left = _LEFT + _SIDE + number * (_SIDE + _GAP)
        board.add_patch(
            FancyArrowPatch(
                (left + 0.1, middle),
                (left + _GAP - 0.1, middle),
                arrowstyle="-|>",
                mutation_scale=14,
                color=style.INK,
                shrinkA=0,
                shrinkB=0,
            )
        )
        board.text(left + _GAP / 2, middle - 0.1, word, ha="center", va="top", size=9)
        tool = shapes.axes_at(figure, (left + (_GAP - side) / 2, middle + 0.14, side, side))
        if number == 0:
            show_kernel(weights, ax=tool, text_size=8, label=weights.size <= 9)
        elif number == 1:
            _small_relu(tool)
        else:
            _small_window(tool, pool_size)


def _small_relu(ax: Axes) -> None:
    style.bare(ax)
    ax.axhline(0, color=style.LINE, linewidth=0.8)
    ax.axvline(0, color=style.LINE, linewidth=0.8)
    ax.plot([-1, 0], [0, 0], color=NEGATIVE, linewidth=2.5, solid_capstyle="butt")
    ax.plot([0, 1], [0, 1], color=POSITIVE, linewidth=2.5)
    ax.set(xlim=(-1.05, 1.05), ylim=(-0.5, 1.05))


def _small_window(ax: Axes, size: int) -> None:
    style.bare(ax)
    winner = (0, size - 1)
    for row, column in np.ndindex(size, size):
        won = (row, column) == winner
        ax.add_patch(
            Rectangle(
                (column, row),
                1,
                1,
                facecolor=POSITIVE if won else "white",
                edgecolor=style.MUTED,
                linewidth=0.8,
            )
        )
    ax.set(xlim=(-0.1, size + 0.1), ylim=(size + 0.1, -0.1))
