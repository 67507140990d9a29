"""A network as a list of layers with shapes, weights and fields, from settings or from a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coursetools.operations import Convnet, PlanLayer, field_table
from coursetools.visual.inputs import NetworkError
from coursetools.visual.layers import count_weights, input_shape, output_shape
from coursetools.visual.shapes import TIMES

_KINDS = {
    "Conv2D": "convolution",
    "DepthwiseConv2D": "convolution",
    "SeparableConv2D": "convolution",
    "MaxPooling2D": "pooling",
    "AveragePooling2D": "pooling",
    "Flatten": "flatten",
    "GlobalAveragePooling2D": "average",
    "GlobalMaxPooling2D": "average",
    "Dense": "dense",
}
_NAMES = {
    "MaxPooling2D": "MaxPool",
    "AveragePooling2D": "AveragePool",
    "Flatten": "Flatten",
    "GlobalAveragePooling2D": "Average",
    "GlobalMaxPooling2D": "Maximum",
}


@dataclass(frozen=True)
class Plan:
    """A network's layers in order.

    picture: Rows, columns and channels of what goes in.
    layers: One entry a layer, as in `coursetools.operations.Convnet`.
    """

    picture: tuple[int, int, int]
    layers: tuple[PlanLayer, ...]

    @property
    def parameters(self) -> int:
        """The weights of all layers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def maps(self) -> tuple[PlanLayer, ...]:
        """The layers that give maps, without those that change neither size nor depth."""
        return tuple(one for one in self.layers if one.kind in ("convolution", "pooling"))

    @property
    def head(self) -> tuple[PlanLayer, ...]:
        """The layers that make one number of the last maps."""
        return tuple(one for one in self.layers if one.kind in ("flatten", "average", "dense"))

    @property
    def field(self) -> int:
        """Pixels across that one unit of the last maps sees; 0 if that is not known."""
        return self.maps[-1].field


def plan_of(network: Any = None) -> Plan:
    """Return the plan of a network.

    Args:
        network: A `Convnet`, a built Keras model of layers in a row, or None for lesson 5's.

    Raises:
        NetworkError: The model has no known input, no maps, or holds another model.
        NoStopError: The convnet's maps become smaller than a kernel.
    """
    if network is None or isinstance(network, Convnet):
        settings = network or Convnet()
        return Plan((settings.size, settings.size, settings.channels), settings.layers())
    return _plan_of_model(network)


def _plan_of_model(model: Any) -> Plan:
    picture = input_shape(model)
    if len(picture) != 3 or None in picture:
        raise NetworkError(
            "The model must take pictures of a fixed size, but its input has the shape "
            f"`{picture}`. Begin it with `keras.Input((height, width, channels))`."
        )
    found: list[PlanLayer] = []
    windows: list[tuple[int, int]] = []
    block = 1
    for layer in _layers(model):
        kind = _KINDS.get(type(layer).__name__, "other")
        if kind in ("convolution", "pooling"):
            windows.append(_window(layer))
        place = block if len(output_shape(layer)) == 3 else 0
        field = field_table(windows)[-1].size if windows and place else 0
        found.append(
            PlanLayer(
                kind,
                _name(layer),
                place,
                tuple(size or 0 for size in output_shape(layer)),
                count_weights(layer).total,
                field,
            )
        )
        block += kind == "pooling"
    plan = Plan((picture[0] or 0, picture[1] or 0, picture[2] or 0), tuple(found))
    if not plan.maps:
        raise NetworkError(
            "The model must have convolutions or poolings, but its layers are "
            f"`{[one.name for one in found]}`."
        )
    return plan


def _layers(model: Any) -> list[Any]:
    layers = [one for one in model.layers if type(one).__name__ != "InputLayer"]
    nested = [one.name for one in layers if hasattr(one, "layers") and _has_maps(one)]
    if nested:
        raise NetworkError(
            f"`{nested[0]}` is a model inside the model. Draw it by itself: "
            f"`model.get_layer('{nested[0]}')`."
        )
    return layers


def _has_maps(model: Any) -> bool:
    return any(type(layer).__name__ in _KINDS for layer in model.layers)


def _window(layer: Any) -> tuple[int, int]:
    kernel = getattr(layer, "kernel_size", None) or layer.pool_size
    return int(kernel[0]), int(layer.strides[0])


def _name(layer: Any) -> str:
    kind = type(layer).__name__
    if hasattr(layer, "kernel_size"):
        word = "Conv" if kind == "Conv2D" else kind.removesuffix("2D")
        return f"{word} {TIMES.join(str(size) for size in layer.kernel_size)}"
    if kind == "Dense":
        return f"Dense {layer.units}"
    return _NAMES.get(kind, kind)
