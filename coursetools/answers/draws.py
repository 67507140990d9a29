"""Numbers and orders that differ from student to student and never from run to run.

The rule is public. `sha256` of `{draw_version}:{exercise}:{id}`, with `:{redraw}` at its end
where something was drawn again, gives 32 bytes; the id is stripped, put in Unicode's composed
form and case-folded. Draw number k takes bytes 4k to 4k+3 as a big-endian integer and counts it
round the options. An order takes all 32 bytes as one integer and counts round all orders. An
exercise may also make of the 32 bytes what it likes, and say that they are to be drawn again.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

DEMO = "demo"
"""The id that stands for nobody in particular."""

_BYTES_A_DRAW = 4
_REDRAWS = 1_000
DRAWS = hashlib.sha256().digest_size // _BYTES_A_DRAW
"""How many things one exercise can draw."""


def plain_id(student_id: str) -> str:
    """Give the form of an id that draws are made from; an empty id is `"demo"`."""
    return unicodedata.normalize("NFC", student_id).strip().casefold() or DEMO


def draw(
    options: Sequence[T],
    *,
    exercise: str,
    student_id: str,
    draw_version: int = 1,
    redraw: int = 0,
    index: int = 0,
) -> T:
    """Give one student's option.

    Args:
        options: What to draw from, at least one.
        exercise: The exercise's number, `"1.4"`.
        student_id: Who; `""` draws for `"demo"`.
        draw_version: Changes when the exercise changes, so that old marks stay valid.
        redraw: 0, or how often the draw was thrown away.
        index: Which draw of the exercise, 0 to 7.

    Raises:
        ValueError: There is nothing to draw from, or `index` is out of range.
    """
    if not options:
        raise ValueError(f"Exercise {exercise} has nothing to draw from.")
    if not 0 <= index < DRAWS:
        raise ValueError(f"A draw's index is 0 to {DRAWS - 1}, not `{index}`.")
    start = _BYTES_A_DRAW * index
    digest = _digest(draw_version, exercise, student_id, redraw)
    return options[int.from_bytes(digest[start : start + _BYTES_A_DRAW], "big") % len(options)]


def shuffled(
    options: Sequence[T],
    *,
    exercise: str,
    student_id: str,
    draw_version: int = 1,
    redraw: int = 0,
) -> tuple[T, ...]:
    """Give one student's order of the options; every order is equally likely."""
    digest = _digest(draw_version, exercise, student_id, redraw)
    place = int.from_bytes(digest, "big") % math.factorial(len(options))
    left, order = list(options), []
    while left:
        place, which = divmod(place, len(left))
        order.append(left.pop(which))
    return tuple(order)


def drawn(
    make: Callable[[bytes], T | None], *, exercise: str, student_id: str, draw_version: int = 1
) -> T:
    """Give what `make` makes of one student's 32 bytes; if that is None, of the next ones.

    Args:
        make: Makes a draw from the bytes, or None if they give one that will not do.
        exercise: The exercise's number, `"2.4"`.
        student_id: Who; `""` draws for `"demo"`.
        draw_version: Changes when the exercise changes, so that old marks stay valid.

    Raises:
        ValueError: Not one of 1,000 redraws would do.
    """
    for redraw in range(_REDRAWS):
        made = make(_digest(draw_version, exercise, student_id, redraw))
        if made is not None:
            return made
    raise ValueError(f"Exercise {exercise} cannot be drawn for `{student_id}`.")


def _digest(draw_version: int, exercise: str, student_id: str, redraw: int) -> bytes:
    text = f"{draw_version}:{exercise}:{plain_id(student_id)}"
    if redraw:
        text += f":{redraw}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
