"""`coursetools grade` and `coursetools check`, as an instructor and a student use them."""

import csv
import re
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.cli import grade as grade_command
from coursetools.sandbox import why_not
from notebooks.runs import answer, answer_cells, read

SAMPLES = Path(__file__).parents[1] / "submissions"
LESSON_2 = Path(__file__).parents[2] / "notebooks" / "2-convolution-and-relu.ipynb"

needs_sandbox = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")


def said(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The sample submissions, graded in the sandbox; the folder and what was said."""
    out = tmp_path_factory.mktemp("graded")
    roster = SAMPLES / "roster.csv"
    code, words = said(
        "grade", SAMPLES / "handed-in", "--lesson", 2, "--out", out, "--roster", roster
    )
    assert code == 0, words
    return out, words


@needs_sandbox
def test_one_command_grades_the_samples(graded):
    out, words = graded
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {line["id"]: line for line in csv.DictReader(file)}
    scores = {student: line["score"] for student, line in lines.items()}
    assert scores["a1815"] == scores["h1878"] == scores["i1887"] == "18"
    assert scores["c1843"] == scores["d1882"] == "0"
    assert 0 < float(scores["b1906"]) < 18
    assert 0 < float(scores["e1912"]) < 18
    assert scores["j1900"] == ""  # who handed in nothing is on the list, without a mark
    assert "j1900 Jon Kim" in words
    assert "rejected  g1923.ipynb: The file is empty." in words
    pages = sorted(path.name for path in (out / "feedback").iterdir())
    assert len(pages) == 7
    assert (out / "review" / "index.html").exists()


@needs_sandbox
def test_a_page_says_what_the_notebook_would_have_said(graded):
    out, _ = graded
    page = next((out / "feedback").glob("d1882*.html")).read_text("utf-8")
    assert "The map is as large as the picture." in page
    assert "On a flat area of brightness 1 it still answers" in page


@needs_sandbox
def test_the_same_command_again_grades_nothing_twice(graded):
    out, _ = graded
    before = (out / "gradebook.csv").read_bytes()
    roster = SAMPLES / "roster.csv"
    code, words = said(
        "grade", SAMPLES / "handed-in", "--lesson", 2, "--out", out, "--roster", roster
    )
    assert (code, "7 graded (0 now)" in words) == (0, True), words
    assert (out / "gradebook.csv").read_bytes() == before


def test_without_a_sandbox_it_refuses_and_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(grade_command, "why_not", lambda: "Grade on Linux.")
    code, words = said("grade", SAMPLES, "--lesson", 2, "--out", tmp_path / "out")
    assert (code, words) == (grade_command.NO_SANDBOX, "coursetools: Grade on Linux.\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere", "--lesson", "2", "--out", "{out}"], "nowhere"),
        ([str(SAMPLES), "--lesson", "17", "--out", "{out}"], "There is no lesson `17`"),
        ([str(SAMPLES), "--lesson", "2", "--out", "{out}", "--roster", "none.csv"], "none.csv"),
        ([str(SAMPLES), "--lesson", "2", "--out", "{out}", "--release", "none"], "none"),
        ([str(SAMPLES), "--lesson", "2", "--out", str(Path(__file__))], Path(__file__).name),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(arguments, told, monkeypatch, tmp_path):
    monkeypatch.setattr(grade_command, "why_not", lambda: None)
    filled = [argument.format(out=tmp_path / "out") for argument in arguments]
    code, words = said("grade", *filled)
    assert code == 1
    assert told in words
    assert "Traceback" not in words


@pytest.mark.parametrize("command", ["grade", "check", "release"])
def test_help_shows_an_example_and_the_exit_codes(command):
    code, words = said(command, "--help")
    assert code == 0
    assert f"Example: coursetools {command}" in re.sub(r"\s+", " ", words)
    assert "Exit codes" in words


def test_a_student_is_told_what_the_grader_will_say(tmp_path):
    notebook = read(LESSON_2)
    answer(answer_cells(notebook)["2.1"], "my_kernel = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]")
    path = tmp_path / "mine.ipynb"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    code, words = said("check", path)
    assert code == 0
    assert "it still answers 9" in re.sub(r"[\s│]+", " ", words)
    assert "Score: 0 of 18 for the id demo" in words
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["mine.ipynb"]


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "empty"), (b'{"cells": [', "cut off"), (b'{"cells": [], "nbformat": 4}', "ct.connect")],
)
def test_what_is_no_notebook_of_the_course_is_said(data, told, tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_bytes(data)
    code, words = said("check", path)
    assert code == 1
    assert told in words
