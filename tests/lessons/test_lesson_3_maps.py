"""Exercises 3.1 and 3.3: maps and functions of maps, right in many forms, wrong in known ones."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from coursetools.datasets import lesson_picture
from coursetools.lessons.lesson_3 import average_each_map, pictures, pool_the_map
from coursetools.operations import edge
from tests.lessons.marking import mark


@pytest.fixture(scope="module")
def detected():
    """The notebook's own map, made by TensorFlow as the notebook makes it."""
    image = lesson_picture("car-front", channels=1, size=200)
    image_filter = tf.nn.conv2d(
        input=image[None, ..., None], filters=edge[..., None, None], strides=1, padding="SAME"
    )
    return tf.nn.relu(image_filter)


def test_the_checker_s_map_is_the_notebook_s(detected):
    ours = pictures.image_detect()
    assert np.abs(detected.numpy()[0, :, :, 0] - ours).max() < 1e-5 * ours.max()
    assert (pictures.image_filter() < 0).any()


def pooled(maps, kind="MAX", window=(2, 2), strides=(2, 2), padding="SAME"):
    return tf.nn.pool(
        input=maps, window_shape=window, pooling_type=kind, strides=strides, padding=padding
    )


def squares(maps):
    return maps.numpy()[0, :, :, 0].reshape(100, 2, 100, 2)


RIGHT = {
    "tf.nn.pool": pooled,
    "valid": lambda m: pooled(m, padding="VALID"),
    "tf.nn.max_pool2d": lambda m: tf.nn.max_pool2d(m, 2, 2, "SAME"),
    "a layer": lambda m: keras.layers.MaxPool2D()(m),
    "a layer with its arguments": lambda m: keras.layers.MaxPool2D(2, strides=2, padding="same")(m),
    "keras.ops": lambda m: keras.ops.max_pool(m, 2, 2),
    "numpy": lambda m: squares(m).max(axis=(1, 3)),
    "numpy in float64": lambda m: squares(m).astype("float64").max(axis=(1, 3)),
    "lists": lambda m: squares(m).max(axis=(1, 3)).tolist(),
    "three axes": lambda m: pooled(m)[0],
    "squeezed": lambda m: tf.squeeze(pooled(m)),
    "a variable": lambda m: tf.Variable(pooled(m)),
    "pooled first, ReLU after": lambda m: tf.nn.relu(
        pooled(pictures.image_filter()[None, ..., None])
    ),
    "by hand": lambda m: [
        [squares(m)[row, :, column].max() for column in range(100)] for row in range(100)
    ],
}


@pytest.mark.parametrize("name", list(RIGHT))
def test_pooling_in_every_form(detected, name):
    result = mark(pool_the_map, image_condense=RIGHT[name](detected))
    assert result.score == 3, result.feedback_lines


WRONG = {
    "average": (lambda m: pooled(m, "AVG"), "These are the windows' averages."),
    "sum": (lambda m: pooled(m, "AVG") * 4, "These are the windows' sums."),
    "top left": (lambda m: m[:, ::2, ::2], "You kept the top-left pixel of each window"),
    "bottom right": (lambda m: m[:, 1::2, 1::2], "You kept the bottom-right pixel"),
    "top right": (lambda m: m[:, ::2, 1::2], "You kept the top-right pixel"),
    "smallest": (lambda m: -pooled(-m), "These are the smallest values of the windows."),
    "stride 1, same": (lambda m: pooled(m, strides=(1, 1)), "200 × 200 is nearly the full size"),
    "stride 1, valid": (
        lambda m: pooled(m, strides=(1, 1), padding="VALID"),
        "199 × 199 is nearly the full size: the window must move 2 pixels at a time.",
    ),
    "nothing done": (lambda m: m, "That is `image_detect` itself, unpooled."),
    "not detected": (
        lambda m: pooled(pictures.image_filter()[None, ..., None]),
        "You pooled the map before ReLU: it still has negative values.",
    ),
    "the picture": (
        lambda m: pooled(pictures.image()[None, ..., None]),
        "That is the picture itself, pooled.",
    ),
    "zeros": (lambda m: tf.zeros((1, 100, 100, 1)), "The shape is right, but every value is 0."),
    "ones": (lambda m: np.ones((100, 100)), "The shape is right, but every value is `1.0`."),
    "negative": (lambda m: pooled(m) - 5, "It has negative values, down to -5"),
    "windows of 3": (lambda m: pooled(m, window=(3, 3)), "the window is 3 × 3."),
    "strides of 3": (lambda m: pooled(m, window=(3, 3), strides=(3, 3)), "67 × 67 is a third"),
    "pooled twice": (lambda m: pooled(pooled(m)), "50 × 50 is a quarter"),
    "rows only": (lambda m: pooled(m, window=(2, 1), strides=(2, 1)), "in one direction only."),
    "transposed": (lambda m: tf.transpose(pooled(m)), "Rows and columns have changed places."),
    "in a row": (
        lambda m: squares(m).reshape(100, 100, 4).max(axis=2),
        "These are the largest of four neighbours in a row.",
    ),
    "255 times": (lambda m: pooled(m) * 255, "Every value is 255 times what it should be."),
    "one value off": (
        lambda m: pooled(m).numpy() + 0.5 * (np.arange(10_000) == 305).reshape(1, 100, 100, 1),
        "1 of 10,000 values are not the largest of their window. In row 3, column 5 you have",
    ),
    "one number": (lambda m: tf.reduce_max(m), "could not be read."),
    "the function": (lambda m: tf.nn.pool, "call it."),
    "the layer": (lambda m: keras.layers.MaxPool2D(), "call it."),
    "two channels": (lambda m: tf.concat([m, m], axis=-1), "two axes are asked for."),
    "another size": (lambda m: np.zeros((7, 9)), "Your map is 7 × 9; `image_detect` is 200 × 200"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_pooling_earns_nothing_and_is_named(detected, name):
    make, words = WRONG[name]
    result = mark(pool_the_map, image_condense=make(detected))
    assert words in " ".join(result.feedback_lines)
    assert result.score == 0


def layer_for_both(maps):
    layer = keras.layers.GlobalAveragePooling2D()
    return layer(maps) if maps.ndim == 4 else layer(maps[None])[0]


def with_loops(maps):
    if maps.ndim == 4:
        return [with_loops(stack) for stack in maps]
    return [
        sum(map(sum, maps[:, :, c].tolist())) / (maps.shape[0] * maps.shape[1])
        for c in range(maps.shape[2])
    ]


RIGHT_GAPS = {
    "from the end": lambda maps: np.mean(maps, axis=(-3, -2)),
    "a method": lambda maps: maps.mean(axis=(-2, -3)),
    "two means": lambda maps: maps.mean(-2).mean(-2),
    "sums": lambda maps: maps.sum((-3, -2)) / (maps.shape[-3] * maps.shape[-2]),
    "a tensor": lambda maps: tf.reduce_mean(maps, axis=[-3, -2]),
    "keras.ops": lambda maps: keras.ops.mean(maps, axis=(-3, -2)),
    "a layer": layer_for_both,
    "loops": with_loops,
    "einsum": lambda maps: np.einsum("...hwc->...c", maps) / np.prod(maps.shape[-3:-1]),
}


@pytest.mark.parametrize("name", list(RIGHT_GAPS))
def test_averaging_in_every_form(name):
    result = mark(average_each_map, gap=RIGHT_GAPS[name])
    assert result.score == 4, result.feedback_lines


def needs_a_square(maps):
    side = maps.shape[-2]
    return maps.sum(axis=(-3, -2)) / side**2


WRONG_GAPS = {
    "axes of one stack": (
        lambda maps: maps.mean(axis=(0, 1)),
        1,
        "You averaged over the pictures (axis 0) and kept the width.",
    ),
    "axes of a batch": (
        lambda maps: maps.mean(axis=(1, 2)),
        3,
        "A single stack has no batch axis, and you averaged over its columns and channels.",
    ),
    "the layer": (
        keras.layers.GlobalAveragePooling2D(),
        3,
        "A single stack has no batch axis.",
    ),
    "everything": (np.mean, 0, "You get one number for everything"),
    "all pictures": (lambda maps: maps.mean(axis=(0, 1, 2)), 0, "the batch axis must stay."),
    "one a picture": (
        lambda maps: maps.mean(axis=(-3, -2, -1)),
        0,
        "You get one number a picture, but each map keeps its own",
    ),
    "max": (lambda maps: maps.max(axis=(-3, -2)), 0, "That is global *max* pooling"),
    "sum": (lambda maps: maps.sum(axis=(-3, -2)), 0, "Those are sums."),
    "median": (lambda maps: np.median(maps, axis=(-3, -2)), 0, "Those are medians"),
    "keepdims": (
        lambda maps: maps.mean(axis=(-3, -2), keepdims=True),
        0,
        "two axes of size 1 are left over",
    ),
    "channels": (lambda maps: maps.mean(axis=-1), 0, "You averaged over the channels"),
    "rows": (lambda maps: maps.mean(axis=-2), 0, "You averaged along each row only"),
    "columns": (lambda maps: maps.mean(axis=-3), 0, "You averaged along each column only."),
    "width and channels": (
        lambda maps: maps.mean(axis=(-2, -1)),
        0,
        "You averaged over width and channels.",
    ),
    "nothing done": (lambda maps: maps, 0, "Your `gap` gives back what it was given."),
    "no return": (lambda maps: None, 0, "gives nothing. Does it end with `return`?"),
    "stops": (
        lambda maps: maps.averag(),
        0,
        "Given a batch of shape `(3, 4, 4, 5)`, your `gap` stopped with `AttributeError: ",
    ),
    "a text": (lambda maps: "mean", 0, "which is no array of numbers."),
    "zeros": (
        lambda maps: np.zeros(maps.shape[:-3] + maps.shape[-1:]),
        0,
        "gives the right shape, but begins with 0",
    ),
    "the wrong shape": (lambda maps: np.ones((2, 2)), 0, "the mean of each map has the shape"),
    "squares only": (needs_a_square, 2, "gives the right shape, but begins with"),
    "a result": (np.mean(average_each_map.answers["gap"].cases[0][0]), 0, "It cannot be called"),
}


@pytest.mark.parametrize("name", list(WRONG_GAPS))
def test_wrong_averaging_is_named(name):
    function, score, words = WRONG_GAPS[name]
    result = mark(average_each_map, gap=function)
    assert words in " ".join(result.feedback_lines)
    assert result.score == score
