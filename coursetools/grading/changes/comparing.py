"""Two gradings of a class held against each other, student by student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from coursetools.exercises import CheckResult, Outcome
from coursetools.grading.records import ExerciseGrade, Grade


@dataclass(frozen=True)
class CheckChange:
    """A check that came out otherwise."""

    description: str
    before: Outcome | None
    """None if there was no such check."""
    after: Outcome | None


@dataclass(frozen=True)
class ExerciseChange:
    """An exercise in which something came out otherwise."""

    exercise: str
    """Its number."""
    title: str
    before: float | None
    """Its points; None without a mark, or where it was not there."""
    after: float | None
    checks: tuple[CheckChange, ...]
    review: tuple[str, ...] = ()
    """Why a person has to look at it now, and had not before."""


@dataclass(frozen=True)
class Change:
    """A student in both gradings, or in one of them."""

    before: Grade | None
    """None for whoever was not graded before."""
    after: Grade | None
    """None for whoever is graded no longer."""
    exercises: tuple[ExerciseChange, ...] = ()
    """Those that came out otherwise."""
    review: tuple[str, ...] = ()
    """Why a person has to look at all of it now, and had not before."""

    @property
    def grade(self) -> Grade:
        """The newer one that there is, to name the student by."""
        found = self.after or self.before
        if found is None:
            raise ValueError("There is no grade in it.")
        return found

    @property
    def old(self) -> float | None:
        """The points that counted, after what lateness cost; None if there was no mark."""
        return _mark(self.before)

    @property
    def new(self) -> float | None:
        """The points that count now."""
        return _mark(self.after)

    @property
    def difference(self) -> float | None:
        """New points without the old ones; None if there is no mark on one side."""
        if self.old is None or self.new is None:
            return None
        return round(self.new - self.old, 2)

    @property
    def mark_changed(self) -> bool:
        """Whether the student's points are other ones than before, or there are some only now."""
        return self.old != self.new

    @property
    def handed_in_anew(self) -> bool:
        """Whether another file was graded, so that the checks are not all that differs."""
        both = self.before is not None and self.after is not None
        return both and self.before.sha256 != self.after.sha256  # type: ignore[union-attr]

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return self.mark_changed or bool(self.exercises or self.review)


@dataclass(frozen=True)
class Changes:
    """All of a class."""

    students: tuple[Change, ...]
    """Everybody, in the gradebook's order, changed or not."""

    @property
    def told(self) -> tuple[Change, ...]:
        """Those of whom there is something to tell, the largest difference first."""
        return tuple(
            sorted((c for c in self.students if c.changed), key=lambda c: -abs(c.difference or 0.0))
        )

    @property
    def marks(self) -> int:
        """How many marks are other ones."""
        return sum(change.mark_changed for change in self.students)

    @property
    def up(self) -> int:
        """How many have more points."""
        return sum((change.difference or 0) > 0 for change in self.students)

    @property
    def down(self) -> int:
        """How many have fewer points."""
        return sum((change.difference or 0) < 0 for change in self.students)

    @property
    def unchanged(self) -> int:
        """How many have the same points."""
        return sum(not change.mark_changed for change in self.students)

    @property
    def policy_gone(self) -> bool:
        """Whether there was a late policy and there is none now."""
        old = any(c.before and c.before.arrival.lateness for c in self.students)
        return old and not any(c.after and c.after.arrival.lateness for c in self.students)

    @property
    def most(self) -> tuple[float, float] | None:
        """The points that there were and that there are; None if nobody has both."""
        both = [
            (c.before.max_score, c.after.max_score) for c in self.students if c.before and c.after
        ]
        return max(both) if both else None

    @property
    def means(self) -> tuple[float, float] | None:
        """Mean points before and now, of those with a mark in both; None if there are none."""
        both = [(c.old, c.new) for c in self.students if c.old is not None and c.new is not None]
        return (fmean(old for old, _ in both), fmean(new for _, new in both)) if both else None


def compare(before: Iterable[Grade], after: Iterable[Grade]) -> Changes:
    """Hold two gradings of one lesson against each other.

    A student is found again by the id; without one, or where two have the same, by the file.

    Args:
        before: The grades that counted; those without cells will do.
        after: The grades now.
    """
    old, new = tuple(before), tuple(after)
    by_old, by_new = _by_student(old, new), _by_student(new, old)
    order = [*by_new, *(key for key in by_old if key not in by_new)]
    return Changes(tuple(_change(by_old.get(key), by_new.get(key)) for key in order))


def _by_student(grades: Sequence[Grade], others: Sequence[Grade]) -> Mapping[str, Grade]:
    twice = {
        student
        for each in (grades, others)
        for student, count in Counter(grade.student_id for grade in each).items()
        if count > 1 or not student
    }
    return {f"file:{g.path}" if g.student_id in twice else f"id:{g.student_id}": g for g in grades}


def _change(before: Grade | None, after: Grade | None) -> Change:
    if before is None or after is None:
        return Change(before, after)
    review = tuple(reason for reason in after.review if reason not in before.review)
    return Change(before, after, tuple(_exercises(before, after)), review)


def _exercises(before: Grade, after: Grade) -> Iterator[ExerciseChange]:
    old = {exercise.exercise: exercise for exercise in before.exercises}
    new = {exercise.exercise: exercise for exercise in after.exercises}
    for number in (*new, *(number for number in old if number not in new)):
        one, other = old.get(number), new.get(number)
        checks = tuple(_checks(_of(one), _of(other)))
        score, later = _score(one), _score(other)
        known = one.review if one else ()
        review = tuple(why for why in (other.review if other else ()) if why not in known)
        if checks or review or score != later:
            title = other.title if other else one.title if one else ""
            yield ExerciseChange(number, title, score, later, checks, review)


def _checks(
    before: Mapping[str, CheckResult], after: Mapping[str, CheckResult]
) -> Iterator[CheckChange]:
    for name in (*after, *(name for name in before if name not in after)):
        old, new = before.get(name), after.get(name)
        was, now = old.outcome if old else None, new.outcome if new else None
        if was is not now:
            found = new or old
            yield CheckChange(found.description if found else "", was, now)


def _of(exercise: ExerciseGrade | None) -> Mapping[str, CheckResult]:
    return {} if exercise is None else {check.check: check for check in exercise.checks}


def _score(exercise: ExerciseGrade | None) -> float | None:
    return None if exercise is None else exercise.score


def _mark(grade: Grade | None) -> float | None:
    return grade.final_score if grade is not None and grade.has_mark else None
