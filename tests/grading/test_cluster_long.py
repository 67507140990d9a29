"""`make test-long`: a whole class on one, two and four workers, and with all of them killed.

All workers are on this one machine, so more of them than processors cannot make it faster. Times
are whole: from the command to the last page, each worker's template that starts among it.
"""

import os
import time
from pathlib import Path

import nbformat
import pytest
from distributed import Client

from benchmarks.grading.assignment import students, write_submissions
from coursetools import lessons
from coursetools.grading.batch import grade_folder
from coursetools.grading.cluster import Cluster
from coursetools.grading.notebook import load_release
from coursetools.grading.notebook.released import release_file
from coursetools.grading.order import Order
from coursetools.grading.workers import WorkersError
from coursetools.sandbox import Sandbox, why_not
from grading.dask_processes import DaskProcesses
from grading.long import LONG
from grading.test_batch import graded_so_far, lines_of, written

pytestmark = pytest.mark.skipif(not LONG or why_not() is not None, reason="`make test-long`")

LESSON = 2
SUBMISSIONS = int(os.environ.get("COURSETOOLS_SUBMISSIONS", "1000"))


@pytest.fixture(scope="module")
def class_of_many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "handed in"
    released = nbformat.read(release_file(LESSON), as_version=4)
    write_submissions(released, lessons.load(LESSON), students(SUBMISSIONS), folder)
    return folder


@pytest.fixture
def say(capsys):
    def say(words):
        with capsys.disabled():
            print(words, flush=True)

    return say


@pytest.fixture(scope="module")
def here(class_of_many, tmp_path_factory):
    """What this machine makes of it without a cluster, and its seconds."""
    out = tmp_path_factory.mktemp("here")
    seconds = graded(class_of_many, out)
    return written(out), lines_of(out), seconds


def graded(folder, out, workers=None, tell=lambda *_: None):
    """Grade all; gives the seconds until the first grade and in all."""
    began = time.perf_counter()
    first = []

    def told(done, total, grade):
        if grade is not None and not first:
            first.append(time.perf_counter() - began)
        tell(done, total, grade)

    order = Order(lessons.load(LESSON), load_release(LESSON), out, workers=workers)
    summary = grade_folder(folder, order, Sandbox, told)
    assert len(summary.grades) == SUBMISSIONS
    assert not summary.ours
    return first[0], time.perf_counter() - began


def ready(processes: DaskProcesses, workers: int) -> Cluster:
    """Start a scheduler with so many workers; gives them when they are there."""
    cluster = Cluster(processes.start_scheduler())
    for _ in range(workers):
        processes.start_worker()
    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(workers)
    return cluster


def rate(seconds):
    first, whole = seconds
    each = f"{60 * SUBMISSIONS / whole:.0f} a minute"
    return f"{whole:.0f} s, {each}; the first after {first:.0f} s"


def test_throughput_and_the_same_bytes(class_of_many, here, tmp_path, say):
    files, lines, seconds = here
    load = os.getloadavg()[0]
    say(f"\n{SUBMISSIONS} submissions, {os.cpu_count()} processors, load {load:.1f}")
    say(f"without a cluster, --jobs {os.cpu_count()}: {rate(seconds)}")
    for count in (1, 2, 4):
        folder = tmp_path / f"{count}"
        folder.mkdir()
        with DaskProcesses(folder) as processes:
            seconds = graded(class_of_many, folder / "out", ready(processes, count))
        say(f"workers with a thread each, {count}: {rate(seconds)}")
        assert written(folder / "out") == files
        assert lines_of(folder / "out") == lines


def test_workers_and_the_scheduler_killed_in_the_middle(class_of_many, here, tmp_path, say):
    files, lines, _ = here
    out: Path = tmp_path / "out"
    began = time.perf_counter()
    with DaskProcesses(tmp_path) as processes:

        def tell(done, total, grade):
            if grade is not None and done == total // 4:
                processes.workers[0].kill()
                processes.start_worker()
            if grade is not None and done == total // 2:
                processes.scheduler.kill()

        with pytest.raises(WorkersError, match="was lost"):
            graded(class_of_many, out, ready(processes, 2), tell)
        before = graded_so_far(out)
        lost = time.perf_counter() - began
    assert SUBMISSIONS // 2 <= before < SUBMISSIONS
    with DaskProcesses(tmp_path) as processes:
        _, rest = graded(class_of_many, out, ready(processes, 2))
    assert written(out) == files
    assert lines_of(out) == lines
    say(
        f"\na worker killed at {SUBMISSIONS // 4}, the scheduler at {before} after {lost:.0f} s; "
        f"the other {SUBMISSIONS - before} in {rest:.0f} s"
    )
