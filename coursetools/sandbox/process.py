"""What a place asks of the process in which its cells run, jailed or not."""

from __future__ import annotations

import signal
from typing import Protocol


class SandboxError(RuntimeError):
    """The sandbox itself failed: no fault of a submission, and no mark is made of it."""


class Process(Protocol):
    """The process beside the student, and everything that it starts."""

    pid: int
    """The process under which all of them are, as the host numbers it."""

    def interrupt(self) -> None:
        """Interrupt what it does, as Ctrl-C would."""

    def kill(self) -> None:
        """End it and everything that it started; may be called again."""

    def ended(self, seconds: float) -> int | None:
        """Wait for its end.

        Args:
            seconds: How long.

        Returns:
            Its exit code, negative for the signal that ended it; None if it runs on.
        """

    def close(self) -> None:
        """Give back what is held, after its end."""


def told_exit(code: int) -> str:
    """Say in a sentence how a process ended on its own."""
    if code >= 0:
        return f"The process ended by itself, with exit code {code}."
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    meaning = {
        "SIGSEGV": ": memory was touched that is not there",
        "SIGABRT": ": a library gave up",
        "SIGKILL": ": it was killed from inside, or the system ran out of memory",
        "SIGXCPU": ": its processor time was used up",
        "SIGXFSZ": ": a file became too large",
        "SIGSYS": ": it asked the system for something that is forbidden",
    }.get(name, "")
    return f"The process was ended by {name}{meaning}."
