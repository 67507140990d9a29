"""Objects that a student's cell might leave behind, by accident or on purpose."""

import contextlib
import decimal
import fractions
import sys
from collections import deque
from typing import Any
from unittest.mock import MagicMock

import numpy as np

from coursetools.answers import ____


class RaisesOnEverything:
    def __getattribute__(self, name):
        raise RuntimeError(f"no {name} for you")

    def __repr__(self):
        raise RuntimeError("no repr")

    def __eq__(self, other):
        raise RuntimeError("no comparing")

    def __hash__(self):
        raise RuntimeError("no hash")

    def __bool__(self):
        raise RuntimeError("no truth")

    def __len__(self):
        raise RuntimeError("no length")

    def __iter__(self):
        raise RuntimeError("no items")


class Exits(RaisesOnEverything):
    def __getattribute__(self, name):
        raise SystemExit(name)

    def __repr__(self):
        raise SystemExit("repr")

    def __len__(self):
        raise SystemExit("len")


class SaysItIs:
    """Claims another class by `__class__`, which `isinstance` believes."""

    def __init__(self, claimed: Any) -> None:
        self.claimed = claimed

    @property
    def __class__(self):
        return self.claimed


class RaisingClass:
    @property
    def __class__(self):
        raise ValueError("no class")


class YesInteger(int):
    """Equal to everything, and different from itself whenever it is converted."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __int__(self):
        return 327713

    __index__ = __int__

    def __float__(self):
        return 327713.0

    def __repr__(self):
        return "327713"

    def __str__(self):
        raise RuntimeError


class YesFloat(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

    def __float__(self):
        return 0.5

    def is_integer(self):
        raise RuntimeError


class YesText(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __str__(self):
        return "B"

    def __repr__(self):
        return "'B'"

    def strip(self, *_):
        return "B"

    upper = casefold = lower = strip

    def __len__(self):
        return 1

    def __iter__(self):
        return iter("B")


class EndlessList(list):
    def __iter__(self):
        while True:
            yield 1

    def __len__(self):
        return 1


class LyingDict(dict):
    def __getitem__(self, key):
        raise KeyError(key)

    def get(self, key, default=None):
        return "B"

    def items(self):
        raise RuntimeError

    values = keys = __iter__ = items

    def __contains__(self, key):
        return True


class LoudType(type):
    @property
    def __name__(cls):
        raise RuntimeError

    def __repr__(cls):
        raise RuntimeError

    def __instancecheck__(cls, instance):
        raise RuntimeError

    def __subclasscheck__(cls, subclass):
        raise RuntimeError


class Loud(metaclass=LoudType):
    pass


class Tensor:
    """Has a `numpy()` method like a tensor's."""

    def __init__(self, value: Any, error: BaseException | None = None) -> None:
        self.value, self.error = value, error

    def numpy(self):
        if self.error:
            raise self.error
        return self.value


class Keeps:
    """Has a `history` like Keras's object."""

    def __init__(self, history: Any, epoch: Any = None) -> None:
        self.history, self.epoch = history, epoch


class Frame:
    """Has `columns` and `to_dict` like a DataFrame."""

    columns = ("loss",)

    def __init__(self, found: Any, length: int = 2) -> None:
        self.found, self.length = found, length

    def __len__(self):
        return self.length

    def to_dict(self, orient):
        return self.found


class LongRepr:
    def __repr__(self):
        return "`" * 1_000_000


class NoTextRepr:
    def __repr__(self):
        return 7


def _nested(levels: int) -> list:
    inner: list = []
    for _ in range(levels):
        inner = [inner]
    return inner


def _own_items() -> tuple[list, dict]:
    loop: list = []
    loop.append(loop)
    ring: dict = {}
    ring["loss"] = ring
    return loop, ring


def _array_of(item: Any) -> np.ndarray:
    array = np.empty(1, dtype=object)
    array[0] = item
    return array


def _interrupted():
    with contextlib.suppress(GeneratorExit):
        yield 1


_LOOP, _RING = _own_items()

# A picture of 10**12 numbers that takes no memory: whoever writes it out never ends.
HUGE_ARRAY = np.broadcast_to(np.float32(0), (10**6, 10**6))

RUBBISH: dict[str, Any] = {
    "None": None,
    "ellipsis": ...,
    "not implemented": NotImplemented,
    "object": object(),
    "a class": int,
    "a loud class": Loud,
    "of a loud class": Loud(),
    "a lambda": lambda: 7,
    "a generator": _interrupted(),
    "a module": sys,
    "an exception": ValueError("`x`" * 1000),
    "bytes": b"\xff" * 100_000,
    "bytearray": bytearray(10**6),
    "memoryview": memoryview(bytes(10**6)),
    "deque": deque(range(10**5)),
    "range": range(10**12),
    "true": True,
    "numpy false": np.bool_(False),
    "complex": 1 + 2j,
    "fraction": fractions.Fraction(1, 3),
    "signalling NaN": decimal.Decimal("sNaN"),
    "NaN": float("nan"),
    "infinity": float("-inf"),
    "5000 digits": 10**5000,
    "minus 400 digits": -(10**400),
    "empty text": "",
    "blank text": " \n\t\u2003 ",
    "a million letters": "A" * 1_000_000,
    "half a character": "\ud800",
    "digits without end": "9" * 5_000,
    "NUL": "\x00A\x00",
    "markup": "<script>alert('`')</script>",
    "lying text": YesText("rubbish"),
    "lying integer": YesInteger(5),
    "lying float": YesFloat(3.25),
    "empty list": [],
    "empty set": set(),
    "empty dict": {},
    "empty tuple": (),
    "a million items": [1] * 1_000_000,
    "deep list": _nested(50_000),
    "list of itself": _LOOP,
    "dict of itself": _RING,
    "endless list": EndlessList([1, 2, 3]),
    "lying dict": LyingDict(loss=[1.0], optimizer="adam"),
    "wide lists": [[[0] * 100] * 100] * 100,
    "set of rubbish": {None, 1.5, "A", (1, 2)},
    "dict of rubbish": {None: 1, 7: [], "loss": None, ("a",): "A"},
    "raises on everything": RaisesOnEverything(),
    "list of raising": [RaisesOnEverything()] * 3,
    "dict of raising": {"loss": RaisesOnEverything(), "metrics": RaisesOnEverything()},
    "exits": Exits(),
    "list of exits": [Exits()],
    "says it is an int": SaysItIs(int),
    "says it is a str": SaysItIs(str),
    "says it is a dict": SaysItIs(dict),
    "says it is an array": SaysItIs(np.ndarray),
    "says it is a blank": SaysItIs(type(____)),
    "class raises": RaisingClass(),
    "long repr": LongRepr(),
    "repr is no text": NoTextRepr(),
    "mock": MagicMock(),
    "huge array": HUGE_ARRAY,
    "empty array": np.zeros((0, 3)),
    "object array": _array_of(RaisesOnEverything()),
    "array of records": np.zeros(2, dtype=[("a", "i4"), ("b", "f8")]),
    "array of dates": np.array(["2020-01-01"], dtype="datetime64[D]"),
    "array of NaN": np.array([np.nan]),
    "array of letters": np.array(["A", "Q"]),
    "array of bytes": np.array([b"A"]),
    "masked": np.ma.masked,
    "longdouble": np.longdouble("1e4000"),
    "tensor of rubbish": Tensor("A"),
    "tensor raises": Tensor(None, ValueError("symbolic")),
    "tensor exits": Tensor(None, SystemExit(3)),
    "huge tensor": Tensor(HUGE_ARRAY),
    "history None": Keeps(None),
    "history of rubbish": Keeps({"loss": 7, "val_loss": [None], "acc": HUGE_ARRAY}),
    "history of NaN": Keeps({"loss": [0.5, float("nan")]}),
    "history without end": Keeps({"loss": [0.5] * 20_000}),
    "history of one text": Keeps({"loss": "abc"}),
    "history, odd epochs": Keeps({"loss": [0.5]}, epoch=[RaisesOnEverything()]),
    "frame of rubbish": Frame({"loss": RaisesOnEverything()}),
    "frame of nothing": Frame(None),
    "frame without end": Frame({}, length=10**9),
    "blank": ____,
    "blanks": [____, {"a": ____}],
}
