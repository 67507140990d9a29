"""A grade with what a person gave in place of what the machine did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coursetools.grading.records import ExerciseGrade, Grade, PersonsMark

Marks = Mapping[tuple[str, str], PersonsMark]
"""What persons gave in one lesson, by student id and exercise."""

_TOO_MANY = (
    "A person gave {points:g} points for exercise {number}, which has {most:g} now. Give them anew."
)


def with_marks(grade: Grade, marks: Marks) -> Grade:
    """Give the grade with a person's marks in it; what they settle needs no review any more.

    Reasons to look at the whole submission go when every exercise has a person's mark.

    Args:
        grade: As the machine made it.
        marks: Of the same lesson.
    """
    exercises = tuple(
        _marked(e, marks.get((grade.student_id, e.exercise))) for e in grade.exercises
    )
    marked = replace(grade, exercises=exercises)
    return replace(marked, review=()) if marked.settled else marked


def _marked(exercise: ExerciseGrade, mark: PersonsMark | None) -> ExerciseGrade:
    if mark is None or not exercise.max_score:  # texts that do not count in this grading
        return exercise
    if mark.points > exercise.max_score:
        number, most = exercise.exercise, exercise.max_score
        why = _TOO_MANY.format(points=mark.points, number=number, most=most)
        return replace(exercise, review=(*exercise.review, why))
    return replace(exercise, score=mark.points, person=mark, review=())
