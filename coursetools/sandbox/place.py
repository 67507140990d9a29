"""A place: one submission's cells run in it, one after the other, and are told about.

The host's side of it. How the run stands is said by the host's clock, by the system, and by the
warden; what the runner says is only what was shown, captured and asked for.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any

from coursetools._closing import Closing
from coursetools.answers.declared import kind_data
from coursetools.run_status import RunStatus
from coursetools.sandbox import caps
from coursetools.sandbox.frames import ClosedError, Frames, GarbledError
from coursetools.sandbox.process import Process, SandboxError, told_exit
from coursetools.sandbox.receiving import Budgets, Receiving
from coursetools.sandbox.reports import Cell, CellReport, Handed, Limits, Opening
from coursetools.sandbox.watch import SECONDS, Watch

START_SECONDS = 90.0
"""How long the runner may take to be ready; no student code has run by then."""

GRACE_SECONDS = 2.0
"""How long an interrupted cell may take to end."""

_SEND_SECONDS = 5.0
_EXIT_SECONDS = 2.0
_SLICE = 0.2

Use = Callable[[str], Handed]
"""Decides what `ct.use` gives for an exercise's number."""

NOTHING = Handed("none", sentence="In a cell that answers an exercise, no other answer is given.")


class Place(Closing):
    """One submission's processes, until it is closed."""

    def __init__(self, process: Process, frames: Frames, opening: Opening, limits: Limits) -> None:
        """Have the runner open, and wait until it is ready.

        Raises:
            SandboxError: It does not get ready.
        """
        self._process = process
        self._frames = frames
        self._limits = limits
        self._budgets = Budgets(limits, [e.number for e in opening.exercises])
        self._number = 0
        self._lock = threading.Lock()
        self._closed = False
        self._status: RunStatus | None = None
        self._sentence = ""
        self._watch: Watch | None = None
        try:
            self._open(opening)
        except BaseException:
            self.close()
            raise
        self._watch = Watch(process.pid, limits, self._end, SECONDS)

    @property
    def status(self) -> RunStatus | None:
        """How the process ended, None while it stands."""
        return self._status

    @property
    def sentence(self) -> str:
        """More about the end, for people."""
        return self._sentence

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far; 0 where the system does not tell."""
        return self._watch.cpu if self._watch else 0.0

    @property
    def memory(self) -> int:
        """The most bytes seen so far; 0 where the system does not tell."""
        return self._watch.memory if self._watch else 0

    def run(self, cell: Cell, use: Use) -> CellReport:
        """Run a cell and wait for its end.

        Args:
            cell: What to run.
            use: Asked, in this thread, what `ct.use` gives for an exercise of that number. It is
                not asked in a cell that answers an exercise. Its time is not the cell's.

        Returns:
            What came of it. If `ended` is set the process is gone, and further cells do not run.
        """
        self._number += 1
        receiving = Receiving(cell, self._number, self._budgets)
        if self._status is not None:
            return receiving.report(self._status, self._sentence)
        if len(cell.source) > caps.SOURCE:
            return receiving.too_large()
        sentence = ""
        try:
            sentence = self._run(cell, use, receiving)
        except GarbledError as error:
            self._end(RunStatus.GARBLED, str(error))
        except ClosedError:
            self._end(*self._how_it_ended())
        except SandboxError as error:
            self._end(RunStatus.SANDBOX_ERROR, str(error))
        # The process may also have been ended by the watch, just as the cell was done.
        if not receiving.done and self._status is not None:
            return receiving.report(self._status, self._sentence)
        return receiving.report(sentence=sentence)

    def stop(self) -> None:
        """End the processes, from any thread, as no fault of the submission; then close it."""
        if not self._closed:
            self._end(RunStatus.SANDBOX_ERROR, "It was stopped.")

    def close(self) -> None:
        """End the processes and give everything back; may be called again."""
        if self._closed:
            return
        self._closed = True
        if self._watch is not None:
            self._watch.stop()
        self._process.kill()
        with contextlib.suppress(SandboxError):
            self._process.ended(_EXIT_SECONDS)
        self._process.close()
        self._frames.close()

    def _open(self, opening: Opening) -> None:
        try:
            self._frames.send(opening_frame(opening, self._limits), _SEND_SECONDS)
            ready = self._frames.receive(time.monotonic() + START_SECONDS)
        except (ClosedError, GarbledError) as error:
            code = self._process.ended(_EXIT_SECONDS)
            how = str(error) if code is None else told_exit(code)
            raise SandboxError(f"The runner did not start. {how}") from error
        if ready is None or ready.get("frame") != "ready":
            told = f"It said {str(ready)[:300]}." if ready else "It said nothing."
            raise SandboxError(f"The runner was not ready within {START_SECONDS:g} s. {told}")

    def _run(self, cell: Cell, use: Use, receiving: Receiving) -> str:
        """Send the cell, take what is told of it, and keep the clock; gives a sentence on it."""
        message = {"frame": "run", "run": self._number, "index": cell.index, "source": cell.source}
        self._frames.send(message | {"exercise": cell.exercise}, _SEND_SECONDS)
        until = time.monotonic() + self._limits.cell
        interrupted = ""
        while not receiving.done:
            frame = self._frames.receive(min(until, time.monotonic() + _SLICE))
            if frame is not None:
                asked = receiving.take(frame, self._frames.size, self._frames.values)
                if asked is not None:
                    until += self._hand(asked, cell, use)
            elif self._status is not None:
                return ""
            elif self._process.ended(0) is not None:
                raise ClosedError("The process has ended.")
            if time.monotonic() < until or receiving.done:
                continue
            words = f"The cell took longer than {self._limits.cell:g} seconds"
            if interrupted:
                self._end(RunStatus.TIMED_OUT, f"{words} and did not end when it was interrupted.")
                return ""
            self._process.interrupt()
            interrupted = f"{words} and was interrupted."
            until = time.monotonic() + GRACE_SECONDS
        return interrupted

    def _hand(self, exercise: str, cell: Cell, use: Use) -> float:
        """Answer a `use`; gives the seconds that it took us."""
        began = time.monotonic()
        handed = NOTHING if cell.exercise is not None else use(exercise)
        message: dict[str, Any] = {"frame": "handed", "run": self._number, "exercise": exercise}
        message |= {"how": handed.how, "values": dict(handed.values), "sentence": handed.sentence}
        self._frames.send(message, _SEND_SECONDS)
        return time.monotonic() - began

    def _how_it_ended(self) -> tuple[RunStatus, str]:
        """Say why the runner is gone; called when its end of the socket is."""
        try:
            code = self._process.ended(_EXIT_SECONDS)
        except SandboxError as error:
            return RunStatus.SANDBOX_ERROR, str(error)
        if code is None:
            return RunStatus.GARBLED, "It closed its connection to the grader and ran on."
        return RunStatus.KILLED, told_exit(code)

    def _end(self, status: RunStatus, sentence: str) -> None:
        """End the process; the first reason stands."""
        with self._lock:
            if self._status is None:
                self._status, self._sentence = status, sentence
        self._process.kill()


def opening_frame(opening: Opening, limits: Limits) -> dict[str, Any]:
    """Give the first frame: all that the runner knows of the lesson."""
    exercises = [
        {
            "number": exercise.number,
            "view": exercise.view,
            "answers": {name: kind_data(kind) for name, kind in exercise.answers.items()},
        }
        for exercise in opening.exercises
    ]
    return {
        "frame": "open",
        "lesson": opening.lesson,
        "student_id": opening.student_id,
        "exercises": exercises,
        "output": limits.output,
    }
