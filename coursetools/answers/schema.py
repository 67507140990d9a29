"""Reading plain data that anyone may have written: each field by type, range and size.

Types are compared exactly, because JSON brings exact ones: a `bool` is no integer here. Keys
that nobody asks for are ignored, so that a newer capture can be read by an older course.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypeVar

from coursetools.answers.kind import UnreadableAnswer

T = TypeVar("T")

LARGEST = 10**18
"""Numbers beyond this are no answer to anything in the course."""

_DEPTH = 32
_TEXT_LIMIT = 256 * 1024


def loads_answer(text: str | bytes, limit: int = _TEXT_LIMIT) -> Any:
    """Parse the JSON of an answer that may have been written to do harm.

    Raises:
        UnreadableAnswer: More than `limit` characters, no JSON, nested deeper than 32, NaN,
            an infinity, or a number beyond 10**18.
    """
    if len(text) > limit:
        raise UnreadableAnswer(f"The answer is longer than {limit} characters.")
    try:
        data = json.loads(
            text, parse_constant=_no_constant, parse_int=_integer, parse_float=_finite
        )
    except UnreadableAnswer:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswer("The answer is not JSON.") from error
    if _deeper_than(data, _DEPTH):
        raise UnreadableAnswer(f"The answer is nested deeper than {_DEPTH} levels.")
    return data


def mapping(data: object, where: str) -> dict[str, Any]:
    """Give a JSON object."""
    if type(data) is not dict:
        raise UnreadableAnswer(f"`{where}` is not an object.")
    return data


def items(data: object, where: str, at_most: int) -> list[Any]:
    """Give a JSON array of at most `at_most` items."""
    if type(data) is not list:
        raise UnreadableAnswer(f"`{where}` is not a list.")
    if len(data) > at_most:
        raise UnreadableAnswer(f"`{where}` has {len(data)} items, more than {at_most}.")
    return data


def text(data: object, where: str, at_most: int = 200) -> str:
    """Give a string of at most `at_most` characters."""
    if type(data) is not str:
        raise UnreadableAnswer(f"`{where}` is not a text.")
    if len(data) > at_most:
        raise UnreadableAnswer(f"`{where}` has more than {at_most} characters.")
    return data


def truth(data: object, where: str) -> bool:
    """Give true or false."""
    if type(data) is not bool:
        raise UnreadableAnswer(f"`{where}` is neither true nor false.")
    return data


def integer(data: object, where: str, low: int = -LARGEST, high: int = LARGEST) -> int:
    """Give an integer from `low` to `high`."""
    if type(data) is not int:
        raise UnreadableAnswer(f"`{where}` is not a whole number.")
    if not low <= data <= high:
        raise UnreadableAnswer(f"`{where}` is out of range.")
    return data


def real(data: object, where: str) -> float:
    """Give a finite number as a float."""
    if type(data) not in (int, float):
        raise UnreadableAnswer(f"`{where}` is not a number.")
    if not -LARGEST <= data <= LARGEST:  # type: ignore[operator]
        raise UnreadableAnswer(f"`{where}` is not finite or out of range.")
    return float(data)  # type: ignore[arg-type]


def optional(read: Callable[[object, str], T], data: object, where: str) -> T | None:
    """Give None for null, otherwise what `read` gives."""
    return None if data is None else read(data, where)


def _no_constant(name: str) -> float:
    raise UnreadableAnswer(f"The answer holds `{name}`, which is not a number.")


def _integer(digits: str) -> int:
    if len(digits) > len(str(-LARGEST)):
        raise UnreadableAnswer("The answer holds a number out of range.")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise UnreadableAnswer("The answer holds a number out of range.")
    return value


def _deeper_than(data: object, levels: int) -> bool:
    if type(data) not in (dict, list):
        return False
    if levels == 0:
        return True
    inner = data.values() if type(data) is dict else data
    return any(_deeper_than(item, levels - 1) for item in inner)  # type: ignore[attr-defined]
