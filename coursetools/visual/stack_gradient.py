"""What any one unit of a stack of layers sees, measured by gradients in a Keras model of it.

The model has one channel, positive weights and positive pictures. So no sum cancels and every
ReLU lets its gradient through: a pixel has a gradient exactly if the unit can see it.

TensorFlow is imported inside the functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from coursetools.visual.inputs import Floats


def stack_model(layers: Sequence[tuple[int, int]], side: int, *, seed: int = 0) -> Any:
    """Return a Keras model of convolutions with ReLU, padded to "same".

    Args:
        layers: (kernel, stride) of each layer, first layer first.
        side: Pixels across the picture, which has one channel.
        seed: For the weights, which are random between 0.2 and 1 and then scaled to a sum of 1.
    """
    import keras

    random = np.random.default_rng(seed)
    model = keras.Sequential([keras.Input((side, side, 1))])
    for kernel, stride in layers:
        # The gradient of a convolution of one weight with a stride ends TensorFlow 2.21 on a CPU
        # (it writes past its memory). Taking every other answer afterwards is the same layer.
        steps = (1, stride) if kernel == 1 else (stride, 1)
        layer = keras.layers.Conv2D(
            1, kernel, strides=steps[0], padding="same", activation="relu", use_bias=False
        )
        model.add(layer)
        if steps[1] > 1:
            model.add(keras.layers.MaxPooling2D(1, strides=steps[1], padding="same"))
        weights = random.uniform(0.2, 1, (kernel, kernel, 1, 1))
        layer.set_weights([weights / weights.sum()])
    return model


def unit_gradient(model: Any, unit: tuple[int, int]) -> Floats:
    """Return how strongly each pixel moves one unit of a model's last map.

    Args:
        model: As `stack_model` returns it.
        unit: Row and column in the last map.

    Returns:
        float32 of the picture's shape (h, w).
    """
    import tensorflow as tf

    picture = tf.ones((1, *model.input_shape[1:]))
    # Without this TensorFlow would compute the gradients of the weights too.
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(picture)
        answer = model(picture, training=False)[0, unit[0], unit[1], 0]
    found: Floats = tape.gradient(answer, picture).numpy()[0, ..., 0]
    return found
