"""nbgrader's assignments: what its cells' metadata say, of the source or the released notebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from coursetools.grading.foreign.assignment import (
    Assignment,
    ForeignExercise,
    ForeignTest,
    Found,
    Marking,
    Step,
)
from coursetools.grading.foreign.points import read_points
from coursetools.grading.foreign.stubs import has_solution, is_open, without_marks
from coursetools.grading.notebook import Notebook, NotebookCell

_SCHEMAS = (1, 2, 3)
_HIDDEN = re.compile(r"^\s*#+\s*(BEGIN|END) HIDDEN TESTS\b", re.IGNORECASE)
_AUTOTEST = re.compile(r"^\s*#+\s*(?:HASHED )?AUTOTEST\b\s*(.*)", re.IGNORECASE)
_SCHEME = re.compile(
    r"^=+\s*BEGIN MARK SCHEME\s*=+\s*$(.*?)(?:^=+\s*END MARK SCHEME\s*=+\s*$|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^#\s+(\S.*)", re.MULTILINE)
_TEXT_STUB = "YOUR ANSWER HERE"


@dataclass(frozen=True)
class _Role:
    """What a cell's metadata say."""

    name: str
    grade: bool
    solution: bool
    task: bool
    points: Any


def is_nbgrader(notebook: Notebook) -> bool:
    """Say whether a notebook is nbgrader's: a cell has its metadata."""
    return any("nbgrader" in cell.metadata for cell in notebook.cells)


def read_nbgrader(notebook: Notebook, title: str) -> Assignment:
    """Read an assignment; what is not understood is in its `left_out`.

    Args:
        notebook: Its cells.
        title: Where no heading gives one.
    """
    reader = _Reader()
    for place, cell in enumerate(notebook.cells, 1):
        reader.read(cell, place)
    reader.close()
    found = reader.found
    if any("checksum" in _said(cell) for cell in notebook.cells):
        found.leave(
            "hidden tests",
            "This is a released notebook: hidden tests and solutions are not in it. Read the "
            "source notebook to have them.",
        )
    headings = (_HEADING.search(cell.source) for cell in notebook.cells if cell.kind == "markdown")
    title = next((heading[1] for heading in headings if heading), title)
    return Assignment("nbgrader", title, tuple(found.parts), found.left_out)


def _said(cell: NotebookCell) -> dict[str, Any]:
    said = cell.metadata.get("nbgrader")
    return said if isinstance(said, dict) else {}


class _Reader:
    """Reads cells from top to bottom; an answer is complete when the next one begins."""

    def __init__(self) -> None:
        self.found = Found()
        self._names: set[str] = set()
        self._answers: list[tuple[str, str]] = []
        self._tests: list[ForeignTest] = []

    def read(self, cell: NotebookCell, place: int) -> None:
        role = self._role(cell, place)
        if role is None:
            self._passage(cell, place)
        elif (
            role.task
            or (role.grade and role.solution)
            or (role.solution and cell.kind == "markdown")
        ):
            self._manual(cell, role)
        elif role.solution:
            self._answer(cell, role)
        elif role.grade:
            self._test(cell, role)
        else:
            self._passage(cell, place)

    def close(self) -> None:
        """Make an exercise of the answer cells and the tests below them."""
        answers, tests = self._answers, tuple(self._tests)
        self._answers, self._tests = [], []
        if not answers:
            return
        names = [name for name, _ in answers]
        source = "\n\n".join(source for _, source in answers)
        if not tests:
            for name, _ in answers:
                self.found.leave(
                    name,
                    "It is to be filled in, but no test follows and it has no points: it stays in "
                    "the notebook as it is and is not marked.",
                )
            self.found.code(source)
            return
        for name in names[:-1]:
            self.found.leave(
                name,
                f"No test follows it: it is joined with `{names[-1]}`, whose tests may use it.",
            )
        self._exercise(names[-1], Marking.AUTOMATIC, source, code=True, tests=tests)

    def _role(self, cell: NotebookCell, place: int) -> _Role | None:
        if "nbgrader" not in cell.metadata:
            return None
        said = _said(cell)
        schema = said.get("schema_version", 1)
        name = said.get("grade_id")
        name = name if isinstance(name, str) and name.strip() else f"cell {place}"
        flags = (said.get("grade", False), said.get("solution", False), said.get("task", False))
        if type(schema) is not int or schema not in _SCHEMAS:
            self.found.leave(
                name,
                "Its metadata are of a version that is not known (1 to 3 are): it stays in the "
                "notebook as it is and is not marked.",
            )
            return None
        if not said or not all(isinstance(flag, bool) for flag in flags):
            self.found.leave(
                name, "Its metadata are broken: it stays in the notebook as it is, not marked."
            )
            return None
        if any(flags) and name in self._names:
            self.found.leave(name, f"Two cells have this name; this one is cell {place}.")
            name = f"{name} (cell {place})"
        self._names.add(name)
        return _Role(name, *flags, said.get("points", 0))

    def _passage(self, cell: NotebookCell, place: int) -> None:
        if self._answers and self._tests and cell.source.strip():
            self.close()
        if cell.kind == "raw":
            self.found.leave(f"cell {place}", "It is a raw cell, which is neither text nor code.")
        elif cell.kind == "code":
            self.found.code(cell.source)
        else:
            self.found.text(cell.source)

    def _answer(self, cell: NotebookCell, role: _Role) -> None:
        if self._tests:
            self.close()
        self._answers.append((role.name, cell.source))

    def _manual(self, cell: NotebookCell, role: _Role) -> None:
        self.close()
        points = read_points(role.points, role.name, self.found)
        code = cell.kind == "code"
        if not role.task:
            if not role.grade:
                self.found.leave(role.name, "It is an answer that no mark is given for.")
            self._exercise(role.name, Marking.MANUAL, cell.source, code=code, points=points)
            return
        schemes = [part.strip() for part in _SCHEME.findall(cell.source)]
        self.found.text(_SCHEME.sub("", cell.source))
        self.found.leave(
            role.name,
            "It lets students answer in cells of their own; here they answer in one cell.",
        )
        self._exercise(
            role.name, Marking.MANUAL, "", code=False, points=points, guide="\n".join(schemes)
        )

    def _test(self, cell: NotebookCell, role: _Role) -> None:
        points = read_points(role.points, role.name, self.found)
        if cell.kind != "code":
            self.found.leave(
                role.name, f"It has points ({points:g}) and is neither code nor answer."
            )
            self.found.text(cell.source)
            return
        if not self._answers:
            self.found.leave(
                role.name,
                f"It tests what no answer cell above it asks for; its {points:g} points are gone.",
            )
            return
        self._tests.append(ForeignTest(role.name, points, self._steps(cell.source, role.name)))

    def _steps(self, source: str, name: str) -> tuple[Step, ...]:
        """Cut a test where hidden parts begin and end, and out of it what nbgrader fills in."""
        steps: list[Step] = []
        lines: list[str] = []
        hidden = False

        def end() -> None:
            if any(line.strip() for line in lines):
                steps.append(Step("\n".join(lines).strip("\n"), hidden=hidden))
            lines.clear()

        for line in source.split("\n"):
            if mark := _HIDDEN.match(line):
                end()
                hidden = mark[1].upper() == "BEGIN"
            elif autotest := _AUTOTEST.match(line):
                end()
                reason = "nbgrader writes this test when it makes the released notebook"
                steps.append(Step(autotest[1] or line, hidden=hidden, reason=reason))
            else:
                lines.append(line)
        end()
        if hidden:
            self.found.leave(name, "Its hidden tests have no end: all below counts as hidden.")
        return tuple(steps)

    def _exercise(
        self,
        name: str,
        marking: Marking,
        source: str,
        *,
        code: bool,
        points: float = 0.0,
        tests: tuple[ForeignTest, ...] = (),
        guide: str = "",
    ) -> None:
        released = (
            _TEXT_STUB in source if not code else is_open(source) and not has_solution(source)
        )
        self.found.exercise(
            ForeignExercise(
                number=self.found.next_number(),
                name=name,
                marking=marking,
                points=points + sum(test.points for test in tests),
                code=code,
                answer=source,
                solution="" if released else without_marks(source),
                question=self.found.question(),
                tests=tests,
                guide=guide,
            )
        )
