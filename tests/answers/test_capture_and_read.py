"""Capturing and reading never raise, and say the same, whatever they are given."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from answers.rubbish import HUGE_ARRAY, RUBBISH, RaisesOnEverything
from coursetools.answers import (
    AnswerState,
    Array,
    Augmentation,
    Choice,
    CompileArguments,
    Function,
    History,
    Layers,
    Model,
    Number,
    Text,
    UnreadableAnswer,
    Weights,
    ____,
    capture,
    loads_answer,
    read,
)
from coursetools.answers.kind import KILOBYTE
from coursetools.answers.kinds import KINDS

ALL_KINDS = {
    "number": Number(),
    "whole": Number(integer=True),
    "square": Number(square=True),
    "choice": Choice(),
    "several": Choice(several=True),
    "parts": Choice(parts=("loss", "val_loss")),
    "text": Text(),
    "row": Array(dimensions=1),
    "array": Array(),
    "any array": Array(dimensions=3, finite=False),
    "function": Function(cases=((1,), (2,))),
    "history": History(),
    "model": Model(),
    "compile_arguments": CompileArguments(),
    "layers": Layers(),
    "augmentation": Augmentation(),
    "weights": Weights(),
}
FIELDS = {"state", "kind", "type", "shown", "content", "reason"}


def _raise(error):
    raise error


ASKED = ("model", "compile_arguments", "layers", "augmentation", "weights")
PROBES = {
    "none": {},
    "echoes": dict.fromkeys(ASKED, lambda m, *more: m),
    "raises": {
        **dict.fromkeys(ASKED, lambda m, *more: _raise(RuntimeError("`probe`"))),
        "compile_arguments": lambda m: _raise(SystemExit(1)),
    },
    "NaN": {
        "model": lambda m: {"weights": [{"mean": float("nan")}]},
        "compile_arguments": lambda m: {"loss": HUGE_ARRAY},
    },
}


def test_every_kind_is_tried():
    assert {kind.name for kind in ALL_KINDS.values()} == set(KINDS)


@pytest.mark.parametrize("name", RUBBISH)  # the objects themselves would upset pytest
def test_capture_is_total_and_reading_agrees(name):
    for probes in PROBES.values():
        data = capture(ALL_KINDS, dict.fromkeys(ALL_KINDS, RUBBISH[name]), probes)
        assert list(data) == list(ALL_KINDS)
        for answer_name, kind in ALL_KINDS.items():
            one = data[answer_name]
            assert set(one) == FIELDS
            assert one["kind"] == kind.name
            assert len(one["shown"]) <= 80
            text = json.dumps(one, allow_nan=False)
            assert len(text) <= kind.limit + 4 * KILOBYTE
            answer = read(kind, loads_answer(text, 2 * kind.limit))
            assert answer.state == one["state"]
            assert (answer.value is None) == (answer.state is not AnswerState.GIVEN)


@pytest.mark.parametrize("name", RUBBISH)
def test_reading_rubbish_never_raises_and_gives_nothing(name):
    value = RUBBISH[name]
    for kind in ALL_KINDS.values():
        for data in _hiding_places(kind, value):
            answer = read(kind, data)
            if not (isinstance(kind, Text) and type(value) is str):  # any text is an answer there
                assert answer.state is not AnswerState.GIVEN
            assert len(answer.reason) <= 600


def _hiding_places(kind, value):
    given = {"state": "given", "kind": kind.name}
    return (
        value,
        given | {"content": value},
        given | {"content": {"value": value}},
        given | {"content": {"letters": value, "parts": value}},
        given | {"content": {"series": value, "text": value}},
        given | {"content": {"series": {"loss": value}}},
        given | {"content": {"dtype": "float64", "shape": value, "data": value}},
        given | {"content": {"cases": [{"value": value}, {"error": value}]}},
        {"state": value, "kind": kind.name, "content": {}},
        {"state": "given", "kind": value, "content": {}},
        {"state": "blank", "kind": kind.name, "shown": value},
        {"state": "unreadable", "kind": kind.name, "reason": value},
    )


def test_missing_blank_unreadable_given():
    kinds = {name: Number() for name in ("nowhere", "open", "odd", "good")}
    data = capture(kinds, {"open": ____, "odd": "seven", "good": 7, "other": 1})
    states = {name: read(kinds[name], data[name]).state.value for name in kinds}
    assert states == {
        "nowhere": "missing",
        "open": "blank",
        "odd": "unreadable",
        "good": "given",
    }


def test_no_data_is_a_missing_answer():
    assert read(Number(), None).state is AnswerState.MISSING


def test_the_reason_says_what_was_asked_and_what_was_found():
    data = capture({"n": Number(integer=True)}, {"n": "se`ven"})
    assert data["n"]["reason"] == (
        "This asks for a whole number, and found `'se'ven'` (`str`). "
        "The text is not one number; write it with digits and a point."
    )


def test_an_answer_of_another_kind_is_unreadable():
    data = capture({"n": Choice()}, {"n": "A"})
    answer = read(Number(), data["n"])
    assert answer.state is AnswerState.UNREADABLE
    assert answer.reason == "It was captured as `choice`, not as a number."


def test_an_unreadable_answer_cannot_be_talked_into_a_value():
    forged = {"state": "blank", "kind": "number", "content": {"value": 7}}
    assert read(Number(), forged).value is None


def test_a_probe_says_why_it_cannot_look():
    def probe(model):
        raise UnreadableAnswer("That is not a Keras model.")

    data = capture({"model": Model()}, {"model": 7}, {"model": probe})
    assert data["model"]["reason"] == (
        "This asks for a Keras model, and found `7` (`int`). That is not a Keras model."
    )


def test_a_number_that_is_none_is_named_in_a_probes_data():
    data = capture(
        {"model": Model()},
        {"model": object()},
        {"model": lambda model: {"outputs": {"sample": [0.5, float("inf")]}}},
    )
    assert data["model"]["state"] == "unreadable"
    assert "Its `outputs.sample.1` is not a finite number." in data["model"]["reason"]


def test_too_much_content_is_refused():
    def probe(model):
        return {"padding": "x" * 300 * KILOBYTE}

    data = capture({"model": Model()}, {"model": object()}, {"model": probe})
    assert data["model"]["state"] == "unreadable"
    assert "It takes 300 kB; an answer has 256 kB." in data["model"]["reason"]
    assert data["model"]["content"] == {}


def test_capture_changes_nothing_of_the_students():
    values = {"a": [3, 1, 2], "b": {"loss": [0.5, 0.25]}, "c": {"C", "A"}}
    before = json.dumps([values["a"], values["b"], sorted(values["c"])])
    kinds = {"a": Number(), "b": History(), "c": Choice(several=True)}
    capture(kinds, values)
    assert json.dumps([values["a"], values["b"], sorted(values["c"])]) == before


def test_the_person_at_the_keyboard_can_stop_a_capture():
    class Slow(RaisesOnEverything):
        def __repr__(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        capture({"n": Number()}, {"n": Slow()})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["value", "letters", "parts", "series", "loss", "layers", "cases", "shape"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@FAST
@given(JSON)
def test_reading_any_json_never_raises(content):
    for kind in ALL_KINDS.values():
        for data in (content, {"state": "given", "kind": kind.name, "content": content}):
            answer = read(kind, data)
            assert isinstance(answer.state, AnswerState)
            assert (answer.value is None) == (answer.state is not AnswerState.GIVEN)
