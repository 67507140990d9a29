"""Moves along or stays put: a shifted picture, its map, and its pooled map."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import convolve, max_pool, relu, shifted
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, as_picture
from coursetools.visual.maps import as_kernel, largest, put_strength

_WIDTH = 7.8
_NAMES = ("picture", "map", "pooled map")


@style.styled
def equivariance_figure(picture: Any, kernel: Any, shift: int = 8) -> Figure:
    """Return a figure of a picture and the same moved to the right, with maps and pooled maps.

    The lower row is compared with the upper one moved by `shift` pixels, for the pooled map by
    half as many cells. Where something from beyond the edge has come in, nothing is compared.
    A line marks the strongest answer; below, where it was is dashed.

    Args:
        picture: Grey or colour, which becomes grey; floats in 0 to 1 or whole numbers to 255.
        kernel: Shape (rows, columns).
        shift: Pixels to the right, even and at least 2.

    Raises:
        PictureError, KernelError: Picture or kernel has another shape or type.
        ValueError: `shift` is odd, less than 2 or too large for the picture.
    """
    grey = as_picture(picture, name="picture").mean(axis=-1)
    weights = as_kernel(kernel)
    if shift < 2 or shift % 2 or shift >= grey.shape[1] // 2:
        raise ValueError(
            "`shift` must be an even number of pixels, less than half the picture's width "
            f"`{grey.shape[1]}`, but it is `{shift}`."
        )
    still, moved = _three(grey, weights), _three(shifted(grey, 0, shift), weights)
    moves = (shift, shift, shift // 2)
    rims = (0, weights.shape[1] - 1, weights.shape[1] // 2)
    differences = [
        difference_inside(a, b, move, rim)
        for a, b, move, rim in zip(still, moved, moves, rims, strict=True)
    ]
    side = _WIDTH / 3
    figure = style.new_figure(2 * side * grey.shape[0] / grey.shape[1] + 0.75, width=_WIDTH)
    axes = figure.subplots(2, 3)
    marked = _column_of_most(still[1], shift)
    lines = (marked + weights.shape[1] // 2, marked, marked // 2)
    for column, ax in enumerate(axes[0]):
        pair = (still[column], moved[column])
        limit = 1.0 if column == 0 else largest(pair)
        for row, values in enumerate(pair):
            _put(axes[row, column], values, limit, colours=column > 0)
        ax.set_title(_NAMES[column], loc="center")
        ax.set_xlabel(f"{pair[0].shape[0]}{shapes.TIMES}{pair[0].shape[1]}")
        below = axes[1, column]
        below.set_xlabel(f"moved by {moves[column]}, difference {differences[column]:.3g}")
        _guide(ax, lines[column], solid=True)
        _guide(below, lines[column], solid=False)
        _guide(below, lines[column] + moves[column], solid=True)
    axes[0, 0].set_ylabel("as it is", fontweight="bold")
    axes[1, 0].set_ylabel(f"{shift} to the right", fontweight="bold")
    describe(figure, _text(shift, moves, differences))
    return figure


def difference_inside(still: Floats, moved: Floats, move: int, rim: int = 0) -> float:
    """Return the largest difference between a map and another moved to the right, but for a rim.

    Args:
        still: Shape (h, w).
        moved: The same shape, said to be `still` moved by `move` columns.
        move: Columns to the right.
        rim: Cells left out along each edge, and where columns have come in.
    """
    there = still[rim : still.shape[0] - rim, rim : still.shape[1] - move - rim]
    here = moved[rim : moved.shape[0] - rim, move + rim : moved.shape[1] - rim]
    return float(np.abs(there - here).max())


def _three(grey: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    detected = relu(convolve(grey, weights, padding="valid"))
    return grey, detected, max_pool(detected)


def _put(ax: Axes, values: Floats, limit: float, *, colours: bool) -> None:
    if colours:
        put_strength(ax, values, limit, gamma=0.7)
    else:
        ax.imshow(values, cmap="gray", vmin=0, vmax=limit)
        style.bare(ax)


def _column_of_most(values: Floats, shift: int) -> int:
    """Return the column of the strongest answer that is still inside after the shift."""
    strongest = values[:, : values.shape[1] - shift].max(axis=0)
    return int(strongest.argmax())


def _guide(ax: Axes, column: int, *, solid: bool) -> None:
    ax.axvline(column, color="#ffd58a", linewidth=1.4, linestyle="-" if solid else (0, (3, 3)))


def _text(shift: int, moves: tuple[int, int, int], differences: list[float]) -> str:
    parts = [
        f"the {name} moves by {move}, with a largest difference of {difference:.3g} inside the "
        "border"
        for name, move, difference in zip(_NAMES, moves, differences, strict=True)
    ]
    return f"A picture moved {shift} pixels to the right: {'; '.join(parts)}."
