"""Cells that grading may leave out: nothing that still runs may need what they make."""

import ast

import pytest
from nbformat import NotebookNode

from notebooks.runs import names_in

MARKS = ("if-used", "never")


@pytest.mark.parametrize("marks", [MARKS, MARKS[1:]], ids=["either", "never"])
def test_no_cell_that_is_graded_needs_one_that_is_left_out(
    notebook: NotebookNode, marks: tuple[str, ...]
) -> None:
    only_there: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        assigned, used = names_in(cell.source)
        assigned |= made(cell.source)
        if cell.metadata.get("coursetools", {}).get("run") in marks:
            only_there |= assigned
        else:
            assert not (used - assigned) & only_there, f"cell `{cell.id}`"
            only_there -= assigned


def made(source: str) -> set[str]:
    """Return the functions, their parameters and the modules that a cell names."""
    nodes = list(ast.walk(ast.parse(source)))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    functions |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return functions | {a.asname or a.name for node in imports for a in node.names}
