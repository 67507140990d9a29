"""Exercises 5.3 to 5.6 and 5.8: numbers, letters and a text."""

import numpy as np
import pytest

from coursetools.answers import History
from coursetools.answers.specs import HistorySpec
from coursetools.lessons.lesson_5 import (
    did_it_help,
    experiment,
    name_the_trouble,
    seen_from_above,
    the_missing_parameters,
    troubles,
    which_flower,
)
from coursetools.lessons.lesson_5.parameters import VALID_MAP, count
from coursetools.lessons.lesson_5.troubles import right_letters, trouble_of
from coursetools.training.stored import StoredRun, load_runs
from tests.lessons.marking import mark, seen

IDS = ["", "ada", "grace", "Émilie", *(f"student-{n}" for n in range(40))]


def by_layers(f, h, side):
    """Count as Keras does, layer by layer."""
    kernels = (5 * 5 * 3 * f, 3 * 3 * f * 2 * f, 3 * 3 * 2 * f * 4 * f)
    biases = (f, 2 * f, 4 * f)
    return sum(kernels) + sum(biases) + side * side * 4 * f * h + h + h + 1


def test_counts_are_those_of_the_text():
    assert count(32, 6) == 291_405
    assert count(32, 6, VALID_MAP) == 245_325


@pytest.mark.parametrize("student_id", IDS)
def test_right_counts_pass_for_everybody(student_id):
    draw = the_missing_parameters.draw_for(student_id)
    f, h = draw["f"], draw["h"]
    assert f * h != 32 * 6
    same, valid = by_layers(f, h, 16), by_layers(f, h, 14)
    for spell in (int, float, np.int64, "{:,}".format):
        result = mark(
            the_missing_parameters, student_id, same_count=spell(same), fewer=spell(same - valid)
        )
        assert result.score == 3, result.feedback_lines


WRONG_COUNTS = [
    (lambda f, h: by_layers(f, h, 14), "That is with `valid`."),
    (lambda f, h: by_layers(f, h, 16) - 7 * f - h - 1, "Every filter and every unit has a bias"),
    (lambda f, h: by_layers(f, h, 16) - 7 * f, "Every filter of a convolution has a bias"),
    (lambda f, h: by_layers(f, h, 16) - h - 1, "The biases of the two dense layers"),
    (lambda f, h: by_layers(f, h, 16) - 1, "One short: the last unit has a bias too."),
    (lambda f, h: by_layers(f, h, 16) - 2 * h - 1, "The last unit, its weights and its bias"),
    (lambda f, h: by_layers(f, h, 16) - 48 * f, "kernels of 5 × 5, not 3 × 3"),
    (lambda f, h: by_layers(f, h, 16) - 50 * f, "The pictures have three channels"),
    (lambda f, h: by_layers(f, h, 128), "The maps do not stay 128 × 128"),
    (
        lambda f, h: 76 * f + 20 * f + 40 * f + 1024 * f * h + 2 * h + 1,
        "A filter looks at all channels",
    ),
    (lambda f, h: by_layers(72 - f, h, 16), "That is for 40 filters and 8 units"),
    (lambda f, h: 291_405, "That is for 32 filters and 6 units; you have"),
    (lambda f, h: 7, "`7` is not it. Count layer by layer"),
]
WRONG_FEWER = [
    (lambda f, h: 0, "shrink from 16 to 14"),
    (lambda f, h: -240 * f * h, "Asked is how many *fewer*"),
    (lambda f, h: by_layers(f, h, 14), "how many there are with `valid`"),
    (lambda f, h: by_layers(f, h, 16), "how many there are with `same`"),
    (lambda f, h: 60, "So many pixels are missing in each"),
    (lambda f, h: 240 * f, "That is for one hidden unit"),
    (lambda f, h: 60 * h, "That is for one of the last maps"),
    (lambda f, h: (128**2 - 124**2) * f, "Pixels are no parameters"),
    (lambda f, h: 31 * 4 * f * h, "128, 124, 62, 60, 30, 28, 14"),
    (lambda f, h: 240 * 16 * 10, "That is for 16 filters and 10 units; you have 32 and 8."),
    (lambda f, h: 7, "`7` is not it. How many numbers fewer"),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG_COUNTS, ids=lambda value: str(value)[:30])
def test_wrong_count_is_named(wrong, words):
    draw = the_missing_parameters.draw_for("student-0")
    f, h = draw["f"], draw["h"]
    assert (f, h) == (32, 8)  # so that no slip meets another by chance
    result = mark(the_missing_parameters, "student-0", same_count=wrong(f, h), fewer=0)
    assert words in result.feedback_lines[0]
    assert result.score == 0


@pytest.mark.parametrize(("wrong", "words"), WRONG_FEWER, ids=lambda value: str(value)[:30])
def test_wrong_difference_is_named(wrong, words):
    draw = the_missing_parameters.draw_for("student-0")
    f, h = draw["f"], draw["h"]
    result = mark(
        the_missing_parameters, "student-0", same_count=by_layers(f, h, 16), fewer=wrong(f, h)
    )
    assert words in " ".join(result.feedback_lines)
    assert result.score == 1


def letters(exercise, name, declared, student_id=""):
    """Give the answer of a student who means these declared letters."""
    if isinstance(declared, dict):
        return {name: {k: seen(exercise, v, student_id) for k, v in declared.items()}}
    if isinstance(declared, set):
        return {name: {seen(exercise, v, student_id) for v in declared}}
    return {name: seen(exercise, declared, student_id)}


WRONG_TROUBLES = [
    ("P", "B", "P does not need more training"),
    ("P", "C", "In P validation is far better than a coin flip"),
    ("Q", "A", "In Q there is no gap"),
    ("Q", "C", "In Q training is as low as validation"),
    ("R", "A", "Overfitting seldom takes validation all the way down to a coin flip"),
    ("R", "B", "R does not need more training"),
]


@pytest.mark.parametrize("student_id", IDS[:6])
@pytest.mark.parametrize(("run", "letter", "words"), WRONG_TROUBLES)
def test_wrong_trouble_costs_its_point_and_is_told(run, letter, words, student_id):
    given = {"P": "A", "Q": "B", "R": "C"} | {run: letter}
    answers = letters(name_the_trouble, "troubles", given, student_id)
    result = mark(name_the_trouble, student_id, **answers)
    assert result.score == 2
    assert words in " ".join(result.feedback_lines)


def history(accuracy, val_accuracy, val_loss):
    curves = {
        "binary_accuracy": accuracy,
        "val_binary_accuracy": val_accuracy,
        "val_loss": val_loss,
    }
    return HistorySpec({k: tuple(v) for k, v in curves.items()}, {}, ())


def test_letters_of_made_up_curves():
    rising = [0.55, 0.6, 0.62, 0.64, 0.65, 0.66, 0.67, 0.68]
    learned = [0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.99]
    overfits = history(
        learned, [0.6, 0.7, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8], [0.6, 0.5, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8]
    )
    young = history(rising, rising, [0.69, 0.68, 0.66, 0.65, 0.63, 0.62, 0.61, 0.6])
    lagging = history(
        learned, [0.5, 0.5, 0.53, 0.5, 0.71, 0.5, 0.6, 0.53], [0.7, 0.9, 0.7, 2, 1, 3, 1, 2]
    )
    assert [trouble_of(h) for h in (overfits, young, lagging)] == ["A", "B", "C"]
    assert trouble_of(history(learned, learned, [0.6] * 8)) == ""
    assert right_letters() == {"P": "A", "Q": "B", "R": "C"}


def test_the_stored_runs_have_the_letters_of_the_exercise():
    for run in load_runs(troubles.HISTORY):
        curves = History().read({"series": run.history})
        assert trouble_of(curves) == right_letters()[run.name], run.name


SETS = [
    ({"A", "B", "C"}, 2, ""),
    ({"A", "B"}, 1.5, "Mirroring top to bottom is safe here. From above there is no up"),
    ({"A", "C"}, 1.5, "Turning by quarters is safe here."),
    ({"B", "C"}, 1.5, "Mirroring left to right is safe here."),
    ({"A"}, 1, "Turning by quarters is safe here."),
    ({"D"}, 0, "Swapping colours is not safe: water against crop"),
    ({"A", "B", "D"}, 1, "Swapping colours is not safe"),
    ({"A", "B", "C", "D"}, 0, "You call every change safe."),
]


@pytest.mark.parametrize(("chosen", "score", "words"), SETS, ids=str)
@pytest.mark.parametrize("student_id", IDS[:6])
def test_safe_changes(chosen, score, words, student_id):
    answers = letters(seen_from_above, "safe", chosen, student_id)
    for spelt in (answers["safe"], sorted(answers["safe"]), ", ".join(answers["safe"])):
        result = mark(seen_from_above, student_id, safe=spelt)
        assert result.score == score
        assert words in " ".join(result.feedback_lines)


@pytest.mark.parametrize(
    ("letter", "score", "words"),
    [
        ("A", 0, "A mirrored rose is a rose."),
        ("B", 0, "People tilt their cameras"),
        ("C", 0, "Distances differ anyway"),
        ("D", 2, ""),
    ],
)
def test_flowers(letter, score, words):
    result = mark(which_flower, "ada", **letters(which_flower, "riskiest", letter, "ada"))
    assert result.score == score
    assert words in " ".join(result.feedback_lines)


def test_the_solution_reads_the_stored_runs():
    runs = load_runs(experiment.HISTORY)
    assert sorted(run.name for run in runs) == [
        f"{kind} {n}" for kind in ("with", "without") for n in (1, 2, 3)
    ]
    text = did_it_help.solve_for("", {"runs": runs})["answer_5_8"]
    last = [run.history["val_binary_accuracy"][-1] for run in runs]
    assert f"{max(last):.3f}" in text
    assert 50 <= len(text.split()) <= 100


def made_up_runs(without, augmented):
    """Give runs of invented numbers, in the shape of the stored ones."""
    return [
        StoredRun(
            f"{kind} {n}", n, {"binary_accuracy": [0.5, 0.9], "val_binary_accuracy": [0.5, value]}
        )
        for kind, values in (("without", without), ("with", augmented))
        for n, value in enumerate(values, 1)
    ]


@pytest.mark.parametrize(
    ("without", "augmented", "conclusion"),
    [
        ((0.61, 0.62, 0.63), (0.71, 0.72, 0.76), "do not overlap: I would claim an effect"),
        ((0.61, 0.62, 0.73), (0.71, 0.72, 0.76), "overlap: I cannot tell"),
    ],
)
def test_the_text_of_the_solution_is_written_from_the_runs(without, augmented, conclusion):
    runs = made_up_runs(without, augmented)
    text = did_it_help.solve_for("", {"runs": runs})["answer_5_8"]
    assert conclusion in " ".join(text.split())
    for value in (min(without), max(without), min(augmented), max(augmented)):
        assert f"{value:.3f}" in text
    assert f"{0.9 - sum(augmented) / 3:.3f} with it." in " ".join(text.split())
    assert 50 <= len(text.split()) <= 100
    result = mark(did_it_help, answer_5_8=text)
    assert [check.outcome for check in result.checks] == ["pending", "pending"]
