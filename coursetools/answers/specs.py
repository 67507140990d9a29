"""What checks see of models, compile arguments, histories and functions: frozen and plain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

# Chosen so that a mistake shows: whichever way the threshold moves from .5, the share of right
# answers never comes back to its value there, and precision, recall and the share of the larger
# class differ from it too. No prediction stands at a threshold anyone would choose.
PROBE_LABELS = (1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0)
"""Labels of the eight fixed predictions, to be given to Keras in shape (8, 1)."""

PROBE_PREDICTIONS = (0.63, 0.12, 0.74, 0.47, 0.96, 0.27, 0.83, 0.53)
"""Probabilities that losses and metrics are tried on, to be given to Keras in shape (8, 1)."""


@dataclass(frozen=True)
class ErrorSpec:
    """An exception that the student's object raised when it was tried."""

    type: str
    """The class of the exception."""
    message: str
    """Its text, shortened."""
    stage: str = ""
    """What was being tried, such as `"compile"`."""


@dataclass(frozen=True)
class LayerSpec:
    """One layer, or a model inside a model."""

    class_name: str
    """Its class, such as `"Dense"`."""
    bases: tuple[str, ...]
    """Keras's classes among its ancestors, itself included."""
    name: str
    """Its own name."""
    output_shape: tuple[int | None, ...] | None
    """The shape it gives, the batch first; None if it has none or several."""
    trainable: bool
    """Its switch; its weights may say otherwise."""
    trainable_parameters: int
    """How many numbers training would change in it."""
    frozen_parameters: int
    """How many numbers training would leave alone."""
    units: int | None
    """Units of a dense layer."""
    activation: str | None
    """The activation's name."""
    activation_values: tuple[float, ...] | None
    """What the activation gives for -2, -1, 0, 1 and 2."""
    layers: tuple[LayerSpec, ...]
    """The layers of a model inside a model, in order of use."""

    def is_a(self, *class_names: str) -> bool:
        """Say whether it is one of Keras's classes or comes from one."""
        return any(name in (self.class_name, *self.bases) for name in class_names)

    @property
    def parameters(self) -> int:
        """All its parameters."""
        return self.trainable_parameters + self.frozen_parameters

    def walk(self) -> Iterator[LayerSpec]:
        """Go through the layer, or through the layers of a model inside a model."""
        if not self.layers:
            yield self
        for layer in self.layers:
            yield from layer.walk()


@dataclass(frozen=True)
class WeightSpec:
    """One array of weights."""

    shape: tuple[int, ...]
    """Its shape."""
    mean: float
    """Mean of its values."""
    std: float
    """Standard deviation of its values."""
    trainable: bool
    """Whether training would change it."""


@dataclass(frozen=True)
class OutputSpec:
    """What a model gives for fixed pictures."""

    shape: tuple[int, ...]
    """The shape of the output, the batch first: five random pictures, or one of zeros."""
    sample: tuple[float, ...]
    """At most 64 of its values, spread evenly; all finite."""


@dataclass(frozen=True)
class ModelSpec:
    """A Keras model as data."""

    class_name: str
    """Its class, such as `"Sequential"`."""
    input_shape: tuple[int | None, ...] | None
    """The shape it takes, the batch first."""
    output_shape: tuple[int | None, ...] | None
    """The shape it gives, the batch first."""
    trainable_parameters: int
    """How many numbers training would change."""
    frozen_parameters: int
    """How many numbers training would leave alone."""
    compiled: bool
    """Whether it was compiled."""
    loss: str | None
    """The name of the loss it was compiled with."""
    layers: tuple[LayerSpec, ...]
    """Its layers, in order of use."""
    weights: tuple[WeightSpec, ...]
    """Its arrays of weights, in the model's order."""
    outputs: OutputSpec | None
    """What it gives for five fixed random pictures; None if it raised."""
    outputs_zero: OutputSpec | None
    """What it gives for one picture of zeros; None if it raised."""
    error: ErrorSpec | None
    """What it raised when it was run."""

    @property
    def parameters(self) -> int:
        """All its parameters."""
        return self.trainable_parameters + self.frozen_parameters

    def walk(self) -> Iterator[LayerSpec]:
        """Go through all layers, into models inside the model."""
        for layer in self.layers:
            yield from layer.walk()


@dataclass(frozen=True)
class CompileSpec:
    """Arguments of `compile`, tried on the eight fixed predictions."""

    given: tuple[str, ...]
    """Names of the arguments."""
    blank: tuple[str, ...]
    """Names of those that are still blank."""
    optimizer: str | None
    """The optimizer's name."""
    loss: float | None
    """What the loss gives; None if there is none or it failed."""
    metrics: Mapping[str, float]
    """What each metric gives, by its name."""
    loss_shown: str
    """How the loss was written."""
    metrics_shown: tuple[str, ...]
    """How each metric was written."""
    error: ErrorSpec | None
    """What compiling or evaluating raised."""


@dataclass(frozen=True)
class HistorySpec:
    """The curves of one training. Epochs count from `first_epoch`, which is nearly always 1."""

    series: Mapping[str, tuple[float, ...]]
    """The curves by name: `loss`, `val_loss`, `binary_accuracy`, `val_binary_accuracy`."""
    renamed: Mapping[str, str]
    """Which curves had another name: `{"binary_accuracy": "acc"}`."""
    others: tuple[str, ...]
    """Names of curves that the course does not use."""
    first_epoch: int = 1
    """The number of the first epoch, as Keras prints it."""

    @property
    def epochs(self) -> int:
        """How many epochs it has; all curves are of one length."""
        return max((len(curve) for curve in self.series.values()), default=0)

    @property
    def loss(self) -> tuple[float, ...]:
        """The training loss; empty if it was not recorded."""
        return self.series.get("loss", ())

    @property
    def val_loss(self) -> tuple[float, ...]:
        """The validation loss; empty if it was not recorded."""
        return self.series.get("val_loss", ())

    @property
    def accuracy(self) -> tuple[float, ...]:
        """The training accuracy; empty if it was not recorded."""
        return self.series.get("binary_accuracy", ())

    @property
    def val_accuracy(self) -> tuple[float, ...]:
        """The validation accuracy; empty if it was not recorded."""
        return self.series.get("val_binary_accuracy", ())

    def epochs_near_least(self, name: str, within: float = 0.0) -> tuple[int, ...]:
        """Give the epochs at which a curve is at most `within` above its least value."""
        curve = self.series.get(name, ())
        least = min(curve, default=0.0)
        return tuple(
            epoch for epoch, value in enumerate(curve, self.first_epoch) if value <= least + within
        )


@dataclass(frozen=True, eq=False)
class CaseResult:
    """What a student's function gave for one case."""

    arguments: tuple[Any, ...]
    """What it was called with."""
    value: Any = None
    """None, true or false, a number, a text, a read-only array, or a tuple of these.

    None also where it gave something that is none of them; `type` says what.
    """
    type: str = ""
    """The name of the type of what it gave; `"NoneType"` if it returned nothing."""
    shown: str = ""
    """One line that shows what it gave."""
    error: ErrorSpec | None = None
    """What it raised; then there is no value."""
    changed: tuple[int, ...] = ()
    """Which of its arguments it changed, counted from 0."""

    @property
    def number(self) -> int | float | None:
        """The value as a number, also from an array of one; None if it is none."""
        value = self.value
        if type(value) in (int, float):
            number: int | float = value
            return number
        array = self.array
        return None if array is None or array.size != 1 else float(array.reshape(-1)[0])

    @property
    def array(self) -> ndarray | None:
        """The value as a float64 array, also from lists of numbers; None if it is none.

        NaN and infinities may be in it. True and false are no numbers.
        """
        import numpy as np

        if type(self.value) not in (tuple, np.ndarray):
            return None
        try:
            array = np.asarray(self.value)
        except ValueError:  # rows of different lengths
            return None
        return array.astype(np.float64) if array.dtype.kind in "if" and array.size else None


@dataclass(frozen=True, eq=False)
class FunctionSpec:
    """A function by what it gave for the exercise's cases."""

    results: tuple[CaseResult, ...]
    """The cases in declared order."""

    @property
    def raised(self) -> tuple[CaseResult, ...]:
        """The cases in which it raised."""
        return tuple(result for result in self.results if result.error)
