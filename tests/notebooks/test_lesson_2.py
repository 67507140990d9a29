"""What lesson 2's exercises say of its notebook is so."""

from pathlib import Path

import numpy as np
import pytest
from nbformat import NotebookNode

from coursetools.datasets import lesson_picture
from coursetools.lessons.lesson_2.maps import SIDE
from coursetools.lessons.lesson_2.sliding import lines_picture
from notebooks.runs import names_in, read

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "2-convolution-and-relu.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[NotebookNode]:
    found: list[NotebookNode] = read(NOTEBOOK).cells
    return found


def source_of(cells: list[NotebookNode], cell_id: str) -> str:
    return next(str(cell.source) for cell in cells if cell.id == cell_id)


def section_of(cells: list[NotebookNode], cell_id: str) -> str:
    """Return the heading that a cell stands under."""
    heading = ""
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0]
        if cell.id == cell_id:
            return heading
    raise LookupError(f"There is no cell `{cell_id}`.")


def test_table_of_section_9_is_of_the_picture_that_the_checks_try(
    cells: list[NotebookNode],
) -> None:
    made = source_of(cells, "lines").partition("ct.")[0]
    names: dict[str, object] = {"np": np}
    exec(made, names)
    np.testing.assert_array_equal(np.asarray(names["lines"]), lines_picture())
    np.testing.assert_array_equal(np.asarray(names["kernel"]), [[1, -1], [1, -1]])
    assert section_of(cells, "lines").startswith("## 9 ")


def test_table_stands_before_the_question_about_it(cells: list[NotebookNode]) -> None:
    ids = [cell.id for cell in cells]
    assert ids.index("lines") < ids.index("q5") < ids.index("a5")
    assert section_of(cells, "q5") == section_of(cells, "lines")


def test_picture_is_the_one_that_the_checks_load(cells: list[NotebookNode]) -> None:
    call = 'image = ct.lesson_picture("car-front", channels=1, size=200)'
    assert call in source_of(cells, "image")
    assert lesson_picture("car-front", channels=1, size=200).shape == (SIDE, SIDE)


def test_no_cell_of_ours_binds_an_answer(cells: list[NotebookNode]) -> None:
    answers = {"my_kernel", "image_filter", "image_detect", "filtered", "detected", "my_conv"}
    for cell in cells:
        if cell.cell_type == "code" and not cell.source.startswith("# Exercise"):
            assigned, _ = names_in(cell.source)
            assert not answers & assigned, cell.id


def test_core_sections_take_an_hour_at_most(cells: list[NotebookNode]) -> None:
    minutes = [
        int(line.split("·")[1].split()[0])
        for cell in cells
        for line in cell.source.splitlines()
        if line.startswith("*core · ")
    ]
    assert len(minutes) == 11
    assert sum(minutes) <= 60
