"""Exercises 4.3 and 4.4: receptive fields, by hand and by a function."""

import numpy as np
import pytest

from coursetools.lessons.lesson_4 import any_stack, three_in_a_row
from coursetools.lessons.lesson_4.fields import GROUPS
from coursetools.operations import receptive_field
from tests.lessons.marking import mark


@pytest.mark.parametrize("field", [7, 7.0, "7", "7x7", "7 × 7", (7, 7), [7, 7], np.int64(7)])
def test_seven_in_every_form(field):
    result = mark(three_in_a_row, field=field)
    assert result.score == 2
    assert result.feedback_lines == ()


def test_the_number_of_pixels_is_right_with_a_note():
    result = mark(three_in_a_row, field=49)
    assert result.score == 2
    assert result.feedback_lines == ("7 by 7 pixels; the width is 7.",)


FIELDS = [
    (9, "The patches overlap: each new layer adds one pixel on each side"),
    (27, "27 is 3 times 9 weights, not pixels across."),
    (5, "That is what two layers see."),
    (3, "That is what one layer sees."),
    (6, "to the one pixel that a unit sees without any layer."),
    (8, "so its width is odd too."),
    (1, "A unit of the first layer sees 3 pixels already."),
    (729, "Fields add, they do not multiply"),
    (11, "`11` is not it. Draw a line of pixels"),
    (-7, "`-7` is not it."),
    (7.5, "a whole number"),
    ((7, 9), "Its two sides differ"),
]


@pytest.mark.parametrize(("field", "words"), FIELDS)
def test_wrong_field_is_named(field, words):
    result = mark(three_in_a_row, field=field)
    assert words in result.feedback_lines[0]
    assert result.score == 0


PINNED = [
    ([(3, 1)] * 3, 7),
    ([], 1),
    ([(3, 1), (2, 2), (3, 1), (2, 2)], 10),
    ([(7, 2), (3, 2)], 11),
    ([(5, 1), (2, 2), (3, 1), (2, 2), (3, 1), (2, 2)], 24),
]


@pytest.mark.parametrize(("layers", "field"), PINNED)
def test_the_course_s_own_stacks_are_asked_and_known(layers, field):
    assert any(layers in group for group in GROUPS)
    assert receptive_field(layers) == field


def test_vgg16_sees_212_pixels():
    assert [receptive_field(stack) for stack in GROUPS[3]] == [24, 212]


def forwards(layers):
    width, jump = 1, 1
    for kernel, stride in layers:
        width, jump = width + (kernel - 1) * jump, jump * stride
    return width


def backwards(layers):
    width = 1
    for kernel, stride in reversed(layers):
        width = (width - 1) * stride + kernel
    return width


def by_recursion(layers):
    if not layers:
        return 1
    kernel, stride = layers[0]
    return kernel + (by_recursion(layers[1:]) - 1) * stride


def by_products(layers):
    strides = [stride for _, stride in layers]
    jumps = np.cumprod([1, *strides])
    return 1 + sum((kernel - 1) * jump for (kernel, _), jump in zip(layers, jumps, strict=False))


def by_following_pixels(layers):
    seen = {0}
    for kernel, stride in reversed(layers):
        seen = {place * stride + offset for place in seen for offset in range(kernel)}
    return max(seen) - min(seen) + 1


def that_empties_its_list(layers):
    width, jump = 1, 1
    while layers:
        kernel, stride = layers.pop(0)
        width, jump = width + (kernel - 1) * jump, jump * stride
    return float(width)


@pytest.mark.parametrize(
    "function",
    [forwards, backwards, by_recursion, by_products, by_following_pixels, that_empties_its_list],
)
def test_any_stack_in_every_form(function):
    result = mark(any_stack, receptive_field=function)
    assert result.score == 5, result.feedback_lines


WRONG = {}


def wrong(score, words):
    def register(function):
        WRONG[function.__name__] = (function, score, words)
        return function

    return register


@wrong(1, "Right until the first stride of 2: after it, one step means 2 pixels.")
def strides_ignored(layers):
    return 1 + sum(kernel - 1 for kernel, _ in layers)


@wrong(1, "A layer's own stride widens the layers after it, not itself")
def own_stride_first(layers):
    width, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        width += (kernel - 1) * jump
    return width


@wrong(0, "Fields add, they do not multiply")
def product_of_kernels(layers):
    return int(np.prod([kernel for kernel, _ in layers]))


@wrong(0, "The patches overlap: a layer adds its kernel minus 1")
def sum_of_kernels(layers):
    return sum(kernel for kernel, _ in layers)


@wrong(0, "One short: without any layer a unit sees its own pixel")
def begins_with_0(layers):
    return forwards(layers) - 1


@wrong(0, "The width is asked for.")
def the_distance(layers):
    return int(np.prod([stride for _, stride in layers]))


@wrong(1, "Strides multiply: after two strides of 2, neighbours are 4 pixels apart.")
def last_stride_only(layers):
    width, jump = 1, 1
    for kernel, stride in layers:
        width, jump = width + (kernel - 1) * jump, stride
    return width


@wrong(0, "Strides multiply, they do not add")
def strides_added(layers):
    width, jump = 1, 1
    for kernel, stride in layers:
        width, jump = width + (kernel - 1) * jump, jump + stride
    return width


@wrong(1, "take `reversed(layers)`.")
def backwards_rule_forwards(layers):
    width = 1
    for kernel, stride in layers:
        width = (width - 1) * stride + kernel
    return width


@wrong(0, "A layer adds its kernel minus 1: the pixel in the middle was seen before.")
def whole_kernels(layers):
    width, jump = 1, 1
    for kernel, stride in layers:
        width, jump = width + kernel * jump, jump * stride
    return width


@wrong(4, "`receptive_field([])` gives `0`, and it should be `1`. Without any layer")
def nothing_for_no_layer(layers):
    return forwards(layers) if layers else 0


@wrong(4, "`receptive_field([])` stopped with `IndexError: ")
def stops_without_a_layer(layers):
    layers[0]
    return forwards(layers)


@wrong(1, "gives `7`, and it should be `8`. After each layer the width is 3, 4, 8.")
def never_more_than_7(layers):
    return min(forwards(layers), 7)


@wrong(0, "`receptive_field([(3, 1), (3, 1), (3, 1)])` gives nothing.")
def no_return(layers):
    forwards(layers)


@wrong(0, "gives `(7, 1)`, which is not one number.")
def width_and_distance(layers):
    return forwards(layers), the_distance(layers)


@wrong(0, "`receptive_field([(3, 1), (3, 1), (3, 1)])` gives `24`, and it should be `7`.")
def always_24(layers):
    return 24


@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_function_is_named(name):
    function, score, words = WRONG[name]
    result = mark(any_stack, receptive_field=function)
    assert words in " ".join(result.feedback_lines)
    assert result.score == score
