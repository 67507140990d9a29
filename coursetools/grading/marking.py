"""One student's answers as they come in, and what the checks say of them.

Nothing of the student's runs here. Answers are data that anybody may have written; checks are
the very ones of the notebook. An exercise is closed as soon as its result is handed to a later
cell: what comes for it afterwards is not looked at.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coursetools.answers import AnswerState, plain
from coursetools.answers.packing import pack
from coursetools.capstone import JudgeError
from coursetools.capstone.weights_file import FILE
from coursetools.exercises import (
    FROZEN_BASE,
    Exercise,
    ExerciseResult,
    Lesson,
    Outcome,
    UnknownExerciseError,
    right_answers,
    run,
)
from coursetools.grading.ids import Ids
from coursetools.grading.records import ExerciseGrade
from coursetools.sandbox.reports import Capture, Handed

NOT_SUBMITTED = (
    "Not submitted: this is marked from what its cell stored, and it has stored nothing. Run the "
    "check in its cell and save the notebook before handing it in."
)
CHANGED = "Its cell was changed after the last check; the stored answer counts."
NOT_HANDED_OUT = "Exercise {number} is still open, and grading goes on without its answer here."
_GOING_ON = "Going on with the reference answer for {number}; your own is still open."


class Marking:
    """Marks one submission."""

    def __init__(self, lesson: Lesson, ids: Ids, capstone: bytes | None = None) -> None:
        """Begin with no answers.

        Args:
            lesson: What was asked.
            ids: Whose numbers count.
            capstone: The file handed in beside the notebook.
        """
        self._lesson = lesson
        self._ids = ids
        self._capstone = capstone
        self._data: dict[str, Mapping[str, Any]] = {}
        self._notes: dict[str, list[str]] = {}
        self._closed: set[str] = set()

    def take(self, capture: Capture) -> None:
        """Keep a captured answer; the last one before the exercise is closed counts."""
        exercise = self._known(capture.exercise)
        if exercise is None or exercise.stored or exercise.number in self._closed:
            return
        self._data[exercise.number] = dict(capture.data)

    def take_stored(self, number: str, answers: Mapping[str, Any], *, changed: bool) -> None:
        """Keep the answer that an exercise's cell stored."""
        exercise = self._known(number)
        if exercise is not None and exercise.stored:
            self._data[number] = dict(answers)
            if changed:
                self.note(number, CHANGED)

    def note(self, number: str, sentence: str) -> None:
        """Add what a reader of the grade should know of an exercise."""
        notes = self._notes.setdefault(number, [])
        if sentence not in notes:
            notes.append(sentence)

    def forget(self) -> None:
        """Begin anew with what is run, as the notebook is; stored answers stay."""
        stored = {e.number for e in self._lesson.exercises if e.stored}
        self._data = {number: data for number, data in self._data.items() if number in stored}
        self._closed.clear()

    def use(self, number: str) -> Handed:
        """Close an exercise and give what later cells go on with."""
        exercise = self._known(number)
        nothing = Handed("none", sentence=NOT_HANDED_OUT.format(number=plain.clean(number)))
        if exercise is None:
            return nothing
        self._closed.add(number)
        if self._run(exercise, self._ids.marked).solved:
            return Handed("own")
        reference = self._lesson.hands_out.get(number)
        if reference is None:
            return nothing
        sentence = _GOING_ON.format(number=number)
        if isinstance(reference, str):
            return Handed("base", sentence=sentence) if reference == FROZEN_BASE else nothing
        made = reference(self._earlier(exercise, self._ids.marked))
        values = {name: pack(value) for name, value in made.items()}
        return Handed("data", values, sentence)

    def grade(self, exercise: Exercise) -> ExerciseGrade:
        """Give the mark of an exercise, with everything that is to be said of it."""
        result = self._run(exercise, self._ids.marked, self._judged(exercise))
        review = self._broken(result)
        score = result.score
        notes = list(self._notes.get(exercise.number, []))
        data = self._data.get(exercise.number, {})
        if exercise.stored and not data:
            notes.append(NOT_SUBMITTED)
        whose = "" if result.solved or review else self._right_for_another(exercise, result)
        if whose:
            review = (*review, whose)
            score = None
        return ExerciseGrade(
            exercise=exercise.number,
            title=exercise.title,
            score=score,
            max_score=result.max_score,
            earned=result.earned,
            available=result.available,
            checks=result.checks,
            states={name: state.value for name, state in result.states.items()},
            shown={name: _shown(data.get(name)) for name in exercise.answers},
            notes=tuple(notes),
            review=review,
            answers=json.dumps(data, sort_keys=True),
        )

    # ---- checking

    def _run(self, exercise: Exercise, student_id: str, judged: Any = None) -> ExerciseResult:
        return run(
            exercise,
            self._data.get(exercise.number, {}),
            student_id=student_id,
            expected=self._lesson.expected_of(exercise.number),
            earlier=self._earlier(exercise, student_id),
            judged=judged,
        )

    def _earlier(self, exercise: Exercise, student_id: str) -> Mapping[str, Any]:
        return right_answers(
            self._lesson,
            exercise,
            lambda other: self._data.get(other.number, {}),
            student_id=student_id,
            expected_of=lambda other: self._lesson.expected_of(other.number),
        )

    def _right_for_another(self, exercise: Exercise, result: ExerciseResult) -> str:
        given = all(state is AnswerState.GIVEN for state in result.states.values())
        if not given or exercise.number not in self._data:
            return ""
        for student_id, who in self._ids.elsewhere(exercise):
            if self._run(exercise, student_id).earned > result.earned:
                return (
                    f"The answer to {exercise.number} fits the numbers of {who} "
                    f"(`{plain.clean(student_id)}`) better than those of `{self._ids.marked}`."
                )
        return ""

    def _judged(self, exercise: Exercise) -> Any:
        asks = any("judged" in check.wants for check in exercise.checks)
        judge = self._lesson.judge
        if judge is None or not asks or exercise.number not in self._data:
            return None
        with tempfile.TemporaryDirectory() as folder:
            if self._capstone is not None:
                (Path(folder) / FILE).write_bytes(self._capstone)
            try:
                return judge(exercise.number, Path(folder))
            except JudgeError:
                return None  # the check then says that it did not work, and a person looks

    def _known(self, number: str) -> Exercise | None:
        try:
            return self._lesson.exercise(number)
        except UnknownExerciseError:
            return None

    @staticmethod
    def _broken(result: ExerciseResult) -> tuple[str, ...]:
        return tuple(
            f"Exercise {result.exercise}: {check.feedback}"
            for check in result.checks
            if check.outcome is Outcome.ERROR
        )


def _shown(data: object) -> str:
    """Give the line that shows an answer, from data that anyone may have written."""
    line = data.get("shown") if isinstance(data, Mapping) else None
    return plain.clean(line) if isinstance(line, str) else ""
