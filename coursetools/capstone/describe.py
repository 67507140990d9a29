"""A student's Keras model as a recipe and plain arrays. Runs beside the student only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from coursetools.answers import plain
from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.allowed import RULES
from coursetools.capstone.recipe import (
    INPUT,
    NODES,
    Node,
    OutsideTheListError,
    Recipe,
    outside,
    read_recipe,
    written,
)
from coursetools.capstone.weights_file import Array, Arrays

_FIXED: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "Conv2D": {"groups": (1,), "data_format": ("channels_last",)},
    "SeparableConv2D": {"data_format": ("channels_last",)},
    "DepthwiseConv2D": {"data_format": ("channels_last",)},
    "MaxPooling2D": {"data_format": ("channels_last",)},
    "AveragePooling2D": {"data_format": ("channels_last",)},
    "BatchNormalization": {"axis": (-1, 1, 3)},
    "LayerNormalization": {"axis": (-1, 3, [-1], [3]), "rms_scaling": (False,)},
    "Concatenate": {"axis": (-1, 3)},
    "ReLU": {"max_value": (None,), "negative_slope": (0, None), "threshold": (0, None)},
    "GlobalAveragePooling2D": {"keepdims": (False,)},
    "GlobalMaxPooling2D": {"keepdims": (False,)},
}
"""Settings that a recipe does not name, and what they have to be."""


def describe(model: Any, tag: str = "") -> tuple[Recipe, Arrays]:
    """Give a model's recipe and its weights.

    Raises:
        OutsideTheListError: A layer is outside the published list; the text names it.
        UnreadableAnswer: It is no Keras model of one input and one output, or has no weights yet.
    """
    import keras

    if not plain.is_a(model, keras.Model):
        raise UnreadableAnswer("That is not a Keras model.")
    if not model.built:
        raise UnreadableAnswer("It has no weights yet. Train it first.")
    describer = _Describer()
    describer.add(model, 0)
    recipe = read_recipe(written(Recipe(tuple(describer.nodes), tag)))
    return recipe, describer.arrays


class _Describer:
    """Collects the layers of a model, of models inside it too, as one row of nodes."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.arrays: dict[int, list[Array]] = {}
        self._seen: set[int] = set()

    def add(self, layer: Any, source: int) -> int:
        """Add a layer or a model that takes one node, and give the node that it ends in."""
        import keras

        if plain.is_a(layer, keras.Sequential):
            for inner in layer.layers:
                source = self.add(inner, source)
            return source
        if type(layer) is keras.Model or plain.type_name(layer) == "Functional":
            return self._graph(layer, source)
        return self._layer(layer, (source,))

    def _graph(self, model: Any, source: int) -> int:
        """Add a functional model: each layer after those that it takes."""
        if len(model.inputs) != 1 or len(model.outputs) != 1:
            raise UnreadableAnswer("It takes or gives more than one array.")
        config = {layer["name"]: layer for layer in model.get_config()["layers"]}
        ends: dict[str, int] = {}
        for layer in model.layers:
            if plain.type_name(layer) == "InputLayer":
                ends[layer.name] = source
                continue
            calls = config[layer.name]["inbound_nodes"]
            if len(calls) != 1:
                raise UnreadableAnswer(f"The layer `{layer.name}` is used more than once.")
            sources = tuple(ends[name] for name in _taken(calls[0]))
            ends[layer.name] = (
                self.add(layer, sources[0]) if len(sources) == 1 else self._layer(layer, sources)
            )
        return ends[_last(model)]

    def _layer(self, layer: Any, sources: tuple[int, ...]) -> int:
        name = plain.type_name(layer)
        if name == "InputLayer":
            return sources[0]
        if name not in RULES or not _is_keras_s(layer, name):
            raise OutsideTheListError(outside(name))
        if id(layer) in self._seen:
            raise UnreadableAnswer(f"The layer `{layer.name}` is used more than once.")
        if len(self.nodes) >= NODES:
            raise UnreadableAnswer(f"It has more than {NODES} layers.")
        self._seen.add(id(layer))
        self.nodes.append(Node(name, _arguments(layer, name), sources))
        node = len(self.nodes)
        weights = [] if RULES[name].passes else layer.get_weights()
        self.arrays[node] = [np.asarray(weight, np.float32) for weight in weights]
        return node


def _is_keras_s(layer: Any, name: str) -> bool:
    """Say whether a layer is of Keras's own class of that name, and of no other called so."""
    import keras

    return type(layer) is getattr(keras.layers, name)


def _arguments(layer: Any, name: str) -> dict[str, Any]:
    for setting, allowed in _FIXED.get(name, {}).items():
        value: Any = getattr(layer, setting, allowed[0])
        value = list(value) if plain.is_a(value, tuple) else value
        if value not in allowed:
            raise OutsideTheListError(
                f"`{name}` with `{setting}={plain.shown(value)}` is not on the capstone's list."
            )
    return {
        argument: _plain_value(getattr(layer, argument), name) for argument in RULES[name].arguments
    }


def _plain_value(value: Any, layer: str) -> Any:
    """Give a setting as JSON has it: pairs as lists, an activation by its name."""
    if callable(value):
        return _activation(value, layer)
    if plain.is_a(value, list, tuple):
        return [_plain_value(item, layer) for item in value]
    return value.item() if isinstance(value, np.generic) else value


def _activation(function: Any, layer: str) -> str:
    name = getattr(function, "__name__", plain.type_name(function))
    module = str(getattr(function, "__module__", "")).partition(".")[0]
    if module not in ("keras", "tensorflow"):
        raise OutsideTheListError(
            f"The activation `{plain.clean(str(name), 60)}` of a `{layer}` is your own; the "
            "capstone's list has Keras's, such as `relu`."
        )
    return str(name)


def _taken(call: Mapping[str, Any]) -> Iterator[str]:
    """Give the names of the layers whose outputs a call takes, in order."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, Mapping):
            history = value.get("config", {}).get("keras_history") if "config" in value else None
            if history:
                found.append(str(history[0]))
                return
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(inner)

    walk(call["args"])
    walk(call["kwargs"])
    return iter(found)


def _last(model: Any) -> str:
    outputs = model.get_config()["output_layers"]
    first = outputs[0] if isinstance(outputs[0], list | tuple) else outputs
    return str(first[0])


def takes_pictures(model: Any) -> bool:
    """Say whether a model takes pictures of the capstone's size."""
    return tuple(getattr(model, "input_shape", ()) or ())[1:] in (INPUT, (None, None, 3))
