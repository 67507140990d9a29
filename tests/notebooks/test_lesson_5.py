"""What lesson 5's exercises say of its notebook is so."""

import re
from pathlib import Path

import pytest
from nbformat import NotebookNode

from coursetools import lessons
from coursetools.lessons.lesson_5 import experiment, repair, third_block, troubles
from coursetools.operations import Convnet
from notebooks.runs import answer_cells, names_in, read

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "5-custom-convnets-and-augmentation.ipynb"
EXERCISES = [exercise.number for exercise in lessons.load(5).exercises]
PRINTED = re.compile(r"\(None, (.+?)\) +([\d,]+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def notebook() -> NotebookNode:
    return read(NOTEBOOK)


def cell(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def printed(notebook: NotebookNode, cell_id: str) -> str:
    """Return what a cell printed when its outputs were stored."""
    return "".join(output.get("text", "") for output in cell(notebook, cell_id).outputs)


def test_the_network_above_is_the_one_that_the_exercises_count(notebook: NotebookNode) -> None:
    ids = [each.id for each in notebook.cells]
    assert ids.index("network") < ids.index("a1") < ids.index("deeper")
    assert f"Total params: {third_block.ABOVE:,}" in printed(notebook, "network")
    assert f"{third_block.TOTAL:,} parameters with two" in printed(notebook, "deeper")


def test_the_printed_summary_of_5_2_is_the_networks(notebook: NotebookNode) -> None:
    text = cell(notebook, "notes-summary").source
    rows = [(shape, int(count.replace(",", ""))) for shape, count in PRINTED.findall(text)]
    layers = Convnet().layers()
    assert rows == [(", ".join(map(str, one.shape)), one.parameters) for one in layers]
    assert f"Total params: {repair.PRINTED:,}" in text
    assert "padding" not in cell(notebook, "notes").source


def test_both_networks_of_section_5_are_counted(notebook: NotebookNode) -> None:
    assert re.search(
        rf"in all +{repair.PRINTED:,} +{repair.UNREPAIRED:,}", printed(notebook, "same-or-valid")
    )


@pytest.mark.parametrize(
    ("figure", "answer", "history"),
    [("troubles", "a4", troubles.HISTORY), ("stored-pair", "a8", experiment.HISTORY)],
)
def test_the_stored_runs_stand_before_the_question_about_them(
    notebook: NotebookNode, figure: str, answer: str, history: str
) -> None:
    ids = [each.id for each in notebook.cells]
    assert ids.index(figure) < ids.index(answer)
    assert f'ct.load_runs("{history}")' in cell(notebook, figure).source


def test_runs_are_still_the_stored_ones_where_5_8_asks_for_them(notebook: NotebookNode) -> None:
    binding = [
        each.id
        for each in notebook.cells
        if each.cell_type == "code" and "runs" in names_in(each.source)[0]
    ]
    assert binding == ["stored-pair"]


def test_no_cell_of_ours_binds_an_answer(notebook: NotebookNode) -> None:
    answers = {name for each in lessons.load(5).exercises for name in each.answers}
    for each in notebook.cells:
        if each.cell_type == "code" and not each.source.startswith("# Exercise"):
            assigned, _ = names_in(each.source)
            assert not answers & assigned, each.id


def test_exercises_stand_in_order(notebook: NotebookNode) -> None:
    assert list(answer_cells(notebook)) == EXERCISES


def test_what_trains_or_draws_is_left_out_in_grading(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        heavy = re.search(r"\bfit(_resumable)?\(|\.predict\(|ct\.explore\.|ct\.submit", each.source)
        if each.cell_type == "code" and heavy:
            assert each.metadata["coursetools"]["run"] == "never", each.id


def test_each_part_takes_an_hour_at_most(notebook: NotebookNode) -> None:
    text = "\n".join(each.source for each in notebook.cells if each.cell_type == "markdown")
    _, *parts = re.split("^# Part ", text, flags=re.MULTILINE)
    assert len(parts) == 2
    for part in parts:
        minutes = [int(found) for found in re.findall(r"^\*core · (\d+)", part, re.MULTILINE)]
        assert len(minutes) > 3
        assert sum(minutes) <= 60
