"""Arguments of `compile` as a probe tried them, and the predictions it tries them on."""

import itertools
import json
import math

import pytest

from answers import contents
from coursetools.answers import AnswerState, CompileArguments, ____, loads_answer, read
from coursetools.answers.specs import (
    PROBE_LABELS,
    PROBE_PREDICTIONS,
    CompileSpec,
    ErrorSpec,
)


def read_content(content):
    text = json.dumps({"state": "given", "kind": "compile_arguments", "content": content})
    return read(CompileArguments(), loads_answer(text))


def test_arguments_are_read():
    spec = read_content(contents.COMPILE_ARGUMENTS).value
    assert spec == CompileSpec(
        given=("optimizer", "loss", "metrics"),
        blank=(),
        optimizer="adam",
        loss=0.7,
        metrics={"binary_accuracy": 0.75},
        loss_shown="'binary_crossentropy'",
        metrics_shown=("'binary_accuracy'",),
        error=None,
    )
    with pytest.raises(TypeError):
        spec.metrics["accuracy"] = 1.0


def test_what_keras_raised_is_read():
    error = {"stage": "evaluate", "type": "ValueError", "message": "Unknown loss"}
    spec = read_content(contents.compile_arguments(loss=None, error=error)).value
    assert spec.loss is None
    assert spec.error == ErrorSpec("ValueError", "Unknown loss", stage="evaluate")


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (____, "blank"),
        ({"optimizer": "adam", "loss": ____, "metrics": ____}, "blank"),
        ({"optimizer": "adam", "loss": ____, "metrics": [____]}, "blank"),
        ({"optimizer": ____, "loss": "mse", "metrics": ____}, "given"),
        ({"loss": ____, "metrics": ["mae"]}, "given"),
        ({}, "given"),
        ([____], "blank"),
    ],
    ids=repr,
)
def test_it_is_blank_when_loss_and_metrics_are(value, state):
    data = CompileArguments().capture(value, lambda arguments: contents.COMPILE_ARGUMENTS)
    assert data["state"] == state


def test_without_a_probe_arguments_are_unreadable():
    data = CompileArguments().capture({"loss": "mse"})
    assert data["state"] == "unreadable"
    assert data["reason"].endswith("Without Keras it cannot be tried.")


@pytest.mark.parametrize(
    "change",
    [
        {"given": "loss"},
        {"given": ["x"] * 17},
        {"blank": [7]},
        {"optimizer": 7},
        {"loss": "0.7"},
        {"loss": True},
        {"loss": 1e300},
        {"metrics": []},
        {"metrics": {"a": None}},
        {"metrics": {"a": "1"}},
        {"metrics": {f"m{i}": 0.5 for i in range(17)}},
        {"metrics": {"x" * 300: 0.5}},
        {"loss_shown": None},
        {"loss_shown": "x" * 300},
        {"metrics_shown": [None]},
        {"error": {"type": "ValueError"}},
        {"error": "ValueError"},
    ],
    ids=lambda change: str(change)[:50],
)
def test_values_of_the_wrong_type_or_size_are_refused(change):
    answer = read_content(contents.compile_arguments(**change))
    assert answer.state is AnswerState.UNREADABLE


# ---- the eight fixed predictions tell mistakes apart

PAIRS = tuple(zip(PROBE_LABELS, PROBE_PREDICTIONS, strict=True))


def mean(cost):
    return sum(cost(label, p) for label, p in PAIRS) / len(PAIRS)


def cross_entropy(label, p):
    return -math.log(p if label else 1 - p)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


LOSSES = {
    "binary cross-entropy": mean(cross_entropy),
    "of logits": mean(lambda y, p: cross_entropy(y, sigmoid(p))),
    "label smoothing": mean(
        lambda y, p: 0.95 * cross_entropy(y, p) + 0.05 * cross_entropy(1 - y, p)
    ),
    "focal": mean(lambda y, p: (1 - (p if y else 1 - p)) ** 2 * cross_entropy(y, p)),
    "categorical": 0.0,
    "squared": mean(lambda y, p: (y - p) ** 2),
    "absolute": mean(lambda y, p: abs(y - p)),
    "hinge": mean(lambda y, p: max(0.0, 1 - (2 * y - 1) * p)),
    "squared hinge": mean(lambda y, p: max(0.0, 1 - (2 * y - 1) * p) ** 2),
    "Poisson": mean(lambda y, p: p - y * math.log(p)),
    "Kullback-Leibler": mean(lambda y, p: -y * math.log(p)),
    "of always one half": math.log(2),
    "classes swapped": mean(lambda y, p: cross_entropy(1 - y, p)),
}


def test_every_loss_gives_another_number():
    values = sorted(LOSSES.values())
    assert all(b - a > 0.003 for a, b in itertools.pairwise(values))


def share_right(threshold):
    return mean(lambda y, p: float((p > threshold) == bool(y)))


def test_a_metric_at_one_half_is_like_no_other():
    asked = share_right(0.5)
    found_positive = sum(y for y, p in PAIRS if p > 0.5)
    others = {
        **{f"at {t / 20}": share_right(t / 20) for t in range(21) if t != 10},
        "precision": found_positive / sum(p > 0.5 for _, p in PAIRS),
        "recall": found_positive / sum(PROBE_LABELS),
        "larger class": max(mean(lambda y, p: y), mean(lambda y, p: 1 - y)),
        "categorical": 1.0,
        "absolute": LOSSES["absolute"],
        "squared": LOSSES["squared"],
    }
    assert all(abs(value - asked) > 0.01 for value in others.values()), (asked, others)


def test_predictions_stand_at_no_threshold():
    assert len(PROBE_LABELS) == len(PROBE_PREDICTIONS) == 8
    assert all(min(abs(p - t / 20) for t in range(21)) > 0.005 for p in PROBE_PREDICTIONS)
