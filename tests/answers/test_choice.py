"""Letters: one, several, or one for each part."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from answers.rubbish import YesText
from coursetools.answers import AnswerState, Choice, ____, read

PARTS = ("run 1", "run 2", "run 3")


def given_value(kind, value):
    answer = read(kind, kind.capture(value))
    assert answer.state is AnswerState.GIVEN, answer.reason
    return answer.value


def not_given(kind, value):
    answer = read(kind, kind.capture(value))
    return answer.state.value, answer.reason


@pytest.mark.parametrize(
    "value",
    [
        "B",
        "b",
        " b ",
        "B)",
        "(b)",
        "b.",
        "B:",
        "'b'",
        "[B]",
        ["b"],
        {"B"},
        ("b",),
        np.str_("b"),
        "Ｂ",
    ],
    ids=repr,
)
def test_ways_to_write_a_letter(value):
    assert given_value(Choice(), value) == "B"


@pytest.mark.parametrize(
    "value",
    [
        {"A", "C"},
        frozenset({"a", "c"}),
        ["A", "c"],
        ("C", "A", "a"),
        np.array(["A", "C"]),
        "AC",
        "ca",
        "A, C",
        "A;c",
        "a c",
        "A and C",
        "a) and (c)",
        "A & C",
        "A.C.",
        ["A)", " c"],
    ],
    ids=repr,
)
def test_ways_to_write_several_letters(value):
    assert given_value(Choice(several=True), value) == frozenset({"A", "C"})


@pytest.mark.parametrize(
    "value",
    [
        {"run 1": "A", "run 2": "C", "run 3": "b"},
        {"Run 3": "B", " run 2 ": "c)", "run 1": "a", "more": 7, 5: None},
        ["A", "C", "B"],
        ("a", "c", "b"),
        np.array(["A", "C", "B"]),
    ],
    ids=repr,
)
def test_ways_to_give_a_letter_for_each_part(value):
    found = given_value(Choice(parts=PARTS), value)
    assert dict(found) == {"run 1": "A", "run 2": "C", "run 3": "B"}
    assert tuple(found) == PARTS
    with pytest.raises(TypeError):
        found["run 1"] = "C"


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (Choice(), ____, ""),
        (Choice(), "", ""),
        (Choice(), " \n", ""),
        (Choice(), [], ""),
        (Choice(several=True), set(), ""),
        (Choice(several=True), {____, "A"}, ""),
        (Choice(parts=PARTS), {}, ""),
        (Choice(parts=PARTS), ____, ""),
        (Choice(parts=PARTS), dict.fromkeys(PARTS, ____), ""),
        (Choice(parts=PARTS), ["A", "B", ____], ""),
        (
            Choice(parts=PARTS),
            {"run 1": "A", "run 2": ____, "run 3": ____},
            "Still open: `run 2`, `run 3`.",
        ),
        (Choice(parts=PARTS), {"run 1": "A", "run 3": ____}, "Still open: `run 2`, `run 3`."),
    ],
    ids=repr,
)
def test_what_is_still_open(kind, value, reason):
    assert not_given(kind, value) == ("blank", reason)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Choice(), "E", "`'E'` is not one of them."),
        (Choice(), "A, C", "`'A, C'` is not one of them."),
        (Choice(), "AC", "`'AC'` is not one of them."),
        (Choice(), {"A", "C"}, "It has 2 letters."),
        (Choice(), 1, "found `1` (`int`)."),
        (Choice(), None, "found `None` (`NoneType`)."),
        (Choice(), [1], "`1` is not a letter."),
        (Choice(), "A" * 200, "The text is too long."),
        (Choice(), YesText("rubbish"), "`'RUBBISH'` is not one of them."),
        (Choice(several=True), {"A", "E"}, "`'E'` is not one of them."),
        (Choice(several=True), "AE", "`'E'` is not one of them."),
        (Choice(several=True), "?", "`'?'` is not one of them."),
        (Choice(several=True), "()", "It has 0 letters."),
        (Choice(several=True), ["A"] * 30, "more letters than the alphabet"),
        (Choice(parts=PARTS), {"run 1": "A"}, "Nothing is given for `run 2`, `run 3`."),
        (Choice(parts=PARTS), ["A", "B"], "It has 2 letters."),
        (Choice(parts=PARTS), ["A"], "It has 1 letter."),
        (Choice(parts=PARTS), dict.fromkeys(PARTS, "E"), "`'E'` is not one of them."),
        (Choice(parts=PARTS), dict.fromkeys(PARTS, 1), "`1` is not a letter."),
        (Choice(parts=PARTS), 7, "found `7` (`int`)."),
        (Choice(parts=PARTS), "A", "found `'A'` (`str`)."),
    ],
    ids=repr,
)
def test_what_is_no_choice(kind, value, words):
    state, reason = not_given(kind, value)
    assert state == "unreadable"
    assert words in reason


def test_the_reason_names_what_may_be_chosen():
    assert not_given(Choice(options=("A", "B")), "E")[1].startswith(
        "This asks for one of `A`, `B`, and found `'E'` (`str`)."
    )
    assert "one or more of the letters `A`" in not_given(Choice(several=True), 1)[1]
    assert (
        "a letter (`A`, `B`, `C`, `D`) for each of `run 1`" in not_given(Choice(parts=PARTS), 1)[1]
    )


def test_words_may_be_options():
    kind = Choice(options=("TRUE", "FALSE"), parts=("flip", "crop"))
    assert dict(given_value(kind, {"flip": "true", "crop": "False"})) == {
        "flip": "TRUE",
        "crop": "FALSE",
    }


@pytest.mark.parametrize(
    "kwargs",
    [
        {"several": True, "parts": PARTS},
        {"options": ()},
        {"options": ("a", "b")},
        {"options": (" A",)},
    ],
)
def test_a_choice_that_cannot_be_made_is_refused(kwargs):
    with pytest.raises(ValueError, match=r"choice has|Options are words in capitals"):
        Choice(**kwargs)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Choice(), {}),
        (Choice(), {"letters": "A"}),
        (Choice(), {"letters": ["A", "B"]}),
        (Choice(), {"letters": []}),
        (Choice(), {"letters": ["a"]}),
        (Choice(), {"letters": [["A"]]}),
        (Choice(), {"letters": ["A"] * 100}),
        (Choice(several=True), {"letters": []}),
        (Choice(several=True), {"letters": {"A": "B"}}),
        (Choice(parts=PARTS), {"letters": ["A"]}),
        (Choice(parts=PARTS), {"parts": {"run 1": "A"}}),
        (Choice(parts=PARTS), {"parts": ["A", "B", "C"]}),
        (Choice(parts=PARTS), {"parts": dict.fromkeys(PARTS, "E")}),
        (Choice(parts=PARTS), {"parts": dict.fromkeys(PARTS)}),
    ],
    ids=repr,
)
def test_forged_contents_are_unreadable(kind, content):
    answer = read(kind, {"state": "given", "kind": "choice", "content": content})
    assert answer.state is AnswerState.UNREADABLE


LETTERS = st.sampled_from("ABCD")


@FAST
@given(LETTERS, st.sampled_from(["{}", " {} ", "{})", "({})", "{}.\n"]))
def test_a_letter_comes_back(letter, dress):
    assert given_value(Choice(), dress.format(letter)) == letter
    assert given_value(Choice(), dress.format(letter.lower())) == letter


@FAST
@given(st.sets(LETTERS, min_size=1))
def test_a_set_comes_back(letters):
    for value in (letters, sorted(letters), "".join(letters), ", ".join(letters)):
        assert given_value(Choice(several=True), value) == letters


@FAST
@given(st.fixed_dictionaries(dict.fromkeys(PARTS, LETTERS)))
def test_parts_come_back(letters):
    assert dict(given_value(Choice(parts=PARTS), letters)) == letters


@FAST
@given(st.text(max_size=20))
def test_any_text_is_a_choice_or_said_not_to_be(text):
    for kind in (Choice(), Choice(several=True), Choice(parts=PARTS)):
        assert read(kind, kind.capture(text)).state is not AnswerState.MISSING
