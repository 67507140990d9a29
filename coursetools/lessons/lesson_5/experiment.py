"""Exercise 5.8: did augmentation help? A text about stored runs; a person marks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.answers import Text
from coursetools.exercises import Exercise

HISTORY = "augmentation-small"
"""The stored history: three runs called `without 1` to `without 3`, three `with 1` to `with 3`."""

did_it_help = Exercise(
    number="5.8",
    title="Did augmentation help?",
    question=(
        "Read the stored table of three runs without and three with augmentation, and the pair "
        "that you have just run. In 50 to 100 words: what are mean and spread of the last "
        "validation accuracy with and without, what happens to the gap between the curves, and "
        "would you claim an effect? Say which numbers are stored and which are yours. Write your "
        "text between three quotes, as `answer_5_8`."
    ),
    answers={"answer_5_8": Text()},
    minutes=6,
    for_markers=(
        "Slips that are seen often: one run is called a proof; the pair of three epochs is "
        "mixed up with the stored runs; a higher training accuracy is called an improvement."
    ),
    hints=(
        "Take the mean of the three, and the lowest and the highest of them.",
        "Do the dots of the two groups overlap?",
        "Chance alone moves an accuracy: with n validation pictures its standard error is "
        "`sqrt(p * (1 - p) / n)`. Is the difference larger than a few of these?",
    ),
)


@did_it_help.solution
def _solution(given: Mapping[str, Any]) -> dict[str, Any]:
    runs = given["runs"]

    def last(kind: str, curve: str) -> list[float]:
        return [run.history[curve][-1] for run in runs if run.name.startswith(kind)]

    plain = last("without", "val_binary_accuracy")
    augmented = last("with ", "val_binary_accuracy")
    plain_gap = sum(last("without", "binary_accuracy")) / 3 - sum(plain) / 3
    augmented_gap = sum(last("with ", "binary_accuracy")) / 3 - sum(augmented) / 3
    apart = min(augmented) > max(plain) or min(plain) > max(augmented)
    verdict = "do not overlap: I would claim an effect" if apart else "overlap: I cannot tell"
    answer_5_8 = f"""
    In the three stored runs without augmentation the last validation accuracy is
    {sum(plain) / 3:.3f} on average, from {min(plain):.3f} to {max(plain):.3f}; in the three with
    it, {sum(augmented) / 3:.3f}, from {min(augmented):.3f} to {max(augmented):.3f}. Training
    less validation is {plain_gap:.3f} without it and {augmented_gap:.3f} with it. The two groups
    {verdict}. My own pair is one run each, and too short to decide anything.
    """
    return {"answer_5_8": answer_5_8}


@did_it_help.check(points=1, by_hand=True)
def quotes_both(answer_5_8: str) -> None:
    """It quotes numbers for both, with their spread, and says which are stored."""


@did_it_help.check(points=1, by_hand=True)
def concludes_from_them(answer_5_8: str) -> None:
    """The conclusion matches the numbers; *cannot tell* is one too."""
