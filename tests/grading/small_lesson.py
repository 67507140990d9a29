"""Small notebooks to hand in: a lesson of two exercises, and what students do to it."""

import json
from typing import Any

from coursetools.answers.stored import STORED_TYPE, store
from coursetools.grading.notebook import Assembled, Notebook, read_notebook

Cell = dict[str, Any]

CONNECT = 'q_1, q_2 = ct.connect(lesson=7, student_id="")'
TRAINING = "model.fit(ds_train, epochs=30)\nmodel.save('own.keras')\nprint('trained')"
FIRST = "# Exercise 7.1: a number\nnumber = ____\n\nq_1.check()"
SECOND = "# Exercise 7.2: a letter\nletter = ____\n\nq_2.check()"


def code(source: str | list[str], cell_id: str | None = None, **metadata: Any) -> Cell:
    cell: Cell = {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": [],
        "execution_count": None,
    }
    return cell if cell_id is None else cell | {"id": cell_id}


def text(source: str, cell_id: str | None = None) -> Cell:
    cell = {"cell_type": "markdown", "source": source, "metadata": {}}
    return cell if cell_id is None else cell | {"id": cell_id}


def lesson() -> list[Cell]:
    """The released cells; they can be changed freely."""
    return [
        text("# A lesson", "title"),
        code("import coursetools as ct\nfrom coursetools import ____", "imports"),
        code(CONNECT, "connect"),
        code("data = load()\ndata.head()", "load"),
        code("q_1", "q1"),
        code(FIRST, "a1"),
        code("seen = ct.use('7.1')\nprint(seen)", "seen"),
        code(TRAINING, "training", coursetools={"run": "never"}),
        text("Now a letter.", "letter"),
        code("q_2", "q2"),
        code(SECOND, "a2"),
        code("ct.progress()", "score"),
    ]


def file_of(cells: list[Cell], **more: Any) -> bytes:
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells} | more
    ).encode()


def notebook(cells: list[Cell]) -> Notebook:
    return read_notebook(file_of(cells))


def answered(cells: list[Cell], exercise: str, value: str) -> None:
    """Write an answer into the answer cell of an exercise."""
    for cell in cells:
        if cell["source"].startswith(f"# Exercise {exercise}"):
            cell["source"] = cell["source"].replace("____", value)


def place_of(cells: list[Cell], cell_id: str) -> int:
    return next(place for place, cell in enumerate(cells) if cell.get("id") == cell_id)


def without_ids(cells: list[Cell]) -> list[Cell]:
    return [{key: value for key, value in cell.items() if key != "id"} for cell in cells]


def keep(cell: Cell, exercise: str, answers: dict[str, Any]) -> None:
    """Store an answer in a cell's output, as `check()` does."""
    data = store(exercise, answers, cell["source"])
    cell["outputs"] = [{"output_type": "display_data", "data": {STORED_TYPE: data}, "metadata": {}}]


def sources(assembled: Assembled) -> list[str]:
    return [cell.source for cell in assembled.cells]
