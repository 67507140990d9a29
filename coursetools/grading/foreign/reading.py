"""Reading an assignment of another tool from its file, whichever tool made it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from coursetools.grading.foreign.assignment import Assignment, ForeignError, LeftOut
from coursetools.grading.foreign.nbgrader import is_nbgrader, read_nbgrader
from coursetools.grading.foreign.otter_made import is_otter_made, read_otter_made
from coursetools.grading.foreign.otter_source import is_otter_source, read_otter_source
from coursetools.grading.notebook import Notebook, UnreadableNotebookError, read_notebook
from coursetools.grading.notebook.reading import LARGEST

_LARGEST_TESTS = 1_000_000
_NAME = re.compile(r"[\w.-]{1,100}")
_OLD_OTTER = re.compile(r"^\s*```\s*\n?\s*BEGIN (QUESTION|ASSIGNMENT)", re.MULTILINE)


def read_assignment(file: Path) -> Assignment:
    """Read an assignment of nbgrader's or Otter's; nothing in it is run.

    Args:
        file: nbgrader's source or released notebook; what `otter assign` is given, or one of the
            notebooks that it makes, with the files of its tests in `tests` beside it.

    Raises:
        ForeignError: It is none of these, is broken, or asks nothing.
        OSError: It cannot be read.
    """
    with file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    try:
        notebook = read_notebook(data)
    except UnreadableNotebookError as error:
        raise ForeignError(f"`{file}` cannot be read. {error}") from error
    metadata = _metadata(data)
    if language := _other_language(metadata):
        raise ForeignError(f"`{file}` is written in {language}; only Python can be taken over.")
    try:
        assignment = _read(notebook, metadata, file)
    except ForeignError as error:
        raise ForeignError(f"`{file}` cannot be taken over. {error}") from error
    if not assignment.exercises:
        raise ForeignError(f"`{file}` is one of {assignment.tool}'s, but nothing in it is asked.")
    notes = tuple(LeftOut("the file", note) for note in notebook.notes)
    return replace(assignment, left_out=(*notes, *assignment.left_out))


def _read(notebook: Notebook, metadata: Mapping[str, object], file: Path) -> Assignment:
    title = file.stem
    if is_nbgrader(notebook):
        return read_nbgrader(notebook, title)
    if is_otter_source(notebook):
        return read_otter_source(notebook, title)
    if is_otter_made(notebook, metadata):
        return read_otter_made(notebook, metadata, title, lambda name: _beside(file, name))
    if any(c.kind == "markdown" and _OLD_OTTER.search(c.source) for c in notebook.cells):
        raise ForeignError(
            "It is of Otter's oldest format. Run `otter assign` on it, and name the notebook that "
            "this makes for the autograder."
        )
    raise ForeignError(
        "No cell has nbgrader's metadata, and none is marked as Otter's. Name the notebook that "
        "the assignment is made from."
    )


def _metadata(data: bytes) -> Mapping[str, object]:
    content = json.loads(data.decode("utf-8-sig"))  # `read_notebook` has measured it
    metadata = content.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _other_language(metadata: Mapping[str, object]) -> str:
    """Give the name of a language that is not Python, `""` if it is or nothing says."""
    for where, key in (("kernelspec", "language"), ("language_info", "name")):
        said = metadata.get(where)
        name = said.get(key) if isinstance(said, dict) else None
        if isinstance(name, str) and name and "python" not in name.lower():
            return f"`{name[:40]}`"
    return ""


def _beside(file: Path, name: str) -> str | None:
    """Give the text of a question's file of tests; a name that leads elsewhere has none."""
    if not _NAME.fullmatch(name) or name.startswith("."):
        return None
    path = file.parent / "tests" / f"{name}.py"
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        data = stream.read(_LARGEST_TESTS + 1)
    if len(data) > _LARGEST_TESTS:
        raise ForeignError(f"`{path}` is too large for a file of tests.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ForeignError(f"`{path}` is no text in UTF-8.") from error
