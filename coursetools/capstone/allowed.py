"""The layers that a capstone may be made of, each with its arguments and the shapes of its weights.

The list is the trust line of exercise 5.9. A network crosses as names of this list with plain
numbers; nothing of the student's is ever called, and no weight is made before its shape has been
held against the arrays that came with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from coursetools.answers import schema
from coursetools.answers.kind import UnreadableAnswer

Reader = Callable[[object, str], Any]
Shape = tuple[int, ...]

ACTIVATIONS = (
    "linear",
    "relu",
    "relu6",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "softplus",
    "tanh",
    "sigmoid",
    "hard_sigmoid",
)
"""The activations a layer may have, by Keras's names."""


@dataclass(frozen=True)
class Rule:
    """What one class of layers may be told, and which weights it then has."""

    arguments: Mapping[str, Reader] = field(default_factory=dict)
    """How each argument is read; all of them are given in a recipe."""
    weights: Callable[[Mapping[str, Any], Shape], list[Shape]] = lambda arguments, shape: []
    """The shapes of its weights in Keras's order, for an input of this shape, no batch."""
    merges: bool = False
    """Whether it takes several inputs."""
    passes: bool = False
    """Whether it does nothing in use: dropout, and what changes pictures in training."""


def _integer(low: int, high: int) -> Reader:
    return lambda data, where: schema.integer(data, where, low, high)


def _pair(low: int, high: int) -> Reader:
    def read(data: object, where: str) -> tuple[int, int]:
        first, second = _two(data, where)
        return schema.integer(first, where, low, high), schema.integer(second, where, low, high)

    return read


def _borders(data: object, where: str) -> tuple[tuple[int, int], tuple[int, int]]:
    rows, columns = _two(data, where)
    read = _pair(0, 32)
    return read(rows, where), read(columns, where)


def _two(data: object, where: str) -> list[object]:
    items = schema.items(data, where, 2)
    if len(items) != 2:
        raise UnreadableAnswer(f"`{where}` is no pair.")
    return items


def _one_of(*words: str) -> Reader:
    def read(data: object, where: str) -> str:
        word = schema.text(data, where)
        if word not in words:
            raise UnreadableAnswer(f"`{where}` is `{word}`; it may be {', '.join(words)}.")
        return word

    return read


_FILTERS = _integer(1, 1024)
_PADDING = _one_of("valid", "same")
_ACTIVATION = _one_of(*ACTIVATIONS)

_WINDOW: Mapping[str, Reader] = {
    "kernel_size": _pair(1, 32),
    "strides": _pair(1, 8),
    "padding": _PADDING,
    "dilation_rate": _pair(1, 8),
    "activation": _ACTIVATION,
    "use_bias": schema.truth,
}
_POOL: Mapping[str, Reader] = {
    "pool_size": _pair(1, 32),
    "strides": _pair(1, 32),
    "padding": _PADDING,
}


def _bias(arguments: Mapping[str, Any], size: int) -> list[Shape]:
    return [(size,)] if arguments["use_bias"] else []


def _convolution(arguments: Mapping[str, Any], shape: Shape) -> list[Shape]:
    filters = arguments["filters"]
    return [(*arguments["kernel_size"], shape[-1], filters), *_bias(arguments, filters)]


def _depthwise(arguments: Mapping[str, Any], shape: Shape) -> list[Shape]:
    multiplier = arguments["depth_multiplier"]
    kernel = (*arguments["kernel_size"], shape[-1], multiplier)
    return [kernel, *_bias(arguments, shape[-1] * multiplier)]


def _separable(arguments: Mapping[str, Any], shape: Shape) -> list[Shape]:
    multiplier, filters = arguments["depth_multiplier"], arguments["filters"]
    kernel = (*arguments["kernel_size"], shape[-1], multiplier)
    return [kernel, (1, 1, shape[-1] * multiplier, filters), *_bias(arguments, filters)]


def _dense(arguments: Mapping[str, Any], shape: Shape) -> list[Shape]:
    return [(shape[-1], arguments["units"]), *_bias(arguments, arguments["units"])]


def _batch_normalization(arguments: Mapping[str, Any], shape: Shape) -> list[Shape]:
    return [(shape[-1],)] * (arguments["scale"] + arguments["center"] + 2)


def _layer_normalization(arguments: Mapping[str, Any], shape: Shape) -> list[Shape]:
    return [(shape[-1],)] * (arguments["scale"] + arguments["center"])


_NORMALIZATION: Mapping[str, Reader] = {
    "epsilon": schema.real,
    "scale": schema.truth,
    "center": schema.truth,
}
_MULTIPLIER = {"depth_multiplier": _integer(1, 16)}

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "Conv2D": Rule({"filters": _FILTERS, **_WINDOW}, _convolution),
        "SeparableConv2D": Rule({"filters": _FILTERS, **_MULTIPLIER, **_WINDOW}, _separable),
        "DepthwiseConv2D": Rule({**_MULTIPLIER, **_WINDOW}, _depthwise),
        "Dense": Rule(
            {
                "units": _integer(1, 4096),
                "activation": _ACTIVATION,
                "use_bias": schema.truth,
            },
            _dense,
        ),
        "BatchNormalization": Rule(_NORMALIZATION, _batch_normalization),
        "LayerNormalization": Rule(_NORMALIZATION, _layer_normalization),
        "MaxPooling2D": Rule(_POOL),
        "AveragePooling2D": Rule(_POOL),
        "GlobalAveragePooling2D": Rule(),
        "GlobalMaxPooling2D": Rule(),
        "Flatten": Rule(),
        "ZeroPadding2D": Rule({"padding": _borders}),
        "Rescaling": Rule({"scale": schema.real, "offset": schema.real}),
        "Activation": Rule({"activation": _ACTIVATION}),
        "ReLU": Rule(),
        "LeakyReLU": Rule({"negative_slope": schema.real}),
        "Add": Rule(merges=True),
        "Multiply": Rule(merges=True),
        "Concatenate": Rule(merges=True),
    }
    | dict.fromkeys(
        (
            "Identity",
            "Dropout",
            "SpatialDropout2D",
            "GaussianDropout",
            "GaussianNoise",
            "RandomBrightness",
            "RandomContrast",
            "RandomFlip",
            "RandomRotation",
            "RandomTranslation",
            "RandomZoom",
        ),
        Rule(passes=True),
    )
)
"""Every layer that a capstone may have, by the name of its Keras class."""
