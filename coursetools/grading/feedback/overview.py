"""What the instructor's two pages show: all grades in a table, and what needs a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coursetools.grading.feedback.files import anchor, page_name
from coursetools.grading.feedback.sentences import STATUS_WORDS, total_words
from coursetools.grading.feedback.student import called, rich_line
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Disposition, Grade, InputFile, RunStatus
from coursetools.notebook.words import points_words

_FATES = {
    Disposition.REJECTED: "Rejected",
    Disposition.NEEDS_REVIEW: "Needs review",
    Disposition.SUPERSEDED: "Superseded",
    Disposition.BESIDE: "Part of a submission",
    Disposition.GRADED: "Graded",
}


@dataclass(frozen=True)
class FileView:
    """A file that was handed in."""

    path: str
    fate: str
    reason: Markup


@dataclass(frozen=True)
class RowView:
    """A student's line of the table."""

    who: str
    student_id: str
    address: str
    score: str
    late: str
    """How late it is, and what that cost; `""` without a late policy."""
    ended: str
    needs_review: bool
    pending: str


@dataclass(frozen=True)
class IndexView:
    """All of the index."""

    rows: tuple[RowView, ...]
    missing: tuple[tuple[str, str], ...]
    """Id and name of those who handed in nothing."""
    files: tuple[FileView, ...]
    """All but those that were simply graded."""
    to_review: int
    rejected: int
    policy: bool
    """Whether there is a late policy."""


@dataclass(frozen=True)
class PlaceView:
    """Something to look at, and why."""

    what: Markup
    address: str
    reasons: tuple[Markup, ...]


@dataclass(frozen=True)
class ToReviewView:
    """A student's submission in which there is something to look at."""

    who: str
    student_id: str
    address: str
    reasons: tuple[Markup, ...]
    """Why all of it has to be looked at."""
    places: tuple[PlaceView, ...]


@dataclass(frozen=True)
class ReviewView:
    """All of the list for review."""

    submissions: tuple[ToReviewView, ...]
    """Whose mark does not count before a person has looked."""
    pending: tuple[ToReviewView, ...]
    """Answers that a person marks, where nothing else is to be looked at."""
    files: tuple[FileView, ...]
    """Files that were rejected or need review."""


def index_view(
    grades: Iterable[Grade],
    files: Sequence[InputFile],
    missing: Mapping[str, str],
    pages: str,
) -> IndexView:
    """Give what the index shows."""
    graded = []
    rows = []
    policy = False
    for grade in grades:
        policy = policy or grade.arrival.lateness is not None
        graded.append(grade.path)
        rows.append(_row(grade, pages))
    return IndexView(
        rows=tuple(rows),
        missing=tuple((one_line(i), one_line(name)) for i, name in sorted(missing.items())),
        files=_files(files, set(Disposition) - {Disposition.GRADED}, graded),
        to_review=sum(row.needs_review for row in rows),
        policy=policy,
        rejected=sum(file.disposition is Disposition.REJECTED for file in files),
    )


def review_view(grades: Iterable[Grade], files: Sequence[InputFile], pages: str) -> ReviewView:
    """Give what the list for review shows."""
    submissions, pending, graded = [], [], []
    for grade in grades:
        graded.append(grade.path)
        view = _to_review(grade, pages)
        if _to_look_at(grade):
            submissions.append(view)
        elif grade.pending:
            pending.append(view)
    wanted = {Disposition.REJECTED, Disposition.NEEDS_REVIEW}
    return ReviewView(tuple(submissions), tuple(pending), _files(files, wanted, graded))


def _to_look_at(grade: Grade) -> bool:
    ours = grade.status is RunStatus.SANDBOX_ERROR and not grade.settled
    return grade.needs_review or ours


def _row(grade: Grade, pages: str) -> RowView:
    return RowView(
        who=called(grade),
        student_id=one_line(grade.student_id, 80),
        address=f"{pages}/{page_name(grade)}",
        score=total_words(grade),
        late=_late(grade),
        ended=STATUS_WORDS[grade.status],
        needs_review=_to_look_at(grade),
        pending=", ".join(grade.pending),
    )


def _late(grade: Grade) -> str:
    said = grade.arrival.late
    taken = f", {grade.deduction:g} off" if grade.deduction else ""
    return f"{said}{taken}" if said != "no" else ""


def _to_review(grade: Grade, pages: str) -> ToReviewView:
    address = f"{pages}/{page_name(grade)}"
    reasons = [rich_line(reason) for reason in grade.review]
    if grade.status is not RunStatus.FINISHED:
        reasons.append(Markup(f"The notebook {STATUS_WORDS[grade.status]}."))
    places = []
    for exercise in grade.exercises:
        said = [rich_line(reason) for reason in exercise.review]
        if exercise.exercise in grade.pending:
            left = exercise.max_score - exercise.available
            total = points_words(exercise.max_score)
            said.append(Markup(f"{left:g} of {total} for a person to give."))
        if said:
            what = rich_line(f"Exercise {exercise.exercise}: {exercise.title}")
            there = f"{address}#{anchor(exercise.exercise)}"
            places.append(PlaceView(what, there, tuple(said)))
    return ToReviewView(
        called(grade), one_line(grade.student_id, 80), address, tuple(reasons), tuple(places)
    )


def _files(
    files: Sequence[InputFile], wanted: set[Disposition], graded: Sequence[str]
) -> tuple[FileView, ...]:
    """Give the files of some kinds; one to review that has a grade stands with the students."""
    order = list(_FATES)
    shown = {(path, Disposition.NEEDS_REVIEW) for path in graded}
    kept = [
        file
        for file in files
        if file.disposition in wanted and (file.path, file.disposition) not in shown
    ]
    kept.sort(key=lambda file: (order.index(file.disposition), file.path))
    return tuple(
        FileView(one_line(file.path, 160), _FATES[file.disposition], rich_line(file.reason))
        for file in kept
    )
