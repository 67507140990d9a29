"""Section 7: what a prediction costs. Binary cross-entropy against the predicted probability."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, ProbabilityError, as_labels, as_probabilities


def binary_cross_entropy(labels: object, probabilities: object) -> Floats:
    """Return the cost of each prediction: -log(p) for a truck, -log(1 - p) for a car.

    Args:
        labels: 0 or 1 for each prediction.
        probabilities: Predicted probability of class 1, in 0 to 1, as many.

    Returns:
        float32 of shape (n,); infinite where a certain prediction is wrong.
    """
    chances = as_probabilities(probabilities, np.size(np.asarray(probabilities)))
    classes = as_labels(labels, chances.size)
    with np.errstate(divide="ignore"):
        return -np.log(np.where(classes == 1, chances, 1 - chances)).astype(np.float32)


@style.styled
def loss_curves(
    ax: Axes | None = None,
    *,
    prediction: float | None = None,
    classes: tuple[str, str] = ("Car", "Truck"),
) -> Axes:
    """Draw the cost of a prediction for either true class, with the coin flip marked.

    Args:
        ax: Where to draw; None is pyplot's current axes.
        prediction: A probability to mark as well, with its cost for both classes.
        classes: The names of class 0 and class 1.

    Raises:
        ProbabilityError: `prediction` is not strictly between 0 and 1.
    """
    if prediction is not None and not 0 < prediction < 1:
        raise ProbabilityError(
            f"`prediction` must lie between 0 and 1, both excluded, but it is `{prediction}`."
        )
    ax = style.axes_or_current(ax)
    grid = np.linspace(0.01, 0.99, 197)
    top = float(-np.log(grid[0]))
    ax.plot(grid, -np.log(1 - grid), color=style.CAR)
    ax.plot(grid, -np.log(grid), color=style.TRUCK, linestyle=(0, (6, 1.5)))
    ax.text(0.84, 2.9, f"if it is a {classes[0]}", color=style.CAR, ha="right", fontweight="bold")
    ax.text(0.09, 2.9, f"if it is a {classes[1]}", color=style.TRUCK, fontweight="bold")
    _mark_coin_flip(ax)
    if prediction is not None:
        _mark_prediction(ax, prediction)
    ax.set(xlim=(0, 1), ylim=(0, top))
    ax.set_xlabel(f"predicted probability of {classes[1]}")
    ax.set_ylabel("cost (binary cross-entropy)")
    ax.set_title("A confident mistake is expensive")
    style.dress(ax)
    describe(ax, _text(classes, prediction))
    return ax


def _mark_coin_flip(ax: Axes) -> None:
    ax.plot([0.5], [np.log(2)], "o", color=style.INK, markersize=8, zorder=4)
    ax.annotate(
        "a coin flip, 0.5,\ncosts ln 2 = 0.6931",
        (0.5, np.log(2)),
        (0.5, 1.75),
        ha="center",
        arrowprops={"arrowstyle": "-", "color": style.MUTED, "shrinkB": 5},
    )


def _mark_prediction(ax: Axes, prediction: float) -> None:
    ax.axvline(prediction, color=style.MUTED, linewidth=1, linestyle=":")
    for cost, colour in ((-np.log(1 - prediction), style.CAR), (-np.log(prediction), style.TRUCK)):
        ax.plot([prediction], [cost], "D", color=colour, zorder=4)
        right = prediction < 0.8
        ax.annotate(
            f"{cost:.2f}",
            (prediction, cost),
            (7 if right else -7, 9),
            textcoords="offset points",
            ha="left" if right else "right",
            color=colour,
        )


def _text(classes: tuple[str, str], prediction: float | None) -> str:
    text = (
        f"Cost against the predicted probability of {classes[1]}, two curves. If the picture is a "
        f"{classes[1]} the cost falls from {-np.log(0.01):.2f} at 0.01 to {-np.log(0.99):.2f} at "
        f"0.99; if it is a {classes[0]} it rises the same way. They cross at 0.5, where the cost "
        f"is ln 2 = {np.log(2):.4f}."
    )
    if prediction is not None:
        text += (
            f" Marked: {prediction:g}, which costs {-np.log(prediction):.2f} for a {classes[1]} "
            f"and {-np.log(1 - prediction):.2f} for a {classes[0]}."
        )
    return text
