"""A folder of submissions in, a gradebook and pages out.

Workers grade; one thread, the caller's, writes. Each grade is in the gradebook as soon as it is
made, so a grader that was killed goes on where it stood. Pages and the table are made from the
gradebook at the end, in its order, whatever finished first.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from coursetools.grading.arrival import Arrival
from coursetools.grading.gradebook import Gradebook, Grading, open_gradebook
from coursetools.grading.grader import Assignment, Runner
from coursetools.grading.holdout import with_holdout
from coursetools.grading.intake import Received, Roster, receive
from coursetools.grading.order import GRADEBOOK, Order, Summary
from coursetools.grading.records import (
    Disposition,
    Grade,
    InputFile,
    RunStatus,
    Submission,
)
from coursetools.grading.report import Similarity, known_code
from coursetools.grading.version import version_of
from coursetools.grading.workers import Graded, Here
from coursetools.grading.written import write_all


@dataclass
class _Made:
    """What one run of the grader has made."""

    graded: int = 0
    rejected: dict[str, str] = field(default_factory=dict)
    """Why notebooks turned out to be unreadable, by path."""


Tell = Callable[[int, int, Grade | None], None]
"""Told how many are done, of how many, and the grade that was just made."""


def grade_folder(
    source: Path, order: Order, runner_of: Callable[[], Runner], tell: Tell = lambda *_: None
) -> Summary:
    """Grade everything that was handed in, and write what is to be read of it.

    Args:
        source: A folder or zip of submissions.
        order: What is to be graded, and how.
        runner_of: Opens what cells run in; not called if all is graded already.
        tell: Told of the progress.

    Raises:
        IntakeError: There is nothing to be read at `source`.
        WorkersError: Nothing grades, or no longer; what was graded before is in the gradebook.
        GradebookError: The gradebook cannot be written; what was graded before is in it.
    """
    received = receive(source, order.roster, lesson=order.lesson.number)
    order.out.mkdir(parents=True, exist_ok=True)
    assignment = Assignment(
        with_holdout(order.lesson, order.holdout),
        order.released,
        order.limits,
        class_ids=_class_ids(order.roster),
        text_answers=order.text_answers,
    )
    version = version_of(order.lesson, order.released, order.holdout)
    grading = Grading(lesson=order.lesson.number, version=version, options=_options(assignment))
    with open_gradebook(order.url or order.out / GRADEBOOK) as book:
        book.begin(grading, received.submissions, trial=True)
        workers = order.workers or Here(order.jobs)
        graded = partial(workers.graded, assignment=assignment, runner_of=runner_of)
        made = _grade_missing(received, grading, book, graded, tell)
        return _write(received, order, grading, book, made)


def _grade_missing(
    received: Received,
    grading: Grading,
    book: Gradebook,
    graded: Callable[[list[Submission]], Graded],
    tell: Tell,
) -> _Made:
    """Grade what the gradebook has not."""
    there = book.graded(grading)
    ours = {key for key, grade in there.items() if grade.status is RunStatus.SANDBOX_ERROR}
    keys = {submission.path: grading.key_of(submission) for submission in received.submissions}
    todo = [
        submission
        for submission in received.submissions
        if keys[submission.path] in ours or keys[submission.path] not in there
    ]
    total = len(received.submissions)
    done = total - len(todo)
    made = _Made()
    tell(done, total, None)
    if not todo:
        return made
    with closing(graded(todo)) as results:
        for submission, result in results:
            done += 1
            if isinstance(result, str):
                made.rejected[submission.path] = result
                tell(done, total, None)
                continue
            book.save(keys[submission.path], result)
            made.graded += 1
            tell(done, total, result)
    return made


def _write(
    received: Received,
    order: Order,
    grading: Grading,
    book: Gradebook,
    made: _Made,
) -> Summary:
    """Let what was graded count, and write what is to be read of it."""
    arrivals = {grading.key_of(s): Arrival(s.handed_in) for s in received.submissions}
    book.make_count(grading, arrivals, title=order.lesson.title)
    short = tuple(book.grades(grading, full=False))
    review = {grade.path: " ".join(_reasons(grade)) for grade in short if grade.needs_review}
    files = tuple(_disposed(file, made.rejected, review) for file in received.files)
    missing = {entry.id: entry.name for entry in received.missing}
    book.save_files(grading, files)
    book.save_missing(grading, missing)
    write_all(book, grading, order.out, Similarity(known_code(order.released, order.lesson)))
    return Summary(short, files, missing, graded_now=made.graded)


def _reasons(grade: Grade) -> list[str]:
    return [*grade.review, *(reason for e in grade.exercises for reason in e.review)]


def _disposed(file: InputFile, rejected: Mapping[str, str], review: Mapping[str, str]) -> InputFile:
    """Say what became of a file, now that its notebook has been read and run."""
    if file.path in rejected:
        return replace(file, disposition=Disposition.REJECTED, reason=rejected[file.path])
    if file.path in review and file.disposition is Disposition.GRADED:
        return replace(file, disposition=Disposition.NEEDS_REVIEW, reason=review[file.path])
    return file


def _class_ids(roster: Roster | None) -> tuple[str, ...]:
    """Give the ids of the class: the roster's, so that no late submission changes other marks."""
    return () if roster is None else tuple(sorted(entry.id for entry in roster.entries))


def _options(assignment: Assignment) -> dict[str, object]:
    """Give what else a mark depends on."""
    return {
        "limits": dataclasses.asdict(assignment.limits),
        "text_answers": assignment.text_answers,
        "class": hashlib.sha256("\n".join(assignment.class_ids).encode()).hexdigest(),
    }
