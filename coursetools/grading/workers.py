"""Several submissions graded at once; each grade is given as soon as it is made.

Whoever asks for grades may stop at any time, by Ctrl-C or an error of its own: then what still
runs is ended at once, and nothing of it is kept.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from coursetools._closing import Closing
from coursetools.exercises import Lesson
from coursetools.grading.grader import Assignment, Place, Runner, grade_one, unmarked
from coursetools.grading.notebook import UnreadableNotebookError
from coursetools.grading.records import Grade, RunStatus, Submission
from coursetools.sandbox.process import SandboxError
from coursetools.sandbox.reports import Limits, Opening

Graded = Generator[tuple[Submission, Grade | str]]
"""Each submission with its grade, or why its notebook cannot be read, as soon as it is known.

Closed before its end, it ends what still runs."""

_OURS = "Grading it failed, which is our fault. {kind}: {message}"
_MESSAGE = 300


class WorkersError(RuntimeError):
    """Nothing grades, or no longer; the text says what to do. What was graded is not lost."""


class Workers(Protocol):
    """Those who grade, here or elsewhere."""

    def graded(
        self, todo: list[Submission], assignment: Assignment, runner_of: Callable[[], Runner]
    ) -> Graded:
        """Grade submissions, in any order.

        Args:
            todo: What is to be graded.
            assignment: What was asked.
            runner_of: Opens what cells run in.

        Raises:
            WorkersError: They cannot begin, or cannot go on.
        """


@dataclass(frozen=True)
class Here:
    """This machine: as many threads as submissions at once, all with one runner."""

    jobs: int = 0
    """How many at once; 0 for one a processor."""

    def graded(
        self, todo: list[Submission], assignment: Assignment, runner_of: Callable[[], Runner]
    ) -> Graded:
        """Grade submissions; few wait, so that memory stays small."""
        workers = self.jobs or os.cpu_count() or 1
        waiting = iter(todo)
        running: dict[Future[Grade | str], Submission] = {}
        with (
            runner_of() as opened,
            ThreadPoolExecutor(workers) as pool,
            Stoppable(opened) as runner,
        ):
            try:
                while True:
                    while len(running) < 2 * workers and (one := next(waiting, None)) is not None:
                        running[pool.submit(graded_safely, one, assignment, runner)] = one
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        yield running.pop(future), future.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


class Stoppable(Closing):
    """A runner whose places can all be ended at once, from another thread; then none opens."""

    def __init__(self, runner: Runner) -> None:
        """Stand before a runner, which stays somebody else's to close."""
        self._runner = runner
        self._lock = threading.Lock()
        self._places: weakref.WeakSet[Place] = weakref.WeakSet()
        self._stopped = False

    def open(self, opening: Opening, limits: Limits | None = None) -> Place:
        """Open a place.

        Raises:
            SandboxError: It could not be made, or all was stopped.
        """
        place = None if self._stopped else self._runner.open(opening, limits)
        with self._lock:
            if place is not None and not self._stopped:
                self._places.add(place)
                return place
        if place is not None:  # it was stopped meanwhile
            place.close()
        raise SandboxError("Grading was stopped.")

    def stop(self) -> None:
        """End what runs in all open places."""
        with self._lock:
            self._stopped = True
            places = list(self._places)
        for place in places:
            place.stop()

    def close(self) -> None:
        """End them too; the runner stays open."""
        self.stop()


def graded_safely(submission: Submission, assignment: Assignment, runner: Runner) -> Grade | str:
    """Grade one; whatever goes wrong on our side costs no other student's grade.

    Returns:
        Its grade, or why its notebook cannot be read.
    """
    try:
        return grade_one(submission, assignment, runner)
    except UnreadableNotebookError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - a person looks; the class is graded all the same
        return failed(submission, assignment.lesson, said_of(error))


def said_of(error: Exception) -> str:
    """Say for a person that we failed, and on what."""
    return _OURS.format(kind=type(error).__name__, message=str(error)[:_MESSAGE])


def failed(submission: Submission, lesson: Lesson, why: str) -> Grade:
    """Give what stands for a grade where we failed: no mark, and a person looks."""
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
