"""Exercises 4.1 and 4.2: sizes, by a function and by hand."""

import math

import numpy as np
import pytest

from coursetools.exercises import Outcome
from coursetools.lessons.lesson_4 import a_whole_stack, count_the_stops
from coursetools.lessons.lesson_4.sizes import LINES, SIZES, right_unseen
from coursetools.lessons.lesson_4.stack import right_sizes
from tests.lessons.marking import mark

IDS = [f"student-{n}" for n in range(60)]


def valid(n, k, s):
    return (n - k) // s + 1


def same(n, s):
    return math.ceil(n / s)


def size_by(valid_size, same_size):
    """Make an `out_size` of two formulas."""

    def out_size(n, k, s=1, padding="valid"):
        return same_size(n, k, s) if padding.lower() == "same" else valid_size(n, k, s)

    return out_size


def by_listing_the_stops(n, k, s=1, padding="valid"):
    if padding.upper() == "SAME":
        return len(range(0, n, s))
    return sum(1 for start in range(0, n, s) if start + k <= n)


def by_keras(n, k, s=1, padding="valid"):
    import keras

    layer = keras.layers.Conv1D(1, k, strides=s, padding=padding.lower())
    return layer.compute_output_shape((None, n, 1))[1]


def by_tensorflow(n, k, s=1, padding="valid"):
    import tensorflow as tf

    line, kernel = tf.zeros((1, n, 1)), tf.zeros((k, 1, 1))
    return tf.nn.conv1d(line, kernel, stride=s, padding=padding.upper()).shape[1]


RIGHT_SIZES = {
    "floor": size_by(valid, lambda n, k, s: same(n, s)),
    "ceil of n - k + 1": size_by(
        lambda n, k, s: math.ceil((n - k + 1) / s), lambda n, k, s: -(-n // s)
    ),
    "floats that are whole": size_by(
        lambda n, k, s: np.floor((n - k) / s) + 1, lambda n, k, s: np.ceil(n / s)
    ),
    "int of a float": size_by(
        lambda n, k, s: int((n - k) / s + 1), lambda n, k, s: (n - 1) // s + 1
    ),
    "arrays of one": size_by(
        lambda n, k, s: np.array([valid(n, k, s)]), lambda n, k, s: np.int32(same(n, s))
    ),
    "a list of stops": by_listing_the_stops,
    "Keras": by_keras,
    "TensorFlow": by_tensorflow,
}


@pytest.mark.parametrize("name", list(RIGHT_SIZES))
def test_sizes_in_every_form(name):
    result = mark(count_the_stops, out_size=RIGHT_SIZES[name])
    assert result.earned == 3, result.feedback_lines


def small_letters_only(n, k, s=1, padding="valid"):
    return same(n, s) if padding == "same" else valid(n, k, s)


def refuses_capitals(n, k, s=1, padding="valid"):
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    return small_letters_only(n, k, s, padding)


def without_defaults(n, k, s, padding):
    return small_letters_only(n, k, s, padding.lower())


RIGHT_SAME = RIGHT_SIZES["floor"]

WRONG_SIZES = {
    "first stop": (
        size_by(lambda n, k, s: (n - k) // s, lambda n, k, s: same(n, s)),
        1,
        "The first stop is missing: add 1 after dividing.",
    ),
    "first stop, for stride 1 only": (
        size_by(lambda n, k, s: n - k if s == 1 else valid(n, k, s), lambda n, k, s: same(n, s)),
        1,
        "The first stop is missing: add 1. A window of 3 on 6 pixels starts at 0, 1, 2 and 3.",
    ),
    "one too many": (
        size_by(lambda n, k, s: (n - k) // s + 2, lambda n, k, s: same(n, s)),
        1,
        "One too many: the last start is n - k",
    ),
    "side by side": (
        size_by(lambda n, k, s: n // k, lambda n, k, s: same(n, s)),
        1,
        "Stops overlap: with stride 1 the window moves on by one pixel",
    ),
    "same for valid": (
        size_by(lambda n, k, s: same(n, s), lambda n, k, s: same(n, s)),
        1,
        "That is the size with `same`.",
    ),
    "true division": (
        size_by(lambda n, k, s: (n - k) / s + 1, lambda n, k, s: same(n, s)),
        2,
        "A size is a whole number: use `//`, which rounds down.",
    ),
    "ceil": (
        size_by(lambda n, k, s: math.ceil((n - k) / s), lambda n, k, s: same(n, s)),
        1,
        "Round down, then count the first stop: `(n-k)//s + 1`.",
    ),
    "ceil and one": (
        size_by(lambda n, k, s: math.ceil((n - k) / s) + 1, lambda n, k, s: same(n, s)),
        2,
        "It should round down",
    ),
    "round": (
        size_by(lambda n, k, s: round((n - k) / s + 1), lambda n, k, s: same(n, s)),
        2,
        "`round` goes up at times.",
    ),
    "one added before": (
        size_by(lambda n, k, s: (n - k + 1) // s, lambda n, k, s: same(n, s)),
        2,
        "Right for s=1, but n=7, k=3, s=2 has stops at 0, 2 and 4: three, not two.",
    ),
    "no stride": (
        size_by(lambda n, k, s: n - k + 1, lambda n, k, s: same(n, s)),
        2,
        "The stride is left out",
    ),
    "something else": (
        size_by(lambda n, k, s: valid(n, k, s) + (s > 2), lambda n, k, s: same(n, s)),
        2,
        "`out_size(64, 3, 3)` gives `22`, and it should be `21`. The window starts at 0, 3, ...",
    ),
    "floor for same": (
        size_by(valid, lambda n, k, s: n // s),
        2,
        "It rounds down, but 7 pixels with stride 2 have 4 stops",
    ),
    "true division for same": (
        size_by(valid, lambda n, k, s: n / s),
        2,
        "A size is a whole number: with `same`, n / s is rounded up.",
    ),
    "one more for same": (
        size_by(valid, lambda n, k, s: n // s + 1),
        2,
        "One too many where s divides n",
    ),
    "n for same": (
        size_by(valid, lambda n, k, s: n),
        2,
        "With `same` the size stays only for stride 1.",
    ),
    "padding ignored": (
        size_by(valid, valid),
        2,
        "That is the size without padding. Is `padding` asked for anywhere",
    ),
    "something else for same": (
        size_by(valid, lambda n, k, s: same(n, s) + (s == 2)),
        2,
        '`out_size(7, 3, 2, "same")` gives `5`, and it should be `4`. With `same` it is 7 / 2, ',
    ),
    "small letters only": (
        small_letters_only,
        2,
        '`out_size(7, 3, 2, "SAME")` is not what it is in small letters.',
    ),
    "refuses capitals": (
        refuses_capitals,
        2,
        '`out_size(9, 3, 3, "VALID")` is not what it is in small letters.',
    ),
    "first stop, small letters only": (
        lambda n, k, s=1, padding="valid": small_letters_only(n, k, s, padding) - 1,
        0,
        "The first stop is missing: add 1 after dividing.",
    ),
    "no defaults": (without_defaults, 1, "`out_size(6, 3)` stopped with `TypeError: "),
    "no return": (lambda n, k, s=1, padding="valid": None, 0, "gives nothing. Does it end with"),
    "a pair": (
        lambda n, k, s=1, padding="valid": (1, 2),
        0,
        "`out_size(6, 3)` gives `(1, 2)`, which is not one number.",
    ),
    "a truth": (lambda n, k, s=1, padding="valid": True, 0, "which is not one number."),
}


@pytest.mark.parametrize("name", list(WRONG_SIZES))
def test_wrong_size_is_named(name):
    function, earned, words = WRONG_SIZES[name]
    result = mark(count_the_stops, out_size=function)
    assert words in " ".join(result.feedback_lines)
    assert result.earned == earned


def by_marking_pixels(n, k, s):
    seen = set()
    for start in range(0, n - k + 1, s):
        seen.update(range(start, start + k))
    return n - len(seen)


def two_parts(n, k, s):
    return (n - k) % s + max(s - k, 0) * ((n - k) // s)


@pytest.mark.parametrize("function", [by_marking_pixels, two_parts, right_unseen])
def test_unseen_in_every_form(function):
    assert mark(count_the_stops, unseen=function).score == 1


WRONG_UNSEEN = {
    "end only": (lambda n, k, s: (n - k) % s, "Right at the end of the line."),
    "gaps only": (
        lambda n, k, s: max(s - k, 0) * ((n - k) // s),
        "Right between the stops. At the end of the line pixels may be left over, too.",
    ),
    "stops taken off": (lambda n, k, s: n - valid(n, k, s), "Each stop sees k pixels."),
    "overlaps": (lambda n, k, s: n - k * valid(n, k, s), "stops overlap: count a pixel once"),
    "overlaps hidden": (
        lambda n, k, s: max(0, n - k * valid(n, k, s)),
        "stops overlap: count a pixel once",
    ),
    "n by s": (lambda n, k, s: n % s, "`n % s` leaves out how wide the window is"),
    "what is seen": (
        lambda n, k, s: n - by_marking_pixels(n, k, s),
        "That is how many pixels are seen. How many of n are not?",
    ),
    "none": (
        lambda n, k, s: 0,
        "`unseen(6, 3, 2)` gives `0`, and it should be `1`. The line is seen like this: `xxxxx.`.",
    ),
    "stops": (lambda n, k, s: n // 0, "`unseen(6, 3, 2)` stopped with `ZeroDivisionError: "),
}


@pytest.mark.parametrize("name", list(WRONG_UNSEEN))
def test_wrong_unseen_is_named(name):
    function, words = WRONG_UNSEEN[name]
    result = mark(count_the_stops, unseen=function)
    assert words in " ".join(result.feedback_lines)
    assert result.score == 0


def test_both_functions_are_marked_each_for_itself():
    assert mark(count_the_stops, out_size=RIGHT_SAME).score == 3
    assert mark(count_the_stops, unseen=by_marking_pixels).score == 1
    assert mark(count_the_stops, out_size=RIGHT_SAME, unseen=by_marking_pixels).score == 4


def test_what_is_asked_covers_the_hard_cases():
    assert len(set(SIZES)) > 60
    assert all(case[0] >= case[1] for case in SIZES + LINES)
    assert any(k < s for _, k, s in LINES)
    assert any(k > s and (n - k) % s for n, k, s in LINES)
    assert {case[3] for case in SIZES if len(case) > 3} == {"valid", "same", "VALID", "SAME"}
    assert any(len(case) == 2 for case in SIZES)
    assert any(len(case) == 3 for case in SIZES)


@pytest.mark.parametrize("student_id", IDS)
def test_a_stack_for_everybody(student_id):
    draw = a_whole_stack.draw_for(student_id)
    first = len(range(0, draw["n"] - draw["k"] + 1, 2))
    second = len(range(0, first - 1, 2))
    third = len(range(second - 2))
    assert mark(a_whole_stack, student_id, sizes=[first, second, third]).score == 3
    assert mark(a_whole_stack, student_id, sizes=[first, second, third + 1]).score == 2


def drawing(**wanted):
    """Give a student who drew this."""
    ids = ("someone-" + str(n) for n in range(10_000))
    return next(i for i in ids if wanted.items() <= a_whole_stack.draw_for(i).items())


FORMS = {
    "tuple": (62, 31, 29),
    "floats": [62.0, 31.0, 29.0],
    "array": np.array([62, 31, 29]),
    "a row": [[62, 31, 29]],
    "a column": [[62], [31], [29]],
}


@pytest.mark.parametrize("form", list(FORMS))
def test_sizes_may_be_given_in_many_forms(form):
    assert mark(a_whole_stack, drawing(n=128, k=5), sizes=FORMS[form]).score == 3


# For 128 pixels and a kernel of 5: 62, 31, 29.
STACKS = [
    ([64, 32, 32], 1, "64 is with `same`."),
    ([64, 32, 32], 1, "That is with `same`. Without padding a window of 3 makes n - 2 stops."),
    ([61, 30, 28], 2, "The first stop is missing: `(128 - 5) // 2 + 1`."),
    ([61, 31, 29], 1, "That is with `same`, which rounds up."),
    (
        [63, 31, 29],
        2,
        "Round down, then count the first stop: `(128 - 5) // 2 + 1`. 63 is one more",
    ),
    ([124, 62, 60], 2, "124 is with stride 1; this convolution has stride 2."),
    ([63, 31, 29], 2, "63 is one more."),
    ([62.5, 31, 29], 0, "A size is a whole number, and `62.5` is not."),
    ([62, 61, 59], 2, "The pooling moves 2 pixels at a time, so the size halves."),
    ([62, 62, 60], 2, "Pooling with stride 2 halves the size."),
    ([62, 30, 28], 2, "One short: `(62 - 2) // 2 + 1`."),
    ([62, 32, 30], 2, "One too many: `(62 - 2) // 2 + 1`."),
    ([62, 15, 13], 2, "Halved twice"),
    ([62, 44, 42], 2, "`44` does not follow from 62: how many windows of 2"),
    ([62, 31, 31], 2, "That is with `same`."),
    ([62, 31, 28], 2, "The first stop is missing: n - k + 1."),
    ([62, 31, 30], 2, "One too many: a window of 3 loses one pixel on each side."),
    ([62, 31, 15], 2, "the last convolution has stride 1."),
    ([62, 31, 7], 2, "`7` does not follow from 31"),
    ([62, 2, 0], 1, "On 2 pixels no window of 3 fits."),
    ([128, 64, 62], 0, "128 is the picture's own size."),
    ([29, 31, 62], 0, "The order is from the picture on: the largest size comes first."),
    ([2, 1, -1], 0, "`2` is not the size after the first convolution."),
    ([0, 0, -2], 0, "`0` is not the size after the first convolution."),
    ([63, 31, 29], 2, "63 is one more."),
    ([78, 39, 37], 2, "That is for 160 pixels and a kernel of 5; you have 128 and 5."),
    ([29], 0, "you gave `29` alone."),
    ([62, 31], 0, "Give three numbers, one after each layer; you gave 2."),
    ([62, 31, 29, 29], 0, "Give three numbers, one after each layer; you gave 4."),
    (29, 0, "It is a single number."),
    ([(62, 62), (31, 31), (29, 29)], 0, "one axis"),
]


@pytest.mark.parametrize(("sizes", "score", "words"), STACKS)
def test_wrong_stack_is_named(sizes, score, words):
    result = mark(a_whole_stack, drawing(n=128, k=5), sizes=sizes)
    assert words in " ".join(result.feedback_lines)
    assert result.score == score


def test_later_sizes_are_marked_from_the_student_s_own():
    result = mark(a_whole_stack, drawing(n=128, k=5), sizes=[61, 30, 28])
    outcomes = {check.check: check.outcome for check in result.checks}
    assert outcomes["after_the_convolution"] is Outcome.FAILED
    assert outcomes["after_the_pooling"] is outcomes["after_the_last"] is Outcome.PASSED


def test_sizes_are_those_of_keras():
    import keras

    for n, k in ((96, 7), (192, 3)):
        model = keras.Sequential(
            [
                keras.Input((n, n, 1)),
                keras.layers.Conv2D(1, k, strides=2),
                keras.layers.MaxPool2D(),
                keras.layers.Conv2D(1, 3),
            ]
        )
        assert right_sizes(n, k) == tuple(layer.output.shape[1] for layer in model.layers)
