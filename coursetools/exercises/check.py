"""One check: a function that is told answers and says what is wrong with them.

A check names the answers it reads by its parameters. It is called only when every one of them
was given and read, so it cannot pass on an answer that is missing, blank or unreadable.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from coursetools.answers import plain

_QUOTED = 60


class Failed(Exception):  # noqa: N818 - it is an outcome, not an error
    """A check was not met; the text is the student's feedback."""


def fail_if(condition: object, feedback: str) -> None:
    """End the check with `feedback` if the condition holds."""
    if condition:
        raise Failed(feedback)


def shown(value: object) -> str:
    """Quote a student's value in backticks, short, on one line and without backticks of its own.

    A text is quoted as it is, anything else as Python shows it.
    """
    if not plain.is_a(value, str):
        return plain.quoted(value, _QUOTED)
    return "`" + plain.clean(plain.exact_text(value), _QUOTED).replace("`", "'") + "`"


_Test = object
"""What a mistake is known by: the value itself, or a function that says yes to it."""


def named(value: object, mistakes: Iterable[tuple[_Test, str]]) -> str:
    """Give the feedback of the first known mistake that fits, `""` if none does.

    Args:
        value: What the student gave.
        mistakes: Pairs of a value or a predicate and the feedback, the most specific first.
            `{value}` in the feedback stands for the student's value, quoted.
    """
    for test, feedback in mistakes:
        if test(value) if callable(test) else test == value:
            return feedback.replace("{value}", shown(value))
    return ""


@dataclass(frozen=True, eq=False)
class Check:
    """One line of the marking scheme. Made by `@exercise.check(...)`."""

    function: Callable[..., str | None]
    """What it does; its text of documentation is the line of the scheme."""
    points: float
    """What it is worth; 0 for a condition that others need."""
    needs: tuple[Check, ...] = ()
    """Checks that must have passed before it is tried."""
    by_hand: bool = False
    """Whether a person marks it; the function is then never called."""
    reads: tuple[str, ...] = field(default=(), kw_only=True)
    """Names of the answers it reads."""
    wants: tuple[str, ...] = field(default=(), kw_only=True)
    """Which of `draw`, `expected`, `earlier` and `judged` it asks for."""

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    @property
    def description(self) -> str:
        """Its line of the marking scheme, on one line."""
        return " ".join((inspect.getdoc(self.function) or "").split())

    def __call__(self, **arguments: Any) -> str | None:
        """Call the function itself, for a test of one check."""
        return self.function(**arguments)


def sentences(feedback: str) -> int:
    """Count sentences, for the rule that feedback has at most three.

    A full stop inside backticks or between digits ends nothing.
    """
    outside = "".join(feedback.split("`")[::2])
    words = outside.split()
    ends = sum(word.rstrip("\"')*_").endswith((".", "!", "?")) for word in words)
    return ends + bool(words and not words[-1].rstrip("\"')*_").endswith((".", "!", "?")))
