"""Runners that workers of a cluster open in their own processes, and what happens to those."""

import os
import signal
import threading
from pathlib import Path

from coursetools.grading.cluster import worker
from coursetools.sandbox import RunStatus, Sandbox, why_not
from coursetools.sandbox.reports import CellReport
from grading.scripted import ScriptedPlace, ScriptedRunner


def bare():
    """The sandbox, with a template that imports nothing: ready within a second."""
    return Sandbox(modules=())


class _Asked:
    """A lesson as a place knows it."""

    def __init__(self, opening):
        self._answers = {exercise.number: exercise for exercise in opening.exercises}

    def exercise(self, number):
        return self._answers[number]


class _Place(ScriptedPlace):
    """A cell may say that its worker's process is killed, once or each time, or that it waits."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._ended = threading.Event()

    def run(self, cell, use):
        word, _, rest = cell.source.partition(" ")
        if word == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "kill-once" and not Path(rest).exists():
            Path(rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "wait":
            Path(rest).touch()
            self._ended.wait(60)
            Path(f"{rest}-ended").touch()
            return CellReport(ended=RunStatus.SANDBOX_ERROR, sentence="It was stopped.")
        return super().run(cell, use)

    def stop(self):
        self._ended.set()


class _Runner(ScriptedRunner):
    def __init__(self):
        super().__init__(None)

    def open(self, opening, limits=None):
        return _Place(_Asked(opening), lambda cell, use: None)


def scripted():
    """A runner without processes."""
    return _Runner()


def without_sandbox():
    """Have this process find no sandbox, until `with_sandbox`."""
    worker.why_not = lambda: "No walls."


def with_sandbox():
    worker.why_not = why_not
