"""`capstone.npz`: a recipe and plain arrays, written beside the notebook and read as anybody's.

It is an ordinary `.npz`, so that NumPy reads it too; but what comes from a student is read here
without `numpy.load`: sizes are known before anything is unpacked, and nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import io
import math
import stat
import tokenize
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

from coursetools._zips import BROKEN, PACKED
from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.recipe import LONGEST, NODES, Recipe, read_recipe, written

FILE = "capstone.npz"
"""The name it has beside the notebook."""

NUMBERS = 250_000
"""The most numbers in its arrays, several times what any budget allows."""

LARGEST = 2_000_000
"""The most bytes of the file."""

_ODD_HEADER = (
    ValueError,
    TypeError,
    SyntaxError,
    tokenize.TokenError,
    RecursionError,
    MemoryError,
)
"""What NumPy raises for headers that are none: they are written as Python and parsed as it."""

_RECIPE = "recipe.npy"
_A_LAYER = 8
_HEADER = 1_000
_AXES = 4

Array: TypeAlias = npt.NDArray[np.float32]
Arrays = Mapping[int, list[Array]]
"""Each node's weights in Keras's order, by the node's number from 1."""


@dataclass(frozen=True)
class Capstone:
    """What the file holds."""

    recipe: Recipe
    arrays: Arrays
    digest: str
    """The sha256 sum of the file."""

    @property
    def parameters(self) -> int:
        """How many numbers the network has, those that training leaves alone too."""
        return sum(array.size for arrays in self.arrays.values() for array in arrays)


def write_capstone(path: Path, recipe: Recipe, arrays: Arrays) -> str:
    """Write the file and give its sha256 sum."""
    named: dict[str, npt.NDArray[np.uint8] | Array] = {
        "recipe": np.frombuffer(written(recipe), np.uint8)
    }
    for node, weights in arrays.items():
        for place, weight in enumerate(weights):
            named[_name(node, place)] = np.ascontiguousarray(weight, dtype="<f4")
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **named)
    path.write_bytes(buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def read_capstone(path: Path) -> Capstone:
    """Read a file that anyone may have written.

    Raises:
        FileNotFoundError: There is none.
        UnreadableAnswer: It is no capstone, or too large, or holds what is no number.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableAnswer(f"`{FILE}` is no ordinary file.")
    _fail_if_larger(found.st_size)
    return capstone_from(path.read_bytes())


def capstone_from(data: bytes) -> Capstone:
    """Read the bytes of a file that anyone may have written; raises as `read_capstone`."""
    _fail_if_larger(len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: info for info in archive.infolist()}
            _fail_if_too_large(archive.infolist())
            if _RECIPE not in members:
                raise UnreadableAnswer(f"`{FILE}` holds no recipe.")
            recipe = read_recipe(_bytes_of(archive.read(members.pop(_RECIPE))))
            arrays: dict[int, list[Array]] = {node: [] for node in range(1, len(recipe.nodes) + 1)}
            for node, weights in arrays.items():
                weights.extend(_weights(archive, members, node))
    except UnreadableAnswer:
        raise
    except BROKEN as error:
        raise UnreadableAnswer(f"`{FILE}` cannot be unpacked.") from error
    if members:
        raise UnreadableAnswer(f"`{FILE}` holds arrays that belong to no layer.")
    return Capstone(recipe, arrays, hashlib.sha256(data).hexdigest())


def tag_of(data: bytes) -> str:
    """Give the random word in the bytes of a file from anyone, `""` if there is none to be read."""
    try:
        _fail_if_larger(len(data))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _fail_if_too_large(archive.infolist())
            return read_recipe(_bytes_of(archive.read(_RECIPE))).tag
    except (KeyError, UnreadableAnswer, *BROKEN):
        return ""


def _fail_if_larger(size: int) -> None:
    if size > LARGEST:
        raise UnreadableAnswer(f"`{FILE}` has more than {LARGEST:,} bytes.")


def _fail_if_too_large(members: Iterable[zipfile.ZipInfo]) -> None:
    """Ask the sizes that members claim; unpacking stops at them, so that a lie gains nothing."""
    infos = list(members)
    if any(info.compress_type not in PACKED for info in infos):
        raise UnreadableAnswer(f"`{FILE}` is packed in a way that NumPy does not use.")
    allowed = NODES * _A_LAYER + 1
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > allowed or unpacked > 4 * NUMBERS + _HEADER * len(infos) + LONGEST:
        raise UnreadableAnswer(
            f"`{FILE}` holds {unpacked:,} bytes in {len(infos)} arrays; at most {NUMBERS:,} "
            "numbers are read."
        )


def _weights(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], node: int
) -> Iterable[Array]:
    for place in range(_A_LAYER):
        info = members.pop(f"{_name(node, place)}.npy", None)
        if info is None:
            return
        yield _array(archive.read(info))


def _array(data: bytes) -> Array:
    values = _values(data, np.dtype("<f4"))
    if not np.isfinite(values).all():
        raise UnreadableAnswer(
            "Some of its weights are NaN or infinite: the training went astray. Train it again, "
            "with a smaller learning rate."
        )
    return values


def _bytes_of(data: bytes) -> bytes:
    return _values(data, np.dtype("u1")).tobytes()


def _values(data: bytes, dtype: np.dtype[np.generic]) -> npt.NDArray[np.float32]:
    """Give the values of one `.npy` if it holds exactly what its header says, of this type."""
    stream = io.BytesIO(data)
    try:
        version = npy.read_magic(stream)
        if version != (1, 0):
            raise UnreadableAnswer("An array in it has another format.")
        shape, by_columns, found = npy.read_array_header_1_0(stream, max_header_size=_HEADER)
    except UnreadableAnswer:
        raise
    except _ODD_HEADER as error:
        raise UnreadableAnswer("An array in it cannot be read.") from error
    if found != dtype or by_columns:
        raise UnreadableAnswer(f"An array in it holds `{found}`, not `{dtype}` row by row.")
    size = math.prod(shape)
    if (
        len(shape) > _AXES
        or min(shape, default=1) < 1
        or size * dtype.itemsize != len(data) - stream.tell()
    ):
        raise UnreadableAnswer(f"An array in it says that it has the shape {shape}, and has not.")
    return np.frombuffer(data, dtype, offset=stream.tell()).reshape(shape)


def _name(node: int, place: int) -> str:
    return f"layer_{node}_{place}"
