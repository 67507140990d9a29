"""Which of the lesson's cells have to run for what a student wrote.

Many cells of a lesson show something and make nothing that an exercise asks for. They are marked
`run = if-used`, and run in grading only where a cell of the student's uses a name that they make.
Nothing is run to find that out: Python's own reader of names tells which ones a cell takes from
outside. Where it cannot tell, every word of the cell counts as a name, and where a cell may reach
any name, all cells run.
"""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from collections.abc import Iterator, Sequence

from coursetools.grading.notebook import AssembledCell, Notebook, Origin

IF_USED = "if-used"
"""The mark of such a cell, in its metadata."""

_LONGEST = 50_000
"""Characters of a cell that is read closely; of a longer one every word counts."""

_WORD = re.compile(r"[^\W\d]\w*")
_ANY_NAME = frozenset(
    ("builtins", "dir", "eval", "exec", "get_ipython", "globals", "locals", "sys", "vars")
)
"""Who names one of these may reach names that do not stand in the cell."""


def needed(cells: Sequence[AssembledCell], released: Notebook) -> tuple[AssembledCell, ...]:
    """Leave out the cells marked `if-used` of which nothing is used.

    Args:
        cells: A student's notebook put together with the released one.
        released: The latter.
    """
    spare = {cell.id for cell in released.cells if _mark(cell.metadata) == IF_USED}
    used: set[str] = set()
    for cell in cells:
        if cell.origin is not Origin.RELEASED:
            used |= used_names(cell.source)
    if used & _ANY_NAME:
        return tuple(cells)
    kept = []
    for cell in reversed(cells):
        if cell.origin is Origin.RELEASED and cell.cell_id in spare:
            if not made_names(cell.source) & used:
                continue
            used |= used_names(cell.source)  # it may build on another one
        kept.append(cell)
    return tuple(reversed(kept))


def used_names(source: str) -> set[str]:
    """Give the names that a cell takes from cells before it; rather too many than too few."""
    if len(source) > _LONGEST:
        return set(_WORD.findall(source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in a student's strings
            augmented = {
                node.target.id
                for node in ast.walk(ast.parse(source))
                if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
            }
            table = symtable.symtable(source, "cell", "exec")
        return augmented | set(_from_outside(table))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a magic, for example
        return set(_WORD.findall(source))


def made_names(source: str) -> set[str]:
    """Give the names that a cell of the lesson makes."""
    table = symtable.symtable(source, "cell", "exec")
    return {name.get_name() for name in table.get_symbols() if _is_made(name)}


def _is_made(name: symtable.Symbol) -> bool:
    return name.is_assigned() or name.is_imported()


def _from_outside(table: symtable.SymbolTable) -> Iterator[str]:
    top = table.get_type() == "module"
    for name in table.get_symbols():
        if name.is_referenced() and (top or name.is_global()):
            yield name.get_name()
    for child in table.get_children():
        yield from _from_outside(child)


def _mark(metadata: object) -> object:
    said = metadata.get("coursetools") if isinstance(metadata, dict) else None
    return said.get("run") if isinstance(said, dict) else None
