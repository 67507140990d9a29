"""The supervisor's eye on one submission: its wall clock, processor time, memory and processes.

What it believes comes from its own clock and from the system, never from the run. Memory is the
sum of shares (PSS) and page tables, because TensorFlow's address space says nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from coursetools.run_status import RunStatus
from coursetools.sandbox import proc
from coursetools.sandbox.reports import MEGABYTE, Limits

SECONDS = 0.25
"""How often it looks."""

EXACTLY_EVERY = 8
"""Which of its looks at the memory is a close one, for the peak that is told."""


class Watch:
    """Looks at one submission until it is told to stop."""

    def __init__(
        self, pid: int, limits: Limits, end: Callable[[RunStatus, str], None], seconds: float
    ) -> None:
        """Begin to watch, in a thread of its own.

        Args:
            pid: The process under which all others are.
            limits: What it may take.
            end: Called with a status and a sentence when it took more.
            seconds: How often to look.
        """
        self._pid = pid
        self._limits = limits
        self._end = end
        self._seconds = seconds
        self._until = time.monotonic() + limits.wall
        self._stopped = threading.Event()
        self.cpu = 0.0
        """Seconds of processor time so far."""
        self.memory = 0
        """The most bytes that were seen."""
        self._thread = threading.Thread(target=self._run, name="sandbox watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look a last time, and no more."""
        self._stopped.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        look = proc.known()
        looks = 0
        while True:
            stopped = self._stopped.is_set()
            exactly = stopped or looks % EXACTLY_EVERY == 0
            found = self._look(exactly=exactly) if look else None
            looks += 1
            if stopped:
                return
            if found is None and time.monotonic() > self._until:
                words = f"{self._limits.wall:g} seconds"
                found = (RunStatus.TIMED_OUT, f"The notebook took longer than {words}.")
            if found is not None:
                self._end(*found)
                return
            self._stopped.wait(self._seconds)

    def _takes_too_much(self, pids: list[int], *, exactly: bool) -> bool:
        """Ask for the memory, closely only where it may matter: that takes time of the run's."""
        if not exactly and sum(map(proc.most_memory, pids)) <= self._limits.memory:
            return False
        memory = sum(map(proc.memory, pids))
        self.memory = max(self.memory, memory)
        return memory > self._limits.memory

    def _look(self, *, exactly: bool) -> tuple[RunStatus, str] | None:
        """Look once, and say what is wrong; `exactly` asks for the memory closely."""
        limits = self._limits
        pids = proc.tree(self._pid)
        if len(pids) > limits.processes:
            return RunStatus.KILLED, f"It started more than {limits.processes} processes."
        self.cpu = max(self.cpu, sum(map(proc.cpu, pids)))
        if self._takes_too_much(pids, exactly=exactly):
            megabytes = limits.memory // MEGABYTE
            return RunStatus.OUT_OF_MEMORY, f"It took more than {megabytes:,} MB of memory."
        if self.cpu > limits.cpu:
            words = f"{limits.cpu:g} seconds of processor time"
            return RunStatus.TIMED_OUT, f"The notebook took more than {words}."
        return None
