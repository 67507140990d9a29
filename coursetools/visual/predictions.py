"""Where the network is wrong: the confusion table, and the mistakes themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import (
    Integers,
    LabelError,
    ProbabilityError,
    as_labels,
    as_pictures,
    as_probabilities,
    pair_of_names,
)


@dataclass(frozen=True)
class Confusion:
    """How the true classes and the predicted ones fall together.

    counts: Pictures by true class (row) and predicted class (column), two by two.
    """

    counts: tuple[tuple[int, int], tuple[int, int]]

    @property
    def total(self) -> int:
        """All pictures."""
        return sum(map(sum, self.counts))

    @property
    def correct(self) -> int:
        """Pictures whose predicted class is the true one."""
        return self.counts[0][0] + self.counts[1][1]

    @property
    def accuracy(self) -> float:
        """Share of correct pictures, 0 to 1."""
        return self.correct / self.total

    def row_share(self, row: int, column: int) -> float:
        """Share of the true class `row` that was called `column`, 0 to 1 (0 for an empty row)."""
        whole = sum(self.counts[row])
        return self.counts[row][column] / whole if whole else 0.0


def confusion(labels: Any, probabilities: Any, *, threshold: float = 0.5) -> Confusion:
    """Count right and wrong predictions of both classes.

    Args:
        labels: 0 or 1 for each picture.
        probabilities: Predicted probability of class 1, as many.
        threshold: From this probability on (strictly above, as Keras counts) it is class 1.

    Raises:
        LabelError: A label is neither 0 nor 1, or there are none.
        ProbabilityError: A probability or the threshold lies outside 0 to 1.
    """
    truth, chances = _answers(labels, probabilities)
    predicted = predictions(chances, threshold)
    table = np.zeros((2, 2), dtype=int)
    np.add.at(table, (truth, predicted), 1)
    (a, b), (c, d) = table.tolist()
    return Confusion(((a, b), (c, d)))


def predictions(probabilities: Any, threshold: float = 0.5) -> Integers:
    """Return the predicted classes: 1 where the probability is above the threshold."""
    if not 0 <= threshold <= 1:
        raise ProbabilityError(f"`threshold` must lie in 0 to 1, but it is `{threshold}`.")
    chances = as_probabilities(probabilities, np.size(np.asarray(probabilities)))
    return (chances > threshold).astype(np.int64)


@style.styled
def confusion_table(
    labels: Any,
    probabilities: Any,
    ax: Axes | None = None,
    *,
    threshold: float = 0.5,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Axes:
    """Draw the confusion table: a row a true class, with counts and shares of the row.

    Args:
        labels: 0 or 1 for each picture.
        probabilities: Predicted probability of class 1, as many.
        ax: Where to draw; None is pyplot's current axes.
        threshold: Above this probability it counts as class 1.
        classes: The names of class 0 and class 1.

    Raises:
        LabelError, ProbabilityError: As `confusion` raises them.
    """
    names = pair_of_names(classes)
    found = confusion(labels, probabilities, threshold=threshold)
    ax = style.axes_or_current(ax)
    for row in range(2):
        for column in range(2):
            _cell(ax, found, row, column)
    ax.set(xlim=(0, 2), ylim=(2, 0), aspect="equal")
    ax.set_xticks([0.5, 1.5], [f"called {name}" for name in names])
    ax.set_yticks([0.5, 1.5], [f"is a {name}" for name in names])
    ax.xaxis.tick_top()
    ax.tick_params(length=0, labelsize=11)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_title(f"{found.accuracy:.1%} right ({found.correct:,} of {found.total:,})")
    describe(ax, confusion_text(found, names, threshold))
    return ax


def confusion_text(found: Confusion, classes: Sequence[str], threshold: float) -> str:
    """Return a confusion table in words."""
    rows = "; ".join(
        f"of {sum(found.counts[row]):,} {classes[row]} pictures {found.counts[row][0]:,} are "
        f"called {classes[0]} ({found.row_share(row, 0):.0%}) and {found.counts[row][1]:,} "
        f"{classes[1]} ({found.row_share(row, 1):.0%})"
        for row in range(2)
    )
    return (
        f"Confusion table at threshold {threshold:g}: {rows}; {found.correct:,} of "
        f"{found.total:,} right, {found.accuracy:.1%}."
    )


def mistake_order(labels: Any, probabilities: Any, *, threshold: float = 0.5) -> Integers:
    """Return the positions of the wrongly classified pictures, the surest mistake first."""
    truth, chances = _answers(labels, probabilities)
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
    figure = style.new_figure(rows * (style.WIDTH / columns + 0.5) + 0.35)
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


def _answers(labels: Any, probabilities: Any) -> tuple[Integers, Any]:
    count = np.size(np.asarray(labels))
    if count == 0:
        raise LabelError("`labels` must name at least one picture, but it holds `0` labels.")
    return as_labels(labels, count), as_probabilities(probabilities, count)


def _cell(ax: Axes, found: Confusion, row: int, column: int) -> None:
    share = found.row_share(row, column)
    right = row == column
    colour = style.BASE if right else style.TRUCK
    ax.add_patch(
        Rectangle((column + 0.02, row + 0.02), 0.96, 0.96, color=colour, alpha=0.10 + 0.30 * share)
    )
    middle = column + 0.5
    ax.text(
        middle,
        row + 0.42,
        f"{found.counts[row][column]:,}",
        ha="center",
        va="center",
        fontsize=20,
        fontweight="bold",
    )
    word = "right" if right else "wrong"
    ax.text(
        middle,
        row + 0.70,
        f"{share:.0%} of the row, {word}",
        ha="center",
        va="center",
        fontsize=9.5,
    )


def _no_mistakes(count: int, threshold: float) -> Figure:
    figure = style.new_figure(0.8)
    words = f"No mistake among {count:,} pictures at threshold {threshold:g}."
    figure.text(0.01, 0.5, words, va="center", fontweight="bold")
    describe(figure, words)
    return figure


def _mistakes_text(
    shown: Integers, total: int, truth: Integers, chances: Any, names: tuple[str, str]
) -> str:
    each = "; ".join(
        f"picture {number}, a {names[truth[number]]}, p({names[1]}) {chances[number]:.2f}"
        for number in shown
    )
    return f"{len(shown)} of {total} mistakes, the surest first: {each}."
