"""A notebook file from anyone: read, or refused in a sentence."""

import json

import nbformat
import pytest

from coursetools.grading.notebook import UnreadableNotebookError, notebook_id, read_notebook
from coursetools.grading.notebook.reading import CELLS, LARGEST, LONGEST_CELL
from grading.small_lesson import code, file_of, lesson, text

NOT_NOTEBOOKS = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \n\n", "nothing but blanks"),
    "cut off": (file_of(lesson())[:-40], "cut off"),
    "no json": (b"{'cells': []}", "line 1 cannot be read"),
    "a web page": (b"\n<!DOCTYPE html><html></html>", "web page"),
    "a git conflict": (
        b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n]}',
        "Git conflict",
    ),
    "no text": (b"\xff\xfe\x00{", "UTF-8"),
    "a list": (b"[1, 2]", "not a notebook"),
    "a number": (b"3", "not a notebook"),
    "no version": (b'{"cells": []}', "version from 1 to 4"),
    "a version to come": (file_of([], nbformat=5), "version from 1 to 4"),
    "a version that is none": (file_of([], nbformat=True), "version from 1 to 4"),
    "no cells": (b'{"nbformat": 4, "metadata": {}}', "without a list of cells"),
    "cells that are none": (file_of([]).replace(b"[]", b'{"1": 2}'), "without a list of cells"),
    "too many cells": (file_of([code("")] * (CELLS + 1)), "20,001 cells"),
    "too deep to parse": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "too deep": (
        file_of([], metadata=json.loads("[" * 200 + "]" * 200)),
        "nested deeper than 100",
    ),
    "too many parts": (b"[" + b"[]," * 1_000_001 + b"0]", "more parts than any notebook"),
    "too large": (b"1" * (LARGEST + 1), "bytes"),
    "an old one that is none": (
        b'{"nbformat": 3, "worksheets": [{"cells": [3]}]}',
        "cannot be read as such",
    ),
}


@pytest.mark.parametrize(("data", "why"), NOT_NOTEBOOKS.values(), ids=NOT_NOTEBOOKS)
def test_what_is_no_notebook_is_refused_in_a_sentence(data, why):
    with pytest.raises(UnreadableNotebookError) as refused:
        read_notebook(data)
    assert why in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_file_at_the_limits_is_read():
    cells = [code("x" * LONGEST_CELL), *[code("")] * (CELLS - 1)]
    assert len(read_notebook(file_of(cells)).cells) == CELLS


def test_a_source_is_a_text_or_a_list_of_lines():
    read = read_notebook(file_of([code(["a = 1\n", "b = 2"]), code("c = 3"), text("*d*")]))
    assert [(cell.kind, cell.source) for cell in read.cells] == [
        ("code", "a = 1\nb = 2"),
        ("code", "c = 3"),
        ("markdown", "*d*"),
    ]
    assert read.notes == ()


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (7, "no cell"),
        ({"cell_type": "heading", "source": "x"}, "neither code nor text"),
        ({"cell_type": ["code"], "source": "x"}, "neither code nor text"),
        (code("x") | {"source": {"a": 1}}, "no text"),
        (code("x") | {"source": ["a", 1]}, "no text"),
        (code("x" * (LONGEST_CELL + 1)), "more than 1,000,000 characters"),
    ],
)
def test_an_odd_cell_costs_itself_and_is_told(cell, why):
    read = read_notebook(file_of([code("a = 1"), cell, code("b = 2")]))
    assert [cell.source for cell in read.cells] == ["a = 1", "b = 2"]
    assert len(read.notes) == 1
    assert "Cell 2 of the file was left out" in read.notes[0]
    assert why in read.notes[0]


def test_fields_that_are_not_what_they_should_be_are_left_out():
    odd = {"cell_type": "code", "id": 3, "outputs": "none", "metadata": [1]}
    (cell,) = read_notebook(file_of([odd])).cells
    assert (cell.source, cell.id, cell.outputs, cell.metadata) == ("", None, (), {})


def test_halves_of_characters_do_not_get_far():
    data = file_of([code("X")]).replace(b'"X"', rb'"a = \"\ud800\""')
    (cell,) = read_notebook(data).cells
    assert cell.source.encode() == b'a = "?"'


def test_a_byte_order_mark_is_no_obstacle():
    assert read_notebook(b"\xef\xbb\xbf" + file_of([code("a")])).cells[0].source == "a"


@pytest.mark.parametrize("version", [2, 3])
def test_an_old_notebook_is_upgraded(version):
    new = nbformat.from_dict(json.loads(file_of(lesson())))
    if version == 3:
        old = nbformat.v3.writes_json(nbformat.convert(new, 3))
    else:
        cells = [
            {"cell_type": "code", "language": "python", "input": c["source"], "outputs": []}
            for c in lesson()
            if c["cell_type"] == "code"
        ]
        old = json.dumps({"nbformat": 2, "metadata": {}, "worksheets": [{"cells": cells}]})
    read = read_notebook(old.encode())
    found = [cell.source for cell in read.cells if cell.kind == "code"]
    assert found == [c["source"] for c in lesson() if c["cell_type"] == "code"]
    assert read.notes == (
        f"The file has the old notebook format {version}; it was read as format 4.",
    )
    assert notebook_id(read) == ""
