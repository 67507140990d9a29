"""Runs of a lesson's notebook in a folder of its own, and what the exercises said in it."""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from coursetools.exercises import Lesson

MARKER = re.compile(r"#\s*Exercise\s+(\d+\.\d+)\b")
CHECK = re.compile(r"^q_\d+\.check\(\)\s*$", re.MULTILINE)
SCORES = "scores.json"

# Runs as the last cell: what came of the last check of each exercise.
TELL_SCORES = f"""
import json, pathlib
results = [value.result for name, value in globals().items() if name.startswith("q_")]
scores = {{
    result.exercise: {{
        "score": result.score,
        "max_score": result.max_score,
        "checks": [[c.outcome.value, c.points, c.feedback] for c in result.checks],
    }}
    for result in results if result is not None
}}
_ = pathlib.Path("{SCORES}").write_text(json.dumps(scores))
"""


@dataclass(frozen=True)
class Mark:
    """What an exercise earned, of how much, and each check's outcome, points and feedback."""

    score: float | None
    max_score: float
    checks: list[tuple[str, float, str]]


def read(path: Path) -> NotebookNode:
    """Read a notebook."""
    return nbformat.read(path, as_version=4)


def code_cell(source: str, **metadata: object) -> NotebookNode:
    """Make a code cell."""
    return nbformat.v4.new_code_cell(source.strip(), metadata=metadata)


def answer_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cells in which a student answers, by the exercise's number."""
    found = {}
    for cell in notebook.cells:
        marker = MARKER.match(cell.source)
        if cell.cell_type == "code" and marker:
            found[marker.group(1)] = cell
    return found


def answer(cell: NotebookNode, source: str) -> None:
    """Write an answer into its cell: the marker's line above it, the check below it, stay."""
    marker, _, rest = cell.source.partition("\n")
    checks = CHECK.findall(rest)
    cell.source = "\n".join([marker, source.strip(), "", *checks])


def solve(notebook: NotebookNode, lesson: Lesson, student_id: str = "") -> None:
    """Fill every answer cell with the reference solution, as the student would type it."""
    for number, cell in answer_cells(notebook).items():
        answer(cell, lesson.exercise(number).solution_for(student_id))


def trained_answers(notebook: NotebookNode) -> set[str]:
    """Return the numbers of the exercises whose answer cell is marked `run = never`: it trains."""
    return {number for number, cell in answer_cells(notebook).items() if is_only_shown(cell)}


def is_only_shown(cell: NotebookNode) -> bool:
    """Whether a cell is marked `run = never`."""
    return bool(cell.metadata.get("coursetools", {}).get("run") == "never")


def leave_out_what_is_only_shown(notebook: NotebookNode, lesson: Lesson) -> None:
    """Empty the cells marked `run = never`, but for those that make what an answer asks for.

    The run of the shipped notebook has them all; training it all a second time shows nothing new.
    """
    trained = trained_answers(notebook)
    for number in trained:
        answer_cells(notebook)[number].source = ""
    asked = [exercise for exercise in lesson.exercises if exercise.number not in trained]
    needed = {name for exercise in asked for name in exercise.answers}
    for cell in reversed([cell for cell in notebook.cells if cell.cell_type == "code"]):
        assigned, used = names_in(cell.source)
        if is_only_shown(cell) and not assigned & needed:
            cell.source = ""
        else:
            needed |= used


def names_in(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a cell assigns and those that it uses."""
    names = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
    assigned = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return assigned, {name.id for name in names if isinstance(name.ctx, ast.Load)}


def tell_scores(notebook: NotebookNode) -> None:
    """Add a cell that writes down what each exercise earned; nbval leaves its output alone."""
    notebook.cells.append(code_cell(TELL_SCORES, tags=["nbval-ignore-output"]))


def told_scores(folder: Path) -> dict[str, Mark]:
    """Read what the cell of `tell_scores` wrote down."""
    told = json.loads((folder / SCORES).read_text(encoding="utf-8"))
    return {number: Mark(**mark) for number, mark in told.items()}


def run(notebook: NotebookNode, folder: Path, *, allow_errors: bool = False) -> None:
    """Run a notebook as it would run in a folder."""
    NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        allow_errors=allow_errors,
        coalesce_streams=True,
    ).execute()


def said(cell: NotebookNode) -> str:
    """Return what a cell printed, showed as text or raised."""
    parts = []
    for output in cell.outputs:
        if output.output_type == "error":
            parts.append(f"{output.ename}: {output.evalue}")
        else:
            parts.append(output.get("text") or output.data.get("text/plain", ""))
    return "\n".join(parts)
