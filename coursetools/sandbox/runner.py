"""The runner: runs the cells that it is sent, and tells what they showed and answered.

It runs beside the student, who can change every line of it. So it decides nothing: what it tells
is read by the host as if a student had written it.
"""

from __future__ import annotations

import ast
import os
import random
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from coursetools.answers import AnswerState, Kind, capture, plain
from coursetools.answers.declared import kind_from
from coursetools.probes import PROBES
from coursetools.sandbox import caps, stand_ins
from coursetools.sandbox.frames import ClosedError, Frames
from coursetools.sandbox.shell import make_shell, take_over_streams
from coursetools.sandbox.telling import Interrupts, Teller

SEED = 0
"""From which every run draws its random numbers."""


def import_modules(names: Iterable[str]) -> None:
    """Import what notebooks need."""
    for name in names:
        import_module(name)


def serve(frames: Frames) -> None:
    """Open, run cells until the host closes the connection, and return."""
    opening = frames.receive()
    if opening is None:
        return
    runner = _Runner(frames, opening)
    frames.send({"frame": "ready"})
    while True:
        try:
            message = frames.receive()
        except ClosedError:
            return
        if message is not None and message.get("frame") == "run":
            runner.run(message)


class _Runner:
    def __init__(self, frames: Frames, opening: Mapping[str, Any]) -> None:
        self._interrupts = Interrupts()
        self._teller = Teller(frames, self._interrupts, opening["output"])
        self._answers: dict[str, dict[str, Kind]] = {
            exercise["number"]: {
                name: kind_from(kind) for name, kind in exercise["answers"].items()
            }
            for exercise in opening["exercises"]
        }
        self._views = {exercise["number"]: exercise["view"] for exercise in opening["exercises"]}
        self._exercise: str | None = None
        self._checks = 0
        self._checked: dict[str, Any] | None = None
        self._shell: Any = make_shell(self._teller)
        stand_ins.install(
            {view: number for number, view in self._views.items()},
            self._answers,
            check=self._check,
            ask=self._teller.ask,
            running=lambda: self._exercise,
            names=self._shell.user_ns,
        )
        _seed()

    def run(self, message: Mapping[str, Any]) -> None:
        self._teller.begin(message["run"])
        self._exercise, self._checks, self._checked = message["exercise"], 0, None
        source = message["source"]
        error = None
        take_over_streams(self._teller)
        self._interrupts.install()
        self._interrupts.running = True
        try:
            error = self._run_cell(source)
        except KeyboardInterrupt:  # it came between the cell and here
            error = "KeyboardInterrupt"
        except BaseException as problem:  # noqa: BLE001 - IPython did not take it, so it shows here
            error = type(problem).__name__
            self._teller.error(error, f"{error}: {problem}")
        try:
            if self._exercise is not None:
                ends_in_check = error is None and _ends_in_check(
                    source, self._views[self._exercise]
                )
                data = self._checked if ends_in_check else None
                self._capture(self._exercise, at_check=False, data=data)
        except KeyboardInterrupt:
            error = error or "KeyboardInterrupt"
        finally:
            self._interrupts.running = False
            self._exercise = None
        self._teller.end(error)

    def _run_cell(self, source: str) -> str | None:
        """Run a cell and give the name of what it raised, None if nothing."""
        result = self._shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        return None if error is None else type(error).__name__

    def _check(self, exercise: str) -> None:
        self._checks += 1
        self._checked = None
        if self._checks <= caps.CELL_CHECKS:
            data = self._capture(exercise, at_check=True)
            self._checked = data if exercise == self._exercise else None

    def _capture(
        self, exercise: str, *, at_check: bool, data: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Send an exercise's answers, captured now unless they are given."""
        data = self._captured(exercise) if data is None else data
        try:
            self._teller.capture(exercise, data, at_check=at_check)
        except ValueError:
            self._teller.capture(exercise, _too_large(self._answers[exercise]), at_check=at_check)
        return data

    def _captured(self, exercise: str) -> dict[str, Any]:
        """Capture one answer after the other: what breaks off one costs no other."""
        data: dict[str, Any] = {}
        for name, kind in self._answers[exercise].items():
            try:
                data |= capture({name: kind}, self._shell.user_ns, PROBES)
            except KeyboardInterrupt:
                data[name] = _unreadable(kind, "Looking at it took too long.")
            except BaseException as error:  # noqa: BLE001 - an object may raise what it likes
                reason = f"Looking at it raised `{plain.type_name(error)}`."
                data[name] = _unreadable(kind, reason)
        return data


def _ends_in_check(source: str, view: str) -> bool:
    """Say whether a cell's last line is the check of its own exercise.

    Nothing has run since then, so what was captured is still what there is, and a model need not
    be looked at twice.
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(body) and ast.unparse(body[-1]) == f"{view}.check()"


def _unreadable(kind: Kind, reason: str) -> dict[str, Any]:
    return {
        "state": AnswerState.UNREADABLE.value,
        "kind": kind.name,
        "type": "",
        "shown": "",
        "content": {},
        "reason": reason,
    }


def _too_large(kinds: Mapping[str, Kind]) -> dict[str, Any]:
    reason = "The answers of this exercise are too large together."
    return {name: _unreadable(kind, reason) for name, kind in kinds.items()}


def _seed() -> None:
    """Let every run draw the same random numbers, whoever ran before."""
    random.seed(SEED)
    numpy, keras = sys.modules.get("numpy"), sys.modules.get("keras")
    if numpy is not None:
        numpy.random.seed(SEED)
    if keras is not None:
        keras.utils.set_random_seed(SEED)


def leave() -> None:
    """End this process at once: nothing of a student's runs on at its end."""
    os._exit(0)
