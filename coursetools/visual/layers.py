"""What the diagrams need to know of a Keras model, read by what its parts have, not by type.

Nothing here imports Keras: a layer is whatever has a name and an output shape, a model whatever
has `layers`. So the diagrams show the model they were given and can be tested without one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any

from coursetools.visual.inputs import NetworkError

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class WeightCount:
    """How many single numbers of a model training may change, and how many it may not.

    trainable: Numbers that training changes.
    frozen: Numbers that it leaves alone.
    """

    trainable: int
    frozen: int

    @property
    def total(self) -> int:
        """All numbers of the model."""
        return self.trainable + self.frozen


def count_weights(model: Any) -> WeightCount:
    """Count a model's trainable and frozen weights, every single number of them.

    Raises:
        NetworkError: It has no weights to ask for, or is not built yet.
    """
    try:
        trainable, frozen = model.trainable_weights, model.non_trainable_weights
    except AttributeError as error:
        raise NetworkError(
            f"A Keras model is needed here, but this is `{type(model).__name__}`."
        ) from error
    return WeightCount(_numbers_in(trainable), _numbers_in(frozen))


def base_of(model: Any) -> Any | None:
    """Return the model nested in `model` that is its base, or None if there is none.

    That is the last one that gives feature maps: augmentation may stand in a model of its own
    before the base, the head in one after it.
    """
    nested = [layer for layer in _layers(model) if hasattr(layer, "layers")]
    with_maps = [layer for layer in nested if len(_shape(layer) or ()) == 4]
    return with_maps[-1] if with_maps else next(iter(nested), None)


def output_shape(layer: Any) -> Shape:
    """Return the shape of a layer's output for one picture, without the batch axis.

    Raises:
        NetworkError: The layer has not been built, so it has no shape yet.
    """
    shape = _shape(layer)
    if shape is None:
        raise NetworkError(
            f"The output shape of `{_name(layer)}` is not known. "
            "Give the model a `keras.Input` or call it once, and draw it again."
        )
    return shape[1:]


def input_shape(model: Any) -> Shape:
    """Return the shape a model takes for one picture, without the batch axis.

    Raises:
        NetworkError: The model has no known input shape.
    """
    shape = getattr(model, "input_shape", None)
    if shape is None:
        raise NetworkError(f"The input shape of `{_name(model)}` is not known: it is not built.")
    return tuple(shape)[1:]


@dataclass(frozen=True)
class HeadSizes:
    """The sizes of a dense head, as its diagram shows them.

    maps: Shape of what enters, for one picture, such as (4, 4, 1280).
    vector: Numbers after the layer that lays the maps out (or averages them).
    laid_out_by: Class name of that layer, such as "Flatten".
    units: Units of each dense layer in order.
    activations: Name of each dense layer's activation, "" for none.
    """

    maps: Shape
    vector: int
    laid_out_by: str
    units: tuple[int, ...]
    activations: tuple[str, ...]

    @property
    def weights(self) -> tuple[int, ...]:
        """Weights of each dense layer, its biases included."""
        inputs = (self.vector, *self.units)
        return tuple((size + 1) * units for size, units in zip(inputs, self.units, strict=False))


def head_sizes(model: Any) -> HeadSizes:
    """Read the sizes of the head that follows the base of a model.

    Args:
        model: A model that holds a base, something that makes a vector, and dense layers.

    Raises:
        NetworkError: It has no nested base, no layer that makes a vector, or no dense layer.
    """
    base = base_of(model)
    if base is None:
        raise NetworkError(
            f"`{_name(model)}` holds no other model that could be its base; "
            f"its layers are `{[_name(layer) for layer in _layers(model)]}`."
        )
    layers = _flat(_layers(model)[_layers(model).index(base) + 1 :])
    dense = [layer for layer in layers if isinstance(getattr(layer, "units", None), int)]
    before = layers[: layers.index(dense[0])] if dense else layers
    to_vector, vector = _first_vector(before, output_shape(base))
    if not dense or to_vector is None:
        raise NetworkError(
            "A head needs a layer that makes a vector (Flatten) and a dense layer after it, but "
            f"after the base come `{[_name(layer) for layer in layers]}`."
        )
    return HeadSizes(
        maps=output_shape(base),
        vector=vector,
        laid_out_by=type(to_vector).__name__,
        units=tuple(layer.units for layer in dense),
        activations=_activations(layers, dense),
    )


def _shape(layer: Any) -> Shape | None:
    shape = getattr(layer, "output_shape", None)
    if shape is None:
        shape = getattr(getattr(layer, "output", None), "shape", None)
    return None if shape is None else tuple(shape)


def _first_vector(layers: list[Any], shape: Shape) -> tuple[Any | None, int]:
    """Return the first layer that makes a vector of what has `shape`, and the vector's length."""
    for layer in layers:
        # Asked, not looked up: the head of a Sequential that was never called has no shapes yet.
        shape = tuple(layer.compute_output_shape((None, *shape)))[1:]
        if len(shape) == 1:
            return layer, shape[0] or 0
    return None, 0


def _activations(layers: list[Any], dense: list[Any]) -> tuple[str, ...]:
    """Return each dense layer's activation, its own or that of the layer that follows it."""
    found = []
    for layer in dense:
        name = _activation(layer)
        following = layers[layers.index(layer) + 1 :][:1]
        if not name and following and following[0] not in dense:
            name = _activation(following[0])
        found.append(name)
    return tuple(found)


def _activation(layer: Any) -> str:
    if type(layer).__name__ in ("ReLU", "Softmax"):
        return type(layer).__name__.lower()
    name = getattr(getattr(layer, "activation", None), "__name__", "")
    return "" if name == "linear" else str(name)


def _flat(layers: list[Any]) -> list[Any]:
    """Replace a head that is nested in a model of its own by its layers."""
    return [
        inner
        for layer in layers
        for inner in (_flat(list(layer.layers)) if hasattr(layer, "layers") else [layer])
    ]


def _layers(model: Any) -> list[Any]:
    try:
        return list(model.layers)
    except AttributeError as error:
        raise NetworkError(
            f"A Keras model is needed here, but this is `{type(model).__name__}`."
        ) from error


def _numbers_in(weights: Iterable[Any]) -> int:
    return sum(prod(weight.shape) for weight in weights)


def _name(layer: Any) -> str:
    return str(getattr(layer, "name", type(layer).__name__))
