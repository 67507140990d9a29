"""Exercise 1.3: loss and metric, judged by what they compute on eight fixed predictions."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping
from typing import Any

from coursetools.answers import CompileArguments
from coursetools.answers.specs import PROBE_LABELS, PROBE_PREDICTIONS, CompileSpec
from coursetools.exercises import Exercise, fail_if, shown

_LOSSES = (
    "binary_crossentropy",
    "binary_focal_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
    "mean_squared_error",
    "mean_absolute_error",
    "hinge",
)
_METRICS = ("binary_accuracy", "accuracy", "categorical_accuracy", "precision", "recall", "auc")

compile_the_model = Exercise(
    number="1.3",
    title="Loss and metric",
    question=(
        "Which loss fits a question with two answers and one probability? And which metric is the "
        "share of pictures that are right, counting a probability over one half as *truck*? Put "
        "them in place of the blanks; `metrics` is a list. Adam stays."
    ),
    answers={"compile_args": CompileArguments()},
    minutes=4,
    hints=(
        "There are two classes, and the word for that is *binary*.",
        "The loss is the one of the curve above: binary and crossentropy, with an underscore.",
        'The metric is binary and accuracy: `metrics=["binary_..."]`.',
    ),
)


@compile_the_model.solution
def _solution() -> dict[str, Any]:
    compile_args = {
        "optimizer": "adam",
        "loss": "binary_crossentropy",
        "metrics": ["binary_accuracy"],
    }
    return {"compile_args": compile_args}


@compile_the_model.check(points=2)
def loss_is_cross_entropy(compile_args: CompileSpec) -> None:
    """The loss is binary cross-entropy: on fixed probabilities it gives the value found by hand."""
    fail_if("loss" in compile_args.blank, "Not answered yet: `loss` is still blank.")
    fail_if(
        "loss" not in compile_args.given or (compile_args.loss is None and not compile_args.error),
        "There is no `loss`. Without one, training has nothing to make small.",
    )
    found = compile_args.loss
    if found is None:
        _fail_as_unknown(compile_args, compile_args.loss_shown, _LOSSES, "loss")
        return
    if math.isclose(found, _mean(_cross_entropy), rel_tol=1e-3):
        return
    for name, feedback in _LOSS_MISTAKES.items():
        fail_if(math.isclose(found, _LOSS_VALUES[name](), rel_tol=1e-3, abs_tol=1e-4), feedback)
    fail_if(
        True,
        f"On eight fixed predictions your loss {shown(compile_args.loss_shown)} gives "
        f"`{found:.4f}`; binary cross-entropy gives `{_mean(_cross_entropy):.4f}`.",
    )


@compile_the_model.check(points=1)
def metric_is_share_of_right_answers(compile_args: CompileSpec) -> str:
    """One metric is the share of right answers at one half."""
    fail_if("metrics" in compile_args.blank, "Not answered yet: `metrics` is still blank.")
    values = list(compile_args.metrics.values())
    right = _share_right(0.5)
    if any(math.isclose(value, right, abs_tol=1e-4) for value in values):
        return ""
    names = ", ".join(compile_args.metrics_shown)
    if not values:
        fail_if(
            compile_args.error is not None and "to be a list" in compile_args.error.message,
            f"`metrics` is a list, even with one metric in it: `metrics=[...]` around "
            f"{shown(names)}.",
        )
        _fail_as_unknown(compile_args, names, _METRICS, "metric")
        fail_if(True, "There is no metric. Give a list with one name: `metrics=[...]`.")
    fail_if(
        any(math.isclose(value, 1.0, abs_tol=1e-6) for value in values),
        f"{shown(names)} says that all eight answers are right, whatever the predictions: with one "
        "column, the largest is always the first. Take the accuracy for two classes.",
    )
    for threshold in (0.9, 0.75, 0.6, 0.4, 0.25, 0.1):
        fail_if(
            any(math.isclose(value, _share_right(threshold), abs_tol=1e-4) for value in values),
            f"{shown(names)} counts right answers at another threshold than one half.",
        )
    fail_if(
        any(math.isclose(value, _mean(_absolute), rel_tol=1e-3) for value in values),
        f"{shown(names)} is a mean error, not the share of right answers.",
    )
    fail_if(
        True,
        f"On eight fixed predictions {shown(names)} gives `{values[0]:.4f}`; the share of right "
        f"answers is `{right:.4f}`.",
    )
    return ""


def _fail_as_unknown(
    arguments: CompileSpec, written: str, known: tuple[str, ...], what: str
) -> None:
    """Say what Keras said, and the nearest name if the student's is only misspelt."""
    error = arguments.error
    bare = written.strip("'\"[]")
    near = difflib.get_close_matches(bare.lower(), known, n=1, cutoff=0.6)
    fail_if(
        bool(near) and near[0] != bare,
        f"Keras knows no {what} {shown(bare)}; did you mean `{near[0] if near else ''}`?",
    )
    fail_if(
        error is not None and "parse" not in bare,
        f"With the {what} {shown(bare)} Keras stops: {shown(error.message if error else '')}.",
    )


def _cross_entropy(label: float, p: float) -> float:
    return -math.log(p) if label else -math.log(1 - p)


def _cross_entropy_of_logit(label: float, p: float) -> float:
    return _cross_entropy(label, 1 / (1 + math.exp(-p)))


def _squared(label: float, p: float) -> float:
    return (label - p) ** 2


def _absolute(label: float, p: float) -> float:
    return abs(label - p)


def _hinge(label: float, p: float) -> float:
    return max(0.0, 1 - (2 * label - 1) * p)


def _mean(cost: Callable[[float, float], float]) -> float:
    costs = list(map(cost, PROBE_LABELS, PROBE_PREDICTIONS))
    return sum(costs) / len(costs)


def _share_right(threshold: float) -> float:
    return _mean(lambda label, p: float((p > threshold) == bool(label)))


_LOSS_VALUES: Mapping[str, Callable[[], float]] = {
    "categorical": lambda: 0.0,
    "logits": lambda: _mean(_cross_entropy_of_logit),
    "squared": lambda: _mean(_squared),
    "absolute": lambda: _mean(_absolute),
    "hinge": lambda: _mean(_hinge),
}
_LOSS_MISTAKES: Mapping[str, str] = {
    "categorical": (
        "With one output this loss is 0 for every prediction, right or wrong, so nothing would be "
        "learned. It is made for several outputs, one a class."
    ),
    "logits": (
        "Your model ends in a sigmoid already, so these are probabilities and no logits. Leave "
        "`from_logits=True` out."
    ),
    "squared": (
        "It trains, but a mistake that is made with full confidence costs at most 1. "
        "Cross-entropy has no such ceiling."
    ),
    "absolute": (
        "It trains, but the price grows evenly and has a ceiling of 1. Cross-entropy makes "
        "confident mistakes expensive."
    ),
    "hinge": (
        "This loss is made for labels -1 and 1; ours are 0 and 1. Take the cross-entropy for two "
        "classes."
    ),
}
