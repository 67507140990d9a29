"""The JSON of an answer, and each field of it, from people who mean harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from coursetools.answers import UnreadableAnswer, loads_answer, schema


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"a": [1, -2.5, "x", true, null]}', {"a": [1, -2.5, "x", True, None]}),
        (b"[]", []),
        ('{"a": 1, "a": 2}', {"a": 2}),
        ("1000000000000000000", 10**18),
        ("1e-999", 0.0),
    ],
)
def test_json_is_parsed(text, data):
    assert loads_answer(text) == data


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("'a'", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        ("[NaN]", "`NaN`"),
        ("[Infinity]", "`Infinity`"),
        ("[-Infinity]", "`-Infinity`"),
        ("[1e999]", "out of range"),
        ("9" * 5_000, "out of range"),
        ("-" + "9" * 30, "out of range"),
        ("[" * 40 + "]" * 40, "deeper than 32"),
        ('{"a":' * 40 + "1" + "}" * 40, "deeper than 32"),
        ("[" * 100_000, "not JSON"),
        ('"' + "x" * 300_000 + '"', "longer than 262144"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_json_of_ill_will_is_refused(text, words):
    with pytest.raises(UnreadableAnswer, match=words):
        loads_answer(text)


def test_the_limit_may_be_chosen():
    assert loads_answer('"abc"', 5) == "abc"
    with pytest.raises(UnreadableAnswer):
        loads_answer('"abc"', 4)


@FAST
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_anything_is_parsed_or_refused(text):
    try:
        loads_answer(text)
    except UnreadableAnswer:
        return


class Sub(int):
    pass


@pytest.mark.parametrize(
    ("reader", "good", "bad"),
    [
        (schema.mapping, [{}, {"a": 1}], [None, [], "x", 1]),
        (schema.text, ["", "x" * 200], [None, 1, b"x", "x" * 201]),
        (schema.truth, [True, False], [None, 0, 1, "true"]),
        (schema.integer, [0, -1, 10**18], [None, True, 1.0, "1", Sub(1), 10**18 + 1]),
        (schema.real, [0, -1, 0.5, 1e18], [None, True, "1", 1e19, -1e300, float("nan")]),
        (schema.real, [1], [float("inf"), -float("inf"), 10**400, [1]]),
    ],
    ids=["mapping", "text", "truth", "integer", "real", "real, more"],
)
def test_fields_are_read_by_exact_type_and_range(reader, good, bad):
    for value in good:
        assert reader(value, "field") == value
    for value in bad:
        with pytest.raises(UnreadableAnswer, match="`field`"):
            reader(value, "field")


def test_integers_and_lists_have_bounds():
    assert schema.integer(3, "n", 0, 3) == 3
    for value in (-1, 4):
        with pytest.raises(UnreadableAnswer, match="`n` is out of range"):
            schema.integer(value, "n", 0, 3)
    assert schema.items([1, 2], "list", 2) == [1, 2]
    with pytest.raises(UnreadableAnswer, match="`list` has 3 items, more than 2"):
        schema.items([1, 2, 3], "list", 2)


def test_null_is_none_where_it_may_be():
    assert schema.optional(schema.text, None, "field") is None
    assert schema.optional(schema.text, "x", "field") == "x"
