"""Exercises and their checks: pure functions of plain data, without Keras and IPython."""

from __future__ import annotations

from coursetools.exercises.check import (
    Check,
    Failed,
    fail_if,
    named,
    sentences,
    shown,
)
from coursetools.exercises.declaration import DeclarationError
from coursetools.exercises.earlier import right_answers
from coursetools.exercises.exercise import Exercise
from coursetools.exercises.lesson import FROZEN_BASE, Lesson, UnknownExerciseError
from coursetools.exercises.result import CheckResult, ExerciseResult, Outcome
from coursetools.exercises.run import run

__all__ = [
    "FROZEN_BASE",
    "Check",
    "CheckResult",
    "DeclarationError",
    "Exercise",
    "ExerciseResult",
    "Failed",
    "Lesson",
    "Outcome",
    "UnknownExerciseError",
    "fail_if",
    "named",
    "right_answers",
    "run",
    "sentences",
    "shown",
]
