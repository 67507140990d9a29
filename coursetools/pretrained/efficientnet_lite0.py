"""EfficientNet-Lite0 as a Keras network.

Sixteen inverted-residual blocks (Sandler et al., "MobileNetV2", 2018) in seven stages, with the
widths of EfficientNet-B0 (Tan and Le, "EfficientNet", 2019). *Lite* means that the layers that
run slowly on small devices are left out or replaced: no squeeze-and-excitation, and ReLU6 in the
place of swish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
from keras import KerasTensor, layers

FEATURES = 1280
"""Channels of the last convolution."""

CLASSES = 1000
"""Classes of ImageNet's challenge."""


@dataclass(frozen=True)
class _Stage:
    """Blocks alike: how many, kernel size, stride of the first, widening, channels out."""

    blocks: int
    kernel: int
    stride: int
    widening: int
    channels: int


_STAGES = (
    _Stage(1, 3, 1, 1, 16),
    _Stage(2, 3, 2, 6, 24),
    _Stage(2, 5, 2, 6, 40),
    _Stage(3, 3, 2, 6, 80),
    _Stage(3, 5, 1, 6, 112),
    _Stage(4, 5, 2, 6, 192),
    _Stage(1, 3, 1, 6, 320),
)


def build_lite0(image_size: tuple[int, int], *, top: bool) -> keras.Model:
    """Build the network, with kernels of zeros: its weights are still to be set.

    It takes float pictures in [0, 1], shape (batch, height, width, 3). Without the top it gives
    feature maps, (batch, height / 32, width / 32, 1280) with sizes rounded up; with it, the
    probabilities of 1,000 classes.
    """
    pictures = keras.Input((*image_size, 3), name="pictures")
    # The network was trained on (pixel - 127) / 128 with pixels from 0 to 255.
    x = layers.Rescaling(255 / 128, offset=-127 / 128, name="rescale")(pictures)
    x = _convolution(32, 3, strides=2, padding="same", name="stem")(x)
    x = _normalise(x, "stem", active=True)
    index = 0
    for stage in _STAGES:
        for position in range(stage.blocks):
            x = _block(x, f"block{index}", stage, first=position == 0)
            index += 1
    x = _convolution(FEATURES, 1, name="head")(x)
    x = _normalise(x, "head", active=True)
    if top:
        x = layers.GlobalAveragePooling2D(name="average")(x)
        x = layers.Dense(CLASSES, activation="softmax", name="classes")(x)
    network = keras.Model(pictures, x, name="efficientnet_lite0")
    for layer in network.layers:
        _name_initializer(layer)
    return network


def _block(x: KerasTensor, name: str, stage: _Stage, *, first: bool) -> KerasTensor:
    """Widen, look around channel by channel, narrow again; add the input where sizes allow."""
    y = x
    if stage.widening > 1:
        width = x.shape[-1] * stage.widening
        y = _convolution(width, 1, name=f"{name}_expand")(y)
        y = _normalise(y, f"{name}_expand", active=True)
    y = layers.DepthwiseConv2D(
        stage.kernel,
        strides=stage.stride if first else 1,
        padding="same",
        use_bias=False,
        depthwise_initializer="zeros",
        name=f"{name}_depthwise",
    )(y)
    y = _normalise(y, f"{name}_depthwise", active=True)
    y = _convolution(stage.channels, 1, name=f"{name}_project")(y)
    y = _normalise(y, f"{name}_project", active=False)
    return y if first else layers.Add(name=f"{name}_add")([x, y])


def _normalise(x: KerasTensor, name: str, *, active: bool) -> KerasTensor:
    x = layers.BatchNormalization(epsilon=1e-3, momentum=0.99, name=f"{name}_norm")(x)
    return layers.ReLU(max_value=6.0, name=f"{name}_relu")(x) if active else x


def _convolution(filters: int, size: int, **settings: Any) -> layers.Layer:
    """Give a convolution without bias, its kernel zeros: drawing numbers takes far longer."""
    return layers.Conv2D(filters, size, use_bias=False, kernel_initializer="zeros", **settings)


def _name_initializer(layer: layers.Layer) -> None:
    """Put Keras's own initialiser into a layer's settings, for whoever makes one like it."""
    for name in ("kernel_initializer", "depthwise_initializer"):
        if isinstance(getattr(layer, name, None), keras.initializers.Zeros):
            setattr(layer, name, keras.initializers.get("glorot_uniform"))
