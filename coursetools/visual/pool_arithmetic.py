"""Pooling as arithmetic: four numbers in, one out."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from coursetools.operations import MapError, average_pool, max_pool
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import as_map, written

_CELL = 0.62
_FILLS = ("#d3e5f4", "#fbe3d2", "#d9ecec", "#fbefd2")
_EDGES = (style.CAR, style.TRUCK, style.BASE, style.HEAD)
_FOUR_BY_FOUR = ((1, 3, 0, 2), (4, 2, 1, 5), (0, 6, 7, 1), (2, 0, 3, 4))
_KINDS = {"max": (max_pool, "largest"), "average": (average_pool, "mean")}
_MOST = 8


@style.styled
def pool_arithmetic(values: Any = None, *, kind: str = "max") -> Figure:
    """Return a figure of a small map whose 2x2 windows are coloured, and of what they become.

    Args:
        values: Shape (h, w), both even and at most 8; None is a 4x4 example.
        kind: "max", where the winner of each window is ringed, or "average".

    Raises:
        MapError: The shape or the type is another, or a side is odd or above 8.
        ValueError: `kind` is another word.
    """
    if kind not in _KINDS:
        raise ValueError(f"`kind` must be 'max' or 'average', but it is `{kind!r}`.")
    pool, word = _KINDS[kind]
    before = as_map(_FOUR_BY_FOUR if values is None else values, name="values")
    if any(side % 2 or side > _MOST for side in before.shape):
        raise MapError(
            f"`values` must have even sides of at most {_MOST}, but the shape is `{before.shape}`."
        )
    after = pool(before)
    figure = _draw(before, after, word, rings=kind == "max")
    describe(figure, _text(before, after, word))
    return figure


def _draw(before: Floats, after: Floats, word: str, *, rings: bool) -> Figure:
    rows, columns = before.shape
    gap = 1.9
    width = (1.5 * columns) * _CELL + gap + 0.6
    height = rows * _CELL + 0.75
    figure, ax = shapes.drawing_board(height, width=width)
    low = 0.25
    _cells(ax, before, (0.3, low), window=2)
    if rings:
        _ring_winners(ax, before, (0.3, low))
    middle = low + rows * _CELL / 2
    start = 0.3 + columns * _CELL
    shapes.arrow(ax, (start + 0.2, middle), (start + gap - 0.2, middle), f"the {word}")
    ax.text(start + gap / 2, middle - 0.1, "of each four", ha="center", va="top", fontsize=10.5)
    _cells(ax, after, (start + gap, middle - rows * _CELL / 4), window=1)
    size = f"{rows}{shapes.TIMES}{columns}"
    half = f"{rows // 2}{shapes.TIMES}{columns // 2}"
    for x, y, words in (
        (0.3, low + rows * _CELL + 0.1, size),
        (start + gap, middle + rows * _CELL / 4 + 0.1, half),
    ):
        ax.text(x, y, words, fontweight="bold", va="bottom")
    return figure


def _cells(ax: Axes, values: Floats, corner: tuple[float, float], *, window: int) -> None:
    for (row, column), value in np.ndenumerate(values):
        x, y = _place(values, corner, row, column)
        colour = _colour(row // window, column // window)
        ax.add_patch(
            Rectangle(
                (x, y), _CELL, _CELL, facecolor=_FILLS[colour], edgecolor="white", linewidth=1
            )
        )
        middle = (x + _CELL / 2, y + _CELL / 2)
        ax.text(*middle, written(float(value)), ha="center", va="center", fontsize=15, zorder=5)
    for row, column in np.ndindex(values.shape[0] // window, values.shape[1] // window):
        x, y = _place(values, corner, (row + 1) * window - 1, column * window)
        ax.add_patch(
            Rectangle(
                (x, y),
                window * _CELL,
                window * _CELL,
                fill=False,
                edgecolor=_EDGES[_colour(row, column)],
                linewidth=2,
                zorder=4,
            )
        )


def _ring_winners(ax: Axes, values: Floats, corner: tuple[float, float]) -> None:
    for row, column in np.ndindex(values.shape[0] // 2, values.shape[1] // 2):
        window = values[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        down, right = np.unravel_index(int(window.argmax()), (2, 2))
        x, y = _place(values, corner, 2 * row + int(down), 2 * column + int(right))
        colour = _EDGES[_colour(row, column)]
        ring = Circle((x + _CELL / 2, y + _CELL / 2), 0.22, fill=False, edgecolor=colour, lw=2)
        ax.add_patch(ring)


def _place(
    values: Floats, corner: tuple[float, float], row: int, column: int
) -> tuple[float, float]:
    return corner[0] + column * _CELL, corner[1] + (values.shape[0] - 1 - row) * _CELL


def _colour(row: int, column: int) -> int:
    return 2 * (row % 2) + column % 2


def _text(before: Floats, after: Floats, word: str) -> str:
    def rows_of(values: Floats) -> str:
        return "; ".join(", ".join(written(float(value)) for value in row) for row in values)

    return (
        f"A map of {before.shape[0]} by {before.shape[1]} numbers, row by row: {rows_of(before)}. "
        f"The {word} of each 2 by 2 window gives {after.shape[0]} by {after.shape[1]}: "
        f"{rows_of(after)}."
    )
