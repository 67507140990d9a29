"""Grades of a class as they go out: right, wrong, for a person, failed by our fault, hostile."""

from __future__ import annotations

from dataclasses import replace

from coursetools.exercises import Outcome
from coursetools.grading.records import ExerciseGrade, Grade, PersonsMark, RunStatus
from grading.samples import check, exercise, full_grade

TITLE = "The convolutional classifier"
WRONG = "`=cmd|' /C calc'!A0` is not <b>it</b>."


def marked(points: float, said: str = WRONG) -> ExerciseGrade:
    """Return exercise 1.1 of three points, with so many earned: 1 or 3."""
    outcome = Outcome.PASSED if points == 3 else Outcome.FAILED
    units = check(outcome, 2, name="units", description="It has 16 units.", feedback=said)
    return exercise("1.1", "Attach a `head`", check(points=1, name="shape"), units)


def student(
    student_id: str, name: str, path: str = "", *exercises: ExerciseGrade, **more: object
) -> Grade:
    grade = full_grade(student_id, name, path or f"{student_id}.ipynb")
    plain = {"exercises": exercises or (marked(3),), "review": (), "notes": (), "cells": ()}
    return replace(grade, **(plain | more))  # type: ignore[arg-type]


def waiting() -> ExerciseGrade:
    return exercise("1.2", "Say why", check(Outcome.PENDING, 2), check(points=1), score=1.0)


def by_a_person() -> ExerciseGrade:
    return replace(waiting(), score=2.5, person=PersonsMark(2.5, "Well\nsaid."))


def failed_by_us(student_id: str = "zoe") -> Grade:
    none = replace(marked(3), score=None, checks=())
    return student(student_id, "Zoe", "", none, status=RunStatus.SANDBOX_ERROR)


ADA = student("a1815", "Ada Lovelace", "lovelaceada_LATE_4711_90002_lesson-1.ipynb")
BOB = student("b1906", "Bob Öz", "Bob Öz_5012_assignsubmission_file_/x.ipynb", marked(1))
CYD = student("c1843", "Cyd", "submission_31415926/x.ipynb", marked(3), by_a_person())
