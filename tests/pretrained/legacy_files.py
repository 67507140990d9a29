"""Writes PyTorch files of the older format byte by byte, well-formed ones and others."""

import struct

import numpy as np

NONE, TRUE, FALSE, MARK, STOP = b"N", b"\x88", b"\x89", b"(", b"."
REDUCE, EMPTY_TUPLE, EMPTY_DICT, BUILD, PERSISTENT = b"R", b")", b"}", b"b", b"Q"

MAGIC = 0x1950A86A20F9469CFC6C
REBUILD = "torch._utils _rebuild_tensor_v2"
KINDS = {"f4": "torch FloatStorage", "f2": "torch HalfStorage", "i8": "torch LongStorage"}


def whole(number: int) -> bytes:
    raw = number.to_bytes((number.bit_length() // 8) + 1, "little", signed=True)
    return b"\x8a" + bytes([len(raw)]) + raw


def text(value: str) -> bytes:
    raw = value.encode()
    return b"X" + struct.pack("<I", len(raw)) + raw


def row(*items: bytes) -> bytes:
    return MARK + b"".join(items) + b"t"


def names(*items: str) -> bytes:
    return b"]" + MARK + b"".join(text(item) for item in items) + b"e"


def table(items: dict[str, bytes]) -> bytes:
    pairs = b"".join(text(key) + value for key, value in items.items())
    return EMPTY_DICT + MARK + pairs + b"u"


def name(dotted: str) -> bytes:
    return b"c" + dotted.replace(" ", "\n").encode() + b"\n"


def storage(key: str, count: int, kind: str = KINDS["f4"], view: bytes = NONE) -> bytes:
    entry = row(text("storage"), name(kind), text(key), text("cpu"), whole(count), view)
    return entry + PERSISTENT


def tensor(where: bytes, shape: tuple, strides: tuple, offset: int = 0) -> bytes:
    hooks = name("collections OrderedDict") + EMPTY_TUPLE + REDUCE
    sizes, steps = row(*map(whole, shape)), row(*map(whole, strides))
    return name(REBUILD) + row(where, whole(offset), sizes, steps, FALSE, hooks) + REDUCE


def pickled(content: bytes) -> bytes:
    return b"\x80\x02" + content + STOP


def numbers(values: np.ndarray) -> bytes:
    return struct.pack("<q", values.size) + values.tobytes()


def legacy_file(
    tensors: bytes,
    keys: bytes,
    raw: bytes,
    *,
    magic: bytes | None = None,
    little_endian: bytes = TRUE,
) -> bytes:
    head = pickled(magic or whole(MAGIC)) + pickled(whole(1001))
    machine = pickled(table({"little_endian": little_endian}))
    return head + machine + pickled(tensors) + pickled(keys) + raw


VALUES = np.arange(6, dtype="<f4")


def small_file(**changes: bytes) -> bytes:
    """One tensor, 2x3, named `kernel`, in storage `a`."""
    parts = {
        "tensors": table({"kernel": tensor(storage("a", 6), (2, 3), (3, 1))}),
        "keys": names("a"),
        "raw": numbers(VALUES),
    }
    return legacy_file(**(parts | changes))
