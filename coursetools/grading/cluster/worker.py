"""What runs in a worker's process: one warm template for all, an assignment for each grading.

The template starts with the first submission and stays until the last grading has ended here, so
that a class pays for it once a worker. If the process is killed, the template ends by itself.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from distributed import Worker, get_worker

from coursetools.grading.cluster.wire import Packed, Unpacked, libraries, unpack
from coursetools.grading.grader import Runner
from coursetools.grading.records import Grade, Submission
from coursetools.grading.workers import Stoppable, graded_safely
from coursetools.lessons import UnknownLessonError
from coursetools.sandbox import Unconfined, why_not
from coursetools.sandbox.bwrap import inside

RunnerOf = Callable[[], Runner]
"""Opens what cells run in; sent by its name, so a function or class of a module."""


class UnfitWorkerError(RuntimeError):
    """A worker must not mark: its address, and a sentence that says why."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(address, why)
        self.address = address
        self.why = why


async def look(packed: Packed, runner_of: RunnerOf, dask_worker: Worker) -> str | None:
    """Say why this worker must not mark, None if it may; Dask gives the worker."""
    return await asyncio.to_thread(_look, packed, runner_of, dask_worker.local_directory)


def grade_there(submission: Submission, packed: Packed, runner_of: RunnerOf) -> Grade | str:
    """Grade one submission in a worker's thread; for what it gives see `graded_safely`.

    Raises:
        UnfitWorkerError: This worker must not mark. It came after the others were asked.
    """
    worker = get_worker()
    with _DESKS.used(packed, runner_of, worker.local_directory) as desk:
        if isinstance(desk.ready, str):
            raise UnfitWorkerError(worker.address, desk.ready)
        return graded_safely(submission, desk.ready.assignment, desk.runner)


async def leave(run: str) -> None:
    """End what still runs of a grading, and give back what it held."""
    await asyncio.to_thread(_DESKS.leave, run)


def _look(packed: Packed, runner_of: RunnerOf, parent: str) -> str | None:
    with _DESKS.used(packed, runner_of, parent) as desk:
        return desk.ready if isinstance(desk.ready, str) else None


@dataclass
class _Desk:
    """One grading in this process."""

    ready: Unpacked | str
    """The assignment, or why nothing may be marked here."""
    runner: Stoppable
    folder: Path
    """Files of the assignment."""
    users: int = 0
    """How many submissions of it are being graded."""


class _Desks:
    """All gradings in this process, and what their cells run in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._desks: dict[str, _Desk] = {}
        self._left: set[str] = set()
        self._runners: dict[RunnerOf, Runner] = {}
        self._open = ExitStack()

    @contextmanager
    def used(self, packed: Packed, runner_of: RunnerOf, parent: str) -> Iterator[_Desk]:
        """Give a grading's desk for a while; its files are below Dask's folder of the worker."""
        run = packed.run
        with self._lock:
            if run in self._left:
                raise RuntimeError("This grading has ended.")  # nobody waits for an answer
            if run not in self._desks:
                self._desks[run] = self._made(packed, runner_of, parent)
            desk = self._desks[run]
            desk.users += 1
        try:
            yield desk
        finally:
            with self._lock:
                desk.users -= 1
                if run in self._left:
                    self._tidy()

    def leave(self, run: str) -> None:
        with self._lock:
            self._left.add(run)
            if run in self._desks:
                self._desks[run].runner.stop()
            self._tidy()

    def _made(self, packed: Packed, runner_of: RunnerOf, parent: str) -> _Desk:
        # Below Dask's folder, since Dask clears up there after a worker that was killed.
        folder = Path(tempfile.mkdtemp(prefix="coursetools-", dir=parent))
        try:
            ready = _ready(packed, folder, confined=runner_of is not Unconfined)
            if runner_of not in self._runners:
                self._runners[runner_of] = self._open.enter_context(runner_of())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return _Desk(ready, Stoppable(self._runners[runner_of]), folder)

    def _tidy(self) -> None:
        """Remove desks that nobody uses, among them those whose client was killed.

        One that is wanted again is made again.
        """
        for run in [run for run, desk in self._desks.items() if not desk.users]:
            shutil.rmtree(self._desks.pop(run).folder, ignore_errors=True)
        if not self._desks:
            self._runners.clear()
            self._open.close()


_DESKS = _Desks()


def _ready(packed: Packed, folder: Path, *, confined: bool) -> Unpacked | str:
    """Give the assignment, or a sentence: why marks of this process could be others, or unsafe."""
    apart = [(a, b) for a, b in zip(libraries(), packed.libraries, strict=True) if a != b]
    if apart:
        has, wanted = (", ".join(one) for one in zip(*apart, strict=True))
        return (
            f"It has {has}, and where the command runs there is {wanted}. Install there what is "
            "installed here."
        )
    try:
        unpacked = unpack(packed, folder)
    except UnknownLessonError as error:
        return str(error)
    if unpacked.version != packed.version:
        return (
            f"It has another version of the course: `{unpacked.version}`, and where the command "
            f"runs it is `{packed.version}`. Install the same one there and start the worker anew."
        )
    if unpacked.own is not None and inside(unpacked.own):
        return (
            f"Submissions could read your lesson's file there, in `{folder}`. Start the worker "
            "with another `--local-directory`."
        )
    return (why_not() if confined else None) or unpacked
