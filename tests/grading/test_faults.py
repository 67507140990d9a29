"""What breaks around the grader: it says so, loses nothing, and goes on afterwards."""

import contextlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import traceback

import pytest
from sqlalchemy import Engine, event
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.cli import grade as grade_command
from coursetools.cli.lesson import Wanted
from coursetools.grading import whole_file
from coursetools.grading.gradebook import open_gradebook
from coursetools.grading.grader import grade_one
from coursetools.grading.notebook import read_notebook
from coursetools.grading.order import GRADEBOOK
from coursetools.grading.records import RunStatus
from coursetools.sandbox import CellReport
from grading.long import counted, examples
from grading.scripted import RELEASED, ScriptedRunner, assignment, handed_in
from grading.test_batch import STUDENTS, graded, graded_so_far, lines_of, written
from grading.test_grader import LESSON

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it forks and kills")


@pytest.fixture(scope="module", autouse=True)
def _same_version():
    """Whoever works on the package meanwhile changes no key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coursetools.grading.batch.version_of", lambda *_: "1")
        yield


@pytest.fixture(scope="module")
def handed(tmp_path_factory):
    """Six students' notebooks and rubbish."""
    folder = tmp_path_factory.mktemp("handed in")
    for student in STUDENTS:
        path = folder / student / "lesson.ipynb"
        path.parent.mkdir()
        path.write_bytes(handed_in(written=student).notebook)
    (folder / "notes.txt").write_text("hello", "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(handed, tmp_path_factory):
    """What a run that nothing disturbed leaves: files, lines of the gradebook."""
    out = tmp_path_factory.mktemp("whole")
    graded(handed, out)
    return written(out), lines_of(out)


def in_a_process(run):
    """Run something in a fork of this process, and give its exit code or minus its signal."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            run()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# ---- the grader killed


def steps(step):
    """Have `step` called around every statement and commit, and in the middle of every file."""
    event.listen(Engine, "before_cursor_execute", lambda *_: step())
    event.listen(Engine, "after_cursor_execute", lambda *_: step())
    event.listen(Engine, "commit", lambda *_: step())
    real = os.fdopen

    def halting(handle, mode, *more, **others):
        if mode != "wb":
            return real(handle, mode, *more, **others)
        file = real(handle, mode, buffering=0)

        class Halting:
            def __enter__(self):
                step()
                return self

            def __exit__(self, *_):
                file.close()
                step()

            def write(self, content):
                file.write(content[: len(content) // 2])
                step()
                file.write(content[len(content) // 2 :])

        return Halting()

    whole_file.os.fdopen = halting


def killed_at(number, handed, out):
    """Grade in a process that is killed at the step of that number; gives the steps it came to."""
    count = out.with_suffix(".steps")

    def run():
        made = 0

        def step():
            nonlocal made
            made += 1
            if made == number:
                os.kill(os.getpid(), signal.SIGKILL)

        steps(step)
        graded(handed, out, jobs=1)
        count.write_text(str(made), "ascii")

    code = in_a_process(run)
    assert code == (0 if count.exists() else -signal.SIGKILL)
    return int(count.read_text("ascii")) if count.exists() else number


def goes_on(handed, out, whole):
    """Grade again what a kill left, and compare with what no kill disturbed."""
    if (out / GRADEBOOK).exists():  # what SQLite was at is undone by whoever may write next
        with contextlib.closing(sqlite3.connect(out / GRADEBOOK)) as book:
            book.execute("begin immediate")
    before = graded_so_far(out)
    resumed, _ = graded(handed, out)
    assert resumed.graded_now == len(STUDENTS) - before
    assert (written(out), lines_of(out)) == whole
    return before


def test_killed_at_any_step_it_ends_with_the_same(handed, whole, tmp_path):
    total = killed_at(0, handed, tmp_path / "counted")
    assert total > 200
    every = max(1, total // examples(12, 10_000))
    befores = []
    for number in range(1, total + 1, every):
        out = tmp_path / f"out-{number}"
        killed_at(number, handed, out)
        befores.append(goes_on(handed, out, whole))
    assert befores[0] == 0
    assert max(befores) == len(STUDENTS)  # killed while pages were written, too
    assert len(set(befores)) > 2
    counted("kills at steps", len(befores))
    counted("steps", total)


def test_killed_at_any_moment_it_ends_with_the_same(handed, whole, tmp_path):
    """Also in the midst of what SQLite does by itself, where no step is told."""
    chance = random.Random(8)
    for number in range(examples(4, 60)):
        out = tmp_path / f"out-{number}"
        pid = os.fork()
        if pid == 0:
            with contextlib.suppress(BaseException):
                graded(handed, out, jobs=2)
            os._exit(0)
        time.sleep(chance.uniform(0.0, 0.6))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        goes_on(handed, out, whole)
        counted("kills at any moment")


# ---- what the command says


@pytest.fixture
def command(monkeypatch, handed):
    """`coursetools grade` on the scripted lesson; gives the exit code and what was said."""
    monkeypatch.setattr(grade_command, "why_not", lambda: None)
    monkeypatch.setattr(grade_command, "wanted_lesson", lambda text: Wanted(LESSON))
    monkeypatch.setattr(grade_command, "load_release", lambda *_: read_notebook(RELEASED))

    def said(out, script=lambda cell, use: None):
        monkeypatch.setattr(
            grade_command, "_runner", lambda _: lambda: ScriptedRunner(LESSON, script)
        )
        arguments = ["grade", str(handed), "--lesson", "9", "--out", str(out), "--jobs", "1"]
        result = CliRunner().invoke(app, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.output
        return result.exit_code, result.output

    return said


def test_an_output_folder_that_is_a_file(command, tmp_path):
    out = tmp_path / "out"
    out.write_text("mine", "ascii")
    code, words = command(out)
    assert (code, out.read_text("ascii")) == (1, "mine")
    assert str(out) in words


def test_a_gradebook_that_is_something_else(command, whole, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / GRADEBOOK).write_bytes(b"no database" * 100)
    code, words = command(out)
    assert code == 1
    assert "that file is something else" in words
    (out / GRADEBOOK).unlink()
    assert command(out)[0] == 0
    assert (written(out), lines_of(out)) == whole


def test_a_locked_gradebook(command, whole, tmp_path, monkeypatch):
    monkeypatch.setattr("coursetools.grading.batch.open_gradebook", quick)
    out = tmp_path / "out"
    assert command(out)[0] == 0
    with contextlib.closing(sqlite3.connect(out / GRADEBOOK)) as other:
        other.execute("begin exclusive")
        code, words = command(out)
        assert code == 1
        assert "another program is writing to it" in words
        assert "the same command goes on from there" in words
    assert command(out)[0] == 0
    assert (written(out), lines_of(out)) == whole


def quick(place):
    return open_gradebook(place, wait=0.1)


def test_ctrl_c_stops_and_the_same_command_goes_on(command, whole, tmp_path):
    out = tmp_path / "out"
    ran = []

    def stop(cell, use):
        ran.append(cell)
        if len(ran) == 10:  # in the third submission
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)

    code, words = command(out, stop)
    assert code == 130
    assert "Stopped. What was graded so far is in the gradebook" in words
    before = graded_so_far(out)
    assert 0 < before < len(STUDENTS)
    code, words = command(out)
    assert code == 0
    assert f"({len(STUDENTS) - before} now)" in words
    assert (written(out), lines_of(out)) == whole


@contextlib.contextmanager
def mounted(folder, options):
    """A file system in memory at a folder; only root may, and not everywhere."""
    folder.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if sys.platform != "linux" or subprocess.run(line, capture_output=True).returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("size", [8, 64, 120, 160, 200])
def test_a_full_disk(command, whole, tmp_path, size):
    out = tmp_path / "out"
    with mounted(out, f"size={size}k"):
        code, words = command(out)
        assert code == 1, words
        assert "disk is full" in words
        assert "the same command" in words or "run the same again" in words
        before = graded_so_far(out)
        subprocess.run(["mount", "-o", "remount,size=20m", str(out)], check=True)
        code, words = command(out)
        assert code == 0
        assert f"({len(STUDENTS) - before} now)" in words
        assert (written(out), lines_of(out)) == whole


def test_a_full_disk_without_root(handed, whole, tmp_path):
    """A limit on the size of files stands in for it, in a process of its own."""
    out = tmp_path / "out"

    def run():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        graded(handed, out, jobs=1)

    assert in_a_process(run) == 1
    goes_on(handed, out, whole)


def test_an_output_that_can_only_be_read(command, whole, tmp_path):
    out = tmp_path / "out"
    with mounted(out, "size=20m"):
        assert command(out)[0] == 0
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        code, words = command(out)
        assert code == 1
        assert "can only be read" in words
        subprocess.run(["mount", "-o", "remount,rw", str(out)], check=True)
        assert command(out)[0] == 0
        assert (written(out), lines_of(out)) == whole


# ---- a submission's processes killed


def test_a_submission_whose_processes_die_twice_is_for_review():
    def dying(cell, use):
        return CellReport(ended=RunStatus.SANDBOX_ERROR, sentence="Its warden is gone.")

    runner = ScriptedRunner(LESSON, dying)
    grade = grade_one(handed_in(written="ada"), assignment(LESSON), runner)
    assert len(runner.places) == 2
    assert grade.needs_review
    assert [exercise.score for exercise in grade.exercises] == [None, None]
