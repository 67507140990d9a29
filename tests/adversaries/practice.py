"""The lesson that is attacked, and notebooks of it.

9.1 asks for a number that cannot be guessed, 9.2 to 9.4 for what everyone knows, 9.5 for a number
that is drawn for each student. In lesson 8 a model is asked for. Each exercise has two points.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from coursetools.answers import Array, Function, Model, Number
from coursetools.exercises import Exercise, Lesson, fail_if
from coursetools.grading.notebook import Notebook, read_notebook

SECRET = 839_201
"""The answer to 9.1, which is nowhere but with whoever grades."""

CANARY = "canary-that-nobody-inside-hears"
"""Stands in whatever belongs to others: their notebooks, the instructor's files, the environment"""

Cell = dict[str, Any]

first = Exercise(number="9.1", title="First", question="?", answers={"first": Number(integer=True)})
second = Exercise(number="9.2", title="Second", question="?", answers={"second": Number()})
row = Exercise(number="9.3", title="A row", question="?", answers={"row": Array(dimensions=1)})
double = Exercise(
    number="9.4",
    title="A function",
    question="?",
    answers={"double": Function(cases=((21,), (-4,), (1.5,)))},
)
drawn = Exercise(
    number="9.5",
    title="Drawn",
    question="Twice {h}?",
    answers={"twice": Number(integer=True)},
    draws={"h": tuple(range(1_000, 9_000))},
)
net = Exercise(number="8.1", title="A model", question="?", answers={"net": Model()})
other = Exercise(number="8.2", title="Second", question="?", answers={"second": Number()})


@first.solution
def _first() -> dict[str, Any]:
    return {"first": SECRET}


@first.check(points=2)
def is_first(first: int) -> None:
    """It is the first."""
    fail_if(first != SECRET, "It is not.")


def is_second(second: float) -> None:
    """It is the second."""
    fail_if(second != 2, "It is not.")


second.check(points=2)(is_second)
other.check(points=2)(is_second)


@row.check(points=2)
def is_row(row: Any) -> None:
    """It is the row."""
    fail_if(row.tolist() != [3, 1, 4], "It is not.")


@double.check(points=2)
def doubles(double: Any) -> None:
    """It doubles."""
    fail_if([case.value for case in double.results] != [42, -8, 3.0], "It does not.")


@drawn.check(points=2)
def is_twice(twice: int, draw: Mapping[str, Any]) -> None:
    """It is twice the number."""
    fail_if(twice != 2 * draw["h"], "It is not.")


@net.check(points=2)
def has_units(net: Any) -> None:
    """It has a layer of 16 units that Keras made, and five weights for each."""
    units = [layer.units for layer in net.layers if layer.class_name == "Dense"]
    sizes = sorted(weight.size for weight in net.weights)
    fail_if(units != [16] or sizes != [16, 64], "It has not.")


PRACTICE = Lesson(
    number=9,
    title="Practice",
    exercises=(first, second, row, double, drawn),
    hands_out={"9.1": lambda earlier: {"first": SECRET}},
)
MODELS = Lesson(number=8, title="Models", exercises=(net, other))
LESSONS = {lesson.number: lesson for lesson in (PRACTICE, MODELS)}

RIGHT = {
    "9.1": f"first = {SECRET}",
    "9.2": "second = 2",
    "9.3": "row = [3, 1, 4]",
    "9.4": "def double(n):\n    return 2 * n",
    "9.5": "twice = {twice}",
    "8.1": (
        "import keras\nnet = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(16)])"
    ),
    "8.2": "second = 2",
}
OPEN = {
    number: f"{next(iter(exercise.answers))} = ____"
    for lesson in LESSONS.values()
    for number, exercise in ((e.number, e) for e in lesson.exercises)
}


def code(cell_id: str, source: str, **metadata: Any) -> Cell:
    """Return a code cell."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def cells_of(lesson: Lesson, answers: dict[str, str], student_id: str = "") -> list[Cell]:
    """Return a lesson's cells with answers in them."""
    views = ", ".join(f"q_{e.number[2:]}" for e in lesson.exercises)
    connect = f"{views} = ct.connect(lesson={lesson.number}, student_id={student_id!r})"
    cells = [
        code("imports", "import coursetools as ct\nfrom coursetools import ____"),
        code("connect", connect),
    ]
    for exercise in lesson.exercises:
        place = exercise.number[2:]
        answer = answers.get(exercise.number, OPEN[exercise.number])
        marker = f"# Exercise {exercise.number}\n"
        cells.append(code(f"a{place}", f"{marker}{answer}\n\nq_{place}.check()"))
        if exercise.number in lesson.hands_out:
            cells.append(code("between", f'number = ct.use("{exercise.number}")'))
    return cells


def file_of(cells: list[Cell], **more: Any) -> bytes:
    """Return a notebook of cells."""
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole | more).encode()


def right_for(student_id: str) -> dict[str, str]:
    """Return all right answers but that to 9.1, which nobody knows."""
    twice = 2 * drawn.draw_for(student_id)["h"]
    return {
        number: source.replace("{twice}", str(twice))
        for number, source in RIGHT.items()
        if number != "9.1"
    }


def released(lesson: Lesson) -> Notebook:
    """Return the notebook as students get it."""
    return read_notebook(file_of(cells_of(lesson, {})))
