"""Convolution and ReLU against SciPy and by hand; kernels by what they answer to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import correlate2d

from coursetools.operations import (
    KERNELS,
    FilterError,
    NoStopError,
    SpreadError,
    WindowError,
    blur,
    convolve,
    gaussian,
    identity,
    relu,
)

numbers = st.floats(-8, 8, width=32)


@st.composite
def picture_and_kernel(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    height, width = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    size = draw(st.tuples(st.integers(1, height), st.integers(1, width)))
    picture = draw(arrays(np.float32, (height, width), elements=numbers))
    return picture, draw(arrays(np.float32, size, elements=numbers))


@settings(deadline=None)
@given(picture_and_kernel(), st.integers(1, 3), st.integers(1, 3))
def test_equals_scipys_cross_correlation(
    both: tuple[np.ndarray, np.ndarray], down: int, right: int
) -> None:
    picture, kernel = both
    answers = convolve(picture, kernel, stride=(down, right))
    whole = correlate2d(picture, kernel, mode="valid")
    np.testing.assert_allclose(answers, whole[::down, ::right], atol=2e-3)
    assert answers.dtype == np.float32


def test_one_place_by_hand() -> None:
    patch = [[1, 2, 0], [0, 3, 1], [4, 1, 2]]
    kernel = [[1, 0, -1], [1, 1, 0], [0, -1, 1]]
    assert convolve(patch, kernel).tolist() == [[5.0]]


def test_the_lessons_line_picture() -> None:
    picture = np.zeros((6, 6))
    picture[:, 1] = 1
    picture[4, 3:] = 1
    answers = convolve(picture, [[1, -1], [1, -1]])
    assert answers.tolist() == [[-2, 2, 0, 0, 0]] * 3 + [[-2, 2, -1, 0, 0]] * 2
    assert relu(answers).sum() == 10


def test_channels_are_added_and_filters_stand_side_by_side() -> None:
    random = np.random.default_rng(2)
    picture = random.random((7, 6, 3))
    kernels = random.normal(size=(3, 2, 3, 4))
    maps = convolve(picture, kernels, padding="SAME", stride=2)
    assert maps.shape == (4, 3, 4)
    for number in range(4):
        slices = [
            convolve(picture[..., c], kernels[..., c, number], padding="same", stride=2)
            for c in range(3)
        ]
        np.testing.assert_allclose(maps[..., number], sum(slices))
        np.testing.assert_allclose(
            convolve(picture, kernels[..., number], padding="same", stride=2), maps[..., number]
        )


def test_kinds_of_numbers() -> None:
    assert convolve(np.ones((3, 3), np.uint8) * 255, np.ones((3, 3), int)).tolist() == [[2295]]
    assert convolve(np.ones((3, 3)), identity).dtype == np.float64
    assert convolve(np.ones((3, 3), bool), identity).dtype == np.float32
    assert relu(np.array([-1.5, 2.5])).dtype == np.float64
    assert relu([[-1, 2]]).tolist() == [[0, 2]]
    assert relu(-3).tolist() == 0


def test_arguments_stay_as_they_are() -> None:
    picture = np.random.default_rng(3).normal(size=(5, 5)).astype(np.float32)
    before = picture.copy()
    convolve(picture, identity, padding="same")
    relu(picture)
    answers = convolve(picture, identity)
    answers[:] = 7
    np.testing.assert_array_equal(picture, before)


@pytest.mark.parametrize(
    ("image", "kernel", "words"),
    [
        (np.ones(4), np.ones((2, 2)), r"`image` .* `\(4,\)`"),
        (np.ones((0, 4)), np.ones((2, 2)), r"`\(0, 4\)`"),
        (np.ones((4, 4)), np.ones((0, 2)), r"`\(0, 2\)`"),
        (np.ones((4, 4)), np.ones((3, 3, 1, 1)), r"`\(4, 4\)` .* `\(3, 3, 1, 1\)`"),
        (np.ones((4, 4, 3)), np.ones((3, 3)), r"\(rows, columns, 3\) .* `\(3, 3\)`"),
        (np.ones((4, 4, 3)), np.ones((3, 3, 1)), r"`\(3, 3, 1\)`"),
        ([["a"]], [[1]], "`image` must be numbers"),
        ([[1, 2], [3]], [[1]], "`image` must be an array"),
        ([[1]], [[1j]], "`kernel` must be numbers, but their type is `complex128`"),
    ],
)
def test_refusals(image: object, kernel: object, words: str) -> None:
    with pytest.raises(FilterError, match=words):
        convolve(image, kernel)


def test_refused_windows() -> None:
    with pytest.raises(NoStopError):
        convolve(np.ones((2, 5)), np.ones((3, 3)))
    with pytest.raises(WindowError, match=r"`stride` .* `0`"):
        convolve(np.ones((5, 5)), identity, stride=0)
    with pytest.raises(WindowError, match=r"`stride` .* `\(1, 2, 3\)`"):
        convolve(np.ones((5, 5)), identity, stride=(1, 2, 3))  # type: ignore[arg-type]
    with pytest.raises(WindowError, match=r"`dilation` .* `1.5`"):
        convolve(np.ones((5, 5)), identity, dilation=1.5)  # type: ignore[arg-type]
    with pytest.raises(WindowError, match="`'full'`"):
        convolve(np.ones((5, 5)), identity, padding="full")


def test_kernels_cannot_be_changed() -> None:
    for name, kernel in KERNELS.items():
        assert kernel.dtype == np.float32, name
        with pytest.raises(ValueError, match="read-only"):
            kernel[0, 0] = 1


def test_sobels_find_the_side_they_are_named_for() -> None:
    square = np.zeros((9, 9))
    square[3:6, 3:6] = 1
    # A kernel's own place is its middle. The brightest answers lie along one side of the square,
    # where the way to that side goes from dark to bright.
    sides = {"bottom": (slice(2, 4), 4), "top": (slice(5, 7), 4)}
    sides |= {"right": (4, slice(2, 4)), "left": (4, slice(5, 7))}
    for side, place in sides.items():
        answers = np.pad(convolve(square, KERNELS[f"{side}_sobel"]), 1)
        assert answers.max() == 4, side
        assert (answers[place] == 4).all(), side


def test_kernels_on_a_flat_picture() -> None:
    flat = np.full((5, 5), 0.5, np.float32)
    answers = {name: convolve(flat, kernel) for name, kernel in KERNELS.items()}
    assert all(np.ptp(answer) == 0 for answer in answers.values())
    silent = {name for name, answer in answers.items() if answer.max() == 0}
    assert silent == {
        "edge",
        "bottom_sobel",
        "top_sobel",
        "left_sobel",
        "right_sobel",
    }
    keeping = {name for name, answer in answers.items() if answer.max() == 0.5}
    assert keeping == {"identity", "blur", "emboss", "sharpen"}


@given(st.integers(1, 9), st.floats(1e-6, 50))
def test_gaussian_sums_to_one_and_is_even(size: int, std: float) -> None:
    kernel = gaussian(size, std)
    assert kernel.shape == (size, size)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    np.testing.assert_array_equal(kernel, kernel.T)
    np.testing.assert_array_equal(kernel, kernel[::-1])
    assert kernel.max() == kernel[size // 2, size // 2]


def test_gaussian_equals_scipys_window() -> None:
    from scipy.signal.windows import gaussian as line

    for size, std in ((3, 1.0), (4, 0.7), (7, 2.5)):
        bell = np.outer(line(size, std), line(size, std))
        np.testing.assert_allclose(gaussian(size, std, normalize=False), bell, rtol=1e-5)
        np.testing.assert_allclose(gaussian(size, std), bell / bell.sum(), rtol=1e-5)
    np.testing.assert_allclose(gaussian(3, 0.8493), blur, atol=1e-3)


@pytest.mark.parametrize("std", [0, -1, float("nan"), float("inf"), "wide", None])
def test_gaussian_refuses_a_spread(std: object) -> None:
    with pytest.raises(SpreadError, match=f"`{std!r}`"):
        gaussian(3, std)  # type: ignore[arg-type]
