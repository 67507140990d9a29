"""Notebooks that `otter assign` made: the student's, or the one for its autograder."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from coursetools.grading.foreign.assignment import (
    Assignment,
    ForeignError,
    ForeignExercise,
    ForeignTest,
    Found,
    Marking,
)
from coursetools.grading.foreign.otter_tests import tests_in_file, tests_of
from coursetools.grading.foreign.stubs import has_solution, is_open, without_marks
from coursetools.grading.notebook import Notebook, NotebookCell

_CHECK = re.compile(r"^\s*grader\.check\(\s*[\"']([^\"']+)[\"']\s*\)\s*;?\s*$", re.MULTILINE)
_OTTERS = re.compile(
    r"^\s*(?:import otter\b|from otter\b|grader\s*=\s*otter\.|grader\.\w+\()", re.M
)
_EDGE = re.compile(r"<!--\s*(BEGIN|END) QUESTION\s*-->", re.IGNORECASE)
_SUBMISSION = "## Submission\n\nMake sure you have run all cells"
_PLACEHOLDER = "_Type your answer here"
_ANSWER, _SOLUTION = "otter_answer_cell", "otter_assign_solution_cell"

FileOfTests = Callable[[str], str | None]
"""Gives the text of `tests/NAME.py` by the question's name, None if there is none."""


def is_otter_made(notebook: Notebook, metadata: Mapping[str, object]) -> bool:
    """Say whether `otter assign` made a notebook."""
    return "otter" in metadata or any(
        cell.kind == "code" and _OTTERS.search(cell.source) for cell in notebook.cells
    )


def read_otter_made(
    notebook: Notebook, metadata: Mapping[str, object], title: str, file_of: FileOfTests
) -> Assignment:
    """Read an assignment; what is not understood is in its `left_out`.

    Args:
        notebook: Its cells.
        metadata: The notebook's own, where newer versions keep the tests.
        title: Where it says none itself.
        file_of: For tests that lie in files beside it.

    Raises:
        ForeignError: Tests are there and are none of Otter's.
    """
    said = metadata.get("otter")
    said = said if isinstance(said, dict) else {}
    tests = said.get("tests")
    reader = _Reader(tests if isinstance(tests, dict) else {}, file_of)
    for cell in notebook.cells:
        reader.read(cell)
    reader.end()
    if not any(_SOLUTION in _tags(cell) for cell in notebook.cells):
        reader.found.leave(
            "hidden tests",
            "This is the student's notebook: hidden tests, solutions and the points of what a "
            "person marks are not in it. Read the source notebook to have them.",
        )
    name = said.get("assignment_name")
    found = reader.found
    title = name if isinstance(name, str) and name.strip() else title
    return Assignment("Otter", title, tuple(found.parts), found.left_out)


def _tags(cell: NotebookCell) -> list[object]:
    tags = cell.metadata.get("tags")
    return tags if isinstance(tags, list) else []


class _Reader:
    """Reads cells from top to bottom; a check or the end of a question closes an exercise."""

    def __init__(self, tests: Mapping[str, object], file_of: FileOfTests) -> None:
        self.found = Found()
        self._tests = tests
        self._file_of = file_of
        self._waiting: list[NotebookCell] = []
        self._by_hand = False
        self._checked: set[str] = set()

    def read(self, cell: NotebookCell) -> None:
        if cell.kind == "markdown" and _EDGE.search(cell.source):
            self._edges(cell)
        elif cell.kind == "code" and (check := _CHECK.search(cell.source)):
            self._close(check[1])
        elif cell.kind == "markdown" and cell.source.startswith(_SUBMISSION):
            self.found.leave("`## Submission`", "It is a cell of Otter's own.")
        elif cell.kind == "code" and _OTTERS.search(cell.source):
            self.found.leave(
                f"`{cell.source.strip().splitlines()[0][:60]}`", "It is a cell of Otter's own."
            )
        else:
            self._waiting.append(cell)

    def end(self) -> None:
        """Take what is left as passages, and say which tests belong to nothing."""
        self._pass_on(self._waiting)
        for name in self._tests:
            if str(name) not in self._checked:
                self.found.leave(str(name)[:100], "It has tests, but no cell checks it.")

    def _edges(self, cell: NotebookCell) -> None:
        """Take a text apart at the marks in it; the end of one question may begin the next."""
        start = 0
        for edge in _EDGE.finditer(cell.source):
            self._text(cell.source[start : edge.start()])
            start = edge.end()
            if edge[1].upper() == "END" and self._by_hand:
                self._close(None)
            else:
                self._pass_on(self._waiting)
            self._by_hand = edge[1].upper() == "BEGIN"
        self._text(cell.source[start:])

    def _text(self, source: str) -> None:
        if source.strip():
            self._waiting.append(NotebookCell("markdown", source.strip("\n")))

    def _pass_on(self, cells: list[NotebookCell]) -> None:
        for cell in cells:
            if _ANSWER in _tags(cell):
                self.found.leave("an answer cell", "No check follows it: it is not marked.")
            if cell.kind == "code":
                self.found.code(cell.source)
            elif cell.kind == "markdown":
                self.found.text(cell.source)
        self._waiting = []

    def _close(self, check: str | None) -> None:
        cells, self._waiting = self._waiting, []
        self._by_hand = False
        tagged = [c for c in cells if _ANSWER in _tags(c) or _SOLUTION in _tags(c)]
        answers = tagged or [c for c in cells if check is None or c.kind == "code"][-1:]
        self._pass_on([cell for cell in cells if cell not in answers])
        name = check or f"question {self.found.next_number()}"
        tests = self._tests_of(name) if check else ()
        if not check:
            self.found.leave(name, "Neither its name nor its points are in the file: 1 is written.")
        self._checked.add(name)
        solutions = [c for c in answers if _SOLUTION in _tags(c)]
        shown = [c for c in answers if c not in solutions] or answers
        code = any(cell.kind == "code" for cell in answers)
        for cell in shown:
            if cell.kind == "markdown" and _PLACEHOLDER not in cell.source and not code:
                self.found.text(cell.source)
            elif cell.kind == "markdown" and code:
                self.found.leave(name, "Besides code it asks for a text, which is not asked here.")
        kind = "code" if code else "markdown"
        source = "\n\n".join(c.source for c in solutions or shown if c.kind == kind)
        done = bool(solutions) or ((has_solution(source) or not is_open(source)) and code)
        if not code and _PLACEHOLDER in source:
            done = False
        self.found.exercise(
            ForeignExercise(
                number=self.found.next_number(),
                name=name,
                marking=Marking.AUTOMATIC if tests else Marking.MANUAL,
                points=sum(test.points for test in tests) if tests else 1.0,
                code=code,
                answer=source if code else "",
                solution=without_marks(source) if done and code else source if done else "",
                question=self.found.question(),
                tests=tests,
            )
        )

    def _tests_of(self, name: str) -> tuple[ForeignTest, ...]:
        if name in self._checked:
            self.found.leave(name, "It is checked twice; its tests count the first time only.")
            return ()
        if name in self._tests:
            data = self._tests[name]
            if isinstance(data, str):
                return tests_in_file(data, name, self.found)
            return tests_of(data, name, self.found)
        source = self._file_of(name)
        if source is None:
            self.found.leave(name, "Its tests are neither in the notebook nor beside it.")
            return ()
        return tests_in_file(source, name, self.found)


__all__ = ["FileOfTests", "ForeignError", "is_otter_made", "read_otter_made"]
