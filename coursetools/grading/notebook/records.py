"""What comes of holding a notebook against the released one."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from coursetools.answers.stored import StoredAnswer


class Origin(enum.StrEnum):
    """Who wrote a cell."""

    RELEASED = "released"
    STUDENT_ANSWER = "student_answer"
    STUDENT_ADDED = "student_added"


@dataclass(frozen=True)
class AssembledCell:
    """A cell to run."""

    source: str
    origin: Origin
    exercise: str | None = None
    """The exercise that it answers, None for any other cell."""
    cell_id: str | None = None
    """Its id in the notebook it comes from."""
    draft_of: str | None = None
    """The exercise for which another cell counts. It runs, since it may define what that one
    needs, but what is captured of that exercise while it runs does not count."""


@dataclass(frozen=True)
class StudentAnswer:
    """What a notebook holds for one exercise."""

    exercise: str
    source: str | None = None
    """The student's cell; None if there is none."""
    untouched: bool = False
    """Whether that cell is as it was released."""
    stored: StoredAnswer | None = None
    """The answer that its output keeps, if there is one that can be read."""
    notes: tuple[str, ...] = ()
    """How its cell was found, where that was not plain."""


@dataclass(frozen=True)
class Assembled:
    """A notebook to run, and what the student gave for each exercise."""

    cells: tuple[AssembledCell, ...]
    """In the order in which they run; released cells that are marked `run = never` are not here."""
    answers: Mapping[str, StudentAnswer]
    """By the exercise's number, for every exercise of the release, in its order."""
    notes: tuple[str, ...] = ()
    """What was different from the released notebook."""
