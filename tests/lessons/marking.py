"""Marking an answer in a test: captured, sent as JSON, read and checked, as everywhere else."""

import json

from coursetools.answers import capture
from coursetools.exercises import Exercise, ExerciseResult, right_answers, run, sentences
from coursetools.lessons import load
from coursetools.probes import PROBES

LESSON = load(1)


def mark(exercise: Exercise, student_id: str = "", **answers: object) -> ExerciseResult:
    """Check answers given by name, earlier ones among them; those left out are missing."""

    def data_of(asked: Exercise) -> object:
        return json.loads(json.dumps(capture(asked.answers, answers, PROBES)))

    lesson = load(int(exercise.number.partition(".")[0]))
    result = run(
        exercise,
        data_of(exercise),
        student_id=student_id,
        expected=lesson.expected_of(exercise.number),
        earlier=right_answers(lesson, exercise, data_of, student_id=student_id),
    )
    assert not result.needs_review, [c.feedback for c in result.checks]
    for line in result.feedback_lines:
        assert sentences(line) <= 3, line
    return result


def seen(exercise: Exercise, declared: str, student_id: str = "") -> str:
    """Give the letter that a student sees for a declared one."""
    letters = exercise.options_for(student_id)
    return next(letter for letter, other in letters.items() if other == declared)
