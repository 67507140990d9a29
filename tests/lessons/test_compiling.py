"""Exercise 1.3: losses and metrics by what they compute, however they are written."""

import keras
import pytest

from coursetools.lessons.lesson_1 import compile_the_model
from tests.lessons.marking import mark

LOSS, METRIC = "binary_crossentropy", ["binary_accuracy"]


def given(loss=LOSS, metrics=METRIC, optimizer="adam"):
    arguments = {"optimizer": optimizer, "loss": loss, "metrics": metrics}
    return mark(compile_the_model, compile_args=arguments)


RIGHT_LOSSES = [
    "binary_crossentropy",
    "BinaryCrossentropy",
    "bce",
    keras.losses.BinaryCrossentropy(),
    keras.losses.BinaryCrossentropy,
    keras.losses.binary_crossentropy,
    lambda y, p: keras.losses.binary_crossentropy(y, p),
]


@pytest.mark.parametrize("loss", RIGHT_LOSSES, ids=str)
def test_right_loss_in_every_form(loss):
    result = given(loss=loss)
    assert result.score == 3, result.feedback_lines


RIGHT_METRICS = [
    ["binary_accuracy"],
    ["accuracy"],
    ["acc"],
    ("accuracy",),
    [keras.metrics.BinaryAccuracy()],
    [keras.metrics.BinaryAccuracy(name="share_right")],
    [keras.metrics.binary_accuracy],
    ["mae", "binary_accuracy", keras.metrics.AUC()],
]


@pytest.mark.parametrize("metrics", RIGHT_METRICS, ids=str)
def test_right_metric_in_every_form(metrics):
    result = given(metrics=metrics)
    assert result.score == 3, result.feedback_lines


@pytest.mark.parametrize("optimizer", ["adam", "Adam", keras.optimizers.Adam(1e-3)], ids=str)
def test_optimizer_in_every_form(optimizer):
    assert given(optimizer=optimizer).score == 3


WRONG_LOSSES = [
    ("categorical_crossentropy", "With one output this loss is 0 for every prediction"),
    (keras.losses.CategoricalCrossentropy(), "With one output this loss is 0"),
    ("mse", "a mistake that is made with full confidence costs at most 1."),
    (keras.losses.MeanSquaredError(), "costs at most 1."),
    ("mae", "the price grows evenly and has a ceiling of 1."),
    ("hinge", "made for labels -1 and 1"),
    (keras.losses.BinaryCrossentropy(from_logits=True), "Leave `from_logits=True` out."),
    ("binary_crossentropi", "did you mean `binary_crossentropy`?"),
    ("binary crossentropy", "did you mean `binary_crossentropy`?"),
    (None, "There is no `loss`."),
]


@pytest.mark.parametrize(("loss", "words"), WRONG_LOSSES, ids=str)
def test_wrong_loss_is_named(loss, words):
    result = given(loss=loss)
    assert words in " ".join(result.feedback_lines)
    assert result.score <= 1


WRONG_METRICS = [
    (["categorical_accuracy"], "says that all eight answers are right"),
    ([keras.metrics.BinaryAccuracy(threshold=0.9)], "at another threshold than one half"),
    (["mae"], "is a mean error, not the share of right answers."),
    (["auc"], "the share of right answers is"),
    (["binary_acuracy"], "did you mean `binary_accuracy`?"),
    ("binary_accuracy", "`metrics` is a list, even with one metric in it"),
    ([], "There is no metric."),
    (None, "There is no metric."),
]


@pytest.mark.parametrize(("metrics", "words"), WRONG_METRICS, ids=str)
def test_wrong_metric_is_named_and_the_loss_still_counts(metrics, words):
    result = given(metrics=metrics)
    assert words in " ".join(result.feedback_lines)
    assert result.score == 2


def test_one_blank_leaves_the_other_its_points():
    from coursetools import ____

    assert given(metrics=____).score == 2
    assert given(loss=____).score == 1
    both = given(loss=____, metrics=____)
    assert both.score == 0
    assert "Not answered yet." in both.feedback_lines[0]


@pytest.mark.parametrize("rubbish", [None, "adam", [], {}, {"loss": object()}, 5])
def test_rubbish_earns_nothing(rubbish):
    assert mark(compile_the_model, compile_args=rubbish).score == 0
