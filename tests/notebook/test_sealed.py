"""A sealed lesson in a notebook: asked, hinted and read, and never judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coursetools.exercises import Lesson
from coursetools.exercises.sealed import declaration

CONNECT = "import coursetools as ct\nq_1, q_2 = ct.connect(lesson=7, student_id='ada')"


@pytest.fixture
def sealed(bare: Any, practice: Any, tmp_path: Path) -> Any:
    """A notebook beside the file of a sealed lesson, connected with it."""
    lesson = Lesson(number=7, title="Practice", exercises=practice.LESSON.exercises[:2])
    (tmp_path / "lesson-7.json").write_text(json.dumps(declaration(lesson)))
    bare.run(CONNECT)
    return bare


def test_the_question_is_asked_with_the_students_numbers(sealed: Any, practice: Any) -> None:
    text = repr(sealed["q_1"])
    assert str(practice.times.draw_for("ada")["h"]) in text
    assert "q_1.hint()" in text
    assert "solution" not in text


@pytest.mark.parametrize("answer", [300, 1])
def test_a_check_says_only_that_the_answer_was_read(sealed: Any, answer: int) -> None:
    text = sealed.run(f"# Exercise 7.1\nproduct = {answer}\nq_1.check()").text
    assert f"Read as `product`: `{answer}`." in text
    assert "It is marked when your notebook is graded." in text
    assert "zeros" not in text


def test_a_check_says_why_an_answer_cannot_be_read(sealed: Any) -> None:
    assert "could not be read" in sealed.run("product = object()\nq_1.check()").text


def test_an_open_answer_is_open(sealed: Any) -> None:
    assert "Not answered yet" in sealed.run("product = ct.____\nq_1.check()").text


def test_hints_are_there_and_solutions_are_not(sealed: Any) -> None:
    assert "A zero at the end." in sealed.run("q_1.hint()").text
    last = sealed.run("q_1.hint(3)").text
    assert "That was the last hint." in last
    assert "solution" not in last
    assert "it shows no solutions" in sealed.run("q_1.solution()").text


def test_later_cells_go_on_with_what_the_student_gave(sealed: Any) -> None:
    sealed.run("product = 1")
    sealed.run("found = ct.use('7.1')")
    assert sealed["found"] == 1


def test_later_cells_are_never_given_an_answer_that_is_open(sealed: Any) -> None:
    ran = sealed.run("found = ct.use('7.2')", fails=True)
    assert type(ran.error).__name__ == "SealedAnswerError"
    assert "Run the answer cell first" in str(ran.error)


def test_a_broken_file_is_told(bare: Any, tmp_path: Path) -> None:
    (tmp_path / "lesson-7.json").write_text("{")
    ran = bare.run(CONNECT, fails=True)
    assert type(ran.error).__name__ == "SealingError"
