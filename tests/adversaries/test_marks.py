"""Whole notebooks that would have a mark they did not earn, through the grader and the sandbox.

Exercise 9.1 asks for a number that cannot be guessed; 9.2 asks for 2, and is answered rightly in
every notebook: an attack must neither earn the first nor lose the second.
"""

from __future__ import annotations

from typing import Any

import pytest

from coursetools.exercises import Lesson
from coursetools.grading.grader import grade_one
from coursetools.grading.records import Grade, Submission
from coursetools.sandbox import Limits, Sandbox, Unconfined
from grading.scripted import BETWEEN, CONNECT, FIRST, assignment, notebook_bytes
from grading.test_grader import number

SECRET = 839_201
HERE = "first = 1"


def lesson() -> Lesson:
    exercises = (number(1, "first", SECRET), number(2, "second", 2))
    hands_out = {"9.1": lambda earlier: {"first": SECRET}}
    return Lesson(number=9, title="Practice", exercises=exercises, hands_out=hands_out)


def graded(where: Any, answer: str, *added: str, **limits: Any) -> Grade:
    cells = (
        ("imports", "import coursetools as ct\nfrom coursetools import ____"),
        CONNECT,
        ("a1", f"# Exercise 9.1\n{answer}\n\nq_1.check()"),
        BETWEEN,
        *((f"added-{place}", source) for place, source in enumerate(added)),
        ("a2", "# Exercise 9.2\nsecond = 2\n\nq_2.check()"),
    )
    released = notebook_bytes(cells[0], CONNECT, FIRST, BETWEEN, ("a2", "# Exercise 9.2\nx = 1"))
    asked = assignment(lesson(), released=released, limits=Limits(**limits))
    submission = Submission("ada", "Ada", "ada.ipynb", notebook_bytes(*cells))
    return grade_one(submission, asked, where)


def scores(grade: Grade) -> list[float | None]:
    return [exercise.score for exercise in grade.exercises]


ATTACKS: dict[str, tuple[str, ...]] = {
    "the fallback, in the answer cell": ("first = ct.use('9.1')",),
    "the fallback, bound afterwards and checked": (HERE, "first = number\nq_1.check()"),
    "the fallback, by a cell of one's own before the lesson's": (
        HERE,
        "first = ct.use('9.1')\nq_1.check()",
    ),
    "a hook that binds the fallback behind the lesson's back": (
        "first = ____\n"
        "def peek(result):\n"
        "    names = get_ipython().user_ns\n"
        "    if 'number' in names: names['first'] = names['number']; names['q_1'].check()\n"
        "get_ipython().events.register('post_run_cell', peek)",
    ),
    "connect and use written anew": (
        "ct.use = lambda exercise: 0\nct.connect = lambda **k: (None, None)\nfirst = 0",
    ),
    "the solution, from the lesson": (
        "from coursetools import lessons\nfirst = lessons.load(9).exercises[0].solve_for('ada')",
    ),
    "an answer that lies about itself": (
        "class Any(int):\n"
        "    def __eq__(self, other): return True\n"
        "    def __ne__(self, other): return False\n"
        "    __hash__ = int.__hash__\n"
        "    def __index__(self): return 839201\n"
        "first = Any(1)",
    ),
    "no marker, no answer, a forged check": (
        "class Passed:\n"
        "    def check(self): print('All correct: 2 of 2 points')\n"
        "q_1 = Passed()\nfirst = 1",
    ),
    "the process ended after the check": ("first = 1\nq_1.check()\nimport os\nos._exit(0)",),
    "an exit that looks clean": ("first = 1\nraise SystemExit(0)",),
    "a signal to every process there is": ("import os, signal\nos.kill(-1, signal.SIGKILL)",),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_it_earns_nothing_and_costs_nothing_else(sandbox: Sandbox, attack: tuple[str, ...]) -> None:
    assert scores(graded(sandbox, *attack)) == [0, 2]


def test_typing_the_answer_earns_it(sandbox: Sandbox) -> None:
    assert scores(graded(sandbox, f"first = {SECRET}")) == [2, 2]


def test_where_the_fallback_is_taken_for_an_answer_it_earns(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What closing an exercise is for."""
    attack = ATTACKS["the fallback, bound afterwards and checked"]
    monkeypatch.setattr(
        "coursetools.grading.marking.Marking.take",
        lambda marking, capture: marking._data.update({capture.exercise: dict(capture.data)}),
    )
    assert scores(graded(sandbox, *attack)) == [2, 2]


def test_one_loop_costs_one_exercise(sandbox: Sandbox) -> None:
    grade = graded(sandbox, "while True: pass", cell=1.0)
    assert scores(grade) == [0, 2]
    assert "longer than 1 seconds" in grade.cells[0].note


def test_one_bomb_costs_one_exercise(sandbox: Sandbox) -> None:
    grade = graded(sandbox, "bomb = [bytearray(10**7) for _ in range(10**5)]", memory=400 * 1024**2)
    assert scores(grade) == [0, 2]
    assert grade.status.value in ("out_of_memory", "finished")  # a MemoryError is an error


def test_the_same_marks_without_walls_for_who_checks_at_home() -> None:
    assert scores(graded(Unconfined(modules=()), f"first = {SECRET}")) == [2, 2]
