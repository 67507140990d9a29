"""Exercises 2.2 and 2.3: maps computed in every way, and what is said to those that are not it."""

import numpy as np
import pytest
from scipy import ndimage, signal

from coursetools.lessons.lesson_2 import detect, maps, run_the_convolution
from coursetools.operations import KERNELS, convolve, relu
from tests.lessons.marking import mark

IMAGE = maps.picture()
LINE = maps.REFERENCE
SOBEL = KERNELS["bottom_sobel"]
"""A right answer to 2.1 that is another kernel when it is turned."""


def same(kernel, image=IMAGE):
    return convolve(image, kernel, padding="same")


def conv2d(kernel):
    import tensorflow as tf

    return tf.nn.conv2d(IMAGE[None, ..., None], kernel[..., None, None], 1, "SAME")


def convolution(kernel):
    import tensorflow as tf

    return tf.nn.convolution(IMAGE[None, ..., None], kernel[..., None, None], padding="SAME")


def keras_ops(kernel):
    import keras

    return keras.ops.conv(IMAGE[None, ..., None], kernel[..., None, None], 1, "same")


def keras_layer(kernel):
    import keras

    layer = keras.layers.Conv2D(1, 3, padding="same", use_bias=False)
    layer.build((None, 200, 200, 1))
    layer.set_weights([kernel[..., None, None]])
    return layer(IMAGE[None, ..., None])


def loops(kernel):
    padded = np.pad(IMAGE, 1)
    out = np.zeros((200, 200))
    for i in range(200):
        for j in range(200):
            out[i, j] = (padded[i : i + 3, j : j + 3] * kernel).sum()
    return out


WAYS = [
    conv2d,
    convolution,
    keras_ops,
    keras_layer,
    loops,
    lambda kernel: np.squeeze(conv2d(kernel)),
    lambda kernel: signal.correlate2d(IMAGE, kernel, mode="same"),
    lambda kernel: ndimage.correlate(IMAGE, kernel, mode="constant"),
    lambda kernel: same(kernel).tolist(),
    lambda kernel: same(kernel).astype("float64")[..., None],
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("kernel", [LINE, SOBEL, 0.1 * LINE], ids=["line", "sobel", "tenth"])
def test_right_map_in_every_way(kernel, way):
    result = mark(run_the_convolution, my_kernel=kernel, image_filter=way(kernel))
    assert result.score == 3, result.feedback_lines
    assert result.feedback_lines == ()


@pytest.mark.parametrize("own", [{}, {"my_kernel": LINE.T}, {"my_kernel": None}, {"my_kernel": 0}])
def test_whoever_has_no_right_kernel_goes_on_with_the_reference(own):
    assert mark(run_the_convolution, image_filter=same(LINE), **own).score == 3
    if own and own["my_kernel"] is not None and np.ndim(own["my_kernel"]):
        assert mark(run_the_convolution, image_filter=same(LINE.T), **own).score == 0


def test_the_reference_will_do_beside_a_right_kernel():
    """The map may have been made before the student's own kernel was right."""
    assert mark(run_the_convolution, my_kernel=SOBEL, image_filter=same(LINE)).score == 3


WRONG_MAPS = [
    (lambda k: convolve(IMAGE, k), "Your map is 198 by 198 and the picture 200 by 200: VALID"),
    (lambda k: signal.correlate2d(IMAGE, k), "Your map is 202 by 202, larger than the picture"),
    (lambda k: convolve(IMAGE, k, stride=2, padding="same"), "the window moved 2 pixels at a time"),
    (lambda k: k, "That is as large as the kernel. The map is asked for."),
    (lambda k: same(k)[:100], "Your map is 100 by 200; it has to be as large as the picture"),
    (lambda k: np.repeat(same(k)[..., None], 3, 2), "and two axes are asked for."),
    (lambda k: same(k[::-1, ::-1]), "This is the flipped (textbook) convolution"),
    (lambda k: signal.convolve2d(IMAGE, k, mode="same"), "This is the flipped (textbook)"),
    (lambda k: 255 * same(k), "Every value is `255` times what it should be: which picture did"),
    (lambda k: same(k) / 255, "Every value is `0.003922` times what it should be: was the"),
    (lambda k: relu(same(k)), "No negative value is left: ReLU has been at work already."),
    (lambda k: same(k.T), "This is the map of your kernel with rows and columns swapped."),
    (lambda k: same(k).T, "Rows and columns of your map are swapped."),
    (lambda k: ndimage.correlate(IMAGE, k), "All is right but the outermost rows and columns"),
    (
        lambda k: same(KERNELS["emboss"]),
        "This is the map of another kernel, of about `[[-2, -1, 0], [",
    ),
    (lambda k: IMAGE, "That is the picture itself, as it came. Filter it with `line_kernel`."),
    (lambda k: np.round(same(k), 2), "; the nine products there add up to `"),
    (lambda k: same(k).astype("float16") * np.float16(1.0005), "It is right only roughly."),
    (lambda k: np.zeros((200, 200)), "Every value is 0."),
    (lambda k: np.ones((200, 200)), "At row "),
    (lambda k: np.random.default_rng(1).normal(size=(200, 200)), "; the nine products there add"),
    (lambda k: same, "That is a function or a layer itself, not its result: call it."),
    (lambda k: same(k) > 0, "It holds true and false, not numbers."),
    (lambda k: np.full((200, 200), np.nan), "40000 of its numbers are NaN."),
]


@pytest.mark.parametrize(
    ("make", "words"), WRONG_MAPS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_wrong_map_is_named(make, words):
    result = mark(run_the_convolution, my_kernel=SOBEL, image_filter=make(SOBEL))
    assert result.score == 0
    assert words in " ".join(result.feedback_lines)


def test_a_map_tells_its_kernel():
    kernel = np.random.default_rng(2).normal(size=(3, 3))
    assert np.allclose(maps.kernel_behind(same(kernel)), kernel, atol=1e-5)
    assert maps.kernel_behind(relu(same(kernel))) is None


MAP = same(SOBEL)


def relu_by_tensorflow(one):
    import tensorflow as tf

    return tf.nn.relu(one[None, ..., None])


def relu_by_keras(one):
    import keras

    return keras.activations.relu(one)


def relu_by_layer(one):
    import keras

    return keras.layers.ReLU()(one)


@pytest.mark.parametrize(
    "way",
    [
        relu_by_tensorflow,
        relu_by_keras,
        relu_by_layer,
        lambda one: np.maximum(0, one),
        lambda one: np.where(one > 0, one, 0),
        lambda one: one * (one > 0),
        lambda one: np.clip(one, 0, None).tolist(),
        lambda one: np.clip(one, 0, None)[..., None].astype("float64"),
    ],
    ids=lambda way: way.__name__,
)
def test_relu_in_every_way(way):
    own = {"my_kernel": SOBEL, "image_filter": MAP[None, ..., None]}
    for names, one in ((own, MAP), (own, same(LINE)), ({}, same(LINE))):
        result = mark(detect, image_detect=way(one), **names)
        assert result.score == 2, result.feedback_lines
        assert result.feedback_lines == ()


def test_relu_of_the_reference_map_of_ones_own_kernel():
    """The kernel is right and the map is not: the notebook goes on with our map of that kernel."""
    names = {"my_kernel": SOBEL, "image_filter": IMAGE}
    assert mark(detect, image_detect=relu(MAP), **names).score == 2


WRONG_RELUS = [
    (lambda one: one, "This is the map as it came, with its negative values."),
    (
        lambda one: np.abs(one),
        "Negative answers were turned into positive ones; ReLU makes them 0.",
    ),
    (lambda one: np.clip(one, 0, 1), "Large answers were cut off at 1; ReLU has no upper limit."),
    (lambda one: 1 / (1 + np.exp(-one)), "Nothing is exactly 0 here: a sigmoid is another"),
    (lambda one: np.log1p(np.exp(one)), "Nothing is exactly 0 here, so it is another activation."),
    (
        lambda one: np.where(one > 0, one, 0.01 * one),
        "to `0.01` of what they were. That is a leaky",
    ),
    (lambda one: np.tanh(one), "There is still a negative value, `-0."),
    (lambda one: np.minimum(one, 0), "You kept the negative answers and dropped the positive"),
    (lambda one: relu(-one), "These are the negative answers with their signs swapped."),
    (lambda one: (one > 0).astype(float), "Every positive answer has become 1."),
    (lambda one: one > 0, "It holds true and false, not numbers."),
    (lambda one: np.zeros_like(one), "Every value is 0. ReLU keeps the positive ones."),
    (lambda one: IMAGE, "That is the picture itself. ReLU is for the map, `line_map`."),
    (lambda one: 2 * relu(one), "so ReLU gives `"),
    (lambda one: relu(one)[1:-1], "It is 198 by 200 and the map 200 by 200."),
    (lambda one: relu, "That is a function or a layer itself, not its result: call it."),
]


@pytest.mark.parametrize(
    ("make", "words"), WRONG_RELUS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_wrong_relu_is_named(make, words):
    own = {"my_kernel": SOBEL, "image_filter": MAP}
    for names, one in ((own, MAP), (own, same(LINE)), ({}, same(LINE))):
        result = mark(detect, image_detect=make(one), **names)
        assert result.score == 0
        assert words in " ".join(result.feedback_lines)
