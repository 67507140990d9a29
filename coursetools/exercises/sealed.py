"""A sealed lesson: what is asked as data, without solutions, expected values and checks.

An instructor hands it out beside the notebook; `connect` reads it in place of a lesson's module.
The exercises that come of it can be asked, drawn and captured, and checked only for whether an
answer can be read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coursetools.answers.declared import kind_data, kind_from
from coursetools.exercises.check import Check
from coursetools.exercises.exercise import Exercise
from coursetools.exercises.lesson import Lesson

_VERSION = 1
_LARGEST = 5_000_000
_PLAIN = (bool, int, float, str)


class SealingError(ValueError):
    """A lesson cannot be written as data, or a file is not what was written."""


def declaration_name(lesson: int) -> str:
    """Give the name of a sealed lesson's file, beside its notebook."""
    return f"lesson-{lesson}.json"


def declaration(lesson: Lesson) -> dict[str, Any]:
    """Give what a lesson asks, as data for JSON.

    Raises:
        SealingError: An exercise draws by code of its own, or draws what is no plain value.
    """
    return {
        "version": _VERSION,
        "lesson": lesson.number,
        "title": lesson.title,
        "exercises": [_declared(exercise) for exercise in lesson.exercises],
    }


def sealed_lesson(file: Path) -> Lesson:
    """Read a sealed lesson.

    Raises:
        SealingError: The file is not what `coursetools release --sealed` wrote.
        OSError: It cannot be read.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError(f"it has more than {_LARGEST:,} bytes")
        data = json.loads(file.read_bytes())
        if data["version"] != _VERSION:
            raise ValueError(f"it has the version {data['version']!r}, not {_VERSION}")
        return Lesson(
            number=data["lesson"],
            title=data["title"],
            exercises=tuple(_exercise(asked) for asked in data["exercises"]),
            sealed=True,
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise SealingError(
            f"`{file}` says what is asked in this lesson, and cannot be read ({error}). Take the "
            "file anew from where you got the notebook."
        ) from error


def _declared(exercise: Exercise) -> dict[str, Any]:
    if exercise.draw_from is not None:
        raise SealingError(
            f"Exercise {exercise.number} makes its draws by code of its own, which a sealed lesson "
            "cannot carry. Give it `draws`, lists of values."
        )
    draws = {name: list(values) for name, values in exercise.draws.items()}
    for name, values in draws.items():
        if not all(type(value) in _PLAIN for value in values):
            raise SealingError(
                f"Exercise {exercise.number} draws `{name}` from values that are no plain numbers "
                "or texts, which a sealed lesson cannot carry."
            )
    try:
        answers = {name: kind_data(kind) for name, kind in exercise.answers.items()}
    except ValueError as error:
        raise SealingError(f"Exercise {exercise.number} cannot be sealed: {error}") from error
    return {
        "number": exercise.number,
        "title": exercise.title,
        "question": exercise.question,
        "answers": answers,
        "hints": list(exercise.hints),
        "minutes": exercise.minutes,
        "draws": draws,
        "options": {letter: text for letter, (text, _) in exercise.options.items()},
        "draw_version": exercise.draw_version,
        "points": exercise.points,
    }


def _exercise(data: Mapping[str, Any]) -> Exercise:
    exercise = Exercise(
        number=data["number"],
        title=data["title"],
        question=data["question"],
        answers={name: kind_from(kind) for name, kind in data["answers"].items()},
        hints=tuple(data["hints"]),
        minutes=data["minutes"],
        draws={name: tuple(values) for name, values in data["draws"].items()},
        options={letter: (text, "") for letter, text in data["options"].items()},
        draw_version=data["draw_version"],
    )
    exercise.take(Check(_read, data["points"], by_hand=True, reads=tuple(exercise.answers)))
    return exercise


def _read() -> None:
    """It can be read; it is marked when your notebook is graded."""
