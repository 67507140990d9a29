"""Exercises 3.2 and 3.4: numbers drawn by id, and a claim to judge."""

from itertools import product

import keras
import numpy as np
import pytest

from coursetools.lessons.lesson_3 import count_the_savings, judge_a_claim
from coursetools.lessons.lesson_3.invariance import counts
from coursetools.lessons.lesson_3.saving import right_saving
from tests.lessons.marking import mark

IDS = [f"student-{n}" for n in range(60)]


def distinct_by_hand(radius, pools):
    """Shift a ring, pool it and count, with nothing of the course."""
    from skimage.draw import circle_perimeter

    picture = np.zeros((65, 65))
    picture[circle_perimeter(32, 32, radius)] = 1
    picture = np.delete(np.delete(picture, 32, 0), 32, 1)
    found = set()
    for down, right in product(range(-3, 4), repeat=2):
        pooled = np.roll(picture, (down, right), axis=(0, 1))
        for _ in range(pools):
            side = len(pooled) // 2
            pooled = pooled.reshape(side, 2, side, 2).max(axis=(1, 3))
        found.add(pooled.tobytes())
    return len(found)


def test_the_lesson_s_own_ring_keeps_its_shifts_apart_for_long():
    assert counts(28)[1:] == (49, 49, 45, 1)


@pytest.mark.parametrize("radius", judge_a_claim.draws["r"])
def test_counts_are_those_found_by_hand(radius):
    assert counts(radius)[1:] == tuple(distinct_by_hand(radius, pools) for pools in range(1, 5))


def test_no_ring_s_number_can_be_guessed():
    numbers = {radius: counts(radius)[2] for radius in judge_a_claim.draws["r"]}
    assert 49 not in numbers.values()  # that is what one pool leaves of any of them
    assert len(set(numbers.values())) >= 3


@pytest.mark.parametrize("student_id", IDS)
def test_everybody_s_ring_has_one_right_number(student_id):
    radius = judge_a_claim.draw_for(student_id)["r"]
    right = distinct_by_hand(radius, 2)
    for number in range(-1, 60):
        result = mark(judge_a_claim, student_id, distinct=number)
        assert result.earned == (2 if number == right else 0)


def drawing(exercise, **wanted):
    """Give a student who drew this."""
    ids = ("someone-" + str(n) for n in range(10_000))
    return next(i for i in ids if wanted.items() <= exercise.draw_for(i).items())


DISTINCT = [
    (
        5,
        49,
        "`49` is the number after one pool, after pools that average, or for a much larger ring ",
    ),
    (11, 33, "`33` is the number after three pools; the question asks for two."),
    (7, 1, "`1` is the number after four pools"),
    (5, 26, "`26` is what is left if each window keeps its first pixel."),
    (5, 41, "`41` belongs to a ring of radius 4; yours has radius 5."),
    (5, 32, "`32` is too low for a ring of radius 5. Shift first, then pool twice"),
    (5, 34, "`34` is too high for a ring of radius 5."),
    (5, 50, "is 1 to 49, and `50` is not."),
    (5, 0, "is 1 to 49, and `0` is not."),
]


@pytest.mark.parametrize(("radius", "distinct", "words"), DISTINCT)
def test_wrong_count_is_named(radius, distinct, words):
    result = mark(judge_a_claim, drawing(judge_a_claim, r=radius), distinct=distinct)
    assert words in result.feedback_lines[0]
    assert result.earned == 0


def test_count_and_letter_are_marked_each_for_itself():
    both = judge_a_claim.solve_for("ada")
    assert mark(judge_a_claim, "ada", distinct=both["distinct"]).score == 2
    assert mark(judge_a_claim, "ada", verdict=both["verdict"]).score == 1
    assert mark(judge_a_claim, "ada", **both).score == 3


@pytest.mark.parametrize(("m", "channels", "h"), [(4, 64, 8), (5, 32, 3)])
def test_saving_is_what_keras_counts(m, channels, h):
    def weights(first):
        model = keras.Sequential(
            [
                keras.Input((m, m, channels)),
                first,
                keras.layers.Dense(h),
                keras.layers.Dense(1),
            ]
        )
        return model.count_params()

    flattened = weights(keras.layers.Flatten())
    averaged = weights(keras.layers.GlobalAveragePooling2D())
    assert right_saving(m, channels, h) == flattened - averaged


@pytest.mark.parametrize("student_id", IDS)
def test_saving_for_everybody(student_id):
    draw = count_the_savings.draw_for(student_id)
    right = draw["m"] ** 2 * draw["C"] * draw["h"] - draw["C"] * draw["h"]
    assert mark(count_the_savings, student_id, saved=right).score == 3
    assert mark(count_the_savings, student_id, saved=right + 5).score == 0


# For 5 x 5 maps, 512 channels and 12 units: 147,456.
SAVED = [
    (25 * 512 * 12, "is what the head costs after `Flatten`. The other one is not free"),
    (25 * 512 * 12 + 12, "is what the head costs after `Flatten`."),
    (25 * 512 * 12 + 12 + 13, "is what the head costs after `Flatten`."),
    (512 * 12, "`6144` is what remains with averages."),
    (512 * 12 + 12 + 13, "is what remains with averages."),
    (25, "`25` is how many times fewer numbers come in."),
    (24 * 512, "`12288` is what a single hidden unit saves; there are 12."),
    (24 * 12, "`288` is what one map saves; there are 512."),
    (4 * 512 * 12, "A map of 5 × 5 has 25 places, not 5."),
    (-147_456, "how many *fewer*: turn the difference round."),
    (147_456 + 12, "Biases and the output unit are the same in both heads"),
    (147_456 - 13, "Biases and the output unit are the same in both heads"),
    (15 * 1280 * 16, "That is right for 1280 maps of 4 × 4 and 16 hidden units; your question has"),
    (1, "`1` is not it. Count the weights into the hidden layer twice"),
    (24.5, "a whole number"),
]


@pytest.mark.parametrize(("saved", "words"), SAVED)
def test_wrong_saving_is_named(saved, words):
    student_id = drawing(count_the_savings, m=5, C=512, h=12)
    assert mark(count_the_savings, student_id, saved=147_456).score == 3
    result = mark(count_the_savings, student_id, saved=saved)
    assert words in result.feedback_lines[0]
    assert result.score == 0
