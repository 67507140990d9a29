"""What came of checking: outcomes, points and the words a student reads."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from coursetools.answers import AnswerState


class Outcome(enum.StrEnum):
    """What came of one check."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    """A check it needs did not pass."""
    ERROR = "error"
    """Our fault, never the student's: no mark is given and a person looks."""
    PENDING = "pending"
    """A person marks it."""


@dataclass(frozen=True)
class CheckResult:
    """What came of one check."""

    check: str
    """The check's name."""
    description: str
    """Its line of the marking scheme."""
    outcome: Outcome
    """What came of it."""
    points: float
    """What it is worth."""
    feedback: str = ""
    """What to tell the student when it did not pass."""
    note: str = ""
    """What to tell the student when it did."""

    @property
    def score(self) -> float:
        """What it earned."""
        return self.points if self.outcome is Outcome.PASSED else 0.0


@dataclass(frozen=True)
class ExerciseResult:
    """What came of one exercise, its checks in declared order."""

    exercise: str
    """The exercise's number."""
    checks: tuple[CheckResult, ...]
    """The results of its checks."""
    states: Mapping[str, AnswerState]
    """What was there of each answer."""

    @property
    def needs_review(self) -> bool:
        """Whether a person must look because one of our checks broke."""
        return any(check.outcome is Outcome.ERROR for check in self.checks)

    @property
    def max_score(self) -> float:
        """The declared points of all checks."""
        return float(_total(check.points for check in self.checks))

    @property
    def available(self) -> float:
        """The points a machine marks: all but those a person gives."""
        return float(self._available)

    @property
    def earned(self) -> float:
        """The points of the checks that passed."""
        return float(_total(check.score for check in self.checks))

    @property
    def score(self) -> float | None:
        """Earned / available x declared, rounded half up to .01.

        None when a check broke, or when everything is for a person to mark.
        """
        if self.needs_review:
            return None
        if not self._available:
            return None if self._pending else 0.0
        earned = _total(check.score for check in self.checks)
        declared = _total(check.points for check in self.checks)
        return round_half_up(earned / self._available * declared)

    @property
    def solved(self) -> bool:
        """Whether every check that a machine marks has passed, and there is one."""
        marked = [check for check in self.checks if check.outcome is not Outcome.PENDING]
        return bool(marked) and all(check.outcome is Outcome.PASSED for check in marked)

    @property
    def for_a_person(self) -> bool:
        """Whether the answer is there and all its points are for a person to give."""
        worth = [check for check in self.checks if check.points]
        return bool(worth) and all(check.outcome is Outcome.PENDING for check in worth)

    @property
    def feedback_lines(self) -> tuple[str, ...]:
        """What to tell the student, each sentence once: feedback, then notes on what is right.

        Skipped checks say nothing here: what to fix first is among the lines already.
        """
        told = [c for c in self.checks if c.outcome is not Outcome.SKIPPED]
        lines = [c.feedback for c in told] + [c.note for c in told]
        return tuple(dict.fromkeys(line for line in lines if line))

    @property
    def _pending(self) -> bool:
        return any(check.outcome is Outcome.PENDING for check in self.checks)

    @property
    def _available(self) -> Fraction:
        return _total(c.points for c in self.checks if c.outcome is not Outcome.PENDING)


def round_half_up(value: Fraction | float) -> float:
    """Round to .01, halves up; what is written as .005 counts as exactly that."""
    exact = value if isinstance(value, Fraction) else _exact(value)
    return math.floor(exact * 100 + Fraction(1, 2)) / 100


def _total(points: Iterable[float]) -> Fraction:
    total = Fraction(0)
    for value in points:
        total += _exact(value)
    return total


def _exact(points: float) -> Fraction:
    """Give the number as it is written: .1 is a tenth, not the nearest binary fraction."""
    return Fraction(Decimal(repr(points)))
