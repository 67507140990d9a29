"""What the checks of this lesson ask of a network that is given as data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coursetools.answers.specs import LayerSpec, ModelSpec

_CONVOLUTIONS = ("Conv2D",)
_KERNEL_AXES = 4
_RELU = (0.0, 0.0, 0.0, 1.0, 2.0)


@dataclass(frozen=True)
class Convolution:
    """One convolution of a network."""

    place: int
    """Its place among the layers."""
    kernel: tuple[int, int]
    """Height and width of its window."""
    channels: int
    """The channels that come in."""
    filters: int
    """The channels that go out."""
    side: int | None
    """Height of its maps."""
    bends: bool
    """Whether a ReLU comes after it, before the next convolution or dense layer."""


def convolutions(model: ModelSpec) -> list[Convolution]:
    """Give the convolutions of a network in order of use; those that never ran are left out."""
    layers = list(model.walk())
    places = [place for place, layer in enumerate(layers) if layer.is_a(*_CONVOLUTIONS)]
    kernels = [weight.shape for weight in model.weights if len(weight.shape) == _KERNEL_AXES]
    return [
        Convolution(
            place=place,
            kernel=(shape[0], shape[1]),
            channels=shape[2],
            filters=shape[3],
            side=side_of(layers[place]),
            bends=_bends(layers, place),
        )
        for place, shape in zip(places, kernels, strict=False)
    ]


def side_of(layer: LayerSpec) -> int | None:
    """Give the height of a layer's maps, None if it gives no maps."""
    shape = layer.output_shape
    return shape[1] if shape is not None and len(shape) == _KERNEL_AXES else None


def pools(model: ModelSpec) -> list[LayerSpec]:
    """Give the layers that pool windows of their maps, in order."""
    return [layer for layer in model.walk() if layer.is_a("MaxPooling2D", "AveragePooling2D")]


def without_normalization(model: ModelSpec) -> int:
    """Count the parameters but those of layers that normalise, which change no shape."""
    extra = sum(
        layer.parameters
        for layer in model.walk()
        if layer.is_a("BatchNormalization", "LayerNormalization", "GroupNormalization")
    )
    return model.parameters - extra


def _bends(layers: Sequence[LayerSpec], place: int) -> bool:
    for after, layer in enumerate(layers[place:]):
        if after and layer.is_a(*_CONVOLUTIONS, "Dense"):
            return False
        values = layer.activation_values
        if values is not None and all(map(math.isclose, values, _RELU)):
            return True
    return False
