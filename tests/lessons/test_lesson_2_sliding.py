"""Exercise 2.6: sliding sums written in every way, and what is said to each mistake."""

import time

import numpy as np
import pytest
from scipy import signal

from coursetools.answers import ____
from coursetools.lessons.lesson_2 import write_the_sliding_sum
from coursetools.operations import convolve
from tests.lessons.marking import mark


def sizes(image, kernel):
    return (*image.shape, *kernel.shape)


def loops(image, kernel, out=None, kh=None, kw=None):
    """The ten lines, with a place for each of the usual mistakes."""
    kh, kw = kh or kernel.shape[0], kw or kernel.shape[1]
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((rows, columns)) if out is None else out
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


def lists(image, kernel):
    return loops(image, kernel).tolist()


def views(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)


def tensorflow(image, kernel):
    import tensorflow as tf

    return tf.nn.conv2d(image[None, ..., None], kernel[..., None, None], 1, "VALID")


def squeezed(image, kernel):
    import tensorflow as tf

    return tf.squeeze(tensorflow(image, kernel), axis=(0, 3))


def scipy(image, kernel):
    return signal.correlate2d(image, kernel, mode="valid")


@pytest.mark.parametrize("way", [loops, lists, views, scipy, convolve, tensorflow, squeezed])
def test_right_function_in_every_way(way):
    result = mark(write_the_sliding_sum, my_conv=way)
    assert result.score == 4, result.feedback_lines
    by_library = way in (tensorflow, squeezed)
    assert any("A library did the work" in line for line in result.feedback_lines) == by_library


def one_short(image, kernel):
    return loops(image, kernel)[:-1, :-1]


def one_row_short(image, kernel):
    return loops(image, kernel)[:-1]


def padded(image, kernel):
    return convolve(image, kernel, padding="same")


def full(image, kernel):
    return signal.correlate2d(image, kernel)


def three_only(image, kernel):
    return loops(image, kernel, kh=3, kw=3)


def two_only(image, kernel):
    return loops(image, kernel, kh=2, kw=2)


def square_only(image, kernel):
    return convolve(image, np.ones((kernel.shape[0],) * 2))


def height_for_width(image, kernel):
    h, w, kh, _ = sizes(image, kernel)
    out = np.zeros((h - kh + 1, w - kh + 1))
    right = loops(image, kernel)
    rows, columns = min(out.shape[0], right.shape[0]), min(out.shape[1], right.shape[1])
    out[:rows, :columns] = right[:rows, :columns]
    return out


def swapped(image, kernel):
    return loops(image, kernel).T


def flipped(image, kernel):
    return signal.convolve2d(image, kernel, mode="valid")


def whole(image, kernel):
    h, w, kh, kw = sizes(image, kernel)
    return loops(image, kernel, np.zeros((h - kh + 1, w - kw + 1), int))


def spoils(image, kernel):
    image *= 1.0
    out = loops(image, kernel)
    image[:] = 0
    return out


def spoils_both(image, kernel):
    out = spoils(image, kernel)
    kernel += 1
    return out


def raises(image, kernel):
    return loops(image, kernel, np.zeros((2, 2)))


def returns_nothing(image, kernel):
    loops(image, kernel)


def generator(image, kernel):
    yield from loops(image, kernel)


MISTAKES = [
    (one_short, 0, "your map is 4 × 4, one row and one column short: a window of k has n - k + 1"),
    (one_row_short, 0, "your map is 4 × 5, one row short: a window of k has n - k + 1 stops."),
    (padded, 0, "With a picture of 6 × 6 and a kernel of 2 × 2 your map is 6 × 6, as large as"),
    (full, 0, "your map is 7 × 7, larger than the picture."),
    (lambda i, k: k, 0, "your map is 2 × 2, as large as the kernel."),
    (three_only, 0, "your function raised `ValueError: operands could not be broadcast"),
    (two_only, 1, "With a picture of 5 × 8 and a kernel of 2 × 3 your function raised `ValueError"),
    (height_for_width, 1, "Take height and width from the kernel itself"),
    (swapped, 0, "With a picture of 6 × 6 and a kernel of 2 × 2 your map has `"),
    (flipped, 0, "You turned the kernel by 180 degrees"),
    (whole, 2, "Values are cut to whole numbers: make the output an array of floats."),
    (spoils, 2, "Your function changes the picture that it is given"),
    (spoils_both, 2, "Your function changes the picture and the kernel that it is given"),
    (raises, 0, "your function raised `IndexError: index 2 is out of bounds"),
    (returns_nothing, 0, "Your function gives back nothing. End it with `return` and the map."),
    (generator, 0, "your function gives a `generator`; a map has rows and columns of numbers."),
    (lambda i, k: loops(i, k).sum(), 0, "your function gives one number, `"),
    (lambda i, k: loops(i, k).ravel(), 0, "your function gives of shape `(25,)`"),
    (lambda i, k: loops(i, k) > 0, 0, "your function gives a `ndarray`"),
    (lambda i, k: loops(i, k) / k.size, 0, "That is the mean of the products"),
    (lambda i, k: np.maximum(loops(i, k), 0), 0, "ReLU is a step of its own."),
    (lambda i, k: np.abs(loops(i, k)), 0, "Negative values have lost their sign."),
    (lambda i, k: loops(i, k) * np.nan, 0, "some values of your map are NaN or infinite."),
    (lambda i, k: loops(i, k) + 0.001, 0, "the products there add up to `"),
    (lambda i, k: np.zeros_like(loops(i, k)), 0, "Every value of your map is 0."),
    (lambda i, k: views(i, np.ones_like(k)), 0, "the weights are missing."),
    (lambda i, k: i[: loops(i, k).shape[0], : loops(i, k).shape[1]], 0, "a part of the picture"),
    (lambda i: i, 0, "your function raised `TypeError"),
    (lambda i, k: 1 / 0, 0, "your function raised `ZeroDivisionError: division by zero`."),
    (convolve([[1.0]], [[1.0]]), 0, "store the function itself, not a result."),
]


@pytest.mark.parametrize(
    ("function", "score", "words"), MISTAKES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_mistake_is_named(function, score, words):
    result = mark(write_the_sliding_sum, my_conv=function)
    assert words in " ".join(result.feedback_lines)
    assert result.score == score


def test_the_example_alone_earns_its_point():
    example = write_the_sliding_sum.answers["my_conv"].cases[0]
    table = loops(*example)
    result = mark(write_the_sliding_sum, my_conv=lambda image, kernel: table)
    assert result.score == 1
    assert "your map is 5 × 5; it should be 4 × 6." in " ".join(result.feedback_lines)


def test_an_open_function_is_open():
    def my_conv(image, kernel):
        return ____

    result = mark(write_the_sliding_sum, my_conv=my_conv)
    assert result.score == 0
    assert result.feedback_lines == ("Not answered yet.",)


def test_cases_tell_mistakes_apart():
    """No mistake that is asked for by name gives the right map in every case of its check."""
    for image, kernel in write_the_sliding_sum.answers["my_conv"].cases[1:]:
        asked = loops(image, kernel)
        assert image.shape[0] != image.shape[1] or kernel.shape[0] != kernel.shape[1]
        assert not np.allclose(flipped(image, kernel), asked)
        assert asked.shape != asked.T.shape or not np.allclose(asked, asked.T)
    last = write_the_sliding_sum.answers["my_conv"].cases[-3:]
    assert all((loops(*case) < 0).any() for case in last)
    assert all((loops(*case) % 1).any() for case in last)


def test_checking_takes_no_time_to_speak_of():
    began = time.perf_counter()
    mark(write_the_sliding_sum, my_conv=loops)
    assert time.perf_counter() - began < 1
