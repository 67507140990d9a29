"""Trying an answer in one line, to test a lesson: captured, sent, read and checked as anywhere."""

from __future__ import annotations

import json

from coursetools.answers import capture
from coursetools.exercises import Exercise, ExerciseResult, Lesson, right_answers, run
from coursetools.probes import PROBES


def try_answer(
    exercise: Exercise, lesson: Lesson | None = None, student_id: str = "", /, **answers: object
) -> ExerciseResult:
    """Check answers given by their names; those left out are missing.

    Args:
        exercise: What is asked.
        lesson: Its lesson, where checks want earlier answers or stored expected ones.
        student_id: Whose draws and letters; empty is the demo's.
        answers: What a student would have in the notebook, answers to earlier exercises among it.

    Returns:
        The result, with its `score` and the `feedback_lines` that the student reads.

    Example:
        assert try_answer(area, area=12).solved
    """

    def data_of(asked: Exercise) -> object:
        return json.loads(json.dumps(capture(asked.answers, answers, PROBES)))

    whole = lesson or Lesson(int(exercise.number.partition(".")[0]), "", (exercise,))
    return run(
        exercise,
        data_of(exercise),
        student_id=student_id,
        expected=whole.expected_of(exercise.number),
        earlier=right_answers(whole, exercise, data_of, student_id=student_id),
    )
