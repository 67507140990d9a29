"""A folder of submissions in, a gradebook and pages out.

Workers grade; one thread, the caller's, writes. Each grade is in the gradebook as soon as it is
made, so a grader that was killed goes on where it stood. Pages and the table are made from the
gradebook at the end, in its order, whatever finished first.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursetools.grading.arrival import Arrival
from coursetools.grading.changes import Changes, compare
from coursetools.grading.gradebook import Gradebook, Grading, open_gradebook
from coursetools.grading.grader import Assignment, Runner
from coursetools.grading.holdout import with_holdout
from coursetools.grading.intake import Received, Roster, receive
from coursetools.grading.late import arrival_by
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
from coursetools.grading.workers import Here
from coursetools.grading.written import write_all

_OURS = (RunStatus.SANDBOX_ERROR,)
_NOTHING_GRADED = (
    "There is nothing to compare with: no marks of lesson {lesson} are in `{place}`. Name the "
    "folder that you graded into, or grade without `--show-changes`."
)


@dataclass
class _Made:
    """What one run of the grader has made."""

    graded: int = 0
    rejected: dict[str, str] = field(default_factory=dict)
    """Why notebooks turned out to be unreadable, by path."""


Tell = Callable[[int, int, Grade | None], None]
"""Told how many are done, of how many, and the grade that was just made."""


class NothingGradedError(LookupError):
    """Changes were asked for, and there is no earlier grading; the text says what to do."""


@dataclass(frozen=True)
class _Task:
    """One run of the grader."""

    order: Order
    received: Received
    assignment: Assignment
    grading: Grading
    by_key: Mapping[str, Submission]
    """What is handed in, by the keys of its grades."""


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
    task = _task(source, order)
    order.out.mkdir(parents=True, exist_ok=True)
    with open_gradebook(order.url or order.out / GRADEBOOK) as book:
        before = _counting(book, order.lesson.number)
        made = _grade_missing(task, book, runner_of, tell)
        return _write(task, book, made, before)


def show_changes(
    source: Path, order: Order, runner_of: Callable[[], Runner], tell: Tell = lambda *_: None
) -> Changes:
    """Grade everything anew as the checks are now, and say what that changes.

    No mark that counts is written, nor the table, nor a page of a student's. What is graded is
    kept, so that `grade_folder` need not do it again.

    Args:
        source: A folder or zip of submissions.
        order: What is to be graded, and how.
        runner_of: Opens what cells run in; not called if all is graded already.
        tell: Told of the progress.

    Raises:
        NothingGradedError: There are no earlier marks.
        IntakeError: There is nothing to be read at `source`.
        WorkersError: Nothing grades, or no longer; what was graded before is in the gradebook.
        GradebookError: The gradebook cannot be written.
    """
    place = order.url or order.out / GRADEBOOK
    if isinstance(place, Path) and not place.is_file():
        raise NothingGradedError(_NOTHING_GRADED.format(place=place, lesson=order.lesson.number))
    task = _task(source, order)
    with open_gradebook(place) as book:
        before = _counting(book, order.lesson.number)
        if before is None:
            where = order.out if order.url else place
            raise NothingGradedError(
                _NOTHING_GRADED.format(place=where, lesson=order.lesson.number)
            )
        counts = any(each.key == task.grading.key for each in book.latest())
        _grade_missing(task, book, runner_of, tell, anew=not counts)
        arrivals = _arrivals(task, book)
        return compare(before, book.grades(task.grading, full=False, trial=arrivals))


def _task(source: Path, order: Order) -> _Task:
    received = receive(source, order.roster, lesson=order.lesson.number)
    assignment = Assignment(
        with_holdout(order.lesson, order.holdout),
        order.released,
        order.limits,
        class_ids=_class_ids(order.roster),
        text_answers=order.text_answers,
    )
    version = version_of(order.lesson, order.released, order.holdout)
    grading = Grading(lesson=order.lesson.number, version=version, options=_options(assignment))
    by_key = {grading.key_of(submission): submission for submission in received.submissions}
    return _Task(order, received, assignment, grading, by_key)


def _counting(book: Gradebook, lesson: int) -> tuple[Grade, ...] | None:
    """Give the grades of a lesson that count by now; None if it was never graded."""
    last = next((each for each in book.latest() if each.lesson == lesson), None)
    return None if last is None else tuple(book.grades(last, full=False))


def _grade_missing(
    task: _Task,
    book: Gradebook,
    runner_of: Callable[[], Runner],
    tell: Tell,
    *,
    anew: bool = True,
) -> _Made:
    """Grade what the gradebook has not.

    Args:
        task: What is to be graded.
        book: Where to.
        runner_of: Opens what cells run in.
        tell: Told of the progress.
        anew: Whether what we failed on is tried again, in place of what counts for it by now.
    """
    book.begin(task.grading, task.received.submissions, trial=True)
    there = book.graded(task.grading)
    again = {key for key, grade in there.items() if anew and grade.status in _OURS}
    todo = {s.path: k for k, s in task.by_key.items() if k in again or k not in there}
    total = len(task.received.submissions)
    done = total - len(todo)
    made = _Made()
    tell(done, total, None)
    if not todo:
        return made
    workers = task.order.workers or Here(task.order.jobs)
    waiting = [each for each in task.received.submissions if each.path in todo]
    graded = workers.graded(waiting, assignment=task.assignment, runner_of=runner_of)
    with closing(graded) as results:
        for submission, result in results:
            done += 1
            if isinstance(result, str):
                made.rejected[submission.path] = result
                tell(done, total, None)
                continue
            # Another grader of the same class may have been here first: its mark may count by now.
            book.save(todo[submission.path], result, only_over=_OURS)
            made.graded += 1
            tell(done, total, result)
    return made


def _arrivals(task: _Task, book: Gradebook) -> dict[str, Arrival]:
    """Say of each submission when it came in, and what the late policy makes of that."""
    graded = book.graded(task.grading)
    found = {}
    for key, submission in task.by_key.items():
        who = graded[key].student_id if key in graded else submission.student_id
        found[key] = arrival_by(
            task.order.late, who, submission.handed_in, called_late=submission.called_late
        )
    return found


def _write(task: _Task, book: Gradebook, made: _Made, before: tuple[Grade, ...] | None) -> Summary:
    """Let what was graded count, and write what is to be read of it."""
    order, received, grading = task.order, task.received, task.grading
    book.make_count(grading, _arrivals(task, book), title=order.lesson.title)
    short = tuple(book.grades(grading, full=False))
    review = {grade.path: " ".join(_reasons(grade)) for grade in short if grade.needs_review}
    files = tuple(_disposed(file, made.rejected, review) for file in received.files)
    missing = {entry.id: entry.name for entry in received.missing}
    book.save_files(grading, files)
    book.save_missing(grading, missing)
    write_all(book, grading, order.out, Similarity(known_code(order.released, order.lesson)))
    return Summary(
        short,
        files,
        missing,
        graded_now=made.graded,
        changes=None if before is None else compare(before, short),
        strangers=_strangers(order, short),
    )


def _strangers(order: Order, grades: Iterable[Grade]) -> tuple[str, ...]:
    """Give ids that the late policy names and nobody has; with a roster it was refused for it."""
    if order.late is None or order.roster is not None:
        return ()
    return order.late.strangers(grade.student_id for grade in grades)


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
