"""Asking a template for kernels: what starts it, and what stands for a kernel it has forked."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ANSWER_SECONDS = 60.0
SETTINGS = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "JPY_PARENT_PID": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
"""The template's environment, as far as modules read it while they are imported.

One thread. A kernel is not to end with its parent, since it may outlive its template. And figures
are shown in the notebook, which ipykernel asks for in a cold kernel before matplotlib is there.
"""

SHARED = "COURSETOOLS_KERNEL_TEMPLATE"
"""Names the socket of a template that another process owns, such as a test run's."""


class TemplateError(RuntimeError):
    """There is no template, or it does not fork; a cold kernel is to be started instead."""


class Template:
    """A template process of this one's, started when the first kernel is asked for."""

    def __init__(self, modules: Sequence[str] = ()) -> None:
        """Prepare; `modules` are imported in place of what the course preloads."""
        self._modules = tuple(modules)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline: int | None = None
        self._folder: str | None = None
        self.socket: Path | None = None
        """Where it listens; None before it was started."""

    @property
    def pid(self) -> int | None:
        """Its process, None before it was started."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process if it is not running; it imports on its own from here on."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            self._close()
            self._folder = tempfile.mkdtemp(prefix="coursetools-")
            self.socket = Path(self._folder) / "template"
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            ours, theirs = os.pipe()[::-1]
            try:
                listener.bind(str(self.socket))
                listener.listen(64)
                self._process = subprocess.Popen(
                    self._command(listener.fileno(), theirs),
                    stdin=subprocess.DEVNULL,
                    pass_fds=(listener.fileno(), theirs),
                    start_new_session=True,
                    env={**os.environ, **SETTINGS},
                )
            except OSError as error:
                os.close(ours)
                raise TemplateError(f"The template could not be started: {error}.") from error
            finally:
                listener.close()
                os.close(theirs)
            self._lifeline = ours

    def fork(
        self,
        arguments: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: str | os.PathLike[str] | None = None,
        outputs: Sequence[int] = (),
        independent: bool = False,
    ) -> ForkedKernel:
        """Fork a kernel, when the template has imported its modules.

        Args:
            arguments: What follows `python -m` for a cold kernel: the module, then its arguments.
            env: The kernel's environment variables.
            cwd: The folder in which it runs; None is this process's.
            outputs: Descriptors for its stdout and stderr; none are the template's own.
            independent: Whether it may outlive this process.

        Raises:
            TemplateError: It cannot be had.
        """
        shared = os.environ.get(SHARED)
        if shared is None:
            self.start()
        place = shared or str(self.socket)
        request = {
            "argv": list(arguments),
            "env": dict(env),
            "cwd": os.fspath(cwd or Path.cwd()),
            "independent": independent,
        }
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(ANSWER_SECONDS)
        try:
            connection.connect(place)
            message = json.dumps(request).encode() + b"\n"
            sent = socket.send_fds(connection, [message], list(outputs))
            connection.sendall(message[sent:])
            answer, descriptors, _, _ = socket.recv_fds(connection, 4096, 1)
        except OSError as error:
            connection.close()
            raise TemplateError(f"The template at `{place}` does not answer: {error}.") from error
        said = json.loads(answer.splitlines()[0]) if answer else {}
        if "pid" not in said or not descriptors:
            connection.close()
            raise TemplateError(said.get("refused", "The template ended before it forked."))
        return ForkedKernel(said["pid"], descriptors[0], connection)

    def stop(self) -> None:
        """End the process; kernels forked from it end with their own owner."""
        with self._lock:
            self._close()

    def _command(self, listener: int, lifeline: int) -> list[str]:
        module = f"{__package__}.template"
        descriptors = ["--listen", str(listener), "--lifeline", str(lifeline)]
        return [sys.executable, "-m", module, *descriptors, *self._modules]

    def _close(self) -> None:
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


class ForkedKernel:
    """A forked kernel with the face of `subprocess.Popen`, as far as Jupyter looks at it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int, connection: socket.socket) -> None:
        """Take over what the template answered with."""
        self.pid = pid
        self.returncode: int | None = None
        self._pidfd = pidfd
        self._connection = connection

    def poll(self) -> int | None:
        """Return its exit code (negative: the signal that ended it), None while it runs."""
        if self.returncode is None and select.select([self._pidfd], [], [], 0)[0]:
            self.returncode = self._exit_code()
            self._connection.close()
            os.close(self._pidfd)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return its exit code.

        Raises:
            subprocess.TimeoutExpired: It runs on after `timeout` seconds.
        """
        if self.returncode is None:
            ended = select.select([self._pidfd], [], [], timeout)[0]
            if not ended:
                raise subprocess.TimeoutExpired(f"kernel {self.pid}", timeout or 0)
        code = self.poll()
        return code if code is not None else 0

    def send_signal(self, number: int) -> None:
        """Send a signal, to this process and never to a later one of its number."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._pidfd, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _exit_code(self) -> int:
        """Ask the template; one that has died took the answer along."""
        deadline = time.monotonic() + 2
        message = b""
        with contextlib.suppress(OSError):
            while not message.endswith(b"\n") and time.monotonic() < deadline:
                self._connection.settimeout(max(deadline - time.monotonic(), 0.01))
                part = self._connection.recv(4096)
                if not part:
                    break
                message += part
        for line in message.splitlines():
            answer: dict[str, Any] = json.loads(line)
            if "exit" in answer:
                return int(answer["exit"])
        return 1
