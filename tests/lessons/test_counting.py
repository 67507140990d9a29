"""Exercise 1.4: right counts in every spelling, and what each near miss is told."""

import numpy as np
import pytest

from coursetools.lessons.lesson_1 import count_the_weights
from coursetools.lessons.lesson_1.counting import right_count
from tests.lessons.marking import mark

IDS = ["", "ada", "grace", "Émilie", "student-17"]


@pytest.mark.parametrize("student_id", IDS)
@pytest.mark.parametrize("spell", [int, float, np.int64, str, "{:,}".format, lambda n: np.array(n)])
def test_right_count_passes_in_every_spelling(student_id, spell):
    h = count_the_weights.draw_for(student_id)["h"]
    result = mark(count_the_weights, student_id, head_weights=spell(right_count(h)))
    assert result.score == 3


def test_count_is_what_keras_counts():
    keras = pytest.importorskip("keras")
    head = keras.Sequential(
        [
            keras.Input((4, 4, 1280)),
            keras.layers.Flatten(),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    assert head.count_params() == right_count(16) == 327_713


MISTAKES = [
    (lambda h: 20480 * h, 1, "Those are the weights between the list and the hidden layer."),
    (lambda h: 20480 * h + 1, 1, "You have the hidden layer's weights and one bias."),
    (lambda h: 20481 * h, 1, "That is the hidden layer, biases and all."),
    (lambda h: 20481 * h + 1, 1, "The hidden layer is right, and so is the last bias."),
    (lambda h: 20482 * h, 1, "One short: the output unit has a bias too."),
    (lambda h: 20482 * h + 1 + 3_413_024, 0, "has the base in it, which is frozen."),
    (lambda h: 1281 * h + h + 1, 0, "You counted a head that gets one number a map."),
    (lambda h: 20480, 0, "is what a single unit of the hidden layer has"),
    (lambda h: right_count(24 if h != 24 else 8), 0, "hidden units; your question has"),
    (lambda h: 7, 0, "`7` is not it. Begin with one unit"),
    (lambda h: -1, 0, "`-1` is not it."),
]


@pytest.mark.parametrize("student_id", IDS)
@pytest.mark.parametrize(("answer", "score", "words"), MISTAKES)
def test_mistake_is_named(student_id, answer, score, words):
    h = count_the_weights.draw_for(student_id)["h"]
    result = mark(count_the_weights, student_id, head_weights=answer(h))
    assert result.score == score
    assert words in " ".join(result.feedback_lines)


@pytest.mark.parametrize("rubbish", ["many", None, [1, 2], True, 3.5, float("nan"), 10**400])
def test_rubbish_is_not_read(rubbish):
    result = mark(count_the_weights, head_weights=rubbish)
    assert result.score == 0
    assert "could not be read" in result.feedback_lines[0]


def test_question_names_the_student_s_own_number():
    for student_id in IDS:
        h = count_the_weights.draw_for(student_id)["h"]
        assert f"**{h}** units" in count_the_weights.question_for(student_id)
    assert len({count_the_weights.draw_for(f"s{n}")["h"] for n in range(60)}) == 5
