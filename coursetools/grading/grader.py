"""One submission in, one grade out.

Theory of operation. The notebook is read as data and put together with the released one. Its
cells run in a place of the sandbox, one at a time; what comes back of answers is checked here,
where nothing of the student's ever ran. A cell that ends its process is left out, and the rest
runs again in a new place without it, so that it costs its own exercise and no other. What fails
on our side is tried once more and then left to a person; it is never a zero.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Protocol

from coursetools.answers.draws import plain_id
from coursetools.exercises import Exercise, Lesson
from coursetools.grading.ids import settle
from coursetools.grading.marking import Marking
from coursetools.grading.needed import needed
from coursetools.grading.notebook import (
    Assembled,
    AssembledCell,
    Notebook,
    Origin,
    assemble,
    notebook_id,
    read_notebook,
)
from coursetools.grading.records import ExerciseGrade, Grade, GradedCell, RunStatus, Submission
from coursetools.sandbox.process import SandboxError
from coursetools.sandbox.reports import (
    AskedExercise,
    Cell,
    CellReport,
    Handed,
    Limits,
    Opening,
    Shown,
)
from coursetools.sandbox.stand_ins import CHECKED

MOST_LEFT_OUT = 3
"""So many cells may end the process before the rest is given up."""

_TRIES = 2
"""How often our side may fail before a person has to look."""

_SANDBOX_FAILED = "It was not marked, because the sandbox failed."

_BLANK = Handed("none", sentence="In a cell of yours, no reference answer is given.")


class Place(Protocol):
    """Where cells run, one after the other."""

    @property
    def cpu(self) -> float: ...  # noqa: D102
    @property
    def memory(self) -> int: ...  # noqa: D102
    def run(self, cell: Cell, use: Callable[[str], Handed]) -> CellReport: ...  # noqa: D102
    def stop(self) -> None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class Runner(Protocol):
    """What opens places: the sandbox, or the student's own machine without one."""

    def open(self, opening: Opening, limits: Limits | None = ...) -> Place: ...  # noqa: D102
    def __enter__(self) -> Runner: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


@dataclass(frozen=True)
class Assignment:
    """What a class was asked, and how it is graded."""

    lesson: Lesson
    released: Notebook
    limits: Limits = field(default_factory=Limits)
    class_ids: tuple[str, ...] = ()
    """The ids of the class, to know an answer that fits another student's numbers."""
    text_answers: bool = False
    """Whether a person marks texts; if not, an exercise that is all text does not count."""


@dataclass
class _Used:
    """What a submission has taken so far."""

    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0


@dataclass
class _Run:
    """What one pass over the notebook came to."""

    reports: dict[int, CellReport] = field(default_factory=dict)
    ended_in: int | None = None
    not_run: int = 0


def grade_one(submission: Submission, assignment: Assignment, runner: Runner) -> Grade:
    """Grade one submission.

    Args:
        submission: What a student handed in, from anyone.
        assignment: What was asked.
        runner: Where the cells run.

    Raises:
        UnreadableNotebookError: It is no notebook; the text says why.
    """
    notebook = read_notebook(submission.notebook)
    assembled = assemble(notebook, assignment.released)
    written = notebook_id(notebook)
    known = _known_id(submission, written)
    ids = settle(known, written, assignment.class_ids)
    marking = Marking(assignment.lesson, ids, submission.capstone)
    for number, answer in assembled.answers.items():
        for note in answer.notes:
            marking.note(number, note)
        if answer.stored is not None:
            marking.take_stored(number, answer.stored.answers, changed=answer.stored.changed)
    student_id = submission.student_id.strip() or ids.marked
    grade = Grade(
        student_id=student_id,
        name=submission.name,
        path=submission.path,
        sha256=submission.sha256,
        lesson=assignment.lesson.number,
        status=RunStatus.FINISHED,
        exercises=(),
        notes=(*submission.notes, *assembled.notes),
        review=(*submission.review, *_disagreement(known, written)),
        numbers_of="" if plain_id(student_id) == ids.marked else ids.marked,
    )
    work = _Work(assembled, assignment, marking, runner, ids.marked)
    try:
        work.run()
    except SandboxError as error:
        return replace(
            grade,
            status=RunStatus.SANDBOX_ERROR,
            exercises=unmarked(assignment.lesson, _SANDBOX_FAILED),
            review=(*grade.review, f"The sandbox failed, which is our fault. {error}"),
            seconds=work.used.seconds,
        )
    marked = (
        _with_text(exercise, marking.grade(exercise), assignment.text_answers)
        for exercise in assignment.lesson.exercises
    )
    return replace(
        grade,
        status=work.status,
        exercises=tuple(marked),
        cells=tuple(work.graded_cells()),
        notes=(*grade.notes, *work.notes),
        review=(*grade.review, *work.review),
        seconds=work.used.seconds,
        cpu=work.used.cpu,
        memory=work.used.memory,
    )


class _Work:
    """Running one assembled notebook, again and again until it stands."""

    def __init__(
        self,
        assembled: Assembled,
        assignment: Assignment,
        marking: Marking,
        runner: Runner,
        student_id: str,
    ) -> None:
        self._cells = needed(assembled.cells, assignment.released)
        # What came of a training is marked from what was stored; nothing is trained twice.
        self._stored = {e.number for e in assignment.lesson.exercises if e.stored}
        self._assignment = assignment
        self._marking = marking
        self._runner = runner
        self._opening = _opening(assignment.lesson, student_id)
        self._left_out: dict[int, CellReport] = {}
        self._last = _Run()
        self.used = _Used()
        self.status = RunStatus.FINISHED
        self.notes: list[str] = []
        self.review: list[str] = []

    def run(self) -> None:
        """Run the cells; raises SandboxError when our side failed twice."""
        while True:
            self._last = self._once_or_again()
            ended = self._last.ended_in
            if ended is None:
                return
            report = self._last.reports[ended]
            self._left_out[ended] = report
            if self.status is RunStatus.FINISHED and report.ended is not None:
                self.status = report.ended
            self._tell(ended, report)
            left = self._assignment.limits.wall - self.used.seconds
            if len(self._left_out) > MOST_LEFT_OUT or left <= 0:
                why = "the time was up" if left <= 0 else "too many cells had ended the process"
                if self._last.not_run:
                    self.review.append(
                        f"{self._last.not_run} cells were not run, since {why}. Look at the "
                        "exercises without an answer before the mark counts."
                    )
                return

    def graded_cells(self) -> list[GradedCell]:
        """Give the student's cells with what they showed."""
        found = []
        for index, cell in enumerate(self._cells):
            if cell.origin is Origin.RELEASED:
                continue
            report = self._left_out.get(index) or self._last.reports.get(index)
            note = "It was not run." if report is None else report.sentence
            if cell.exercise in self._stored:
                note = "It was not run again: what its check stored is marked."
            if index in self._left_out:
                note = f"{note} It was left out, and the rest was run without it.".strip()
            shown = () if report is None else _worth_showing(report)
            found.append(GradedCell(cell.exercise or cell.draft_of, cell.source, shown, note))
        return found

    def _once_or_again(self) -> _Run:
        for _ in range(_TRIES - 1):
            try:
                return self._once()
            except SandboxError:
                continue
        return self._once()

    def _once(self) -> _Run:
        self._marking.forget()
        began = time.monotonic()
        limits = self._assignment.limits
        remaining = max(limits.wall - self.used.seconds, 0.0)
        cpu = max(limits.cpu - self.used.cpu, 1.0)
        place = self._runner.open(self._opening, replace(limits, wall=remaining, cpu=cpu))
        try:
            return self._pass(place)
        finally:
            place.close()
            self.used.seconds += time.monotonic() - began
            self.used.cpu += place.cpu
            self.used.memory = max(self.used.memory, place.memory)

    def _pass(self, place: Place) -> _Run:
        run = _Run()
        for index, cell in enumerate(self._cells):
            if index in self._left_out or cell.exercise in self._stored:
                continue
            asked = Cell(index, cell.source, cell.exercise)
            report = place.run(asked, self._use_in(cell))
            if report.ended is RunStatus.SANDBOX_ERROR:
                raise SandboxError(report.sentence)
            run.reports[index] = report
            for capture in report.captures:
                if capture.exercise != cell.draft_of:
                    self._marking.take(capture)
            if report.ended is not None:
                run.ended_in = index
                run.not_run = len(self._cells) - index - 1
                break
        return run

    def _use_in(self, cell: AssembledCell) -> Callable[[str], Handed]:
        ours = cell.origin is Origin.RELEASED
        return self._marking.use if ours else lambda number: _BLANK

    def _tell(self, index: int, report: CellReport) -> None:
        cell = self._cells[index]
        if cell.exercise is not None:
            self._marking.note(cell.exercise, f"Its cell did not come to an end. {report.sentence}")
        elif cell.origin is Origin.RELEASED:
            where = f"the lesson's cell `{cell.cell_id}`"
            self.notes.append(f"The process ended while {where} was running. {report.sentence}")
        else:
            self.notes.append(f"An added cell did not come to an end. {report.sentence}")


def _worth_showing(report: CellReport) -> tuple[Shown, ...]:
    """Leave out what stands for the check itself, whose words the page has."""
    return tuple(one for one in report.shown if one.text.strip() != CHECKED)


def _opening(lesson: Lesson, student_id: str) -> Opening:
    return Opening(
        lesson=lesson.number,
        student_id=student_id,
        exercises=tuple(
            AskedExercise(e.number, f"q_{e.number.partition('.')[2]}", e.answers)
            for e in lesson.exercises
        ),
    )


def _known_id(submission: Submission, written: str | None) -> str:
    """Give the id that the class knows the student by.

    Without a roster a platform's own number is all it tells, and no student has ever typed that:
    the one in the notebook then is the course's.
    """
    return "" if submission.known_by == "platform" and written else submission.student_id


def _disagreement(known: str, written: str | None) -> tuple[str, ...]:
    if not known.strip() or not written or plain_id(known) == plain_id(written):
        return ()
    return (f"It came in as that of `{known}`, but the notebook names the id `{written}`.",)


def unmarked(lesson: Lesson, why: str) -> tuple[ExerciseGrade, ...]:
    """Give a lesson's exercises without a mark, for a person to look at: we failed, no student."""
    return tuple(
        ExerciseGrade(
            exercise=exercise.number,
            title=exercise.title,
            score=None,
            max_score=exercise.points,
            earned=0.0,
            available=0.0,
            checks=(),
            states={},
            shown={},
            review=(why,),
        )
        for exercise in lesson.exercises
    )


def _with_text(exercise: Exercise, grade: ExerciseGrade, text_answers: bool) -> ExerciseGrade:
    """Say of an exercise that is all text whether a person marks it."""
    if not all(check.by_hand for check in exercise.checks if check.points):
        return grade
    if not text_answers:
        off = "Texts do not count in this class."
        return replace(
            grade, score=None, max_score=0.0, available=0.0, notes=(*grade.notes, off), review=()
        )
    if grade.available or grade.review:  # there is no text to mark, or more is to be looked at
        return grade
    return replace(grade, review=("A person marks this text.",))
