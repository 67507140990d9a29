"""Why a line of a test cannot be taken over, in words."""

from __future__ import annotations

import ast
import builtins

_FILES = {"open", "Path", "read_csv", "exists", "listdir", "load", "savefig", "read_text"}
_PLOTS = {"plt", "ax", "fig", "axes", "figure", "gca", "gcf", "matplotlib", "sns"}
_CHANCE = {"random", "default_rng", "randint", "shuffle", "choice", "seed"}
_NAMES = 4


def why_not(node: ast.AST) -> str:
    """Give the reason for a part of a test that is of no form that is taken over."""
    inside = list(ast.walk(node))
    names = [n.id for n in inside if isinstance(n, ast.Name)]
    words = {*names, *(n.attr for n in inside if isinstance(n, ast.Attribute))}
    if words & _PLOTS:
        return "it looks at a plot"
    if words & _FILES:
        return "it reads a file"
    if words & _CHANCE:
        return "it depends on chance"
    if any(isinstance(n, (ast.For, ast.While, ast.comprehension)) for n in inside):
        return "it loops"
    if any(isinstance(n, (ast.Try, ast.With, ast.Raise)) for n in inside):
        return "it waits for an error, or handles one"
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
        return "it makes a function or a class of its own"
    if "isinstance" in words or "type" in words:
        return "it asks for a type"
    called = [n.func.id for n in inside if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    if wrapped := [name for name in called if hasattr(builtins, name)]:
        return f"it puts the answer through `{wrapped[0]}`"
    if any(isinstance(n, ast.Attribute) for n in inside):
        return "it looks inside an object"
    if any(isinstance(n, ast.Subscript) for n in inside):
        return "it picks a part of the answer"
    if names:
        told = ", ".join(f"`{name[:40]}`" for name in dict.fromkeys(names[:_NAMES]))
        return f"it compares {told} with something that is not written out"
    return "it is of no simple form"
