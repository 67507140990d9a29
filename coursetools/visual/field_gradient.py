"""A unit's receptive field, measured by gradients in a real model.

A pixel that a unit cannot see has no gradient. The converse does not hold: ReLU and maximum
pooling pass a gradient to winners only, so one picture shows too little. So either gradients of
many random pictures are averaged, which also tells how much each pixel counts, or the model is
copied with every weight alike and every bend straight, which tells what it could see at most.

TensorFlow is imported inside the functions that run the model.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from coursetools.visual.inputs import Floats, NetworkError


def field_by_gradient(
    model: Any,
    *,
    layer: str | None = None,
    pictures: int = 50,
    structure: bool = False,
    seed: int = 0,
) -> Floats:
    """Return how strongly each pixel moves the unit in the middle of a layer's maps.

    Args:
        model: A built Keras model, sequential or functional, that takes pictures of a fixed size.
        layer: The layer whose middle unit is asked; None is the last that gives maps.
        pictures: Random pictures whose absolute gradients are averaged; they hold noise.
        structure: Ask a copy instead whose weights are all alike and positive, without biases,
            whose activations pass everything and whose maximum pools are averages: its gradient
            is above 0 wherever the unit can see, for any picture.
        seed: For the pictures.

    Returns:
        Mean absolute gradient of the sum of the unit's channels, summed over the picture's
        channels: float32 of shape (h, w).

    Raises:
        NetworkError: The model has no such layer, no maps, no fixed input size, or holds
            another model as a layer.
        ValueError: `pictures` is less than 1.
    """
    import tensorflow as tf

    if pictures < 1:
        raise ValueError(f"`pictures` must be at least 1, but it is `{pictures}`.")
    for inner in model.layers:
        if hasattr(inner, "layers"):
            raise NetworkError(
                f"`{inner.name}` is a model inside the model. Ask it by itself: "
                f"`field_by_gradient(model.get_layer('{inner.name}'))`."
            )
    asked = _plain_copy(model) if structure else model
    maps = _up_to(asked, layer)
    shape = tuple(asked.inputs[0].shape[1:])
    if None in shape or len(shape) != 3:
        raise NetworkError(
            "The model must take pictures of a fixed size, but its input has the shape "
            f"`{shape}`. Build it with `keras.Input((height, width, channels))`."
        )
    random = np.random.default_rng(seed)
    total = np.zeros(shape[:2])
    for _ in range(1 if structure else pictures):
        picture = tf.constant(random.normal(size=(1, *shape)).astype(np.float32))
        with tf.GradientTape() as tape:
            tape.watch(picture)
            answers = maps(picture, training=False)
            rows, columns = answers.shape[1:3]
            unit = tf.reduce_sum(answers[0, rows // 2, columns // 2])
        total += np.abs(tape.gradient(unit, picture).numpy()[0]).sum(axis=-1)
    return (total / (1 if structure else pictures)).astype(np.float32)


def _up_to(model: Any, layer: str | None) -> Any:
    import keras

    known = {one.name: one for one in model.layers}
    if layer is not None:
        if layer not in known:
            raise NetworkError(f"The model has no layer `{layer}`, only `{sorted(known)}`.")
        output = known[layer].output
    else:
        outputs = [one.output for one in model.layers if _gives_maps(one)]
        if not outputs:
            raise NetworkError("No layer of the model gives maps of shape (h, w, channels).")
        output = outputs[-1]
    if len(output.shape) != 4:
        raise NetworkError(f"`{layer}` gives no maps: its output has the shape `{output.shape}`.")
    return keras.Model(model.inputs, output)


def _gives_maps(layer: Any) -> bool:
    output = getattr(layer, "output", None)
    return output is not None and not isinstance(output, list) and len(output.shape) == 4


def _plain_copy(model: Any) -> Any:
    import keras

    copy = keras.models.clone_model(model, clone_function=_plain_layer)
    for layer in copy.layers:
        layer.set_weights(_plain_weights(layer))
    return copy


def _plain_layer(layer: Any) -> Any:
    import keras

    config = layer.get_config()
    if isinstance(layer, keras.layers.MaxPooling2D):
        return keras.layers.AveragePooling2D.from_config(config)
    if isinstance(layer, keras.layers.ReLU | keras.layers.Activation | keras.layers.LeakyReLU):
        return keras.layers.Activation("linear", name=layer.name)
    if "activation" in config:
        config["activation"] = "linear"
    return type(layer).from_config(config)


def _plain_weights(layer: Any) -> list[np.ndarray]:
    """Return weights that let everything through, each kernel an average so that none overflows."""
    import keras

    depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
    plain = []
    for weight in layer.weights:
        shape = tuple(weight.shape)
        if len(shape) < 2:
            # Of batch normalisation: scale and variance are 1, shift and mean 0; biases are 0.
            plain.append(np.full(shape, float(weight.name in ("gamma", "moving_variance"))))
            continue
        inputs = shape[:2] if depthwise else shape[:-1]
        plain.append(np.full(shape, 1 / np.prod(inputs)))
    return plain
