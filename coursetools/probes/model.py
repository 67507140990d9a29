"""The probe of a Keras model: its layers, the sizes of its weights, its outputs on five pictures.

Keras gives some models no weights before they first see a picture. Such a model is described
from a copy: the layers that already have weights are used as they are, the others are made anew
from their settings, and the student's own model stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from coursetools.answers import plain
from coursetools.answers.kind import UnreadableAnswer
from coursetools.probes.layers import (
    LayerDescriber,
    layers_inside,
    parameters,
    plain_shape,
    short,
)
from coursetools.probes.untouched import error_content, untouched

PICTURES_SEED = 20260117
PICTURES = 5
SIZE = 128
"""The height and width of the pictures where a model takes any."""

_WEIGHTS_LIMIT = 2_000
_SAMPLE = 64
_LARGEST_INPUT = 20_000_000
_LARGEST_MODEL = 200_000_000


class _NoOutputs(Exception):  # noqa: N818 - a finding, not a failure of the probe
    """The model gives no single array of finite numbers; the class's name is what it does."""


class NotBuilt(_NoOutputs):
    """The model has no weights yet and no copy of it could be made."""


class SeveralInputs(_NoOutputs):
    """The model takes more than one array, or says nothing of its input."""


class SeveralOutputs(_NoOutputs):
    """The model gives something else than one array."""


class NotFinite(_NoOutputs):
    """Some outputs are NaN or infinite."""


class TooLarge(_NoOutputs):
    """The model or its input is too large to be run for a check."""


def probe_model(model: Any) -> dict[str, Any]:
    """Give the plain data of a Keras model, as the kind `Model` of `coursetools.answers` reads it.

    The model is run on five fixed pictures of noise and on an all-zero one, with
    `training=False`; it and all random states are unchanged afterwards.

    Raises:
        UnreadableAnswer: It is not a Keras model.
    """
    import keras

    if not plain.is_a(model, keras.Model):
        raise UnreadableAnswer("That is not a Keras model.")
    size = parameters(model.weights)
    variables = model.variables if size <= _LARGEST_MODEL else ()
    with untouched(variables) as values:
        network = _Network(model) if model.built else _copy_of(model)
        return _described(network, _dimensions(network), size, values)


def describe_chain(layers: list[Any], dimensions: list[int]) -> dict[str, Any]:
    """Give the plain data of layers that are run one after the other, as of a model.

    Args:
        layers: Keras layers that may be called; see `usable`.
        dimensions: The sizes of one input, without the batch.
    """
    import keras

    chain = _Chain(keras.Sequential(), layers)
    return _described(chain, dimensions, parameters(chain.weights()), {})


def _described(
    network: _Network, dimensions: list[int] | None, size: int, values: Mapping[int, Any]
) -> dict[str, Any]:
    outputs, flat = _outputs(network, dimensions, size)
    trainable = parameters(network.trainable_weights())
    return {
        "class": plain.type_name(network.model),
        "input_shape": None if dimensions is None else [None, *dimensions],
        "output_shape": network.output_shape(),
        "trainable_parameters": trainable,
        "frozen_parameters": parameters(network.weights()) - trainable,
        "compiled": bool(network.model.compiled),
        "loss": _short_name(getattr(network.model, "loss", None)),
        "layers": LayerDescriber(network.shapes).describe(network.layers()),
        "weights": _weights(network, values),
        "outputs": outputs,
        "outputs_zero": flat,
    }


class _Network:
    """A model that has its weights, in the terms of the probe."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.shapes: dict[int, list[int | None]] = {}

    def layers(self) -> list[Any]:
        return layers_inside(self.model)

    def weights(self) -> list[Any]:
        return list(self.model.weights)

    def trainable_weights(self) -> list[Any]:
        return list(self.model.trainable_weights)

    def input_shape(self) -> object:
        return _own_shape(self.model, "input_shape")

    def output_shape(self) -> list[int | None] | None:
        shape = plain_shape(_own_shape(self.model, "output_shape"))
        return shape or self.shapes.get(id(self.model))

    def run(self, pictures: Any) -> Any:
        result = self.model(pictures, training=False)
        self.note_shape(self.model, result)
        return result

    def note_shape(self, layer: Any, result: Any) -> None:
        shape = plain_shape(tuple(getattr(result, "shape", ())))
        if shape:
            self.shapes[id(layer)] = [None, *shape[1:]]


class _Chain(_Network):
    """Layers run one after the other: a `Sequential` that has no weights of its own yet."""

    def __init__(self, model: Any, chain: list[Any]) -> None:
        super().__init__(model)
        self._chain = chain

    def layers(self) -> list[Any]:
        return self._chain

    def weights(self) -> list[Any]:
        return [weight for layer in self._chain for weight in layer.weights]

    def trainable_weights(self) -> list[Any]:
        return [weight for layer in self._chain for weight in layer.trainable_weights]

    def run(self, pictures: Any) -> Any:
        for layer in self._chain:
            pictures = layer(pictures, training=False)
            self.note_shape(layer, pictures)
        self.note_shape(self.model, pictures)
        return pictures


class _NoCopy(_Network):
    """A model without weights that could not be copied either: it can only be described."""

    def run(self, pictures: Any) -> Any:
        raise NotBuilt(
            "Keras gives this model its weights when it first sees a picture, and it has seen none."
        )


def _copy_of(model: Any) -> _Network:
    import keras

    try:
        if plain.is_a(model, keras.Sequential):
            return _Chain(model, [usable(layer) for layer in model.layers])
        # A class of the student's own that is made without arguments can be made twice. What it
        # took from around it, such as a pretrained base, is the same object in both.
        return _Network(type(model)())
    except plain.HOSTILE:
        return _NoCopy(model)


def usable(layer: Any) -> Any:
    """Give the layer if it has its weights, else one of its kind with the same settings."""
    return layer if layer.built else type(layer).from_config(layer.get_config())


def _own_shape(model: Any, name: str) -> object:
    try:
        return getattr(model, name)
    except plain.HOSTILE:  # Keras raises for a model that was never part of a graph of layers
        return None


def _dimensions(network: _Network) -> list[int] | None:
    """Give the sizes of one input without the batch, from the model or from a layer in it."""
    shapes = [
        network.input_shape(),
        *(_own_shape(part, "input_shape") for part in network.layers()),
    ]
    if isinstance(shapes[0], list | dict):
        return None
    for shape in shapes:
        sizes = plain_shape(shape)
        if sizes is not None and len(sizes) > 1:
            return [SIZE if size is None else size for size in sizes[1:]]
    return [SIZE, SIZE, 3]


def _outputs(
    network: _Network, dimensions: list[int] | None, size: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what the model makes of the pictures of noise, and of the all-zero one."""
    import numpy as np

    try:
        _look_at_size(dimensions, size)
    except _NoOutputs as error:
        found = {"error": error_content(error)}
        return found, dict(found)
    sizes = tuple(dimensions or ())
    noise = np.random.default_rng(PICTURES_SEED).random((PICTURES, *sizes), np.float32)
    zero = np.zeros((1, *sizes), np.float32)
    both = _together(network, np.concatenate([noise, zero]))
    if both is not None:
        return _tried(lambda: both[:PICTURES]), _tried(lambda: both[PICTURES:])
    return _tried(lambda: network.run(noise)), _tried(lambda: network.run(zero))


def _look_at_size(dimensions: list[int] | None, size: int) -> None:
    if dimensions is None:
        raise SeveralInputs("The model takes more than one input.")
    if size > _LARGEST_MODEL or PICTURES * math.prod(dimensions) > _LARGEST_INPUT:
        raise TooLarge("The model or its input is too large to be run for a check.")


def _together(network: _Network, pictures: Any) -> Any:
    """Run all pictures at once, since a pass of many layers costs the same for one as for six.

    Gives None where that is not one row a picture: an error is then told of each pass by itself.
    """
    import keras
    import numpy as np

    try:
        result = network.run(pictures)
        if isinstance(result, list | tuple | dict) or result is None:
            return None
        values = np.asarray(keras.ops.convert_to_numpy(result))
    except plain.HOSTILE:
        return None
    return values if values.shape[:1] == pictures.shape[:1] else None


def _tried(run: Callable[[], Any]) -> dict[str, Any]:
    try:
        return _sampled(run())
    except plain.HOSTILE as error:
        return {"error": error_content(error)}


def _sampled(result: Any) -> dict[str, Any]:
    import keras
    import numpy as np

    if isinstance(result, list | tuple | dict) or result is None:
        found = "nothing" if result is None else f"{len(result)} outputs"
        raise SeveralOutputs(f"The model gives {found}, not one array.")
    values = np.asarray(keras.ops.convert_to_numpy(result))
    flat = values.reshape(-1)
    if not np.isfinite(flat).all():
        odd = int((~np.isfinite(flat)).sum())
        raise NotFinite(f"{odd} of {flat.size} outputs are NaN or infinite.")
    places = np.linspace(0, max(flat.size - 1, 0), min(_SAMPLE, flat.size)).round().astype(int)
    return {"shape": list(values.shape), "sample": [short(value) for value in flat[places]]}


def _weights(network: _Network, read: Mapping[int, Any]) -> list[dict[str, Any]]:
    """Describe the weights; `read` has the values of those that were read before, by `id`."""
    import numpy as np

    trainable = {id(weight) for weight in network.trainable_weights()}
    described = []
    for weight in network.weights()[:_WEIGHTS_LIMIT]:
        values = read.get(id(weight))
        values = np.asarray(weight.numpy()) if values is None else values
        described.append(
            {
                "shape": list(values.shape),
                "mean": short(values.mean(dtype=np.float64)) if values.size else 0.0,
                "std": short(values.std(dtype=np.float64)) if values.size else 0.0,
                "trainable": id(weight) in trainable,
            }
        )
    return described


def _short_name(thing: Any) -> str | None:
    """Give the name of a loss that may be a string, a function or an object."""
    if thing is None:
        return None
    if isinstance(thing, str):
        return plain.clean(thing)
    name = getattr(thing, "name", None) or getattr(thing, "__name__", None)
    return plain.clean(name) if isinstance(name, str) else plain.type_name(thing)
