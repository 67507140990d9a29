"""What was asked and what earns points, told to whoever marks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from markupsafe import Markup

from coursetools.exercises import CheckResult, Exercise, Lesson, Outcome, UnknownExerciseError
from coursetools.grading.feedback.student import result_of, rich, rich_line
from coursetools.grading.records import ExerciseGrade
from coursetools.notebook.highlight import python_html
from coursetools.notebook.words import check_state, checks_said, points_words


@dataclass(frozen=True)
class GuideLine:
    """A line of the marking guide."""

    words: Markup
    worth: str
    """Its points, or how a check of the machine's stands."""
    said: Markup
    """What the machine's check said."""
    by_hand: bool


@dataclass(frozen=True)
class Task:
    """An exercise as one student had it."""

    question: Markup
    """`""` where the lesson is not at hand."""
    guide: tuple[GuideLine, ...]
    slips: Markup
    """What else whoever marks should know."""
    solution: Markup
    """Source of the reference solution, `""` if there is none to show."""


def task_of(lesson: Lesson | None, grade: ExerciseGrade, student_id: str) -> Task:
    """Give what one student was asked, and the marking guide.

    Args:
        lesson: Of the exercise; None if it is not at hand, and then only the guide is there.
        grade: What came of it; its checks are the guide, as they were when it was graded.
        student_id: Whose numbers the question has.
    """
    asked = _exercise(lesson, grade.exercise)
    if asked is None:
        return Task(Markup(), _checked(grade), Markup(), Markup())
    return Task(
        question=rich(asked.question_for(student_id)),
        guide=_checked(grade) if grade.checks else _declared(asked),
        slips=rich(asked.for_markers),
        solution=_solution(asked, student_id),
    )


def _exercise(lesson: Lesson | None, number: str) -> Exercise | None:
    if lesson is None:
        return None
    try:
        return lesson.exercise(number)
    except UnknownExerciseError:  # graded by an earlier version of the lesson
        return None


def _checked(grade: ExerciseGrade) -> tuple[GuideLine, ...]:
    """Give the guide with what the machine's checks came to."""
    return tuple(
        GuideLine(
            words=rich_line(check.description),
            worth=_worth(check),
            said=rich(said) if said else Markup(),
            by_hand=check.outcome is Outcome.PENDING,
        )
        for check, said in checks_said(result_of(grade))
    )


def _declared(asked: Exercise) -> tuple[GuideLine, ...]:
    """Give the guide of an exercise whose checks were not run, since we failed."""
    return tuple(
        GuideLine(
            words=rich_line(check.description),
            worth=points_words(check.points) if check.points else "needed",
            said=Markup(),
            by_hand=True,
        )
        for check in asked.checks
    )


def _worth(check: CheckResult) -> str:
    """Say what a line is worth, and what the machine gave for it if it did."""
    pending = check.outcome is Outcome.PENDING
    return points_words(check.points) if pending else check_state(check)


def _solution(asked: Exercise, student_id: str) -> Markup:
    # The source of a lesson from elsewhere may be out of reach; the guide does not hang on it.
    with suppress(OSError, StopIteration, SyntaxError, TypeError):
        if asked.has_solution:
            return Markup(python_html(asked.solution_for(student_id)))
    return Markup()
