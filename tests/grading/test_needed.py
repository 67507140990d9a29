"""Cells marked `run = if-used`: they run where a student uses what they make, and nowhere else."""

import pytest

from coursetools.grading.needed import needed
from coursetools.grading.notebook import AssembledCell, Notebook, Origin
from coursetools.grading.notebook.reading import NotebookCell

OURS = {
    "imports": ("import numpy as np", ""),
    "count": ("def count(side):\n    return side * 2", "if-used"),
    "counted": ("n, k = 6, 3\nfor n in (1, 2):\n    seen = count(n)", "if-used"),
    "series": ("series = np.arange(3)", "if-used"),
}


def ran(answer: str) -> list[str]:
    """Give the ids of the lesson's cells that run for a student's cell."""
    released = Notebook(
        cells=tuple(
            NotebookCell("code", source, id=name, metadata={"coursetools": {"run": mark}})
            for name, (source, mark) in OURS.items()
        )
    )
    cells = [AssembledCell(s, Origin.RELEASED, cell_id=name) for name, (s, _) in OURS.items()]
    cells.append(AssembledCell(answer, Origin.STUDENT_ANSWER, "1.1", "a1"))
    return [cell.cell_id or "" for cell in needed(cells, released)][:-1]


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("def out_size(n, k):\n    return (n - k) + 1", []),  # names of its own
        ("seen = [4, 2]", []),
        ("sizes = count(8)", ["count"]),
        ("total = seen + 1", ["count", "counted"]),  # which is built on another
        ("k += 1", ["count", "counted"]),
        ("def change(x):\n    return [s for s in series if s > x]", ["series"]),
        ("print(f'{series}')", ["series"]),
        ("%time series.sum()", ["series"]),  # a magic: every word counts
        ("def (series", ["series"]),
        ("exec('ser' + 'ies')", ["count", "counted", "series"]),
        ("globals()['k']", ["count", "counted", "series"]),
        ("(" * 5_000 + "series", ["series"]),  # deeper than Python's parser goes
    ],
)
def test_what_runs_is_what_the_students_cell_takes_from_outside(
    answer: str, more: list[str]
) -> None:
    assert ran(answer) == ["imports", *more]
