"""Answers from a training stay in the output of their cell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coursetools.answers import schema
from coursetools.answers.stored import LIMIT, STORED_TYPE, read_stored
from coursetools.exercises import run

CELL = "# Exercise 7.3\nhistory = {'loss': [3.0, 1.0]}\nbest = 2\nq_3.check()"


def stored(shown: Any) -> Any:
    (bundle,) = shown.bundles
    assert sorted(bundle)[1:] == ["text/html", "text/plain"]
    return bundle[STORED_TYPE]


def test_the_answer_stands_in_the_output_and_reads_back(notebook: Any, practice: Any) -> None:
    shown = notebook.run(CELL)
    data = json.loads(json.dumps(stored(shown)))
    answer = read_stored(data, CELL)
    assert (answer.exercise, answer.changed) == ("7.3", False)
    assert run(practice.curves, answer.answers).score == 2
    assert "Your answer is stored in this cell." in shown.text


def test_a_source_changed_after_the_check_is_seen(notebook: Any) -> None:
    assert read_stored(stored(notebook.run(CELL)), CELL.replace("2\n", "1\n")).changed


def test_a_wrong_answer_is_stored_too(notebook: Any) -> None:
    assert stored(notebook.run(CELL.replace("best = 2", "best = 1")))["exercise"] == "7.3"


def test_an_untouched_answer_is_not_stored(notebook: Any) -> None:
    shown = notebook.run("# Exercise 7.3\nhistory = ____\nbest = ____\nq_3.check()")
    assert sorted(shown.bundles[0]) == ["text/html", "text/plain"]


def test_nothing_is_stored_outside_the_answer_cell(notebook: Any) -> None:
    shown = notebook.run(CELL.replace("# Exercise 7.3", "# my tries"))
    assert sorted(shown.bundles[0]) == ["text/html", "text/plain"]
    assert "Nothing was stored: run the check in its answer cell" in shown.text


def test_an_answer_too_large_for_a_cell(notebook: Any) -> None:
    many = LIMIT // 8
    shown = notebook.run(CELL.replace("[3.0, 1.0]", f"[3.0, 1.0] + [2.123456789] * {many}"))
    assert sorted(shown.bundles[0]) == ["text/html", "text/plain"]
    assert "keeps at most 64 kB" in shown.text
    assert shown.text.startswith("✓ Right")


def test_other_exercises_are_not_stored(notebook: Any) -> None:
    shown = notebook.run("# Exercise 7.1\nproduct = 700\nq_1.check()")
    assert sorted(shown.bundles[0]) == ["text/html", "text/plain"]


def test_an_exercise_may_say_so_itself(notebook: Any, practice: Any) -> None:
    practice.times.stored = True
    try:
        shown = notebook.run("# Exercise 7.1\nproduct = 700\nq_1.check()")
    finally:
        practice.times.stored = False
    assert stored(shown)["exercise"] == "7.1"


def test_data_are_read_as_anybodys() -> None:
    with pytest.raises(schema.UnreadableAnswer):
        read_stored({"version": 1, "exercise": "7.3", "answers": []}, CELL)
