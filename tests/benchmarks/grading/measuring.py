"""What a command takes: seconds, seconds of processor time and memory, of all its processes.

The system adds a process's time to its parent's only where the parent waits for it, and a template
that forks hundreds does not. So all processes under the command are looked at every few
hundredths of a second; what one did after the last look is missed. Linux only.
"""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coursetools.sandbox import proc

_EVERY = 0.02
_EVERY_MEMORY = 0.5
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Taken:
    """What a command took: seconds of wall and processor time, peak bytes (shared ones once)."""

    wall: float
    cpu: float
    memory: int


class CommandFailedError(RuntimeError):
    """A command ended with another exit code than 0; the text has its last words."""


def measured(
    command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str] | None = None
) -> Taken:
    """Run a command to its end, its words into the file `log`.

    Raises:
        CommandFailedError: It failed.
    """
    with log.open("wb") as words:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=words,
            stderr=words,
            stdin=subprocess.DEVNULL,
        )
        eye = _Eye(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        eye.stop()
    if process.returncode:
        last = log.read_text(errors="replace")[-2_000:]
        raise CommandFailedError(f"`{' '.join(command)}` ended with {process.returncode}:\n{last}")
    # Where every child is waited for, the system's own count is the exact one.
    return Taken(wall, max(eye.cpu, usage.ru_utime + usage.ru_stime), eye.memory)


class _Eye(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.memory = 0
        self._pid = pid
        self._seconds: dict[tuple[int, int], float] = {}
        self._done = threading.Event()
        self.start()

    @property
    def cpu(self) -> float:
        return sum(self._seconds.values())

    def stop(self) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        next_memory = 0.0
        while not self._done.wait(_EVERY):
            pids = proc.tree(self._pid)
            for pid in pids:
                self._look(pid)
            if time.monotonic() > next_memory:
                self.memory = max(self.memory, sum(map(proc.memory, pids)))
                next_memory = time.monotonic() + _EVERY_MEMORY

    def _look(self, pid: int) -> None:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            return
        user, system, began = int(fields[11]), int(fields[12]), int(fields[19])
        self._seconds[pid, began] = (user + system) / _TICKS
