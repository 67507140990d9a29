"""Handing in a network from a notebook: the file, what is said, and what the answer keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coursetools.answers.stored import STORED_TYPE, read_stored
from coursetools.capstone import Judgement
from coursetools.capstone.weights_file import FILE, read_capstone
from coursetools.lessons import lesson_5
from coursetools.lessons.lesson_5 import capstone

SETUP = """
import coursetools as ct
import keras
from coursetools import ____
from keras import layers
q_1, q_2, q_3, q_4, q_5, q_6, q_7, q_8, q_9 = ct.connect(lesson=5, student_id="ada")


def network(*more):
    return keras.Sequential(
        [keras.Input((32, 32, 3)), layers.MaxPool2D(8), *more, layers.Flatten(),
         layers.Dense(1, activation="sigmoid")]
    )
"""
CELL = """# Exercise 5.9
capstone = {model}
capstone_note = {note}

ct.submit(capstone)
q_9.check()"""


@pytest.fixture
def course(bare: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A notebook of lesson 5, with a judge that needs no process."""
    asked: list[Path] = []

    def judged(file: Path, changed: int, holdout: Path | None) -> Judgement:
        asked.append(file)
        found = read_capstone(file)
        return Judgement(
            digest=found.digest,
            tag=found.recipe.tag,
            parameters=found.parameters,
            shape=(1,),
            in_range=True,
            right=99,
            pictures=100,
        )

    monkeypatch.setattr(capstone, "_judged_once", judged)
    bare.run(SETUP)
    bare.asked = asked
    return bare


def told(shown: Any) -> str:
    return " ".join(bundle.get("text/plain", "") for bundle in shown.bundles)


def answer_of(shown: Any) -> Any:
    return next(bundle[STORED_TYPE] for bundle in shown.bundles if STORED_TYPE in bundle)


def test_a_network_is_handed_in_judged_and_kept(course: Any) -> None:
    cell = CELL.format(model="network()", note="'words of mine'")
    shown = course.run(cell)
    assert shown.error is None
    assert "• Handed in · `capstone.npz` has 3 layers, 49 parameters" in told(shown)
    assert "99.0% of 100 practice pictures (provisional)" in told(shown)
    stored = read_stored(json.loads(json.dumps(answer_of(shown))), cell)
    content = stored.answers["capstone"]["content"]
    found = read_capstone(Path(FILE))
    assert content == {"digest": found.digest, "tag": found.recipe.tag, "parameters": 49}
    assert len(found.recipe.tag) == 16
    assert [path.name for path in Path().glob("*.npz")] == [FILE]


def test_the_untouched_cell_hands_nothing_in(course: Any) -> None:
    shown = course.run(CELL.format(model="____", note="____"))
    assert shown.error is None
    assert "No submission yet" in told(shown)
    assert not Path(FILE).exists()
    assert not course.asked


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("network(layers.Lambda(lambda x: x))", "`Lambda` is not on the capstone's list of layers"),
        ("keras.Sequential([keras.Input((8, 8, 3)), layers.Flatten(), layers.Dense(1)])", "takes"),
        ("3", "That is not a Keras model."),
        ("network(layers.Conv2D(300, 3, padding='same'), layers.Conv2D(300, 1), "
         "layers.Conv2D(300, 1), layers.Conv2D(300, 1))", "at most 250,000 numbers are read"),
    ],
)  # fmt: skip
def test_what_cannot_be_handed_in_is_said_at_once(course: Any, model: str, words: str) -> None:
    shown = course.run(CELL.format(model=model, note="'words'"))
    assert shown.error is None
    assert "? Nothing was handed in · " in told(shown)
    assert words in told(shown)
    assert not list(Path().glob("*.npz"))
    assert not course.asked


def test_a_model_that_raises_is_no_traceback(course: Any) -> None:
    course.run(
        "class Loud(keras.Sequential):\n"
        "    @property\n"
        "    def layers(self): raise RuntimeError('`no`')\n"
        "loud = Loud(); loud.built = True"
    )
    shown = course.run("ct.submit(loud)")
    assert shown.error is None
    assert "Writing `capstone.npz` met `RuntimeError" in told(shown)


def test_weights_that_went_astray(course: Any) -> None:
    course.run("lost = network(); lost.layers[-1].bias.assign([float('nan')])")
    shown = course.run(CELL.format(model="lost", note="'words'"))
    assert "Some of its weights are NaN or infinite" in told(shown)
    assert not list(Path().glob("*.npz"))


def test_a_network_that_was_trained_further_has_to_be_handed_in_again(course: Any) -> None:
    course.run("mine = network()\nct.submit(mine)\nmine.layers[-1].bias.assign([0.5])")
    shown = course.run("# Exercise 5.9\ncapstone = mine\ncapstone_note = 'words'\nq_9.check()")
    assert "holds another network, or this one before it was trained further" in told(shown)
    assert not course.asked


def test_the_lesson_s_judge_is_the_exercise_s() -> None:
    assert lesson_5.LESSON.judge is capstone.judge_file
