"""Ideas with the defence against them switched off: they then succeed, so it is the defence.

Walls, clocks and limits are switched off beside their own tests; here is the rest.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from adversaries import beside_oneself, handed_in, lying, reaching_out
from adversaries.attacked import attacked, inert, put, told
from adversaries.idea import Idea
from adversaries.practice import CANARY, PRACTICE, SECRET, released
from coursetools.grading.grader import Assignment, grade_one
from coursetools.grading.notebook import read_notebook
from coursetools.grading.records import Grade, Submission
from coursetools.sandbox import Limits, Unconfined
from grading.feedback.page import Page

BY_NAME = {
    idea.name: idea
    for idea in (*beside_oneself.IDEAS, *reaching_out.IDEAS, *lying.IDEAS, *handed_in.IDEAS)
}


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("the environment of whoever grades", CANARY),
        ("solutions and expected values", "'lesson_1.json'"),
        ("the module of a lesson", "\n1\n"),
    ],
)
def test_without_walls_it_is_seen(name: str, seen: str) -> None:
    idea = BY_NAME[name]
    submission = Submission("ada", "Ada", "ada.ipynb", idea.file())
    grade = grade_one(submission, Assignment(PRACTICE, released(PRACTICE)), Unconfined(modules=()))
    assert idea.says not in told(grade)
    assert seen in told(grade)


def without_walls(idea: Idea) -> Grade:
    submission = Submission("ada", "Ada", "ada.ipynb", idea.file())
    assignment = Assignment(PRACTICE, released(PRACTICE))
    return grade_one(submission, assignment, Unconfined(modules=()))


def test_without_walls_links_stay_and_are_noticed(tmp_path: Path) -> None:
    names = ("left", "left-a-loop", "left-behind", "left-hard")
    try:
        ran = attacked(
            [BY_NAME["links"]], PRACTICE, tmp_path, lambda: Unconfined(modules=()), Limits()
        )
        assert ran.touched == tuple(f"/tmp/{name}" for name in names)
    finally:
        for name in names:
            Path("/tmp", name).unlink(missing_ok=True)


def test_where_the_fallback_is_taken_for_an_answer_it_earns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What closing an exercise is for."""
    idea = BY_NAME["the fallback bound after the lesson took it"]
    assert without_walls(idea).exercises[0].score == 0
    monkeypatch.setattr(
        "coursetools.grading.marking.Marking.take",
        lambda marking, capture: marking._data.update({capture.exercise: dict(capture.data)}),
    )
    assert without_walls(idea).exercises[0].score == 2


def made_by(idea: Idea) -> dict[str, Any]:
    """Run an answer here, as a grader does that compares beside the student."""
    names: dict[str, Any] = {}
    exec(idea.answer, names)
    return names


def test_compared_beside_the_student_lies_are_right() -> None:
    assert made_by(BY_NAME["an answer that is equal to everything"])["first"] == SECRET
    row = made_by(BY_NAME["an array that lies about its shape"])["row"]
    assert (row.tolist(), row.shape) == ([3, 1, 4], (3,))
    objects = made_by(BY_NAME["an array of objects"])["row"]
    assert (objects == np.array([3, 1, 4])).all()
    double = made_by(BY_NAME["a function whose results are equal to everything"])["double"]
    assert double(21) == 42
    with pytest.raises(SystemExit):
        made_by(BY_NAME["a function that raises what ends processes"])["double"](21)


def test_run_as_it_asks_a_notebook_has_the_kernel_it_names() -> None:
    notebook = nbformat.reads(BY_NAME["another kernel"].file().decode(), 4)
    assert NotebookClient(notebook).create_kernel_manager().kernel_name == "bash"


def test_read_without_measuring_files_take_what_they_want(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(RecursionError):
        json.loads(BY_NAME["deep JSON"].file())
    with pytest.raises(ValueError, match="integer string conversion"):
        json.loads(BY_NAME["integers beyond what Python reads"].file())
    monkeypatch.setattr("coursetools.grading.notebook.reading.CELLS", 10**9)
    assert len(read_notebook(BY_NAME["100,000 cells"].file()).cells) > 100_000


def test_unpacked_by_their_names_archives_write_where_they_want(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(BY_NAME["a zip that leads out"].file())) as archive:
        name = archive.namelist()[0]
        (tmp_path / "in").mkdir()
        put(tmp_path / "in" / name, archive.read(name))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["left-behind.ipynb"]
    packed = BY_NAME["a zip bomb"].file()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert len(archive.read("lesson.ipynb")) > 500 * len(packed)


def test_written_as_they_are_ids_run(tmp_path: Path) -> None:
    signs = handed_in.SIGNS
    table = io.StringIO()
    csv.writer(table).writerow([signs["a formula"], 8])
    assert table.getvalue().startswith("=cmd|")
    page = tmp_path / "page.html"
    page.write_text(f"<p>{signs['script']}</p>", "utf-8")
    assert not inert(Page(page))
    there = tmp_path / "feedback" / f"{signs['path separators']}.html"
    assert not there.resolve().is_relative_to(tmp_path)
