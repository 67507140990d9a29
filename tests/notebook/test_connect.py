"""`connect`: what it says, what it refuses, and that it can be run again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coursetools.lessons import UnknownLessonError
from coursetools.notebook.cells import Cell, CellWatcher
from coursetools.notebook.connect import StudentIdError, connect, open_lesson

AGAIN = "q_1, q_2, q_3, q_4 = ct.open_lesson(practice_lesson.LESSON, student_id={!r})"


def test_nobody_in_particular_is_told_what_to_do(notebook: Any) -> None:
    text = notebook.run(AGAIN.format("")).text
    assert "numbers are drawn for `demo`" in text
    assert 'between the quotes of `student_id=""`' in text
    assert "Lesson 7: 0 of 4 exercises, 0 of 9 points" in text
    assert "Keras 3." in text


def test_id_as_it_was_typed(notebook: Any) -> None:
    assert "  Your id is `Zoë`." in notebook.run(AGAIN.format("  Zoë ")).text.splitlines()
    assert notebook["q_1"]._session.student_id == "zoë"


def test_draws_are_of_the_id(notebook: Any) -> None:
    texts = set()
    for name in ("ada", "bob", "cyd", "dan", "eve"):
        notebook.run(AGAIN.format(name))
        texts.add(repr(notebook["q_1"]))
    assert len(texts) > 1


@pytest.mark.parametrize("student_id", [12345, None, ["a"]])
def test_id_that_is_no_text(student_id: Any, practice: Any) -> None:
    with pytest.raises(StudentIdError, match="a text in quotes, but it is `"):
        open_lesson(practice.LESSON, student_id)


@pytest.mark.parametrize("student_id", ["two\nlines", "x" * 201])
def test_id_of_odd_text(student_id: str, practice: Any) -> None:
    with pytest.raises(StudentIdError, match="one line of at most 200 characters"):
        open_lesson(practice.LESSON, student_id)


@pytest.mark.parametrize("lesson", [99, 0, "1", 1.0, None, True])
def test_no_such_lesson(lesson: Any) -> None:
    with pytest.raises(UnknownLessonError, match=f"`{lesson!r}`"):
        connect(lesson=lesson)


def test_connecting_again_asks_ipython_once(notebook: Any) -> None:
    events = notebook.shell.events.callbacks
    before = {name: list(functions) for name, functions in events.items()}
    notebook.run(AGAIN.format(""))
    assert {name: list(functions) for name, functions in events.items()} == before


def test_exercises_come_in_order(notebook: Any) -> None:
    assert [notebook[f"q_{k}"].number for k in (1, 2, 3, 4)] == ["7.1", "7.2", "7.3", "7.4"]


def test_without_ipython_names_are_the_callers(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import practice_lesson, coursetools as ct\n"
        "q_1, *_ = ct.open_lesson(practice_lesson.LESSON)\n"
        "product = 700\n"
        "q_1.check(); q_1.hint(); ct.progress()\n"
        "assert 'IPython' not in sys.modules and 'keras' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent)],
        cwd=tmp_path,
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    assert "? Right ? 7.1 Times `h` ? 4 of 4 points" in lines
    assert "  A zero at the end." in lines


@pytest.mark.parametrize(
    ("source", "exercise"),
    [
        ("# Exercise 1.2\nx = 1", "1.2"),
        ("\n#Exercise 1.12: and more", "1.12"),
        ("# Exercise 1.2.3", "1.2"),
        ("x = 1\n# Exercise 1.2", None),
        ("# Exercises 1.2", None),
        ("# Exercise one", None),
        ("", None),
    ],
)
def test_marker_of_an_answer_cell(source: str, exercise: str | None) -> None:
    assert Cell(source).exercise == exercise


def test_watcher_survives_an_end_without_a_beginning() -> None:
    watcher = CellWatcher()
    watcher.ended()
    assert watcher.exercise is None
    assert watcher.source("1.2") is None
