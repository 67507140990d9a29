"""Curves of a training, from Keras's own object, a dict or a DataFrame."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from answers.rubbish import Frame, Keeps, Tensor
from coursetools.answers import AnswerState, History, ____, loads_answer, read
from coursetools.answers.kind import KILOBYTE
from coursetools.answers.specs import HistorySpec

CURVES = {
    "loss": [0.7, 0.5, 0.4],
    "val_loss": [0.68, 0.55, 0.6],
    "binary_accuracy": [0.5, 0.75, 0.875],
    "val_binary_accuracy": [0.5, 0.7, 0.72],
}


def captured_and_read(value):
    data = History().capture(value)
    return read(History(), loads_answer(json.dumps(data), 2048 * KILOBYTE))


def history_of(value) -> HistorySpec:
    answer = captured_and_read(value)
    assert answer.state is AnswerState.GIVEN, answer.reason
    return answer.value


def reason_of(value):
    answer = captured_and_read(value)
    assert answer.state is AnswerState.UNREADABLE
    return answer.reason


@pytest.mark.parametrize(
    "value",
    [
        CURVES,
        {name: tuple(curve) for name, curve in CURVES.items()},
        {name: np.array(curve) for name, curve in CURVES.items()},
        {name: [np.float64(v) for v in curve] for name, curve in CURVES.items()},
        {name: [Tensor(np.array(v)) for v in curve] for name, curve in CURVES.items()},
        {name: Tensor(np.array(curve)) for name, curve in CURVES.items()},
        Keeps(CURVES, epoch=[0, 1, 2]),
        Keeps(CURVES),
        pd.DataFrame(CURVES),
        pd.DataFrame(CURVES, index=pd.RangeIndex(1, 4, name="epoch")),
        Frame(CURVES),
    ],
    ids=lambda value: type(value).__name__,
)
def test_ways_to_give_a_history(value):
    history = history_of(value)
    assert dict(history.series) == {name: tuple(curve) for name, curve in CURVES.items()}
    assert history.epochs == 3
    assert history.first_epoch == 1
    assert dict(history.renamed) == {}
    assert history.loss == (0.7, 0.5, 0.4)
    assert history.val_loss == (0.68, 0.55, 0.6)
    assert history.accuracy == (0.5, 0.75, 0.875)
    assert history.val_accuracy == (0.5, 0.7, 0.72)


@pytest.mark.parametrize("name", ["accuracy", "acc"])
def test_other_names_of_the_accuracy_are_remembered(name):
    history = history_of({"loss": [0.7], name: [0.5], f"val_{name}": [0.4]})
    assert dict(history.series) == {
        "loss": (0.7,),
        "binary_accuracy": (0.5,),
        "val_binary_accuracy": (0.4,),
    }
    assert dict(history.renamed) == {"binary_accuracy": name, "val_binary_accuracy": f"val_{name}"}


def test_the_courses_own_name_goes_first():
    history = history_of({"acc": [0.1], "accuracy": [0.2], "binary_accuracy": [0.3]})
    assert history.accuracy == (0.3,)
    assert dict(history.renamed) == {}


def test_curves_of_no_use_are_named_only():
    history = history_of({"loss": [0.7], "learning_rate": ["rubbish"], "auc": None, 7: [1]})
    assert history.others == ("auc", "learning_rate")
    assert list(history.series) == ["loss"]


def test_curves_that_are_not_there_are_empty():
    history = history_of({"val_loss": [0.7]})
    assert history.loss == history.accuracy == history.val_accuracy == ()


def test_a_resumed_training_counts_on():
    history = history_of(Keeps({"loss": [0.5, 0.4, 0.45]}, epoch=[10, 11, 12]))
    assert history.first_epoch == 11
    assert history.epochs_near_least("loss") == (12,)


def test_epochs_near_the_least():
    history = history_of({"loss": [0.5, 0.25], "val_loss": [0.5, 0.625]})
    assert history.epochs_near_least("loss") == (2,)
    assert history.epochs_near_least("val_loss", within=0.125) == (1, 2)
    assert history.epochs_near_least("binary_accuracy") == ()


def test_a_history_is_frozen():
    history = history_of(CURVES)
    with pytest.raises(TypeError):
        history.series["loss"] = ()
    with pytest.raises(AttributeError):
        history.first_epoch = 2


@pytest.mark.parametrize("value", [____, [____], {"loss": ____}], ids=repr)
def test_a_blank_is_still_open(value):
    assert captured_and_read(value).state is AnswerState.BLANK


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "found `None` (`NoneType`)."),
        ({}, "none of the curves"),
        ({"mse": [1.0]}, "none of the curves"),
        ({"loss": []}, "`loss` is empty: no epoch was run."),
        ({"loss": 0.5}, "Its `loss` is `0.5`, not a list of numbers."),
        ({"loss": "0.5"}, "Its `loss` is `'0.5'`, not a list of numbers."),
        ({"loss": [0.5, "x"]}, "Its `loss` at epoch 2 is `'x'`."),
        ({"loss": [True]}, "Its `loss` at epoch 1 is `True`."),
        ({"loss": [0.5, float("nan")]}, "Its `loss` at epoch 2 is not finite"),
        ({"loss": [0.5, float("inf")]}, "Its `loss` at epoch 2 is not finite"),
        ({"loss": np.array([0.5, np.nan])}, "Its `loss` at epoch 2 is not finite"),
        ({"loss": [1, 2], "val_loss": [1]}, "Its curves differ in length: `loss` 2, `val_loss` 1."),
        ({"loss": [0.5] * 10_001}, "It has more than 10000 epochs."),
        (np.zeros(3), "found `array([0.0, 0.0, 0.0])` (`ndarray`)."),
        (Keeps("a"), "(`Keeps`)."),
        (Frame({"loss": [0.5]}, length=10_001), "It has more than 10000 epochs."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_history(value, words):
    reason = reason_of(value)
    assert reason.startswith("This asks for the history that `fit` returns, and found ")
    assert words in reason


def test_ten_thousand_epochs_fit():
    curve = [1 / 3 + i for i in range(10_000)]
    history = history_of(dict.fromkeys(CURVES, curve))
    assert history.epochs == 10_000


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"series": []},
        {"series": {}},
        {"series": {"loss": {}}},
        {"series": {"loss": [None]}},
        {"series": {"loss": [[0.5]]}},
        {"series": {"loss": [True]}},
        {"series": {"loss": [float("nan")]}},
        {"series": {"loss": [1e30]}},
        {"series": {"loss": [0.5] * 10_001}},
        {"series": {"loss": [0.5], "acc": [0.5, 0.5]}},
        {"series": {"loss": [0.5]}, "others": "abc"},
        {"series": {"loss": [0.5]}, "others": [7]},
        {"series": {"loss": [0.5]}, "others": ["x" * 1000]},
        {"series": {"loss": [0.5]}, "others": ["x"] * 1000},
        {"series": {"loss": [0.5]}, "first_epoch": 0},
        {"series": {"loss": [0.5]}, "first_epoch": "1"},
    ],
    ids=lambda content: repr(content)[:60],
)
def test_forged_contents_are_unreadable(content):
    answer = read(History(), {"state": "given", "kind": "history", "content": content})
    assert answer.state is AnswerState.UNREADABLE


FINITE = st.floats(-1e6, 1e6)


@FAST
@given(
    st.integers(1, 12).flatmap(
        lambda n: st.dictionaries(
            st.sampled_from(list(CURVES)),
            st.lists(FINITE, min_size=n, max_size=n),
            min_size=1,
        )
    )
)
def test_histories_come_back(curves):
    expected = {name: tuple(curve) for name, curve in curves.items()}
    for value in (curves, Keeps(curves, epoch=list(range(3))), pd.DataFrame(curves)):
        assert dict(history_of(value).series) == expected
