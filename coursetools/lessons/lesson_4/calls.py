"""What to say to a function of numbers that did not give the right ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from coursetools.answers.specs import CaseResult
from coursetools.exercises import Failed, fail_if, shown

Numbers = Callable[..., float]


@dataclass(frozen=True)
class Slip:
    """A known wrong way to compute it, and what to say to whoever did."""

    function: Numbers
    """Computes what the slip gives."""
    words: str
    """The feedback."""

    def explains(self, results: Sequence[CaseResult]) -> bool:
        """Say whether the slip gives just these results."""
        return all(_gives(result, self.function) for result in results)


def fail_unless_right(
    name: str,
    results: Sequence[CaseResult],
    right: Numbers,
    slips: Sequence[Slip] = (),
    why: Callable[..., str] | None = None,
) -> None:
    """End the check at the first call that did not give the right number.

    Args:
        name: The function's name in the notebook.
        results: The calls that the check is about.
        right: Computes the right number.
        slips: Known mistakes, the most specific first. One is named if it explains all results.
        why: Gives a sentence on what is right for a call, for a mistake that nobody knows.
    """
    wrong = next((result for result in results if not _gives(result, right)), None)
    if wrong is None:
        return
    call = written(name, wrong.arguments)
    if wrong.error:
        error = f"{wrong.error.type}: {wrong.error.message}".rstrip(": ")
        raise Failed(f"{call} stopped with {shown(error)}.")
    fail_if(wrong.type == "NoneType", f"{call} gives nothing. Does it end with `return`?")
    fail_if(wrong.number is None, f"{call} gives {shown(wrong.shown)}, which is not one number.")
    for slip in slips:
        fail_if(slip.explains(results), slip.words)
    more = f" {why(*wrong.arguments)}" if why else ""
    asked = right(*wrong.arguments)
    raise Failed(f"{call} gives {shown(wrong.shown)}, and it should be `{asked}`.{more}")


def written(name: str, arguments: tuple[Any, ...]) -> str:
    """Write a call as a student would type it, in backticks."""
    return f"`{name}({', '.join(map(_typed, arguments))})`"


def _typed(argument: object) -> str:
    if isinstance(argument, list):
        return f"[{', '.join(map(_typed, argument))}]"
    return f'"{argument}"' if isinstance(argument, str) else str(argument)


def _gives(result: CaseResult, function: Numbers) -> bool:
    number = result.number
    return number is not None and math.isclose(number, function(*result.arguments), abs_tol=1e-6)
