"""A person's points stand in place of the machine's, outlive it, and are all saved or none."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command

from coursetools.exercises import Outcome
from coursetools.grading.feedback import write_feedback, write_review
from coursetools.grading.gradebook import (
    Given,
    Gradebook,
    Grading,
    PointsError,
    give_points,
    open_gradebook,
    read_points,
    write_csv,
)
from coursetools.grading.gradebook.database import connected, migrations
from coursetools.grading.gradebook.place import place_of
from coursetools.grading.records import PersonsMark, RunStatus
from grading.gradebook.test_book import GRADING, save
from grading.samples import ODD_TEXTS, check, exercise, full_grade, submission

LATER = Grading(1, "0.2")


@pytest.fixture
def book(tmp_path: Path):
    with open_gradebook(tmp_path / "gradebook.sqlite") as opened:
        save(opened, full_grade("ada"), full_grade("bob"))
        yield opened


def given(book: Gradebook, *points: tuple[str, str, str, str]) -> int:
    return give_points(book, [Given(*each) for each in points], "mia")


def refused(book: Gradebook, *points: Given) -> tuple[str, ...]:
    before = list(book.lines())
    with pytest.raises(PointsError) as caught:
        give_points(book, points, "mia")
    assert list(book.lines()) == before
    return caught.value.sentences


def test_points_stand_in_place_of_the_machines(book: Gradebook) -> None:
    assert given(book, ("ada", "1.3", "1,5", "Why?"), ("ada", "1.5", "2", "")) == 2
    ada, bob = book.grades(GRADING)
    before = full_grade("ada")
    assert [e.score for e in before.exercises] == [2, 1, 3, 0, None]
    assert [e.score for e in ada.exercises] == [2, 1, 1.5, 0, 2]
    assert (before.score, ada.score) == (6, 6.5)
    assert (before.pending, ada.pending) == (("1.3",), ())
    assert ada.exercises[2].person == PersonsMark(1.5, "Why?")
    assert ada.exercises[4].review == ()
    assert ada.needs_review  # the reason to look at all of it is not settled by two exercises
    assert bob == full_grade("bob")


def test_when_every_exercise_is_marked_nothing_is_left_for_review(book: Gradebook) -> None:
    failed = replace(full_grade("cleo"), status=RunStatus.SANDBOX_ERROR)
    save(book, failed)
    numbers = [e.exercise for e in failed.exercises]
    given(book, *(("cleo", number, "1", "") for number in numbers[1:]))
    (most,) = book.grades(GRADING)
    assert most.needs_review
    assert not most.has_mark
    given(book, ("cleo", numbers[0], "1", ""))
    (all_of_it,) = book.grades(GRADING)
    assert (all_of_it.needs_review, all_of_it.has_mark, all_of_it.score) == (False, True, 5)


def test_they_outlive_grading_again_and_can_be_given_anew(book: Gradebook) -> None:
    given(book, ("ada", "1.4", "1", "first"))
    save(book, full_grade("ada"), grading=LATER)
    (ada,) = book.grades(LATER)
    assert ada.exercises[3].person == PersonsMark(1, "first")
    given(book, ("ada", "1.4", "0", ""))
    (ada,) = book.grades(LATER)
    assert ada.exercises[3].person == PersonsMark(0, "")


def test_they_can_be_taken_back_alone_or_with_others_given(book: Gradebook) -> None:
    before = list(book.grades(GRADING))
    given(book, ("ada", "1.4", "1", "first"), ("bob", "1.4", "1", ""))
    assert given(book, ("ada", "1.4", "Take back", ""), ("ada", "1.3", "2", "")) == 2
    ada, _ = book.grades(GRADING)
    assert [e.person for e in ada.exercises] == [None, None, PersonsMark(2), None, None]
    given(book, ("ada", "1.3", "take-back", ""), ("bob", "1.4", "take-back", ""))
    assert list(book.grades(GRADING)) == before
    said = refused(
        book,
        Given("ada", "1.3", "take-back", "", 2),
        Given("zoe", "1.3", "take-back", "", 3),
    )
    assert said == (
        "Line 2: nobody gave points to `ada` for exercise 1.3, so none can be taken back.",
        "Line 3: nobody with the id `zoe` is graded in this gradebook.",
    )


def test_more_than_an_exercise_has_now_is_for_a_person(book: Gradebook) -> None:
    given(book, ("ada", "1.4", "3", ""))
    smaller = replace(full_grade("ada"), exercises=(exercise("1.4", "", check(points=2)),))
    save(book, smaller, grading=LATER)
    (ada,) = book.grades(LATER)
    assert ada.exercises[0].score == 2
    assert "gave 3 points for exercise 1.4, which has 2 now" in ada.exercises[0].review[0]


def test_what_cannot_be_given_is_said_line_by_line_and_nothing_is_saved(book: Gradebook) -> None:
    said = refused(
        book,
        Given("ada", "1.3", "1", "", 2),
        Given("zoe", "1.3", "1", "", 3),
        Given("ada", "9.9", "1", "", 4),
        Given("ada", "1.3", "4", "", 5),
        Given("ada", "1.4", "-0.5", "", 6),
        Given("ada", "1.4", "nan", "", 7),
        Given("ada", "1.4", "two", "", 8),
        Given("ada", "1.3", "2", "", 9),
        Given("ada", "1.4", "2", "x" * 4001, 10),
    )
    assert said == (
        "Line 3: nobody with the id `zoe` is graded in this gradebook.",
        "Line 4: `ada` has no exercise `9.9` graded; there are 1.1, 1.2, 1.3, 1.4, 1.5.",
        "Line 5: `4` is no number from 0 to 3, the points of exercise 1.3.",
        "Line 6: `-0.5` is no number from 0 to 3, the points of exercise 1.4.",
        "Line 7: `nan` is no number from 0 to 3, the points of exercise 1.4.",
        "Line 8: `two` is no number from 0 to 3, the points of exercise 1.4.",
        "Line 9: line 2 gives points for the same. Take one out.",
        "Line 10: the comment has more than 4,000 characters, which no page would show.",
    )


def test_a_text_that_does_not_count_gets_no_points(book: Gradebook) -> None:
    uncounted = exercise("1.6", "Say why", check(Outcome.PENDING, 0), score=None)
    save(book, replace(full_grade("dora"), exercises=(uncounted,)))
    (said,) = refused(book, Given("dora", "1.6", "1"))
    assert "--text-answers" in said


@pytest.mark.parametrize("odd", [text for text in ODD_TEXTS if text])
def test_any_id_and_comment_come_out_as_they_went_in(book: Gradebook, odd: str) -> None:
    save(book, full_grade(odd, path="odd.ipynb"))
    given(book, (odd, "1.3", "2", odd))
    (grade,) = book.grades(GRADING)
    assert grade.exercises[2].person == PersonsMark(2, odd)


def test_the_table_and_the_page_show_them(book: Gradebook, tmp_path: Path) -> None:
    before = write_feedback(full_grade("ada"), tmp_path).read_text("utf-8")
    assert "arked by a person" not in before
    given(book, ("ada", "1.3", "0.5", "Say <b>which</b> *edges*."), ("ada", "1.5", "2", ""))
    grades = list(book.grades(GRADING))
    write_csv(grades, {}, tmp_path / "gradebook.csv")
    with (tmp_path / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        ada, bob = csv.DictReader(file)
    assert (ada["score"], ada["exercise 1.3"], ada["exercise 1.5"]) == ("5.5", "0.5", "2")
    assert (ada["pending"], bob["pending"], bob["score"]) == ("", "1.3", "6")
    page = write_feedback(grades[0], tmp_path).read_text("utf-8")
    assert "✎ Marked by a person" in page
    assert "0.5 of 3 points" in page
    assert "Say &lt;b&gt;which&lt;/b&gt; <em>edges</em>." in page
    assert "Exercises 1.3, 1.5: marked by a person." in page
    assert "the error is ours" not in page
    review = write_review(grades, tmp_path / "review").read_text("utf-8")
    assert review.count("for a person to give") == 1  # bob's alone


def test_two_gradebooks_with_the_same_points_have_the_same_lines(tmp_path: Path) -> None:
    both = []
    for name, order in (("a", ("1.3", "1.4")), ("b", ("1.4", "1.3"))):
        with open_gradebook(tmp_path / f"{name}.sqlite") as book:
            save(book, full_grade("ada"))
            for number in order:
                given(book, ("ada", number, "1", number))
            both.append(list(book.lines()))
    assert both[0] == both[1]
    assert sum(line.startswith("persons_points") for line in both[0]) == 2


def test_a_trial_is_not_the_last_grading(book: Gradebook) -> None:
    book.begin(LATER, [submission(full_grade("ada"))], trial=True)
    assert book.latest() == (GRADING,)
    book.begin(LATER, [submission(full_grade("ada"))])
    assert book.latest() == (LATER,)
    book.begin(GRADING, [submission(full_grade("ada"))])
    assert book.latest() == (GRADING,)


@pytest.mark.parametrize("older", ["0001", "0002"])
def test_a_gradebook_of_an_older_schema_is_brought_on(tmp_path: Path, older: str) -> None:
    path = tmp_path / "old.sqlite"
    with open_gradebook(path) as book:
        save(book, full_grade("ada"))
    engine = connected(*place_of(path))
    with engine.begin() as connection:
        command.downgrade(migrations(connection), older)
    engine.dispose()
    with open_gradebook(path) as book:
        assert book.latest() == (GRADING,)
        assert list(book.grades(GRADING)) == [full_grade("ada")]
        assert (book.title(GRADING), book.alike(GRADING)) == ("", [])
        assert given(book, ("ada", "1.3", "1", "")) == 1


def test_a_table_of_points_is_read(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(
        '\ufeffID;Exercise;Name;Points;Comment\nada;1.3;Ada;1,5;"two\nlines"\nbob;1.3;Bob;;\n'.encode()
    )
    assert read_points(path) == (Given("ada", "1.3", "1,5", "two\nlines", 3),)


def test_a_comment_without_points_is_not_dropped_in_silence(book: Gradebook) -> None:
    (said,) = refused(book, Given("ada", "1.3", "", "Good.", 2))
    assert said == "Line 2: `` is no number from 0 to 3, the points of exercise 1.3."


@pytest.mark.parametrize("text", ["", "id,points\nada,1\n", "\0"])
def test_what_is_no_table_of_points_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "points.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PointsError, match=r"has no column `(id|exercise)`"):
        read_points(path)
