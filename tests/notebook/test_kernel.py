"""A small notebook from top to bottom in a kernel of its own, as nbclient and nbval run it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from coursetools.answers.stored import find_stored, read_stored

CONNECT = """\
import sys
sys.path.insert(0, {folder!r})
import practice_lesson
import coursetools as ct
from coursetools.answers import ____
q_1, q_2, q_3, q_4 = ct.open_lesson(practice_lesson.LESSON)
losses = [3.0, 1.0, 2.0]"""
CELLS = {
    "question": "q_1",
    "open": "# Exercise 7.1\nproduct = ____\nq_1.check()",
    "fallback": "product = ct.use('7.1')\nproduct",
    "wrong": "# Exercise 7.1\nproduct = 250\nq_1.check()",
    "blank": "# Exercise 7.1\nproduct = ____ * 2",
    "stored": "# Exercise 7.3\nhistory = {'loss': losses}\nbest = 2\nq_3.check()",
    "inline": "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots()\n_ = ax.plot(losses)",
    "result": "figure, ax = plt.subplots()\n_ = ax.plot(losses)\nfigure",
    "shown before": "figure",
    "again": "q_1, q_2, q_3, q_4 = ct.open_lesson(practice_lesson.LESSON)",
    "result again": "figure, ax = plt.subplots()\n_ = ax.plot(losses)\nfigure",
    "after a result": "figure, ax = plt.subplots()\n_ = ax.plot(losses)",
    "progress": "ct.progress()",
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The cells as a kernel ran them, by name."""
    folder = tmp_path_factory.mktemp("kernel")
    sources = [CONNECT.format(folder=str(Path(__file__).parent)), *CELLS.values()]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources]
    )
    notebook.cells[5].metadata["tags"] = ["raises-exception"]
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return dict(zip(["connect", *CELLS], notebook.cells, strict=True))


def texts(cell: Any) -> list[str]:
    return [output["data"]["text/plain"] for output in cell["outputs"]]


def test_connect_shows_one_card(outputs: dict[str, Any]) -> None:
    (text,) = texts(outputs["connect"])
    assert text.startswith("✓ Connected · Lesson 7: Practice")


def test_a_question_shows_html_and_text(outputs: dict[str, Any]) -> None:
    (output,) = outputs["question"]["outputs"]
    assert output["output_type"] == "execute_result"
    assert sorted(output["data"]) == ["text/html", "text/plain"]


def test_an_untouched_answer_and_the_fallback(outputs: dict[str, Any]) -> None:
    assert texts(outputs["open"]) == ["– Not answered yet · 7.1 Times `h` · 4 points"]
    note, value = texts(outputs["fallback"])
    assert note.endswith("your own is still open.")
    assert value == "700"


def test_a_wrong_answer_after_the_fallback(outputs: dict[str, Any]) -> None:
    (text,) = texts(outputs["wrong"])
    assert text.startswith("↻ Not yet")


def test_a_blank_that_is_used_names_its_exercise(outputs: dict[str, Any]) -> None:
    (error,) = outputs["blank"]["outputs"]
    assert error["ename"] == "BlankError"
    assert "exercise 7.1" in error["evalue"]


def test_the_stored_answer_belongs_to_the_cell_as_it_stands(outputs: dict[str, Any]) -> None:
    cell = outputs["stored"]
    answer = read_stored(find_stored(cell), cell["source"])
    assert (answer.exercise, answer.changed) == ("7.3", False)


@pytest.mark.parametrize(
    "name", ["inline", "result", "shown before", "result again", "after a result"]
)
def test_a_figure_is_shown_once_with_its_text(outputs: dict[str, Any], name: str) -> None:
    (output,) = outputs[name]["outputs"]
    assert output["data"]["text/plain"] == "a line of 3 points from 3 to 2, least 1, greatest 3."
    assert output["data"]["text/html"].startswith("<figure")
    assert "image/png" in output["data"]


def test_progress_knows_it_all(outputs: dict[str, Any]) -> None:
    (text,) = texts(outputs["progress"])
    assert text.startswith("• So far · Lesson 7: 1 of 4 exercises, 2 of 9 points")
