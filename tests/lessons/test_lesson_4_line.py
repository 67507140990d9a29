"""Exercise 4.6: two kernels for a series, judged by what they do."""

import numpy as np
import pytest

from coursetools.lessons.lesson_4 import two_kernels_on_a_line
from tests.lessons.marking import mark

CHANGES = {
    "list": [-1, 1],
    "array": np.array([-1.0, 1.0]),
    "filters of conv1d": np.array([-1.0, 1.0], np.float32).reshape(2, 1, 1),
    "around the middle": [-0.5, 0, 0.5],
    "with a zero": [0, -1, 1, 0],
    "rounded": [-0.333, 0.0, 0.0, 0.333],
    "a slope of five": [-0.2, -0.1, 0, 0.1, 0.2],
}
SMOOTHS = {
    "average": [0.2] * 5,
    "tuple": (0.2,) * 5,
    "ones by five": np.ones(5) / 5,
    "triangle": np.array([1, 2, 3, 2, 1]) / 9,
    "binomial": np.array([1, 4, 6, 4, 1]) / 16,
    "two values": [0, 0.5, 0.5, 0, 0],
    "filters of conv1d": np.full((5, 1, 1), 0.2, np.float32),
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_change_in_every_form(name):
    result = mark(two_kernels_on_a_line, change=CHANGES[name])
    assert result.score == 2, result.feedback_lines


@pytest.mark.parametrize("name", list(SMOOTHS))
def test_smooth_in_every_form(name):
    result = mark(two_kernels_on_a_line, smooth=SMOOTHS[name])
    assert result.score == 2, result.feedback_lines


@pytest.mark.parametrize("name", list(CHANGES))
def test_right_changes_do_to_a_series_what_is_asked(name):
    kernel = np.ravel(CHANGES[name])
    assert np.allclose(np.correlate(np.full(20, 10.0), kernel), 0, atol=1e-2)
    assert np.allclose(np.correlate(np.arange(20.0), kernel), 1, atol=1e-2)


@pytest.mark.parametrize("name", list(SMOOTHS))
def test_right_smooths_do_to_a_series_what_is_asked(name):
    kernel = np.ravel(SMOOTHS[name])
    jump = np.repeat([0.0, 1.0], 20)
    assert np.allclose(np.correlate(np.full(20, 10.0), kernel), 10)
    assert np.abs(np.diff(np.correlate(jump, kernel))).max() <= 0.501


WRONG_CHANGES = [
    ([1, -1], "It answers -1 on a rise: nothing is flipped here"),
    ([0, 0], "An all-zero `change` answers 0 to everything."),
    ([1, 1], "A flat series at 10 gets the answer 20 from your `change`, not 0."),
    ([-1, 2], "A flat series at 10 gets the answer 10 from your `change`"),
    ([1], "One weight sees one value at a time"),
    ([-1, 0, 1], "your `change` answers 2. It looks over several steps: divide its weights by 2."),
    ([-3, 3], "your `change` answers 3. Divide its weights by 3."),
    ([-1, 2, -1], "It answers 0 on a rise too: it finds bends."),
    ([[-1, 1], [-1, 1]], "one axis"),
    (1, "It is a single number."),
    ("-1, 1", "could not be read."),
    ([-1, float("nan")], "NaN"),
]


@pytest.mark.parametrize(("change", "words"), WRONG_CHANGES, ids=str)
def test_wrong_change_is_named(change, words):
    result = mark(two_kernels_on_a_line, change=change)
    assert words in " ".join(result.feedback_lines)
    assert result.score == 0


WRONG_SMOOTHS = [
    (
        [1, 2, 3, 2, 1],
        1,
        "A flat series at 10 comes out at 90. Divide the weights by their sum, 9.",
    ),
    ([1] * 5, 1, "A flat series at 10 comes out at 50."),
    ([0.1] * 5, 1, "A flat series at 10 comes out at 5."),
    ([0, 0, 1, 0, 0], 0, "A single weight copies the series; nothing is smoothed."),
    ([0, 0, 5, 0, 0], 0, "A single weight copies the series"),
    ([0.1, 0.1, 0.6, 0.1, 0.1], 0, "A step of 0.6 of the jump is left."),
    ([0, 0, 0, 0, 0], 0, "An all-zero `smooth` turns every series into zeros."),
    ([1 / 3] * 3, 0, "`smooth` has 3 weights; this asks for 5."),
    ([-0.2, 0.4, 0.6, 0.4, -0.2], 0, "A weight of `smooth` is negative, -0.2."),
    ([-0.2] * 5, 0, "A weight of `smooth` is negative"),
    (0.2, 0, "It is a single number."),
    (np.eye(5), 0, "one axis"),
]


@pytest.mark.parametrize(("smooth", "score", "words"), WRONG_SMOOTHS, ids=str)
def test_wrong_smooth_is_named(smooth, score, words):
    result = mark(two_kernels_on_a_line, smooth=smooth)
    assert words in " ".join(result.feedback_lines)
    assert result.score == score


def test_both_kernels_are_marked_each_for_itself():
    assert mark(two_kernels_on_a_line, change=[-1, 1], smooth=[0.2] * 5).score == 4
    assert mark(two_kernels_on_a_line, change=[1, -1], smooth=[0.2] * 5).score == 2
