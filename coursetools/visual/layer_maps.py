"""All feature maps of a model for one picture, from one run of the model.

Keras is imported when the model is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from coursetools.visual.inputs import Floats, NetworkError, as_picture

# What ends a step of a network: its maps are what the next step works on.
_ENDS = ("ReLU", "LeakyReLU", "PReLU", "Activation", "Add", "Concatenate")
_CONVOLUTIONS = ("Conv2D", "DepthwiseConv2D", "SeparableConv2D")


class LayerMaps:
    """A model, asked for the maps of many layers at once.

    Attributes:
        names: The layers, from the picture to the output.
        size: Height and width of the pictures it takes.
    """

    def __init__(self, model: Any, names: Sequence[str] | None = None) -> None:
        """Choose the layers.

        Args:
            model: A built Keras model of one picture, or one in which a base is nested.
            names: Layers that give maps; None takes the first convolution and every layer with a
                bend, a sum or a pooling.

        Raises:
            NetworkError: There is no such layer, none that gives maps, or no fixed input size.
        """
        import keras

        base, before = _base(model)
        known = {layer.name: layer for layer in base.layers if _gives_maps(layer)}
        chosen = _worth_seeing(known) if names is None else list(names)
        missing = [name for name in chosen if name not in known]
        if missing or not chosen:
            raise NetworkError(
                f"`{base.name}` has no layer of feature maps called `{missing[:3]}`. "
                f"It has, for instance, `{list(known)[:8]}`."
            )
        shape = tuple(model.input_shape[1:])
        if len(shape) != 3 or None in shape:
            raise NetworkError(
                f"The model must take pictures of a fixed size, but its input is `{shape}`."
            )
        self.names = tuple(chosen)
        self.size: tuple[int, int] = shape[:2]
        self._before = before
        # One input, not a list of one: Keras would warn when it is given one array.
        self._inner = keras.Model(base.inputs[0], [known[name].output for name in chosen])

    def __call__(self, picture: Any) -> list[Floats]:
        """Run the model once, and return each layer's maps, float32 of shape (h', w', maps).

        Raises:
            PictureError: The picture has another shape, type or range.
        """
        return [maps[0] for maps in self.of_many(as_picture(picture)[None])]

    def of_many(self, pictures: Floats) -> list[Floats]:
        """Return each layer's maps of some checked pictures, shape (n, h', w', maps) each."""
        values: Any = pictures
        for layer in self._before:
            values = layer(values, training=False)
        found = self._inner(values, training=False)
        # With one output, Keras may hand it back without a list around it.
        maps = found if isinstance(found, list | tuple) else [found]
        return [np.asarray(one, np.float32) for one in maps]


def _base(model: Any) -> tuple[Any, list[Any]]:
    """Return the model with the most layers of maps, and what lies before it."""
    candidates = [model, *(layer for layer in _layers(model) if hasattr(layer, "layers"))]
    base = max(candidates, key=lambda one: sum(map(_gives_maps, _layers(one))))
    if base is model:
        return model, []
    place = model.layers.index(base)
    before = [one for one in model.layers[:place] if type(one).__name__ != "InputLayer"]
    return base, before


def _layers(model: Any) -> Iterator[Any]:
    yield from getattr(model, "layers", ())


def _gives_maps(layer: Any) -> bool:
    if hasattr(layer, "layers"):
        return False
    output = getattr(layer, "output", None)
    return len(getattr(output, "shape", ())) == 4


def _worth_seeing(known: dict[str, Any]) -> list[str]:
    convolutions = [name for name, one in known.items() if type(one).__name__ in _CONVOLUTIONS]
    ends = [name for name, layer in known.items() if _ends_a_step(layer)]
    first = convolutions[:1]
    return list(dict.fromkeys([*first, *ends])) if ends else convolutions


def _ends_a_step(layer: Any) -> bool:
    name = type(layer).__name__
    if name in _CONVOLUTIONS:
        return getattr(layer.activation, "__name__", "linear") != "linear"
    return name in _ENDS or name.endswith("Pooling2D")
