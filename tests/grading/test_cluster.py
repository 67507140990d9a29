"""Graded by workers in processes of their own, and some are killed: the same marks come out."""

import os
import pickle
import re
import signal
import sys
import time
from dataclasses import replace

import dask
import pytest
from typer.testing import CliRunner

from coursetools import lessons
from coursetools.cli import app
from coursetools.cli import grade as grade_command
from coursetools.grading.batch import grade_folder
from coursetools.grading.cluster import Cluster, client
from coursetools.grading.cluster.wire import pack, unpack, with_bytes
from coursetools.grading.grader import Assignment
from coursetools.grading.holdout import with_holdout
from coursetools.grading.notebook import load_release
from coursetools.grading.order import Order
from coursetools.grading.records import RunStatus
from coursetools.grading.version import version_of
from coursetools.grading.workers import WorkersError
from coursetools.lessons.own import load_own
from coursetools.sandbox import Limits, why_not
from grading.dask_processes import DaskProcesses
from grading.on_cluster import bare, scripted, with_sandbox, without_sandbox
from grading.scripted import handed_in
from grading.test_batch import graded_so_far, lines_of, written
from lessons.own_page import cell, notebook, write_lesson

if sys.platform != "linux":
    pytest.skip("workers grade in the sandbox", allow_module_level=True)

from distributed import Client, LocalCluster

needs_sandbox = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")
WAIT = 60
"""Seconds after which a test that hangs is given up."""


def local_cluster(workers):
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        host="127.0.0.1",
        silence_logs=50,
    )


@pytest.fixture(scope="module")
def cluster():
    """Two workers, each a process; a submission may lose two before it is given up."""
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), local_cluster(2) as made:
        yield made


@pytest.fixture
def lesson(tmp_path):
    return write_lesson(tmp_path / "mine")


@pytest.fixture
def handed(tmp_path):
    """Eight students' notebooks and one that is none; gives what adds cells to one of them."""
    folder = tmp_path / "handed in"
    folder.mkdir()
    names = [f"student-{n}" for n in range(8)]

    def write(name, *more):
        (folder / f"{name}.ipynb").write_bytes(notebook(str(names.index(name)), name, *more))

    for name in names:
        write(name)
    (folder / "broken.ipynb").write_bytes(b'{"cells": 3, "nbformat": 4}')
    write.folder = folder
    return write


def graded(handed, lesson, out, runner_of, workers=None, tell=lambda *_: None):
    """Grade there, or here."""
    if isinstance(workers, LocalCluster):
        workers = Cluster(workers.scheduler_address, own=lesson)
    released = load_release(100, lesson.parent)
    order = Order(load_own(lesson), released, out, workers=workers, jobs=2)
    return grade_folder(handed.folder, order, runner_of, tell)


def pids(cluster):
    return {a: worker.process.pid for a, worker in cluster.workers.items() if worker.process}


@needs_sandbox
def test_a_worker_killed_in_the_sandbox_s_midst_changes_no_byte(cluster, handed, lesson, tmp_path):
    looks = "import os; print(sorted(os.listdir('/')), 1 / 0)"
    handed("student-3", cell("looks", looks))
    before = pids(cluster)

    def tell(done, total, grade):
        if done == 1:
            os.kill(before[0], signal.SIGKILL)

    there = graded(handed, lesson, tmp_path / "there", bare, cluster, tell)
    graded(handed, lesson, tmp_path / "here", bare)
    assert (there.graded_now, len(there.ours), before[0] in pids(cluster).values()) == (8, 0, False)
    assert written(tmp_path / "there") == written(tmp_path / "here")
    assert lines_of(tmp_path / "there") == lines_of(tmp_path / "here")


def test_an_assignment_arrives_whole(lesson, tmp_path):
    held = tmp_path / "held-out"
    held.mkdir()
    (held / "a.npz").write_bytes(b"pictures")
    for own, holdout, number in ((None, held, 5), (lesson, None, 100)):
        loaded = lessons.load(number) if own is None else load_own(own)
        released = load_release(number, own and own.parent)
        limits, ids = Limits(cell=7), ("ada", "bob")
        asked = Assignment(with_holdout(loaded, holdout), released, limits, ids, text_answers=True)
        folder = tmp_path / f"{number}"
        folder.mkdir()
        packed = pack(asked, own, holdout)
        there = unpack(pickle.loads(pickle.dumps(packed)), folder)
        assert there.version == packed.version == version_of(loaded, released, holdout)
        made = there.assignment
        assert (made.lesson.number, made.released, made.limits) == (number, released, limits)
        assert (made.class_ids, made.text_answers) == (ids, True)
        if holdout is not None:
            place = made.lesson.judge.keywords["holdout"]
            assert place.parent == folder
            assert (place / "a.npz").read_bytes() == b"pictures"


def test_what_ends_its_worker_once_is_graded_by_another(cluster, handed, lesson, tmp_path):
    handed("student-2", cell("kill", f"kill-once {tmp_path / 'killed'}"))
    there = graded(handed, lesson, tmp_path / "there", scripted, cluster)
    assert (tmp_path / "killed").exists()
    assert [grade.status for grade in there.grades] == [RunStatus.FINISHED] * 8
    graded(handed, lesson, tmp_path / "here", scripted)
    assert written(tmp_path / "there") == written(tmp_path / "here")
    assert lines_of(tmp_path / "there") == lines_of(tmp_path / "here")


def test_what_ends_each_worker_is_for_review_and_costs_nobody_else(
    cluster, handed, lesson, tmp_path, monkeypatch
):
    handed("student-0", cell("kill", "kill"))
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    there = graded(handed, lesson, tmp_path / "there", scripted, cluster)
    assert [grade.student_id for grade in there.ours] == ["student-0"]
    (bad,) = there.ours
    assert "Each worker that graded it ended" in bad.review[0]
    assert not bad.has_mark
    assert len([g for g in there.grades if g.status is RunStatus.FINISHED]) == 7


def test_what_cannot_be_read_again_is_for_review(cluster, handed, lesson, tmp_path, monkeypatch):
    def unread(submission):
        if submission.student_id == "student-4":
            raise OSError("The disk is gone.")
        return with_bytes(submission)

    monkeypatch.setattr(client, "with_bytes", unread)
    there = graded(handed, lesson, tmp_path / "there", scripted, cluster)
    assert [grade.student_id for grade in there.ours] == ["student-4"]
    assert len(there.grades) == 8


def test_ctrl_c_ends_what_runs_at_the_workers_and_keeps_what_is_graded(
    cluster, handed, lesson, tmp_path
):
    waits = tmp_path / "waits"
    handed("student-7", cell("wait", f"wait {waits}"))

    def tell(done, total, grade):
        if done == 7:
            until(waits.exists)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graded(handed, lesson, tmp_path / "there", scripted, cluster, tell)
    assert graded_so_far(tmp_path / "there") == 7
    until(waits.with_name("waits-ended").exists)
    handed("student-7")
    assert graded(handed, lesson, tmp_path / "there", scripted, cluster).graded_now == 1


def until(happens):
    deadline = time.monotonic() + WAIT
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_that_marks_otherwise_is_named_and_refused(
    cluster, handed, lesson, tmp_path, monkeypatch
):
    pack = client.pack

    def other(*arguments):
        packed = pack(*arguments)
        return replace(packed, **{name: change(getattr(packed, name))})

    monkeypatch.setattr(client, "pack", other)
    for name, change, words in (  # noqa: B007 - `other` reads it
        ("version", lambda said: f"{said}x", "another version of the course"),
        ("libraries", lambda said: (*said[:-1], "keras 1"), "where the command runs there is ker"),
        ("lesson", lambda said: 77, "may not grade"),
    ):
        own = lesson if name != "lesson" else None
        with pytest.raises(WorkersError, match=words) as told:
            list(Cluster(cluster.scheduler_address, own=own).graded([], asked(lesson), scripted))
        assert re.match(r"The worker `tcp://127.0.0.1:\d+` may not grade\. ", str(told.value))
    # One that comes when the others were asked is found with its first submission.
    monkeypatch.setattr(client._Grading, "_refuse_unfit", lambda self: None)
    with pytest.raises(WorkersError, match=r"The worker `tcp://127.0.0.1:\d+` may not grade\. "):
        list(Cluster(cluster.scheduler_address).graded([handed_in()], asked(lesson), scripted))


def test_a_worker_without_a_sandbox_is_refused(cluster, lesson):
    workers = Cluster(cluster.scheduler_address, own=lesson)
    with Client(cluster, set_as_default=False) as other:
        address = sorted(other.nthreads())[0]
        other.run(without_sandbox, workers=[address])
        try:
            with pytest.raises(WorkersError, match=f"`{address}` may not grade. No walls."):
                list(workers.graded([], asked(lesson), scripted))
        finally:
            other.run(with_sandbox, workers=[address])


def asked(lesson):
    return Assignment(load_own(lesson), load_release(100, lesson.parent))


def test_a_scheduler_that_is_lost_or_not_there_is_told(handed, lesson, tmp_path, monkeypatch):
    """With Dask's commands, as they are documented."""
    out = tmp_path / "there"
    with DaskProcesses(tmp_path) as processes:
        workers = Cluster(processes.start_scheduler(), own=lesson)
        processes.start_worker()

        def tell(done, total, grade):
            if done == 2:
                processes.scheduler.kill()

        with pytest.raises(WorkersError, match=f"`{workers.address}` was lost"):
            graded(handed, lesson, out, scripted, workers, tell)
    before = graded_so_far(out)
    assert 0 < before < 8
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.5)
    with pytest.raises(WorkersError, match=r"No scheduler answers at `tcp://127.0.0.1:\d+`"):
        graded(handed, lesson, out, scripted, workers)
    assert graded(handed, lesson, out, scripted).graded_now == 8 - before
    graded(handed, lesson, tmp_path / "here", scripted)
    assert written(out) == written(tmp_path / "here")


def test_the_command_takes_the_workers_of_a_scheduler(
    cluster, handed, lesson, tmp_path, monkeypatch
):
    monkeypatch.setattr(grade_command, "_runner", lambda unconfined: scripted)
    monkeypatch.setattr(grade_command, "why_not", lambda: "No walls here.")  # nor are they needed
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.5)

    def said(scheduler, *more):
        arguments = ["grade", handed.folder, "--lesson", lesson, "--out", tmp_path / "out", *more]
        result = CliRunner().invoke(app, [str(a) for a in (*arguments, "--scheduler", scheduler)])
        return result.exit_code, result.output

    address = cluster.scheduler_address
    for scheduler, more, words in (
        ("10.0.0.5", (), "no address of a scheduler"),
        (address, ("--jobs", "2"), "`--jobs` is for this machine"),
        (address, ("--let-submissions-do-anything",), "submissions run in the sandbox"),
        ("tls://127.0.0.1:9", (), "needs certificates. Name them in Dask's configuration"),
        ("tcp://127.0.0.1:9", (), "the same command goes on from there"),
    ):
        code, told = said(scheduler, *more)
        assert (code, words in told, "Traceback" in told) == (1, True, False), told
    code, told = said(address)
    assert (code, "8 graded (8 now)" in told) == (0, True), told


def test_a_scheduler_without_workers_is_told(monkeypatch, lesson):
    monkeypatch.setattr(client, "WORKERS_SECONDS", 0.1)
    with local_cluster(0) as empty:
        workers = Cluster(empty.scheduler_address, own=lesson)
        with pytest.raises(WorkersError, match=r"has no worker\. Start one with `dask wor"):
            list(workers.graded([], asked(lesson), scripted))
