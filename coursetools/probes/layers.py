"""One layer of a Keras model as plain data, with the layers inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from coursetools.answers import plain

LAYERS_LIMIT = 600
"""The most layers that are described, counting those inside others."""

_LEVELS = 6
_POINTS = ((-2.0, -1.0, 0.0, 1.0, 2.0),)
_ACTIVATION_LAYERS = {"ReLU", "LeakyReLU", "ELU", "Softmax", "Activation"}


class LayerDescriber:
    """Describes layers until `LAYERS_LIMIT` of them have been described."""

    def __init__(self, shapes: Mapping[int, list[int | None]] | None = None) -> None:
        """Take output shapes, by `id` of the layer, that the layers themselves cannot tell."""
        self._shapes = shapes or {}
        self._left = LAYERS_LIMIT

    def describe(self, layers: Iterable[Any], level: int = 0) -> list[dict[str, Any]]:
        """Give the plain data of each layer, in order, without the input layers."""
        described = []
        for layer in layers:
            if plain.type_name(layer) == "InputLayer":
                continue
            if self._left == 0:
                break
            self._left -= 1
            described.append(self._one(layer, level))
        return described

    def _one(self, layer: Any, level: int) -> dict[str, Any]:
        inner = layers_inside(layer) if level < _LEVELS else []
        return {
            "class": plain.type_name(layer),
            "bases": _bases(layer),
            "name": plain.clean(str(layer.name)),
            "output_shape": self._shapes.get(id(layer)) or _output_shape(layer),
            "trainable": bool(layer.trainable),
            "trainable_parameters": parameters(layer.trainable_weights),
            "frozen_parameters": parameters(layer.non_trainable_weights),
            "units": _units(layer),
            "activation": _activation_name(layer),
            "activation_values": _activation_values(layer),
            "layers": self.describe(inner, level + 1) if inner else None,
        }


def layers_inside(layer: Any) -> list[Any]:
    """Give the layers that a layer is made of: those of a model, or of a layer of one's own."""
    try:
        # A layer that is no model keeps its parts in `_layers`; Keras has no public name for it.
        found = layer.layers if hasattr(layer, "layers") else getattr(layer, "_layers", [])
        return [inner for inner in found if inner is not layer]
    except plain.HOSTILE:
        return []


def parameters(weights: Iterable[Any]) -> int:
    """Count the numbers in some weights."""
    import math

    return sum(math.prod(weight.shape) for weight in weights)


def plain_shape(shape: object) -> list[int | None] | None:
    """Give one shape as a list with None for any size; None for anything else."""
    if not isinstance(shape, tuple | list) or not shape:
        return None
    if not all(size is None or type(size) is int for size in shape):
        return None
    return list(shape)


def _bases(layer: Any) -> list[str]:
    import keras

    return [
        base.__name__
        for base in type(layer).__mro__
        if issubclass(base, keras.layers.Layer) and base.__module__.split(".")[0] == "keras"
    ]


def _output_shape(layer: Any) -> list[int | None] | None:
    try:
        return plain_shape(tuple(layer.output.shape))
    except plain.HOSTILE:  # a layer that never stood in a graph of layers has no one output
        return None


def _units(layer: Any) -> int | None:
    units = getattr(layer, "units", None)
    return units if type(units) is int else None


def _activation_name(layer: Any) -> str | None:
    activation = getattr(layer, "activation", None)
    if activation is None or not callable(activation):
        return None
    name = getattr(activation, "__name__", None)
    return plain.clean(name) if isinstance(name, str) else plain.type_name(activation)


def _activation_values(layer: Any) -> list[float] | None:
    """Give the layer's activation at -2, -1, 0, 1 and 2, taken together as one picture's row."""
    import keras
    import numpy as np

    function = getattr(layer, "activation", None)
    if function is None and plain.type_name(layer) in _ACTIVATION_LAYERS:
        function = layer.call
    if not callable(function):
        return None
    try:
        row = np.asarray(keras.ops.convert_to_numpy(function(keras.ops.array(_POINTS, "float32"))))
    except plain.HOSTILE:
        return None
    if row.shape != (1, 5) or not np.isfinite(row).all():
        return None
    return [short(value) for value in row[0]]


def short(value: Any) -> float:
    """Give a float32 with the eight digits that tell it from its neighbours nearly always."""
    return float(f"{float(value):.8g}")
