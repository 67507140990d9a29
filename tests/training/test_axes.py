"""A convolution's input without all its axes: a sentence, and the process lives on."""

import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf

from coursetools.training.axes import _checked

IMAGE = np.ones((6, 6), "float32")
KERNEL = np.ones((3, 3, 1, 1), "float32")


@pytest.fixture
def seen():
    return []


@pytest.fixture
def conv2d(seen):
    def conv2d(input, filters, strides=1, padding="VALID"):
        seen.append((np.shape(input), np.shape(filters)))

    return _checked("conv2d", conv2d, 4)


@pytest.mark.parametrize(
    ("image", "shape"),
    [
        (IMAGE, r"\(6, 6\)"),
        (IMAGE.tolist(), r"\(6, 6\)"),
        (tf.constant(IMAGE), r"\(6, 6\)"),
        (IMAGE[None], r"\(1, 6, 6\)"),
    ],
)
def test_a_missing_axis_is_named(conv2d, seen, image, shape):
    for call in (
        lambda: conv2d(image, KERNEL),
        lambda: conv2d(input=image, filters=KERNEL, padding="SAME"),
    ):
        with pytest.raises(ValueError, match=f"4 axes .batch, height.* shape is `{shape}`"):
            call()
    assert seen == []


def test_the_way_out_is_told_where_two_axes_are_missing(conv2d):
    with pytest.raises(ValueError, match=r"`image\[None, \.\.\., None\]` adds two of length 1\.$"):
        conv2d(IMAGE, KERNEL)
    with pytest.raises(ValueError, match=r"shape is `\(6, 6, 1\)`\.$"):
        conv2d(IMAGE[..., None], KERNEL)


def test_what_has_its_axes_goes_through(conv2d, seen):
    conv2d(IMAGE[None, ..., None], KERNEL)
    conv2d(input=IMAGE[None, ..., None], filters=KERNEL)
    assert seen == [((1, 6, 6, 1), (3, 3, 1, 1))] * 2


def test_an_unknown_shape_is_left_to_tensorflow(conv2d, seen):
    conv2d(tf.TensorSpec(None), KERNEL)
    assert len(seen) == 1


def test_filters_say_how_many_axes_a_convolution_has(seen):
    convolution = _checked("convolution", lambda input, filters: seen.append(1), None)
    with pytest.raises(ValueError, match=r"3 axes .batch, steps, channels"):
        convolution(np.ones(8), np.ones((3, 1, 1)))
    convolution(np.ones((1, 8, 1)), np.ones((3, 1, 1)))
    assert seen == [1]


CALLS = """
import coursetools as ct
ct.start_tensorflow()
ct.start_tensorflow()
import numpy as np, tensorflow as tf, keras
image, kernel = np.ones((6, 6), "float32"), np.ones((3, 3, 1, 1), "float32")
calls = [
    lambda: tf.nn.conv2d(image, kernel, strides=1, padding="SAME"),
    lambda: tf.nn.convolution(image[None], kernel),
    lambda: tf.nn.conv1d(image[0], kernel[0], stride=1, padding="VALID"),
]
for call in calls:
    try:
        call()
    except ValueError as error:
        print("told:", error)
right = tf.nn.conv2d(image[None, ..., None], kernel, strides=1, padding="VALID")
layer = keras.layers.Conv2D(1, 3, kernel_initializer="ones")(image[None, ..., None])
print(float(right[0, 0, 0, 0]), float(layer[0, 0, 0, 0]))
"""


def test_a_process_lives_through_all_three_slips():
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    for name in ("conv2d", "convolution", "conv1d"):
        assert done.stdout.count(f"told: `tf.nn.{name}` wants an input") == 1
    assert done.stdout.splitlines()[-1] == "9.0 9.0"
