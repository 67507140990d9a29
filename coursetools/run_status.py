"""How a process that ran a student's work ended."""

from __future__ import annotations

import enum


class RunStatus(enum.StrEnum):
    """How a run ended, as seen from outside it."""

    FINISHED = "finished"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    KILLED = "killed"
    """Its process ended before it was told to: an exit, a crash, a limit of the system."""
    GARBLED = "garbled"
    """What it said is nothing that it would say of itself."""
    SANDBOX_ERROR = "sandbox_error"
    """Our fault: no mark is made of it."""
