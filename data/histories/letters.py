"""What a run's curves say, by the rule of exercise 1.6, and whether they say it plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coursetools.answers import History
from coursetools.lessons.lesson_1.curves import (
    COIN_FLIP,
    NEAR_COIN_FLIP,
    POOR_ACCURACY,
    RISE,
    letter_of,
)

OVERFITS, UNDERFITS, NEITHER, NEVER_STARTED = "A", "B", "C", "D"

Curves = Mapping[str, Sequence[float]]


def letter(curves: Curves) -> str:
    """Return the letter of a run."""
    return letter_of(History().read({"series": {name: list(curves[name]) for name in curves}}))


def is_plain(curves: Curves) -> bool:
    """Whether no limit of the rule is near, so that looking at the curves is enough."""
    distance, rise = _distance_from_coin_flip(curves), _rise(curves)
    accuracy = curves["binary_accuracy"][-1]
    plain = {
        NEVER_STARTED: distance < NEAR_COIN_FLIP / 5,
        OVERFITS: rise > 3 * RISE and accuracy > 0.9,
        UNDERFITS: rise < RISE / 3 and accuracy < POOR_ACCURACY - 0.08 and distance > 0.03,
        NEITHER: rise < RISE / 3 and accuracy > POOR_ACCURACY + 0.05,
    }
    return plain[letter(curves)]


def stands_still(curves: Curves, *, after: int) -> bool:
    """Whether the loss is that of a coin flip once `after` epochs have gone by."""
    return _distance_from_coin_flip(curves, after=after) < NEAR_COIN_FLIP / 5


def _distance_from_coin_flip(curves: Curves, *, after: int = 1) -> float:
    return max(abs(loss - COIN_FLIP) for loss in curves["loss"][after:])


def _rise(curves: Curves) -> float:
    return curves["val_loss"][-1] - min(curves["val_loss"])
