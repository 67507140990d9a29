"""Reads a pickled table of tensors without unpickling it.

Theory of operation. A pickle is a small program for a stack machine, and Python's own reader
carries it out: it imports what the program names and calls it, which is how a file of weights can
take over the process that opens it. Here `pickletools.genops` splits the program into opcodes
without acting on them, and `_Machine` understands only those that a table of tensors is written
with. The few names such a table mentions become inert marks that nobody looks up or calls. Any
other opcode or name ends the reading with `UnsafeWeightsError`.

The stored values may refer to each other and so be endless when written out; messages therefore
quote them through `reprlib`, which stops after a few parts.
"""

from __future__ import annotations

import io
import pickletools
import reprlib
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from coursetools.pretrained.errors import BrokenWeightsError, UnsafeWeightsError

LARGEST_NUMBER = 2**30
"""Counts, offsets, sizes and strides above this are refused."""

NumberType = np.dtype[np.float32] | np.dtype[np.float16] | np.dtype[np.int64]

_DTYPES: dict[str, NumberType] = {
    "torch FloatStorage": np.dtype("<f4"),
    "torch HalfStorage": np.dtype("<f2"),
    "torch LongStorage": np.dtype("<i8"),
}
_TABLE = "collections OrderedDict"
_TENSOR = "torch._utils _rebuild_tensor_v2"
_NAMES = frozenset({_TABLE, _TENSOR, *_DTYPES})

_MOST_DIMENSIONS = 8
_ARGUMENTS = frozenset({"BININT", "BININT1", "BININT2", "LONG1", "BINUNICODE"})
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_TUPLES = {"EMPTY_TUPLE": 0, "TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
_PUTS = frozenset({"BINPUT", "LONG_BINPUT"})
_GETS = frozenset({"BINGET", "LONG_BINGET"})
_MARK = object()


@dataclass(frozen=True)
class StorageEntry:
    """A run of numbers that stands after the table.

    key: its name. dtype: type of its numbers. count: how many the table says there are.
    """

    key: str
    dtype: NumberType
    count: int


@dataclass(frozen=True)
class TensorEntry:
    """A view into a storage.

    storage: what it looks into. offset: where it starts, in numbers. shape: its size along each
    axis. strides: how many numbers apart neighbours along each axis are.
    """

    storage: StorageEntry
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass(frozen=True)
class _Name:
    text: str


def unpack(file: io.BytesIO) -> object:
    """Read one pickle from where `file` stands and leave the file right after it.

    The result is made of strings, whole numbers, true, false, none, tuples, lists, dicts with
    string keys, and `StorageEntry` and `TensorEntry`.

    Raises:
        UnsafeWeightsError: It holds anything else.
        BrokenWeightsError: It is damaged or ends early.
    """
    machine = _Machine()
    try:
        for opcode, argument, _ in pickletools.genops(file):
            if opcode.name == "STOP":
                return machine.take(1)[0]
            machine.do(opcode.name, argument)
    except (UnsafeWeightsError, BrokenWeightsError):
        raise
    except (ValueError, LookupError) as error:  # no opcode, cut short, or an empty stack or memo
        raise BrokenWeightsError(f"its table is damaged ({type(error).__name__}).") from None
    raise BrokenWeightsError("its table has no end.")


class _Machine:
    """The part of the pickle machine that a table of tensors needs."""

    def __init__(self) -> None:
        self._stack: list[object] = []
        self._memo: dict[object, object] = {}

    def do(self, name: str, argument: object) -> None:
        """Carry out one opcode, or refuse it."""
        if name in _ARGUMENTS:
            self._stack.append(argument)
        elif name in _CONSTANTS:
            self._stack.append(_CONSTANTS[name])
        elif name in _TUPLES:
            self._stack.append(tuple(self.take(_TUPLES[name])))
        elif name in _PUTS:
            self._memo[argument] = self._stack[-1]
        elif name in _GETS:
            self._stack.append(self._memo[argument])
        else:
            self._do_rare(name, argument)

    def _do_rare(self, name: str, argument: object) -> None:
        match name:
            case "PROTO":
                _refuse_unless(argument == 2, f"it is a pickle of protocol `{argument}`, not 2.")
            case "MARK":
                self._stack.append(_MARK)
            case "TUPLE":
                self._stack.append(tuple(self._take_to_mark()))
            case "EMPTY_DICT":
                self._stack.append({})
            case "EMPTY_LIST":
                self._stack.append([])
            case "APPENDS":
                self._append(self._take_to_mark())
            case "SETITEM":
                self._set_items(self.take(2))
            case "SETITEMS":
                self._set_items(self._take_to_mark())
            case "GLOBAL":
                text = str(argument)
                _refuse_unless(text in _NAMES, f"it names `{text.replace(' ', '.'):.80}`.")
                self._stack.append(_Name(text))
            case "REDUCE":
                self._stack.append(_called(*self.take(2)))
            case "BUILD":
                # PyTorch hangs notes about its own modules on the table; nobody here reads them.
                self.take(1)
                _refuse_unless(isinstance(self._stack[-1], dict), "it gives an object a state.")
            case "BINPERSID":
                self._stack.append(_storage(self.take(1)[0]))
            case _:
                _refuse(f"it uses the opcode `{name}`.")

    def take(self, count: int) -> list[object]:
        """Take the topmost items off the stack, the topmost last."""
        start = len(self._stack) - count
        if start < 0:
            raise BrokenWeightsError("its table takes more from the stack than there is.")
        taken = self._stack[start:]
        del self._stack[start:]
        return taken

    def _take_to_mark(self) -> list[object]:
        for distance, item in enumerate(reversed(self._stack)):
            if item is _MARK:
                return self.take(distance + 1)[1:]
        raise BrokenWeightsError("its table ends a group that was never begun.")

    def _append(self, values: list[object]) -> None:
        target = self._stack[-1]
        if not isinstance(target, list):
            _refuse("it appends to something other than a list.")
        target.extend(values)

    def _set_items(self, flat: list[object]) -> None:
        target = self._stack[-1]
        if not isinstance(target, dict):
            _refuse("it sets an item of something other than a table.")
        for key, value in zip(flat[::2], flat[1::2], strict=True):
            _refuse_unless(isinstance(key, str), f"a table has the key `{reprlib.repr(key)}`.")
            target[key] = value


def _called(name: object, arguments: object) -> object:
    """Give what a call in the file stands for; nothing is called."""
    if name == _Name(_TABLE) and arguments == ():
        return {}
    if name == _Name(_TENSOR) and isinstance(arguments, tuple):
        return _tensor(arguments)
    return _refuse(f"it calls `{reprlib.repr(name)}`.")


def _storage(found: object) -> StorageEntry:
    match found:
        case ("storage", _Name(text=text), str(key), str(), int(count), None):
            dtype = _DTYPES.get(text)
            if dtype is not None and _in_range(count):
                return StorageEntry(key, dtype, count)
    return _refuse("one of its storages is described in a way that is not known here.")


def _tensor(arguments: tuple[object, ...]) -> TensorEntry:
    match arguments:  # what follows the strides (gradients, hooks) plays no part in the values
        case (StorageEntry() as storage, int(offset), tuple(shape), tuple(strides), *_):
            pass
        case _:
            _refuse("one of its tensors is described in a way that is not known here.")
    if len(shape) != len(strides) or len(shape) > _MOST_DIMENSIONS:
        raise BrokenWeightsError(f"a tensor has {len(shape)} sizes and {len(strides)} strides.")
    if not all(_in_range(number) for number in (offset, *shape, *strides)):
        raise BrokenWeightsError(
            f"the offset, sizes or strides of a tensor are not whole numbers from 0 to "
            f"{LARGEST_NUMBER:,}: `{reprlib.repr((offset, shape, strides))}`."
        )
    return TensorEntry(storage, offset, shape, strides)


def _in_range(number: object) -> bool:
    return type(number) is int and 0 <= number <= LARGEST_NUMBER


def _refuse_unless(condition: bool, reason: str) -> None:
    if not condition:
        _refuse(reason)


def _refuse(reason: str) -> NoReturn:
    raise UnsafeWeightsError(reason)
