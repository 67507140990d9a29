"""Things that look like Keras models to a diagram: names, shapes, weights, layers."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np


def relu() -> None: ...


def sigmoid() -> None: ...


class Flatten(SimpleNamespace):
    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return (None, int(np.prod(shape[1:])))


class Dense(SimpleNamespace):
    pass


class ReLU(SimpleNamespace):
    pass


@dataclass
class Model:
    """A model of layers, with weights given by their shapes."""

    name: str
    input_shape: tuple[int | None, ...] = (None, 16, 16, 3)
    output_shape: tuple[int | None, ...] = (None, 1)
    layers: list[Any] = field(default_factory=list)
    trainable_weights: list[Any] = field(default_factory=list)
    non_trainable_weights: list[Any] = field(default_factory=list)
    built: bool = True

    def __call__(self, pictures: np.ndarray, training: bool) -> np.ndarray:
        assert training is False
        shape = (len(pictures), *self.output_shape[1:])
        return np.linspace(0, 1, int(np.prod(shape))).reshape(shape)


def weights(*shapes: tuple[int, ...]) -> list[SimpleNamespace]:
    return [SimpleNamespace(shape=shape) for shape in shapes]


def base(*, trainable: bool = False) -> Model:
    """A base of 100 weights that turns 16x16x3 into 2x2x5."""
    inside = weights((4, 20), (20,))
    return Model(
        "small_base",
        output_shape=(None, 2, 2, 5),
        layers=[Flatten(name="something")],
        trainable_weights=inside if trainable else [],
        non_trainable_weights=[] if trainable else inside,
    )


def classifier(units: int = 3) -> Model:
    """The base with Flatten, Dense(units, relu), Dense(1, sigmoid) on it."""
    below = base()
    return Model(
        "classifier",
        layers=[
            below,
            Flatten(name="flatten"),
            Dense(name="hidden", units=units, activation=relu, output_shape=(None, units)),
            Dense(name="answer", units=1, activation=sigmoid, output_shape=(None, 1)),
        ],
        trainable_weights=weights((20, units), (units,), (units, 1), (1,)),
        non_trainable_weights=below.non_trainable_weights,
    )
