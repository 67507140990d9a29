"""Answers that are arrays of numbers: kernels, maps, pictures, curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from coursetools.answers import packing, plain, schema
from coursetools.answers.kind import KILOBYTE, Kind, UnreadableAnswer

if TYPE_CHECKING:
    from numpy import ndarray

_DEPTH = 8
_WORDS = {
    1: "numbers in a row",
    2: "numbers in rows and columns",
    3: "numbers in rows, columns and channels",
}


@dataclass(frozen=True)
class Array(Kind):
    """Ask for an array: nested lists, a NumPy array, a tensor, or what turns into one.

    Axes of size 1 that a library wants at the end or at the front are no matter: with two
    dimensions asked for, `(1, 200, 200, 1)` is 200 by 200, and `(3, 3, 1, 1)` is 3 by 3.
    """

    dimensions: int = 2
    """How many axes it has: 1, 2 or 3."""
    finite: bool = True
    """Whether NaN and infinities are refused."""
    words: str = ""
    """What to call it where a student reads of it; `"three rows of three numbers"`."""

    name: ClassVar[str] = "array"
    limit: ClassVar[int] = 1024 * KILOBYTE

    def __post_init__(self) -> None:
        if self.dimensions not in _WORDS:
            raise ValueError(f"An array has 1, 2 or 3 dimensions, not `{self.dimensions}`.")

    @property
    def label(self) -> str:
        """Words for a student."""
        return self.words or _WORDS[self.dimensions]

    def read(self, content: object) -> ndarray:
        """Give a read-only float64 array with as many axes as were asked for."""
        import numpy as np

        array = packing.unpack_array(content, "content")
        if array.dtype == bool:
            raise UnreadableAnswer("It holds true and false, not numbers.")
        if not array.size:
            raise UnreadableAnswer(f"It is empty: its shape is `{array.shape}`.")
        values = self._without_extra_axes(array).astype(np.float64)
        if self.finite:
            _refuse_what_is_not_finite(values)
        values.setflags(write=False)
        return values

    def _without_extra_axes(self, array: ndarray) -> ndarray:
        """Drop axes of size 1 at the end, then at the front, while there are too many."""
        shape = list(array.shape)
        while len(shape) > self.dimensions and shape[-1] == 1:
            shape.pop()
        while len(shape) > self.dimensions and shape[0] == 1:
            shape.pop(0)
        if len(shape) != self.dimensions:
            axes = {1: "one axis", 2: "two axes", 3: "three axes"}[self.dimensions]
            raise UnreadableAnswer(f"Its shape is `{array.shape}`, and {axes} are asked for.")
        return array.reshape(shape)

    def _content(self, value: object) -> Mapping[str, Any]:
        array = _array(value, [packing.MOST_NUMBERS], _DEPTH)
        if not array.ndim:
            raise UnreadableAnswer("It is a single number.")
        return packing.pack_array(array)


def _refuse_what_is_not_finite(values: ndarray) -> None:
    import numpy as np

    if np.isnan(values).any():
        raise UnreadableAnswer(f"{int(np.isnan(values).sum())} of its numbers are NaN.")
    if (abs(values) > schema.LARGEST).any():
        raise UnreadableAnswer("Some of its numbers are larger than any answer in this course.")


def _array(value: Any, left: list[int], depth: int) -> ndarray:
    """Give a student's object as an array; `left` is how many numbers may still come."""
    import numpy as np

    if plain.is_a(value, list, tuple):
        return _from_list(value, left, depth)
    if plain.is_a(value, int, float) and not plain.is_a(value, bool):
        number = plain.exact_number(value)
        if isinstance(number, int) and abs(number) > schema.LARGEST:
            raise UnreadableAnswer("It holds a number larger than any answer in this course.")
        return np.asarray(number)
    array = plain.as_array(value)
    if array is None and getattr(type(value), "__array__", None) is not None:
        array = plain.as_array(np.asarray(value), tensors=False)
    if array is None:
        raise UnreadableAnswer(_no_array(value))
    found: ndarray = array
    return found


def _no_array(value: Any) -> str:
    if value is None:
        return "A function that returns nothing gives `None`."
    if callable(value):
        return "That is a function or a layer itself, not its result: call it."
    return f"{plain.quoted(value, 40)} is not a number." if plain.is_a(value, str, bool) else ""


def _from_list(value: Any, left: list[int], depth: int) -> ndarray:
    import numpy as np

    if not depth:
        raise UnreadableAnswer("It is nested too deep.")
    left[0] -= packing.list_length(value)
    if left[0] < 0:
        raise UnreadableAnswer(f"It holds more than {packing.MOST_NUMBERS:,} numbers.")
    rows = [_array(item, left, depth - 1) for item in packing.list_items(value)]
    if not rows:
        return np.zeros(0)
    shapes = sorted({row.shape for row in rows})
    if len(shapes) > 1:
        raise UnreadableAnswer(
            f"Its rows are not of one length: shapes `{shapes[0]}` and `{shapes[-1]}`."
        )
    if sum(row.size for row in rows) > packing.MOST_NUMBERS:
        raise UnreadableAnswer(f"It holds more than {packing.MOST_NUMBERS:,} numbers.")
    return np.stack(rows)
