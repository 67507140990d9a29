"""What was graded comes out as it went in, in one order, and outlasts a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coursetools.grading.gradebook import (
    Gradebook,
    Grading,
    UnknownSubmissionError,
    open_gradebook,
)
from coursetools.grading.records import Disposition, Grade, InputFile, RunStatus
from grading.samples import ODD_TEXTS, full_grade, submission

GRADING = Grading(1, "0.1", {"cell": 60, "text": False})


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    with open_gradebook(tmp_path / "gradebook.sqlite") as opened:
        yield opened


def save(book: Gradebook, *grades: Grade, grading: Grading = GRADING) -> None:
    book.begin(grading, [submission(grade) for grade in grades])
    for grade in grades:
        book.save(grading.key_of(submission(grade)), grade)


def test_a_grade_comes_out_as_it_went_in(book: Gradebook) -> None:
    grade = full_grade()
    save(book, grade)
    (back,) = book.grades(GRADING)
    assert back == grade
    assert back.cells[1].shown[1].image == grade.cells[1].shown[1].image
    assert list(back.exercises[1].states) == ["head", "optimizer"]


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_any_text_comes_out_as_it_went_in(book: Gradebook, odd: str) -> None:
    grade = full_grade(student_id=odd, name=odd, path=f"{odd}.ipynb")
    cell = replace(grade.cells[1], source=odd, note=odd)
    cell = replace(cell, shown=(replace(cell.shown[0], text=odd, name=odd, kind=odd),))
    answer = replace(grade.exercises[0], shown={odd: odd}, notes=(odd,), review=(odd,), answers=odd)
    grade = replace(grade, notes=(odd,), review=(odd,), cells=(cell,), exercises=(answer,))
    save(book, grade)
    book.save_files(GRADING, [InputFile(odd, Disposition.REJECTED, odd)])
    book.save_missing(GRADING, {odd: odd})
    assert list(book.grades(GRADING)) == [grade]
    assert book.files(GRADING) == (InputFile(odd, Disposition.REJECTED, odd),)
    assert book.missing(GRADING) == {odd: odd}


def test_light_grades_leave_out_cells_and_answers(book: Gradebook) -> None:
    grade = full_grade()
    save(book, grade)
    (light,) = book.grades(GRADING, full=False)
    assert light.cells == ()
    assert {exercise.answers for exercise in light.exercises} == {"{}"}
    bare = tuple(replace(exercise, answers="{}") for exercise in grade.exercises)
    assert light == replace(grade, cells=(), exercises=bare)


def test_more_grades_than_are_read_at_once(
    book: Gradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coursetools.grading.gradebook.book._LIGHT", 2)
    save(book, *(full_grade(each) for each in "edcba"))
    assert [grade.student_id for grade in book.grades(GRADING, full=False)] == list("abcde")


def test_order_and_content_do_not_depend_on_what_was_finished_first(tmp_path: Path) -> None:
    grades = [full_grade(each) for each in ("b", "a", "Z", "é", "10", "9")]
    files = [InputFile(f"{grade.student_id}.ipynb", Disposition.GRADED) for grade in grades]
    lines = []
    for number, order in enumerate((grades, grades[::-1])):
        with open_gradebook(tmp_path / f"{number}.sqlite") as book:
            save(book, *[replace(grade, seconds=grade.seconds + number) for grade in order])
            book.save_files(GRADING, files[:: 1 - 2 * number])
            book.save_missing(GRADING, {"y": "Y", "x": "X"})
            assert [g.student_id for g in book.grades(GRADING)] == ["10", "9", "Z", "a", "b", "é"]
            lines.append(list(book.lines()))
    assert len(lines[0]) > 6 * 20
    assert lines[0] == lines[1]


def test_lines_tell_a_difference(book: Gradebook) -> None:
    save(book, full_grade())
    before = list(book.lines())
    other = replace(full_grade(), notes=())
    book.save(GRADING.key_of(submission(other)), other)
    assert [a for a, b in zip(before, book.lines(), strict=True) if a != b] != []


def test_graded_knows_the_submission_and_how_it_was_graded(book: Gradebook) -> None:
    grade = full_grade()
    given = submission(grade)
    save(book, grade)
    assert book.graded(GRADING) == {GRADING.key_of(given): (grade.student_id, RunStatus.FINISHED)}
    for other in (
        replace(given, notebook_file=b"[]"),
        replace(given, capstone_file=b""),
        replace(given, student_id="other"),
        replace(given, path="other.ipynb"),
        replace(given, review=("Not on the roster.",)),
    ):
        assert GRADING.key_of(other) not in book.graded(GRADING)
    for way in (
        replace(GRADING, lesson=2),
        replace(GRADING, version="0.2"),
        replace(GRADING, options={"cell": 61, "text": False}),
    ):
        assert not book.graded(way)
    same = replace(GRADING, options={"text": False, "cell": 60})
    assert same.key_of(given) in book.graded(same)


def test_the_same_key_again_replaces(book: Gradebook) -> None:
    failed = replace(full_grade(), status=RunStatus.SANDBOX_ERROR, exercises=(), cells=())
    save(book, failed)
    key = GRADING.key_of(submission(failed))
    book.save(key, full_grade())
    assert list(book.grades(GRADING)) == [full_grade()]
    book.save(key, failed)
    assert list(book.grades(GRADING)) == [failed]
    assert not [line for line in book.lines() if line.startswith(("shown ", "check_results "))]


def test_what_is_no_longer_handed_in_counts_no_longer_and_may_come_back(book: Gradebook) -> None:
    first, other = full_grade(path="first.ipynb"), full_grade("b")
    save(book, first, other)
    second = replace(first, path="second.ipynb")
    save(book, second, other)
    assert list(book.grades(GRADING)) == [other, second]
    assert GRADING.key_of(submission(first)) in book.graded(GRADING)  # history
    book.begin(GRADING, [submission(first)])
    assert list(book.grades(GRADING)) == [first]


def test_two_gradings_stand_beside_each_other(book: Gradebook) -> None:
    again = replace(GRADING, version="0.2")
    save(book, full_grade())
    better = replace(full_grade(), notes=("Graded again.",))
    save(book, better, grading=again)
    assert book.gradings() == (GRADING, again)
    assert list(book.grades(GRADING)) == [full_grade()]
    assert list(book.grades(again)) == [better]


def test_a_grade_of_nothing_begun_is_refused_and_leaves_nothing(book: Gradebook) -> None:
    book.begin(GRADING, [])
    with pytest.raises(UnknownSubmissionError):
        book.save(GRADING.key_of(submission(full_grade())), full_grade())
    assert list(book.grades(GRADING)) == []


KILLED = """
import os, signal, sys
from coursetools.grading.gradebook import book as module, open_gradebook
from grading.gradebook.test_book import GRADING, full_grade, submission

def stopped(key, grade, made=module.grade_row):
    if grade.student_id == "c":  # its old rows are deleted by now, the new ones not yet there
        os.kill(os.getpid(), signal.SIGKILL)
    return made(key, grade)

module.grade_row = stopped
book = open_gradebook(sys.argv[1])
grades = [full_grade(each) for each in "abc"]
book.begin(GRADING, [submission(grade) for grade in grades])
for grade in grades:
    book.save(GRADING.key_of(submission(grade)), grade)
"""


def test_a_kill_loses_only_what_was_being_saved(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "gradebook.sqlite"
    with open_gradebook(path) as book:
        save(book, full_grade("c"))  # graded before: the kill comes while it is replaced
    places = os.pathsep.join([str(root), str(root / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)],
        env=os.environ | {"PYTHONPATH": places},
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with open_gradebook(path) as book:
        assert list(book.grades(GRADING)) == [full_grade(each) for each in "abc"]
