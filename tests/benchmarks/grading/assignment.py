"""The same lesson for both graders: submissions for ours, and an assignment for nbgrader.

nbgrader's has the cells that our grader runs, those with a mark left out. An answer cell
is followed by a locked cell that checks it and gives its points.
"""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from coursetools.exercises import Lesson
from notebooks.runs import answer, answer_cells, code_cell

_CONNECT = 'student_id=""'


def students(count: int) -> list[str]:
    """Give the ids of a class; every second one has solved every second exercise only."""
    return [f"bench{number:04}" for number in range(count)]


def fill(notebook: NotebookNode, lesson: Lesson, student_id: str) -> None:
    """Write a student's answers and id into a released notebook."""
    half = int(student_id.removeprefix("bench")) % 2
    cells = answer_cells(notebook)
    for place, (number, cell) in enumerate(cells.items()):
        if not (half and place % 2):
            answer(cell, lesson.exercise(number).solution_for(student_id))
    for cell in notebook.cells:
        cell.source = cell.source.replace(_CONNECT, f'student_id="{student_id}"')
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def write_submissions(
    released: NotebookNode, lesson: Lesson, ids: Sequence[str], folder: Path
) -> None:
    """Write what a class hands in to our grader: `folder/ID.ipynb`."""
    folder.mkdir(parents=True)
    for student_id in ids:
        notebook = copy.deepcopy(released)
        fill(notebook, lesson, student_id)
        nbformat.write(notebook, folder / f"{student_id}.ipynb")


def nbgrader_source(released: NotebookNode, lesson: Lesson) -> NotebookNode:
    """Give the instructor's notebook for `nbgrader generate_assignment`."""
    source = copy.deepcopy(released)
    source.cells = [cell for cell in source.cells if not _is_left_out(cell)]
    numbers = {id(cell): number for number, cell in answer_cells(source).items()}
    cells = [_locked("begin", "import beside\n\nbeside.begin()")]
    for cell in source.cells:
        cells.append(cell)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        number = numbers.get(id(cell))
        if number is None:
            continue
        exercise = lesson.exercise(number)
        solution = f"### BEGIN SOLUTION\n{exercise.solution_for('')}\n### END SOLUTION"
        answer(cell, solution)
        name = number.replace(".", "-")
        cell.metadata["nbgrader"] = _marked(f"answer-{name}", solution=True)
        check = f'beside.score("{number}")'
        cells.append(_locked(f"points-{name}", check, points=exercise.points))
    source.cells = cells
    return source


def write_nbgrader_submissions(
    notebook: NotebookNode, lesson: Lesson, ids: Sequence[str], submitted: Path, name: str
) -> None:
    """Write what a class hands in to nbgrader: `submitted/ID/NAME/NAME.ipynb`.

    Args:
        notebook: What `nbgrader generate_assignment` made.
        lesson: The lesson.
        ids: Of the students.
        submitted: nbgrader's folder of that name.
        name: Of the assignment.
    """
    for student_id in ids:
        filled = copy.deepcopy(notebook)
        _blank_again(filled, lesson)
        fill(filled, lesson, student_id)
        folder = submitted / student_id / name
        folder.mkdir(parents=True)
        nbformat.write(filled, folder / f"{name}.ipynb")


def _is_left_out(cell: NotebookNode) -> bool:
    """Whether our grader does not run a cell; no answer here uses what a demonstration makes."""
    return cell.metadata.get("coursetools", {}).get("run") in ("if-used", "never")


def _blank_again(notebook: NotebookNode, lesson: Lesson) -> None:
    """Put the course's blanks where nbgrader put its `raise NotImplementedError()`."""
    for number, cell in answer_cells(notebook).items():
        names = lesson.exercise(number).answers
        answer(cell, "\n".join(f"{name} = ____" for name in names))


def _locked(name: str, source: str, points: float | None = None) -> NotebookNode:
    more: dict[str, Any] = {} if points is None else {"points": points}
    return code_cell(source, nbgrader=_marked(name, locked=True, grade=points is not None) | more)


def _marked(
    name: str, *, solution: bool = False, locked: bool = False, grade: bool = False
) -> dict[str, Any]:
    return {
        "schema_version": 3,
        "grade_id": name,
        "solution": solution,
        "locked": locked,
        "grade": grade,
        "task": False,
    }
