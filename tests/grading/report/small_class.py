"""A class small enough to be counted by hand."""

from __future__ import annotations

from dataclasses import replace

from coursetools.exercises import Outcome
from coursetools.grading.records import ExerciseGrade, Grade, RunStatus
from grading.samples import check, exercise, full_grade

UNITS = "The layer has 16 units."
SHAPE = "The output is one number."


def counted(outcome: Outcome, feedback: str = "") -> ExerciseGrade:
    """Return exercise 1.1, three points, whose check of two came out so."""
    shape = check(points=1, name="shape", description=SHAPE)
    units = check(outcome, 2, name="units", description=UNITS, feedback=feedback)
    return exercise("1.1", "Attach a `head`", shape, units)


def text(outcome: Outcome = Outcome.PENDING) -> ExerciseGrade:
    """Return exercise 1.2, one point, that a person marks."""
    return exercise("1.2", "Say why", check(outcome, 1, name="reason"))


def student(name: str, *exercises: ExerciseGrade, **more: object) -> Grade:
    grade = full_grade(name.lower(), name)
    plain = {"exercises": exercises, "review": (), "notes": (), "cells": ()}
    return replace(grade, **(plain | more))  # type: ignore[arg-type]


def small_class() -> list[Grade]:
    """Return seven: two right, three wrong (two alike), one blank, one that we failed on."""
    wrong = counted(Outcome.FAILED, "`Dense(6)` has 6 units.")
    other = counted(Outcome.FAILED, "Count the <b>units</b>.")
    none = replace(counted(Outcome.PASSED), score=None, checks=(), review=("Our fault: no bwrap.",))
    return [
        student("Ada", counted(Outcome.PASSED), text(), seconds=3.0),
        student("Bob", counted(Outcome.PASSED), text(), seconds=61.0, status=RunStatus.TIMED_OUT),
        student("Cleo", wrong, text()),
        student("Dora", wrong, text()),
        student("Emil", other, text(), review=("The roster says `emil`, the notebook `emilia`.",)),
        student("Finn", none, text(), status=RunStatus.SANDBOX_ERROR),
        student("Gina", counted(Outcome.FAILED, "Not answered yet. `head` is blank."), text()),
    ]
