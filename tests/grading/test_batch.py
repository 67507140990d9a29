"""A folder in, a gradebook and pages out: the same whatever finished first, and after a kill."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coursetools.grading.batch import grade_folder
from coursetools.grading.gradebook import open_gradebook
from coursetools.grading.intake import read_roster
from coursetools.grading.notebook import read_notebook
from coursetools.grading.order import GRADEBOOK, Order
from coursetools.grading.records import Disposition, RunStatus
from coursetools.grading.report import TIMES
from coursetools.sandbox.process import SandboxError
from grading.scripted import RELEASED, ScriptedRunner, handed_in
from grading.test_grader import KILLER, LESSON, ending

EXITS = ending("os._exit")
STUDENTS = ("ada", "bob", "cleo", "dora", "emil", "finn")


@pytest.fixture
def handed(tmp_path):
    """Six students' notebooks, one with a cell that ends its process, and rubbish."""
    folder = tmp_path / "handed in"
    for student in STUDENTS:
        extra = [KILLER] if student == "emil" else []
        path = folder / student / "lesson.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(handed_in(*extra, written=student).notebook)
    (folder / "broken.ipynb").write_bytes(b'{"cells": [')
    (folder / "notes.txt").write_text("hello", "utf-8")
    return folder


def order(out, **more):
    return Order(LESSON, read_notebook(RELEASED), out, **more)


def graded(handed, out, script=EXITS, opening=lambda n: None, **more):
    runners = []

    def runner_of():
        runners.append(ScriptedRunner(LESSON, script, opening))
        return runners[-1]

    return grade_folder(handed, order(out, **more), runner_of), runners


def written(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (GRADEBOOK, TIMES)
    }


def lines_of(out):
    with open_gradebook(out / GRADEBOOK) as book:
        return list(book.lines())


def test_every_file_is_accounted_for(handed, tmp_path):
    summary, _ = graded(handed, tmp_path / "out")
    assert [grade.student_id for grade in summary.grades] == list(STUDENTS)
    assert {grade.score for grade in summary.grades} == {4.0}
    found = {file.path: file.disposition for file in summary.files}
    assert found["broken.ipynb"] is found["notes.txt"] is Disposition.REJECTED
    assert found["ada/lesson.ipynb"] is Disposition.GRADED
    assert len(found) == len(STUDENTS) + 2
    files = written(tmp_path / "out")
    assert {"gradebook.csv", "index.html", "report.html", "review/index.html"} <= set(files)
    assert b'href="report.html"' in files["index.html"]
    assert (tmp_path / "out" / TIMES).is_file()
    assert sum(name.startswith("feedback/") for name in files) == len(STUDENTS)


def test_whatever_finishes_first_the_same_bytes_come_out(handed, tmp_path):
    def dawdling(cell, use):
        time.sleep(random.random() / 50)
        return EXITS(cell, use)

    graded(handed, tmp_path / "one", jobs=1)
    graded(handed, tmp_path / "many", dawdling, jobs=4)
    assert written(tmp_path / "one") == written(tmp_path / "many")
    assert lines_of(tmp_path / "one") == lines_of(tmp_path / "many")


def test_a_second_run_grades_only_what_is_new(handed, tmp_path):
    out = tmp_path / "out"
    first, _ = graded(handed, out)
    before = written(out)
    second, runners = graded(handed, out)
    assert (first.graded_now, second.graded_now, runners) == (6, 0, [])
    assert written(out) == before
    (handed / "gina").mkdir()
    (handed / "gina" / "lesson.ipynb").write_bytes(handed_in(written="gina").notebook)
    third, _ = graded(handed, out)
    assert (len(third.grades), third.graded_now) == (7, 1)


def test_a_page_that_is_nobodys_any_more_goes(handed, tmp_path):
    out = tmp_path / "out"
    graded(handed, out)
    (handed / "finn" / "lesson.ipynb").unlink()
    (out / "feedback" / "notes.html").write_text("an instructor's own", "utf-8")
    graded(handed, out)
    pages = {name.partition("/")[2] for name in written(out) if name.startswith("feedback/")}
    assert len(pages) == 6
    assert "notes.html" in pages
    assert not any(name.startswith("finn") for name in pages)


def test_our_failure_costs_nobody_else_and_is_tried_again_next_time(handed, tmp_path):
    def opening(n):
        if n < 2:  # the first submission's two tries, one submission at a time
            raise SandboxError("no process")

    out = tmp_path / "out"
    first, _ = graded(handed, out, opening=opening, jobs=1)
    assert [grade.student_id for grade in first.ours] == ["ada"]
    assert [grade.score for grade in first.grades[1:]] == [4.0] * 5
    files = {file.path: file for file in first.files}
    assert files["ada/lesson.ipynb"].disposition is Disposition.NEEDS_REVIEW
    assert b"ada,ada,," in written(out)["gradebook.csv"]  # no mark, where a zero would be a lie
    second, _ = graded(handed, out)
    assert (second.graded_now, second.ours) == (1, ())


def test_a_check_of_ours_that_breaks_the_grader_is_no_zero(handed, tmp_path, monkeypatch):
    def broken(*arguments, **options):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("coursetools.grading.workers.grade_one", broken)
    summary, _ = graded(handed, tmp_path / "out")
    assert len(summary.ours) == 6
    assert all(exercise.score is None for g in summary.grades for exercise in g.exercises)
    assert "a mistake of ours" in summary.grades[0].review[0]


def test_the_roster_says_who_is_missing(handed, tmp_path):
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\nada,Ada Lovelace\nzoe,Zoë Zweig\n", "utf-8")
    summary, _ = graded(handed, tmp_path / "out", roster=read_roster(roster))
    assert summary.missing == {"zoe": "Zoë Zweig"}
    assert "Zoë Zweig" in written(tmp_path / "out")["index.html"].decode()


GRADER = """
import sys, time
from pathlib import Path
from grading.test_batch import graded
def slow(cell, use):
    time.sleep(0.1)
    return None
print("begins", flush=True)
graded(Path(sys.argv[1]), Path(sys.argv[2]), slow, jobs=2)
"""


def test_a_killed_grader_goes_on_where_it_stood(handed, tmp_path):
    out = tmp_path / "killed"
    command = [sys.executable, "-c", GRADER, str(handed), str(out)]
    places = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    grader = subprocess.Popen(command, env={"PYTHONPATH": ":".join(places)}, cwd=tmp_path)
    deadline = time.monotonic() + 60
    while graded_so_far(out) < 2:
        assert time.monotonic() < deadline
        assert grader.poll() is None, "it ended before it was killed"
        time.sleep(0.05)
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    before = graded_so_far(out)
    assert 2 <= before < len(STUDENTS)
    resumed, _ = graded(handed, out, lambda cell, use: None)
    assert resumed.graded_now == len(STUDENTS) - before
    graded(handed, tmp_path / "whole", lambda cell, use: None)
    assert written(out) == written(tmp_path / "whole")
    assert {grade.status for grade in resumed.grades} == {RunStatus.FINISHED}


def graded_so_far(out):
    """Ask SQLite itself, from another process's side, as an instructor's tool would."""
    import sqlite3

    try:
        with sqlite3.connect(f"file:{out / GRADEBOOK}?mode=ro", uri=True) as book:
            return book.execute("select count(*) from grades").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_the_options_that_change_marks_are_part_of_the_key(handed, tmp_path):
    out = tmp_path / "out"
    graded(handed, out)
    again, _ = graded(handed, out, text_answers=True)
    assert again.graded_now == 6
