"""`coursetools check`: what the grader would say, on a student's own machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel

from coursetools import lessons
from coursetools.answers import AnswerState
from coursetools.capstone.weights_file import FILE
from coursetools.cli.errors import clear_errors
from coursetools.exercises import Outcome
from coursetools.exercises.sealed import SealingError
from coursetools.grading.grader import Assignment, grade_one
from coursetools.grading.notebook import (
    UnreadableNotebookError,
    load_release,
    notebook_lesson,
    read_notebook,
)
from coursetools.grading.records import ExerciseGrade, Grade, Submission
from coursetools.lessons.own import FIRST_OWN, lesson_beside
from coursetools.sandbox import Unconfined

_MARKS = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.SKIPPED: "·",
    Outcome.ERROR: "!",
    Outcome.PENDING: "?",
}

_STATES: dict[str, str] = {
    AnswerState.GIVEN: "was read",
    AnswerState.BLANK: "is still blank",
    AnswerState.MISSING: "is missing",
    AnswerState.UNREADABLE: "cannot be read",
}


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook.", show_default=False)],
) -> None:
    """Run your notebook from its top and say what it earns, as the grader will.

    It runs on your machine, in a fresh process, as you would run it; nothing is changed.

    Example: `coursetools check notebooks/2-convolution-and-relu.ipynb`

    Exit codes: 0 it was checked, 1 it is no notebook of the course, 130 stopped.
    """
    with clear_errors():
        data = notebook.read_bytes()
        beside = notebook.parent / FILE
        capstone = beside.read_bytes() if beside.is_file() else None
        try:
            read = read_notebook(data)
            number = notebook_lesson(read)
            if number is None:
                raise UnreadableNotebookError(
                    "It does not say which lesson it is: its cell with `ct.connect` is missing."
                )
            lesson = lesson_beside(number, notebook.absolute().parent)
        except (UnreadableNotebookError, lessons.UnknownLessonError, SealingError) as error:
            typer.echo(f"coursetools: `{notebook}`: {error}", err=True)
            raise typer.Exit(1) from error
        submission = Submission("", "", notebook.name, data, capstone)
        typer.echo(f"Running lesson {number} from its top ...", err=True)
        # Of an instructor's own lesson only what was handed out is here: the notebook itself.
        own = number >= FIRST_OWN
        released = read if own else load_release(number)
        assignment = Assignment(lesson, released, text_answers=lesson.sealed)
        graded = grade_one(submission, assignment, Unconfined())
    if lesson.sealed:
        _show_sealed(graded)
    else:
        _show(graded)


def _show(graded: Grade) -> None:
    screen = Console()
    for exercise in graded.exercises:
        screen.print(
            Panel(
                Markdown(_text(exercise)),
                title=f"{exercise.exercise} {exercise.title}",
                subtitle=_score(exercise),
                title_align="left",
                subtitle_align="right",
            )
        )
    for note in (*graded.notes, *graded.review):
        screen.print(f"Note: {note}", markup=False)
    screen.print(
        f"Score: {graded.score:g} of {graded.max_score:g} for the id {graded.student_id}",
        markup=False,
    )


def _show_sealed(graded: Grade) -> None:
    """Show what was read of a sealed lesson: no more is known here."""
    for exercise in graded.exercises:
        read = [f"`{name}` {_STATES[state]}" for name, state in exercise.states.items()]
        typer.echo(f"{exercise.exercise} {exercise.title}: {', '.join(read) or 'was not run'}.")
        for note in exercise.notes:
            typer.echo(f"  {note}")
    for note in (*graded.notes, *graded.review):
        typer.echo(f"Note: {note}")
    typer.echo(f"Nothing is marked here for the id {graded.student_id}: the lesson is sealed.")


def _text(exercise: ExerciseGrade) -> str:
    lines = []
    for one in exercise.checks:
        points = f" ({one.points:g})" if one.points else ""
        lines.append(f"- {_MARKS[one.outcome]} {one.description}{points}")
        told = one.feedback or one.note
        if told and one.outcome is not Outcome.SKIPPED:
            lines.append(f"  {told}")
    return "\n".join([*lines, "", *exercise.notes, *exercise.review])


def _score(exercise: ExerciseGrade) -> str:
    if exercise.score is None:
        return "for a person to mark"
    return f"{exercise.score:g} of {exercise.max_score:g}"
