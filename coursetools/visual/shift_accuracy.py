"""How a network's accuracy takes shifted pictures, with how sure the numbers are."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, ProbabilityError, as_probabilities


def standard_errors(accuracy: Any, pictures: int) -> Floats:
    """Return the standard error of accuracies measured on some pictures: sqrt(a (1 - a) / n).

    Raises:
        ProbabilityError: An accuracy lies outside 0 to 1.
        ValueError: There is no picture.
    """
    if pictures < 1:
        raise ValueError(f"`pictures` must be at least 1, but it is `{pictures}`.")
    shares = as_probabilities(accuracy, np.size(accuracy), name="accuracy")
    return np.sqrt(shares * (1 - shares) / pictures).astype(np.float32)


@style.styled
def draw_shift_accuracy(shifts: Any, accuracy: Any, pictures: int, ax: Axes | None = None) -> Axes:
    """Draw accuracy against the pixels by which the pictures were shifted.

    Args:
        shifts: Pixels, rising.
        accuracy: One share, 0 to 1, for each of them.
        pictures: How many pictures were classified, for the band of one standard error.
        ax: Where to draw; None is pyplot's current axes.

    Raises:
        ProbabilityError: An accuracy lies outside 0 to 1, or there is not one for each shift.
        ValueError: There is no picture.
    """
    pixels = np.asarray(shifts).reshape(-1)
    if not pixels.size:
        raise ProbabilityError("`shifts` must hold at least one shift, but it is empty.")
    shares = as_probabilities(accuracy, pixels.size, name="accuracy")
    errors = standard_errors(shares, pictures)
    ax = style.axes_or_current(ax)
    style.dress(ax)
    ax.fill_between(pixels, shares - errors, shares + errors, color="#d3e5f4", linewidth=0)
    ax.plot(pixels, shares, color=style.CAR, marker="o", markersize=5)
    low = min(float((shares - errors).min()), float(shares[0]) - 0.1)
    ax.set_ylim(max(low - 0.02, 0), min(float((shares + errors).max()) + 0.02, 1.01))
    ax.set_xticks(pixels)
    ax.set(xlabel="pixels the pictures were shifted by", ylabel="accuracy")
    ax.set_title(f"Accuracy on {pictures:,} shifted pictures, \u00b1 1 standard error")
    values = ", ".join(
        f"{share:.3f} at {pixel}" for pixel, share in zip(pixels, shares, strict=True)
    )
    describe(
        ax,
        f"by pixels of the shift, {values}; one standard error is {errors.min():.3f} to "
        f"{errors.max():.3f}.",
    )
    return ax
