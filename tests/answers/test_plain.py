"""Showing a student's object on one line, and copying data exactly."""

from enum import IntEnum

import numpy as np
import pytest

from answers.rubbish import (
    HUGE_ARRAY,
    RUBBISH,
    EndlessList,
    Keeps,
    Loud,
    SaysItIs,
    YesFloat,
    YesInteger,
    YesText,
)
from coursetools.answers.exact import NotPlainError, exact_copy
from coursetools.answers.plain import clean, is_a, quoted, shown, type_name


class Colour(IntEnum):
    RED = 3


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, "None"),
        (True, "True"),
        (327713, "327713"),
        (Colour.RED, "3"),
        (YesFloat(3.25), "3.25"),
        (float("nan"), "nan"),
        ("it's", '"it\'s"'),
        ("a\nb", r"'a\nb'"),
        (YesText("mine"), "'mine'"),
        (10**5000, "<integer of about 5000 digits>"),
        ([1, "a", (2,)], "[1, 'a', (2,)]"),
        (list(range(10)), "[0, 1, 2, 3, 4, 5, ...]"),
        ([[[[1]]]], "[[[[...]]]]"),
        ({"a": 1, "b": [2]}, "{'a': 1, 'b': [2]}"),
        ({"b", "a"}, "{'a', 'b'}"),
        (set(), "set()"),
        (frozenset({1}), "{1}"),
        ((), "()"),
        (EndlessList([1, 2]), "[1, 2]"),
        (np.float32(0.5), "0.5"),
        (np.array(7), "7"),
        (np.array([1, 2]), "array([1, 2])"),
        (np.zeros((4, 5)), "array of shape (4, 5) and type float64"),
        (HUGE_ARRAY, "array of shape (1000000, 1000000) and type float32"),
        (range(10**12), "<range of 1000000000000 items>"),
        (bytes(5_000), "<bytes of 5000 items>"),
        (b"ab", "b'ab'"),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_one_line(value, line):
    assert shown(value) == line


def test_a_line_says_nothing_of_memory():
    line = shown(Keeps({}))
    assert line == "<answers.rubbish.Keeps object>"
    assert shown(Keeps({})) == shown(Keeps({"loss": [1]}))


@pytest.mark.parametrize("name", RUBBISH)
def test_a_line_is_short_and_printable(name):
    for limit in (20, 80):
        line = shown(RUBBISH[name], limit)
        assert len(line) <= limit
        assert line.isprintable()
        assert quoted(RUBBISH[name], limit).count("`") == 2


def test_types_are_asked_of_the_object_itself():
    assert not is_a(SaysItIs(int), int)
    assert is_a(YesInteger(1), int, str)
    assert type_name(SaysItIs(int)) == "SaysItIs"
    assert type_name(Loud()) == "Loud"
    assert type_name(type("N" * 500, (), {})()) == "N" * 57 + "..."


def test_cleaning():
    assert clean("a\tb\n\x1b[0m\u202ec") == "a b  [0m c"
    assert clean("abcdef", 6) == "abcdef"
    assert clean("abcdefg", 6) == "abc..."


def test_a_copy_is_exact():
    data = {YesText("a"): [YesInteger(5), YesFloat(0.5), (np.float64(1.5), True, None)]}
    copied = exact_copy(data)
    assert str(copied) == "{'a': [5, 0.5, [1.5, True, None]]}"
    assert [type(item) for item in copied["a"]] == [int, float, list]
    assert type(copied["a"][2][0]) is float


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (float("nan"), "Its `value` is not a finite number."),
        ({"a": [0.5, float("inf")]}, "Its `a.1` is not a finite number."),
        ({"a": {"b": object()}}, "Its `a.b` is no plain data but a `object`."),
        (object(), "It is no plain data but a `object`."),
        (np.float32(1), "It is no plain data but a `float32`."),
        ({1: 2}, "A key of its `value` is no text."),
        ({"a": {None: 2}}, "A key of its `a` is no text."),
        ([0] * 100_001, "It holds more than 100000 values."),
        (RUBBISH["list of itself"], "It is nested deeper than 32 levels."),
    ],
    ids=lambda value: shown(value, 30),
)
def test_what_cannot_be_copied_is_named(data, words):
    with pytest.raises(NotPlainError) as error:
        exact_copy(data)
    assert str(error.value) == words
