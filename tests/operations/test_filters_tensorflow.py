"""Convolution and ReLU against TensorFlow's own, on random settings."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursetools.operations import KERNELS, convolve, relu

tf = pytest.importorskip("tensorflow")


@settings(deadline=None, max_examples=150)
@given(
    size=st.tuples(st.integers(1, 12), st.integers(1, 12)),
    window=st.tuples(st.integers(1, 5), st.integers(1, 5)),
    channels=st.integers(1, 3),
    filters=st.integers(1, 3),
    step=st.one_of(
        st.tuples(st.tuples(st.integers(1, 4), st.integers(1, 4)), st.just((1, 1))),
        # TensorFlow allows a stride or a dilation, not both.
        st.tuples(st.just((1, 1)), st.tuples(st.integers(1, 3), st.integers(1, 3))),
    ),
    padding=st.sampled_from(["VALID", "SAME"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_equals_conv2d(
    size: tuple[int, int],
    window: tuple[int, int],
    channels: int,
    filters: int,
    step: tuple[tuple[int, int], tuple[int, int]],
    padding: str,
    seed: int,
) -> None:
    stride, dilation = step
    reach = [(k - 1) * d + 1 for k, d in zip(window, dilation, strict=True)]
    if padding == "VALID":
        size = (max(size[0], reach[0]), max(size[1], reach[1]))
    random = np.random.default_rng(seed)
    picture = random.normal(size=(*size, channels)).astype(np.float32)
    kernel = random.normal(size=(*window, channels, filters)).astype(np.float32)
    theirs = tf.nn.conv2d(picture[None], kernel, stride, padding, dilations=dilation)[0].numpy()
    ours = convolve(picture, kernel, stride=stride, padding=padding.lower(), dilation=dilation)
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
    alone = convolve(
        tf.constant(picture)[..., 0],
        tf.constant(kernel)[:, :, 0, 0],
        stride=stride,
        padding=padding,
        dilation=dilation,
    )
    first = tf.nn.conv2d(
        picture[None, ..., :1], kernel[:, :, :1, :1], stride, padding, dilations=dilation
    )
    np.testing.assert_allclose(alone, first[0, ..., 0], atol=1e-4)


def test_relu_equals_tensorflows() -> None:
    values = np.random.default_rng(5).normal(size=(4, 7, 2)).astype(np.float32)
    np.testing.assert_array_equal(relu(tf.constant(values)), tf.nn.relu(values))


def test_kernels_go_into_tensorflow_as_they_are() -> None:
    picture = tf.random.stateless_uniform((1, 8, 8, 1), seed=(1, 2))
    for name, kernel in KERNELS.items():
        filters = tf.reshape(kernel, [*kernel.shape, 1, 1])
        theirs = tf.nn.conv2d(picture, filters, strides=1, padding="SAME")
        ours = convolve(picture[0, ..., 0], kernel, padding="same")
        np.testing.assert_allclose(ours, theirs[0, ..., 0], atol=1e-5, err_msg=name)
