"""The capstone: what is on the list comes back as it was, what is not is named."""

import keras
import numpy as np
import pytest
from keras import layers

from capstone.networks import (
    DENSE,
    END,
    FLAT,
    GOOD,
    PICTURES,
    archive,
    conv,
    node,
    pad,
    plain_network,
    recipe_npy,
    recipe_of,
    trained_looking,
    zeros,
)
from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.allowed import ACTIVATIONS, RULES
from coursetools.capstone.describe import describe
from coursetools.capstone.rebuild import (
    TooLargeError,
    WrongShapesError,
    rebuild,
)
from coursetools.capstone.recipe import OutsideTheListError, read_recipe, written
from coursetools.capstone.weights_file import FILE, read_capstone, write_capstone


@pytest.mark.parametrize("make", GOOD)
def test_a_network_comes_back_as_it_was(make, tmp_path):
    model = trained_looking(make())
    recipe, arrays = describe(model, "tag")
    digest = write_capstone(tmp_path / FILE, recipe, arrays)
    capstone = read_capstone(tmp_path / FILE)
    assert (capstone.digest, capstone.recipe.tag) == (digest, "tag")
    assert capstone.parameters == model.count_params()
    assert np.allclose(rebuild(capstone)(PICTURES), model(PICTURES, training=False), atol=1e-5)


def test_numpy_reads_the_file_without_pickle(tmp_path):
    write_capstone(tmp_path / FILE, *describe(plain_network()))
    with np.load(tmp_path / FILE, allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} == {"u", "f"}


@keras.saving.register_keras_serializable()
class Own(layers.Layer):
    def call(self, x):
        return x


class Dense(layers.Dense):
    """A class of one's own that is called as Keras's."""


def stack(*made):
    return keras.Sequential([keras.Input((32, 32, 3)), *made, layers.Flatten(), layers.Dense(1)])


def shared():
    twice = layers.Conv2D(3, 3, padding="same")
    return stack(twice, twice)


OUTSIDE = {
    "a lambda": (
        lambda: stack(layers.Lambda(lambda x: x * 2)),
        "`Lambda` is not on the capstone's",
    ),
    "a class": (lambda: stack(Own()), "`Own` is not on the capstone's list of layers, which "),
    "a class in disguise": (lambda: stack(Dense(3)), "`Dense` is not on"),
    "a lambda as activation": (
        lambda: stack(layers.Conv2D(2, 3, activation=lambda x: x * 2)),
        "The activation `<lambda>` of a `Conv2D` is your own",
    ),
    "groups": (lambda: stack(layers.Conv2D(3, 3, groups=3)), "`Conv2D` with `groups=3` is not on"),
    "a layer twice": (shared, "is used more than once."),
    "no weights yet": (lambda: keras.Sequential([layers.Dense(1)]), "Train it first."),
    "a list": (lambda: [layers.Dense(1)], "That is not a Keras model."),
    "a huge layer": (lambda: stack(layers.Conv2D(2000, 1)), "`filters` is out of range."),
}


@pytest.mark.parametrize("name", list(OUTSIDE))
def test_what_is_outside_the_list_is_named_at_once(name):
    make, words = OUTSIDE[name]
    with pytest.raises(UnreadableAnswer) as caught:
        describe(make())
    assert words in str(caught.value)


UNFIT = {
    "wrong shapes": (
        {"recipe.npy": recipe_npy(FLAT, END), **zeros(2, (3072, 2), (1,))},
        WrongShapesError,
        "Layer 2, a `Dense`, has weights of the shapes (3072, 1), (1,); in the file they are "
        "(3072, 2), (1,).",
    ),
    "no arrays": (
        {"recipe.npy": recipe_npy(FLAT, END)},
        WrongShapesError,
        "in the file they are none.",
    ),
    "a layer of ten gigabytes": (
        {
            "recipe.npy": recipe_npy(
                pad(0),
                pad(1),
                node("Flatten", inputs=(2,)),
                node("Dense", (3,), **(DENSE | {"units": 4096})),
                node("Dense", (4,), **(DENSE | {"units": 4096})),
            )
        },
        WrongShapesError,
        "in the file they are none.",
    ),
    "maps without end": (
        {"recipe.npy": recipe_npy(*[pad(place) for place in range(100)])},
        TooLargeError,
        "numbers for one picture; at most 600,000 are allowed.",
    ),
    "maps that vanish": (
        {
            "recipe.npy": recipe_npy(
                conv(0, 1, 32, padding="valid"), conv(1, 1, 3, padding="valid")
            ),
            **zeros(1, (32, 32, 3, 1)),
            **zeros(2, (3, 3, 1, 1)),
        },
        UnreadableAnswer,
        "Layer 2, a `Conv2D`: ",
    ),
    "maps into flat layers": (
        {"recipe.npy": recipe_npy(FLAT, node("GlobalMaxPooling2D", inputs=(1,)))},
        UnreadableAnswer,
        "Layer 2, a `GlobalMaxPooling2D`: ",
    ),
    "settings that Keras refuses": (
        {
            "recipe.npy": recipe_npy(conv(0, 1, 3, strides=[2, 2], dilation_rate=[2, 2])),
            **zeros(1, (3, 3, 3, 1)),
        },
        UnreadableAnswer,
        "Layer 1, a `Conv2D`: ",
    ),
    "sums of unlike things": (
        {"recipe.npy": recipe_npy(FLAT, node("Add", inputs=(0, 1)))},
        UnreadableAnswer,
        "Layer 2, a `Add`: ",
    ),
}


@pytest.mark.parametrize("name", list(UNFIT))
def test_what_does_not_fit_together_is_refused_before_weights_are_made(name, tmp_path):
    members, error, words = UNFIT[name]
    capstone = read_capstone(archive(tmp_path / FILE, members))
    with pytest.raises(error) as caught:
        rebuild(capstone)
    assert words in str(caught.value)


def test_every_layer_and_activation_of_the_list_is_keras_s():
    assert all(issubclass(getattr(keras.layers, name), layers.Layer) for name in RULES)
    assert all(keras.activations.get(name).__name__ == name for name in ACTIVATIONS)
    with pytest.raises(OutsideTheListError, match="`Lambda` is not on"):
        read_recipe(recipe_of(node("Lambda")))
    recipe = read_recipe(recipe_of(FLAT, END))
    assert read_recipe(written(recipe)) == recipe
