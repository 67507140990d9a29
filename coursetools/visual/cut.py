"""A network cut behind a layer: its maps on one side, what the rest makes of them on the other.

So a channel can be switched off, and the change of the answer read. Keras is imported inside the
functions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from coursetools.visual.inputs import Floats, NetworkError
from coursetools.visual.layer_fields import Field, layer_fields
from coursetools.visual.layer_maps import LayerMaps
from coursetools.visual.layers import base_of

Step = Callable[[Any], Any]

_SAME_ANSWER = 1e-3


class NetworkCuts:
    """A model with one probability as output, and where it can be cut.

    Attributes:
        names: The layers whose maps can be asked, from the picture to the output.
        size: Height and width of the pictures it takes.
    """

    def __init__(self, model: Any, names: list[str] | tuple[str, ...] | None = None) -> None:
        """Choose the layers.

        Args:
            model: A built Keras model of one picture size: a base, nested as one layer or laid
                out in the model itself, then a head.
            names: Layers of the base; None takes those that end a step.

        Raises:
            NetworkError: There is no such layer, or none that gives maps, or no fixed size.
        """
        asked = LayerMaps(model, names)
        self.names = asked.names
        self.size = asked.size
        self._model = model
        inner = base_of(model)
        held = inner is not None and {one.name for one in inner.layers} >= set(self.names)
        self._base: Any = inner if held else model
        self._fields = layer_fields(self._base)
        self._before: dict[str, LayerMaps] = {}
        self._behind: dict[str, Step | None] = {}

    def probabilities(self, pictures: Floats) -> Floats:
        """Return the model's answers, shape (n,)."""
        return _flat(self._model(pictures, training=False))

    def maps(self, layer: str, pictures: Floats) -> Floats:
        """Return a layer's maps of some pictures, float32 of shape (n, h', w', channels)."""
        return self._layer_maps(layer).of_many(pictures)[0]

    def field(self, layer: str) -> Field:
        """Return where in the picture the layer's units look.

        Raises:
            NetworkError: The layer's place is not known.
        """
        if layer not in self._fields:
            raise NetworkError(f"Where the units of `{layer}` look is not known.")
        return self._fields[layer]

    def answers(self, layer: str, maps: Floats) -> Floats:
        """Return the probabilities that the rest of the model gives for maps of a layer.

        Raises:
            NetworkError: Another path leads around the layer, so its maps are not all there is.
        """
        rest = self._checked_rest(layer)
        if rest is None:
            raise NetworkError(
                f"`{layer}` cannot be cut: in this network another path leads around it."
            )
        return _flat(rest(maps))

    def can_answer(self, layer: str) -> bool:
        """Return whether everything passes through the layer, so that it can be cut."""
        return self._checked_rest(layer) is not None

    def _layer_maps(self, layer: str) -> LayerMaps:
        if layer not in self._before:
            self._before[layer] = LayerMaps(self._model, [layer])
        return self._before[layer]

    def _checked_rest(self, layer: str) -> Step | None:
        if layer not in self._behind:
            rest = self._rest(layer)
            same = rest is not None and self._answers_alike(layer, rest)
            self._behind[layer] = rest if same else None
        return self._behind[layer]

    def _answers_alike(self, layer: str, rest: Step) -> bool:
        """Return whether what is followed by hand is what the model does, on noise."""
        shape = (1, *self.size, int(self._model.input_shape[-1]))
        noise = np.random.default_rng(0).random(shape, np.float32)
        apart = _flat(rest(self.maps(layer, noise))) - self.probabilities(noise)
        return bool(np.abs(apart).max() < _SAME_ANSWER)

    def _rest(self, name: str) -> Step | None:
        import keras

        layers = list(self._base.layers)
        place = [one.name for one in layers].index(name)
        if layers[place].output is self._base.outputs[0]:
            steps = []
        elif isinstance(self._base, keras.Sequential):
            steps = layers[place + 1 :]
        else:
            try:
                # One output, not a list of one: the next layer takes a tensor.
                steps = [keras.Model(layers[place].output, self._base.outputs[0])]
            except ValueError:
                return None
        if self._base is not self._model:
            outer = list(self._model.layers)
            steps = [*steps, *outer[outer.index(self._base) + 1 :]]

        def run(values: Any) -> Any:
            for step in steps:
                values = step(values, training=False)
            return values

        return run


def _flat(answers: Any) -> Floats:
    found = np.asarray(answers, np.float32)
    if found.ndim != 2 or found.shape[1] != 1:
        raise NetworkError(
            f"The model must give one probability a picture, shape (n, 1), not `{found.shape}`."
        )
    return found[:, 0]
