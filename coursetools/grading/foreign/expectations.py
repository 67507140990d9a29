"""What a test asks of an answer, where it is of a form that can be asked without running it here.

The other tools' tests run in the student's own process and may do anything; ours are told plain
answers. So a test is taken over where it compares a variable, or what a function gives for
written-out arguments, with something written out. Of everything else it is said why not.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coursetools.answers.schema import LARGEST
from coursetools.grading.foreign.assignment import ForeignTest, Step
from coursetools.grading.foreign.reasons import why_not
from coursetools.grading.foreign.stubs import parsed

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_NEAR = {
    "isclose": (1e-5, 1e-8),
    "allclose": (1e-5, 1e-8),
    "assert_allclose": (1e-7, 0.0),
    "math.isclose": (1e-9, 0.0),
}
"""Relative and absolute distance that each allows unless told otherwise."""
_SAME = ("array_equal", "assert_equal", "assert_array_equal")
_LIBRARIES = ("math", "numpy", "np", "numpy.testing", "np.testing")
_ARRAYS = ("np.array", "numpy.array", "np.asarray", "numpy.asarray")
_LEVELS = 6
_MOST_LINES = 500
_AXES = 3
_LONGEST = 1_000


class NotWrittenOutError(ValueError):
    """Something is no number, text, list or tuple that stands in the source."""


@dataclass(frozen=True)
class ArrayOf:
    """A NumPy array as it is written: of numbers in lists."""

    rows: Any


@dataclass(frozen=True)
class Expectation:
    """What one line of a test asks."""

    name: str
    """Of the variable or the function."""
    arguments: tuple[Any, ...] | None
    """What the function is called with; None for a variable."""
    sign: str
    """`==`, `!=`, `<`, `<=`, `>`, `>=`, `near`, `all near`, `is`, `true` or `false`."""
    wanted: Any = None
    near: tuple[float, float] = (0.0, 0.0)
    """Where it is to be near: how far off it may be, relative to what is wanted, and besides."""
    digits: int | None = None
    """To how many digits it is rounded before it is compared."""
    hidden: bool = False
    """Whether students did not see it."""


@dataclass(frozen=True)
class Unclear:
    """A line of a test that is not taken over."""

    source: str
    reason: str


def asked_by(
    test: ForeignTest, functions: Mapping[str, Sequence[str]]
) -> tuple[list[Expectation], list[Unclear]]:
    """Give what a test asks, and what of it could not be taken over.

    Args:
        test: Its steps are parsed and never run.
        functions: Names of the parameters by the name of the function, where they are known.
    """
    trees = [parsed(step.source) for step in test.steps]
    if sum(len(tree.body) for tree in trees if tree) > _MOST_LINES:
        return [], [Unclear(test.source, f"it has more than {_MOST_LINES} lines")]
    reader = _Reader(functions, _made_by(test))
    for step in test.steps:
        before = len(reader.asked)
        reader.read(step)
        reader.asked[before:] = [replace(e, hidden=step.hidden) for e in reader.asked[before:]]
    if not reader.asked and not reader.unclear:
        reader.unclear.append(Unclear(test.source, "it asks nothing that can fail"))
    return reader.asked, reader.unclear


def _made_by(test: ForeignTest) -> set[str]:
    """Give the names that a test makes: what it compares them with is no answer."""
    made: set[str] = set()
    for step in test.steps:
        for node in ast.walk(parsed(step.source) or ast.Module([], [])):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                made.add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                made.add(node.name)
    return made


class _Reader:
    """Reads the steps of one test, which share their names."""

    def __init__(self, functions: Mapping[str, Sequence[str]], made: set[str]) -> None:
        self.asked: list[Expectation] = []
        self.unclear: list[Unclear] = []
        self._functions = functions
        self._made = made
        self._known: dict[str, Any] = {}
        self._imported: dict[str, str] = {}

    def read(self, step: Step) -> None:
        tree = parsed(step.source)
        if step.reason:
            self.unclear.append(Unclear(step.source, step.reason))
            return
        if tree is None:
            self.unclear.append(Unclear(step.source, "it is no plain Python"))
            return
        for place, statement in enumerate(tree.body):
            last = place == len(tree.body) - 1
            try:
                self._statement(statement, tree.body, step.want if last else None)
            except NotWrittenOutError as error:
                shown = ast.get_source_segment(step.source, statement) or step.source
                self.unclear.append(Unclear(shown, str(error) or why_not(statement)))

    def _statement(self, statement: ast.stmt, body: list[ast.stmt], want: str | None) -> None:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            self._import(statement)
        elif isinstance(statement, ast.Assert):
            self._take(statement.test)
        elif isinstance(statement, ast.FunctionDef) and statement.name.startswith("test"):
            for inner in statement.body:
                self._statement(inner, statement.body, None)
        elif isinstance(statement, ast.Expr):
            self._expression(statement.value, want)
        elif isinstance(statement, ast.Assign):
            self._assign(statement, body)
        elif not isinstance(statement, ast.Pass):
            raise NotWrittenOutError

    def _import(self, statement: ast.Import | ast.ImportFrom) -> None:
        for alias in statement.names:
            if alias.name == "*":
                raise NotWrittenOutError("it imports all names of a module")
            name = alias.asname or alias.name
            if isinstance(statement, ast.ImportFrom):
                self._imported[name] = f"{statement.module}.{alias.name}"
            else:
                self._imported[name] = alias.name

    def _assign(self, statement: ast.Assign, body: list[ast.stmt]) -> None:
        """Know a name that is written out, once, and that no two lines could share and change."""
        (target, *more) = statement.targets
        if more or not isinstance(target, ast.Name) or target.id in self._known:
            raise NotWrittenOutError
        value = self._value(statement.value)
        uses = [
            node
            for other in body
            for node in ast.walk(other)
            if isinstance(node, ast.Name) and node.id == target.id and node is not target
        ]
        if any(isinstance(node.ctx, ast.Store) for node in uses):
            raise NotWrittenOutError
        if isinstance(value, (list, tuple, ArrayOf)) and len(uses) > 1:
            raise NotWrittenOutError
        self._known[target.id] = value

    def _expression(self, node: ast.expr, want: str | None) -> None:
        if isinstance(node, ast.Constant) and want is None:
            return
        if _called(node) == "print" and want is None and not self._asks(node):
            return
        if want is None:
            name = _called(node).rpartition(".")[2]
            if not name.startswith("assert_"):
                raise NotWrittenOutError
            self._take(node)
            return
        wanted = self._wanted(want)
        if wanted is True and isinstance(node, ast.Call) and (near := self._near(node)):
            self.asked.append(near)
            return
        if wanted is True and not isinstance(node, (ast.Call, ast.Name)):
            self._take(node)
            return
        subject = self._subject(node)
        plainly = wanted is None or isinstance(wanted, bool)
        self.asked.append(replace(subject, sign="is" if plainly else "==", wanted=wanted))

    def _asks(self, node: ast.expr) -> bool:
        return any(isinstance(inner, ast.Call) for inner in ast.walk(node) if inner is not node)

    def _wanted(self, want: str) -> Any:
        tree = parsed(want.strip())
        if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
            raise NotWrittenOutError("what it should print is no number, text or list")
        return self._value(tree.body[0].value)

    def _take(self, node: ast.expr) -> None:
        self.asked.extend(list(self._condition(node)))

    def _condition(self, node: ast.expr) -> Iterator[Expectation]:
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            for value in node.values:
                yield from self._condition(value)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield replace(self._subject(node.operand), sign="false")
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield self._compared(node.left, node.ops[0], node.comparators[0])
        elif isinstance(node, ast.Call) and (near := self._near(node)):
            yield near
        else:
            yield replace(self._subject(node), sign="true")

    def _compared(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Expectation:
        if isinstance(sign, ast.Is):
            wanted = self._value(right)
            if wanted is not None and not isinstance(wanted, bool):
                raise NotWrittenOutError
            return replace(self._subject(left), sign="is", wanted=wanted)
        written = _SIGNS.get(type(sign))
        if written is None:
            raise NotWrittenOutError
        if _called(left) == "abs" and written in ("<", "<="):
            return self._distance(left, right)
        try:
            wanted = self._value(right)
        except NotWrittenOutError:
            wanted, left, written = self._value(left), right, _TURNED[written]
        if isinstance(wanted, ArrayOf) or (written not in ("==", "!=") and not _is_number(wanted)):
            raise NotWrittenOutError
        return replace(self._subject(left), sign=written, wanted=wanted)

    def _distance(self, node: ast.expr, most: ast.expr) -> Expectation:
        """Read `abs(x - 3) < 0.1`."""
        inner = node.args[0] if isinstance(node, ast.Call) and len(node.args) == 1 else None
        allowed = self._value(most)
        if not isinstance(inner, ast.BinOp) or not isinstance(inner.op, ast.Sub):
            raise NotWrittenOutError
        return self._near_pair(inner.left, inner.right, (0.0, allowed))

    def _near(self, node: ast.Call) -> Expectation | None:
        """Read `isclose`, `allclose`, `array_equal` and NumPy's own asserts."""
        called = self._library_name(node.func)
        name = called.rpartition(".")[2]
        usual = _NEAR.get(called, _NEAR.get(name))
        if not called or len(node.args) < 2 or (usual is None and name not in _SAME):
            return None
        if usual is None:
            return self._same(node, each=name.startswith("assert"))
        given = {word.arg: self._value(word.value) for word in node.keywords}
        given.pop("err_msg", None)
        given |= dict(zip(("rtol", "atol"), map(self._value, node.args[2:]), strict=False))
        rel = given.pop("rtol", given.pop("rel_tol", usual[0]))
        far = given.pop("atol", given.pop("abs_tol", usual[1]))
        if given:
            raise NotWrittenOutError
        asked = self._near_pair(node.args[0], node.args[1], (rel, far))
        return replace(asked, sign="all near") if "allclose" in name else asked

    def _same(self, node: ast.Call, *, each: bool) -> Expectation:
        """Read `array_equal`: numbers are compared without asking whether they are in a list."""
        try:
            asked = self._near_pair(node.args[0], node.args[1], (0.0, 0.0))
        except NotWrittenOutError:
            return self._compared(node.args[0], ast.Eq(), node.args[1])
        if axes_of(asked.wanted) is None:
            return replace(asked, sign="==")
        return replace(asked, sign="all near" if each else "near")

    def _near_pair(self, left: ast.expr, right: ast.expr, near: tuple[Any, Any]) -> Expectation:
        try:
            wanted = self._value(right)
        except NotWrittenOutError:
            wanted, left = self._value(left), right
        if not all(_is_number(part) and part >= 0 for part in near):
            raise NotWrittenOutError
        near = (float(near[0]), float(near[1]))
        wanted = wanted.rows if isinstance(wanted, ArrayOf) else wanted
        return replace(self._subject(left), sign="near", wanted=wanted, near=near)

    def _library_name(self, node: ast.expr) -> str:
        """Give `math.isclose` for what a library of numbers offers, `""` for all else."""
        written = ast.unparse(node)
        head, _, rest = written.partition(".")
        full = self._imported.get(head, head if rest else "") + (f".{rest}" if rest else "")
        library = full.rpartition(".")[0]
        return full if library in (*_LIBRARIES, "nose.tools") else ""

    def _subject(self, node: ast.expr) -> Expectation:
        """Read a variable, or a function called with what is written out."""
        if isinstance(node, ast.Name):
            self._fail_if_made(node.id)
            return Expectation(node.id, None, "==")
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            raise NotWrittenOutError(why_not(node))
        if node.func.id == "round" and 1 <= len(node.args) <= 2 and not node.keywords:
            digits = self._value(node.args[1]) if len(node.args) == 2 else 0
            inner = self._subject(node.args[0])
            if type(digits) is not int or inner.digits is not None:
                raise NotWrittenOutError
            return replace(inner, digits=digits)
        name = node.func.id
        if name in self._imported or hasattr(builtins, name):
            raise NotWrittenOutError(why_not(node))
        self._fail_if_made(name)
        return Expectation(name, self._arguments(name, node), "==")

    def _fail_if_made(self, name: str) -> None:
        if name in self._made or name in self._imported:
            raise NotWrittenOutError(f"`{name}` is made by the test itself")

    def _arguments(self, name: str, node: ast.Call) -> tuple[Any, ...]:
        try:
            given = [self._value(argument) for argument in node.args]
            named = {word.arg or "": self._value(word.value) for word in node.keywords}
        except NotWrittenOutError:
            raise NotWrittenOutError(
                f"it calls `{name}` with something that is not written out"
            ) from None
        for parameter in self._functions.get(name, ())[len(given) :]:
            if parameter not in named:
                break
            given.append(named.pop(parameter))
        if named:
            raise NotWrittenOutError(f"it calls `{name}` with arguments by name")
        return tuple(given)

    def _value(self, node: ast.expr, levels: int = _LEVELS) -> Any:
        """Give what is written out, or a name that the test itself gave to such a thing."""
        if not levels:
            raise NotWrittenOutError("it is nested too deep")
        if isinstance(node, ast.Name) and node.id in self._known:
            return self._known[node.id]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
            value = self._value(node.operand, levels - 1)
            if not _is_number(value):
                raise NotWrittenOutError
            return -value if isinstance(node.op, ast.USub) else value
        if isinstance(node, (ast.List, ast.Tuple)):
            items = [self._value(item, levels - 1) for item in node.elts]
            return items if isinstance(node, ast.List) else tuple(items)
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
            rows = self._value(node.args[0], levels - 1)
            if self._library_name(node.func) in _ARRAYS and axes_of(rows):
                return ArrayOf(rows)
        if isinstance(node, ast.Constant) and _is_plain(node.value):
            return node.value
        raise NotWrittenOutError


def axes_of(value: object) -> int | None:
    """Give how many axes lists of numbers have, 0 for a number, None for what is no array."""
    if _is_number(value):
        return 0
    if not isinstance(value, (list, tuple)) or not value:
        return None
    inner = {(axes_of(item), len(item) if isinstance(item, (list, tuple)) else 0) for item in value}
    axes, _ = inner.pop()
    return None if inner or axes is None or axes >= _AXES else axes + 1


def _called(node: ast.expr) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return len(value) <= _LONGEST
    return isinstance(value, (int, float)) and abs(value) <= LARGEST
