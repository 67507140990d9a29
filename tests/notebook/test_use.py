"""`use`: the student's answer where it is right, the reference answer where it is open."""

from __future__ import annotations

from typing import Any

import pytest

from coursetools.exercises import UnknownExerciseError
from coursetools.notebook.session import NotConnectedError
from coursetools.notebook.use import ReferenceUnavailableError, use

GOING_ON = "Going on with the reference answer for {}; your own is still open."


def test_open_answer_gives_the_reference_and_says_so(notebook: Any) -> None:
    shown = notebook.run("product = ____\nvalue = ct.use('7.1')")
    assert notebook["value"] == 700
    assert shown.text == f"→ Reference answer · {GOING_ON.format('7.1')}"
    assert "\n" not in shown.text


def test_right_answer_is_the_students_own_and_says_nothing(notebook: Any) -> None:
    shown = notebook.run(
        "losses = [3, 1, 2]\nhistory = {'loss': [3.0, 1.0, 2.0]}\nbest = 2\nvalue = ct.use('7.3')"
    )
    assert notebook["value"]["history"] is notebook["history"]
    assert notebook["value"]["best"] == 2
    assert shown.bundles == []


def test_partly_right_is_still_open(notebook: Any) -> None:
    shown = notebook.run("product = 800\nvalue = ct.use('7.1')")
    assert notebook["value"] == 700
    assert "still open" in shown.text


def test_several_answers_come_by_name(notebook: Any) -> None:
    notebook.run("losses = [3, 1, 2]\nvalue = ct.use('7.3')")
    assert notebook["value"] == {"history": {"loss": [3.0, 1.0, 2.0]}, "best": 2}


def test_the_view_stands_for_its_number(notebook: Any) -> None:
    notebook.run("value = ct.use(q_1)")
    assert notebook["value"] == 700


def test_the_letter_is_the_one_this_student_sees(notebook: Any) -> None:
    notebook.run("which = ct.use('7.2')\nq_2.check()")
    assert notebook["q_2"].result.solved


def test_an_answer_cell_gets_the_blank(notebook: Any) -> None:
    shown = notebook.run("# Exercise 7.1\nproduct = ct.use('7.1')\nq_1.check()")
    assert notebook["product"] is notebook["____"]
    assert shown.text.startswith("– Not answered yet")


def test_a_cell_run_by_an_answer_cell_gets_the_blank(notebook: Any) -> None:
    notebook.run("# Exercise 7.1\nget_ipython().run_cell(\"product = ct.use('7.1')\")")
    assert notebook["product"] is notebook["____"]


def test_the_reference_is_made_once(notebook: Any) -> None:
    notebook.run("losses = [3, 1, 2]\none = ct.use('7.3')\nother = ct.use('7.3')")
    assert notebook["one"]["history"] is notebook["other"]["history"]


BOUND_AGAIN = (
    "losses = [3, 1, 2]\nhanded = ct.use('7.3')\nhistory, best = handed['history'], handed['best']"
)


def test_the_reference_bound_again_counts_as_blank(notebook: Any) -> None:
    notebook.run(BOUND_AGAIN)
    shown = notebook.run("q_3.check()")
    assert notebook["q_3"].result.score == 0
    assert shown.text.splitlines() == [
        "– Not answered yet · 7.3 Two answers · 2 points",
        "  `history` is the reference answer for 7.3 that `ct.use` handed out. Run your answer "
        "cell again to check your own.",
    ]
    assert list(shown.bundles[0]) == ["text/html", "text/plain"]


def test_the_reference_is_known_after_connecting_again(notebook: Any) -> None:
    notebook.run(BOUND_AGAIN)
    notebook.run("q_1, q_2, q_3, q_4 = ct.open_lesson(practice_lesson.LESSON, 'somebody')")
    notebook.run("q_3.check()")
    assert notebook["q_3"].result.score == 0


def test_an_own_answer_after_the_fallback_counts(notebook: Any) -> None:
    notebook.run(BOUND_AGAIN)
    notebook.run("# Exercise 7.3\nhistory = {'loss': [3.0, 1.0]}\nbest = 2\nq_3.check()")
    assert notebook["q_3"].result.score == 2


def test_unknown_exercise(notebook: Any) -> None:
    with pytest.raises(UnknownExerciseError, match=r"no exercise `9\.9`.*7\.1, 7\.2"):
        notebook.run("ct.use('9.9')")


def test_reference_that_cannot_be_made(notebook: Any) -> None:
    with pytest.raises(ReferenceUnavailableError, match="the notebook has no `losses` so far"):
        notebook.run("ct.use('7.3')")


def test_before_connect(bare: Any) -> None:
    with pytest.raises(NotConnectedError, match=r"ct\.connect"):
        use("7.1")
