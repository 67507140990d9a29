"""Comparing one answer, or one call of a function, with what is wanted: for checks of own lessons.

What `coursetools move-over` writes for another tool's tests is made of it, and it serves any
check that asks for no more than a value.

Example:
    fail_unless("stops(10, 3)", stops.results[0], "==", 8)
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from coursetools.answers.specs import CaseResult
from coursetools.exercises import Failed, fail_if, shown

if TYPE_CHECKING:
    from numpy import ndarray

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_PLAIN = ("NoneType", "bool", "bool_", "int", "float", "str", "list", "tuple")
_WANTED = {
    "==": "it should be",
    "!=": "it should be anything but",
    "<": "it should be less than",
    "<=": "it should be at most",
    ">": "it should be more than",
    ">=": "it should be at least",
    "near": "it should be about",
    "all near": "all of it should be about",
    "is": "it should be",
}


def fail_unless(
    what: str,
    given: object,
    sign: str,
    wanted: Any = None,
    *,
    near: tuple[float, float] = (0.0, 0.0),
    digits: int | None = None,
    told: bool = True,
) -> None:
    """End the check unless an answer is what is wanted.

    Args:
        what: What was asked, as one would type it.
        given: The answer as the check sees it; of a function, one of its `results`.
        sign: `==`, `!=`, `<`, `<=`, `>`, `>=`, `near`, `all near` (each of several is near one
            number), `is` (None, true and false only), `true` or `false` (what `if` takes for it).
        wanted: What it is compared with: a number, a text, or a list or tuple of them.
        near: With these signs, how far off it may be: relative to what is wanted, and besides.
        digits: To how many digits it is rounded before it is compared.
        told: Whether to say what was called, given and wanted; not for a hidden test.

    Raises:
        Failed: It is not; the text says what was given.
        LookupError: It is of a type that nothing can be said about here, so that a person looks.
        ValueError: There is no such sign.
    """
    call = given if isinstance(given, CaseResult) else None
    value = given if call is None else call.value
    if call is not None and call.error:
        error = f"{call.error.type}: {call.error.message}".rstrip(": ")
        fail_if(True, f"`{what}` stopped with {shown(error)}." if told else _untold(what))
    if call is not None and value is None and call.type not in _PLAIN:
        raise LookupError(f"it gives a {call.type}")
    if not _holds(value, call, sign, wanted, near, digits):
        raise Failed(_words(what, given, sign, wanted) if told else _untold(what))


def _words(what: str, given: object, sign: str, wanted: object) -> str:
    if isinstance(given, CaseResult):
        if given.type == "NoneType" and not (sign == "is" and wanted is None):
            return f"`{what}` gives nothing. Does it end with `return`?"
        found = shown(given.shown)
    else:
        found = shown(given)
    if sign in ("true", "false"):
        return f"`{what}` gives {found}, and it should be {sign}."
    written = wanted if sign != "==" or not isinstance(wanted, str) else repr(wanted)
    return f"`{what}` gives {found}, and {_WANTED[sign]} {shown(written)}."


def _untold(what: str) -> str:
    name = what.partition("(")[0]
    return f"A test of `{name}` that is not shown does not pass."


def _holds(
    value: Any,
    call: CaseResult | None,
    sign: str,
    wanted: Any,
    near: tuple[float, float],
    digits: int | None,
) -> bool:
    if digits is not None:
        number = _number(value)
        if number is None or type(value) not in (int, float, bool):
            return False
        value = round(number, digits)
    if sign in ("==", "!="):
        equal = _equal(value, call, wanted)
        return equal is not None and equal is (sign == "==")
    if sign in ("near", "all near"):
        return _near(value, wanted, near, each=sign == "all near")
    if sign == "is":
        return type(value) is type(wanted) and bool(value == wanted)
    if sign in ("true", "false"):
        truth = _truth(value)
        return truth is not None and truth is (sign == "true")
    if sign not in _ORDERS:
        raise ValueError(f"There is no sign `{sign}`.")
    number = _number(value)
    return number is not None and _ORDERS[sign](number, wanted)


def _equal(value: Any, call: CaseResult | None, wanted: Any) -> bool | None:
    """Say whether it is equal, as Python would; None where an array leaves that open."""
    if call is None and isinstance(wanted, (list, tuple)):
        # A variable: lists, tuples and arrays are one kind of answer.
        return _near(value, wanted, (0.0, 0.0), each=False)
    array = None if type(value) is tuple else _array(value)
    if array is not None:
        other = _array(wanted, also_numbers=True)
        if other is None:
            return False if array.size == 1 and not isinstance(wanted, (list, tuple)) else None
        one = array.size == 1 and other.size == 1
        return bool(array.reshape(-1)[0] == other.reshape(-1)[0]) if one else None
    if call is not None and isinstance(wanted, (list, tuple)):
        # Lists and tuples come back alike; what a function gives has its type beside it.
        return call.type == type(wanted).__name__ and _plainly_equal(value, wanted)
    return _plainly_equal(value, wanted)


def _plainly_equal(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, (list, tuple)):
        if type(value) is not tuple or len(value) != len(wanted):
            return False
        return all(map(_plainly_equal, value, wanted))
    return _array(value) is None and bool(value == wanted)


def _near(value: Any, wanted: Any, near: tuple[float, float], *, each: bool) -> bool:
    relative, besides = near
    array, other = _array(value, also_numbers=True), _array(wanted, also_numbers=True)
    if array is None or other is None or not array.size:
        return False
    if type(value) is tuple and not other.ndim and not each:
        return False
    if array.shape != other.shape and (other.ndim or (array.size > 1 and not each)):
        return False
    # NumPy's rule; a comparison that is false for NaN.
    return bool((abs(array - other) <= besides + relative * abs(other)).all())


def _truth(value: Any) -> bool | None:
    """Give what `if` would take it for, None for an array of several."""
    array = _array(value)
    if array is not None and type(value) is not tuple:
        return bool(array.reshape(-1)[0]) if array.size == 1 else None
    return bool(value)


def _number(value: Any) -> float | None:
    if type(value) in (int, float, bool):
        return None if isinstance(value, float) and math.isnan(value) else value
    array = None if type(value) is tuple else _array(value)
    return None if array is None or array.size != 1 else float(array.reshape(-1)[0])


def _array(value: Any, *, also_numbers: bool = False) -> ndarray | None:
    """Give lists of numbers, and arrays, as one; None for all else, and where rows differ."""
    import numpy as np

    if isinstance(value, (list, tuple, np.ndarray)) or (
        also_numbers and type(value) in (int, float, bool)
    ):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):
            return None
        return array if array.dtype.kind in "iufb" else None
    return None
