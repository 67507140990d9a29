"""What a student's page shows, ready for its template: texts tamed, marks with their words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from markupsafe import Markup

from coursetools.answers import AnswerState
from coursetools.exercises import ExerciseResult
from coursetools.grading.feedback.cells import CellView, PageCells
from coursetools.grading.feedback.files import anchor
from coursetools.grading.feedback.lateness import handed_in_words, lateness_sentence
from coursetools.grading.feedback.marks import BY_A_PERSON, LOOKED_AT, NOT_COUNTED
from coursetools.grading.feedback.sentences import (
    RUN_ENDED,
    first_to_fix,
    later_sentences,
    numbers_sentence,
    score_words,
    to_fix,
    total_words,
)
from coursetools.grading.plain_text import one_line, tamed
from coursetools.grading.records import ExerciseGrade, Grade
from coursetools.notebook import look, markup
from coursetools.notebook.look import Mark
from coursetools.notebook.words import (
    check_mark,
    check_state,
    checks_said,
    result_mark,
    shared_feedback,
)

_MOST_CELLS = 200
_SAID = 4_000
_STATES = {
    AnswerState.MISSING: "not there",
    AnswerState.BLANK: "not answered yet",
    AnswerState.UNREADABLE: "could not be read",
    AnswerState.GIVEN: "",
}


@dataclass(frozen=True)
class CheckView:
    """A line of the marking scheme."""

    mark: Mark
    description: Markup
    state: str
    said: Markup


@dataclass(frozen=True)
class AnswerView:
    """One of an exercise's answers."""

    name: str
    shown: str
    state: str


@dataclass(frozen=True)
class ExerciseView:
    """An exercise on the page."""

    anchor: str
    number: str
    title: Markup
    mark: Mark
    score: str
    numbers: str
    comment: Markup
    """What a person said of it."""
    shared: Markup
    """What all checks say; then there is no list of them."""
    checks: tuple[CheckView, ...]
    notes: tuple[Markup, ...]
    answers: tuple[AnswerView, ...]
    cells: tuple[CellView, ...]
    to_fix: Markup | None
    """What to do first; None if there is nothing to do."""


@dataclass(frozen=True)
class StudentView:
    """All of a page."""

    lesson: int
    who: str
    student_id: str
    score: str
    lateness: str
    """When it was handed in and what that costs; `""` without a late policy."""
    handed_in: str
    """When it was handed in; `""` if nothing tells, or if `lateness` says it."""
    ended: str
    """How the run ended, if not as it should."""
    notes: tuple[Markup, ...]
    exercises: tuple[ExerciseView, ...]
    later: tuple[str, ...]
    other_cells: tuple[CellView, ...]
    cells_left_out: int
    path: str
    sha256: str


def rich(text: str) -> Markup:
    """Give a text with the notebook's few signs of Markdown as HTML."""
    return Markup(markup.blocks(tamed(text[:_SAID])))


def rich_line(text: str) -> Markup:
    """Give a line with `code`, **strong** and *emphasis* as HTML."""
    return Markup(markup.inline(one_line(text, _SAID)))


def called(grade: Grade) -> str:
    """Give the name of a student, or the id, or what the file is called."""
    return one_line(grade.name or grade.student_id or PurePosixPath(grade.path).name, 120)


def result_of(grade: ExerciseGrade) -> ExerciseResult:
    """Give the checks' results as the notebook has them."""
    states = {name: AnswerState(state) for name, state in grade.states.items()}
    return ExerciseResult(grade.exercise, grade.checks, states)


def mark_of(grade: ExerciseGrade) -> Mark:
    """Say how an exercise stands; without checks, a missing mark is our fault."""
    if not grade.max_score:
        return NOT_COUNTED
    if grade.person is not None:
        return BY_A_PERSON
    if not grade.checks:
        return look.OUR_ERROR if grade.score is None else look.OPEN
    mark = result_mark(result_of(grade))
    settled = mark in (look.OUR_ERROR, look.PENDING)
    return LOOKED_AT if grade.score is None and not settled else mark


def student_view(grade: Grade) -> StudentView:
    """Give what a student's page shows."""
    page = PageCells()
    numbers = {exercise.exercise for exercise in grade.exercises}
    kept = grade.cells[:_MOST_CELLS]
    views = [(cell.exercise, page.view(cell)) for cell in kept]
    exercises = tuple(
        _exercise(exercise, tuple(view for number, view in views if number == exercise.exercise))
        for exercise in grade.exercises
    )
    late = lateness_sentence(grade)
    ours = [each.number for each in exercises if each.mark is look.OUR_ERROR]
    return StudentView(
        lesson=grade.lesson,
        who=called(grade),
        student_id=one_line(grade.student_id, 120),
        score=total_words(grade),
        lateness=late,
        handed_in="" if late else handed_in_words(grade),
        ended=RUN_ENDED[grade.status],
        notes=tuple(map(rich, grade.notes)),
        exercises=exercises,
        later=later_sentences(grade, ours),
        other_cells=tuple(view for number, view in views if number not in numbers),
        cells_left_out=len(grade.cells) - len(kept),
        path=one_line(grade.path),
        sha256=one_line(grade.sha256),
    )


def _exercise(grade: ExerciseGrade, cells: tuple[CellView, ...]) -> ExerciseView:
    result = result_of(grade)
    mark = mark_of(grade)
    shared = shared_feedback(result)
    return ExerciseView(
        anchor=anchor(grade.exercise),
        number=grade.exercise,
        title=rich_line(grade.title),
        mark=mark,
        score=score_words(grade.score, grade.max_score),
        numbers=numbers_sentence(grade),
        comment=rich(grade.person.comment) if grade.person else Markup(),
        shared=rich(shared) if shared else Markup(),
        checks=() if shared or mark is NOT_COUNTED else tuple(_checks(result)),
        notes=tuple(map(rich, grade.notes)),
        answers=tuple(_answers(grade)),
        cells=cells,
        to_fix=rich(first_to_fix(result) or mark.word) if to_fix(mark) else None,
    )


def _checks(result: ExerciseResult) -> list[CheckView]:
    return [
        CheckView(
            mark=check_mark(check),
            description=rich_line(check.description),
            state=check_state(check),
            said=rich(said) if said else Markup(),
        )
        for check, said in checks_said(result)
    ]


def _answers(grade: ExerciseGrade) -> list[AnswerView]:
    return [
        AnswerView(
            name=one_line(name, 80),
            shown=one_line(grade.shown.get(name, ""), 300),
            state=_STATES[AnswerState(state)],
        )
        for name, state in grade.states.items()
    ]
