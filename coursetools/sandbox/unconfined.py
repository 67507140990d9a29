"""Running a notebook without a jail: on the machine of whoever wrote it.

It has the interface of the sandbox and its clocks, and none of its walls. A place is a fresh
process; nothing is forked.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import coursetools
from coursetools._closing import Closing
from coursetools.sandbox import settings
from coursetools.sandbox.frames import Frames
from coursetools.sandbox.place import Place
from coursetools.sandbox.process import SandboxError
from coursetools.sandbox.reports import Limits, Opening


class Unconfined(Closing):
    """Opens places that run as whoever started them, with all that they may do."""

    def __init__(self, modules: Sequence[str] = settings.WARM) -> None:
        """Prepare.

        Args:
            modules: What each place imports before its first cell.
        """
        self._modules = tuple(modules)

    def open(self, opening: Opening, limits: Limits | None = None) -> Place:
        """Start a process for one submission.

        Raises:
            SandboxError: It does not start.
        """
        ours, theirs = socket.socketpair()
        own = settings.WARM_IN.get(opening.lesson, ()) if self._modules else ()
        try:
            process = _Started(theirs, (*self._modules, *own))
        except OSError as error:
            ours.close()
            raise SandboxError(f"No process could be started: {error}.") from error
        finally:
            theirs.close()
        return Place(process, Frames(ours), opening, limits or Limits())

    def close(self) -> None:
        """Do nothing: places are closed one by one."""


def _python_path() -> str:
    """Let the process, which starts in another folder, find this package where it was found."""
    top = str(Path(coursetools.__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, (top, os.environ.get("PYTHONPATH"))))


class _Started:
    """A process of its own session, in an empty folder."""

    def __init__(self, end: socket.socket, modules: Sequence[str]) -> None:
        self._folder = tempfile.mkdtemp(prefix="coursetools-run-")
        main = f"{__package__}.unconfined_main"
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", main, "--socket", str(end.fileno()), *modules],
                cwd=self._folder,
                env={**os.environ, **settings.ENVIRONMENT, "PYTHONPATH": _python_path()},
                pass_fds=(end.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self.pid = self._process.pid

    def interrupt(self) -> None:
        """Interrupt it."""
        self._process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End it and what is left of its session's first group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def ended(self, seconds: float) -> int | None:
        """Wait for its end and give its exit code."""
        try:
            return self._process.wait(seconds) if seconds else self._process.poll()
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        """Remove its folder."""
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
