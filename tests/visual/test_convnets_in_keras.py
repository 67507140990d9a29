"""Plans against real models: what is drawn of a network is what Keras counts."""

from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from coursetools.operations import Convnet
from coursetools.visual import NetworkError, alt_text, many_versions, network_to_scale
from coursetools.visual.network_plan import plan_of


def built(settings: Convnet) -> keras.Model:
    """Build the same network by hand."""
    model = keras.Sequential([keras.Input((settings.size, settings.size, settings.channels))])
    for block in range(1, settings.blocks + 1):
        for _ in range(settings.convolutions):
            filters, kernel = settings.filters * 2 ** (block - 1), settings.block_kernel(block)
            padding = settings.padding
            model.add(layers.Conv2D(filters, kernel, padding=padding, activation="relu"))
        model.add(layers.MaxPool2D())
    model.add(layers.Flatten() if settings.head == "flatten" else layers.GlobalAvgPool2D())
    if settings.hidden:
        model.add(layers.Dense(settings.hidden, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"padding": "valid"},
        {"convolutions": 2, "head": "average", "hidden": 0},
        {"size": 33, "blocks": 2, "first_kernel": 4, "padding": "valid", "hidden": 3},
        {"size": 64, "blocks": 4, "filters": 5, "channels": 1, "kernel": 1},
    ],
    ids=str,
)
def test_the_plan_is_what_keras_builds(changed: dict[str, Any]) -> None:
    settings = Convnet(**changed)
    model = built(settings)
    assert settings.parameters() == model.count_params()
    plan = plan_of(model)
    assert plan.layers == plan_of(settings).layers
    assert alt_text(network_to_scale(model)) == alt_text(network_to_scale(settings))


def test_layers_of_another_kind_have_their_weights_counted() -> None:
    model = keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.RandomFlip("horizontal"),
            layers.Conv2D(4, 3),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.MaxPool2D(3, strides=2),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(1),
        ]
    )
    plan = plan_of(model)
    assert plan.parameters == model.count_params()
    assert plan.field == 5
    assert [layer.kind for layer in plan.maps] == ["convolution", "pooling"]


def test_a_base_inside_is_to_be_drawn_by_itself() -> None:
    inner = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(2, 3)], name="inner")
    outer = keras.Sequential([keras.Input((8, 8, 3)), inner, layers.Flatten(), layers.Dense(1)])
    with pytest.raises(NetworkError, match="`inner` is a model inside the model"):
        network_to_scale(outer)


def test_kerass_layers_make_the_versions() -> None:
    picture = np.random.default_rng(0).random((12, 12, 3), dtype=np.float32)
    figure = many_versions(picture, keras.Sequential([layers.RandomFlip("horizontal", seed=1)]))
    shown = [np.asarray(ax.get_images()[0].get_array()) for ax in figure.axes[1:]]
    kinds = {
        "same" if np.allclose(one, picture) else "mirrored"
        for one in shown
        if np.allclose(one, picture) or np.allclose(one, picture[:, ::-1])
    }
    assert len(shown) == 16
    assert kinds == {"same", "mirrored"}
