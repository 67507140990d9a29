"""The client: hands submissions out to workers, few at a time, and takes their grades."""

from __future__ import annotations

import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dask
from distributed import Client, KilledWorker, Security, wait

from coursetools.grading.cluster.wire import Packed, pack, with_bytes
from coursetools.grading.cluster.worker import UnfitWorkerError, grade_there, leave, look
from coursetools.grading.grader import Assignment, Runner
from coursetools.grading.records import Grade, Submission
from coursetools.grading.workers import Graded, WorkersError, failed, said_of

CONNECT_SECONDS = 10.0
"""How long a scheduler may take to answer."""

WORKERS_SECONDS = 30.0
"""How long there may be no worker; Dask starts one that ended again within a few seconds."""

_LEAVE_SECONDS = 10.0
_LOOK_SECONDS = 5.0
_EACH = 2
"""So many submissions are handed out for each thread of the workers: one runs, one waits."""

_ENDED = (
    "Each worker that graded it ended meanwhile, the last time with nothing else to grade. That is "
    "our fault. Look at what the workers wrote before it is graded again."
)


@dataclass(frozen=True)
class Cluster:
    """Workers of Dask's, wherever they are."""

    address: str
    """The scheduler's, such as `"tcp://10.0.0.5:8786"`."""
    own: Path | None = None
    """The file of the lesson, if it is an instructor's own."""
    holdout: Path | None = None
    """The folder of held-out pictures that its judge asks."""

    def graded(
        self, todo: list[Submission], assignment: Assignment, runner_of: Callable[[], Runner]
    ) -> Graded:
        """Grade submissions there.

        A submission whose worker is lost goes to another one. What is lost with a worker again
        and again is graded by itself at the end; if that is in vain too, it is for review.

        Raises:
            WorkersError: No scheduler answers, there is no worker, or one must not mark.
        """
        packed = pack(assignment, self.own, self.holdout)
        with _connected(self.address) as client:
            grading = _Grading(client, self.address, packed, assignment, runner_of)
            try:
                yield from grading.graded(todo)
            finally:
                grading.leave()


class _Grading:
    """One run of the command on a cluster."""

    def __init__(
        self,
        client: Any,
        address: str,
        packed: Packed,
        assignment: Assignment,
        runner_of: Callable[[], Runner],
    ) -> None:
        self._client = client
        self._address = address
        self._packed = packed
        self._assignment = assignment
        self._runner_of = runner_of
        self._running: dict[Any, Submission] = {}
        self._unread: list[tuple[Submission, Exception]] = []
        self._suspects: list[Submission] = []
        self._handed = 0

    def graded(self, todo: list[Submission]) -> Iterator[tuple[Submission, Grade | str]]:
        """Grade all, and give each as it is done."""
        self._threads()
        self._refuse_unfit()
        # The result of a task, and no data of a worker's: Dask makes it anew where it is lost.
        there = self._client.submit(_same, self._packed, key=f"assignment-{self._packed.run}")
        waiting = deque(todo)
        while waiting or self._running or self._unread:
            room = _EACH * self._threads() - len(self._running)
            for _ in range(min(room, len(waiting))):
                self._hand(waiting.popleft(), there)
            for submission, result in self._done():
                if isinstance(result, KilledWorker):
                    self._suspects.append(submission)
                else:
                    yield submission, self._told(submission, result)
        # One at a time, so that whichever ends workers does it to no other submission.
        for suspect in self._suspects:
            self._hand(suspect, there)
            while self._running or self._unread:
                for submission, result in self._done():
                    yield submission, self._told(submission, result)

    def leave(self) -> None:
        """Have workers end what still runs, and take nothing more."""
        if self._client.status == "running":
            with contextlib.suppress(Exception):
                run = self._packed.run
                self._client.run(leave, run, on_error="ignore", callback_timeout=_LEAVE_SECONDS)

    def _threads(self) -> int:
        """Give how many threads the workers have together; if there is none, wait for one."""
        until = time.monotonic() + WORKERS_SECONDS
        while not (threads := self._client.nthreads()):
            if time.monotonic() > until:
                raise WorkersError(
                    f"The scheduler at `{self._address}` has no worker. Start one with `dask "
                    f"worker {self._address} --nthreads 2`, from an environment with the course, "
                    "on each machine that is to grade."
                )
            time.sleep(0.2)
        return sum(threads.values())

    def _refuse_unfit(self) -> None:
        looks = self._client.run(look, self._packed, self._runner_of, on_error="return")
        for address, why in sorted(looks.items()):
            if isinstance(why, OSError):  # it is gone
                continue
            if isinstance(why, Exception):
                why = (
                    f"It cannot do the course's work ({type(why).__name__}: {why}). "
                    "Start it from the same environment as this command."
                )
            if why is not None:
                raise _refused(address, why)

    def _hand(self, submission: Submission, there: object) -> None:
        self._handed += 1
        key = f"grade-{self._packed.run}-{self._handed}"
        try:
            sent = with_bytes(submission)
        except OSError as error:  # of this machine's disk, and no word on the scheduler
            self._unread.append((submission, error))
            return
        future = self._client.submit(grade_there, sent, there, self._runner_of, key=key)
        self._running[future] = submission

    def _done(self) -> Iterator[tuple[Submission, Grade | str | Exception]]:
        """Wait a while and give what is done: the result, or what was raised instead of one."""
        while self._unread:
            yield self._unread.pop()
        if not self._running:
            return
        with contextlib.suppress(TimeoutError), self._client.as_current():
            futures = list(self._running)
            wait(futures, _LOOK_SECONDS, "FIRST_COMPLETED")
        for future in [future for future in self._running if future.done()]:
            submission = self._running.pop(future)
            result = future.exception() if future.status == "error" else future.result()
            if isinstance(result, UnfitWorkerError):
                raise _refused(result.address, result.why)
            future.release()
            yield submission, result

    def _told(self, submission: Submission, result: Grade | str | Exception) -> Grade | str:
        if not isinstance(result, Exception):
            return result
        why = _ENDED if isinstance(result, KilledWorker) else said_of(result)
        return failed(submission, self._assignment.lesson, why)


def _refused(address: str, why: str) -> WorkersError:
    return WorkersError(f"The worker `{address}` may not grade. {why}")


def _same(packed: Packed) -> Packed:
    """Give what is given, as a task."""
    return packed


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Connect to a scheduler; that it is lost is said in a sentence, and not in Dask's log too."""
    log = logging.getLogger("distributed")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
            yield from _client(address)
    finally:
        log.setLevel(level)


def _client(address: str) -> Iterator[Any]:
    _need_certificates(address)
    try:
        client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise WorkersError(
            f"No scheduler answers at `{address}`. Start one there with `dask scheduler`, or look "
            "at the address that it names when it starts."
        ) from error
    try:
        yield client
    except (CancelledError, OSError, TimeoutError) as error:
        raise WorkersError(
            f"The scheduler at `{address}` was lost. Look whether it runs and can be reached."
        ) from error
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=_LEAVE_SECONDS)


def _need_certificates(address: str) -> None:
    """Refuse `tls://` where Dask's configuration names no certificates that can be read."""
    if not address.startswith("tls://"):
        return
    why = ""
    try:
        security: Any = Security()
        if security.get_connection_args("client").get("ssl_context") is not None:
            return
    except (OSError, ValueError) as error:  # what is not found, and what is none
        why = f", and those that are named cannot be read ({getattr(error, 'strerror', error)})"
    raise WorkersError(
        f"`{address}` needs certificates{why}. Name them in Dask's configuration, here and on each "
        "machine: `distributed.comm.tls` has a `ca-file`, and a `cert` and a `key` for each of "
        "`client`, `scheduler` and `worker`."
    )
