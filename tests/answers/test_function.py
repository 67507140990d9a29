"""Functions, by what they give for cases."""

import copy
import json
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from answers.rubbish import HUGE_ARRAY, RUBBISH, EndlessList, Tensor
from coursetools.answers import AnswerState, Function, ____, loads_answer, read
from coursetools.answers.packing import Other, pack, unpack
from coursetools.answers.specs import ErrorSpec, FunctionSpec

IMAGE = np.arange(6, dtype=np.float32).reshape(2, 3)
KIND = Function(cases=((IMAGE, 2), (IMAGE.T, -1)), words="a function of an image and a number")


def captured_and_read(value, kind=KIND):
    data = json.dumps(kind.capture(value), allow_nan=False)
    return read(kind, loads_answer(data, 2 * kind.limit))


def spec_of(value, kind=KIND) -> FunctionSpec:
    answer = captured_and_read(value, kind)
    assert answer.state is AnswerState.GIVEN, answer.reason
    return answer.value


def first(value, kind=KIND):
    return spec_of(value, kind).results[0]


class Times:
    def __call__(self, image, factor):
        return image * factor


@pytest.mark.parametrize(
    "function",
    [
        lambda image, factor: image * factor,
        lambda image, factor: (image * factor).tolist(),
        lambda image, factor: tuple(map(tuple, image * factor)),
        lambda image, factor: Tensor(image * factor),
        lambda image, factor: [Tensor(row * factor) for row in image],
        lambda image, factor: (image * factor).astype("float64"),
        np.multiply,
        Times(),
    ],
)
def test_ways_to_give_a_result(function):
    spec = spec_of(function)
    assert spec.raised == ()
    for result, (image, factor) in zip(spec.results, KIND.cases, strict=True):
        assert result.array.dtype == np.float64
        assert np.array_equal(result.array, image * factor)
        assert result.changed == ()
        assert result.arguments[0] is image


def test_a_keras_layer_is_a_function():
    keras = pytest.importorskip("keras")
    kind = Function(cases=((np.array([-1.0, 2.0], np.float32),),))
    for function in (keras.layers.ReLU(), keras.activations.relu):
        assert first(function, kind).array.tolist() == [0.0, 2.0]
    assert first(keras.layers.Dense(3), kind).error is not None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        (-0.5, -0.5),
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.array(3), 3),
        (np.array([[3.5]]), 3.5),
        ([4], 4.0),
        (Tensor(np.array(2)), 2),
        (float("inf"), float("inf")),
        (1e300, 1e300),
        (True, None),
        (np.True_, None),
        ("7", None),
        (None, None),
        ([1, 2], None),
        ([], None),
        (10**30, None),
        ({"n": 7}, None),
    ],
    ids=repr,
)
def test_a_result_as_a_number(value, number):
    assert first(lambda image, factor: value).number == number


def test_a_result_that_is_no_number_is_kept_as_it_is():
    result = first(lambda image, factor: np.longdouble("nan"))
    assert np.isnan(result.value)
    assert np.isnan(result.number)
    assert first(lambda image, factor: np.array([np.nan, 1.0])).array[1] == 1.0
    assert first(lambda image, factor: ("A", 2, None)).value == ("A", 2, None)
    mask = first(lambda image, factor: image > 2)
    assert mask.value.dtype == bool
    assert mask.array is None


@pytest.mark.parametrize(
    ("value", "type_name"),
    [
        (None, "NoneType"),
        ((i for i in range(3)), "generator"),
        ({"a": 1}, "dict"),
        (len, "builtin_function_or_method"),
        (HUGE_ARRAY, "ndarray"),
        (10**5000, "int"),
        (object(), "object"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_value_is_known_by_its_type(value, type_name):
    result = first(lambda image, factor: value)
    assert result.value is result.array is result.number is None
    assert result.type == type_name
    assert len(result.shown) <= 80


def test_a_function_that_returns_itself():
    def itself(image, factor):
        return itself

    assert first(itself).type == "function"


@pytest.mark.parametrize("name", RUBBISH)
def test_whatever_is_returned_or_put_in_a_list_is_read(name):
    for wrap in (lambda value: value, lambda value: [value, 1]):
        answer = captured_and_read(lambda image, factor, wrap=wrap: wrap(RUBBISH[name]))
        assert answer.state is not AnswerState.MISSING
        if answer.state is AnswerState.UNREADABLE:
            assert "kB" in answer.reason or "more than 100000 values" in answer.reason


def test_ragged_rows_are_no_array():
    result = first(lambda image, factor: [[1, 2], [3]])
    assert result.value == ((1, 2), (3,))
    assert result.array is None
    assert first(lambda image, factor: EndlessList([1, 2])).array.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("error", "type_name", "message"),
    [
        (ValueError("no\nsuch `thing`"), "ValueError", "no such `thing`"),
        (SystemExit(3), "SystemExit", "3"),
        (GeneratorExit(), "GeneratorExit", ""),
        (RecursionError("x" * 1000), "RecursionError", "x" * 297 + "..."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_it_raises_is_kept(error, type_name, message):
    def function(image, factor):
        if factor < 0:
            raise error
        return image

    spec = spec_of(function)
    assert spec.results[0].error is None
    assert spec.results[1].error == ErrorSpec(type_name, message)
    assert spec.raised == (spec.results[1],)
    assert spec.results[1].value is None


def test_an_error_that_cannot_say_what_it_is():
    class MuteError(Exception):
        def __str__(self):
            raise RuntimeError

    def function(image, factor):
        raise MuteError

    assert first(function).error == ErrorSpec("MuteError", "")


def test_wrong_parameters_are_its_error():
    assert first(lambda image: image).error.type == "TypeError"
    assert first(int).error is not None


@pytest.mark.parametrize(
    "function", [lambda image, factor: ____, lambda image, factor: [____], lambda i, f: ____ + 1]
)
def test_a_blank_inside_is_still_open(function):
    assert captured_and_read(function).state is AnswerState.BLANK


def test_a_blank_is_still_open():
    assert captured_and_read(____).state is AnswerState.BLANK


@pytest.mark.parametrize("value", [None, 7, IMAGE, "lambda x: x", [len]], ids=repr)
def test_what_cannot_be_called(value):
    answer = captured_and_read(value)
    assert answer.state is AnswerState.UNREADABLE
    assert answer.reason.startswith("This asks for a function of an image and a number, and found")
    assert answer.reason.endswith("store the function itself, not a result.")


def test_changed_arguments_are_seen_and_hurt_nobody():
    kind = Function(cases=((IMAGE, [1, [2]]), (IMAGE, [1, [2]])))
    before = copy.deepcopy(kind.cases)

    def function(image, numbers):
        image[:] = 0
        numbers[1].append(numbers)
        return 1

    spec = spec_of(function, kind)
    assert [result.changed for result in spec.results] == [(0, 1), (0, 1)]
    assert repr(kind.cases) == repr(before)
    assert [r.changed for r in spec_of(lambda image, numbers: image.sort() or 1, kind).results] == [
        (),
        (),
    ]


def test_an_argument_that_was_given_back_is_not_followed():
    kept = []

    def function(image, factor):
        kept.append(image)
        for old in kept[:-1]:
            old[:] = 100
        return image

    assert np.array_equal(first(function).array, IMAGE)


def test_what_it_prints_and_warns_is_not_shown(capsys, recwarn):
    def function(image, factor):
        print("looking at it" * 1000)
        print("and there", file=sys.stderr)
        warnings.warn("again", stacklevel=1)
        return 1

    spec_of(function)
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list


def test_the_person_at_the_keyboard_can_stop_it():
    def function(image, factor):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        KIND.capture(function)


def test_too_much_is_refused():
    kind = Function(cases=((1,),) * 20)
    answer = captured_and_read(lambda n: np.zeros(100_000), kind)
    assert answer.state is AnswerState.UNREADABLE
    assert "kB; an answer has 1024 kB." in answer.reason


@pytest.mark.parametrize("cases", [(), ([1],), ((object(),),), (([{}],),), (((len,),),)], ids=repr)
def test_cases_are_plain(cases):
    with pytest.raises(ValueError, match=r"case"):
        Function(cases=cases)


def test_cases_cross_as_data():
    packed = json.loads(json.dumps(KIND.packed_cases, allow_nan=False))
    again = Function(cases=tuple(unpack(case) for case in packed))
    data = again.capture(lambda image, factor: image * factor)
    assert data["content"] == KIND.capture(lambda image, factor: image * factor)["content"]


GOOD = KIND.capture(lambda image, factor: image * factor)["content"]


def _with(**fields):
    content = copy.deepcopy(GOOD)
    content["cases"][0] |= fields
    return content


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        {"cases": []},
        {"cases": GOOD["cases"][:1]},
        {"cases": GOOD["cases"] * 2},
        {"cases": [None, None]},
        _with(value={}),
        _with(value={"dtype": "object", "shape": [1], "data": ""}),
        _with(value=10**30),
        _with(value=float("nan")),
        _with(value="x" * 2000),
        _with(value=[0] * 60_000),
        _with(value=[[[[[[[[[[1]]]]]]]]]]),
        _with(value={"float": "seven"}),
        _with(value={"float": "1" * 50}),
        _with(value={"other": 7}),
        _with(type=None),
        _with(shown=7),
        _with(shown="x" * 10_000),
        _with(error="no"),
        _with(error={"type": "E", "message": "x" * 2000}),
        _with(arguments_after=[]),
    ],
    ids=lambda content: repr(content)[-60:],
)
def test_forged_contents_are_unreadable(content):
    answer = read(KIND, {"state": "given", "kind": "function", "content": content})
    assert answer.state is AnswerState.UNREADABLE
    assert answer.reason


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=10,
)


@FAST
@given(PLAIN)
def test_plain_values_come_back_exactly(value):
    assert unpack(json.loads(json.dumps(pack(value), allow_nan=False))) == value


def test_what_is_not_plain_keeps_its_type():
    assert unpack(pack([1, object()])) == (1, Other("object"))


def test_a_list_beyond_all_bounds_is_only_named_and_not_walked():
    long = [0] * 60_000
    assert pack(long) == {"other": "list"}
    packed = pack([[0] * 40_000] * 40_000)
    assert len(json.dumps(packed)) < 1_000_000
