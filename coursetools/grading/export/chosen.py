"""Which grades go out: those with a mark that nobody has to look at any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coursetools.grading.export.comments import comment_of
from coursetools.grading.records import Grade, RunStatus

_OURS = "grading failed on our side; grade again, or give points by hand"
_NO_MARK = "nothing of it has a mark yet"
_PENDING = "a person has still to mark {numbers}"
_REVIEW = "a person has still to look at it"


@dataclass(frozen=True)
class Mark:
    """A grade that goes out."""

    grade: Grade
    score: float
    """What counts in the end, without what is taken off because it was late."""
    max_score: float
    comment: str
    """What its student reads of it, as plain text."""

    @property
    def who(self) -> str:
        """Give how to tell an instructor whose it is."""
        return who(self.grade)

    def points(self, scale_to: float | None = None) -> str:
        """Give the points as they are written.

        Args:
            scale_to: What all points are to count there, if not what they count here.
        """
        if scale_to is None or not self.max_score:
            return f"{self.score:g}"
        return f"{round(self.score * scale_to / self.max_score, 2):g}"


@dataclass(frozen=True)
class Chosen:
    """What goes out, and what does not."""

    marks: tuple[Mark, ...]
    held_back: tuple[tuple[Grade, str], ...]
    """Grades that do not go out, each with the reason, in a few words."""

    @property
    def max_score(self) -> float:
        """The points that can be reached; 0 if there are no grades."""
        grades = [*(mark.grade for mark in self.marks), *(grade for grade, _ in self.held_back)]
        return max((grade.max_score for grade in grades), default=0.0)


def choose(grades: Iterable[Grade], title: str, *, unreviewed: bool = False) -> Chosen:
    """Give the grades that go out.

    A zero that nobody gave never goes out: where there is no mark, a platform's own cell stays as
    it is. A mark that a person has still to look at, or to add to, is provisional.

    Args:
        grades: Of one lesson; those without cells will do.
        title: Of the lesson, for the comments.
        unreviewed: Whether provisional marks go out too.
    """
    marks: list[Mark] = []
    held_back: list[tuple[Grade, str]] = []
    for grade in grades:
        why = _why_not(grade, unreviewed)
        if why:
            held_back.append((grade, why))
        else:
            comment = comment_of(grade, title)
            marks.append(Mark(grade, grade.final_score, grade.max_score, comment))
    return Chosen(tuple(marks), tuple(held_back))


def who(grade: Grade) -> str:
    """Give how to tell an instructor whose a grade is: id, name, or the file if neither is known.

    It may be anything that a student wrote, and is made harmless by whoever shows it.
    """
    told = dict.fromkeys(text for text in (grade.student_id, grade.name) if text)
    return " ".join(told) or grade.path


def _why_not(grade: Grade, unreviewed: bool) -> str:
    if not grade.has_mark:
        return _OURS if grade.status is RunStatus.SANDBOX_ERROR else _NO_MARK
    if unreviewed:
        return ""
    if grade.pending:
        return _PENDING.format(numbers=", ".join(grade.pending))
    return _REVIEW if grade.needs_review else ""
