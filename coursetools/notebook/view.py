"""An exercise in a notebook: `q_2` shows the question, `q_2.check()` checks the answer.

Nothing here may end in a traceback. Whatever goes wrong in the course's own code is told in a
sentence, costs no points, and leaves the student's objects and notebook alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from coursetools.exercises import Exercise, ExerciseResult
from coursetools.notebook import look
from coursetools.notebook.card import Card, show
from coursetools.notebook.render import (
    error_card,
    hint_card,
    no_hint_card,
    note_card,
    question_card,
    read_card,
    result_card,
    solution_card,
    view_name,
)
from coursetools.notebook.session import Session
from coursetools.notebook.stored import stored_output
from coursetools.notebook.words import result_mark

_Arguments = ParamSpec("_Arguments")


def _told(
    method: Callable[Concatenate[ExerciseView, _Arguments], None],
) -> Callable[Concatenate[ExerciseView, _Arguments], None]:
    """Turn an error of ours into a card."""

    @wraps(method)
    def total(self: ExerciseView, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        try:
            method(self, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - a student must never be shown our traceback
            show(error_card(f"`{self.name}.{method.__name__}()`", error))

    return total


class ExerciseView:
    """One exercise, as a student meets it."""

    def __init__(self, exercise: Exercise, session: Session) -> None:
        """Show `exercise` in the notebook of `session`."""
        self._exercise = exercise
        self._session = session
        self._hints_shown = 0
        self._result: ExerciseResult | None = None

    @property
    def name(self) -> str:
        """The name it has in the notebook, such as `q_2`."""
        return view_name(self._exercise)

    @property
    def number(self) -> str:
        """Its number, such as `"1.2"`."""
        return self._exercise.number

    @property
    def result(self) -> ExerciseResult | None:
        """What came of the last `check()`, None before it."""
        return self._result

    @_told
    def check(self) -> None:
        """Check your answer and show what is right, what is not yet, and why.

        Check as often as you like: the best score is kept.
        """
        session, exercise = self._session, self._exercise
        data = session.capture(exercise)
        result = session.check(exercise, data)
        self._result = result
        mark = result_mark(result)
        if mark is look.OPEN:
            show(result_card(exercise, result))
            return
        more: dict[str, Any] = {}
        kept = ""
        if exercise.stored:
            more, kept = stored_output(exercise, data, session.cells.source(exercise.number))
        if mark is not look.OUR_ERROR:
            session.progress.attempted(exercise, result)
        notes = [note for note in (kept, session.progress.new_problem()) if note]
        if session.lesson.sealed and mark is look.PENDING:
            show(read_card(exercise, data, notes), more)
            return
        show(result_card(exercise, result, session.progress.summary, notes=notes), more)

    @_told
    def hint(self, number: int | None = None) -> None:
        """Show the next hint, or the one with this number; hints cost no points.

        Args:
            number: Which hint, from 1; None for the next one.
        """
        hints = len(self._exercise.hints)
        if not hints:
            show(no_hint_card(self._exercise))
            return
        if number is not None and (type(number) is not int or number < 1):
            show(note_card(f"Hints are numbered from 1 to {hints}; there is no hint `{number!r}`."))
            return
        wanted = self._hints_shown + 1 if number is None else number
        place = min(wanted, hints)
        self._hints_shown = place
        student_id = self._session.student_id
        show(hint_card(self._exercise, place, student_id=student_id, beyond=wanted > hints))
        self._session.progress.hinted(self._exercise)

    @_told
    def solution(self) -> None:
        """Show one way to do it; this changes no mark."""
        if not self._exercise.has_solution:
            show(note_card("This lesson is sealed: it shows no solutions."))
            return
        show(solution_card(self._exercise, self._session.student_id))
        self._session.progress.solution_seen(self._exercise)

    def _card(self) -> Card:
        session = self._session
        record = session.progress.record(self.number)
        return question_card(self._exercise, session.student_id, record)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self._card().bundle

    def __repr__(self) -> str:
        return self._card().text
