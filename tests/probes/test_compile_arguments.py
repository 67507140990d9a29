"""The probe of arguments for `compile`: every way to write them, and what cannot be evaluated."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest

from coursetools.answers import CompileArguments, ____
from coursetools.answers.specs import PROBE_LABELS, PROBE_PREDICTIONS, CompileSpec
from coursetools.probes import probe_compile_arguments

keras = pytest.importorskip("keras")


def tried(**arguments: Any) -> CompileSpec:
    data = CompileArguments().capture(arguments, probe_compile_arguments)
    assert data["state"] == "given", data["reason"]
    spec: CompileSpec = CompileArguments().read(json.loads(json.dumps(data["content"])))
    return spec


def cross_entropy() -> float:
    label, said = np.array(PROBE_LABELS), np.array(PROBE_PREDICTIONS)
    return float(-np.mean(label * np.log(said) + (1 - label) * np.log(1 - said)))


@pytest.mark.parametrize(
    "loss",
    [
        "binary_crossentropy",
        keras.losses.BinaryCrossentropy(),
        keras.losses.BinaryCrossentropy,
        keras.losses.binary_crossentropy,
    ],
)
def test_a_loss_however_it_is_written(loss: Any) -> None:
    spec = tried(optimizer="adam", loss=loss)
    assert spec.loss == pytest.approx(cross_entropy(), rel=1e-4)
    assert (spec.given, spec.blank, spec.error) == (("optimizer", "loss"), (), None)


@pytest.mark.parametrize(
    "metrics",
    [
        ["binary_accuracy"],
        ["accuracy"],
        [keras.metrics.BinaryAccuracy()],
        {"output": ["acc"]},
        (keras.metrics.BinaryAccuracy,),
    ],
)
def test_a_metric_however_it_is_written(metrics: Any) -> None:
    right = np.mean((np.array(PROBE_PREDICTIONS) > 0.5) == np.array(PROBE_LABELS))
    assert list(tried(metrics=metrics).metrics.values()) == [pytest.approx(right)]


def test_a_metric_in_no_list_is_refused_as_keras_refuses_it() -> None:
    spec = tried(metrics="accuracy")
    assert spec.metrics == {}
    assert spec.metrics_shown == ("'accuracy'",)
    assert spec.error is not None
    assert "to be a list" in spec.error.message


def test_each_metric_is_tried_by_itself() -> None:
    spec = tried(metrics=["nonsense", "mae", keras.metrics.MeanAbsoluteError(name="mae")])
    assert list(spec.metrics) == ["mae", "mae_2"]
    assert spec.metrics_shown[0] == "'nonsense'"
    assert spec.error is not None
    assert "nonsense" in spec.error.message


@pytest.mark.parametrize(
    ("arguments", "stage", "words"),
    [
        ({"loss": "abc"}, "evaluate", "abc"),
        ({"optimizer": "adum"}, "compile", "adum"),
        ({"loss": "sparse_categorical_crossentropy"}, "evaluate", "label"),
        ({"loss": lambda label, said: 1 / 0}, "evaluate", "division"),
        ({"metrics": [lambda label, said: float("nan")]}, "evaluate", "one finite number"),
    ],
)
def test_what_cannot_be_evaluated(arguments: dict[str, Any], stage: str, words: str) -> None:
    spec = tried(**arguments)
    assert spec.error is not None
    assert (spec.error.stage, spec.loss, dict(spec.metrics)) == (stage, None, {})
    assert words in spec.error.message


@pytest.mark.parametrize(
    ("optimizer", "name"), [("adam", "adam"), ("SGD", "sgd"), (None, None), (object(), None)]
)
def test_optimizers_name(optimizer: Any, name: str | None) -> None:
    assert tried(optimizer=optimizer).optimizer == name


def test_an_optimizer_of_ones_own_is_not_used() -> None:
    optimizer = keras.optimizers.Adam()
    assert tried(optimizer=optimizer).optimizer == "adam"
    assert not optimizer.built


def test_a_metric_of_ones_own_keeps_its_count() -> None:
    metric = keras.metrics.BinaryAccuracy()
    metric.update_state([[1.0], [0.0]], [[0.9], [0.8]])
    random_state = random.getstate()
    tried(metrics=[metric])
    assert float(metric.result()) == pytest.approx(0.5)
    assert random.getstate() == random_state


def test_blanks_are_named_and_not_tried() -> None:
    spec = tried(optimizer="adam", loss="mse", metrics=[____])
    assert (spec.blank, spec.metrics_shown, dict(spec.metrics)) == (("metrics",), (), {})
    assert spec.loss is not None
