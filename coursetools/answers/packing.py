"""Values on their way through JSON: numbers, texts, lists and arrays, in and out unchanged.

An array is its type, its shape and its bytes in base64. A number that JSON has no word for is a
text. Whatever is none of these is only the name of its type: nothing here runs code of an
object, or rebuilds one.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coursetools.answers import plain, schema
from coursetools.answers.kind import UnreadableAnswer

if TYPE_CHECKING:
    from numpy import ndarray

MOST_NUMBERS = 200_000
"""The most numbers of one array."""

_TYPES = {"float32": "<f4", "float64": "<f8", "int64": "<i8", "bool": "|b1"}
_AXES = 16
_ITEMS = 50_000
_LEVELS = 8
_TEXT = 1_000
_FLOAT = 40


@dataclass(frozen=True)
class Other:
    """A value that cannot be packed: only the name of its type is known."""

    type: str
    """The type's name."""


def pack(value: object) -> Any:
    """Give plain data for JSON: of None, true and false, numbers, texts, arrays and lists of them.

    Tensors are arrays, and an array without axes is its number. A tuple is a list. Anything else,
    and anything too large, becomes an `Other`. Runs no code of the object but its `numpy()`.
    """
    return _pack(value, [_ITEMS], _LEVELS)


def _pack(value: Any, left: list[int], levels: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or not levels:
        return _other(value)
    if value is None or plain.is_a(value, bool):
        return value
    if plain.is_a(value, str):
        return plain.exact_text(value)[:_TEXT]
    if plain.is_a(value, int, float):
        return _packed_number(plain.exact_number(value), value)
    if plain.is_a(value, list, tuple):
        if list_length(value) > left[0]:  # or each that is left over would still get its name
            return _other(value)
        return [_pack(item, left, levels - 1) for item in list_items(value)]
    array = plain.as_array(value)
    if array is None or array.size > MOST_NUMBERS:
        return _other(value)
    if not array.ndim and array.dtype.kind in "biuf":
        return _pack(array.item() if array.dtype.kind != "f" else float(array), left, levels)
    try:
        return pack_array(array)
    except UnreadableAnswer:
        return _other(value)


def _packed_number(number: int | float, value: object) -> Any:
    if isinstance(number, int):
        return number if abs(number) <= schema.LARGEST else _other(value)
    # A comparison that is false for NaN too.
    return number if abs(number) <= schema.LARGEST else {"float": repr(number)}


def _other(value: object) -> dict[str, str]:
    return {"other": plain.type_name(value)}


def unpack(data: object, where: str = "value") -> Any:
    """Give what was packed: lists as tuples, arrays read-only and in their own type.

    Raises:
        UnreadableAnswer: The data were not made by `pack`.
    """
    return _unpack(data, where, _LEVELS)


def _unpack(data: object, where: str, levels: int) -> Any:
    if data is None or type(data) is bool:
        return data
    if type(data) is str:
        return schema.text(data, where, _TEXT)
    if type(data) is int:
        return schema.integer(data, where)
    if type(data) is float:
        return schema.real(data, where)
    if type(data) is list:
        if not levels:
            raise UnreadableAnswer(f"`{where}` is nested too deep.")
        return tuple(_unpack(item, where, levels - 1) for item in schema.items(data, where, _ITEMS))
    packed = schema.mapping(data, where)
    if "float" in packed:
        return _read_float(packed["float"], where)
    if "other" in packed:
        return Other(plain.clean(schema.text(packed["other"], where)))
    return unpack_array(packed, where)


def _read_float(data: object, where: str) -> float:
    try:
        return float(schema.text(data, where, _FLOAT))
    except ValueError as error:
        raise UnreadableAnswer(f"`{where}` is not a number.") from error


def pack_array(array: ndarray) -> dict[str, Any]:
    """Give an array's type, shape and bytes.

    Args:
        array: Of numbers, or of true and false. Small floats become float32, longer ones
            float64, integers int64.

    Raises:
        UnreadableAnswer: It holds something else, or too much.
    """
    if array.size > MOST_NUMBERS:
        raise UnreadableAnswer(
            f"It holds {array.size:,} numbers; an answer has at most {MOST_NUMBERS:,}."
        )
    name = _type_for(array)
    data = array.astype(_TYPES[name], order="C").tobytes()
    shape = [int(size) for size in array.shape]
    return {"dtype": name, "shape": shape, "data": base64.b64encode(data).decode("ascii")}


def _type_for(array: ndarray) -> str:
    kind = array.dtype.kind
    if kind == "f":
        return "float32" if array.dtype.itemsize <= 4 else "float64"
    if kind in "iu":
        if array.size and int(array.max()) > schema.LARGEST:
            raise UnreadableAnswer("It holds a number larger than any answer in this course.")
        return "int64"
    if kind == "b":
        return "bool"
    if array.dtype.name == "bfloat16":  # a type of TensorFlow's that NumPy knows as raw bytes
        return "float32"
    raise UnreadableAnswer(
        f"It is an array of type `{plain.clean(str(array.dtype), 30)}`, not of numbers."
    )


def unpack_array(data: object, where: str) -> ndarray:
    """Give the array, read-only.

    Raises:
        UnreadableAnswer: Type, shape and bytes are not those of one array of numbers.
    """
    import numpy as np

    data = schema.mapping(data, where)
    name = schema.text(data.get("dtype"), f"{where}.dtype")
    if name not in _TYPES:
        raise UnreadableAnswer(f"`{where}.dtype` is none that is known.")
    sizes = schema.items(data.get("shape"), f"{where}.shape", _AXES)
    shape = tuple(schema.integer(s, f"{where}.shape", 0, MOST_NUMBERS) for s in sizes)
    count = math.prod(shape)
    if count > MOST_NUMBERS:
        raise UnreadableAnswer(f"`{where}` holds more than {MOST_NUMBERS:,} numbers.")
    text = schema.text(data.get("data"), f"{where}.data", 12 * MOST_NUMBERS)
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise UnreadableAnswer(f"`{where}.data` is no base64.") from error
    if len(found) != count * np.dtype(_TYPES[name]).itemsize:
        raise UnreadableAnswer(f"`{where}.data` does not fit its shape.")
    # A byte other than 0 and 1 would be a truth that is equal to neither.
    raw = np.frombuffer(found, "u1" if name == "bool" else _TYPES[name])
    array: ndarray = raw.reshape(shape).astype(name)
    array.setflags(write=False)
    return array


def list_items(value: Any) -> Iterator[Any]:
    """Go through a list or tuple by the base type's own iterator."""
    return list.__iter__(value) if plain.is_a(value, list) else tuple.__iter__(value)


def list_length(value: Any) -> int:
    """Give the length of a list or tuple, whatever a subclass says."""
    return list.__len__(value) if plain.is_a(value, list) else tuple.__len__(value)
