"""Inside a network, on small models of Keras whose channels are known."""

import keras
import numpy as np
import pytest
from keras import layers

from coursetools import explorers
from coursetools.explorers.augmentation_code import layers_code
from coursetools.explorers.convnet_builder import keras_code
from coursetools.operations import STACKS, Augmentation, Convnet, stage_rows, versions
from coursetools.pretrained import load_pretrained_base
from coursetools.visual import NetworkError, alt_text
from coursetools.visual.cut import NetworkCuts
from coursetools.visual.layer_fields import layer_fields
from explorers.html_parts import choose, picture, run_code, status


def small() -> keras.Model:
    """Channel 0 answers to red, channel 1 never, channel 2 to blue; red speaks for class 1."""
    model = keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.Conv2D(3, 3, padding="same", activation="relu", name="colours"),
            layers.MaxPool2D(name="pool"),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    kernel = np.zeros((3, 3, 3, 3), np.float32)
    kernel[1, 1, 0, 0] = kernel[1, 1, 2, 2] = 1
    kernel[1, 1, :, 1] = -1
    model.layers[0].set_weights([kernel, np.zeros(3, np.float32)])
    head = np.zeros((8, 8, 3, 1), np.float32)
    head[:, :, 0], head[:, :, 2] = 0.2, -0.1
    model.layers[-1].set_weights([head.reshape(-1, 1), np.zeros(1, np.float32)])
    return model


@pytest.fixture
def spots() -> np.ndarray:
    """Three pictures, black but for a red spot, a blue one, and a paler red one at the rim."""
    pictures = np.zeros((3, 16, 16, 3), np.float32)
    pictures[0, 5, 9, 0] = 1
    pictures[1, 3, 3, 2] = 1
    pictures[2, 0, 0, 0] = 0.5
    return pictures


def test_the_strongest_patches_lie_where_the_channel_answers(spots: np.ndarray) -> None:
    explorer = explorers.inside(small(), spots, ["red", "blue", "pale"])
    first, second, third = picture(explorer).alts[2:]
    assert first == "red: rows 4 to 6, columns 8 to 10, answer 1"
    assert second == "pale: rows 0 to 1, columns 0 to 1, answer 0.5"
    assert third.endswith("answer 0")
    patch = explorer._asked.strongest("colours", 0, 2)[1]
    crop = explorer._asked.crop(patch)
    assert crop.shape == (3, 3, 3)
    np.testing.assert_allclose(crop[0, 0], 0.5)  # beyond the picture
    np.testing.assert_allclose(crop[1, 1], [0.5, 0, 0])


def test_a_dead_channel_is_named(spots: np.ndarray) -> None:
    explorer = explorers.inside(small(), spots)
    assert "above 0 to none" not in status(explorer)
    choose(explorer, channel=1)
    assert "It answers above 0 to none of the 3 pictures." in status(explorer)


def test_switching_a_channel_off_gives_what_the_rest_makes_of_it(spots: np.ndarray) -> None:
    explorer = explorers.inside(small(), spots)
    whole = 1 / (1 + np.exp(-0.2))
    choose(explorer, off=True)
    assert f"Without this channel: 0.500, {0.5 - whole:+.3f}. The answer flips." in status(explorer)
    explorer.controls["all"].click()
    assert "The losses that change it most: channels 0 (-0.050)" in status(explorer)
    choose(explorer, layer="pool", picture=1, channel=2)
    blue = 1 / (1 + np.exp(0.1))
    assert f"Without this channel: 0.500, {0.5 - blue:+.3f}." in status(explorer)
    assert "flips" not in status(explorer)


def test_shows_code_and_a_still(spots: np.ndarray) -> None:
    model = small()
    explorer = explorers.inside(model, spots)
    run_code(explorer, model=model, images=spots)
    text = alt_text(explorer.still())
    assert "colours, 3 pixels across: channel 0 up to 1" in text
    assert "pool, 4 pixels across" in text


def test_a_nested_base_with_a_path_around_a_layer() -> None:
    inputs = keras.Input((16, 16, 3))
    first = layers.Conv2D(4, 3, strides=2, padding="same", activation="relu", name="first")(inputs)
    beside = layers.Conv2D(4, 3, padding="same", activation="relu", name="beside")(first)
    both = layers.Add(name="both")([first, beside])
    base = keras.Model(inputs, both, name="base")
    model = keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.RandomFlip("horizontal"),
            base,
            layers.GlobalAveragePooling2D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    cuts = NetworkCuts(model)
    assert cuts.names == ("first", "beside", "both")
    assert [cuts.can_answer(name) for name in cuts.names] == [True, False, True]
    pictures = np.random.default_rng(0).random((3, 16, 16, 3), dtype=np.float32)
    for name in ("first", "both"):
        np.testing.assert_allclose(
            cuts.answers(name, cuts.maps(name, pictures)), cuts.probabilities(pictures), atol=1e-5
        )
    with pytest.raises(NetworkError, match="another path leads around"):
        cuts.answers("beside", cuts.maps("beside", pictures))
    assert cuts.field("both").size == 7
    explorer = explorers.inside(model, pictures)
    choose(explorer, layer="beside", off=True)
    assert "cannot be switched off" in status(explorer)


@pytest.mark.parametrize("padding", ["same", "valid"])
def test_fields_are_where_the_gradient_is(padding: str) -> None:
    """A unit's maps change with a pixel if and only if the pixel lies in its field."""
    model = keras.Sequential(
        [
            keras.Input((20, 20, 1)),
            layers.Conv2D(1, 3, strides=2, padding=padding, kernel_initializer="ones"),
            layers.AveragePooling2D(2),
            layers.Conv2D(1, 3, padding=padding, kernel_initializer="ones", name="last"),
        ]
    )
    field = layer_fields(model)["last"]
    spots = np.zeros((20, 20, 20, 1), np.float32)
    spots[np.arange(20), np.arange(20), 9] = 1
    answers = np.asarray(model(spots))[..., 0].sum(axis=2)
    for unit in range(answers.shape[1]):
        reached = np.flatnonzero(answers[:, unit] > 0)
        assert (reached[0], reached[-1] + 1) == field.pixels(unit, 20)


def test_a_network_to_which_layers_were_added_one_by_one_has_the_same_fields() -> None:
    at_once, added = small(), keras.Sequential([keras.Input((16, 16, 3))])
    added.add(layers.Conv2D(3, 3, padding="same", activation="relu", name="colours"))
    added.add(layers.MaxPool2D(name="pool"))
    added.add(layers.Flatten())
    added.add(layers.Dense(1, activation="sigmoid"))
    assert layer_fields(added) == layer_fields(at_once)
    assert set(layer_fields(added)) == {"colours", "pool"}


@pytest.mark.parametrize(
    "settings",
    [Convnet(), Convnet(blocks=2, convolutions=3, padding="valid", head="average", hidden=0)],
)
def test_the_builders_code_builds_what_was_counted(settings: Convnet) -> None:
    known = {"keras": keras, "layers": layers}
    exec(keras_code(settings), known)
    model = known["model"]
    assert model.count_params() == settings.parameters()
    assert [layer.output.shape[1:] for layer in model.layers] == [
        layer.shape for layer in settings.layers()
    ]


def test_the_walls_code_makes_layers_that_do_the_same_kind_of_thing() -> None:
    asked = Augmentation(
        mirror=True, upside_down=True, rotation=90, shift=0.1, zoom=0.3, contrast=0.4,
        brightness=0.1, hue=0.2,
    )  # fmt: skip
    picture_ = np.random.default_rng(0).random((24, 24, 3), dtype=np.float32)
    known = {"keras": keras, "layers": layers}
    exec(layers_code(asked).rpartition("\n")[0], known)
    assert len(known["augment"].layers) == 7
    made = np.asarray(known["augment"](np.repeat(picture_[None], 64, axis=0), training=True))
    assert made.min() >= 0
    assert made.max() <= 1
    # Contrast alone: the spread of Keras's draws is that of ours.
    exec(layers_code(Augmentation(contrast=0.4)).rpartition("\n")[0], known)
    grey = 0.4 + 0.2 * picture_
    keras_made = np.asarray(known["augment"](np.repeat(grey[None], 200, axis=0), training=True))
    ours = versions(grey, Augmentation(contrast=0.4), 200)
    for one in (keras_made, ours):
        factors = one.std(axis=(1, 2, 3)) / grey.std()
        assert 0.55 < factors.min() < 0.7
        assert 1.3 < factors.max() < 1.45


def test_fields_of_the_base_are_those_of_its_windows() -> None:
    fields = layer_fields(load_pretrained_base())
    last = stage_rows(STACKS["EfficientNet-Lite0"], 128)[-1]
    assert (fields["head_relu"].size, fields["head_relu"].jump) == (last.field, last.jump)
