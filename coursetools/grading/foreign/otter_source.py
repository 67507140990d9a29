"""Otter's source notebooks, from which `otter assign` makes the others: format v1."""

from __future__ import annotations

import re
from typing import Any

import yaml

from coursetools.grading.foreign.assignment import (
    Assignment,
    ForeignError,
    ForeignExercise,
    Found,
    Marking,
    Step,
)
from coursetools.grading.foreign.otter_tests import Case, scored
from coursetools.grading.foreign.points import read_points
from coursetools.grading.foreign.stubs import without_marks
from coursetools.grading.notebook import Notebook, NotebookCell

_MARK = re.compile(
    r"^#\s*(BEGIN|END)\s+(QUESTION|PROMPT|SOLUTION|TESTS)\s*$|^#\s*(ASSIGNMENT CONFIG)\s*$",
    re.IGNORECASE,
)
_TEST_CONFIG = re.compile(
    r"\A\s*(?:\"\"\"|''')\s*#\s*BEGIN TEST CONFIG\s*\n(.*?)\n\s*(?:\"\"\"|''')\s*;?\s*"
    r"#\s*END TEST CONFIG[^\n]*\n?",
    re.DOTALL | re.IGNORECASE,
)
_HIDDEN = re.compile(r"\A\s*#+\s*HIDDEN\s*#*\s*(\n|\Z)", re.IGNORECASE)
_IGNORE = re.compile(r"\A\s*#+\s*IGNORE\b", re.IGNORECASE)
_LONGEST_CONFIG = 20_000
_KNOWN = {"name", "points", "manual"}
_KNOWN_OF_A_TEST = {"hidden", "points"}


def is_otter_source(notebook: Notebook) -> bool:
    """Say whether a notebook is one that `otter assign` is given."""
    return any(cell.kind == "raw" and _mark(cell) for cell in notebook.cells)


def read_otter_source(notebook: Notebook, title: str) -> Assignment:
    """Read an assignment; what is not understood is in its `left_out`.

    Raises:
        ForeignError: A block has no end or no beginning, or a configuration is no YAML.
    """
    reader = _Reader()
    for place, cell in enumerate(notebook.cells, 1):
        reader.read(cell, place)
    if reader.inside:
        raise ForeignError(f"The last `# BEGIN {reader.inside[-1]}` has no end.")
    found = reader.found
    return Assignment("Otter", reader.title or title, tuple(found.parts), found.left_out)


def _mark(cell: NotebookCell) -> tuple[str, str] | None:
    """Give `("BEGIN", "TESTS")` for a cell that says so in its first line."""
    found = _MARK.match(cell.source.lstrip().partition("\n")[0].rstrip())
    if not found:
        return None
    return ("CONFIG", "") if found[3] else (found[1].upper(), found[2].upper())


class _Reader:
    """Reads cells from top to bottom and knows in which blocks it is."""

    def __init__(self) -> None:
        self.found = Found()
        self.title = ""
        self.inside: list[str] = []
        self._config: dict[str, Any] = {}
        self._answers: list[NotebookCell] = []
        self._prompt: list[NotebookCell] = []
        self._cases: list[Case] = []

    def read(self, cell: NotebookCell, place: int) -> None:
        mark = _mark(cell) if cell.kind == "raw" else None
        if mark is not None:
            self._marked(*mark, cell, place)
        elif _IGNORE.match(cell.source):
            self.found.leave(f"cell {place}", "Its first line is `# IGNORE`.")
        elif self.inside and self.inside[-1] == "TESTS":
            self._test(cell, place)
        elif self.inside and self.inside[-1] == "SOLUTION":
            self._answers.append(cell)
        elif self.inside and self.inside[-1] == "PROMPT":
            self._prompt.append(cell)
        elif cell.kind == "raw":
            if cell.source.strip():
                self.found.leave(f"cell {place}", "It is a raw cell without a mark of Otter's.")
        elif cell.kind == "code":
            self.found.code(cell.source)
        else:
            self.found.text(cell.source)

    def _marked(self, verb: str, what: str, cell: NotebookCell, place: int) -> None:
        if verb == "CONFIG":
            self._assignment(cell)
        elif verb == "BEGIN":
            allowed = self.inside == [] if what == "QUESTION" else self.inside == ["QUESTION"]
            if not allowed:
                raise ForeignError(f"Cell {place} begins a block of `{what}` in a wrong place.")
            self.inside.append(what)
            if what == "QUESTION":
                self._config = _config(cell, place)
        else:
            if not self.inside or self.inside.pop() != what:
                raise ForeignError(f"Cell {place} ends a block of `{what}` that was not begun.")
            if what == "QUESTION":
                self._question(place)

    def _assignment(self, cell: NotebookCell) -> None:
        config = _config(cell, 1)
        name = config.pop("name", None)
        self.title = name if isinstance(name, str) else ""
        for setting in config:
            self.found.leave(
                f"the assignment's `{_short(setting)}`", "It is a setting of Otter's alone."
            )

    def _question(self, place: int) -> None:
        config, self._config = self._config, {}
        answers, self._answers = self._answers, []
        prompt, self._prompt = self._prompt, []
        cases, self._cases = self._cases, []
        told = config.get("name")
        name = told if isinstance(told, str) and told.strip() else f"question before cell {place}"
        for setting in config:
            if setting not in _KNOWN:
                self.found.leave(name, f"Its `{_short(setting)}` is a setting of Otter's alone.")
        manual = config.get("manual") is True
        points = config.get("points")
        if manual and cases:
            self.found.leave(name, f"A person marks it; its {len(cases)} tests are not kept.")
        if not manual and not cases:
            self.found.leave(name, "It has no tests, so a person marks it.")
            manual = True
        tests = () if manual else scored(name, points, cases, self.found)
        if manual:
            worth = 1.0 if points is None else read_points(points, name, self.found, default=1.0)
        else:
            worth = sum(test.points for test in tests)
        code = any(cell.kind == "code" for cell in answers or prompt)
        for cell in prompt:
            if cell.kind == "markdown":  # read before it is answered, and not overwritten here
                self.found.text(cell.source)
        if code and any(cell.kind == "markdown" for cell in answers):
            self.found.leave(name, "Besides code it asks for a text, which is not asked here.")
        kind = "code" if code else "markdown"
        source = "\n\n".join(cell.source for cell in answers if cell.kind == kind)
        shown = "\n\n".join(cell.source for cell in prompt if cell.kind == "code")
        self.found.exercise(
            ForeignExercise(
                number=self.found.next_number(),
                name=name,
                marking=Marking.MANUAL if manual else Marking.AUTOMATIC,
                points=worth,
                code=code,
                answer=(shown or source) if code else "",
                solution=without_marks(source) if code else source,
                question=self.found.question(),
                tests=tests,
            )
        )

    def _test(self, cell: NotebookCell, place: int) -> None:
        if cell.kind != "code":
            self.found.leave(f"cell {place}", "It stands among tests and is no code.")
            return
        source = cell.source
        config: dict[str, Any] = {}
        if found := _TEST_CONFIG.match(source):
            config = _yaml(found[1], place)
            source = source[found.end() :]
        hidden = config.get("hidden") is True
        if mark := _HIDDEN.match(source):
            hidden, source = True, source[mark.end() :]
        for setting in config:
            if setting not in _KNOWN_OF_A_TEST:
                self.found.leave(f"cell {place}", f"The test's `{_short(setting)}` is not kept.")
        own = config.get("points")
        points = None if own is None else read_points(own, f"cell {place}", self.found)
        step = Step(source.strip("\n"), _printed(cell.outputs), hidden)
        self._cases.append(((step,), points))


def _config(cell: NotebookCell, place: int) -> dict[str, Any]:
    return _yaml(cell.source.lstrip().partition("\n")[2], place)


def _yaml(text: str, place: int) -> dict[str, Any]:
    """Read a configuration; YAML's safe reader makes plain data only."""
    if len(text) > _LONGEST_CONFIG:
        raise ForeignError(f"The configuration in cell {place} is too long.")
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ForeignError(f"The configuration in cell {place} is no YAML.") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ForeignError(f"The configuration in cell {place} is no list of settings.")
    return data


def _short(setting: object) -> str:
    return str(setting)[:40]


def _printed(outputs: tuple[object, ...]) -> str | None:
    """Give what a test's cell printed when it was last run: that is what Otter compares with."""
    texts = []
    for output in outputs:
        if not isinstance(output, dict):
            continue
        data = output.get("data")
        text = data.get("text/plain") if isinstance(data, dict) else output.get("text")
        if isinstance(text, list):
            text = "".join(line for line in text if isinstance(line, str))
        if isinstance(text, str):
            texts.append(text.rstrip("\n"))
    return "\n".join(texts) or None
