"""The probe of arguments for `compile`: the loss and each metric on eight fixed predictions.

Names, functions and objects are all right ways to write a loss or a metric, so they are not
compared with anything. They are tried: a tiny network that gives its input back is compiled
with them, one at a time, and evaluated on predictions and labels that everybody has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coursetools.answers import plain
from coursetools.answers.blank import is_blank
from coursetools.answers.kind import UnreadableAnswer
from coursetools.answers.specs import PROBE_LABELS, PROBE_PREDICTIONS
from coursetools.probes.layers import short
from coursetools.probes.untouched import error_content, untouched

_TRIED = ("optimizer", "loss", "metrics")
_MOST = 16
_SHOWN = 200


class NotOneNumber(TypeError):  # noqa: N818 - a finding about the student's metric
    """A loss or a metric gives something else than one number."""


def probe_compile_arguments(arguments: Any) -> dict[str, Any]:
    """Give the plain data of arguments for `compile`, as `CompileArguments` reads it.

    Args:
        arguments: A dict such as `{"optimizer": "adam", "loss": ..., "metrics": [...]}`. Blanks
            in it are named and not tried. Metric objects are put back as they were.

    Raises:
        UnreadableAnswer: It is not a dict.
    """
    if not plain.is_a(arguments, dict):
        raise UnreadableAnswer("That is not a dict of arguments.")
    named = {str(name): value for name, value in list(dict.items(arguments))[:_MOST]}
    open_names = [name for name, value in named.items() if is_blank(value)]
    tried = {name: named[name] for name in _TRIED if name in named and name not in open_names}
    metrics = list(_single(tried.get("metrics")))[:_MOST]
    with untouched():
        trial = _Trial()
        optimizer = trial.optimizer(tried.get("optimizer"))
        loss = trial.loss(tried.get("loss"))
        values: dict[str, float] = {}
        bare = not plain.is_a(tried.get("metrics"), dict, list, tuple)
        for metric in metrics:
            values |= trial.metric(metric, taken=values, bare=bare)
    return {
        "given": [plain.clean(name, _SHOWN) for name in named],
        "blank": [plain.clean(name, _SHOWN) for name in open_names],
        "optimizer": optimizer,
        "loss": loss,
        "metrics": values,
        "loss_shown": plain.shown(tried.get("loss")) if "loss" in tried else "",
        "metrics_shown": [plain.shown(metric) for metric in metrics],
        "error": trial.error,
    }


class _Trial:
    """Tries arguments one at a time and keeps the first error."""

    def __init__(self) -> None:
        import keras
        import numpy as np

        # Named by us: an automatic name would move the count on that names the student's layers.
        inputs = keras.Input((1,), name="probe_input")
        outputs = keras.layers.Identity(name="probe_output")(inputs)
        self._network = keras.Model(inputs, outputs, name="probe")
        self._predictions = np.array(PROBE_PREDICTIONS, np.float32).reshape(-1, 1)
        self._labels = np.array(PROBE_LABELS, np.float32).reshape(-1, 1)
        self.error: dict[str, str] | None = None

    def optimizer(self, optimizer: Any) -> str | None:
        """Give the name of the optimizer's class in small letters, as Keras's own names are."""
        import keras

        if optimizer is None:
            return None
        try:
            found = keras.optimizers.get(optimizer)
        except plain.HOSTILE as error:
            self._note("compile", error)
            return None
        return plain.type_name(found).lower()

    def loss(self, loss: Any) -> float | None:
        """Give the loss on the fixed predictions."""
        return None if loss is None else self._evaluate(loss=loss).get("loss")

    def metric(self, metric: Any, taken: dict[str, float], bare: bool) -> dict[str, float]:
        """Give one metric on the fixed predictions, under a name that is not taken.

        A bare one, in no list, is handed on as it is: Keras refuses it, and so would training.
        """
        with _kept_state(metric):
            # Without a loss Keras evaluates nothing.
            values = self._evaluate(loss="mse", metrics=metric if bare else [metric])
        values.pop("loss", None)
        return {_free_name(plain.clean(name), taken): value for name, value in values.items()}

    def _evaluate(self, **arguments: Any) -> dict[str, float]:
        stage = "compile"
        try:
            self._network.compile(optimizer="sgd", run_eagerly=True, **arguments)
            stage = "evaluate"
            # As `evaluate` does it, without the data set that it would make of eight numbers.
            self._network.reset_metrics()
            found = self._network.test_on_batch(self._predictions, self._labels, return_dict=True)
            return {str(name): _number(value) for name, value in found.items()}
        except plain.HOSTILE as error:
            self._note(stage, error)
            return {}

    def _note(self, stage: str, error: BaseException) -> None:
        if self.error is None:
            self.error = {"stage": stage, **error_content(error)}


class _kept_state:  # noqa: N801 - used like a function, in a `with`
    """Put back what a metric object has counted so far."""

    def __init__(self, metric: Any) -> None:
        variables = getattr(metric, "variables", None)
        self._kept = [
            (variable, variable.numpy())
            for variable in (variables if isinstance(variables, list | tuple) else ())
        ]

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        for variable, value in self._kept:
            variable.assign(value)


def _single(metrics: Any) -> Iterator[Any]:
    """Give the metrics one by one, however they are nested in lists and dicts."""
    if plain.is_a(metrics, dict):
        metrics = list(dict.values(metrics))
    if plain.is_a(metrics, list, tuple):
        for metric in metrics:
            yield from _single(metric)
    elif metrics is not None:
        yield metrics


def _number(value: Any) -> float:
    import numpy as np

    array = np.asarray(value, dtype=np.float64)
    if array.size != 1 or not np.isfinite(array).all():
        raise NotOneNumber(f"It gives `{plain.shown(value)}`, not one finite number.")
    return short(array.item())


def _free_name(name: str, taken: dict[str, float]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
