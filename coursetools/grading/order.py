"""What an instructor orders of the grader, and what comes of it in short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coursetools.exercises import Lesson
from coursetools.grading.changes import Changes
from coursetools.grading.intake import Roster
from coursetools.grading.late import LatePolicy
from coursetools.grading.notebook import Notebook
from coursetools.grading.records import Grade, InputFile, RunStatus
from coursetools.grading.workers import Workers
from coursetools.sandbox.reports import Limits

GRADEBOOK = "gradebook.sqlite"
TABLE = "gradebook.csv"
FEEDBACK = "feedback"
REVIEW = "review"


@dataclass(frozen=True)
class Order:
    """What is to be graded, and how."""

    lesson: Lesson
    released: Notebook
    out: Path
    """Where the gradebook and the pages go."""
    url: str | None = None
    """A database in place of `out/gradebook.sqlite`."""
    roster: Roster | None = None
    limits: Limits = field(default_factory=Limits)
    jobs: int = 0
    """How many submissions at once on this machine; 0 for one a processor."""
    workers: Workers | None = None
    """Who grades, if not this machine."""
    text_answers: bool = False
    """Whether a person marks texts; if not, they do not count."""
    late: LatePolicy | None = None
    """When it is due and what lateness costs; without it nothing is late."""
    holdout: Path | None = None
    """A folder of held-out pictures for the lesson's judge; without it marks by it are
    provisional."""


@dataclass(frozen=True)
class Summary:
    """What a run of the grader came to."""

    grades: tuple[Grade, ...]
    """Without cells and answers, in the gradebook's order."""
    files: tuple[InputFile, ...]
    missing: Mapping[str, str]
    graded_now: int
    """How many were graded in this run; the others were in the gradebook."""
    changes: Changes | None = None
    """Against the marks that counted before; None if there were none."""
    strangers: tuple[str, ...] = ()
    """Ids that the late policy names and nobody has."""

    @property
    def ours(self) -> tuple[Grade, ...]:
        """Those that we failed on."""
        return tuple(g for g in self.grades if g.status is RunStatus.SANDBOX_ERROR)
