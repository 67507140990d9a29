"""Kinds of answer as plain data, so that what is asked for can go where the lessons are not.

The data come from us, never from a student: they are checked so that a mistake of ours is named,
not against attack.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from coursetools.answers.kind import Kind
from coursetools.answers.kinds import KINDS

if TYPE_CHECKING:
    from numpy import ndarray

_PLAIN = (bool, int, float, str)


def kind_data(kind: Kind) -> dict[str, Any]:
    """Give a kind and what its exercise chose as data for JSON; `kind_from` gives it back.

    Raises:
        ValueError: It holds something that cannot be written as data.
    """
    given = {field.name: _written(getattr(kind, field.name)) for field in fields(_declared(kind))}
    return {"kind": kind.name, "given": given}


def kind_from(data: Mapping[str, Any]) -> Kind:
    """Give the kind that `kind_data` wrote.

    Raises:
        ValueError: There is no such kind, or the kind cannot be given these.
    """
    name, given = data.get("kind"), data.get("given")
    if name not in KINDS or not isinstance(given, Mapping):
        raise ValueError(f"`{name}` is no kind of answer; there are {', '.join(KINDS)}.")
    try:
        return KINDS[name](**{field: _read(value) for field, value in given.items()})
    except TypeError as error:
        raise ValueError(f"A `{name}` cannot be made of `{', '.join(given)}`: {error}.") from error


def _declared(kind: Kind) -> Any:
    if KINDS.get(kind.name) is not type(kind):
        raise ValueError(f"`{type(kind).__name__}` is none of the course's kinds of answer.")
    return kind


def _written(value: object) -> Any:
    """Give data that tell a list from a tuple and keep an array's type: a case needs its own."""
    if value is None or type(value) in _PLAIN:
        return value
    if type(value) in (list, tuple):
        items: Any = value
        return {type(value).__name__: [_written(item) for item in items]}
    if type(value).__module__ == "numpy" and type(value).__name__ == "ndarray":
        return {"array": _written_array(value)}
    raise ValueError(f"A kind cannot hold a `{type(value).__name__}`.")


def _written_array(array: Any) -> dict[str, Any]:
    if array.dtype.kind not in "biuf":
        raise ValueError(f"A kind cannot hold an array of type `{array.dtype}`.")
    data = base64.b64encode(array.tobytes()).decode("ascii")
    return {"dtype": array.dtype.str, "shape": list(array.shape), "data": data}


def _read(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    if "array" in data:
        return _read_array(data["array"])
    for name, make in (("list", list), ("tuple", tuple)):
        if name in data:
            return make(_read(item) for item in data[name])
    raise ValueError(f"`{', '.join(data)}` is none of list, tuple and array.")


def _read_array(data: Mapping[str, Any]) -> ndarray:
    import numpy as np

    array = np.frombuffer(base64.b64decode(data["data"]), np.dtype(data["dtype"]))
    return array.reshape(data["shape"]).copy()
