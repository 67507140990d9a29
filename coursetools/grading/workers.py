"""Several submissions graded at once; each grade is given as soon as it is made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from coursetools.exercises import Lesson
from coursetools.grading.grader import Assignment, Runner, grade_one, unmarked
from coursetools.grading.notebook import UnreadableNotebookError
from coursetools.grading.records import Grade, RunStatus, Submission

_OURS = "Grading it failed, which is our fault. {kind}: {message}"
_MESSAGE = 300


def graded(
    todo: list[Submission], assignment: Assignment, runner: Runner, jobs: int
) -> Iterator[tuple[Submission, Grade | str]]:
    """Grade several at once and give each as it is done; few wait, so that memory stays small."""
    workers = jobs or os.cpu_count() or 1
    waiting = iter(todo)
    running: dict[Future[Grade | str], Submission] = {}
    pool = ThreadPoolExecutor(workers)
    try:
        while True:
            while len(running) < 2 * workers and (submission := next(waiting, None)) is not None:
                running[pool.submit(_graded, submission, assignment, runner)] = submission
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _graded(submission: Submission, assignment: Assignment, runner: Runner) -> Grade | str:
    """Grade one; whatever goes wrong on our side costs no other student's grade."""
    try:
        return grade_one(submission, assignment, runner)
    except UnreadableNotebookError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - a person looks; the class is graded all the same
        why = _OURS.format(kind=type(error).__name__, message=str(error)[:_MESSAGE])
        return _failed(submission, assignment.lesson, why)


def _failed(submission: Submission, lesson: Lesson, why: str) -> Grade:
    return Grade(
        student_id=submission.student_id,
        name=submission.name,
        path=submission.path,
        sha256=submission.sha256,
        lesson=lesson.number,
        status=RunStatus.SANDBOX_ERROR,
        exercises=unmarked(lesson, why),
        notes=submission.notes,
        review=(*submission.review, why),
    )
