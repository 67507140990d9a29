"""Otter's tests as plain data: from a notebook's metadata, or from a file of Python.

A file is parsed and never run: of one in the OK format only the literal is taken, of one that
raises exceptions the functions' source.
"""

from __future__ import annotations

import ast
import doctest
from typing import Any

from coursetools.grading.foreign.assignment import ForeignError, ForeignTest, Found, Step
from coursetools.grading.foreign.points import read_points, shared_out
from coursetools.grading.foreign.stubs import parsed

MOST_CASES = 1_000

Case = tuple[tuple[Step, ...], float | None]
"""What one case of a question's test asks, and its own points if it has any."""


def tests_of(data: object, name: str, found: Found) -> tuple[ForeignTest, ...]:
    """Read a question's tests in the OK format.

    Args:
        data: A dictionary from anyone.
        name: The question's.
        found: Takes what is not understood.

    Raises:
        ForeignError: They are none.
    """
    if not isinstance(data, dict) or not isinstance(data.get("suites"), list):
        raise ForeignError(f"The tests of `{name}` are not of Otter's form.")
    cases: list[Case] = []
    for suite in data["suites"]:
        if not isinstance(suite, dict) or not isinstance(suite.get("cases"), list):
            raise ForeignError(f"The tests of `{name}` are not of Otter's form.")
        for part in ("setup", "teardown"):
            if suite.get(part):
                found.leave(name, f"What runs as `{part}` of its tests is not taken over.")
        for case in suite["cases"]:
            cases.append(_case(case, name, found))
    return scored(name, data.get("points"), cases, found)


def scored(name: str, points: object, cases: list[Case], found: Found) -> tuple[ForeignTest, ...]:
    """Share a question's points out among its cases, as Otter does."""
    if len(cases) > MOST_CASES:
        raise ForeignError(f"`{name}` has more than {MOST_CASES:,} tests.")
    own = [given for _, given in cases]
    if isinstance(points, list):
        if len(points) != len(cases):
            found.leave(name, "It has not as many points as tests: 1 point is shared out.")
            points = None
        else:
            own = [read_points(value, name, found) for value in points]
    if points is None or isinstance(points, list):
        total = sum(value or 0 for value in own)
        if any(value is None for value in own) and not total:
            total = 1.0
    else:
        total = read_points(points, name, found, default=1.0)
    shares = shared_out(total, own)
    several = len(cases) > 1
    return tuple(
        ForeignTest(f"{name}, test {place}" if several else name, share, steps)
        for place, ((steps, _), share) in enumerate(zip(cases, shares, strict=True), 1)
    )


def _case(case: object, name: str, found: Found) -> Case:
    if not isinstance(case, dict) or not isinstance(case.get("code"), str):
        raise ForeignError(f"The tests of `{name}` are not of Otter's form.")
    points = case.get("points")
    own = None if points is None else read_points(points, name, found)
    return doctest_steps(case["code"], hidden=case.get("hidden") is True), own


def doctest_steps(code: str, *, hidden: bool) -> tuple[Step, ...]:
    """Take a doctest apart; none of it runs."""
    try:
        examples = doctest.DocTestParser().get_examples(code)
    except ValueError:
        return (Step(code, hidden=hidden, reason="it is no doctest that can be read"),)
    return tuple(
        Step(example.source.rstrip("\n"), example.want.rstrip("\n") or None, hidden)
        for example in examples
    )


def tests_in_file(source: str, name: str, found: Found) -> tuple[ForeignTest, ...]:
    """Read a file of tests, in either of Otter's two formats.

    Raises:
        ForeignError: It is neither.
    """
    tree = parsed(source)
    if tree is None:
        raise ForeignError(f"The file of the tests of `{name}` is no Python.")
    named: dict[str, Any] = {}
    cases: list[Case] = []
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            named[statement.targets[0].id] = _literal(statement.value)
        elif isinstance(statement, ast.FunctionDef):
            cases.append(_function(statement, source, name, found))
    if named.get("test") is not None:
        return tests_of(named["test"], name, found)
    if not cases:
        raise ForeignError(f"The file of the tests of `{name}` holds none that can be read.")
    return scored(name, named.get("points"), cases, found)


def _function(statement: ast.FunctionDef, source: str, name: str, found: Found) -> Case:
    said: dict[str, Any] = {}
    for decorator in statement.decorator_list:
        if isinstance(decorator, ast.Call):
            said |= {word.arg or "": _literal(word.value) for word in decorator.keywords}
    points = said.get("points")
    own = None if points is None else read_points(points, name, found)
    text = ast.get_source_segment(source, statement) or ""
    return (Step(text, hidden=said.get("hidden") is True),), own


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
