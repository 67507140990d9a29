"""What a reader sees who opens a lesson and runs nothing: stored outputs, stills of explorers."""

from pathlib import Path

import nbformat
import pytest

from browser.any_lesson import assert_all_say_something, stored_texts
from browser.conftest import Open
from browser.lab import OpenNotebook
from browser.looks import axe
from coursetools import explorers

LESSON_3 = "3-maximum-pooling.ipynb"


def test_every_stored_figure_has_its_text(open_notebook: Open, root: Path) -> None:
    lesson = open_notebook(LESSON_3)
    stored, shown = lesson.stored(root), lesson.figures()
    assert [seen["texts"] for seen in shown] == [stored_texts(cell) for cell in stored.cells]
    assert [seen for seen in shown if seen["explorer"]] == []
    assert_all_say_something(shown)


@pytest.fixture(scope="module")
def lesson(open_notebook: Open, root: Path) -> OpenNotebook:
    """The cells of all lessons that show an explorer, with their stored stills."""
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    cells = [cell for path in paths for cell in nbformat.read(path, as_version=4).cells]
    stills = [cell for cell in cells if "ct.explore." in cell.source and cell.cell_type == "code"]
    named = {name for name in explorers.__all__ for cell in stills if f".{name}(" in cell.source}
    assert len(named) > 10
    for number, cell in enumerate(stills):  # ids may be the same in two lessons
        cell.id = f"still-{number}"
    return open_notebook("stills.ipynb", stills)


def test_every_explorer_has_a_still(lesson: OpenNotebook) -> None:
    shown = lesson.figures()
    assert len(shown) > 10
    assert [seen["figures"] for seen in shown] == [1] * len(shown)
    assert [
        seen for seen in shown if not any(letter.isdigit() for letter in seen["texts"][0])
    ] == []


def test_axe_finds_nothing_in_stills(lesson: OpenNotebook, theme: str) -> None:
    found = axe(lesson.page, ".jp-OutputArea-output", must_decide=["image-alt"])
    assert found == {}, theme
