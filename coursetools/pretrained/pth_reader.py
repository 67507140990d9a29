"""Reads the tensors of a legacy-format PyTorch file with NumPy alone.

Such a file is five pickles (a magic number, a protocol number, a word on the machine, the table
of tensors, the list of storages) and then the raw numbers of the storages. The pickles are read
by `tensor_table`, which runs nothing in them. Sizes can do harm as well: every length is held
against the bytes that are really there before memory is taken, and a tensor may not claim more
numbers than the storage it looks into (with a stride of 0, four bytes could pass for a gigabyte).
"""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coursetools.pretrained.errors import BrokenWeightsError, UnsafeWeightsError
from coursetools.pretrained.tensor_table import StorageEntry, TensorEntry, unpack

LARGEST_FILE = 2**30
"""Bytes; a larger file is not opened, and its tensors may not take more either."""

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001

Numbers = NDArray[np.generic]


def read_pth(path: str | Path) -> dict[str, Numbers]:
    """Return the tensors of a legacy `.pth` file by name, in the order of the file.

    The arrays are float32, float16 or int64 as stored, contiguous, and own their memory.

    Raises:
        UnsafeWeightsError: The file holds anything but a table of tensors.
        BrokenWeightsError: It is of another format, cut short, or its sizes do not agree.
        OSError: It cannot be opened.
    """
    path = Path(path)
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise BrokenWeightsError(
            f"`{path}` has {size:,} bytes and at most {LARGEST_FILE:,} are read: "
            "it is not the file of weights that belongs here."
        )
    try:
        return _read(io.BytesIO(path.read_bytes()))
    except UnsafeWeightsError as error:
        raise UnsafeWeightsError(
            f"`{path}` is not a plain table of tensors and was not read: {error}"
        ) from None
    except BrokenWeightsError as error:
        raise BrokenWeightsError(f"`{path}` cannot be read: {error}") from None


def _read(file: io.BytesIO) -> dict[str, Numbers]:
    if file.read(2) == b"PK":
        raise BrokenWeightsError("it is in PyTorch's newer zip format; this reads the older one.")
    file.seek(0)
    if unpack(file) != _MAGIC or unpack(file) != _PROTOCOL:
        raise BrokenWeightsError("it does not begin as a PyTorch file of the older format does.")
    machine = unpack(file)
    if not isinstance(machine, dict) or machine.get("little_endian") is not True:
        raise BrokenWeightsError("it was not written on a little-endian machine.")
    tensors = _tensors(unpack(file))
    storages = _read_storages(file, unpack(file), tensors)
    return {name: _view(name, tensor, storages) for name, tensor in tensors.items()}


def _tensors(table: object) -> dict[str, TensorEntry]:
    if not isinstance(table, dict):
        raise UnsafeWeightsError(f"it holds a `{type(table).__name__}`.")
    tensors: dict[str, TensorEntry] = {}
    taken = 0
    for name, tensor in table.items():
        if not isinstance(tensor, TensorEntry):
            raise UnsafeWeightsError(f"`{name:.60}` in it is a `{type(tensor).__name__}`.")
        tensors[name] = tensor
        taken += math.prod(tensor.shape) * tensor.storage.dtype.itemsize
    if taken > LARGEST_FILE:
        raise BrokenWeightsError(f"its tensors would take {taken:,} bytes.")
    return tensors


def _read_storages(
    file: io.BytesIO, keys: object, tensors: dict[str, TensorEntry]
) -> dict[str, Numbers]:
    """Read the raw numbers: for each storage a count in eight bytes, then that many numbers."""
    wanted = _wanted_storages(tensors)
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise UnsafeWeightsError("its list of storages holds something other than names.")
    if sorted(keys) != sorted(wanted):
        raise BrokenWeightsError("its list of storages does not fit its tensors.")
    storages: dict[str, Numbers] = {}
    for key in keys:
        storage = wanted[key]
        count = int.from_bytes(file.read(8), "little")
        if count != storage.count:
            raise BrokenWeightsError(f"storage `{key:.60}` has {count:,} numbers or was cut off.")
        raw = file.read(count * storage.dtype.itemsize)
        if len(raw) != count * storage.dtype.itemsize:
            raise BrokenWeightsError(f"it ends in the middle of storage `{key:.60}`.")
        storages[key] = np.frombuffer(raw, storage.dtype)
    if file.read(1):
        raise BrokenWeightsError("it goes on after its last storage.")
    return storages


def _wanted_storages(tensors: dict[str, TensorEntry]) -> dict[str, StorageEntry]:
    wanted: dict[str, StorageEntry] = {}
    for name, tensor in tensors.items():
        storage = tensor.storage
        if wanted.setdefault(storage.key, storage) != storage:
            raise BrokenWeightsError(
                f"`{name:.60}` and another tensor describe storage `{storage.key:.60}` unlike."
            )
    return wanted


def _view(name: str, tensor: TensorEntry, storages: dict[str, Numbers]) -> Numbers:
    flat = storages[tensor.storage.key]
    count = math.prod(tensor.shape)
    reach = sum((n - 1) * s for n, s in zip(tensor.shape, tensor.strides, strict=True))
    if not 0 < count <= flat.size or tensor.offset + reach >= flat.size:
        raise BrokenWeightsError(f"tensor `{name:.60}` is empty or reaches outside its storage.")
    strides = [stride * flat.itemsize for stride in tensor.strides]
    return np.lib.stride_tricks.as_strided(flat[tensor.offset :], tensor.shape, strides).copy()
