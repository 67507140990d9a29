"""The reader of PyTorch files reads tables of tensors, and nothing else gets through it."""

import contextlib
import os
import pickle
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursetools.pretrained.errors import BrokenWeightsError, UnsafeWeightsError
from coursetools.pretrained.lite0_weights import find_weights_file
from coursetools.pretrained.pth_reader import LARGEST_FILE, read_pth
from pretrained.legacy_files import (
    BUILD,
    EMPTY_DICT,
    EMPTY_TUPLE,
    FALSE,
    KINDS,
    MARK,
    NONE,
    REBUILD,
    REDUCE,
    VALUES,
    legacy_file,
    name,
    names,
    numbers,
    pickled,
    row,
    small_file,
    storage,
    table,
    tensor,
    text,
    whole,
)


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "weights.pth"
        path.write_bytes(content)
        return read_pth(path)

    return read


def one_tensor(entry):
    return small_file(tensors=table({"kernel": entry}))


def test_reads_a_table(read):
    (key, value), *rest = read(small_file()).items()
    assert (key, rest) == ("kernel", [])
    assert value.dtype == np.float32
    assert value.flags.owndata
    assert value.flags.writeable
    np.testing.assert_array_equal(value, VALUES.reshape(2, 3))


@pytest.mark.parametrize("kind", KINDS)
def test_reads_every_type_of_number(read, kind):
    values = np.array([3, 1, 2], kind)
    found = read(
        legacy_file(
            table({"a": tensor(storage("0", 3, KINDS[kind]), (3,), (1,))}),
            names("0"),
            numbers(values),
        )
    )
    assert found["a"].dtype == np.dtype(kind)
    np.testing.assert_array_equal(found["a"], values)


def test_reads_views_that_share_a_storage(read):
    where = storage("a", 6)
    found = read(
        small_file(
            tensors=table(
                {
                    "turned": tensor(where, (3, 2), (1, 3)),
                    "end": tensor(where, (2,), (1,), offset=4),
                    "number": tensor(where, (), (), offset=5),
                }
            )
        )
    )
    np.testing.assert_array_equal(found["turned"], VALUES.reshape(2, 3).T)
    np.testing.assert_array_equal(found["end"], [4, 5])
    assert found["number"].shape == ()
    assert found["number"] == 5


def test_notes_hung_on_the_table_are_left_unread(read):
    entries = table({"kernel": tensor(storage("a", 6), (6,), (1,))})
    noted = entries + table({"_metadata": text("of no use")}) + BUILD
    np.testing.assert_array_equal(read(small_file(tensors=noted))["kernel"], VALUES)


class Bomb:
    """What `pickle.loads` would turn into a call of `os.mkdir`."""

    def __init__(self, folder):
        self.folder = str(folder)

    def __reduce__(self):
        return os.mkdir, (self.folder,)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_calls_something_is_refused_and_calls_nothing(read, tmp_path, protocol):
    folder = tmp_path / "made by the file"
    hostile = pickle.dumps({"kernel": Bomb(folder)}, protocol=protocol)
    with pytest.raises(UnsafeWeightsError):
        read(hostile)
    with pytest.raises(UnsafeWeightsError):
        read(small_file()[: small_file().index(pickled(names("a")))] + hostile)
    assert not folder.exists()


CALLS_EVAL = name("builtins eval") + row(text("1+1")) + REDUCE

REFUSED = {
    "a name outside the list": (one_tensor(name("os system")), "`os.system`"),
    "a call of such a name": (one_tensor(CALLS_EVAL), "`builtins.eval`"),
    "another name of torch": (one_tensor(name("torch load")), "`torch.load`"),
    "a storage type not known": (
        one_tensor(tensor(storage("a", 6, "torch DoubleStorage"), (6,), (1,))),
        "`torch.DoubleStorage`",
    ),
    "a name made from strings": (one_tensor(text("os") + text("system") + b"\x93"), "STACK_GLOBAL"),
    "an old-style call": (one_tensor(MARK + text("echo") + b"ios\nsystem\n"), "`INST`"),
    "an object made new": (
        one_tensor(name("torch FloatStorage") + EMPTY_TUPLE + b"\x81"),
        "NEWOBJ",
    ),
    "an extension code": (one_tensor(b"\x82\x01"), "`EXT1`"),
    "a call of a storage type": (
        one_tensor(name("torch FloatStorage") + EMPTY_TUPLE + REDUCE),
        "it calls",
    ),
    "a table made from a row": (
        one_tensor(name("collections OrderedDict") + row(names("x")) + REDUCE),
        "it calls",
    ),
    "a state set on a name": (
        one_tensor(name("collections OrderedDict") + EMPTY_DICT + BUILD),
        "gives an object a state",
    ),
    "an item set on a name": (
        one_tensor(name("collections OrderedDict") + text("a") + text("b") + b"s"),
        "other than a table",
    ),
    "something appended to a table": (one_tensor(EMPTY_DICT + MARK + text("a") + b"e"), "a list"),
    "a value that is a string": (one_tensor(text("no tensor")), "`kernel` in it is a `str`"),
    "a table in the table": (one_tensor(EMPTY_DICT), "`kernel` in it is a `dict`"),
    "no table": (small_file(tensors=names("a")), "it holds a `list`"),
    "a key that is a number": (
        small_file(tensors=EMPTY_DICT + whole(1) + text("a") + b"s"),
        "the key `1`",
    ),
    "a tensor without a storage": (one_tensor(tensor(text("a"), (6,), (1,))), "described"),
    "a storage that is a view": (
        one_tensor(tensor(storage("a", 6, view=row(text("a"), whole(0))), (6,), (1,))),
        "storages is described",
    ),
    "a storage with a negative count": (
        one_tensor(tensor(storage("a", -6), (6,), (1,))),
        "storages is described",
    ),
    "a storage with an endless count": (
        one_tensor(tensor(storage("a", 2**70), (6,), (1,))),
        "storages is described",
    ),
    "keys that are no names": (small_file(keys=b"]" + MARK + whole(1) + b"e"), "names"),
    "keys that are a row": (small_file(keys=row(text("a"))), "names"),
    "a newer pickle": (pickled(whole(1)).replace(b"\x80\x02", b"\x80\x04"), "protocol `4`"),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_tensor_table_is_refused(read, content, words):
    with pytest.raises(UnsafeWeightsError, match="was not read") as caught:
        read(content)
    assert words in str(caught.value)
    assert "weights.pth" in str(caught.value)


WHERE = storage("a", 6)

BROKEN = {
    "nothing": (b"", "damaged"),
    "no pickle": (b"\x00" * 64, "damaged"),
    "a web page": (b"<html>404</html>", "damaged"),
    "the newer format": (b"PK\x03\x04" + b"\x00" * 60, "zip format"),
    "another magic number": (small_file(magic=whole(42)), "does not begin"),
    "a big-endian machine": (small_file(little_endian=FALSE), "little-endian"),
    "a negative stride": (one_tensor(tensor(WHERE, (6,), (-1,), offset=5)), "from 0 to"),
    "a negative size": (one_tensor(tensor(WHERE, (-6,), (1,))), "from 0 to"),
    "a negative offset": (one_tensor(tensor(WHERE, (1,), (1,), offset=-1)), "from 0 to"),
    "a stride beyond all numbers": (one_tensor(tensor(WHERE, (1,), (2**80,))), "from 0 to"),
    "a size that is no number": (
        one_tensor(name(REBUILD) + row(WHERE, whole(0), row(text("6")), row(whole(1))) + REDUCE),
        "from 0 to",
    ),
    "a tensor longer than its storage": (one_tensor(tensor(WHERE, (7,), (1,))), "outside"),
    "a tensor that begins too late": (one_tensor(tensor(WHERE, (6,), (1,), offset=1)), "outside"),
    "strides that lead out": (one_tensor(tensor(WHERE, (2, 3), (4, 1))), "outside"),
    "one number spread over many": (one_tensor(tensor(WHERE, (1000, 1000), (0, 0))), "outside"),
    "one number spread over a gigabyte": (
        one_tensor(tensor(WHERE, (2**20, 2**10), (0, 0))),
        "would take",
    ),
    "an empty tensor": (one_tensor(tensor(WHERE, (0, 3), (3, 1))), "empty"),
    "more sizes than strides": (one_tensor(tensor(WHERE, (2, 3), (1,))), "2 sizes and 1 strides"),
    "too many dimensions": (one_tensor(tensor(WHERE, (1,) * 9, (1,) * 9)), "9 sizes"),
    "a storage missing from the list": (small_file(keys=names()), "does not fit"),
    "a storage listed twice": (small_file(keys=names("a", "a")), "does not fit"),
    "a storage of another length": (small_file(raw=numbers(VALUES[:5])), "5 numbers"),
    "two storages of one name": (
        small_file(
            tensors=table(
                {
                    "one": tensor(storage("a", 6), (6,), (1,)),
                    "two": tensor(storage("a", 6, KINDS["i8"]), (6,), (1,)),
                }
            )
        ),
        "describe storage `a` unlike",
    ),
    "bytes after the end": (small_file() + b"\x00", "goes on"),
    "a group never begun": (pickled(b"t"), "never begun"),
    "an empty stack": (pickled(REDUCE), "more from the stack"),
    "a table without an end": (b"\x80\x02" + NONE, "damaged"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_called_broken(read, content, words):
    with pytest.raises(BrokenWeightsError, match="cannot be read") as caught:
        read(content)
    assert words in str(caught.value)
    assert not isinstance(caught.value, UnsafeWeightsError)


def test_cut_short_anywhere_it_is_refused(read):
    whole_file = small_file()
    for length in range(len(whole_file)):
        with pytest.raises(BrokenWeightsError):
            read(whole_file[:length])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from the disassembler
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_changed_bytes_give_tensors_or_our_error(tmp_path_factory, data):
    content = bytearray(small_file())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("changed") / "weights.pth"
    path.write_bytes(content)
    with contextlib.suppress(BrokenWeightsError):
        assert all(isinstance(array, np.ndarray) for array in read_pth(path).values())


def test_values_that_nest_without_end_are_quoted_shortly(read):
    doubled = text("x")
    for _ in range(64):  # each level holds the one before it twice: 2**64 words if written out
        doubled = doubled + b"q\x01" + b"h\x01" + b"\x86"
    with pytest.raises(UnsafeWeightsError) as caught:
        read(small_file(tensors=EMPTY_DICT + doubled + text("a") + b"s"))
    assert len(str(caught.value)) < 1000


def test_a_claimed_length_takes_no_memory(read):
    content = b"\x80\x02" + b"X" + b"\xff\xff\xff\x7f" + b"short"
    tracemalloc.start()
    try:
        with pytest.raises(BrokenWeightsError):
            read(content)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_file_too_large_is_not_opened(tmp_path):
    path = tmp_path / "large.pth"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(BrokenWeightsError, match="at most"):
        read_pth(path)


def test_reads_the_weights_the_course_installs():
    tensors = read_pth(find_weights_file())
    assert tensors["_conv_stem.weight"].shape == (32, 3, 3, 3)
    counted = sum(a.size for key, a in tensors.items() if not key.endswith("num_batches_tracked"))
    assert counted == 4_694_024
