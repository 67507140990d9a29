"""Which trouble a run's curves show, by the rule of exercise 5.4, and whether they do plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coursetools.answers import History
from coursetools.lessons.lesson_5.troubles import COIN_FLIP, GAP, LEARNED, right_letters, trouble_of

Curves = Mapping[str, Sequence[float]]

_CLEAR = 0.02
"""How far a limit of the rule must be, in accuracy, for curves to show the trouble plainly."""

_RISE = 0.15
"""How far the validation loss must have risen from its least."""


def trouble(curves: Curves) -> str:
    """Return the letter of a run, `""` if it has none."""
    return trouble_of(History().read({"series": {name: list(curves[name]) for name in curves}}))


def is_plainly(curves: Curves, name: str) -> bool:
    """Whether a run has the trouble of run `P`, `Q` or `R`, and no limit of the rule is near."""
    if trouble(curves) != right_letters()[name]:
        return False
    training, validation = curves["binary_accuracy"], curves["val_binary_accuracy"]
    gap = training[-1] - validation[-1]
    if name == "P":
        rise = curves["val_loss"][-1] - min(curves["val_loss"])
        return gap > GAP + _CLEAR and min(validation) > COIN_FLIP + _CLEAR and rise > _RISE
    if name == "Q":
        half = len(training) // 2
        risen = min(training[-1] - training[half], validation[-1] - validation[half])
        return abs(gap) < GAP / 2 and training[-1] < LEARNED - 5 * _CLEAR and risen > 0
    late = validation[len(validation) // 2 :]
    return training[-1] > LEARNED + _CLEAR and sum(x < COIN_FLIP for x in late) > len(late) / 2
