"""One stop of the window: nine pixels times nine weights, and their sum."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursetools.operations import convolve
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.maps import (
    MINUS,
    TIMES,
    as_kernel,
    frame,
    largest,
    number_words,
    put_numbers,
    written,
)
from coursetools.visual.steps import greyed

# Above this many weights the cells would be too small for their numbers.
_MOST = 7

# Inches: the board, its line of tables, a table, the left edges of the three.
_HEIGHT, _MIDDLE, _SIDE = 3.35, 1.92, 1.7
_LEFTS = (2.62, 4.72, 6.82)


@style.styled
def one_window(
    image: Any,
    kernel: Any,
    *,
    row: int | None = None,
    column: int | None = None,
    digits: int = 2,
) -> Figure:
    """Return a figure of one output of a convolution: patch, kernel, products and their sum.

    Args:
        image: One picture; one in colour becomes grey.
        kernel: Shape (rows, columns), at most 7 by 7.
        row: Row of the output, without padding: the window's uppermost row in the picture.
        column: Column of the output. Without row and column it is the strongest output.
        digits: Decimals of the pixels and products.

    Raises:
        PictureError: The picture has another shape, type or range, or no such output.
        KernelError: The kernel has another shape or type.
        NoStopError: The kernel is larger than the picture.
        ValueError: The kernel is too large for its numbers to be read.
    """
    picture, weights = as_picture(image), as_kernel(kernel)
    if max(weights.shape) > _MOST:
        raise ValueError(
            f"`kernel` must be at most {_MOST} by {_MOST} for its numbers to be read, but its "
            f"shape is `{weights.shape}`."
        )
    answers = convolve(greyed(picture), weights)
    place = _place(answers, row, column)
    down, across = weights.shape
    patch = greyed(picture)[place[0] : place[0] + down, place[1] : place[1] + across]
    products = patch * weights
    figure, board = shapes.drawing_board(_HEIGHT)
    _photo(figure, board, picture, place, weights.shape)
    tables = (
        ("patch", patch, number_words(patch, digits), 1.0),
        ("kernel", weights, number_words(weights), largest([weights])),
        ("products", products, number_words(products, digits), largest([products])),
    )
    for left, (title, values, words, limit) in zip(_LEFTS, tables, strict=True):
        ax = shapes.axes_at(figure, (left, _MIDDLE - _SIDE / 2, _SIDE, _SIDE))
        put_numbers(ax, values, words, limit=limit, text_size=15, grey=title == "patch")
        ax.set_title(title, loc="center", fontsize=12)
    total = float(products.sum())
    _signs_and_sum(board, written(total, digits))
    _line(board, patch, weights, total, digits)
    describe(figure, _text(picture, weights, patch, place, total))
    return figure


def _signs_and_sum(board: Axes, total: str) -> None:
    for left, sign in zip(_LEFTS[1:], (TIMES, "="), strict=True):
        board.text(left - 0.2, _MIDDLE, sign, ha="center", va="center", size=20)
    board.text(8.7, _MIDDLE + 0.06, "sum", ha="center", va="bottom", size=9.5)
    ends = (8.88, _MIDDLE), (8.56, _MIDDLE)
    board.annotate("", *ends, arrowprops={"arrowstyle": "->", "shrinkA": 0, "shrinkB": 0})
    shapes.box(board, (8.88, _MIDDLE - 0.35), (0.66, 0.7), edge=style.INK, fill=style.PAPER)
    board.text(9.21, _MIDDLE, total, ha="center", va="center", size=12, fontweight="bold")


def _place(answers: Floats, row: int | None, column: int | None) -> tuple[int, int]:
    rows, columns = answers.shape
    if row is None and column is None:
        best_row, best_column = np.unravel_index(int(np.abs(answers).argmax()), answers.shape)
        return int(best_row), int(best_column)
    place = (row or 0, column or 0)
    if not (0 <= place[0] < rows and 0 <= place[1] < columns):
        raise PictureError(
            f"There is no output at row, column `{place}`: there are {rows} rows and {columns} "
            "columns of outputs, counted from 0."
        )
    return place


def _photo(
    figure: Figure,
    board: Axes,
    picture: Floats,
    place: tuple[int, int],
    size: tuple[int, ...],
) -> None:
    height, width = picture.shape[:2]
    side = 2.2
    scale = side / max(height, width)
    ax = shapes.axes_at(figure, (0.1, _MIDDLE - height * scale / 2, width * scale, height * scale))
    put_picture(ax, greyed(picture)[..., None])
    frame(ax)
    for colour, line in (("white", 4.0), (style.TRUCK, 2.0)):
        ax.add_patch(
            Rectangle(
                (place[1] - 0.5, place[0] - 0.5),
                size[1],
                size[0],
                fill=False,
                edgecolor=colour,
                linewidth=line,
            )
        )
    board.text(
        0.1 + width * scale / 2,
        _MIDDLE + height * scale / 2 + 0.12,
        f"picture, {height}{TIMES}{width}",
        ha="center",
        va="bottom",
        size=10.5,
    )


def _line(board: Axes, patch: Floats, weights: Floats, total: float, digits: int) -> None:
    """Write the products out, a row of the kernel on each line."""
    lines = []
    for pixels, factors in zip(patch, weights, strict=True):
        terms = [
            f"{written(float(pixel), digits)}\u00b7{_factor(float(factor))}"
            for pixel, factor in zip(pixels, factors, strict=True)
        ]
        lines.append(" + ".join(terms))
    lines[-1] += f"  =  {written(total, digits)}"
    size = 10.5 if weights.shape[1] <= 3 else 7.5
    step = min(0.24, 0.7 / len(lines))
    for number, words in enumerate(lines):
        y = 0.76 - step * number
        board.text(3.75, y, "+" if number else "", ha="center", va="center", size=size)
        board.text(3.9, y, words, ha="left", va="center", size=size)


def _factor(weight: float) -> str:
    word = written(weight)
    return f"({word})" if word.startswith(MINUS) else word


def _text(
    picture: Floats, weights: Floats, patch: Floats, place: tuple[int, int], total: float
) -> str:
    height, width = picture.shape[:2]
    terms = ", ".join(
        f"{pixel:.2f} times {weight:.3g} is {pixel * weight + 0.0:.2f}"
        for pixel, weight in zip(patch.flat, weights.flat, strict=True)
    )
    return (
        f"One output of a convolution. In a picture of {height} rows and {width} columns a window "
        f"of {weights.shape[0]} by {weights.shape[1]} pixels is marked at row {place[0]}, column "
        f"{place[1]}. Its pixels times the kernel's weights: {terms}. The sum is {total:.2f}."
    )
