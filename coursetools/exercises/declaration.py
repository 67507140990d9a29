"""What must hold of a declaration: an author's slip stops at import, not at somebody's mark."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from coursetools.answers import Choice, Kind
from coursetools.answers.draws import DRAWS
from coursetools.exercises.check import Check

FOR_CHECKS = {
    "draw": "what the student drew, by name",
    "expected": "the solution's answers",
    "earlier": "the student's answers to earlier exercises, where they are right, by name",
    "judged": "what the lesson's judge found in a file that was handed in",
}
"""What a check may ask for besides answers."""

FOR_SOLUTIONS = {"draw": FOR_CHECKS["draw"], "given": "what the lesson hands in, by name"}
"""What a solution may ask for."""

_NUMBER = re.compile(r"[1-9]\d*\.[1-9]\d*")
_MOST_POINTS = 100


class DeclarationError(ValueError):
    """An exercise, a check or a lesson is declared in a way that cannot work; for its author."""


def parameters(function: Callable[..., Any], allowed: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names that a check or a solution asks for.

    Args:
        function: A check or a solution.
        allowed: The names that may stand there, and what each of them is.

    Raises:
        DeclarationError: A name stands for nothing, or it takes `*`, `**` or only positions.
    """
    found = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise DeclarationError(
                f"`{function.__name__}` takes `{parameter}`; name each thing it reads instead."
            )
        if parameter.name not in allowed:
            choices = ", ".join(f"`{name}` ({what})" for name, what in allowed.items())
            raise DeclarationError(
                f"`{function.__name__}` asks for `{parameter.name}`, which is not there. "
                f"It may ask for {choices}."
            )
        found.append(parameter.name)
    return tuple(found)


def exercise_faults(
    number: str,
    answers: Mapping[str, Kind],
    draws: Mapping[str, Sequence[Any]],
    options: Mapping[str, tuple[str, str]],
) -> Iterator[str]:
    """Give what is wrong with an exercise's declaration."""
    if not _NUMBER.fullmatch(number):
        yield f"its number is `{number}`, not like `1.4`"
    if not answers:
        yield "it asks for no answer"
    for name in answers:
        if not name.isidentifier() or name in FOR_CHECKS or name in FOR_SOLUTIONS:
            yield f"`{name}` cannot be the name of an answer"
    if len(draws) > DRAWS:
        yield f"it draws {len(draws)} things, more than {DRAWS}"
    for name, values in draws.items():
        if not values:
            yield f"there is nothing to draw `{name}` from"
    choices = {name: kind for name, kind in answers.items() if isinstance(kind, Choice)}
    if options and not choices:
        yield "it has options and no answer that chooses among them"
    for name, kind in choices.items():
        if options and tuple(options) != kind.options:
            yield f"`{name}` chooses from {kind.options}, and its options are {tuple(options)}"


def check_faults(check: Check, above: Sequence[Check]) -> Iterator[str]:
    """Give what is wrong with a check, given the checks declared above it."""
    if not check.reads:
        yield f"check `{check.name}` reads no answer, so that anyone would pass it"
    if not check.description:
        yield f"check `{check.name}` has no line of the marking scheme as its docstring"
    if not 0 <= check.points <= _MOST_POINTS:
        yield f"check `{check.name}` is worth `{check.points}` points"
    if any(other.name == check.name for other in above):
        yield f"two checks are called `{check.name}`"
    for needed in check.needs:
        if needed not in above:
            name = getattr(needed, "name", repr(needed))
            yield f"check `{check.name}` needs `{name}`, which is no check above it"
