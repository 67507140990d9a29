"""Nine weights as text: what is typed becomes a number, or is said to be none."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]

LARGEST = 1000.0


class WeightError(ValueError):
    """What was typed is not a number that a kernel can have."""


def read_weight(text: str) -> float:
    """Return the number that was typed; "1/16" and "0,5" count too.

    Raises:
        WeightError: It is no number, or too large to be drawn.
    """
    above, stroke, below = text.strip().replace("\N{MINUS SIGN}", "-").partition("/")
    try:
        value = float(above.replace(",", ".")) / (float(below.replace(",", ".")) if stroke else 1.0)
    except (ValueError, ZeroDivisionError):
        raise WeightError(f"`{text[:20]}` is not a number") from None
    if not abs(value) <= LARGEST:
        raise WeightError(f"`{text[:20]}` is beyond {LARGEST:.0f}")
    return value


def written(value: float) -> str:
    """Return a weight as it stands in its field."""
    text = f"{value:.5g}"
    return "0" if text == "-0" else text


def with_sum_0(weights: Weights, kept: tuple[int, int] | None = None) -> Weights:
    """Return weights that add up to 0: the same is taken from each, except from the one kept."""
    free = np.ones(weights.shape, bool)
    if kept is not None:
        free[kept] = False
    balanced = weights.copy()
    balanced[free] -= weights.sum() / free.sum()
    return balanced


def sum_words(weights: Any) -> str:
    """Return the sum of a kernel's weights and what it does to an area of one grey."""
    total = float(np.sum(weights))
    if abs(total) <= 1e-4 * max(1e-12, float(np.abs(weights).max())):
        return "The kernel's sum is 0: a flat area answers 0."
    if abs(total - 1) < 1e-4:
        return "The kernel's sum is 1: a flat area keeps its value."
    return (
        f"The kernel's sum is {written(total)}: a flat area answers {written(total)} times its "
        "value."
    )
