"""Arrays, however they are written."""

import base64
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from answers.fast import FAST
from answers.rubbish import HUGE_ARRAY, EndlessList, RaisesOnEverything, Tensor, YesFloat
from coursetools.answers import AnswerState, Array, ____, loads_answer, read
from coursetools.answers.plain import shown

KERNEL = [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]


class Turns:
    """Turns into an array when NumPy asks."""

    def __array__(self, dtype=None, copy=None):
        return np.array(KERNEL)


def captured_and_read(kind, value):
    data = json.dumps(kind.capture(value), allow_nan=False)
    return read(kind, loads_answer(data, 2 * kind.limit))


def array_of(value, kind=None):
    answer = captured_and_read(kind or Array(), value)
    assert answer.state is AnswerState.GIVEN, answer.reason
    return answer.value


def reason_of(value, kind=None):
    answer = captured_and_read(kind or Array(), value)
    assert answer.state is AnswerState.UNREADABLE
    return answer.reason


@pytest.mark.parametrize(
    "value",
    [
        KERNEL,
        tuple(tuple(row) for row in KERNEL),
        [np.array(row) for row in KERNEL],
        [[np.float32(v) for v in row] for row in KERNEL],
        [[Tensor(np.array(v)) for v in row] for row in KERNEL],
        [[YesFloat(v) for v in row] for row in KERNEL],
        np.array(KERNEL),
        np.array(KERNEL, "float16"),
        np.array(KERNEL, "float32")[:, :, None, None],
        np.array(KERNEL, "float64")[None, :, :, None],
        np.array(KERNEL, "longdouble"),
        np.array(KERNEL, "int8", order="F"),
        np.array(KERNEL)[::-1],
        np.ma.masked_equal(KERNEL, 7),
        Tensor(np.array(KERNEL, "float32")),
        pd.DataFrame(KERNEL),
        Turns(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_ways_to_write_a_kernel(value):
    found = array_of(value)
    assert found.dtype == np.float64
    assert found.tolist() == KERNEL


def test_tensors_of_every_width_are_read():
    tf = pytest.importorskip("tensorflow")
    for dtype in (tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.int32, tf.uint8):
        found = array_of(tf.cast(tf.abs(tf.constant(KERNEL)), dtype))
        assert found.tolist() == np.abs(KERNEL).tolist()
    assert array_of(tf.Variable(KERNEL)).tolist() == KERNEL


def test_an_array_cannot_be_changed_afterwards():
    with pytest.raises(ValueError, match="read-only"):
        array_of(KERNEL)[0, 0] = 7


@pytest.mark.parametrize(
    ("dimensions", "shape", "read_as"),
    [
        (1, (5,), (5,)),
        (1, (1, 5, 1), (5,)),
        (1, (5, 1, 1), (5,)),
        (2, (3, 3), (3, 3)),
        (2, (1, 5), (1, 5)),
        (2, (1, 1, 5, 1), (1, 5)),
        (2, (1, 5, 1, 1), (1, 5)),
        (2, (1, 4, 6, 1), (4, 6)),
        (3, (1, 4, 6, 3), (4, 6, 3)),
        (3, (4, 6, 1), (4, 6, 1)),
    ],
)
def test_axes_of_one_at_either_end_do_not_matter(dimensions, shape, read_as):
    assert array_of(np.ones(shape), Array(dimensions=dimensions)).shape == read_as


@pytest.mark.parametrize(
    ("dimensions", "shape", "axes"),
    [
        (1, (3, 3), "one axis"),
        (2, (9,), "two axes"),
        (2, (2, 3, 3), "two axes"),
        (2, (4, 1, 4), "two axes"),
        (3, (3, 3), "three axes"),
    ],
)
def test_another_number_of_axes_is_named(dimensions, shape, axes):
    reason = reason_of(np.ones(shape), Array(dimensions=dimensions))
    assert f"Its shape is `{shape}`, and {axes} are asked for." in reason


@pytest.mark.parametrize("value", [____, [____, 1], [[1, ____]]], ids=repr)
def test_a_blank_is_still_open(value):
    assert captured_and_read(Array(), value).state is AnswerState.BLANK


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "A function that returns nothing gives `None`."),
        (7, "It is a single number."),
        (np.float32(7), "It is a single number."),
        ([], "It is empty: its shape is `(0,)`."),
        ([[]], "It is empty: its shape is `(1, 0)`."),
        (np.zeros((0, 3)), "It is empty: its shape is `(0, 3)`."),
        ([[1, 2], [3]], "Its rows are not of one length: shapes `(1,)` and `(2,)`."),
        ([[1, 2], 3], "Its rows are not of one length: shapes `()` and `(2,)`."),
        ([[1, "two"]], "`'two'` is not a number."),
        ("[[1, 2], [3, 4]]", "is not a number."),
        ([[1, None]], "gives `None`."),
        ([[True, False]], "`True` is not a number."),
        (np.ones((3, 3), bool), "It holds true and false, not numbers."),
        (np.ones((3, 3), complex), "of type `complex128`, not of numbers."),
        (np.array([["a"]]), "of type `<U1`, not of numbers."),
        (np.array([[None]]), "of type `object`, not of numbers."),
        ([[1.0, float("nan")]], "1 of its numbers are NaN."),
        ([[1.0, float("inf")]], "larger than any answer"),
        ([[10**30, 1]], "larger than any answer"),
        (np.full((2, 2), 2**63, "uint64"), "larger than any answer"),
        (np.full((2, 2), 1e30), "larger than any answer"),
        (np.abs, "That is a function or a layer itself"),
        (HUGE_ARRAY, "It holds 1,000,000,000,000 numbers; an answer has at most 200,000."),
        ([[1] * 1000] * 1000, "It holds more than 200,000 numbers."),
        ([HUGE_ARRAY, HUGE_ARRAY], "It holds more than 200,000 numbers."),
        ([[[[[[[[[1]]]]]]]]], "nested too deep"),
        (np.zeros((400, 400)), "kB; an answer has 1024 kB."),
        (RaisesOnEverything(), ""),
    ],
    ids=lambda value: shown(value, 30),
)
def test_what_is_no_array(value, words):
    reason = reason_of(value)
    assert reason.startswith("This asks for numbers in rows and columns, and found `")
    assert words in reason


def test_an_exercise_has_its_own_words_for_what_it_asks():
    kind = Array(words="three rows of three numbers")
    assert reason_of(7, kind).startswith("This asks for three rows of three numbers, and found")


def test_not_finite_where_that_is_allowed():
    found = array_of([[float("nan"), float("inf")], [1.0, -1e30]], Array(finite=False))
    assert np.isnan(found[0, 0])
    assert found[0, 1] == np.inf
    assert found[1, 1] == -1e30


def test_a_list_without_end_is_as_long_as_it_really_is():
    assert array_of(EndlessList([1, 2, 3]), Array(dimensions=1)).tolist() == [1, 2, 3]


def test_a_picture_fits():
    picture = np.random.default_rng(3).random((256, 256), np.float32)
    assert np.array_equal(array_of(picture), picture)


def test_an_array_has_at_most_three_dimensions():
    with pytest.raises(ValueError, match="not `4`"):
        Array(dimensions=4)


GOOD = Array().capture(KERNEL)["content"]


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        GOOD | {"dtype": "object"},
        GOOD | {"dtype": "|O"},
        GOOD | {"dtype": "float32"},
        GOOD | {"dtype": "bool", "data": base64.b64encode(b"\1" * 9).decode()},
        GOOD | {"shape": [3]},
        GOOD | {"shape": [-3, -3]},
        GOOD | {"shape": [3, "3"]},
        GOOD | {"shape": [3.0, 3.0]},
        GOOD | {"shape": [10**9, 10**9]},
        GOOD | {"shape": [1] * 17 + [3, 3]},
        GOOD | {"shape": [3, 3, 0], "data": ""},
        GOOD | {"shape": None},
        GOOD | {"data": None},
        GOOD | {"data": GOOD["data"][:-4]},
        GOOD | {"data": GOOD["data"] + "AAAA"},
        GOOD | {"data": "*" * len(GOOD["data"])},
        GOOD | {"data": "\u00e9" * len(GOOD["data"])},
        GOOD | {"data": "A" * 3_000_000},
        {"dtype": "float64", "shape": [1, 1], "data": base64.b64encode(b"\xff" * 8).decode()},
    ],
    ids=lambda content: repr(content)[:60],
)
def test_forged_contents_are_unreadable(content):
    answer = read(Array(), {"state": "given", "kind": "array", "content": content})
    assert answer.state is AnswerState.UNREADABLE
    assert answer.reason


SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=5)
NUMBERS = st.sampled_from(["float32", "float64", "int64"]).flatmap(
    lambda dtype: arrays.arrays(
        dtype,
        SHAPES,
        elements=st.integers(-(10**6), 10**6)
        if dtype == "int64"
        else st.floats(-(2.0**50), 2.0**50, width=32),
    )
)


@FAST
@given(NUMBERS)
def test_arrays_come_back_exactly(array):
    for value in (array, array.tolist(), Tensor(array), list(array), array[None, ..., None]):
        assert np.array_equal(array_of(value), array)
