"""Lesson 2's figures with TensorFlow's tensors and Keras's models, and cells as they used to be."""

import random
from pathlib import Path
from typing import Any

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

import coursetools as ct
from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import NetworkError
from coursetools.visual.maps import as_kernel, as_map, shared_limit

RING = ct.circle([64, 64], val=1.0, r_shrink=3)


@pytest.fixture(scope="module")
def model() -> Any:
    """A small base in a model with a head, all weights from one seed."""
    keras.utils.set_random_seed(7)
    base = keras.Sequential(
        [
            keras.Input((24, 24, 3)),
            keras.layers.Conv2D(5, 3, name="first"),
            keras.layers.ReLU(name="detect"),
            keras.layers.DepthwiseConv2D(3, name="depthwise"),
            keras.layers.Conv2D(4, (1, 3), padding="same", name="second"),
        ],
        name="base",
    )
    return keras.Sequential(
        [
            keras.Input((24, 24, 3)),
            keras.layers.Rescaling(2.0, name="scale"),
            base,
            keras.layers.Flatten(name="flatten"),
            keras.layers.Dense(1, name="answer"),
        ],
        name="whole",
    )


@pytest.fixture
def picture() -> np.ndarray:
    return np.random.default_rng(1).random((24, 24, 3), np.float32)


# The cells of the course that these lessons continue, but for the line that imports.

KERNEL_CELL = """
kernel = tf.constant([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])

plt.figure(figsize=(3, 3))
show_kernel(kernel)
"""

KERNELS_CELL = """
kernels = [(edge, "edge"), (blur, "blur"), (bottom_sobel, "bottom_sobel"),
           (emboss, "emboss"), (sharpen, "sharpen")]

plt.figure(figsize=(14, 4))
for i, (krn, title) in enumerate(kernels):
    plt.subplot(1, len(kernels), i+1)
    show_kernel(krn, digits=2, text_size=20)
    plt.title(title)
plt.show()
"""

IMAGES_CELL = """
circle_64 = tf.expand_dims(circle([64, 64], val=1.0, r_shrink=4), axis=-1)
letter_k = read_image(image_dir + 'k.jpg', channels=1)
car = read_image(image_dir + 'car_illus.jpg', channels=1)
car = tf.image.resize(car, size=[200, 200])
images = [(circle_64, "circle_64"), (letter_k, "letter_k"), (car, "car")]

plt.figure(figsize=(14, 4))
for i, (img, title) in enumerate(images):
    plt.subplot(1, len(images), i+1)
    plt.imshow(tf.squeeze(img))
    plt.axis('off')
    plt.title(title)
plt.show();
"""

EXTRACTION_CELL = """
image = circle([64, 64], val=1.0, r_shrink=3)
image = tf.reshape(image, [*image.shape, 1])
kernel = bottom_sobel

show_extraction(
    image, kernel,
    conv_stride=1,
    pool_size=2,
    pool_stride=2,
    subplot_shape=(1, 4),
    figsize=(14, 6),
)
show_extraction(
    image, kernel,
    conv_stride=3,
    conv_padding='same',
    activation='relu',
    pool_size=(2, 2),
    pool_stride=(2, 2),
    pool_padding='same',
    subplot_shape=(1, 4),
    figsize=(14, 6),
)
"""

SHIFT_CELL = """
image = circle([64, 64], r_shrink=4, val=1)
image = tf.expand_dims(image, axis=-1)
image = random_transform(image, jitter=3, fill_method='replicate')
image = tf.squeeze(image)

plt.figure(figsize=(16, 4))
plt.subplot(1, 5, 1)
plt.imshow(image, vmin=0, vmax=1)
for i in range(4):
    ax = plt.subplot(1, 5, i+2)
    image = tf.reshape(image, [1, *image.shape, 1])
    image = tf.nn.pool(image, window_shape=(2,2), strides=(2, 2), padding='SAME',
                       pooling_type='MAX')
    image = tf.squeeze(image)
    plt.imshow(image, vmin=0, vmax=1)
"""

MAPS_CELL = """
feature_maps = [random_map([5, 5], scale=0.1, decay_power=4) for _ in range(8)]

for i, feature_map in enumerate(feature_maps):
    plt.subplot(1, 8, i+1)
    plt.imshow(feature_map, vmin=0, vmax=1)
feature_maps_tf = [tf.reshape(feature_map, [1, *feature_map.shape, 1])
                   for feature_map in feature_maps]
"""


def run(cell: str, **names: object) -> dict[str, Any]:
    """Run a cell with the names that its import line brought in."""
    found: dict[str, Any] = {"tf": tf, "plt": plt, **names}
    for name in [
        "show_kernel",
        "show_extraction",
        "read_image",
        "circle",
        "random_map",
        "random_transform",
        "edge",
        "blur",
        "bottom_sobel",
        "emboss",
        "sharpen",
    ]:
        found[name] = getattr(ct, name)
    exec(compile(cell, "cell", "exec"), found)
    return found


def drawn() -> list[plt.Figure]:
    return [plt.figure(number) for number in plt.get_fignums()]


def test_the_cell_of_one_kernel() -> None:
    run(KERNEL_CELL)
    assert [text.get_text() for text in drawn()[0].axes[0].texts][4] == "8"


def test_the_cell_of_all_kernels() -> None:
    run(KERNELS_CELL)
    axes = drawn()[0].axes
    assert [ax.get_title() for ax in axes] == ["edge", "blur", "bottom_sobel", "emboss", "sharpen"]
    assert all(len(ax.texts) == 9 for ax in axes)


def test_the_cell_of_three_images(tmp_path: Path) -> None:
    levels = np.random.default_rng(2).integers(0, 256, (90, 120, 3), np.uint8)
    for name in ("k", "car_illus"):
        Image.fromarray(levels).save(tmp_path / f"{name}.jpg")
    found = run(IMAGES_CELL, image_dir=f"{tmp_path}/")
    assert [tuple(img.shape) for img, _ in found["images"]] == [
        (64, 64, 1),
        (90, 120, 1),
        (200, 200, 1),
    ]
    for image, _ in found["images"]:
        assert {ax.get_title() for ax in drawn()[0].axes} == {"circle_64", "letter_k", "car"}
        ct.show_extraction(image, ct.edge)


def test_the_cell_of_two_extractions() -> None:
    run(EXTRACTION_CELL)
    first, second = drawn()
    sizes = [[ax.get_xlabel().split(",")[0] for ax in one.axes] for one in (first, second)]
    assert sizes[0] == ["64\u00d764", "62\u00d762", "62\u00d762", "31\u00d731"]
    assert sizes[1] == ["64\u00d764", "22\u00d722", "22\u00d722", "11\u00d711"]


def test_the_cell_of_the_shifted_circle() -> None:
    found = run(SHIFT_CELL)
    assert found["image"].shape == (4, 4)
    assert len(drawn()[0].axes) == 5


def test_the_cell_of_random_maps() -> None:
    found = run(MAPS_CELL)
    means = keras.layers.GlobalAvgPool2D()(tf.concat(found["feature_maps_tf"], axis=0))
    np.testing.assert_allclose(
        np.ravel(means), [one.mean() for one in found["feature_maps"]], atol=1e-6
    )


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh", "linear", tf.nn.elu])
def test_three_steps_equal_three_layers(padding: str, activation: Any) -> None:
    kernel = np.random.default_rng(3).normal(size=(3, 5)).astype(np.float32)
    layers = keras.Sequential(
        [
            keras.Input((*RING.shape, 1)),
            keras.layers.Conv2D(1, (3, 5), strides=2, padding=padding, use_bias=False),
            keras.layers.Activation(activation),
            keras.layers.MaxPool2D(3, strides=2, padding=padding),
        ]
    )
    layers.layers[0].set_weights([kernel[..., None, None]])
    steps = ct.three_steps(
        tf.constant(RING)[..., None],
        tf.constant(kernel),
        conv_stride=2,
        conv_padding=padding,
        activation=activation,
        pool_size=3,
        pool_stride=2,
        pool_padding=padding,
    )
    values = RING[None, ..., None]
    for layer, ours in zip(
        layers.layers, (steps.filtered, steps.detected, steps.condensed), strict=True
    ):
        values = layer(values)
        np.testing.assert_allclose(ours, values[0, ..., 0], atol=1e-5)


def test_extract_feature_takes_and_equals_tensors() -> None:
    image = tf.constant(RING)[..., None]
    feature = ct.extract_feature(image, tf.constant(ct.bottom_sobel))
    filtered = tf.nn.conv2d(image[None], ct.bottom_sobel[..., None, None], 1, "SAME")
    condensed = tf.nn.max_pool2d(tf.nn.relu(filtered), 2, 2, "SAME")
    np.testing.assert_allclose(feature, condensed[0], atol=1e-5)


def test_kernels_and_maps_as_tensors() -> None:
    assert as_kernel(tf.ones((3, 3, 1, 1), tf.int32)).shape == (3, 3)
    assert as_map(tf.Variable(tf.ones((1, 4, 4, 1)))).shape == (4, 4)


def test_feature_maps_of_a_nested_layer(model: Any, picture: np.ndarray) -> None:
    base = model.get_layer("base")
    before = [weight.numpy().copy() for weight in model.weights]
    expected = base.get_layer("first")(picture[None] * 2)[0]
    np.testing.assert_allclose(ct.feature_maps(picture, model, "first"), expected, atol=1e-5)
    np.testing.assert_allclose(
        ct.feature_maps(tf.constant(picture * 0.5), base, "detect"),
        tf.nn.relu(base.get_layer("first")(picture[None] * 0.5))[0],
        atol=1e-5,
    )
    for weight, old in zip(model.weights, before, strict=True):
        np.testing.assert_array_equal(weight, old)


def test_feature_maps_are_numbered_and_share_a_scale(model: Any, picture: np.ndarray) -> None:
    figure = ct.show_feature_maps(picture, model, "detect", offset=1, rows=2, cols=3, gamma=1.0)
    maps = ct.feature_maps(picture, model, "detect")[..., 1:]
    assert [ax.get_title() for ax in figure.axes] == ["1", "2", "3", "4"]
    limit = shared_limit([maps])
    for number, ax in enumerate(figure.axes):
        assert ax.images[0].get_cmap().name == "magma"
        np.testing.assert_allclose(ax.images[0].get_array(), maps[..., number] / limit, atol=1e-5)
    assert "4 of 5 feature maps of the layer detect, numbers 1 to 4, 22 by 22 each" in alt_text(
        figure
    )
    assert plt.gcf() is figure


def test_negative_values_keep_their_sign(model: Any, picture: np.ndarray) -> None:
    figure = ct.show_feature_maps(picture, model, "first", rows=None, cols=5)
    maps = ct.feature_maps(picture, model, "first")
    assert len(figure.axes) == 5
    for number, ax in enumerate(figure.axes):
        shown = np.asarray(ax.images[0].get_array())
        assert np.isfinite(shown).all()
        np.testing.assert_array_equal(np.sign(shown), np.sign(maps[..., number]))
        assert ax.images[0].get_cmap().name == "signed"


def test_refused_feature_maps(model: Any, picture: np.ndarray) -> None:
    with pytest.raises(NetworkError, match=r"`whole` has no layer called `third`. It has .*'base'"):
        ct.show_feature_maps(picture, model, "third")
    with pytest.raises(NetworkError, match=r"`\(1,\)`, not maps"):
        ct.show_feature_maps(picture, model, "answer")
    with pytest.raises(NetworkError, match=r"from 0 to 4.*`5`"):
        ct.show_feature_maps(picture, model, "first", offset=5)
    with pytest.raises(ValueError, match=r"`rows` .* `0`"):
        ct.show_feature_maps(picture, model, "first", rows=0)


def test_kernels_are_copies(model: Any) -> None:
    first = ct.layer_kernels(model)
    assert first.layer == "first"
    weights = model.get_layer("base").get_layer("first").kernel.numpy().copy()
    np.testing.assert_array_equal(first.kernels, weights)
    first.kernels[:] = 0
    np.testing.assert_array_equal(model.get_layer("base").get_layer("first").kernel, weights)
    assert ct.layer_kernels(model, "second").kernels.shape == (1, 3, 5, 4)


def test_a_random_kernel_leaves_the_model_alone(
    model: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    before = [weight.numpy().copy() for weight in model.weights]
    random.seed(3)
    kernel = ct.random_kernel(model, "first")
    words = capsys.readouterr().out.split()
    channel, number = int(words[4]), int(words[6])
    source = before[0][:, :, channel, number]
    np.testing.assert_allclose(kernel, (source - source.mean()) / source.std(), atol=0.051 + 1e-3)
    assert np.allclose(kernel, kernel.round(1))
    random.seed(3)
    np.testing.assert_array_equal(ct.random_kernel(model, "first"), kernel)
    for weight, old in zip(model.weights, before, strict=True):
        np.testing.assert_array_equal(weight, old)


def test_a_random_layer_is_a_convolution(model: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shapes = {ct.random_kernel(model, seed=seed).shape for seed in range(12)}
    assert shapes == {(3, 3), (1, 3)}
    layers = {line.split()[1] for line in capsys.readouterr().out.splitlines()}
    assert layers == {"first", "depthwise", "second"}


def test_kernels_as_colour_tiles(model: Any) -> None:
    kernels = ct.layer_kernels(model).kernels
    each = np.abs(kernels).max(axis=(0, 1, 2))
    for shared, limits in ((False, each), (True, np.full(5, each.max()))):
        figure = ct.kernel_tiles(model, columns=3, shared_scale=shared)
        assert [ax.get_title() for ax in figure.axes] == ["0", "1", "2", "3", "4"]
        for number, ax in enumerate(figure.axes):
            np.testing.assert_allclose(
                ax.images[0].get_array(),
                kernels[..., number] / limits[number] / 2 + 0.5,
                atol=1e-6,
            )
        assert "5 kernels of 3\u00d73\u00d73 weights of the layer first" in alt_text(figure)


def test_a_silent_kernel_stays_grey() -> None:
    layer = keras.layers.Conv2D(2, 3)
    layer.build((None, 8, 8, 3))
    weights = layer.kernel.numpy()
    weights[..., 1] *= 1e-5
    layer.kernel.assign(weights)
    silent = ct.kernel_tiles(layer).axes[1].images[0].get_array()
    np.testing.assert_allclose(silent, 0.5, atol=1e-4)


def test_refused_kernels(model: Any) -> None:
    with pytest.raises(
        NetworkError, match=r"no convolution called `fourth`\. It has `first`, `depth"
    ):
        ct.random_kernel(model, "fourth")
    with pytest.raises(NetworkError, match="`second` have `5` slices"):
        ct.kernel_tiles(model, "second")
    with pytest.raises(NetworkError, match="no convolution with weights"):
        ct.random_kernel(keras.Sequential([keras.layers.Conv2D(2, 3)]))
    with pytest.raises(ValueError, match=r"`columns` .* `0`"):
        ct.kernel_tiles(model, columns=0)


def test_a_layer_stands_for_its_kernels(model: Any) -> None:
    layer = model.get_layer("base").get_layer("first")
    assert ct.layer_kernels(layer).layer == "first"
