"""Exercises 5.1, 5.2 and 5.7: right answers in several forms, wrong ones and their words."""

import keras
import numpy as np
import pytest
from keras import layers

from coursetools.lessons.lesson_5 import (
    build_the_augmenter,
    repair_the_model,
    the_third_block,
)
from tests.lessons.marking import mark, seen


def conv(filters=128, kernel=3, padding="same", activation="relu", **more):
    return layers.Conv2D(filters, kernel, padding=padding, activation=activation, **more)


def block(filters, n):
    return [*(conv(filters) for _ in range(n)), layers.MaxPool2D()]


RIGHT_BLOCKS = {
    "as the course writes it": lambda: [conv(), conv(), layers.MaxPool2D()],
    "other spellings": lambda: (
        layers.Conv2D(filters=128, kernel_size=(3, 3), padding="SAME", activation=keras.ops.relu),
        layers.Conv2D(128, [3, 3], 1, "same", activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2), strides=2),
    ),
    "activations as layers": lambda: [
        conv(activation=None),
        layers.ReLU(),
        conv(activation=None),
        layers.Activation("relu"),
        layers.MaxPool2D(2),
    ],
    "relu after the pooling": lambda: [
        conv(),
        conv(activation=None),
        layers.MaxPool2D(),
        layers.ReLU(),
    ],
    "a model": lambda: keras.Sequential([conv(), conv(), layers.MaxPool2D()]),
    "a model with an input": lambda: keras.Sequential(
        [keras.Input((32, 32, 64)), conv(), conv(), layers.MaxPool2D()]
    ),
    "lists in a list": lambda: [[conv(), conv()], [layers.MaxPool2D()]],
    "a function": lambda: block(128, 2),
    "with dropout": lambda: [conv(), conv(), layers.MaxPool2D(), layers.Dropout(0.3)],
    "with normalisation": lambda: [
        conv(activation=None),
        layers.BatchNormalization(),
        layers.ReLU(),
        conv(),
        layers.MaxPool2D(),
    ],
    "zeros around": lambda: [
        layers.ZeroPadding2D(1),
        conv(padding="valid"),
        layers.ZeroPadding2D(1),
        conv(padding="valid"),
        layers.MaxPool2D(),
    ],
}


@pytest.mark.parametrize("name", list(RIGHT_BLOCKS))
def test_right_block_passes(name):
    result = mark(the_third_block, block_three=RIGHT_BLOCKS[name]())
    assert result.score == 4, result.feedback_lines


def test_looking_leaves_the_layers_without_weights():
    made = RIGHT_BLOCKS["as the course writes it"]()
    mark(the_third_block, block_three=made)
    assert not any(layer.weights for layer in made)


def test_right_block_makes_the_network_of_the_question():
    network = keras.Sequential(
        [
            keras.Input((128, 128, 3)),
            conv(32, 5),
            layers.MaxPool2D(),
            conv(64),
            layers.MaxPool2D(),
            *the_third_block.solve_for("")["block_three"],
            layers.Flatten(),
            layers.Dense(6),
            layers.Dense(1),
        ]
    )
    assert network.count_params() == 438_989


WRONG_BLOCKS = {
    "no padding": (
        lambda: [conv(padding="valid"), conv(padding="valid"), layers.MaxPool2D()],
        2,
        'You lose pixels at the border of a convolution: `padding="same"`',
    ),
    "padding in one": (
        lambda: [conv(padding="valid"), conv(), layers.MaxPool2D()],
        2,
        "Your maps are 15 × 15 in the end",
    ),
    "kernels of 5": (
        lambda: [conv(kernel=5), conv(kernel=5), layers.MaxPool2D()],
        2,
        "Your kernels are 5 × 5; those of this block are 3 × 3.",
    ),
    "one convolution": (
        lambda: [conv(), layers.MaxPool2D()],
        1,
        "291,405 parameters: the second convolution is missing.",
    ),
    "one convolution and no pool": (
        lambda: [conv()],
        0,
        "There is one convolution so far; this block has two.",
    ),
    "two pools": (
        lambda: [conv(), layers.MaxPool2D(), conv(), layers.MaxPool2D()],
        1,
        "Your maps are 8 × 8 in the end: halve them once",
    ),
    "pool between": (
        lambda: [conv(), layers.MaxPool2D(), conv()],
        3,
        "Both convolutions come first, the pooling last.",
    ),
    "no pool": (lambda: [conv(), conv()], 2, "Your maps are still 32 × 32"),
    "no ReLU": (
        lambda: [conv(activation=None), conv(activation=None), layers.MaxPool2D()],
        3,
        "Convolution 1 has no ReLU.",
    ),
    "one ReLU": (
        lambda: [conv(), conv(activation=None), layers.MaxPool2D()],
        3,
        "Convolution 2 has no ReLU.",
    ),
    "another bend": (
        lambda: [conv(activation="tanh"), conv(), layers.MaxPool2D()],
        3,
        "Convolution 1 has no ReLU.",
    ),
    "64 filters": (
        lambda: [conv(64), conv(64), layers.MaxPool2D()],
        1,
        "They double from block to block: 32, 64, 128.",
    ),
    "three convolutions": (
        lambda: [conv(), conv(), conv(), layers.MaxPool2D()],
        2,
        "Your block has 3 convolutions; this one has two.",
    ),
    "the head too": (
        lambda: [conv(), conv(), layers.MaxPool2D(), layers.Flatten()],
        0,
        "Your block gives a list of numbers, no maps.",
    ),
    "an identity": (lambda: [layers.Identity()], 0, "There is no convolution in your block"),
    "a pool": (lambda: layers.MaxPool2D(), 0, "There is no convolution in your block"),
    "wrong order": (
        lambda: [layers.Flatten(), conv()],
        0,
        "Your layers could not be run on maps of 32 × 32 × 64",
    ),
    "a class": (lambda: [layers.Conv2D], 0, "is the class, not a layer: write its arguments"),
    "a text": (lambda: ["Conv2D"], 0, "`'Conv2D'` in it is not a layer."),
    "a number": (lambda: 3, 0, "could not be read."),
    "zeros": (lambda: np.zeros(3), 0, "could not be read."),
    "empty": (list, 0, "Not answered yet."),
}


@pytest.mark.parametrize("name", list(WRONG_BLOCKS))
def test_wrong_block_is_told_what_is_wrong(name):
    build, score, words = WRONG_BLOCKS[name]
    result = mark(the_third_block, block_three=build())
    assert words in " ".join(result.feedback_lines)
    assert result.score == score, result.feedback_lines


def convnet(*paddings, filters=(32, 64, 128), kernels=(5, 3, 3), units=6, size=128):
    made = [keras.Input((size, size, 3))]
    for f, k, p in zip(filters, kernels, paddings or ("same",) * 3, strict=True):
        made += [conv(f, k, p), layers.MaxPool2D()]
    made += [layers.Flatten(), layers.Dense(units, "relu"), layers.Dense(1, "sigmoid")]
    return keras.Sequential(made)


def zero_padded():
    made = [keras.Input((128, 128, 3))]
    for f, k in ((32, 5), (64, 3), (128, 3)):
        made += [layers.ZeroPadding2D(k // 2), conv(f, k, "valid"), layers.MaxPool2D()]
    made += [layers.Flatten(), layers.Dense(6, "relu"), layers.Dense(1, "sigmoid")]
    return keras.Sequential(made)


def functional():
    pictures = keras.Input((128, 128, 3))
    x = layers.MaxPool2D()(conv(32, 5)(pictures))
    x = layers.MaxPool2D()(conv(64)(x))
    x = layers.Flatten()(layers.MaxPool2D()(conv(128)(x)))
    return keras.Model(pictures, layers.Dense(1)(layers.Dense(6, "relu")(x)))


@pytest.mark.parametrize(
    "build", [convnet, zero_padded, functional, lambda: convnet("SAME", "Same", "same")]
)
def test_repaired_network_passes(build):
    letter = seen(repair_the_model, "A", "ada")
    result = mark(repair_the_model, "ada", diagnosis=letter, repaired=build())
    assert result.score == 2, result.feedback_lines


UNREPAIRED = {
    "as it was": (
        lambda: convnet("valid", "valid", "valid"),
        "It still has 245,325 parameters, and its first maps are still 124 × 124.",
    ),
    "first only": (
        lambda: convnet("same", "valid", "valid"),
        "Convolution 2 gives maps of 62 × 62; in the summary they are 64 × 64.",
    ),
    "not the last": (
        lambda: convnet("same", "same", "valid"),
        "Convolution 3 gives maps of 30 × 30",
    ),
    "not the first": (lambda: convnet("valid", "same", "same"), "Convolution 1 gives maps of 124"),
    "other filters": (
        lambda: convnet("valid", "valid", "valid", filters=(32, 64, 150)),
        "yours have 32, 64, 150 filters with kernels of 5, 3, 3. Leave those as they are.",
    ),
    "other kernels": (lambda: convnet(kernels=(3, 3, 3)), "with kernels of 3, 3, 3"),
    "other head": (lambda: convnet(units=8), "Compare the head: 6 units, then 1."),
    "larger pictures": (
        lambda: convnet("valid", "valid", "valid", size=144),
        "Convolution 1 gives maps of 140 × 140",
    ),
    "no convolution": (
        lambda: keras.Sequential([keras.Input((128, 128, 3)), layers.Flatten(), layers.Dense(1)]),
        "There is no convolution in your `repaired`",
    ),
    "a list": (lambda: [conv(32, 5)], "could not be read."),
}


@pytest.mark.parametrize("name", list(UNREPAIRED))
def test_unrepaired_network_earns_nothing_and_is_told_the_first_difference(name):
    build, words = UNREPAIRED[name]
    result = mark(repair_the_model, diagnosis=seen(repair_the_model, "B"), repaired=build())
    assert words in " ".join(result.feedback_lines)
    assert result.score == 0


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("B", "A kernel of another size would change"),
        ("C", "The last entry of each shape"),
        ("D", "Both begin at 128 × 128."),
    ],
)
def test_wrong_diagnosis_is_answered(letter, words):
    result = mark(repair_the_model, "ada", diagnosis=seen(repair_the_model, letter, "ada"))
    assert words in " ".join(result.feedback_lines)
    assert result.score == 0


CONTRAST = {"factor": (0.1, 0.1), "value_range": (0, 1)}


def augmenter(*made, size=128):
    return keras.Sequential([keras.Input((size, size, 3)), *made])


def three(contrast=None, flip="horizontal", turn=0.1):
    return (
        layers.RandomContrast(**(contrast or CONTRAST)),
        layers.RandomFlip(flip),
        layers.RandomRotation(turn),
    )


RIGHT_AUGMENTERS = {
    "as the course writes it": lambda: augmenter(*three()),
    "the other way round": lambda: augmenter(*three()[::-1]),
    "as the original writes it": lambda: augmenter(
        layers.RandomContrast(0.10), layers.RandomFlip("horizontal"), layers.RandomRotation(0.10)
    ),
    "pairs": lambda: augmenter(*three(turn=(-0.1, 0.1))),
    "no input": lambda: keras.Sequential(list(three())),
    "a list": lambda: list(three()),
    "a model in a model": lambda: augmenter(keras.Sequential(list(three()))),
    "with more": lambda: augmenter(
        *three(), layers.Rescaling(1.0), layers.RandomTranslation(0.05, 0.05)
    ),
    "small pictures": lambda: augmenter(*three(), size=64),
    "black corners": lambda: augmenter(
        *three()[:2], layers.RandomRotation(0.1, fill_mode="constant")
    ),
}


@pytest.mark.parametrize("name", list(RIGHT_AUGMENTERS))
def test_right_augmenter_passes(name):
    result = mark(build_the_augmenter, augment=RIGHT_AUGMENTERS[name]())
    assert result.score == 3, result.feedback_lines


def test_the_original_s_contrast_is_told_what_it_does():
    result = mark(build_the_augmenter, augment=RIGHT_AUGMENTERS["as the original writes it"]())
    note = " ".join(check.note for check in result.checks)
    assert "only raises the contrast" in note
    assert "`value_range=(0, 1)` keeps them in 0 to 1." in note


WRONG_AUGMENTERS = {
    "nothing": (lambda: augmenter(), 0, "There is no layer in it so far."),
    "an identity": (lambda: augmenter(layers.Identity()), 0, "Nothing random happens"),
    "always on": (lambda: augmenter(*three(), layers.Rescaling(2.0)), 0, "in use a picture has"),
    "flattened": (lambda: augmenter(layers.Flatten()), 0, "could not be run on pictures"),
    "flip by default": (
        lambda: augmenter(*three(flip="horizontal_and_vertical")),
        2,
        "`RandomFlip` also mirrors top to bottom",
    ),
    "flip upside down": (lambda: augmenter(*three(flip="vertical")), 2, "on their head"),
    "no flip": (lambda: augmenter(*three()[::2]), 2, "no picture was mirrored."),
    "turn of .36": (
        lambda: augmenter(*three(turn=0.36)),
        2,
        "The factor counts full turns: 36 degrees are 0.1.",
    ),
    "turn of 36": (lambda: augmenter(*three(turn=1.0)), 2, "The factor counts full turns: 36"),
    "turn of .2": (lambda: augmenter(*three(turn=0.2)), 2, "0.2 means up to 72 degrees"),
    "flip by default and turn of .2": (
        lambda: augmenter(*three(flip="horizontal_and_vertical", turn=0.2)),
        1,
        "`RandomFlip` also mirrors top to bottom",
    ),
    "flip by default and any turn": (
        lambda: augmenter(*three(flip="horizontal_and_vertical", turn=0.5)),
        1,
        "mirrors both ways at once, and that is half a turn.",
    ),
    "turn of .05": (lambda: augmenter(*three(turn=0.05)), 2, "The widest turn in 200 draws was 1"),
    "no turn": (lambda: augmenter(*three()[:2]), 2, "no picture was turned."),
    "no contrast": (lambda: augmenter(*three()[1:]), 2, "the contrast changed by 0.0"),
    "brightness": (
        lambda: augmenter(layers.RandomBrightness(0.1, value_range=(0, 1)), *three()[1:]),
        2,
        "that is brightness.",
    ),
    "contrast of .5": (
        lambda: augmenter(*three(contrast={"factor": 0.5, "value_range": (0, 1)})),
        2,
        "10 % are 0.9 to 1.1, a factor of 0.1.",
    ),
    "a picture": (lambda: np.zeros((128, 128, 3)), 0, "could not be read."),
    "a class": (lambda: [layers.RandomFlip], 0, "is the class, not a layer"),
}


@pytest.mark.parametrize("name", list(WRONG_AUGMENTERS))
def test_wrong_augmenter_is_told_what_is_wrong(name):
    build, score, words = WRONG_AUGMENTERS[name]
    result = mark(build_the_augmenter, augment=build())
    assert words.lower() in " ".join(result.feedback_lines).lower()
    assert result.score == score, result.feedback_lines


def test_looking_leaves_the_random_states_as_they_were():
    augment = augmenter(*three())
    before = [v.numpy() for v in augment.variables]
    mark(build_the_augmenter, augment=augment)
    assert all(map(np.array_equal, before, [v.numpy() for v in augment.variables]))
    assert before
