"""Exercise 5.4: three runs, three troubles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.answers import Choice
from coursetools.answers.specs import HistorySpec
from coursetools.exercises import Exercise, Failed

RUNS = ("P", "Q", "R")
"""The stored runs, by their names in `HISTORY`."""

HISTORY = "three-troubles"
"""The stored history that holds the runs; `trouble_of` gives each run's letter."""

GAP = 0.10
"""From this much more training than validation accuracy on, there is a gap."""

COIN_FLIP = 0.60
"""A validation accuracy below this, on as many cars as trucks, is next to guessing."""

LEARNED = 0.90
"""A training accuracy from which on nothing is left to be learned on the training pictures."""

_RIGHT = {"P": "A", "Q": "B", "R": "C"}

_EVIDENCE = {
    "P": "training is nearly perfect, and the validation loss rises while the training loss falls",
    "Q": "both curves are low and close together, and both losses still fall",
    "R": "training is nearly perfect, and validation is no better than a coin flip",
}
_ANSWERS = {
    ("P", "B"): "P does not need more training: on its training pictures it is nearly perfect.",
    ("P", "C"): "In P validation is far better than a coin flip.",
    ("Q", "A"): "In Q there is no gap between the curves, so it does not overfit.",
    ("Q", "C"): "In Q training is as low as validation, so it is not use that differs from "
    "training.",
    ("R", "A"): "Overfitting seldom takes validation all the way down to a coin flip; in use, "
    "batch normalization works with other numbers than in training.",
    ("R", "B"): "R does not need more training: on its training pictures it is nearly perfect.",
}

name_the_trouble = Exercise(
    number="5.4",
    title="Name the trouble",
    question=(
        "The figure above shows three stored runs, P, Q and R. What is the matter with each? Give "
        'one letter a run: `troubles = {"P": ..., "Q": ..., "R": ...}`.\n\n{options}'
    ),
    answers={"troubles": Choice(options=("A", "B", "C"), parts=RUNS)},
    options={
        "A": (
            "It **overfits**: it learns its training pictures by heart.",
            "there is a gap, and the validation loss rises",
        ),
        "B": (
            "It **needs more training**: nothing has come to rest yet.",
            "both losses are still falling",
        ),
        "C": (
            "Its **moving averages lag**: use differs from training.",
            "training is nearly perfect, and validation next to a coin flip",
        ),
    },
    minutes=4,
    hints=(
        "Is there a gap between training and validation?",
        "Is the training accuracy still rising at the end, or has it come to rest?",
        "Validation near one half while training is nearly perfect: which layer does one thing in "
        "training and another in use?",
    ),
)


@name_the_trouble.solution
def _solution() -> dict[str, Any]:
    troubles = {"P": "A", "Q": "B", "R": "C"}
    return {"troubles": troubles}


def trouble_of(history: HistorySpec) -> str:
    """Give the letter that a run's curves stand for, `""` if none does.

    Whoever renews the stored runs asks this of each: it has to be the letter of its name.
    """
    training, validation = history.accuracy[-1], history.val_accuracy[-1]
    if training >= LEARNED and min(history.val_accuracy) < COIN_FLIP:
        return "C"
    rises = history.val_loss[-1] > min(history.val_loss)
    if training >= LEARNED and training - validation >= GAP and rises:
        return "A"
    still_rising = training > max(history.accuracy[: 3 * history.epochs // 4], default=1.0)
    if training < LEARNED and abs(training - validation) < GAP and still_rising:
        return "B"
    return ""


def right_letters() -> Mapping[str, str]:
    """Give the letter of each stored run."""
    return dict(_RIGHT)


def _judge(troubles: Mapping[str, str], run: str) -> None:
    letter = troubles[run]
    if letter != _RIGHT[run]:
        raise Failed(f"{_ANSWERS[run, letter]} Look again: {_EVIDENCE[run]}.")


@name_the_trouble.check(points=1)
def names_p(troubles: Mapping[str, str]) -> None:
    """The letter of run P."""
    _judge(troubles, "P")


@name_the_trouble.check(points=1)
def names_q(troubles: Mapping[str, str]) -> None:
    """The letter of run Q."""
    _judge(troubles, "Q")


@name_the_trouble.check(points=1)
def names_r(troubles: Mapping[str, str]) -> None:
    """The letter of run R."""
    _judge(troubles, "R")
