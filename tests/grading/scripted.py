"""A runner that does what a test tells it, and a notebook of its own to grade."""

import json
from collections.abc import Callable

from coursetools.answers import capture
from coursetools.exercises import Lesson
from coursetools.grading.grader import Assignment
from coursetools.grading.notebook import read_notebook
from coursetools.grading.records import Submission
from coursetools.sandbox.reports import Capture, Cell, CellReport, Limits


def notebook_bytes(*cells: tuple[str, str] | tuple[str, str, dict]) -> bytes:
    """Make a notebook of code cells, each an id, a source, and perhaps its metadata."""
    made = [
        {
            "cell_type": "code",
            "id": cell[0],
            "metadata": cell[2] if len(cell) > 2 else {},
            "source": cell[1],
            "outputs": [],
            "execution_count": None,
        }
        for cell in cells
    ]
    data = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data).encode()


CONNECT = ("connect", 'q_1, q_2 = ct.connect(lesson=9, student_id="")')
FIRST = ("a1", "# Exercise 9.1\nfirst = ____\n\nq_1.check()")
BETWEEN = ("between", 'number = ct.use("9.1")')
SECOND = ("a2", "# Exercise 9.2\nsecond = ____\n\nq_2.check()")
RELEASED = notebook_bytes(CONNECT, FIRST, BETWEEN, SECOND)


def assignment(lesson: Lesson, released: bytes | None = None, **more: object) -> Assignment:
    return Assignment(lesson, read_notebook(released or RELEASED), **more)


def handed_in(*extra: tuple[str, str], student_id: str = "ada", written: str = "") -> Submission:
    connect = ("connect", CONNECT[1].replace('""', f'"{written}"'))
    data = notebook_bytes(
        connect,
        ("a1", "# Exercise 9.1\nfirst = 1\n\nq_1.check()"),
        BETWEEN,
        *extra,
        ("a2", "# Exercise 9.2\nsecond = 2\n\nq_2.check()"),
    )
    return Submission(student_id, "Ada", "ada.ipynb", data)


class ScriptedPlace:
    """Runs nothing: answers are what is written in their cells, all else is asked of a script."""

    cpu, memory = 1.0, 1000

    def __init__(self, lesson: Lesson, script: Callable[[Cell, Callable], CellReport | None]):
        self._lesson = lesson
        self._script = script
        self.ran: list[str] = []
        self.closed = False

    def run(self, cell: Cell, use: Callable) -> CellReport:
        self.ran.append(cell.source)
        told = self._script(cell, use)
        if told is not None:
            return told
        captures = ()
        if cell.exercise is not None:
            name, _, value = cell.source.splitlines()[1].partition(" = ")
            kinds = self._lesson.exercise(cell.exercise).answers
            plain = value.strip()
            names = {name: int(plain) if plain.isdigit() else plain}
            captures = (Capture(cell.exercise, capture(kinds, names)),)
        return CellReport(captures=captures)

    def stop(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class ScriptedRunner:
    """Opens scripted places and remembers them and the limits they were given."""

    def __init__(self, lesson: Lesson, script=lambda cell, use: None, opening=lambda n: None):
        self._lesson, self._script, self._opening = lesson, script, opening
        self._opened = 0
        self.places: list[ScriptedPlace] = []
        self.limits: list[Limits] = []

    def open(self, opening, limits=None):
        self._opened += 1
        self._opening(self._opened - 1)
        self.limits.append(limits)
        self.places.append(ScriptedPlace(self._lesson, self._script))
        return self.places[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass
