"""Looking at a student's object without trusting it.

An object can lie: `__class__` may name another type, `__eq__` may always say yes, `__repr__`
may raise or write a book. So types are asked of `type(value)`, values are taken with the base
type's own operations, and whatever must call the object's own code does it under `HOSTILE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

HOSTILE = (Exception, SystemExit, GeneratorExit)
"""What a student's object may raise at us. Not KeyboardInterrupt: a person must be able to stop."""

SHOWN = 80
"""The most characters of an answer that are shown."""

_NAME = 60
_ITEMS = 6
_LEVELS = 3
_LONG = 1_000
_DIGITS = 40
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def is_a(value: object, *types: type) -> bool:
    """Say whether `value` really is one of the types, whatever its `__class__` says."""
    return issubclass(type(value), types)


def type_name(value: object) -> str:
    """Give the name of the type, at most 60 characters; a metaclass cannot change it."""
    name: str = type.__dict__["__name__"].__get__(type(value))
    return clean(str.__str__(name), _NAME)


def exact_text(value: object) -> str:
    """Give the characters of a `str` or of a subclass, as an exact `str`."""
    return str.__str__(value)


def exact_number(value: object) -> int | float:
    """Give the value of an `int`, a `float` or of a subclass, as an exact one."""
    if is_a(value, int):
        return int.__index__(value)  # type: ignore[arg-type]
    return float.__float__(value)  # type: ignore[arg-type]


def clean(text: str, limit: int = SHOWN) -> str:
    """Give `text` on one line of at most `limit` printable characters."""
    start = text[: limit + 1]
    line = "".join(sign if sign.isprintable() else " " for sign in start)
    return line if len(line) <= limit else line[: limit - 3] + "..."


def quoted(value: object, limit: int = SHOWN) -> str:
    """Show any object in backticks; backticks of its own become quotes, so that it stays inside."""
    return "`" + shown(value, limit).replace("`", "'") + "`"


def shown(value: object, limit: int = SHOWN) -> str:
    """Show any object on one short line; never raises and never writes a large one out."""
    try:
        return clean(_shown(value, limit, _LEVELS), limit)
    except HOSTILE:
        return f"<{type_name(value)}>"


def _shown(value: object, limit: int, levels: int) -> str:
    if value is None or is_a(value, bool):
        return str(value)
    if is_a(value, str):
        return repr(exact_text(value)[: limit + 1])
    if is_a(value, int):
        return _shown_integer(int.__index__(value))  # type: ignore[arg-type]
    if is_a(value, float):
        return float.__repr__(value)
    if is_a(value, list, tuple, set, frozenset, dict):
        return _shown_items(value, limit, levels)
    array = as_array(value, tensors=False)
    if array is not None:
        return _shown_array(array, limit, levels)
    return _shown_object(value)


def _shown_integer(value: int) -> str:
    if abs(value) < 10**_DIGITS:
        return str(value)
    return f"<integer of about {int(value.bit_length() * 0.30103)} digits>"


def _shown_items(value: Any, limit: int, levels: int) -> str:
    def one(item: object) -> str:
        return _guarded(item, limit, levels - 1) if levels else "..."

    def several(items: Iterable[object], length: int) -> list[str]:
        texts = [one(item) for item in islice(items, _ITEMS)]
        return [*texts, "..."] if length > _ITEMS else texts

    if is_a(value, list):
        return "[" + ", ".join(several(list.__iter__(value), list.__len__(value))) + "]"
    if is_a(value, tuple):
        texts = several(tuple.__iter__(value), tuple.__len__(value))
        return "(" + ", ".join(texts) + ("," if len(texts) == 1 else "") + ")"
    if is_a(value, dict):
        pairs = islice(dict.items(value), _ITEMS)
        texts = [f"{one(name)}: {one(item)}" for name, item in pairs]
        return "{" + ", ".join([*texts, "..."] if dict.__len__(value) > _ITEMS else texts) + "}"
    base: Any = set if is_a(value, set) else frozenset
    # Sorted, because the order of a set of words changes from process to process.
    texts = sorted(one(item) for item in islice(base.__iter__(value), _LONG))
    if not texts:
        return "set()"
    return "{" + ", ".join([*texts[:_ITEMS], "..."] if len(texts) > _ITEMS else texts) + "}"


def _guarded(value: object, limit: int, levels: int) -> str:
    try:
        return _shown(value, limit, levels)
    except HOSTILE:
        return f"<{type_name(value)}>"


def _shown_array(array: Any, limit: int, levels: int) -> str:
    if array.size <= _ITEMS and array.dtype.kind in "biufU":
        values = _shown(array.tolist(), limit, levels)
        return f"array({values})" if array.ndim else values
    shape = tuple(array.shape)
    return f"array of shape {shape} and type {clean(str(array.dtype), _NAME)}"


def _shown_object(value: Any) -> str:
    try:
        length = len(value)
    except HOSTILE:
        length = 0
    if length > _LONG:
        return f"<{type_name(value)} of {length} items>"
    return _ADDRESS.sub("", exact_text(repr(value))[: 10 * SHOWN])


def as_array(value: Any, *, tensors: bool = True) -> Any | None:
    """Give a NumPy array, scalar or tensor as a plain `numpy.ndarray`, anything else as None.

    A tensor is whatever has a `numpy()` method that returns an array; it is only asked when
    `tensors` is true. The array is a view: nothing is copied.
    """
    import numpy as np

    if is_a(value, np.generic):
        return np.asarray(value)
    if not is_a(value, np.ndarray) and tensors:
        try:
            value = value.numpy()
        except HOSTILE:
            return None
        if is_a(value, np.generic):
            return np.asarray(value)
    if not is_a(value, np.ndarray):
        return None
    return np.ndarray.view(value, np.ndarray)
