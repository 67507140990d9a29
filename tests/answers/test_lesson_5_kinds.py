"""Layers, augmenting layers and handed-in weights as data that anyone may have written."""

import copy

import pytest

from answers import contents
from coursetools.answers import AnswerState, Augmentation, Layers, Weights, ____, read
from coursetools.answers.augmentation import DRAWS

AUGMENTATION = {
    "layers": ["RandomFlip"],
    "change_in_use": 0.0,
    "change_between_calls": 0.5,
    "least": 0.0,
    "largest": 1.0,
    "draws": [[0.5, 0.25, 0.2, 0.0, 0.0, -0.2, -0.14, 0.14], [0.5, 0.0] + [None] * 6],
}
WEIGHTS = {"digest": "a" * 64, "tag": "b" * 16, "parameters": 52_081}


def state_of(kind, content):
    return read(kind, {"state": "given", "kind": kind.name, "content": content}).state


def value_of(kind, content):
    answer = read(kind, {"state": "given", "kind": kind.name, "content": content})
    assert answer.state is AnswerState.GIVEN, answer.reason
    return answer.value


def test_augmenting_layers_are_read():
    spec = value_of(Augmentation(), AUGMENTATION)
    assert spec.layers == ("RandomFlip",)
    assert spec.draws[0].marks == ((0.2, 0.0), (0.0, -0.2), (-0.14, 0.14))
    assert spec.draws[1].marks is None
    assert spec.error is None
    assert (spec.change_in_use, spec.change_between_calls, spec.largest) == (0.0, 0.5, 1.0)


def test_layers_that_raised_are_read():
    error = {"type": "ValueError", "message": "no"}
    spec = value_of(Augmentation(), {"layers": [], "error": error})
    assert (spec.error.message, spec.draws) == ("no", ())


@pytest.mark.parametrize("kind", [Augmentation(), Weights(), Layers()])
@pytest.mark.parametrize("content", [None, [], {}, {"layers": 3}, {"draws": []}, "x"])
def test_what_is_no_content_is_unreadable(kind, content):
    assert state_of(kind, content) is AnswerState.UNREADABLE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("layers", "RandomFlip"),
        ("change_in_use", None),
        ("change_in_use", 1e300),
        ("least", True),
        ("draws", [[0.5] * 8] * (DRAWS + 1)),
        ("draws", [[0.5] * 7]),
        ("draws", [[None] * 8]),
        ("draws", [["0.5"] * 8]),
    ],
)
def test_measurements_of_the_wrong_type_or_size_are_refused(key, value):
    assert state_of(Augmentation(), AUGMENTATION | {key: value}) is AnswerState.UNREADABLE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("digest", "a" * 65),
        ("digest", 3),
        ("tag", "b" * 41),
        ("parameters", -1),
        ("parameters", 1.5),
    ],
)
def test_weights_of_the_wrong_type_or_size_are_refused(key, value):
    assert value_of(Weights(), WEIGHTS).parameters == 52_081
    assert state_of(Weights(), WEIGHTS | {key: value}) is AnswerState.UNREADABLE


def test_layers_are_read_as_the_model_that_they_make():
    assert value_of(Layers(), copy.deepcopy(contents.MODEL)).parameters == 49


@pytest.mark.parametrize("kind", [Augmentation(), Weights(), Layers()])
def test_a_blank_is_still_open_and_without_keras_nothing_is_read(kind):
    assert kind.capture(____)["state"] == "blank"
    assert "Without Keras" in kind.capture(object())["reason"]
    assert kind.label.startswith("a ")


@pytest.mark.parametrize("value", [[], (), [____], [[____]]])
def test_an_empty_list_of_layers_is_still_open(value):
    assert Layers().capture(value, lambda value, shape: contents.MODEL)["state"] == "blank"


def test_the_probe_of_layers_is_told_what_enters_them():
    told = []

    def probe(value, shape):
        told.append(shape)
        return contents.MODEL

    assert Layers(input_shape=(4, 4, 2)).capture([object()], probe)["state"] == "given"
    assert told == [(4, 4, 2)]
