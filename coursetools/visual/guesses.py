"""Section 4: what the pretrained base already knows. Its first guesses beside the photos."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import LabelError, ProbabilityError, as_picture

Guess = tuple[str, float]


def top_guesses(probabilities: Any, names: Sequence[str], *, top: int = 3) -> list[list[Guess]]:
    """Return each picture's likeliest classes, likeliest first, as (name, probability).

    Args:
        probabilities: One row a picture, one column a class, shape (n, len(names)).
        names: The classes' names in the order of the columns.
        top: How many to return for each picture.

    Raises:
        ProbabilityError: The shape does not fit, or a value lies outside 0 to 1.
        LabelError: `top` is not from 1 to the number of classes.
    """
    table = np.asarray(probabilities)
    if table.ndim != 2 or table.dtype.kind not in "iuf" or table.shape[1] != len(names):
        raise ProbabilityError(
            f"`probabilities` must have the shape (pictures, {len(names)}), one column for each "
            f"name, but it is `{table.shape}` of type `{table.dtype}`."
        )
    if not ((table >= 0) & (table <= 1 + 1e-6)).all():
        raise ProbabilityError(
            f"`probabilities` must lie in 0 to 1, but run from `{table.min():g}` to "
            f"`{table.max():g}`. Are these scores from before the softmax?"
        )
    if not 1 <= top <= len(names):
        raise LabelError(f"`top` must be from 1 to {len(names)}, but it is `{top}`.")
    order = np.argsort(-table, axis=1, kind="stable")[:, :top]
    return [
        [(str(names[column]), float(row[column])) for column in columns]
        for row, columns in zip(table, order, strict=True)
    ]


@style.styled
def guess_bars(images: Any, probabilities: Any, names: Sequence[str], *, top: int = 3) -> Figure:
    """Return a figure of photos, each beside a bar chart of its likeliest classes.

    Args:
        images: A few pictures, each of shape (h, w, 3) and of any size; floats in 0 to 1 or
            whole numbers to 255.
        probabilities: The classifier's output for them, shape (n, len(names)).
        names: The classes' names in the order of the columns.
        top: How many classes a chart shows.

    Raises:
        PictureError: A picture has another shape, type or range.
        ProbabilityError: There is not one row of probabilities for each picture.
        LabelError: `top` is not from 1 to the number of classes.
    """
    pictures = [as_picture(image, name=f"images[{n}]") for n, image in enumerate(images)]
    guesses = top_guesses(probabilities, names, top=top)
    if len(guesses) != len(pictures):
        raise ProbabilityError(
            f"`probabilities` has `{len(guesses)}` rows, but there are {len(pictures)} pictures."
        )
    rows = ceil(len(pictures) / 2)
    figure = style.new_figure(2.05 * rows)
    grid = figure.add_gridspec(rows, 4, width_ratios=(1, 1.3, 1, 1.3))
    for position, (picture, row) in enumerate(zip(pictures, guesses, strict=True)):
        line, side = divmod(position, 2)
        put_picture(figure.add_subplot(grid[line, 2 * side]), picture)
        _bars(figure.add_subplot(grid[line, 2 * side + 1]), row)
    describe(figure, _text(guesses))
    return figure


def _bars(ax: Axes, guesses: list[Guess]) -> None:
    for place, (name, chance) in enumerate(guesses):
        colour = style.BASE if place == 0 else style.LINE
        ax.barh(place, chance, height=0.36, color=colour)
        weight = "bold" if place == 0 else "normal"
        ax.text(0, place - 0.25, _shortened(name), va="bottom", fontsize=10.5, fontweight=weight)
        ax.text(chance + 0.02, place, f"{chance:.0%}", va="center", fontsize=10, fontweight=weight)
    ax.set_xlim(0, 1.18)
    ax.set_ylim(len(guesses) - 0.6, -0.75)
    style.bare(ax)


def _shortened(name: str, length: int = 26) -> str:
    first = name.split(",")[0]
    return first if len(first) <= length else first[: length - 1] + "\u2026"


def _text(guesses: list[list[Guess]]) -> str:
    parts = [
        f"Picture {number}: " + ", ".join(f"{name} {chance:.0%}" for name, chance in row) + "."
        for number, row in enumerate(guesses, 1)
    ]
    return "Photos with the likeliest of the classes the base was trained on. " + " ".join(parts)
