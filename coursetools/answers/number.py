"""Answers that are one number."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from coursetools.answers import plain, schema
from coursetools.answers.kind import Kind, UnreadableAnswer

_WRITTEN = 100
_DEPTH = 4
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
# Groups of three with one sign between them: 327,713 or 327 713, never 32,7713.
_GROUPED = re.compile(r"([+-]?\d{1,3})(([,'_ ])\d{3}(\3\d{3})*)(\.\d+)?", re.ASCII)
_SQUARE = re.compile(r"(.+?)\s*[xX×]\s*(.+)")


@dataclass(frozen=True)
class Number(Kind):
    """Ask for one number: Python's, NumPy's, a tensor's, or written as a text.

    `"327,713"` and `"327 713"` are 327713. True and false are not numbers.
    """

    integer: bool = False
    """Whether it must be whole; `327713.0` is."""
    square: bool = False
    """Whether `(7, 7)`, `[7, 7]` and `"7x7"` mean 7."""

    name: ClassVar[str] = "number"

    @property
    def label(self) -> str:
        """Words for a student."""
        return "a whole number" if self.integer else "a number"

    def read(self, content: object) -> int | float:
        """Give the number, as an `int` if a whole one is asked for."""
        found: Any = schema.mapping(content, "content").get("value")
        value = schema.real(found, "value")
        if self.integer and not value.is_integer():
            raise UnreadableAnswer("The number is not whole.")
        return int(found) if self.integer or type(found) is int else value

    def _content(self, value: object) -> Mapping[str, Any]:
        number = self._number(value, _DEPTH)
        if not math.isfinite(number):
            raise UnreadableAnswer("It is not finite.")
        if abs(number) > schema.LARGEST:
            raise UnreadableAnswer("It is larger than any answer in this course.")
        return {"value": number}

    def _number(self, value: object, depth: int) -> int | float:
        if depth == 0:
            raise UnreadableAnswer("It is nested too deep.")
        if value is None:
            raise UnreadableAnswer("A function that returns nothing gives `None`.")
        if plain.is_a(value, bool):
            raise UnreadableAnswer("True and false are not numbers.")
        if plain.is_a(value, int, float):
            return _bounded(plain.exact_number(value))
        if plain.is_a(value, str):
            return self._written(plain.exact_text(value), depth)
        if plain.is_a(value, list, tuple):
            return self._several(_first_three(value), depth)
        return self._from_array(value, depth)

    def _several(self, values: list[object], depth: int) -> int | float:
        if len(values) == 1:
            return self._number(values[0], depth - 1)
        if self.square and len(values) == 2:
            first, second = (self._number(value, depth - 1) for value in values)
            if first != second:
                raise UnreadableAnswer("Its two sides differ, and a square is asked for.")
            return first
        raise UnreadableAnswer("It is not one number.")

    def _from_array(self, value: object, depth: int) -> int | float:
        array = plain.as_array(value)
        if array is None:
            raise UnreadableAnswer("")
        if array.dtype.kind not in "iufU" or array.size not in (1, 2):
            raise UnreadableAnswer("It is not one number.")
        # `float`, since the item of an array of long doubles is a long double again.
        python = float if array.dtype.kind == "f" else array.dtype.type.item
        return self._several([python(item) for item in array.flat], depth)

    def _written(self, text: str, depth: int) -> int | float:
        if len(text) > _WRITTEN:
            raise UnreadableAnswer("The text is too long for a number.")
        # NFKC makes one kind of blank and of digit out of the many; the minus sign is left over.
        text = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
        if _PLAIN.fullmatch(text):
            return int(text) if text.lstrip("+-").isdigit() else float(text)
        grouped = _GROUPED.fullmatch(text)
        if grouped:
            whole, groups, separator, _, part = grouped.groups()
            joined = whole + groups.replace(separator, "")
            return float(joined + part) if part else int(joined)
        sides = _SQUARE.fullmatch(text) if self.square else None
        if sides:
            return self._several(list(sides.groups()), depth)
        raise UnreadableAnswer("The text is not one number; write it with digits and a point.")


def _first_three(value: Any) -> list[object]:
    """Give what is enough to know one number, a pair, or neither."""
    base: Any = list if plain.is_a(value, list) else tuple
    return list(islice(base.__iter__(value), 3))


def _bounded(number: int | float) -> int | float:
    # isfinite() of an integer too large for a float raises.
    if isinstance(number, int) and abs(number) > schema.LARGEST:
        raise UnreadableAnswer("It is larger than any answer in this course.")
    return number
