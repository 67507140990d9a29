"""Exercise 5.9: what a judgement earns, and what is told."""

import json

import keras
import pytest

from coursetools.answers import loads_answer
from coursetools.capstone import Judgement, RunStatus
from coursetools.capstone.describe import describe
from coursetools.lessons.lesson_5 import capstone as exercise
from coursetools.lessons.lesson_5 import the_capstone

LEVELS = exercise.levels()


def judged(**more):
    usual = {
        "digest": "d",
        "tag": "t",
        "parameters": 52_081,
        "shape": (1,),
        "in_range": True,
        "pictures": 1_000,
        "right": 1_000,
    }
    return Judgement(**(usual | more))


def result_of(judgement, student_id="ada"):
    from coursetools.exercises import run

    data = {
        "capstone": {
            "state": "given",
            "kind": "weights",
            "content": {"digest": "d", "tag": "t", "parameters": 52_081},
        },
        "capstone_note": {"state": "given", "kind": "text", "content": {"text": "words"}},
    }
    data = loads_answer(json.dumps(data))
    return run(the_capstone, data, student_id=student_id, judged=judgement)


def test_levels_rise():
    assert list(LEVELS) == sorted(set(LEVELS))
    assert len(LEVELS) == 3


@pytest.mark.parametrize(
    ("accuracy", "earned"),
    [
        (LEVELS[0] - 0.02, 0),
        (LEVELS[0] + 0.001, 2),
        (LEVELS[1] + 0.001, 4),
        (LEVELS[2] + 0.001, 6),
        (LEVELS[2] - 0.005, 6),
        (1.0, 6),
    ],
)
def test_each_level_earns_its_points(accuracy, earned):
    result = result_of(judged(right=round(accuracy * 1_000)))
    assert result.earned == earned, result.feedback_lines
    assert result.checks[-1].outcome == "pending"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (0, "are asked for here, a little more than a linear model has."),
        (1, "are better than a line, and"),
        (2, "are as good as the small network, and"),
    ],
)
def test_below_a_level_the_next_step_is_told(place, words):
    result = result_of(judged(right=round(1_000 * LEVELS[place] - 15)))
    assert words in result.feedback_lines[0]
    assert result.earned == 2 * place


JUDGED = {
    "a coin flip": (judged(right=503), "50.3% of 1,000 practice pictures (provisional), give or"),
    "too large": (
        judged(parameters=70_000, largest="5, a Dense", largest_parameters=35_000),
        "50% of them sit in layer 5, a Dense: shrink what enters it",
    ),
    "two numbers": (judged(shape=(2,)), "an output of shape `(2,)`."),
    "no probability": (judged(in_range=False), "End with a sigmoid."),
    "refused": (judged(refused="Layer 2 is odd."), "Layer 2 is odd."),
    "slow": (Judgement(RunStatus.TIMED_OUT, seconds=60), "was stopped after 60 seconds"),
    "large": (Judgement(RunStatus.OUT_OF_MEMORY), "took more memory than it may."),
}


@pytest.mark.parametrize("name", list(JUDGED))
def test_what_earns_nothing_is_told_why(name):
    judgement, words = JUDGED[name]
    result = result_of(judgement)
    assert words in " ".join(result.feedback_lines)
    assert result.earned == 0


@pytest.mark.parametrize(
    "judgement", [None, Judgement(RunStatus.KILLED), Judgement(RunStatus.GARBLED)]
)
def test_our_own_troubles_are_for_a_person(judgement):
    assert result_of(judgement).needs_review


def test_the_accuracy_is_told_with_its_chance():
    notes = [check.note for check in result_of(judged(right=900, provisional=False)).checks]
    assert "90.0% of 1,000 held-out pictures, give or take 0.9% by chance" in " ".join(notes)
    near = result_of(judged(right=round(1_000 * LEVELS[2] - 5)))
    assert "that it counts" in " ".join(check.note for check in near.checks)


def test_suspicion_is_for_the_reviewer_only():
    odd = judged(right=700, valid_right=495, valid_pictures=500)
    assert "was it trained on validation pictures?" in odd.for_the_reviewer
    assert "trained on validation" not in " ".join(result_of(odd).feedback_lines)
    assert judged(right=880, valid_right=450, valid_pictures=500).for_the_reviewer == ""


def test_a_missing_file_is_said_so(tmp_path):
    found = exercise.judge_file("5.9", tmp_path)
    assert found.refused == "There is no `capstone.npz` beside the notebook."
    assert exercise.judge_file("5.1", tmp_path) is None


def test_the_solution_s_network_is_within_every_budget(monkeypatch):
    made = []
    monkeypatch.setattr(keras.Model, "fit", lambda self, *a, **k: made.append(self) or _History())
    monkeypatch.setattr("coursetools.submit", lambda model: None)
    note = the_capstone.solve_for("")["capstone_note"]
    assert made[0].count_params() == 52_081 <= min(the_capstone.draws["budget"])
    describe(made[0])
    assert 80 <= len(note.split()) <= 150


class _History:
    def __init__(self):
        self.history = {"val_binary_accuracy": [0.5, 0.6]}
