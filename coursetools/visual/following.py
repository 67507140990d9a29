"""A model run so that a gradient tape sees its feature maps: first the base, then the head.

Keras refuses to build one model from the inputs of an outer model to a layer of a model nested
in it. So the base is run by itself, and its result pushed through the head's layers by hand.
Whether this is what the model does, the caller can see from the answers.

Keras is imported inside the functions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursetools.visual.inputs import NetworkError
from coursetools.visual.layers import base_of, output_shape

Run = Callable[[Any], tuple[Any, Any]]


def follow(model: Any, layer: str | None = None) -> Run:
    """Return a function from pictures to (feature maps, logits) that a gradient tape can follow.

    Args:
        model: A built Keras model with one probability as output: a base, nested as one layer or
            laid out in the model itself, then a head of layers in a row.
        layer: The layer whose feature maps are returned; None is the last that gives maps.

    Returns:
        A function from pictures, shape (n, h, w, channels), to feature maps, shape
        (n, rows, columns, channels), and what enters the model's sigmoid, shape (n,).

    Raises:
        NetworkError: The model has no feature maps, or its head cannot be followed.
    """
    import keras

    base = base_of(model)
    if base is not None:
        return _in_a_row(model, base, _maps_and_end(base, layer))
    if isinstance(model, keras.Sequential):
        return _in_a_row(model, _map_layer(model, layer), None)
    return _along_the_graph(model, layer)


def _in_a_row(model: Any, middle: Any, inner: Run | None) -> Run:
    """Run layer after layer; `middle` gives the maps, or `inner` does in its place."""
    layers = [one for one in model.layers if type(one).__name__ != "InputLayer"]
    place = layers.index(middle)
    before, after = layers[:place], _unpacked(layers[place + 1 :])
    if not after:
        raise NetworkError("Nothing follows the model's base: there is no head to follow.")

    def run(pictures: Any) -> tuple[Any, Any]:
        for one in before:
            pictures = one(pictures, training=False)
        if inner is None:
            maps = end = middle(pictures, training=False)
        else:
            maps, end = inner(pictures)
        for one in after[:-1]:
            end = one(end, training=False)
        return maps, _logits(after[-1], end)

    return run


def _along_the_graph(model: Any, layer: str | None) -> Run:
    """Run a functional model whose base is laid out among its own layers."""
    import keras

    last = model.layers[-1]
    maps = _map_layer(model, layer).output
    inner = keras.Model(_inputs(model), [maps, last.input])

    def run(pictures: Any) -> tuple[Any, Any]:
        found, end = inner(pictures, training=False)
        return found, _logits(last, end)

    return run


def _maps_and_end(base: Any, layer: str | None) -> Run:
    import keras

    inner = keras.Model(_inputs(base), [_map_layer(base, layer).output, base.outputs[0]])

    def run(pictures: Any) -> tuple[Any, Any]:
        maps, end = inner(pictures, training=False)
        return maps, end

    return run


def _inputs(model: Any) -> Any:
    """Return a model's one input, for Keras warns if a single tensor meets a list of one."""
    return model.inputs[0] if len(model.inputs) == 1 else model.inputs


def _map_layer(model: Any, name: str | None) -> Any:
    layers = [one for one in model.layers if type(one).__name__ != "InputLayer"]
    with_maps = [one for one in layers if len(output_shape(one)) == 3]
    if name is not None:
        with_maps = [one for one in with_maps if one.name == name]
    if not with_maps:
        wanted = "no layer gives feature maps" if name is None else f"no layer `{name}` gives them"
        raise NetworkError(
            f"Grad-CAM needs feature maps of shape (rows, columns, channels), but {wanted} in "
            f"`{model.name}`."
        )
    return with_maps[-1]


def _logits(last: Any, inputs: Any) -> Any:
    """Return what enters the model's final sigmoid, shape (n,)."""
    import keras
    from keras import ops

    is_sigmoid = getattr(last, "activation", None) is keras.activations.sigmoid
    if isinstance(last, keras.layers.Dense) and is_sigmoid:
        values = ops.matmul(inputs, last.kernel)
        values = values if last.bias is None else values + last.bias
    elif isinstance(last, keras.layers.Activation) and is_sigmoid:
        values = inputs
    else:
        chances = ops.clip(last(inputs, training=False), 1e-6, 1 - 1e-6)
        values = ops.log(chances) - ops.log(1 - chances)
    return ops.reshape(values, (-1,))


def _unpacked(layers: list[Any]) -> list[Any]:
    """Replace a head that is a Sequential of its own by its layers."""
    return [
        inner
        for one in layers
        for inner in (_unpacked(list(one.layers)) if type(one).__name__ == "Sequential" else [one])
    ]
