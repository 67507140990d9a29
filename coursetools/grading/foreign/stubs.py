"""What a student gets to fill in, made of a cell with its solution or with another tool's stub.

Where something was to be written there is a blank of ours: `return ____` inside a function,
`name = ____` outside. Cells are taken apart as text and by Python's own parser; nothing runs.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Sequence

BLANK = "____"

_BEGIN = re.compile(r"^\s*#+\s*BEGIN SOLUTION\b", re.IGNORECASE)
_END = re.compile(r"^\s*#+\s*END SOLUTION\b", re.IGNORECASE)
_NO_PROMPT = re.compile(r"#\s*(BEGIN )?SOLUTION NO PROMPT\s*$")
_SOLUTION_LINE = re.compile(r"\s*#\s*SOLUTION\s*$")
_PROMPT_BEGIN = re.compile(r'^\s*(?:"""|\'\'\')\s*#\s*BEGIN PROMPT\s*$')
_PROMPT_END = re.compile(r'^\s*(?:"""|\'\'\')?\s*;?\s*#\s*END PROMPT\s*$')
_OPEN = re.compile(r"^(\s*)(?:([\w.]+(?:\s*,\s*\w+)*)\s*=\s*)?\.\.\.\s*$")
_NOT_DONE = re.compile(r"^(\s*)raise NotImplementedError(\(\s*\))?\s*$")
_YOUR_CODE = re.compile(r"^\s*#\s*YOUR CODE HERE\s*$")
_ASSIGNED = re.compile(r"^(\s*)([^=#]+?)\s*=(?!=)")
_RETURNED = re.compile(r"^(\s*)return\b")


def parsed(source: str) -> ast.Module | None:
    """Give the tree of a source, None where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in its texts
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def bound_names(source: str) -> dict[str, ast.stmt]:
    """Give the names that a source binds at its top, each with the statement that does."""
    tree = parsed(source)
    names: dict[str, ast.stmt] = {}
    for statement in tree.body if tree else ():
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names[statement.name] = statement
        for target in _targets(statement):
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    names[node.id] = statement
    return names


def _targets(statement: ast.stmt) -> Sequence[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, (ast.AnnAssign, ast.AugAssign)) else []


def has_solution(source: str) -> bool:
    """Say whether a cell marks a solution."""
    return any(
        _BEGIN.match(line) or _SOLUTION_LINE.search(line) or _NO_PROMPT.search(line)
        for line in source.split("\n")
    )


def is_open(source: str) -> bool:
    """Say whether a cell is another tool's stub: something in it is still to be written."""
    return any(_NOT_DONE.match(line) or _OPEN.match(line) for line in source.split("\n"))


def is_open_at_top(source: str) -> bool:
    """Say whether a stub leaves open which names are to be made."""
    found = (_NOT_DONE.match(line) or _OPEN.match(line) for line in source.split("\n"))
    return any(each and not each[1] and (each.re is _NOT_DONE or not each[2]) for each in found)


def without_marks(source: str) -> str:
    """Give a cell with its solution, without the other tool's marks and prompts."""
    kept = []
    prompt = False
    for line in source.split("\n"):
        if _PROMPT_BEGIN.match(line):
            prompt = True
        elif prompt:
            prompt = not _PROMPT_END.match(line)
        elif not _BEGIN.match(line) and not _END.match(line):
            kept.append(_SOLUTION_LINE.sub("", _NO_PROMPT.sub("", line)).rstrip())
    return "\n".join(kept).strip("\n")


def stub_of(source: str, names: Iterable[str] = ()) -> str:
    """Give what a student gets of a cell.

    Args:
        source: With its solution marked, or another tool's stub, or a whole solution.
        names: What tests ask for, where the cell itself does not show what is to be made.
    """
    if not has_solution(source) and not is_open(source):
        return _of_names(source, names)
    stub = "\n".join(_stub_lines(source.split("\n"), names)).strip("\n")
    return stub if BLANK in stub and parsed(stub) is not None else _of_names(source, names)


def _stub_lines(lines: Sequence[str], names: Iterable[str]) -> list[str]:
    made: list[str] = []
    region: list[str] | None = None
    silent = prompt = False
    for line in lines:
        if _PROMPT_BEGIN.match(line):
            prompt = True
        elif prompt and _PROMPT_END.match(line):
            prompt = False
        elif region is not None:
            if not _END.match(line):
                region.append(line)
                continue
            made += [] if silent else _blank_for(region, names)
            region = None
        elif _BEGIN.match(line):
            region, silent = [line], bool(_NO_PROMPT.search(line))
        else:
            made += _stub_line(line, names, lines)
    return made


def _blank_for(region: Sequence[str], names: Iterable[str]) -> list[str]:
    indent = _indent(region[0])
    if indent:
        return [f"{indent}return {BLANK}"]
    return _of_names("\n".join(region[1:]), names).split("\n")


def _stub_line(line: str, names: Iterable[str], lines: Sequence[str]) -> list[str]:
    if _NO_PROMPT.search(line) or _YOUR_CODE.match(line):
        return []
    if _SOLUTION_LINE.search(line):
        if returned := _RETURNED.match(line):
            return [f"{returned[1]}return {BLANK}"]
        if assigned := _ASSIGNED.match(line):
            return [f"{assigned[1]}{assigned[2]} = {BLANK}"]
        indent = _indent(line)
        return [f"{indent}return {BLANK}" if indent else BLANK]
    if opened := _OPEN.match(line):
        if opened[2]:
            return [f"{opened[1]}{opened[2]} = {BLANK}"]
        return [f"{opened[1]}return {BLANK}"] if opened[1] else _missing(names, lines)
    if opened := _NOT_DONE.match(line):
        return [f"{opened[1]}return {BLANK}"] if opened[1] else _missing(names, lines)
    return [line]


def _missing(names: Iterable[str], lines: Sequence[str]) -> list[str]:
    """Give a blank for each name that is asked for and that the stub does not make."""
    there = bound_names("\n".join(lines))
    return [f"{name} = {BLANK}" for name in names if name not in there] or [BLANK]


def _of_names(source: str, names: Iterable[str]) -> str:
    """Give a stub for what a whole solution makes, functions with their first lines."""
    bound = bound_names(without_marks(source))
    wanted = [name for name in names if name in bound] or list(bound)
    wanted += [name for name in names if name not in bound]
    pieces = []
    for name in wanted:
        statement = bound.get(name)
        if isinstance(statement, ast.FunctionDef):
            pieces.append(f"def {name}({ast.unparse(statement.args)}):\n    return {BLANK}")
        else:
            pieces.append(f"{name} = {BLANK}")
    return "\n\n\n".join(pieces) if any("\n" in p for p in pieces) else "\n".join(pieces) or BLANK


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
