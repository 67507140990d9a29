"""A grade as rows of the gradebook, and rows as the same grade again."""

from __future__ import annotations

from datetime import UTC, datetime

from coursetools.exercises import CheckResult, Outcome
from coursetools.grading.gradebook.models import CellRow, CheckRow, ExerciseRow, GradeRow, ShownRow
from coursetools.grading.records import ExerciseGrade, Grade, GradedCell, RunStatus, Shown


def grade_row(key: str, grade: Grade) -> GradeRow:
    """Give the rows of a grade."""
    return GradeRow(
        key=key,
        student_id=grade.student_id,
        name=grade.name,
        path=grade.path,
        sha256=grade.sha256,
        lesson=grade.lesson,
        status=grade.status.value,
        notes=grade.notes,
        review=grade.review,
        seconds=grade.seconds,
        cpu=grade.cpu,
        memory=grade.memory,
        graded=datetime.now(UTC),
        numbers_of=grade.numbers_of or None,
        exercises=[_exercise_row(place, each) for place, each in enumerate(grade.exercises)],
        cells=[_cell_row(place, cell) for place, cell in enumerate(grade.cells)],
    )


def grade_of(row: GradeRow, *, full: bool) -> Grade:
    """Give the grade that the rows hold.

    Args:
        row: The grade's row.
        full: Whether with cells and answers, which may be megabytes.
    """
    return Grade(
        student_id=row.student_id,
        name=row.name,
        path=row.path,
        sha256=row.sha256,
        lesson=row.lesson,
        status=RunStatus(row.status),
        exercises=tuple(_exercise(each, full=full) for each in row.exercises),
        cells=tuple(_cell(cell) for cell in row.cells) if full else (),
        notes=tuple(row.notes),
        review=tuple(row.review),
        seconds=row.seconds,
        cpu=row.cpu,
        memory=row.memory,
        numbers_of=row.numbers_of or "",
    )


def _exercise_row(position: int, grade: ExerciseGrade) -> ExerciseRow:
    return ExerciseRow(
        position=position,
        exercise=grade.exercise,
        title=grade.title,
        score=grade.score,
        max_score=grade.max_score,
        earned=grade.earned,
        available=grade.available,
        states=dict(grade.states),
        shown=dict(grade.shown),
        notes=grade.notes,
        review=grade.review,
        answers=grade.answers,
        checks=[_check_row(place, check) for place, check in enumerate(grade.checks)],
    )


def _exercise(row: ExerciseRow, *, full: bool) -> ExerciseGrade:
    return ExerciseGrade(
        exercise=row.exercise,
        title=row.title,
        score=row.score,
        max_score=row.max_score,
        earned=row.earned,
        available=row.available,
        checks=tuple(_check(check) for check in row.checks),
        states=row.states,
        shown=row.shown,
        notes=tuple(row.notes),
        review=tuple(row.review),
        answers=row.answers if full else "{}",
    )


def _check_row(position: int, result: CheckResult) -> CheckRow:
    return CheckRow(
        position=position,
        name=result.check,
        description=result.description,
        outcome=result.outcome.value,
        points=result.points,
        feedback=result.feedback,
        note=result.note,
    )


def _check(row: CheckRow) -> CheckResult:
    return CheckResult(
        check=row.name,
        description=row.description,
        outcome=Outcome(row.outcome),
        points=row.points,
        feedback=row.feedback,
        note=row.note,
    )


def _cell_row(position: int, cell: GradedCell) -> CellRow:
    shown = [
        ShownRow(position=place, kind=each.kind, text=each.text, image=each.image, name=each.name)
        for place, each in enumerate(cell.shown)
    ]
    return CellRow(
        position=position,
        exercise=cell.exercise,
        source=cell.source,
        note=cell.note,
        shown=shown,
    )


def _cell(row: CellRow) -> GradedCell:
    shown = tuple(
        Shown(kind=each.kind, text=each.text, image=each.image, name=each.name)
        for each in row.shown
    )
    return GradedCell(exercise=row.exercise, source=row.source, shown=shown, note=row.note)
