"""Numbers, however they are written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from answers.rubbish import SaysItIs, Tensor, YesFloat, YesInteger, YesText
from coursetools.answers import AnswerState, Number, read
from coursetools.answers.plain import shown


def given_value(kind, value):
    answer = read(kind, kind.capture(value))
    assert answer.state is AnswerState.GIVEN, answer.reason
    return answer.value


def reason(kind, value):
    answer = read(kind, kind.capture(value))
    assert answer.state is AnswerState.UNREADABLE
    return answer.reason


@pytest.mark.parametrize(
    "value",
    [
        327713,
        327713.0,
        np.int32(327713),
        np.uint64(327713),
        np.float32(327713),
        np.longdouble(327713),
        np.array(327713),
        np.array([327713]),
        np.array([[327713.0]]),
        Tensor(np.array(327713)),
        Tensor(np.int64(327713)),
        [327713],
        (np.int64(327713),),
        "327713",
        " 327713 ",
        "+327713",
        "327,713",
        "327 713",
        "327_713",
        "327'713",
        "327\u00a0713",
        "327\u202f713",
        "327,713.0",
        "327713.",
        "3.27713e5",
        "３２７７１３",
        np.str_("327,713"),
    ],
    ids=repr,
)
def test_ways_to_write_a_whole_number(value):
    found = given_value(Number(integer=True), value)
    assert found == 327713
    assert type(found) is int


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0.25, 0.25),
        ("0.25", 0.25),
        (".25", 0.25),
        ("-1e-3", -0.001),
        ("\u22123.5", -3.5),
        ("1,234.5", 1234.5),
        ("-1,234,567", -1234567),
        (np.float16(0.5), 0.5),
        (np.array(0.5), 0.5),
        (7, 7),
    ],
)
def test_ways_to_write_any_number(value, number):
    assert given_value(Number(), value) == number


@pytest.mark.parametrize(
    "value", [7, (7, 7), [7, 7], np.array([7, 7]), "7x7", "7 × 7", "7X7", Tensor(np.array([7, 7]))]
)
def test_a_square_is_its_side(value):
    assert given_value(Number(integer=True, square=True), value) == 7


@pytest.mark.parametrize("value", [(7, 7), [7, 7], np.array([7, 7]), "7x7", [7, 7, 7]])
def test_a_square_is_no_number_where_none_is_asked_for(value):
    reason(Number(integer=True), value)


def test_a_square_has_equal_sides():
    kind = Number(square=True)
    for value in ((7, 8), "7x8"):
        assert "Its two sides differ" in reason(kind, value)
    assert "It is not one number." in reason(kind, (7, 7, 7))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "True and false are not numbers."),
        (np.True_, "It is not one number."),
        (None, "A function that returns nothing gives `None`."),
        ("seven", "write it with digits and a point"),
        ("1,5", "write it with digits and a point"),
        ("32,7713", "write it with digits and a point"),
        ("327,71 3", "write it with digits and a point"),
        ("327713 weights", "write it with digits and a point"),
        ("", "write it with digits and a point"),
        ("nan", "write it with digits and a point"),
        ("9" * 101, "too long for a number"),
        (float("nan"), "It is not finite."),
        (float("inf"), "It is not finite."),
        ("1e999", "It is not finite."),
        (np.longdouble("1e4000"), "It is not finite."),
        (10**5000, "larger than any answer"),
        (10**19, "larger than any answer"),
        (1e19, "larger than any answer"),
        ([], "It is not one number."),
        ([1, 2], "It is not one number."),
        ([[[[[7]]]]], "nested too deep"),
        (1j, ""),
        ({"a": 7}, ""),
        (SaysItIs(int), ""),
    ],
    ids=lambda value: shown(value, 30),
)
def test_what_is_no_number(value, words):
    found = reason(Number(), value)
    assert found.startswith("This asks for a number, and found `")
    assert words in found


def test_a_fraction_is_not_whole():
    assert "The number is not whole." in reason(Number(integer=True), 7.5)
    assert "This asks for a whole number, and found `7.5` (`float`)." in reason(
        Number(integer=True), 7.5
    )


def test_subclasses_cannot_choose_their_value():
    assert given_value(Number(), YesInteger(5)) == 5
    assert given_value(Number(), YesFloat(3.25)) == 3.25
    assert given_value(Number(), YesText("12")) == 12


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"value": None},
        {"value": True},
        {"value": "7"},
        {"value": [7]},
        {"value": 10**30},
        [7],
        7,
    ]
    + [{"value": value} for value in (float("nan"), float("inf"), -(10.0**40))],
    ids=repr,
)
def test_forged_contents_are_unreadable(content):
    answer = read(Number(), {"state": "given", "kind": "number", "content": content})
    assert answer.state is AnswerState.UNREADABLE


@FAST
@given(st.integers(-(10**18), 10**18))
def test_integers_come_back_exactly(number):
    for value in (number, str(number), f"{number:,}", f"{number:_}", [number]):
        found = given_value(Number(integer=True), value)
        assert found == number
        assert type(found) is int
    assert given_value(Number(), number) == number


@FAST
@given(st.floats(-1e18, 1e18))
def test_floats_come_back_exactly(number):
    for value in (
        number,
        np.float64(number),
        np.array(number),
        Tensor(np.array(number)),
        str(number),
    ):
        assert given_value(Number(), value) == number


@FAST
@given(st.text(max_size=30))
def test_any_text_is_a_number_or_said_not_to_be(text):
    assert read(Number(square=True), Number(square=True).capture(text)).state in (
        AnswerState.GIVEN,
        AnswerState.UNREADABLE,
    )
