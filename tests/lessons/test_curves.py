"""Exercises 1.5 and 1.6: letters, epochs and what is said about each wrong one."""

import math

import pandas as pd
import pytest

from coursetools.lessons.lesson_1 import read_your_curves, the_flat_line
from coursetools.lessons.lesson_1.curves import letter_of
from coursetools.training import load_runs
from tests.lessons.marking import LESSON, mark, seen

FALLING = [0.60, 0.45, 0.33, 0.24, 0.17, 0.11]
ACCURACY = [0.70, 0.82, 0.90, 0.93, 0.96, 0.98]


def curves(loss, val_loss, accuracy):
    return {
        "loss": loss,
        "val_loss": val_loss,
        "binary_accuracy": accuracy,
        "val_binary_accuracy": [a - 0.02 for a in accuracy],
    }


RUNS = {
    "A": curves(FALLING, [0.55, 0.42, 0.36, 0.33, 0.39, 0.47], ACCURACY),
    "B": curves(
        [0.69, 0.68, 0.67, 0.66, 0.66, 0.65], [0.70, 0.69, 0.68, 0.67, 0.67, 0.66], [0.6] * 6
    ),
    "C": curves(FALLING, [0.55, 0.42, 0.36, 0.33, 0.31, 0.295], ACCURACY),
    "D": curves([math.log(2)] * 6, [math.log(2)] * 6, [0.5] * 6),
}
BEST = {"A": 4, "B": 6, "C": 6, "D": 3}


def answer(run, student_id="", **changed):
    stored = LESSON.expected_of("1.6")["stored_diagnoses"]["content"]["parts"]
    answers = {
        "history": RUNS[run],
        "best_epoch": BEST[run],
        "diagnosis": seen(read_your_curves, run, student_id),
        "stored_diagnoses": {
            name: seen(read_your_curves, letter, student_id) for name, letter in stored.items()
        },
    }
    return mark(read_your_curves, student_id, **(answers | changed))


@pytest.mark.parametrize("student_id", ["", "ada", "grace"])
@pytest.mark.parametrize("run", list(RUNS))
def test_right_answers_earn_all(run, student_id):
    assert answer(run, student_id).score == 3


def test_a_head_that_dies_in_its_first_steps_never_started():
    died = RUNS["D"] | {"loss": [0.91, *RUNS["D"]["loss"][1:]]}
    letter = seen(read_your_curves, "D")
    assert answer("D", history=died, diagnosis=letter).score == 3
    told = answer("D", history=died, diagnosis=seen(read_your_curves, "B")).feedback_lines
    assert any("from the second epoch to the last" in line for line in told)


def test_a_loss_that_leaves_ln_2_later_did_start():
    late = [*RUNS["D"]["loss"][:4], 0.68, 0.66]
    right = seen(read_your_curves, "B")
    assert answer("B", history=RUNS["B"] | {"loss": late}, diagnosis=right).score == 3


@pytest.mark.parametrize("form", [dict, pd.DataFrame])
def test_history_may_be_a_dict_or_a_frame(form):
    assert answer("A", history=form(RUNS["A"])).score == 3


def test_accuracy_may_have_its_other_name():
    history = {k.replace("binary_accuracy", "accuracy"): v for k, v in RUNS["A"].items()}
    assert answer("A", history=history).score == 3


def test_an_epoch_just_as_good_is_right():
    flat = RUNS["A"] | {"val_loss": [0.55, 0.42, 0.335, 0.33, 0.39, 0.47]}
    assert answer("A", history=flat, best_epoch=3).score == 3


EPOCHS = [
    (3, "`3` is one too low: Python counts from 0"),
    (6, "You stop at the very end, but your validation loss was least at epoch 4."),
    (2, "At epoch 2 your validation loss is 0.420; its least value is 0.330."),
    (9, "There is no epoch `9`: your run goes from 1 to 6."),
    (0, "There is no epoch `0`"),
]


@pytest.mark.parametrize(("epoch", "words"), EPOCHS)
def test_wrong_epoch_is_explained(epoch, words):
    result = answer("A", best_epoch=epoch)
    assert result.score == 2
    assert words in result.feedback_lines[0]


def test_epoch_of_least_training_loss_is_named():
    bumpy = RUNS["A"] | {"loss": [0.60, 0.45, 0.33, 0.24, 0.11, 0.12]}
    result = answer("A", history=bumpy, best_epoch=5)
    assert "the *training* loss is least" in result.feedback_lines[0]


@pytest.mark.parametrize("right", list(RUNS))
def test_wrong_letter_quotes_the_run(right):
    told = set()
    for wrong in set(RUNS) - {right}:
        result = answer(right, diagnosis=seen(read_your_curves, wrong))
        lines = [line for line in result.feedback_lines if line.startswith("Not quite")]
        assert len(lines) == 1
        told.add(lines[0])
        # In a run that never started the letter carries the point for the epoch, too.
        assert result.score == (1 if right == "D" else 2)
    assert len(told) == 3


def test_stored_runs_count_only_together():
    stored = LESSON.expected_of("1.6")["stored_diagnoses"]["content"]["parts"]
    one_wrong = {name: seen(read_your_curves, letter) for name, letter in stored.items()}
    one_wrong["run 2"] = next(x for x in "ABCD" if x != one_wrong["run 2"])
    result = answer("A", stored_diagnoses=one_wrong)
    assert result.score == 2
    assert "2 of 3 stored runs are right. Look at run 2 again" in result.feedback_lines[-1]


def test_short_or_partial_history_is_refused_with_its_reason():
    short = {name: curve[:3] for name, curve in RUNS["A"].items()}
    assert "`3` epochs, too few" in answer("A", history=short).feedback_lines[0]
    no_validation = {name: c for name, c in RUNS["A"].items() if not name.startswith("val")}
    assert "no `val_loss`" in answer("A", history=no_validation).feedback_lines[0]


def test_letters_of_the_solution_are_those_of_the_stored_runs():
    from coursetools.answers import History

    stored = LESSON.expected_of("1.6")["stored_diagnoses"]["content"]["parts"]
    kind = History()
    for run in load_runs("three-runs"):
        spec = kind.read(kind.capture(run.history)["content"])
        assert letter_of(spec) == stored[run.name], run.name
    assert len(set(stored.values())) == 3


@pytest.mark.parametrize("student_id", ["", "ada", "grace", "linus"])
def test_flat_line_by_displayed_letter(student_id):
    right = seen(the_flat_line, "B", student_id)
    assert mark(the_flat_line, student_id, what_happened=right.lower()).score == 2
    told = set()
    for declared in "ACD":
        letter = seen(the_flat_line, declared, student_id)
        result = mark(the_flat_line, student_id, what_happened=letter)
        assert result.score == 0
        told.add(result.feedback_lines[0])
    assert len(told) == 3


def test_options_are_of_like_length():
    for exercise in (the_flat_line, read_your_curves):
        lengths = [len(text) for text, _ in exercise.options.values()]
        assert max(lengths) <= 1.25 * min(lengths), (exercise.number, lengths)
