"""What waits for a person, one answer at a time, in the order in which it is marked.

All answers to one exercise stand together, since that is how people mark alike. Among them the
order is one of its own for each exercise and says nothing of the students: nobody is always read
first, and nobody's place tells who it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coursetools.grading.records import ExerciseGrade, Grade, RunStatus

_KEY = 16


@dataclass(frozen=True)
class Item:
    """One exercise of one student."""

    key: str
    """Names it in addresses: 16 hexadecimal digits, the same whenever it is graded again."""
    student_id: str
    name: str
    path: str
    exercise: ExerciseGrade
    reasons: tuple[str, ...]
    """Why somebody has to look at all of the submission."""
    place: int = 0
    """Among the answers to the same exercise, from 1."""

    @property
    def done(self) -> bool:
        """Whether a person has given points for it."""
        return self.exercise.person is not None

    @property
    def can_be_marked(self) -> bool:
        """Whether points can be given: they hang on the student's id."""
        return bool(self.student_id)


def items_of(grades: Iterable[Grade]) -> list[Item]:
    """Give what waits for a person in one lesson, and what a person has marked already.

    Args:
        grades: All of the lesson that count; those without cells will do.
    """
    found: dict[str, list[Item]] = {}
    for grade in grades:
        for exercise in grade.exercises:
            here = found.setdefault(exercise.exercise, [])
            if _waits(grade, exercise) or exercise.person is not None:
                here.append(_item(grade, exercise))
    ordered = (sorted(found[number], key=lambda item: item.key) for number in _in_order(found))
    return [
        replace(item, place=place)
        for several in ordered
        for place, item in enumerate(several, start=1)
    ]


def key_of(lesson: int, path: str, exercise: str) -> str:
    """Give the key of an exercise of the submission that lies at a path."""
    told = f"{lesson}\0{path}\0{exercise}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()[:_KEY]


def unsure_when(grade: Grade) -> bool:
    """Say whether somebody has to settle when it came in; points for answers do not."""
    late = grade.arrival.lateness
    return late is not None and late.doubt in grade.review


def whole_reasons(grade: Grade) -> tuple[str, ...]:
    """Give why somebody has to look at all of a submission, and can settle it by points."""
    late = grade.arrival.lateness
    return tuple(why for why in grade.review if late is None or why != late.doubt)


def _waits(grade: Grade, exercise: ExerciseGrade) -> bool:
    ours = grade.status is RunStatus.SANDBOX_ERROR and not grade.settled
    looked_at = bool(whole_reasons(grade) or exercise.review) or ours
    return bool(exercise.max_score) and (exercise.for_a_person or looked_at)


def _item(grade: Grade, exercise: ExerciseGrade) -> Item:
    return Item(
        key=key_of(grade.lesson, grade.path, exercise.exercise),
        student_id=grade.student_id,
        name=grade.name,
        path=grade.path,
        exercise=exercise,
        reasons=whole_reasons(grade),
    )


def _in_order(numbers: Iterable[str]) -> Sequence[str]:
    """Give exercises' numbers as in the lesson: 1.10 comes after 1.9."""
    return sorted(numbers, key=lambda number: [(len(part), part) for part in number.split(".")])
