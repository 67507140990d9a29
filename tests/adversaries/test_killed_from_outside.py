"""Processes of the jail that end by no doing of the student's: our fault, tried again, no zero."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from adversaries.practice import PRACTICE, RIGHT, cells_of, file_of, released, right_for
from coursetools.grading.grader import Assignment, grade_one
from coursetools.grading.records import Grade, RunStatus, Submission
from coursetools.sandbox import Limits, Sandbox, proc


def first_inside(place: Any) -> int:
    return int(place._process.pid)


def warden(place: Any) -> int:
    lines = open(f"/proc/{first_inside(place)}/status", encoding="ascii")  # noqa: SIM115
    with lines:
        return int(next(line for line in lines if line.startswith("PPid:")).split()[1])


class Struck:
    """A sandbox whose first places lose a process while the third cell runs."""

    def __init__(self, sandbox: Sandbox, whom: Callable[[Any], int], times: int) -> None:
        self._sandbox, self._whom, self._left = sandbox, whom, times
        self.opened = 0

    def open(self, opening: Any, limits: Limits | None = None) -> Any:
        self.opened += 1
        place = self._sandbox.open(opening, limits)
        if self._left > 0:
            self._left -= 1
            run, ran = place.run, []

            def struck(cell: Any, use: Any) -> Any:
                ran.append(cell)
                if len(ran) == 3:
                    ended = os.pidfd_open(self._whom(place))
                    signal.pidfd_send_signal(ended, signal.SIGKILL)
                    select.select([ended], [], [], 10)  # a quick cell could end before it does
                    os.close(ended)
                return run(cell, use)

            place.run = struck  # type: ignore[method-assign]
        return place

    def __enter__(self) -> Struck:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def graded(runner: Struck) -> Grade:
    answers = right_for("ada") | {"9.1": RIGHT["9.1"]}
    submission = Submission("ada", "Ada", "ada.ipynb", file_of(cells_of(PRACTICE, answers)))
    return grade_one(submission, Assignment(PRACTICE, released(PRACTICE)), runner)


@pytest.mark.parametrize("whom", [first_inside, warden])
def test_one_that_is_killed_is_replaced(sandbox: Sandbox, whom: Callable[[Any], int]) -> None:
    sandbox.start()
    assert sandbox.pid is not None
    before = len(proc.tree(sandbox.pid))
    runner = Struck(sandbox, whom, times=1)
    grade = graded(runner)
    assert (runner.opened, grade.score) == (2, 10)
    assert (grade.status, grade.needs_review, grade.notes) == (RunStatus.FINISHED, False, ())
    until = time.monotonic() + 10
    while len(proc.tree(sandbox.pid)) > before:  # until nothing of it is left
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize("whom", [first_inside, warden])
def test_one_that_is_killed_twice_is_for_review(
    sandbox: Sandbox, whom: Callable[[Any], int]
) -> None:
    runner = Struck(sandbox, whom, times=2)
    grade = graded(runner)
    assert runner.opened == 2
    assert [exercise.score for exercise in grade.exercises] == [None] * 5
    assert (grade.status, grade.has_mark) == (RunStatus.SANDBOX_ERROR, False)
    assert "which is our fault" in grade.review[0]
