"""Small pictures and maps as tables of numbers, coloured by sign."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import MapError, convolve, relu
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import (
    TIMES,
    as_kernel,
    as_map,
    kernel_text,
    largest,
    number_words,
    put_numbers,
    written,
)

_MOST = 16


@style.styled
def number_table(
    values: Any,
    ax: Axes | None = None,
    *,
    digits: int | None = None,
    text_size: float = 16,
    limit: float | None = None,
) -> Axes:
    """Draw an array as a table of numbers, coloured by sign, and return the axes.

    Args:
        values: Shape (rows, columns), at most 16 each way; also as a batch of one.
        ax: Where to draw; None is pyplot's current axes.
        digits: Decimals; None writes three figures.
        text_size: Points; smaller where the numbers would not fit the cells.
        limit: The value of the strongest colour, so that tables can share a scale; None is the
            largest of the array.

    Raises:
        MapError: The shape or the type is another, or a number is not finite.
        ValueError: `limit` is not above 0.
    """
    table = _table(values, "values")
    if limit is not None and not limit > 0:
        raise ValueError(f"`limit` must be above 0, but it is `{limit}`.")
    ax = style.axes_or_current(ax)
    strongest = largest([table]) if limit is None else limit
    put_numbers(ax, table, number_words(table, digits), limit=strongest, text_size=text_size)
    describe(ax, f"a table of {table.shape[0]} by {table.shape[1]} numbers: {_rows(table, digits)}")
    return ax


@style.styled
def picture_and_outputs(picture: Any, kernel: Any, *, rectified: bool = False) -> Figure:
    """Return a figure of a small picture, a kernel and every output, all as numbers.

    Args:
        picture: Shape (rows, columns), at most 16 each way; any finite numbers.
        kernel: Shape (rows, columns).
        rectified: Whether the outputs after ReLU are shown too, with their total.

    Raises:
        MapError: The picture has another shape or type.
        KernelError: The kernel has another shape or type.
        NoStopError: The kernel is larger than the picture.
    """
    pixels, weights = _table(picture, "picture"), as_kernel(kernel)
    outputs = convolve(pixels, weights)
    limit = largest([outputs])
    tables = [
        ("picture", pixels, largest([pixels]), float(pixels.min()) >= 0),
        ("kernel", weights, largest([weights]), False),
        (f"{outputs.size} outputs", outputs, limit, False),
    ]
    if rectified:
        tables.append(("after ReLU", relu(outputs), limit, False))
    rows = max(values.shape[0] for _, values, _, _ in tables)
    columns = sum(values.shape[1] for _, values, _, _ in tables)
    # One size of cell for all: then a size of 5 looks smaller than one of 6.
    cell = min(0.5, (style.WIDTH - 0.5 * len(tables)) / columns)
    figure = style.new_figure(rows * cell + 0.9, laid_out=False)
    height = figure.get_figheight()
    left = (style.WIDTH - columns * cell) / (len(tables) + 1)
    gap, texts = left, []
    for title, values, strongest, grey in tables:
        wide, high = values.shape[1] * cell, values.shape[0] * cell
        low = 0.4 + (rows * cell - high) / 2
        ax = figure.add_axes((left / style.WIDTH, low / height, wide / style.WIDTH, high / height))
        put_numbers(ax, values, number_words(values), limit=strongest, text_size=14, grey=grey)
        ax.set_title(title, loc="center", fontsize=12)
        under = f"{values.shape[0]}{TIMES}{values.shape[1]}"
        if title == "after ReLU":
            under += f", total {written(float(values.sum()))}"
        ax.set_xlabel(under, fontsize=10, color=style.MUTED, fontweight="normal")
        texts.append(f"{title}: {_rows(values)}" if title != "kernel" else kernel_text(values))
        left += wide + gap
    describe(figure, f"A convolution in numbers. {'. '.join(texts)}.")
    return figure


def _table(values: Any, name: str) -> Floats:
    table = as_map(values, name=name)
    if max(table.shape) > _MOST:
        raise MapError(
            f"`{name}` must be at most {_MOST} by {_MOST} for its numbers to be read, but its "
            f"shape is `{table.shape}`. Take a part of it."
        )
    return table


def _rows(table: Floats, digits: int | None = None) -> str:
    lines = [", ".join(written(value, digits) for value in row) for row in np.asarray(table)]
    return "; ".join(lines)
