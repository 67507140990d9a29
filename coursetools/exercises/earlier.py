"""What a later exercise may build on: the student's answers to earlier ones, where they are right.

The same in a notebook and in the grader. An answer that is open or wrong is left out, and the
check goes on with the reference, so that one mistake does not cost the points of two exercises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from coursetools.exercises.exercise import Exercise
from coursetools.exercises.lesson import Lesson
from coursetools.exercises.run import read_answers, run


def asks_for_earlier(exercise: Exercise) -> bool:
    """Say whether a check of the exercise reads answers to earlier ones."""
    return any("earlier" in check.wants for check in exercise.checks)


def right_answers(
    lesson: Lesson,
    exercise: Exercise,
    data_of: Callable[[Exercise], object],
    *,
    student_id: str = "",
    expected_of: Callable[[Exercise], Mapping[str, Any] | None] = lambda exercise: None,
) -> Mapping[str, Any]:
    """Give the values of a student's right answers to earlier exercises, for `run`'s `earlier`.

    Args:
        lesson: Whose exercises.
        exercise: The one they are wanted for; nothing is looked at unless one of its checks asks.
        data_of: Gives an exercise's answers as `capture` gave them, from anyone.
        student_id: Whose draws and letters.
        expected_of: Gives the captured answers of a solution, for `run`'s `expected`.

    Returns:
        The read values by the answers' names; a name used twice has the later value.
    """
    values: dict[str, Any] = {}
    if not asks_for_earlier(exercise):
        return values
    for other in lesson.exercises[: lesson.exercises.index(exercise)]:
        data = data_of(other)
        known = MappingProxyType(values)
        expected = expected_of(other)
        if run(other, data, student_id=student_id, expected=expected, earlier=known).solved:
            answers = read_answers(other, data, student_id=student_id)
            values |= {name: answer.value for name, answer in answers.items()}
    return values
