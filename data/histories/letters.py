"""What a run's curves say, by the rule of exercise 1.6, and whether they say it plainly."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

OVERFITS, UNDERFITS, NEITHER, NEVER_STARTED = "A", "B", "C", "D"

COIN_FLIP = math.log(2)
NEAR_COIN_FLIP = 0.005
RISE = 0.03
POOR_ACCURACY = 0.80

Curves = Mapping[str, Sequence[float]]


def letter(curves: Curves) -> str:
    """Return the letter of a run."""
    if _distance_from_coin_flip(curves) <= NEAR_COIN_FLIP:
        return NEVER_STARTED
    if _rise(curves) > RISE:
        return OVERFITS
    return UNDERFITS if curves["binary_accuracy"][-1] < POOR_ACCURACY else NEITHER


def is_plain(curves: Curves) -> bool:
    """Whether no limit of the rule is near, so that looking at the curves is enough."""
    distance, rise = _distance_from_coin_flip(curves), _rise(curves)
    accuracy = curves["binary_accuracy"][-1]
    plain = {
        NEVER_STARTED: distance < NEAR_COIN_FLIP / 2,
        OVERFITS: rise > 3 * RISE and accuracy > 0.9,
        UNDERFITS: rise < RISE / 3 and accuracy < POOR_ACCURACY - 0.08 and distance > 0.03,
        NEITHER: rise < RISE / 3 and accuracy > POOR_ACCURACY + 0.05,
    }
    return plain[letter(curves)]


def _distance_from_coin_flip(curves: Curves) -> float:
    return max(abs(loss - COIN_FLIP) for loss in curves["loss"])


def _rise(curves: Curves) -> float:
    return curves["val_loss"][-1] - min(curves["val_loss"])
