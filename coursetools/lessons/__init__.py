"""The lessons' exercises: what is asked, what is right, and what to say to what is not."""

from __future__ import annotations

import importlib
import pkgutil

from coursetools.exercises import Lesson

__all__ = ["UnknownLessonError", "load", "numbers"]

_PREFIX = "lesson_"


class UnknownLessonError(LookupError):
    """The course has no lesson of that number."""


def numbers() -> tuple[int, ...]:
    """Give the numbers of the lessons there are, in order."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return tuple(sorted(int(n.removeprefix(_PREFIX)) for n in names if n.startswith(_PREFIX)))


def load(number: int) -> Lesson:
    """Give a lesson by its number, from 1.

    Raises:
        UnknownLessonError: There is no such lesson.
    """
    known = numbers()
    if number not in known:
        listed = ", ".join(str(n) for n in known)
        raise UnknownLessonError(f"There is no lesson `{number}`; the course has {listed}.")
    lesson: Lesson = importlib.import_module(f"{__name__}.{_PREFIX}{number}").LESSON
    return lesson
