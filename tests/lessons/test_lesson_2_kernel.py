"""Exercise 2.1: kernels that find horizontal lines, and what is said to those that do not."""

import numpy as np
import pytest

from coursetools.lessons.lesson_2 import design_a_kernel
from coursetools.lessons.lesson_2.designing import _answers_to_lines
from coursetools.operations import KERNELS, convolve, gaussian
from tests.lessons.marking import mark

LINE = np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]])


class Tensor:
    """Has a `numpy()` method like a tensor's."""

    def __init__(self, array):
        self.array = array

    def numpy(self):
        return self.array


RIGHT = {
    "integers": LINE,
    "lists": LINE.tolist(),
    "tuples": tuple(map(tuple, LINE.tolist())),
    "tensor": Tensor(LINE.astype("float32")),
    "as a filter": Tensor(LINE.astype("float32")[..., None, None]),
    "as a batch": LINE[None, ..., None],
    "large": 1e6 * LINE,
    "small": 1e-6 * LINE,
    "thirds": LINE / 3,
    "one column": [[0, -1, 0], [0, 2, 0], [0, -1, 0]],
    "uneven": [[-1, -2, -1], [2, 4, 2], [-1, -2, -1]],
    "almost": [[-1, -1, -1], [2, 2.0001, 2], [-1, -1, -1]],
}


@pytest.mark.parametrize("form", list(RIGHT))
def test_right_kernel_in_every_form(form):
    result = mark(design_a_kernel, my_kernel=RIGHT[form])
    assert result.score == 4, result.feedback_lines
    assert result.feedback_lines == ()


@pytest.mark.parametrize("name", ["bottom_sobel", "top_sobel"])
def test_an_edge_of_the_line_will_do(name):
    result = mark(design_a_kernel, my_kernel=KERNELS[name])
    assert result.score == 4
    assert result.feedback_lines == ("You find an edge of the line, not its middle.",)


WRONG = [
    (np.zeros((3, 3)), 0, "An all-zero kernel answers 0 to everything."),
    (np.ones((3, 3)), 0, "On a flat area of brightness 1 it still answers `9`: make the nine"),
    (KERNELS["identity"], 0, "it still answers `1`"),
    (KERNELS["emboss"], 0, "it still answers `1`"),
    (gaussian(3, 1.0), 0, "it still answers `1`"),
    ([[0, 0, 0], [1, 1, 1], [0, 0, 0]], 0, "it still answers `3`"),
    ([[-1, -1, -1], [3, 3, 3], [-1, -1, -1]], 0, "it still answers `3`"),
    ([[-1, -1, -1], [1, 1, 1], [-1, -1, -1]], 0, "it still answers `-3`"),
    (-LINE, 1, "It answers negatively on the line (`-6`), and ReLU would erase that."),
    (LINE.T, 1, "This one finds vertical lines: turn it by 90 degrees."),
    (KERNELS["right_sobel"], 1, "This one finds vertical lines"),
    (-LINE.T, 1, "This one finds vertical lines"),
    ([[1, -1, 0], [0, 1, -1], [-1, 0, 1]], 1, "Along a horizontal line it answers `0` everywhere"),
    (KERNELS["edge"], 2, "It answers to lines in both directions alike (`6` and `6`)."),
    ([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], 2, "in both directions alike (`2` and `2`)"),
    ([[-1, 2, -1], [-1, 3, -1], [-2, 2, -1]], 2, "It answers `7` to an upright line and only `1`"),
    ([[-1, -1, -1], [-1, 6, 1], [-1, -1, -1]], 2, "To a horizontal line it answers `6`, to an"),
    (LINE.ravel(), 0, "This asks for three rows of three numbers, and found"),
    (LINE.reshape(1, 9), 0, "Its shape is `(1, 9)`; put three numbers into each of three rows."),
    (np.zeros((5, 5)), 0, "Its shape is `(5, 5)`"),
    (np.stack([LINE, LINE]), 0, "Its shape is `(2, 3, 3)`, and two axes are asked for."),
    ("[[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]", 0, "is not a number."),
    ([["-1"] * 3, ["2"] * 3, ["-1"] * 3], 0, "`'-1'` is not a number."),
    ([[-1, -1, -1], [2, 2], [-1, -1, -1]], 0, "Its rows are not of one length"),
    ([[-1, -1, float("nan")], [2, 2, 2], [-1, -1, -1]], 0, "1 of its numbers are NaN."),
    (lambda: LINE, 0, "That is a function or a layer itself, not its result: call it."),
    (LINE > 0, 0, "It holds true and false, not numbers."),
]


@pytest.mark.parametrize(("kernel", "score", "words"), WRONG, ids=lambda v: str(v)[:40])
def test_mistake_is_named(kernel, score, words):
    result = mark(design_a_kernel, my_kernel=kernel)
    assert result.score == score
    assert words in " ".join(result.feedback_lines)


def test_answers_to_lines_are_those_on_a_picture():
    """What the checks add up is what the convolution of a picture with a line gives."""
    random = np.random.default_rng(5)
    lying = np.zeros((9, 9))
    lying[4] = 1
    for _ in range(20):
        kernel = random.normal(size=(3, 3))
        on_lying, on_standing = _answers_to_lines(kernel)
        found = convolve(lying, kernel)
        assert np.allclose(found[2:5], np.array(on_lying)[:, None])
        assert not found[:2].any()
        assert not found[5:].any()
        assert np.allclose(convolve(lying.T, kernel)[:, 2:5], np.array(on_standing))
