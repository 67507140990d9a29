"""Texts in the student's own words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from answers.rubbish import YesText
from coursetools.answers import AnswerState, Text, ____, loads_answer, read
from coursetools.answers.kind import KILOBYTE


def captured_and_read(value):
    data = Text().capture(value)
    return read(Text(), loads_answer(json.dumps(data), 256 * KILOBYTE))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Because.", "Because."),
        ("  Two\r\nlines\r ", "Two\nlines"),
        ("a\tb\x00c\x1b[0m", "a\tbc[0m"),
        ("\ud800ja", "ja"),
        ("Größe × 2 🚚", "Größe × 2 🚚"),
        (YesText("my own words"), "my own words"),
        ("<b>`x`</b>", "<b>`x`</b>"),
    ],
)
def test_what_a_text_becomes(value, text):
    answer = captured_and_read(value)
    assert answer.state is AnswerState.GIVEN
    assert answer.value == text
    assert type(answer.value) is str


@pytest.mark.parametrize("value", [____, "", " \n ", "\x00", [____]], ids=repr)
def test_an_empty_text_is_still_open(value):
    assert captured_and_read(value).state is AnswerState.BLANK


@pytest.mark.parametrize(
    "value", [None, 7, ["words"], b"words", "x" * 10_001], ids=lambda v: str(v)[:9]
)
def test_what_is_no_text(value):
    answer = captured_and_read(value)
    assert answer.state is AnswerState.UNREADABLE
    assert answer.reason.startswith("This asks for a text in quotes, and found ")


def test_the_longest_text_fits_whatever_its_letters():
    assert captured_and_read("🚚" * 10_000).value == "🚚" * 10_000


@pytest.mark.parametrize(
    "content", [{}, {"text": ""}, {"text": "\x00"}, {"text": ["a"]}, {"text": "x" * 10_001}]
)
def test_forged_contents_are_unreadable(content):
    answer = read(Text(), {"state": "given", "kind": "text", "content": content})
    assert answer.state is AnswerState.UNREADABLE


@FAST
@given(st.text(max_size=200))
def test_reading_changes_nothing_that_capture_left(text):
    data = Text().capture(text)
    answer = read(Text(), data)
    assert answer.state == data["state"]
    if answer.state is AnswerState.GIVEN:
        assert answer.value == data["content"]["text"]
        assert Text().capture(answer.value)["content"] == data["content"]
