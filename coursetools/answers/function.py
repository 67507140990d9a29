"""Answers that are functions: tried on cases beside the student, judged by what they gave.

The cases are declared with the exercise and are the same for everybody, so that they are data
like any other: inputs go to where the function is, outputs come back, and what they should have
been is known only where they are read.
"""

from __future__ import annotations

import contextlib
import copy
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from coursetools.answers import plain, schema
from coursetools.answers.blank import BlankError, is_blank
from coursetools.answers.kind import KILOBYTE, Kind, UnreadableAnswer
from coursetools.answers.model import read_error
from coursetools.answers.packing import Other, pack, unpack
from coursetools.answers.specs import CaseResult, FunctionSpec

_MESSAGE = 300


@dataclass(frozen=True, eq=False)
class Function(Kind):
    """Ask for a function, or for a layer or anything else that can be called."""

    cases: tuple[tuple[Any, ...], ...] = ()
    """The arguments of each call: numbers, texts, NumPy arrays, and lists or tuples of them."""
    words: str = "a function"
    """What to call it where a student reads of it, with its article."""

    name: ClassVar[str] = "function"
    limit: ClassVar[int] = 1024 * KILOBYTE

    def __post_init__(self) -> None:
        if not self.cases:
            raise ValueError("A function needs at least one case to be tried on.")
        for case in self.cases:
            if type(case) is not tuple or _holds_other(unpack(pack(case))):
                raise ValueError(f"A case is a tuple of plain arguments, not {plain.quoted(case)}.")

    @property
    def label(self) -> str:
        """Words for a student."""
        return self.words

    @property
    def packed_cases(self) -> list[Any]:
        """The cases as plain data for JSON; `unpack` gives them back, lists as tuples."""
        return [pack(case) for case in self.cases]

    def read(self, content: object) -> FunctionSpec:
        """Give what each case gave, beside the arguments it was called with."""
        data = schema.mapping(content, "content").get("cases")
        results = schema.items(data, "cases", len(self.cases))
        if len(results) != len(self.cases):
            raise UnreadableAnswer(f"It was tried on {len(results)} of {len(self.cases)} cases.")
        pairs = zip(self.cases, results, strict=True)
        return FunctionSpec(tuple(_read_case(case, result) for case, result in pairs))

    def _content(self, value: object) -> Mapping[str, Any]:
        if not callable(value):
            raise UnreadableAnswer("It cannot be called: store the function itself, not a result.")
        with _quiet():
            return {"cases": [_tried(value, case) for case in self.cases]}


def _tried(function: Callable[..., object], case: tuple[Any, ...]) -> dict[str, Any]:
    """Call the function on arguments of its own, and write down what came of it."""
    arguments = copy.deepcopy(case)
    try:
        value = function(*arguments)
        if is_blank(value):
            raise BlankError
        data = {
            "value": pack(value),
            "type": plain.type_name(value),
            "shown": plain.shown(value),
        }
    except BlankError:
        raise
    except plain.HOSTILE as error:
        data = {"error": {"type": plain.type_name(error), "message": _message(error)}}
    pairs = enumerate(zip(case, arguments, strict=True))
    after = {str(place): pack(now) for place, (old, now) in pairs if pack(now) != pack(old)}
    return data | {"arguments_after": after} if after else data


def _message(error: BaseException) -> str:
    try:
        return plain.clean(plain.exact_text(str(error)), _MESSAGE)
    except plain.HOSTILE:
        return ""


def _read_case(arguments: tuple[Any, ...], data: object) -> CaseResult:
    data = schema.mapping(data, "case")
    after = schema.mapping(data.get("arguments_after", {}), "arguments_after")
    changed = tuple(
        place
        for place, argument in enumerate(arguments)
        if str(place) in after and after[str(place)] != pack(argument)
    )
    if data.get("error") is not None:
        return CaseResult(arguments, changed=changed, error=read_error(data["error"], "error"))
    value = unpack(data.get("value"))
    return CaseResult(
        arguments,
        value=None if isinstance(value, Other) else value,
        type=plain.clean(schema.text(data.get("type"), "type"), plain.SHOWN),
        shown=plain.clean(schema.text(data.get("shown"), "shown", 10 * plain.SHOWN)),
        changed=changed,
    )


def _holds_other(value: object) -> bool:
    if isinstance(value, tuple):
        return any(_holds_other(item) for item in value)
    return isinstance(value, Other)


class _Nowhere(io.TextIOBase):
    """Takes whatever is printed and keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Show nothing of what the student's function prints or warns while it is tried."""
    nowhere = _Nowhere()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        warnings.simplefilter("ignore")
        yield
