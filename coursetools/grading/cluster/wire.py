"""What a worker is told of an assignment, as plain data, and the assignment that it makes of it."""

from __future__ import annotations

import platform
import uuid
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from coursetools import lessons
from coursetools.grading.grader import Assignment
from coursetools.grading.holdout import holdout_files, with_holdout
from coursetools.grading.notebook import Notebook
from coursetools.grading.records import Submission
from coursetools.grading.version import version_of
from coursetools.lessons.own import load_own
from coursetools.sandbox.reports import Limits

_BEARING = ("keras", "numpy", "pandas", "scikit-image", "scipy", "tensorflow")


@dataclass(frozen=True)
class File:
    """A file, to be written again elsewhere."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Packed:
    """An assignment, and what a worker must have to mark it as everybody else does."""

    run: str
    """Names this run of the command."""
    version: str
    """Of what marks; see `version_of`."""
    libraries: tuple[str, ...]
    """Names and versions of what else bears on marks."""
    lesson: int
    own: File | None
    """The lesson's file if it is an instructor's own."""
    released: Notebook
    limits: Limits
    class_ids: tuple[str, ...]
    text_answers: bool
    holdout: tuple[File, ...] | None
    """The files of an instructor's held-out pictures."""


@dataclass(frozen=True)
class Unpacked:
    """An assignment as a worker has it."""

    assignment: Assignment
    version: str
    """Of what marks here."""
    own: Path | None
    """The file of an instructor's own lesson."""


def pack(assignment: Assignment, own: Path | None, holdout: Path | None) -> Packed:
    """Make plain data of an assignment.

    Args:
        assignment: What was asked.
        own: The lesson's file if it is an instructor's own.
        holdout: The folder of held-out pictures that its judge asks.
    """
    lesson = assignment.lesson
    files = tuple(File(file.name, file.read_bytes()) for file in holdout_files(holdout))
    return Packed(
        run=uuid.uuid4().hex,
        version=version_of(lesson, assignment.released, holdout),
        libraries=libraries(),
        lesson=lesson.number,
        own=None if own is None else File(own.name, own.read_bytes()),
        released=assignment.released,
        limits=assignment.limits,
        class_ids=assignment.class_ids,
        text_answers=assignment.text_answers,
        holdout=None if holdout is None else files,
    )


def unpack(packed: Packed, folder: Path) -> Unpacked:
    """Make the assignment of it; what are files go into an empty folder, which stays.

    Raises:
        UnknownLessonError: This version has no such lesson, or the own lesson does not run here.
    """
    own = holdout = None
    if packed.own is not None:
        own = _written(folder / "lesson", (packed.own,)) / packed.own.name
    if packed.holdout is not None:
        holdout = _written(folder / "holdout", packed.holdout)
    lesson = lessons.load(packed.lesson) if own is None else load_own(own)
    assignment = Assignment(
        with_holdout(lesson, holdout),
        packed.released,
        packed.limits,
        class_ids=packed.class_ids,
        text_answers=packed.text_answers,
    )
    return Unpacked(assignment, version_of(lesson, packed.released, holdout), own)


def libraries() -> tuple[str, ...]:
    """Give names and versions of what bears on marks and does not come with the course."""
    major, minor, _ = platform.python_version_tuple()
    return (f"Python {major}.{minor}", *(f"{name} {_version(name)}" for name in _BEARING))


def with_bytes(submission: Submission) -> Submission:
    """Give a submission that needs no file of this machine."""
    return replace(submission, notebook_file=submission.notebook, capstone_file=submission.capstone)


def _written(folder: Path, files: tuple[File, ...]) -> Path:
    folder.mkdir()
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return folder


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(missing)"
