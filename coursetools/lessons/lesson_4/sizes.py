"""Exercise 4.1: how many stops a window makes, and what it never sees."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from coursetools.answers import Function
from coursetools.answers.specs import CaseResult, FunctionSpec
from coursetools.exercises import Exercise, fail_if
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
        "or in capital letters. Then write `unseen(n, k, s)`: how many of the `n` pixels are under "
        "no stop of the window, without padding."
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
    results = [r for r in out_size.results if _padding(r) == "valid" and _stride(r) == 1]
    _fail_unless_size(results, _VALID_SLIPS)


@count_the_stops.check(points=1, needs=valid_one_at_a_time)
def valid_any_stride(out_size: FunctionSpec) -> None:
    """Without padding the size is right for larger strides too."""
    results = [r for r in out_size.results if _padding(r) == "valid" and _stride(r) > 1]
    _fail_unless_size(results, _STRIDE_SLIPS)


@count_the_stops.check(points=1)
def same_any_stride(out_size: FunctionSpec) -> None:
    """With `same` the size is right for any stride, and capital letters change nothing."""
    _fail_unless_size([r for r in out_size.results if _padding(r) == "same"], _SAME_SLIPS)
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
    fail_unless_right("unseen", unseen.results, right_unseen, _UNSEEN_SLIPS, _what_is_seen)


def right_unseen(n: int, k: int, s: int) -> int:
    """Give how many pixels of a line no stop of the window uses."""
    return int((visit_counts(n, k, s) == 0).sum())


def _fail_unless_size(results: list[CaseResult], slips: tuple[Slip, ...]) -> None:
    fail_unless_right("out_size", results, output_size, slips, _where_it_stops)


def _all_four(result: CaseResult) -> Case:
    """Give n, k, s and padding, the last two also where the call left them out."""
    given = result.arguments
    return given + _DEFAULTS[len(given) - 2 :]


def _stride(result: CaseResult) -> int:
    return int(_all_four(result)[2])


def _padding(result: CaseResult) -> str:
    return str(_all_four(result)[3])


def _where_it_stops(n: int, k: int, s: int = 1, padding: str = "valid") -> str:
    if padding.lower() == "same":
        return f"One stop for every {s} of {n} pixels, and one for what is left over."
    stops = [f"{stop}" for stop in range(0, n - k + 1, s)]
    if len(stops) > 4:
        stops = [*stops[:2], "...", stops[-1]]
    return f"The window starts at {', '.join(stops)}."


def _what_is_seen(n: int, k: int, s: int) -> str:
    seen = "".join("x" if count else "." for count in visit_counts(n, k, s))
    return f"The line is seen like this: `{seen}`." if n <= 30 else ""


def _stops(n: int, k: int, s: int) -> int:
    return int(output_size(n, k, s))


_FLOAT_SIZE = "A size is a whole number: use `//`, which rounds down."
_FIRST_STOP = "Round down, then count the first stop: `(n-k)//s + 1`."

_VALID_SLIPS = (
    Slip(
        lambda n, k, s=1, padding="": n - k,
        "The first stop is missing: add 1. A window of 3 on 6 pixels starts at 0, 1, 2 and 3.",
    ),
    Slip(
        lambda n, k, s=1, padding="": n - k + 2,
        "One too many: the last start is n - k, and the first is 0.",
    ),
    Slip(
        lambda n, k, s=1, padding="": n,
        "That is the size with `same`. Without padding the window cannot hang over the end.",
    ),
    Slip(
        lambda n, k, s=1, padding="": n // k,
        "Stops overlap: with stride 1 the window moves on by one pixel, not by its own width.",
    ),
)
_STRIDE_SLIPS = (
    Slip(lambda n, k, s=1, padding="": (n - k) / s + 1, _FLOAT_SIZE),
    Slip(lambda n, k, s=1, padding="": (n - k + 1) / s, _FLOAT_SIZE),
    Slip(lambda n, k, s=1, padding="": -((k - n) // s), _FIRST_STOP),
    Slip(
        lambda n, k, s=1, padding="": (n - k + 1) // s,
        "Right for s=1, but n=7, k=3, s=2 has stops at 0, 2 and 4: three, not two. "
        "Divide first, then add the first stop.",
    ),
    Slip(
        lambda n, k, s=1, padding="": (n - k) // s,
        "The first stop is missing: add 1 after dividing.",
    ),
    Slip(
        lambda n, k, s=1, padding="": -((k - n) // s) + 1,
        "It should round down: where less than a whole step is left, the window cannot stop again.",
    ),
    Slip(
        lambda n, k, s=1, padding="": round((n - k) / s + 1),
        "`round` goes up at times. A stop that does not fit whole is none, so round down: `//`.",
    ),
    Slip(
        lambda n, k, s=1, padding="": n - k + 1,
        "The stride is left out: with s=2 only every second of these stops is made.",
    ),
    Slip(
        lambda n, k, s=1, padding="": -(-n // s),
        "That is the size with `same`. Without padding the last start is n - k.",
    ),
)
_SAME_SLIPS = (
    Slip(
        lambda n, k, s=1, padding="": n // s,
        "It rounds down, but 7 pixels with stride 2 have 4 stops: 0, 2, 4 and 6. "
        "With `same`, round up.",
    ),
    Slip(
        lambda n, k, s=1, padding="": n / s,
        "A size is a whole number: with `same`, n / s is rounded up.",
    ),
    Slip(
        lambda n, k, s=1, padding="": n // s + 1,
        "One too many where s divides n: 8 pixels with stride 2 have 4 stops. Round n / s up.",
    ),
    Slip(
        lambda n, k, s=1, padding="": n,
        "With `same` the size stays only for stride 1. With stride s there are about n / s stops.",
    ),
    Slip(
        lambda n, k, s=1, padding="": _stops(n, k, s),
        "That is the size without padding. Is `padding` asked for anywhere in your function?",
    ),
)
_UNSEEN_SLIPS = (
    Slip(
        lambda n, k, s: (n - k) % s,
        "Right at the end of the line. But where s is larger than k, pixels between two stops are "
        "unseen too.",
    ),
    Slip(
        lambda n, k, s: n - _stops(n, k, s),
        "You took the number of stops from n. Each stop sees k pixels.",
    ),
    Slip(
        lambda n, k, s: n - k * _stops(n, k, s),
        "Where s is smaller than k, stops overlap: count a pixel once, however often it is seen.",
    ),
    Slip(
        lambda n, k, s: max(n - k * _stops(n, k, s), 0),
        "Where s is smaller than k, stops overlap: count a pixel once, however often it is seen.",
    ),
    Slip(
        lambda n, k, s: n - (k + (_stops(n, k, s) - 1) * min(k, s)) - (n - k) % s,
        "Right between the stops. At the end of the line pixels may be left over, too.",
    ),
    Slip(
        lambda n, k, s: n % s,
        "`n % s` leaves out how wide the window is: the last start is n - k.",
    ),
    Slip(
        lambda n, k, s: k + (_stops(n, k, s) - 1) * min(k, s),
        "That is how many pixels are seen. How many of n are not?",
    ),
)
