"""Which marks go out, and the words that go with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coursetools.grading.arrival import Arrival, HandedIn, Lateness, TimeFrom
from coursetools.grading.export import choose, results_of
from coursetools.grading.export.comments import LONGEST, comment_of
from coursetools.grading.feedback.lateness import lateness_sentence
from coursetools.grading.records import RunStatus
from grading.export.a_class import (
    ADA,
    CYD,
    TITLE,
    by_a_person,
    failed_by_us,
    marked,
    student,
    waiting,
)
from grading.hostile import SNIPPETS, hostile_grade

PENDING = student("p", "P", "", marked(3), waiting())
DOUBTED = replace(ADA, review=("Whose is it?",))


def test_provisional_marks_wait_and_no_mark_never_goes_out():
    grades = [ADA, PENDING, DOUBTED, failed_by_us()]
    held = choose(grades, TITLE).held_back
    assert [grade for grade, _ in held] == grades[1:]
    assert "1.2" in held[0][1]
    made = choose(grades, TITLE, unreviewed=True)
    assert [mark.score for mark in made.marks] == [3, 4, 3]
    assert [grade.student_id for grade, _ in made.held_back] == ["zoe"]
    assert made.max_score == 6


def test_points_can_be_shares_of_another_maximum():
    (mark,) = choose([CYD], TITLE).marks
    assert (mark.points(), mark.points(100), mark.points(6)) == ("5.5", "91.67", "5.5")


def test_a_comment_says_each_score_and_what_to_do_next():
    grade = student("b", "Bob", "", marked(1, "Six units."), by_a_person(), waiting())
    grade = replace(grade, status=RunStatus.TIMED_OUT)
    first, ended, *lines = comment_of(grade, TITLE).splitlines()
    assert first == "Lesson 1: The convolutional classifier. 4.5 of 9 points."
    assert ended.startswith("A cell of your notebook ran longer than it may")
    assert lines[:2] == [
        "1.1 Attach a `head`: 1 of 3 points. Six units.",
        "1.2 Say why: 2.5 of 3 points. Well said.",
    ]
    assert "a person marks" in lines[-1]


def test_a_comment_has_an_end():
    grade = student("b", "Bob", "", *[marked(1, "No. " * 100)] * 50)
    comment = comment_of(grade, TITLE)
    assert len(comment) <= LONGEST
    assert comment.splitlines()[-1] == "The rest is on your feedback page."


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_nothing_in_a_comment_steers_a_terminal_or_breaks_its_lines(snippet):
    comment = comment_of(hostile_grade(snippet), snippet)
    assert all(sign.isprintable() or sign in "\n\u200c\u200d" for sign in comment)
    assert comment.startswith("Lesson 1: ")


def test_what_counts_goes_out_and_what_was_late_is_told():
    due = datetime(2026, 11, 23, 12, tzinfo=UTC)
    told = HandedIn(datetime(2026, 11, 24, tzinfo=UTC), TimeFrom.PLATFORM)
    grade = replace(ADA, arrival=Arrival(told, Lateness(due, begun=1, percent=50)))
    (mark,) = choose([grade], TITLE).marks
    assert mark.points() == "1.5"
    first, late, *_ = mark.comment.splitlines()
    assert first == "Lesson 1: The convolutional classifier. 1.5 of 3 points."
    assert late == lateness_sentence(grade)
    assert "50 % are taken off" in late
    results = results_of(mark)
    assert results["score"] == 1.5
    assert late in results["output"]
