"""Windows, pooling and fields against TensorFlow and Keras, on hundreds of settings."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursetools.operations.fields import receptive_field
from coursetools.operations.pooling import average_pool, global_average, max_pool
from coursetools.operations.windows import NoStopError, output_size, starts, visit_counts

keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")


def sizes() -> Iterator[tuple[int, int, int, str, int]]:
    for n, k, stride, padding, dilation in product(
        range(1, 13), range(1, 6), range(1, 5), ("valid", "same"), (1, 2, 3)
    ):
        if stride == 1 or dilation == 1:  # Keras refuses both at once
            yield n, k, stride, padding, dilation


def test_output_size_is_that_of_keras() -> None:
    compared = refused = 0
    for n, k, stride, padding, dilation in sizes():
        layer = keras.layers.Conv1D(1, k, strides=stride, padding=padding, dilation_rate=dilation)
        try:
            ours = output_size(n, k, stride, padding, dilation)
        except NoStopError:
            with pytest.raises(ValueError, match="zero or negative"):
                layer.compute_output_shape((1, n, 1))
            refused += 1
            continue
        assert layer.compute_output_shape((1, n, 1))[1] == ours
        compared += 1
    assert compared > 500
    assert refused > 50


SOME_SETTINGS = list(product((5, 6, 7, 12), (1, 2, 3, 5), (1, 2, 3, 4), ("valid", "same")))


def test_visits_are_the_gradient_of_a_kernel_of_ones() -> None:
    """The sum of all outputs of a kernel of ones grows by a pixel's visits when it grows by 1."""
    for n, k, stride, padding in SOME_SETTINGS:
        line = tf.zeros((1, n, 1))
        with tf.GradientTape() as tape:
            tape.watch(line)
            total = tf.reduce_sum(
                tf.nn.conv1d(line, tf.ones((k, 1, 1)), stride=stride, padding=padding.upper())
            )
        counted = tape.gradient(total, line).numpy().ravel()
        np.testing.assert_array_equal(visit_counts(n, k, stride, padding), counted)


def test_stops_are_where_a_kernel_reads() -> None:
    """A kernel whose first weight alone is 1 copies the pixel each stop begins on."""
    for n, k, stride, padding in product((5, 6, 9), (2, 3, 5), (1, 2, 3), ("VALID", "SAME")):
        line = np.arange(1, n + 1, dtype=np.float32)
        kernel = np.zeros((k, 1, 1), np.float32)
        kernel[0] = 1
        read = tf.nn.conv1d(line[None, :, None], kernel, stride=stride, padding=padding)
        expected = [line[start] if start >= 0 else 0 for start in starts(n, k, stride, padding)]
        assert read.numpy().ravel().tolist() == expected


@settings(deadline=None, max_examples=150)
@given(
    st.integers(0, 2**31),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.sampled_from(["VALID", "SAME"]),
)
def test_pooling_is_that_of_tensorflow(
    seed: int, shape: tuple, size: tuple, stride: tuple, padding: str
) -> None:
    if padding == "VALID" and (size[0] > shape[0] or size[1] > shape[1]):
        padding = "SAME"
    maps = np.random.default_rng(seed).normal(size=(2, *shape, 3)).astype(np.float32)
    # `tf.nn.pool` refuses a stride above the window; the two-dimensional functions take it.
    small = stride[0] <= size[0] and stride[1] <= size[1]
    for kind, ours, function in (
        ("MAX", max_pool, tf.nn.max_pool2d),
        ("AVG", average_pool, tf.nn.avg_pool2d),
    ):
        theirs = (
            tf.nn.pool(maps, size, kind, strides=stride, padding=padding)
            if small
            else function(maps, size, stride, padding)
        ).numpy()
        np.testing.assert_allclose(ours(maps, size, stride, padding), theirs, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(
            ours(maps[0], size, stride, padding), theirs[0], rtol=1e-5, atol=1e-6
        )
        np.testing.assert_allclose(
            ours(maps[0, ..., 0], size, stride, padding), theirs[0, ..., 0], rtol=1e-5, atol=1e-6
        )


def test_tensors_are_read_as_they_are() -> None:
    maps = tf.random.stateless_normal((2, 4, 6, 3), seed=(1, 2))
    np.testing.assert_allclose(
        global_average(maps), keras.layers.GlobalAveragePooling2D()(maps).numpy(), atol=1e-6
    )
    np.testing.assert_array_equal(max_pool(maps), keras.layers.MaxPooling2D()(maps).numpy())


@pytest.mark.parametrize("seed", range(12))
def test_a_field_is_what_the_gradient_reaches(seed: int) -> None:
    """One unit in the middle of a stack of kernels of ones: count the pixels with a gradient."""
    random = np.random.default_rng(seed)
    # TensorFlow 2.21 writes past its memory for the gradient of a 1-wide kernel with a stride.
    layers = [
        (int(random.integers(2, 5)), int(random.integers(1, 3)))
        for _ in range(int(random.integers(1, 5)))
    ]
    line = tf.zeros((1, 160, 1))
    with tf.GradientTape() as tape:
        tape.watch(line)
        maps = line
        for kernel, stride in layers:
            maps = tf.nn.conv1d(maps, tf.ones((kernel, 1, 1)), stride=stride, padding="VALID")
        unit = maps[0, maps.shape[1] // 2, 0]
    reached = np.flatnonzero(tape.gradient(unit, line).numpy())
    assert reached[-1] - reached[0] + 1 == receptive_field(layers)
