"""What the parts of grading hand each other: plain, frozen, no object of a student's among it."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field

from coursetools.exercises import CheckResult, Outcome
from coursetools.grading.arrival import Arrival, HandedIn
from coursetools.grading.aside import Content, bytes_of, sum_of
from coursetools.run_status import RunStatus
from coursetools.sandbox.reports import Shown

__all__ = [
    "Disposition",
    "ExerciseGrade",
    "Grade",
    "GradedCell",
    "InputFile",
    "PersonsMark",
    "RunStatus",
    "Shown",
    "Submission",
]


class Disposition(enum.StrEnum):
    """What became of an input file; every one ends as one of these."""

    GRADED = "graded"
    NEEDS_REVIEW = "needs_review"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    """A student's earlier try: the last one counts."""
    BESIDE = "beside"
    """Part of a submission: the archive it came in, or the file beside its notebook."""


@dataclass(frozen=True)
class InputFile:
    """One file that was handed in."""

    path: str
    """Below the folder or archive of submissions, `/` between parts, archives as folders."""
    disposition: Disposition
    reason: str = ""
    """A sentence: why it was rejected, superseded or needs review."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in, unread."""

    student_id: str
    """From the roster or the learning platform's file name; `""` if neither tells."""
    name: str
    """How to call the student, as far as the input tells; may be `""`."""
    path: str
    """The notebook's path, as in `InputFile`."""
    notebook_file: Content
    """The notebook's bytes, from anyone; those of a class are put aside on disk."""
    capstone_file: Content | None = None
    """The file beside it, from anyone; only lesson 5 has one."""
    notes: tuple[str, ...] = ()
    """What a reader of the grade should know of how it came in."""
    review: tuple[str, ...] = ()
    """Why a person has to look before the mark counts."""
    known_by: str = ""
    """What told the student: `"roster"`, `"platform"`, `"folder"`, `"name"` or nothing."""
    handed_in: HandedIn | None = None
    """When it came in; no mark of the machine's hangs on it."""
    called_late: bool = False
    """Whether the learning platform calls it late."""

    @property
    def notebook(self) -> bytes:
        """The notebook's bytes, read now if they were put aside."""
        return bytes_of(self.notebook_file)

    @property
    def capstone(self) -> bytes | None:
        """The bytes of the file beside it, likewise."""
        return None if self.capstone_file is None else bytes_of(self.capstone_file)

    @property
    def sha256(self) -> str:
        """The sum of all that was handed in."""
        if self.capstone_file is None:
            return sum_of(self.notebook_file)
        total = hashlib.sha256(self.notebook)
        total.update(bytes.fromhex(sum_of(self.capstone_file)))
        return total.hexdigest()


@dataclass(frozen=True)
class GradedCell:
    """A cell of the student's, as it was run."""

    exercise: str | None
    """The exercise that it answers, None for a cell that the student added."""
    source: str
    shown: tuple[Shown, ...] = ()
    note: str = ""
    """What happened to it, where there is something to say: interrupted, left out, not run."""


@dataclass(frozen=True)
class PersonsMark:
    """What a person gave for an exercise, in place of the machine's score."""

    points: float
    comment: str = ""


@dataclass(frozen=True)
class ExerciseGrade:
    """What came of one exercise."""

    exercise: str
    """Its number."""
    title: str
    score: float | None
    """None where a machine has no mark to give: a check of ours broke, or a person marks it."""
    max_score: float
    earned: float
    """Points of the checks that passed."""
    available: float
    """Points that a machine marks."""
    checks: tuple[CheckResult, ...]
    states: dict[str, str]
    """What was there of each answer: missing, blank, unreadable, given."""
    shown: dict[str, str]
    """One line that shows each answer."""
    notes: tuple[str, ...] = ()
    """Such as *changed after the last check*."""
    review: tuple[str, ...] = ()
    """Why a person has to look."""
    answers: str = "{}"
    """The captured answers as JSON, so that they can be checked again without running anything."""
    person: PersonsMark | None = None
    """What a person gave; then `score` is that, and nothing of it waits for a person."""

    @property
    def for_a_person(self) -> bool:
        """Whether a person has points to give; what failed by our fault is not that."""
        waits = any(check.outcome is Outcome.PENDING for check in self.checks)
        return self.person is None and waits and self.available < self.max_score


@dataclass(frozen=True)
class Grade:
    """What came of one submission."""

    student_id: str
    name: str
    path: str
    sha256: str
    lesson: int
    status: RunStatus
    exercises: tuple[ExerciseGrade, ...]
    cells: tuple[GradedCell, ...] = ()
    notes: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    """Peak bytes."""
    numbers_of: str = ""
    """The id whose numbers were asked, where it is not the student's: the notebook's own."""
    arrival: Arrival = field(default_factory=Arrival)
    """When it was handed in, and what that costs."""

    @property
    def score(self) -> float:
        """The points of all exercises that have some, whenever it was handed in."""
        return round(sum(e.score or 0.0 for e in self.exercises), 2)

    @property
    def deduction(self) -> float:
        """The points that are taken off because it was late."""
        late = self.arrival.lateness
        return 0.0 if late is None else round(self.score * late.percent / 100, 2)

    @property
    def final_score(self) -> float:
        """The points that count: `score` without `deduction`."""
        return round(self.score - self.deduction, 2)

    @property
    def max_score(self) -> float:
        """The declared points of all exercises."""
        return round(sum(e.max_score for e in self.exercises), 2)

    @property
    def settled(self) -> bool:
        """Whether a person has marked all that has points, so that no review is open."""
        worth = [e for e in self.exercises if e.max_score]
        return bool(worth) and all(e.person is not None for e in worth)

    @property
    def has_mark(self) -> bool:
        """Whether the score is one; where all is open for a person, or we failed, it is no zero."""
        if self.status is RunStatus.SANDBOX_ERROR and not self.settled:
            return False
        return any(e.score is not None for e in self.exercises)

    @property
    def needs_review(self) -> bool:
        """Whether a person has to look before the mark counts."""
        return bool(self.review) or any(e.review for e in self.exercises)

    @property
    def pending(self) -> tuple[str, ...]:
        """Exercises that a person marks."""
        return tuple(e.exercise for e in self.exercises if e.for_a_person)
