"""A reference solution as the student would type it.

The solution is a function that computes an exercise's answers from the student's draws and
from what the lesson hands in. A student has none of that: in place of `draw["h"]` stands the
number, in place of `given["base"]` the name, and what the function returns becomes names. A
function that the solution defines is shown without the types of its parameters.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_EMPTY_LINES = re.compile(r"\n{3,}")
"""More than one empty line in a row: what is left where something was taken out."""


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def as_typed(
    function: Callable[..., Any],
    *,
    draw: Mapping[str, object],
    letters: Mapping[str, Mapping[str, str]],
) -> str:
    """Give the body of a solution as a cell's source.

    Args:
        function: The solution.
        draw: What the student drew, by name.
        letters: For each choice among the answers, the letter this student sees by the letter
            that the exercise declares.
    """
    source = textwrap.dedent(inspect.getsource(function))
    definition = next(n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef))
    lines = _Lines(source)
    start = _start(definition, lines)
    edits = [*_edits(definition, lines, draw, letters)]
    text = lines.data
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text.encode() + text[edit.end :]
    body = textwrap.dedent(text[start:].decode()).strip()
    return _EMPTY_LINES.sub("\n\n", body)


class _Lines:
    """A source by byte offsets, which is how `ast` counts columns."""

    def __init__(self, source: str) -> None:
        self.data = source.encode()
        self.lines = self.data.splitlines(keepends=True)
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column

    def span(self, node: Any) -> tuple[int, int]:
        start = self.offset(node.lineno, node.col_offset)
        return start, self.offset(node.end_lineno, node.end_col_offset)


def _start(definition: ast.FunctionDef, lines: _Lines) -> int:
    """Find where the body begins: comments above it are in, its own docstring is not."""
    first = definition.body[0]
    if ast.get_docstring(definition) is not None:
        return lines.offset(int(first.end_lineno or first.lineno) + 1, 0)
    line = first.lineno
    if lines.lines[line - 1][: first.col_offset].strip():  # `def solve(): return ...`
        return lines.span(first)[0]
    while lines.lines[line - 2].lstrip().startswith(b"#"):
        line -= 1
    return lines.offset(line, 0)


def _edits(
    definition: ast.FunctionDef,
    lines: _Lines,
    draw: Mapping[str, object],
    letters: Mapping[str, Mapping[str, str]],
) -> Iterator[_Edit]:
    last = definition.body[-1]
    if isinstance(last, ast.Return):
        yield _returned(last, lines, draw, letters)
    for statement in definition.body:
        if statement is not last or not isinstance(last, ast.Return):
            yield from _replaced(statement, lines, draw, letters)


def _returned(
    last: ast.Return,
    lines: _Lines,
    draw: Mapping[str, object],
    letters: Mapping[str, Mapping[str, str]],
) -> _Edit:
    """Turn `return {"n": 6 * h, "m": m}` into `n = 6 * h`."""
    assignments = []
    if isinstance(last.value, ast.Dict):
        for key, value in zip(last.value.keys, last.value.values, strict=True):
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                continue
            name = key.value
            if isinstance(value, ast.Name) and value.id == name:
                continue
            text = _segment(value, lines, draw, letters.get(name, {}))
            assignments.append(f"{name} = {text}")
    indent = b" " * last.col_offset
    return _Edit(*lines.span(last), ("\n" + indent.decode()).join(assignments))


def _segment(
    node: ast.expr, lines: _Lines, draw: Mapping[str, object], shown: Mapping[str, str]
) -> str:
    start, end = lines.span(node)
    text = lines.data[start:end]
    edits = [*_names(node, lines, draw), *_letters(node, lines, shown)]
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start - start] + edit.text.encode() + text[edit.end - start :]
    return text.decode()


def _replaced(
    statement: ast.stmt,
    lines: _Lines,
    draw: Mapping[str, object],
    letters: Mapping[str, Mapping[str, str]],
) -> Iterator[_Edit]:
    if _hands_in(statement):
        yield _Edit(*lines.span(statement), "")
        return
    yield from _names(statement, lines, draw)
    yield from _types(statement, lines)
    for assignment in (part for part in ast.walk(statement) if isinstance(part, ast.Assign)):
        for target in assignment.targets:
            if isinstance(target, ast.Name) and target.id in letters:
                yield from _letters(assignment.value, lines, letters[target.id])


def _hands_in(statement: ast.stmt) -> bool:
    """Say whether the statement is `base = given["base"]`: a student has the name already."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return False
    target, value = statement.targets[0], statement.value
    return (
        isinstance(target, ast.Name)
        and isinstance(value, ast.Subscript)
        and isinstance(value.value, ast.Name)
        and value.value.id == "given"
        and isinstance(value.slice, ast.Constant)
        and value.slice.value == target.id
    )


def _names(node: ast.AST, lines: _Lines, draw: Mapping[str, object]) -> Iterator[_Edit]:
    """Find `draw["h"]` and `given["base"]`."""
    for part in ast.walk(node):
        if not isinstance(part, ast.Subscript) or not isinstance(part.value, ast.Name):
            continue
        key = part.slice.value if isinstance(part.slice, ast.Constant) else None
        if part.value.id == "draw" and key in draw:
            yield _Edit(*lines.span(part), repr(draw[str(key)]))
        elif part.value.id == "given" and isinstance(key, str):
            yield _Edit(*lines.span(part), key)


def _types(statement: ast.stmt, lines: _Lines) -> Iterator[_Edit]:
    """Find the types of parameters and results, which the course's own code has to have."""
    for part in ast.walk(statement):
        if isinstance(part, ast.arg) and part.annotation is not None:
            yield _Edit(*lines.span(part), part.arg)
        if isinstance(part, ast.FunctionDef) and part.returns is not None:
            start, end = lines.span(part.returns)
            yield _Edit(lines.data.rindex(b")", 0, start) + 1, end, "")


def _letters(node: ast.expr, lines: _Lines, shown: Mapping[str, str]) -> Iterator[_Edit]:
    """Find letters, but not the keys of a dict, which are names of parts."""
    keys = {id(k) for n in ast.walk(node) if isinstance(n, ast.Dict) for k in n.keys}
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and id(part) not in keys and part.value in shown:
            yield _Edit(*lines.span(part), f'"{shown[str(part.value)]}"')
