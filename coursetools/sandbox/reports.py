"""What the sandbox is asked to run, and what it tells; none of it is a word on marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coursetools.answers import Kind
from coursetools.run_status import RunStatus

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one submission may take."""

    wall: float = 300.0
    """Seconds for the whole submission."""
    cell: float = 30.0
    """Seconds for one cell; then it is interrupted, and soon after ended."""
    cpu: float = 300.0
    """Seconds of processor time."""
    memory: int = 2_500 * MEGABYTE
    """Bytes that all its processes may hold together."""
    processes: int = 200
    """Processes and threads."""
    scratch: int = 64 * MEGABYTE
    """Bytes that it may keep in files."""
    file: int = 64 * MEGABYTE
    """Bytes of one file."""
    output: int = 8 * MEGABYTE
    """Bytes that it may show, all cells together; what is beyond is dropped and said."""
    answers: int = 16 * MEGABYTE
    """Bytes of captured answers, all exercises together."""


@dataclass(frozen=True)
class AskedExercise:
    """One exercise as the runner knows it: no question, no check, no solution."""

    number: str
    """Such as `"2.1"`."""
    view: str
    """Its name in the notebook, such as `"q_1"`."""
    answers: Mapping[str, Kind]
    """What is captured, by the name it has in the notebook."""


@dataclass(frozen=True)
class Opening:
    """What a place is opened with."""

    lesson: int
    student_id: str
    exercises: tuple[AskedExercise, ...]


@dataclass(frozen=True)
class Cell:
    """A code cell to run."""

    index: int
    """Its place in the assembled notebook, from 0."""
    source: str
    exercise: str | None = None
    """The exercise that it answers, None for any other cell."""


@dataclass(frozen=True)
class Shown:
    """One thing that a cell showed."""

    kind: str
    """`"stream"`, `"result"`, `"display"` or `"error"`."""
    text: str = ""
    """Its plain text; for an error the traceback without colours."""
    image: bytes | None = None
    """A PNG or a JPEG as the student's process sent it: bytes from anyone."""
    name: str = ""
    """The stream's name, or the error's."""


@dataclass(frozen=True)
class Capture:
    """The answers of an exercise as data that anyone may have written."""

    exercise: str
    data: Mapping[str, Any]
    at_check: bool = False
    """Whether `check()` asked for it; else its cell had ended."""


@dataclass(frozen=True)
class Handed:
    """What `ct.use` is answered with."""

    how: str
    """`"own"`, `"data"`, `"base"` (a frozen pretrained base, loaded inside) or `"none"`."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """For `"data"`: each answer by name, packed by `coursetools.answers.packing`."""
    sentence: str = ""
    """What to tell whoever reads the cell."""


@dataclass(frozen=True)
class CellReport:
    """What came of a cell."""

    shown: tuple[Shown, ...] = ()
    error: str | None = None
    """The name of what it raised."""
    seconds: float = 0.0
    captures: tuple[Capture, ...] = ()
    ended: RunStatus | None = None
    """How the process ended while this cell ran; None if it stands."""
    sentence: str = ""
    """More about the end, for people."""
