"""Exercise 4.1: how many stops a window makes, and what it never sees."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from coursetools.answers import Function
from coursetools.answers.specs import CaseResult, FunctionSpec
from coursetools.exercises import Exercise, fail_if
from coursetools.lessons.lesson_4 import size_slips
from coursetools.lessons.lesson_4.calls import Slip, fail_unless_right, written
from coursetools.operations import output_size, visit_counts

_SEED = 20260117
_MORE = 50
_DEFAULTS = (1, "valid")

Case = tuple[Any, ...]


def _more_sizes(dice: random.Random) -> Iterator[Case]:
    for _ in range(_MORE):
        k = dice.randint(1, 9)
        yield (
            dice.randint(k, 260),
            k,
            dice.randint(1, 5),
            dice.choice(("valid", "same")),
        )


def _more_lines(dice: random.Random) -> Iterator[Case]:
    for _ in range(_MORE):
        k = dice.randint(1, 7)
        yield dice.randint(k, 120), k, dice.randint(1, 9)


SIZES: tuple[Case, ...] = (
    (6, 3),
    (7, 3),
    (32, 5),
    (28, 1),
    (5, 5),
    (7, 3, 2),
    (6, 3, 2),
    (224, 7, 2),
    (64, 3, 3),
    (9, 3, 3, "valid"),
    (9, 3, 3, "VALID"),
    (6, 3, 1, "same"),
    (7, 3, 2, "same"),
    (8, 3, 2, "same"),
    (64, 3, 3, "same"),
    (7, 3, 2, "SAME"),
    *_more_sizes(random.Random(_SEED)),
)
"""Calls of `out_size`: the small ones first, since the first that is wrong is shown.

Each call with capital letters has its twin with small ones.
"""

LINES: tuple[Case, ...] = (
    (6, 3, 2),
    (7, 3, 2),
    (10, 3, 3),
    (10, 2, 5),
    (9, 1, 2),
    (8, 5, 1),
    (12, 3, 4),
    *_more_lines(random.Random(_SEED)),
)
"""Calls of `unseen`; in some the stride is larger than the window."""

count_the_stops = Exercise(
    number="4.1",
    title="Output size",
    question=(
        'Write `out_size(n, k, s=1, padding="valid")`: how many stops a window of `k` pixels '
        "makes on a line of `n`, moving `s` at a time. `padding` is `valid` or `same`, in small "
        "or in capital letters. Then write `unseen(n, k, s)`: how many of the `n` pixels the "
        "window sees at none of its stops, without padding."
    ),
    answers={
        "out_size": Function(cases=SIZES, words="a function of n, k, s and padding"),
        "unseen": Function(cases=LINES, words="a function of n, k and s"),
    },
    minutes=8,
    hints=(
        "Without padding the window can start at 0, at s, at 2s and so on, up to n - k. How many "
        "starts are these?",
        "Count the steps that fit into n - k, and then the first stop: `(n - k) // s + 1`. With "
        "`same` there is a stop for every s pixels or part of s: `n / s`, rounded up.",
        "For `unseen`, count what is seen. The first stop sees k pixels, and each further one adds "
        "s new ones, or k if s is larger.",
    ),
)


@count_the_stops.solution
def _solution() -> dict[str, Any]:
    def out_size(n: int, k: int, s: int = 1, padding: str = "valid") -> int:
        if padding.lower() == "same":
            return (n + s - 1) // s
        return (n - k) // s + 1

    def unseen(n: int, k: int, s: int) -> int:
        later_stops = out_size(n, k, s) - 1
        return n - (k + later_stops * min(k, s))

    return {"out_size": out_size, "unseen": unseen}


@count_the_stops.check(points=1)
def valid_one_at_a_time(out_size: FunctionSpec) -> None:
    """Without padding and with stride 1 the size is right."""
    one, more = _valid(out_size)
    # A slip that explains the larger strides as well says more than one of stride 1 alone.
    for_all = tuple(slip for slip in size_slips.ANY_STRIDE if slip.explains([*one, *more]))
    _fail_unless_size(one, for_all + size_slips.STRIDE_1)


@count_the_stops.check(points=1, needs=valid_one_at_a_time)
def valid_any_stride(out_size: FunctionSpec) -> None:
    """Without padding the size is right for larger strides too."""
    _fail_unless_size(_valid(out_size)[1], size_slips.ANY_STRIDE)


@count_the_stops.check(points=1)
def same_any_stride(out_size: FunctionSpec) -> None:
    """With `same` the size is right for any stride, and capital letters change nothing."""
    same = [result for result in out_size.results if _all_four(result)[3] == "same"]
    _fail_unless_size(same, size_slips.SAME)
    small = {_all_four(result): result.number for result in out_size.results}
    for result in out_size.results:
        *place, padding = _all_four(result)
        fail_if(
            padding.isupper() and result.number != small[*place, padding.lower()],
            f"{written('out_size', result.arguments)} is not what it is in small letters. Capital "
            "letters mean the same: compare `padding.lower()`.",
        )


@count_the_stops.check(points=1)
def never_seen(unseen: FunctionSpec) -> None:
    """The pixels that no stop sees are counted, at the end and in gaps."""
    fail_unless_right("unseen", unseen.results, right_unseen, size_slips.UNSEEN, _what_is_seen)


def right_unseen(n: int, k: int, s: int) -> int:
    """Give how many pixels of a line no stop of the window uses."""
    return int((visit_counts(n, k, s) == 0).sum())


def _fail_unless_size(results: list[CaseResult], slips: tuple[Slip, ...]) -> None:
    fail_unless_right("out_size", results, output_size, slips, _where_it_stops)


def _valid(out_size: FunctionSpec) -> tuple[list[CaseResult], list[CaseResult]]:
    """Give the results without padding: those with stride 1, and the others."""
    valid = [result for result in out_size.results if _all_four(result)[3] == "valid"]
    one = [result for result in valid if _all_four(result)[2] == 1]
    return one, [result for result in valid if result not in one]


def _all_four(result: CaseResult) -> Case:
    """Give n, k, s and padding, the last two also where the call left them out."""
    given = result.arguments
    return given + _DEFAULTS[len(given) - 2 :]


def _where_it_stops(n: int, k: int, s: int = 1, padding: str = "valid") -> str:
    if padding.lower() == "same":
        return f"With `same` it is {n} / {s}, rounded up."
    stops = [f"{stop}" for stop in range(0, n - k + 1, s)]
    if len(stops) > 4:
        stops = [*stops[:2], "...", stops[-1]]
    return f"The window starts at {', '.join(stops)}."


def _what_is_seen(n: int, k: int, s: int) -> str:
    seen = "".join("x" if count else "." for count in visit_counts(n, k, s))
    return f"The line is seen like this: `{seen}`." if n <= 30 else ""
