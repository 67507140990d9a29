"""The other tool's solution as the body of a solution of ours, where it can stand on its own."""

from __future__ import annotations

import ast
import builtins
import symtable
import textwrap
import warnings
from collections.abc import Iterable, Mapping

from coursetools.grading.foreign.stubs import bound_names, parsed


class NotAloneError(ValueError):
    """A solution cannot be taken over; the message says why."""


def body_of(source: str, names: Iterable[str], imports: Mapping[str, str]) -> list[str]:
    """Give the lines of a function's body that makes the answers, indented by four.

    Args:
        source: The cell with its solution. It is compiled and never run.
        names: The answers that it has to make.
        imports: What the assignment's other cells import: the line by the name.

    Raises:
        NotAloneError: It is no Python, makes not all answers, or uses what other cells make.
    """
    tree = _compiled(source)
    missing = [name for name in names if name not in bound_names(source)]
    if missing:
        raise NotAloneError(f"it does not make `{missing[0]}`")
    outer = [name for name in sorted(_from_outside(source)) if not hasattr(builtins, name)]
    strange = [name for name in outer if name not in imports]
    if strange:
        raise NotAloneError(f"it uses `{strange[0]}`, which another cell makes")
    first = list(dict.fromkeys(imports[name] for name in outer))
    last = [""] if isinstance(tree.body[-1], (ast.FunctionDef, ast.ClassDef)) else []
    between = [""] if first and isinstance(tree.body[0], (ast.FunctionDef, ast.ClassDef)) else []
    return [*(f"    {line}" for line in first), *between, *_indented(source, tree), *last]


def imports_of(sources: Iterable[str]) -> dict[str, str]:
    """Give the import that makes a name, for all names that cells import at their top."""
    found: dict[str, str] = {}
    for source in sources:
        tree = parsed(source)
        for statement in tree.body if tree else ():
            if not isinstance(statement, (ast.Import, ast.ImportFrom)):
                continue
            for alias in statement.names:
                single: ast.stmt = ast.Import([alias])
                if isinstance(statement, ast.ImportFrom):
                    single = ast.ImportFrom(statement.module, [alias], statement.level)
                name = alias.asname or alias.name.partition(".")[0]
                if alias.name != "*" and getattr(statement, "module", "") != "__future__":
                    found[name] = ast.unparse(single)
    return found


def _compiled(source: str) -> ast.Module:
    tree = parsed(source)
    if tree is None or not tree.body:
        raise NotAloneError("it is no plain Python")
    for node in ast.walk(tree):
        star = isinstance(node, ast.ImportFrom) and any(a.name == "*" for a in node.names)
        if star or (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            raise NotAloneError("it imports all names of a module")
        if isinstance(node, ast.Global):
            raise NotAloneError("it changes names outside its functions")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "a solution", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotAloneError("it is no plain Python") from error
    return tree


def _from_outside(source: str) -> set[str]:
    """Give the names that a source uses and does not make."""
    table = symtable.symtable(source, "a solution", "exec")
    made = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    used: set[str] = set()
    tables = [table]
    while tables:
        each = tables.pop()
        tables += each.get_children()
        top = each.get_type() == "module"
        used |= {
            s.get_name() for s in each.get_symbols() if s.is_referenced() and (top or s.is_global())
        }
    return used - made


def _indented(source: str, tree: ast.Module) -> list[str]:
    """Indent a source; where that would change a text of several lines, write it anew."""
    lines = textwrap.indent(source.strip("\n"), "    ")
    body = parsed(f"def solution():\n{lines}\n")
    if body is not None and len(body.body) == 1:
        (function,) = body.body
        if isinstance(function, ast.FunctionDef):
            same = [ast.dump(a) for a in function.body] == [ast.dump(b) for b in tree.body]
            if same and "\r" not in lines and "\f" not in lines:
                return lines.split("\n")
    return textwrap.indent(ast.unparse(tree), "    ").split("\n")
