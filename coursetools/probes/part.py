"""The probe of a part of a network: layers in a list, run one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coursetools.answers import plain
from coursetools.answers.blank import is_blank
from coursetools.answers.kind import UnreadableAnswer
from coursetools.probes.model import describe_chain, usable
from coursetools.probes.untouched import untouched

_LAYERS = 200
_LEVELS = 8


def probe_layers(value: Any, input_shape: tuple[int, ...]) -> dict[str, Any]:
    """Give the plain data of layers behind an input of this shape, as `Layers` reads it.

    Layers that have no weights yet are made anew from their settings, so that the student's own
    stay as they are.

    Raises:
        UnreadableAnswer: It is no layer and no list of layers.
    """
    layers = flat_layers(value)
    with untouched(variable for layer in layers for variable in layer.variables):
        return describe_chain([usable(layer) for layer in layers], list(input_shape))


def flat_layers(value: Any) -> list[Any]:
    """Give the layers of a list, of a list of lists, or of a model; a layer alone is one.

    Raises:
        UnreadableAnswer: Something in it is no layer, or there are too many.
    """
    layers = []
    for layer in _walk(value, _LEVELS):
        layers.append(layer)
        if len(layers) > _LAYERS:
            raise UnreadableAnswer(f"It has more than {_LAYERS} layers.")
    return layers


def _walk(value: Any, levels: int) -> Iterator[Any]:
    import keras

    if levels == 0:
        raise UnreadableAnswer(f"Its lists are nested deeper than {_LEVELS} levels.")
    if plain.is_a(value, list, tuple):
        base: Any = list if plain.is_a(value, list) else tuple
        for item in base.__iter__(value):
            yield from _walk(item, levels - 1)
    elif plain.is_a(value, keras.Sequential):
        for item in value.layers:
            yield from _walk(item, levels - 1)
    elif plain.is_a(value, keras.layers.Layer):
        if plain.type_name(value) != "InputLayer":
            yield value
    elif plain.is_a(value, type) and issubclass(value, keras.layers.Layer):
        name = plain.clean(type.__dict__["__name__"].__get__(value))
        raise UnreadableAnswer(
            f"`{name}` is the class, not a layer: write its arguments, `{name}(...)`."
        )
    elif not is_blank(value):
        raise UnreadableAnswer(f"{plain.quoted(value)} in it is not a layer.")
