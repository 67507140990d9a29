"""What is put down on the page is in the gradebook, and what is shown hurts nobody."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coursetools.answers import Text, capture
from coursetools.exercises import Exercise, Lesson, Outcome
from coursetools.grading.arrival import Arrival, Lateness
from coursetools.grading.gradebook import Given, Grading, give_points, open_gradebook
from coursetools.grading.ids import settle
from coursetools.grading.marking import Marking
from coursetools.grading.order import GRADEBOOK
from coursetools.grading.records import Disposition, InputFile
from coursetools.grading.review import Desk
from coursetools.grading.review.views import Around, answer_page
from coursetools.sandbox.reports import Capture
from grading.hostile import SNIPPETS, hostile_grade
from grading.review.answered_class import (
    GRADING,
    LATER,
    LESSON,
    NAMES,
    TEXTS,
    class_of_four,
    graded_into,
    save,
)
from grading.review.conftest import Visitor
from grading.samples import check, exercise, submission


class Seen(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_points_are_in_the_gradebook_and_on_the_page_and_outlive_grading_again(
    visitor: Visitor,
) -> None:
    key = visitor.key("ada", "3.5")
    code, told = visitor.mark(key, "1,5", "Why *lost*?")
    assert (code, told["sentence"]) == (200, "Saved: 1.5 points.")
    assert (told["done"], told["total"]) == (1, 6)
    assert visitor.given() == {("ada", "3.5"): (1.5, "Why *lost*?")}
    save(visitor.book, *class_of_four(), grading=LATER)
    page = visitor.page(f"/answers/{key}")
    assert 'value="1.5"' in page
    assert "\nWhy *lost*?</textarea>" in page
    assert "1 of 6 marked" in visitor.page("/")
    (ada, *_) = visitor.book.grades(LATER, full=False)
    assert (ada.score, ada.pending) == (1.5, ())


def test_the_table_and_the_pages_are_written_at_the_end(visitor: Visitor) -> None:
    visitor.mark(visitor.key("ada", "3.5"), "2", "Well put.")
    visitor.desk.write()
    assert "\nada,Ada Byron,2," in (visitor.out / "gradebook.csv").read_text("utf-8-sig")
    (page,) = (visitor.out / "feedback").iterdir()  # nobody else was marked
    assert "Well put." in page.read_text("utf-8")


REFUSED = {
    "more than there are": ("3.1", ""),
    "less than none": ("-1", ""),
    "no number": ("nan", ""),
    "endless": ("1e999", ""),
    "words": ("two", ""),
    "a comment alone": ("", "Why?"),
    "a comment that no page shows": ("1", "x" * 4_001),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_cannot_be_given_is_refused_with_a_sentence(visitor: Visitor, how: str) -> None:
    code, told = visitor.mark(visitor.key("ada", "3.5"), *REFUSED[how])
    assert (code, told["again"], visitor.given()) == (400, False, {})
    assert told["sentence"].endswith(".")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b"\xff", b'{"points":1,"comment":"","seen":""}', b"[" * 60_000],
)
def test_what_is_no_mark_is_refused(visitor: Visitor, body: bytes) -> None:
    code, _ = visitor.mark(visitor.key("ada", "3.5"), "1", body=body)
    assert (code, visitor.given()) == (400, {})


def test_the_last_to_mark_wins_and_is_told_over_what(visitor: Visitor) -> None:
    key = visitor.key("ada", "3.5")
    _, first = visitor.mark(key, "1")
    give_points(visitor.book, [Given("ada", "3.5", "3", "Fine.")], "bo")
    _, told = visitor.mark(key, "2", seen=first["seen"])
    assert told["sentence"] == (
        "Saved: 2 points. It stands in place of 3 points with the comment “Fine.”, given meanwhile."
    )
    _, again = visitor.mark(key, "2.5", seen=told["seen"])
    assert again["sentence"] == "Saved: 2.5 points."
    give_points(visitor.book, [Given("ada", "3.5", "take-back")], "bo")
    _, last = visitor.mark(key, "1", seen=again["seen"])
    assert last["sentence"] == "Saved: 1 point. Meanwhile somebody had taken the mark back."


def test_a_mark_can_be_taken_back(visitor: Visitor) -> None:
    key = visitor.key("ada", "3.5")
    visitor.mark(key, "1", "no")
    code, told = visitor.mark(key, "")
    assert (code, told["sentence"], told["done"]) == (200, "Taken back.", 0)
    assert visitor.given() == {}


def test_a_gradebook_that_is_busy_is_tried_again(visitor: Visitor) -> None:
    key = visitor.key("ada", "3.5")
    other = sqlite3.connect(visitor.out / GRADEBOOK)
    page = visitor.page  # the page is read before, and the mark is sent while somebody writes

    def read_and_lock(path: str) -> str:
        found = page(path)
        other.execute("BEGIN IMMEDIATE")
        return found

    visitor.page = read_and_lock  # type: ignore[method-assign]
    code, told = visitor.mark(key, "1")
    assert (code, told["again"]) == (503, True)
    assert "another program is writing" in told["sentence"]
    other.close()
    visitor.page = page  # type: ignore[method-assign]
    assert visitor.mark(key, "1")[0] == 200


def test_answers_stand_by_exercise_in_an_order_that_tells_nothing(visitor: Visitor) -> None:
    numbers = [item.exercise.exercise for item in visitor.desk.items]
    assert numbers == ["3.4"] * 2 + ["3.5"] * 4  # bob's and dora's all, the others' texts
    places = [item.place for item in visitor.desk.items]
    assert places == [1, 2, 1, 2, 3, 4]
    third = next(
        item for item in visitor.desk.items if (item.place, item.student_id != "") == (3, True)
    )
    page = visitor.page(Around(only="3.5").address(f"/answers/{third.key}"))
    assert "Answer 3 of 4" in page


def test_nobody_is_named_before_it_is_asked_for(visitor: Visitor) -> None:
    names = [*NAMES.values(), *NAMES, "eve", "ipynb"]
    paths = [f"/answers/{item.key}" for item in visitor.desk.items]
    pages = [Seen(visitor.page(path)).text for path in ["/", *paths]]
    words = {word.strip("`.,()") for page in pages for word in page.split()}
    assert not words & {part for name in names for part in name.split()}
    assert any("It came in as that of …" in page for page in pages)
    named = Seen(visitor.page(f"/answers/{visitor.key('bob', '3.5')}?names=1")).text
    assert "Bob Roe (bob)" in named
    assert "the notebook names the id eve" in named


def test_the_question_has_the_students_own_numbers_and_the_guide_its_points(
    visitor: Visitor,
) -> None:
    page = visitor.page(f"/answers/{visitor.key('dora', '3.4')}")
    drawn = LESSON.exercise("3.4").draw_for("dora in her notebook")
    assert drawn != LESSON.exercise("3.4").draw_for("dora")
    assert f"<strong>{drawn['C']}</strong> maps" in page
    text = Seen(visitor.page(f"/answers/{visitor.key('ada', '3.5')}")).text
    for line in LESSON.exercise("3.5").checks:
        assert line.description in text
    assert LESSON.exercise("3.5").for_markers in text
    assert TEXTS["ada"] in text
    assert "14 words" in text


def test_the_machines_part_is_told(visitor: Visitor) -> None:
    mixed = exercise("3.9", "Both", check(points=2), check(Outcome.PENDING, 1))
    failed = exercise("3.8", "Ours", check(points=2), review=("Look at it.",))
    ada = class_of_four()[0]
    save(visitor.book, replace(ada, exercises=(mixed, failed)))
    visitor.page("/")
    told = visitor.page(f"/answers/{visitor.key('ada', '3.9')}")
    assert "Give both together: from 2 to 3" in told
    assert "As the machine" not in told
    whole = visitor.page(f"/answers/{visitor.key('ada', '3.8')}")
    assert 'data-points="2" data-key="m"' in whole


def test_what_points_do_not_settle_is_said(visitor: Visitor) -> None:
    late = Lateness(
        due=datetime(2026, 11, 1, tzinfo=UTC),
        doubt="Only the file's own time tells when it came in.",
    )
    ada = class_of_four()[0]
    key = GRADING.key_of(submission(ada))
    visitor.book.begin(GRADING, [submission(ada)])
    visitor.book.make_count(GRADING, {key: Arrival(None, late)})
    page = Seen(visitor.page("/")).text
    assert "Of 1 submission it is not sure when it came in." in " ".join(page.split())
    assert "0 of 1 marked" in page  # the text, and not every exercise


def test_answers_of_nobody_known_are_shown_and_cannot_be_marked(visitor: Visitor) -> None:
    save(visitor.book, replace(class_of_four()[0], student_id=""))
    assert "1 of them cannot be given points" in visitor.page("/")
    page = visitor.page(f"/answers/{visitor.key('', '3.5')}")
    assert "nobody knows whose it is" in page
    assert 'id="points"' not in page


def test_files_that_were_not_graded_are_listed_with_names_alone(visitor: Visitor) -> None:
    files = [
        InputFile("Zoe.docx", Disposition.REJECTED, "It is no notebook."),
        InputFile("Ada Byron.ipynb", Disposition.NEEDS_REVIEW, "Look at it."),  # an answer
    ]
    visitor.book.save_files(GRADING, files)
    unnamed = Seen(visitor.page("/")).text
    assert ("1, listed when names are shown" in unnamed, "Zoe" in unnamed) == (True, False)
    named = Seen(visitor.page("/?names=1")).text
    assert ("Zoe.docx" in named, "Ada Byron.ipynb" in named) == (True, False)


OWN = Exercise(
    number="100.1",
    title="Why?",
    question="Why is *{n}* odd?",
    answers={"why": Text()},
    draws={"n": (3,)},
)


@OWN.check(points=2, by_hand=True)
def gives_a_reason(why: str) -> None:
    """It gives a reason."""


def test_an_own_lesson_is_asked_for_and_then_shows_its_question(out: Path) -> None:
    lesson = Lesson(number=100, title="My own", exercises=(OWN,))
    marking = Marking(lesson, settle("ada", "ada"))
    marking.take(Capture("100.1", capture(OWN.answers, {"why": "It has a half."})))
    ada = replace(class_of_four()[0], lesson=100, exercises=(marking.grade(OWN),))
    (out / GRADEBOOK).unlink()
    graded_into(out, ada, grading=Grading(100, "1"))
    with open_gradebook(out / GRADEBOOK) as book:
        pages = []
        for own in (None, lesson):
            desk = Desk(book, out, "mia", own)
            (item,) = desk.items
            shown = answer_page(item, desk.grade(item.key), desk.lesson, 1, Around())
            pages.append((str(shown.task.question), [line.worth for line in shown.task.guide]))
    assert pages == [("", ["2 points"]), ("<p>Why is <em>3</em> odd?</p>", ["2 points"])]


def test_nothing_hostile_is_more_than_text(visitor: Visitor) -> None:
    hostile = []
    for place, snippet in enumerate(SNIPPETS):
        text = exercise("3.5", snippet, check(Outcome.PENDING, 2, description=snippet))
        grade = hostile_grade(snippet)
        both = (replace(grade.exercises[0], exercise="3.1"), text)
        cells = tuple(replace(cell, exercise="3.1") for cell in grade.cells)
        told = {"lesson": 3, "student_id": f"s{place}", "exercises": both, "cells": cells}
        hostile.append(replace(grade, **told))
    save(visitor.book, *hostile)
    for place, snippet in enumerate(SNIPPETS):
        give_points(visitor.book, [Given(f"s{place}", "3.5", "1", snippet)], snippet)
    paths = ["/", "/?names=1"]
    visitor.page("/")
    for item in visitor.desk.items:
        ways = (f"?names=1&only={item.exercise.exercise}", "/all" * (item.place % 5 == 0))
        paths += [f"/answers/{item.key}{way}" for way in ways]
    assert len(paths) == 2 + 2 * 2 * len(SNIPPETS)
    for path in paths:
        seen = Seen(visitor.page(path))
        scripts = [own for tag, own in seen.elements if tag == "script"]
        assert all(own == {"src": "/review.js", "defer": None} for own in scripts)
        tags = {tag for tag, _ in seen.elements}
        assert not tags & {"svg", "iframe", "form", "base", "object", "embed"}
        for tag, own in seen.elements:
            assert not [name for name in own if name.startswith("on") or name == "style"]
            assert (own.get("href") or "/").startswith(("/", "#", "data:,")), tag
            assert not (own.get("href") or "").startswith("//"), tag
            assert (own.get("src") or "/review").startswith(("/review", "data:image/")), tag
