"""The `connect` cell of a notebook: what a student wrote between the quotes, read and never run."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice

from coursetools.grading.notebook.reading import Notebook, NotebookCell

CONNECT_CELL = "connect"
"""The id of the released cell."""

_LONGEST_SOURCE = 10_000
_MOST = 20
"""So many cells are parsed: a notebook has one that connects, or somebody wants to keep us busy."""

_LONGEST_ID = 200
_CALL = re.compile(r"\bconnect\s*\(")
_SHELL = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)


def notebook_id(notebook: Notebook) -> str | None:
    """Give the student id that a notebook names in its `connect` cell.

    Only a text in quotes is read: what would have to be run to be known is not.

    Returns:
        The id without blanks around it, `""` where none was written, None if no cell connects or
        the id is no plain text of one line and at most 200 characters.
    """
    ids = notebook_ids(notebook)
    return next((found for found in ids if found), ids[0] if ids else None)


def notebook_ids(notebook: Notebook) -> tuple[str, ...]:
    """Give the different ids of all cells that connect, the one of the released cell first."""
    found = (_argument(call, "student_id", 1) for call in _calls(notebook))
    texts = (_plain(node) if node is not None else "" for node in found)
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def notebook_lesson(notebook: Notebook) -> int | None:
    """Give the number of the lesson that a notebook connects with, None if it does not say."""
    for call in _calls(notebook):
        node = _argument(call, "lesson", 0)
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return node.value
    return None


def connects(cell: NotebookCell) -> bool:
    """Say whether a code cell calls `connect`."""
    return cell.kind == "code" and next(_calls_in(cell.source), None) is not None


def first_connecting(cells: Iterable[NotebookCell]) -> NotebookCell | None:
    """Give the first cell that calls `connect`, if it is among the first that look like it."""
    likely = islice((cell for cell in cells if _looks_like_it(cell)), _MOST)
    return next((cell for cell in likely if connects(cell)), None)


def _looks_like_it(cell: NotebookCell) -> bool:
    return cell.kind == "code" and _CALL.search(cell.source) is not None


def _calls(notebook: Notebook) -> Iterator[ast.Call]:
    likely = [cell for cell in notebook.cells if _looks_like_it(cell)]
    for cell in sorted(likely, key=lambda cell: cell.id != CONNECT_CELL)[:_MOST]:
        yield from _calls_in(cell.source)


def _calls_in(source: str) -> Iterator[ast.Call]:
    if len(source) > _LONGEST_SOURCE or not _CALL.search(source):
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in a student's strings
            tree = ast.parse(_SHELL.sub("", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) == "connect":
            yield node


def _name(function: ast.expr) -> str | None:
    if isinstance(function, ast.Attribute):
        owner = function.value
        ours = isinstance(owner, ast.Name) and owner.id in ("ct", "coursetools")
        return function.attr if ours else None
    return function.id if isinstance(function, ast.Name) else None


def _argument(call: ast.Call, name: str, place: int) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if len(call.args) > place else None


def _plain(node: ast.expr) -> str | None:
    if not isinstance(node, ast.Constant) or type(node.value) is not str:
        return None
    text = node.value.strip()
    return text if len(text) <= _LONGEST_ID and text.isprintable() else None
