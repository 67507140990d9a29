"""Copying data so that only JSON's own types are left.

What a probe hands over is meant to be plain, and yet a list in it may be a subclass whose items
never end, or a number NaN. The copy is made with the base types' operations and has an end.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

from coursetools.answers import plain

_MOST = 100_000
_LEVELS = 32


class NotPlainError(ValueError):
    """Data hold something that JSON has no word for, or too much; the text says where."""


def exact_copy(data: object) -> Any:
    """Give a copy in exact `dict`, `list`, `str`, `int`, `float`, `bool` and None.

    Raises:
        NotPlainError: Something else is in it, a number that is not finite, more than 100,000
            values, or more than 32 levels.
    """
    return _Copier().copy(data, "", _LEVELS)


class _Copier:
    def __init__(self) -> None:
        self._left = _MOST

    def copy(self, data: Any, place: str, levels: int) -> Any:
        self._left -= 1
        if self._left < 0:
            raise NotPlainError(f"It holds more than {_MOST} values.")
        if data is None or plain.is_a(data, bool):
            return data
        if plain.is_a(data, str):
            return plain.exact_text(data)
        if plain.is_a(data, int, float):
            number = plain.exact_number(data)
            if isinstance(number, float) and not math.isfinite(number):
                raise NotPlainError(f"Its `{place or 'value'}` is not a finite number.")
            return number
        if not levels:
            raise NotPlainError(f"It is nested deeper than {_LEVELS} levels.")
        if plain.is_a(data, dict):
            return self._mapping(data, place, levels - 1)
        if plain.is_a(data, list, tuple):
            base: Any = list if plain.is_a(data, list) else tuple
            items = enumerate(islice(base.__iter__(data), _MOST + 1))
            return [self.copy(item, _inside(place, index), levels - 1) for index, item in items]
        where = f"Its `{place}`" if place else "It"
        raise NotPlainError(f"{where} is no plain data but a `{plain.type_name(data)}`.")

    def _mapping(self, data: Any, place: str, levels: int) -> dict[str, Any]:
        copied = {}
        for key, item in islice(dict.items(data), _MOST + 1):
            if not plain.is_a(key, str):
                raise NotPlainError(f"A key of its `{place or 'value'}` is no text.")
            name = plain.exact_text(key)
            copied[name] = self.copy(item, _inside(place, name), levels)
        return copied


def _inside(place: str, name: object) -> str:
    return plain.clean(f"{place}.{name}" if place else str(name))
