"""Counts over a class: points, exercises, checks with what they said, how runs ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from coursetools.exercises import CheckResult, Outcome
from coursetools.exercises.run import NOT_ANSWERED
from coursetools.grading.records import ExerciseGrade, Grade, RunStatus

BINS = 10
_RIGHT = 1e-9


@dataclass(frozen=True)
class ExerciseCount:
    """How a class did in one exercise."""

    number: str
    title: str
    max_score: float
    marked: int
    """Students with a mark; one that waits for a person or for us is none."""
    mean: float | None
    """Points, of those with a mark; None if there are none."""
    right: int
    """Of those with a mark, how many have all points."""


@dataclass(frozen=True)
class CheckCount:
    """What came of one check in a class."""

    exercise: str
    description: str
    failed: int
    """Students who gave an answer that did not pass."""
    passed: int
    unanswered: int
    feedback: tuple[tuple[str, int], ...]
    """What those who failed were told, and how many were: most frequent first."""


def scores(grades: Iterable[Grade]) -> tuple[float, ...]:
    """Give the points that count, of all that have a mark; our own failure is no zero."""
    return tuple(
        grade.final_score
        for grade in grades
        if grade.status is not RunStatus.SANDBOX_ERROR
        and any(exercise.score is not None for exercise in grade.exercises)
    )


def distribution(points: Iterable[float], most: float) -> tuple[int, ...]:
    """Count points in ten ranges of the same width, the last one with all points in it.

    Args:
        points: Of each student, in [0, `most`].
        most: The points that there are; above 0.
    """
    counts = [0] * BINS
    for each in points:
        # What is added up of fractions may lie a hair below the border that it means.
        counts[min(int(each / most * BINS + _RIGHT), BINS - 1)] += 1
    return tuple(counts)


def count_exercises(grades: Sequence[Grade]) -> tuple[ExerciseCount, ...]:
    """Count what came of each exercise, in the lesson's order."""
    found: dict[str, list[ExerciseGrade]] = {}
    for grade in grades:
        for exercise in grade.exercises:
            found.setdefault(exercise.exercise, []).append(exercise)
    return tuple(_exercise(all_of_it) for all_of_it in found.values())


def count_checks(grades: Iterable[Grade]) -> tuple[CheckCount, ...]:
    """Count what came of each check, most often failed first."""
    found: dict[tuple[str, str], list[CheckResult]] = {}
    for grade in grades:
        for exercise in grade.exercises:
            for check in exercise.checks:
                found.setdefault((exercise.exercise, check.check), []).append(check)
    counts = [_check(number, results) for (number, _), results in found.items()]
    return tuple(sorted(counts, key=lambda count: -count.failed))  # ties in the lesson's order


def count_endings(grades: Iterable[Grade]) -> dict[RunStatus, int]:
    """Count how runs ended, in the order of `RunStatus`; what did not occur is not there."""
    counts = Counter(grade.status for grade in grades)
    return {status: counts[status] for status in RunStatus if counts[status]}


def _exercise(grades: Sequence[ExerciseGrade]) -> ExerciseCount:
    first = grades[0]
    points = [grade.score for grade in grades if grade.score is not None]
    return ExerciseCount(
        number=first.exercise,
        title=first.title,
        max_score=first.max_score,
        marked=len(points),
        mean=fmean(points) if points else None,
        right=sum(each >= first.max_score - _RIGHT for each in points),
    )


def _check(number: str, results: Sequence[CheckResult]) -> CheckCount:
    failed = [result for result in results if result.outcome is Outcome.FAILED]
    answered = [result for result in failed if not result.feedback.startswith(NOT_ANSWERED)]
    told = Counter(result.feedback for result in answered)
    return CheckCount(
        exercise=number,
        description=results[0].description,
        failed=len(answered),
        passed=sum(result.outcome is Outcome.PASSED for result in results),
        unanswered=len(failed) - len(answered),
        feedback=tuple(sorted(told.items(), key=lambda each: (-each[1], each[0]))),
    )
