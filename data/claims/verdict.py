"""When a claim about data is held, not shown, or refuted; the rule knows no claim by name.

A measurement is repeated with several seeds, and each gives a difference that the claim says is
above 0. The mean is compared with two standard errors, in which two kinds of chance are added up:
that of the seeds, and that of the pictures, of which there is only a number.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ERRORS = 2.0
"""How many standard errors a mean must be from 0."""


class Verdict(StrEnum):
    """What a measurement says about a claim."""

    HELD = "held"
    NOT_SHOWN = "not shown"
    REFUTED = "refuted"


@dataclass(frozen=True)
class Finding:
    """A verdict and, in words, the numbers behind it."""

    verdict: Verdict
    numbers: str


def above_zero(differences: Sequence[float], noise: float = 0.0) -> Verdict:
    """Judge differences that a claim says are above 0, one a seed.

    noise: standard error that the finite number of pictures gives to each of them alike. A single
    seed shows nothing, whatever it gives.
    """
    if len(differences) < 2:
        return Verdict.NOT_SHOWN
    seeds = statistics.stdev(differences) / math.sqrt(len(differences))
    return _judge(statistics.mean(differences), math.hypot(seeds, noise))


def higher(ones: Sequence[float], others: Sequence[float], noise: float = 0.0) -> Verdict:
    """Judge that `ones` are higher than `others`, where no seed of one belongs to one of the other.

    noise: as for `above_zero`, of the difference.
    """
    if min(len(ones), len(others)) < 2:
        return Verdict.NOT_SHOWN
    seeds = [statistics.stdev(group) / math.sqrt(len(group)) for group in (ones, others)]
    return _judge(statistics.mean(ones) - statistics.mean(others), math.hypot(*seeds, noise))


def within(differences: Sequence[float], limit: float) -> Verdict:
    """Judge that two ways come to the same: no difference, one a seed, is larger than a limit."""
    if any(abs(difference) > limit for difference in differences):
        return Verdict.REFUTED
    return Verdict.HELD if len(differences) > 1 else Verdict.NOT_SHOWN


def can_happen(times: int) -> Verdict:
    """Judge that something can happen; that it never did would not show that it cannot."""
    return Verdict.HELD if times > 0 else Verdict.NOT_SHOWN


def picture_noise(accuracy: float, pictures: int) -> float:
    """Give the standard error of the difference of two accuracies near one on so many pictures.

    Two things are left out that work against each other: both are measured on the same pictures,
    which makes it smaller, and several pictures show one vehicle, which makes it larger.
    """
    return math.sqrt(2 * accuracy * (1 - accuracy) / pictures)


def span(values: Sequence[float]) -> str:
    """Say values as their mean, their least and their largest: `".812 (.790 to .831, n = 3)"`."""
    mean, least, largest = (
        _short(value) for value in (statistics.mean(values), min(values), max(values))
    )
    return f"{mean} ({least} to {largest}, n = {len(values)})"


def _judge(mean: float, error: float) -> Verdict:
    if mean > ERRORS * error:
        return Verdict.HELD
    return Verdict.REFUTED if mean < -ERRORS * error else Verdict.NOT_SHOWN


def _short(value: float) -> str:
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.3f}"
