"""Receptive fields measured in real models, against the formula."""

import numpy as np
import pytest

from coursetools.operations import effective_width, field_extent, receptive_field
from coursetools.visual import NetworkError, field_by_gradient

keras = pytest.importorskip("keras")
layers = keras.layers

STACKS = [
    [(3, 1), (3, 1), (3, 1)],
    [(3, 1), (2, 2), (3, 1), (2, 2)],
    [(7, 2), (3, 2)],
    [(5, 1), (2, 2), (3, 1), (2, 2), (3, 1), (2, 2)],
]


def network(stack: list[tuple[int, int]], side: int = 64) -> "keras.Model":
    """A sequential model in which windows of 2 with stride 2 are maximum pools."""
    model = keras.Sequential([keras.Input((side, side, 3))])
    for kernel, stride in stack:
        if (kernel, stride) == (2, 2):
            model.add(layers.MaxPooling2D())
        else:
            model.add(layers.Conv2D(4, kernel, stride, padding="same", activation="relu"))
    return model


@pytest.mark.parametrize("stack", STACKS, ids=str)
def test_structure_is_the_formula_s_field(stack: list[tuple[int, int]]) -> None:
    keras.utils.set_random_seed(0)
    model = network(stack)
    before = [weights.copy() for weights in model.get_weights()]
    field = receptive_field(stack)
    assert field_extent(field_by_gradient(model, structure=True)) == (field, field)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_normalisation_depthwise_and_a_way_around() -> None:
    """Layers of the course's base: all of them pass the gradient on, and no more than it."""
    inputs = keras.Input((48, 48, 3))
    x = layers.Rescaling(2.0, offset=-1)(inputs)
    x = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(x)
    x = layers.ReLU(6)(layers.BatchNormalization()(x))
    y = layers.DepthwiseConv2D(5, padding="same", use_bias=False)(x)
    y = layers.Activation("relu")(layers.BatchNormalization()(y))
    x = layers.Add()([x, layers.Conv2D(4, 1)(y)])
    x = layers.Dense(1)(layers.GlobalAveragePooling2D()(x))
    model = keras.Model(inputs, x)
    assert receptive_field([(3, 2), (5, 1)]) == 11
    assert field_extent(field_by_gradient(model, structure=True)) == (11, 11)


def test_the_effective_field_is_smaller_and_found_by_many_pictures() -> None:
    keras.utils.set_random_seed(1)
    stack = [(3, 1)] * 6
    gradient = field_by_gradient(network(stack, 32), pictures=30)
    assert gradient.dtype == np.float32
    assert gradient.shape == (32, 32)
    assert field_extent(gradient) == (13, 13)
    assert effective_width(gradient) < 13


def test_a_seed_gives_one_result() -> None:
    model = network([(3, 1)] * 2, 16)
    first = field_by_gradient(model, pictures=2, seed=5)
    np.testing.assert_array_equal(field_by_gradient(model, pictures=2, seed=5), first)
    assert (field_by_gradient(model, pictures=2, seed=6) != first).any()


def test_the_base_of_the_course() -> None:
    """Stage 4 of EfficientNet-Lite0, and its last maps, for which the picture is too small."""
    from coursetools.operations import STACKS as KNOWN
    from coursetools.operations import stage_rows
    from coursetools.pretrained import load_pretrained_base

    base = load_pretrained_base()
    field = stage_rows(KNOWN["EfficientNet-Lite0"], 128)[3].field
    last = [layer.name for layer in base.layers if layer.output.shape[1] == 16][-1]
    assert field_extent(field_by_gradient(base, layer=last, structure=True)) == (field, field)
    assert field_by_gradient(base, structure=True).min() > 0
    whole = keras.Sequential([keras.Input((128, 128, 3)), base, layers.Flatten()])
    with pytest.raises(NetworkError, match=rf"`{base.name}` is a model inside the model"):
        field_by_gradient(whole)


def test_one_picture_shows_too_little() -> None:
    """Through maximum pools only winners are reached; many pictures together reach all."""
    keras.utils.set_random_seed(2)
    model = keras.Sequential(
        [
            keras.Input((24, 24, 1)),
            layers.Conv2D(1, 3, padding="same", kernel_initializer="ones"),
            layers.MaxPooling2D(),
            layers.Conv2D(1, 3, padding="same", kernel_initializer="ones"),
        ]
    )
    one = field_by_gradient(model, pictures=1)
    many = field_by_gradient(model, pictures=40)
    assert (one > 0).sum() < (many > 0).sum()
    assert field_extent(many) == (8, 8)


def test_a_layer_may_be_asked() -> None:
    model = network([(3, 1), (2, 2), (3, 1)])
    first = model.layers[0].name
    assert field_extent(field_by_gradient(model, layer=first, structure=True)) == (3, 3)


def test_refusals() -> None:
    model = network([(3, 1)])
    with pytest.raises(NetworkError, match="no layer `conv99`"):
        field_by_gradient(model, layer="conv99")
    with pytest.raises(ValueError, match=r"`pictures` .* `0`"):
        field_by_gradient(model, pictures=0)
    with pytest.raises(NetworkError, match="fixed size"):
        field_by_gradient(keras.Sequential([keras.Input((None, None, 3)), layers.Conv2D(1, 3)]))
    with pytest.raises(NetworkError, match="No layer"):
        field_by_gradient(keras.Sequential([keras.Input((4,)), layers.Dense(1)]))
    flat = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(1, 3), layers.Flatten(name="f")])
    with pytest.raises(NetworkError, match="`f` gives no maps"):
        field_by_gradient(flat, layer="f")
