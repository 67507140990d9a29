"""The pictures a network calls wrong, the surest mistake first."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.confusion import predictions, truth_and_chances
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import (
    Floats,
    Integers,
    as_labels,
    as_pictures,
    as_probabilities,
    pair_of_names,
)


def mistake_order(labels: Any, probabilities: Any, *, threshold: float = 0.5) -> Integers:
    """Return the positions of the wrongly classified pictures, the surest mistake first."""
    truth, chances = truth_and_chances(labels, probabilities)
    wrong = np.flatnonzero(predictions(chances, threshold) != truth)
    sureness = np.abs(chances[wrong] - threshold)
    return wrong[np.argsort(-sureness, kind="stable")].astype(np.int64)


@style.styled
def mistakes_grid(
    images: Any,
    labels: Any,
    probabilities: Any,
    *,
    threshold: float = 0.5,
    limit: int = 12,
    columns: int = 6,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Figure:
    """Return a figure of the wrongly classified pictures, the surest mistake first.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or whole numbers to 255.
        labels: 0 or 1 for each picture.
        probabilities: Predicted probability of class 1, as many.
        threshold: Above this probability it counts as class 1.
        limit: At most so many pictures, at least 1.
        columns: Pictures in a row.
        classes: The names of class 0 and class 1.

    Raises:
        PictureError, LabelError, ProbabilityError: An argument has another shape or range.
    """
    pictures = as_pictures(images)
    names = pair_of_names(classes)
    if limit < 1 or columns < 1:
        raise ValueError(f"`limit` and `columns` must be at least 1, not `{limit}`, `{columns}`.")
    truth = as_labels(labels, len(pictures))
    chances = as_probabilities(probabilities, len(pictures))
    order = mistake_order(truth, chances, threshold=threshold)
    shown = order[:limit]
    if not shown.size:
        return _no_mistakes(len(pictures), threshold)

    rows = ceil(len(shown) / columns)
    figure = style.new_figure(rows * (style.WIDTH / columns + 0.32) + 0.35)
    figure.suptitle(
        f"{len(shown)} of {len(order)} mistakes in {len(pictures):,} pictures, the surest first",
        x=0.01,
        ha="left",
        fontweight="bold",
    )
    for position, number in enumerate(shown):
        ax = figure.add_subplot(rows, columns, position + 1)
        put_picture(ax, pictures[number])
        true_class = int(truth[number])
        ax.set_title(
            f"is a {names[true_class]}\np({names[1]}) = {chances[number]:.2f}",
            loc="center",
            fontsize=10.5,
            fontweight="normal",
            pad=4,
            color=style.CLASS_COLOURS[true_class],
        )
    describe(figure, _mistakes_text(shown, len(order), truth, chances, names))
    return figure


def _no_mistakes(count: int, threshold: float) -> Figure:
    figure = style.new_figure(0.8)
    words = f"No mistake among {count:,} pictures at threshold {threshold:g}."
    figure.text(0.01, 0.5, words, va="center", fontweight="bold")
    describe(figure, words)
    return figure


def _mistakes_text(
    shown: Integers, total: int, truth: Integers, chances: Floats, names: tuple[str, str]
) -> str:
    each = "; ".join(
        f"picture {number}, a {names[truth[number]]}, p({names[1]}) {chances[number]:.2f}"
        for number in shown
    )
    return f"{len(shown)} of {total} mistakes, the surest first: {each}."
