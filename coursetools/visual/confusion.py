"""The confusion table: how the true classes and the predicted ones fall together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import (
    Floats,
    Integers,
    LabelError,
    ProbabilityError,
    as_labels,
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
    truth, chances = truth_and_chances(labels, probabilities)
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


def truth_and_chances(labels: Any, probabilities: Any) -> tuple[Integers, Floats]:
    """Return checked labels and probabilities, as many of one as of the other.

    Raises:
        LabelError, ProbabilityError: As `confusion` raises them.
    """
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
