"""One lesson: its exercises, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coursetools.exercises.declaration import DeclarationError
from coursetools.exercises.exercise import Exercise

ExpectedLoader = Callable[[str], Mapping[str, Any] | None]
"""Gives the stored answers of an exercise's solution by its number, or None."""

Provider = Callable[[Mapping[str, object]], object]
"""Makes something that a lesson hands to solutions; it is told the notebook's names."""

HandOut = Callable[[Mapping[str, Any]], Mapping[str, object]]
"""Makes plain reference answers, by name, to go on with; told the right earlier answers."""

FROZEN_BASE = "frozen base"
"""Handed out in place of answers: a frozen pretrained base, which the notebook loads itself."""

Judge = Callable[..., Any]
"""Judges the file of an exercise, by its number, in the folder where it lies.

As `holdout` it may be given a folder of pictures that nobody has seen.
"""


def _always(names: Mapping[str, object]) -> bool:
    return True


class UnknownExerciseError(LookupError):
    """A lesson was asked for an exercise that it does not have."""


@dataclass(frozen=True)
class Lesson:
    """One notebook and its exercises."""

    number: int
    """Its place in the course, from 1."""
    title: str
    """Its title."""
    exercises: tuple[Exercise, ...] = ()
    """Its exercises, in order; their numbers begin with the lesson's."""
    expected: ExpectedLoader | None = None
    """Where the stored answers of solutions come from, for exercises that compare with them."""
    stored_fits: Callable[[Mapping[str, object]], bool] = _always
    """Whether the stored answers hold for a notebook with these names; else they are made anew."""
    given: Mapping[str, Provider] = field(default_factory=dict)
    """What the lesson hands to solutions in place of the notebook's own objects, by name."""
    hands_out: Mapping[str, HandOut | str] = field(default_factory=dict)
    """What the grader may hand to later cells, by the exercise's number, once it is closed.

    Only what a later *answer* builds on; never anything of an exercise that is still open.
    """
    judge: Judge | None = None
    """Judges files that students hand in, for checks that ask for `judged`."""
    sealed: bool = False
    """Whether it was read from data without solutions and checks; see `sealed`."""

    def __post_init__(self) -> None:
        numbers = [exercise.number for exercise in self.exercises]
        if len(set(numbers)) < len(numbers):
            raise DeclarationError(f"Lesson {self.number} has an exercise twice: {numbers}.")
        for number in numbers:
            if not number.startswith(f"{self.number}."):
                raise DeclarationError(f"Exercise {number} is not one of lesson {self.number}.")

    @property
    def points(self) -> float:
        """What its exercises are worth together."""
        return sum(exercise.points for exercise in self.exercises)

    def exercise(self, number: str) -> Exercise:
        """Give the exercise `"1.4"`.

        Raises:
            UnknownExerciseError: The lesson has no such exercise.
        """
        for exercise in self.exercises:
            if exercise.number == number:
                return exercise
        known = ", ".join(exercise.number for exercise in self.exercises) or "none"
        raise UnknownExerciseError(
            f"Lesson {self.number} has no exercise `{number}`; its exercises are {known}."
        )

    def expected_of(self, number: str) -> Mapping[str, Any] | None:
        """Give the stored answers of an exercise's solution, None if there are none."""
        return self.expected(number) if self.expected else None
