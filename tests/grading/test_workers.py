"""Whoever asks for grades may stop: then what still runs is ended, not waited for."""

import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from coursetools.grading.workers import Here
from coursetools.sandbox import RunStatus, why_not
from coursetools.sandbox.reports import CellReport
from grading.scripted import ScriptedPlace, ScriptedRunner, assignment, handed_in
from grading.test_batch import graded_so_far
from grading.test_grader import LESSON
from lessons.own_page import cell, notebook, write_lesson

LONG = 60
"""Seconds after which a test that hangs is given up."""


class SleepingPlace(ScriptedPlace):
    """A submission that sleeps until it is ended, if its notebook is so."""

    def __init__(self, lesson, begun, ended):
        super().__init__(lesson, lambda cell, use: None)
        self._begun, self._ended = begun, ended

    def run(self, asked, use):
        if "sleep" not in asked.source:
            return super().run(asked, use)
        self._begun.set()
        assert self._ended.wait(LONG)
        return CellReport(ended=RunStatus.SANDBOX_ERROR, sentence="It was stopped.")

    def stop(self):
        self._ended.set()


class SleepingRunner(ScriptedRunner):
    def __init__(self, lesson):
        super().__init__(lesson)
        self.begun, self.ended = threading.Event(), threading.Event()

    def open(self, opening, limits=None):
        self.places.append(SleepingPlace(self._lesson, self.begun, self.ended))
        return self.places[-1]


def test_what_runs_is_ended_when_no_more_is_wanted():
    runner = SleepingRunner(LESSON)
    sleeping = replace(handed_in(("s", "sleep")), path="sleeping")
    awake = [replace(handed_in(), path=f"{n}") for n in range(9)]
    results = Here(2).graded([awake[0], sleeping, *awake[1:]], assignment(LESSON), lambda: runner)
    first, grade = next(results)
    assert (first.path != "sleeping", grade.score) == (True, 4)
    assert runner.begun.wait(LONG)
    assert not runner.ended.is_set()
    results.close()
    assert runner.ended.is_set()
    assert all(place.closed for place in runner.places)
    assert len(runner.places) < 10  # and most of the others never began


COMMAND = """
import functools
from coursetools.cli import app, grade
from coursetools.sandbox import Limits, Sandbox
grade._runner = lambda unconfined: functools.partial(Sandbox, modules=())
grade.Limits = lambda: Limits(cell=10_000)
app()
"""


@pytest.mark.skipif(why_not() is not None, reason=why_not() or "")
def test_ctrl_c_does_not_wait_for_a_submission_that_sleeps(tmp_path):
    lesson = write_lesson(tmp_path / "mine")
    handed = tmp_path / "handed-in"
    handed.mkdir()
    (handed / "anna.ipynb").write_bytes(notebook("3", "anna"))
    asleep = "print('asleep'); import time; time.sleep(10_000)"
    (handed / "ben.ipynb").write_bytes(notebook("3", "ben", cell("sleep", asleep)))
    out = tmp_path / "out"
    line = [sys.executable, "-c", COMMAND, "grade", handed, "--lesson", lesson, "--out", out]
    line += ["--seconds", "10000", "--jobs", "2"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as grader:
        while graded_so_far(out) < 1:
            assert grader.poll() is None, grader.stderr.read()
            time.sleep(0.05)
        grader.send_signal(signal.SIGINT)
        _, words = grader.communicate(timeout=LONG)
    assert grader.returncode == 130
    assert "Stopped. What was graded so far is in the gradebook" in words
    assert graded_so_far(out) == 1
