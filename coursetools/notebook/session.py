"""One notebook at work: its lesson, its student, its names, and how its answers are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursetools.answers import AnswerState, capture
from coursetools.exercises import Exercise, ExerciseResult, Lesson, right_answers, run
from coursetools.notebook.cells import CellWatcher
from coursetools.notebook.given import Given
from coursetools.notebook.progress import Progress
from coursetools.notebook.references import References
from coursetools.probes import PROBES
from coursetools.probes.untouched import untouched


class NotConnectedError(RuntimeError):
    """Something was asked of the course before the notebook's `connect` cell had run."""


@dataclass
class Session:
    """What `connect` puts together; one a notebook."""

    lesson: Lesson
    """What is taught."""
    student_id: str
    """Whose draws; never empty."""
    names: Mapping[str, object]
    """The notebook's names, as they are at any moment."""
    cells: CellWatcher
    """Which cell is running."""
    progress: Progress
    """What was done so far."""
    references: References = field(default_factory=References)
    """Reference answers that were made, and which were handed out."""
    _expected: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def capture(self, exercise: Exercise) -> dict[str, dict[str, Any]]:
        """Turn the notebook's answers into plain data; a reference answer counts as blank."""
        data = capture(exercise.answers, self.names, PROBES)
        for name in exercise.answers:
            owner = self.references.owner(self.names.get(name))
            if owner is not None and data[name]["state"] == AnswerState.GIVEN.value:
                data[name] |= {
                    "state": AnswerState.BLANK.value,
                    "content": {},
                    "reason": f"`{name}` is the reference answer for {owner} that `ct.use` handed "
                    "out. Run your answer cell again to check your own.",
                }
        return data

    def check(self, exercise: Exercise, data: Mapping[str, Any]) -> ExerciseResult:
        """Run an exercise's checks on captured answers."""
        earlier = right_answers(
            self.lesson,
            exercise,
            self.capture,
            student_id=self.student_id,
            expected_of=self._wanted_expected,
        )
        return run(
            exercise,
            data,
            student_id=self.student_id,
            expected=self._wanted_expected(exercise),
            earlier=earlier,
            judged=self._judged(exercise, data),
        )

    def _judged(self, exercise: Exercise, data: Mapping[str, Any]) -> Any:
        """Have a file judged if a check asks for it and will be called."""
        judge = self.lesson.judge
        asking = [check for check in exercise.checks if "judged" in check.wants]
        read = {name for check in asking for name in check.reads}
        given = AnswerState.GIVEN.value
        if judge is None or not asking or any(data[name]["state"] != given for name in read):
            return None
        return judge(exercise.number, Path.cwd())

    def own_answers(self, exercise: Exercise) -> dict[str, object] | None:
        """Give the student's own objects by name, None unless all that is asked is right.

        A sealed lesson cannot say what is right: there it is enough that all of it can be read.
        """
        result = self.check(exercise, self.capture(exercise))
        if not (result.for_a_person if self.lesson.sealed else result.solved):
            return None
        return {name: self.names[name] for name in exercise.answers}

    def answers(self, exercise: Exercise) -> Mapping[str, object]:
        """Give the student's own objects if they are right, else those of the reference."""
        own = self.own_answers(exercise)
        return self.reference(exercise) if own is None else own

    def reference(self, exercise: Exercise) -> Mapping[str, object]:
        """Give the reference solution's objects, made once; they are not yet handed out."""
        return self.references.answers(
            exercise, lambda: exercise.solve_for(self.student_id, self._given(exercise))
        )

    def _given(self, exercise: Exercise) -> Given:
        return Given(self.lesson, exercise, self.names, self.answers)

    def _wanted_expected(self, exercise: Exercise) -> Mapping[str, Any] | None:
        wanted = any("expected" in check.wants for check in exercise.checks)
        return self._expected_of(exercise) if wanted else None

    def _expected_of(self, exercise: Exercise) -> Mapping[str, Any] | None:
        """Give the solution's answers as data: the lesson's stored ones, else made here."""
        if self.lesson.stored_fits(self.names):
            stored = self.lesson.expected_of(exercise.number)
            if stored is not None or exercise.solves_alone:
                return stored
        if exercise.number not in self._expected:
            with untouched():
                self._expected[exercise.number] = exercise.expected_for(
                    self.student_id, self._given(exercise), PROBES
                )
        return self._expected[exercise.number]


_current: Session | None = None


def start(session: Session) -> None:
    """Make a session the one that `use` and `progress` mean."""
    global _current  # a kernel has one notebook, and a notebook one session
    _current = session


def running() -> Session | None:
    """Give the session, None before `connect`."""
    return _current


def current() -> Session:
    """Give the session.

    Raises:
        NotConnectedError: `connect` has not run.
    """
    if _current is None:
        raise NotConnectedError(
            "This notebook is not connected to its exercises yet. Run its cell with `ct.connect` "
            "first, then this one again."
        )
    return _current
