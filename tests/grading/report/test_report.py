"""The report of a class: its counts by hand, and a page that holds them and nothing that runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coursetools.grading.feedback import page_name
from coursetools.grading.feedback.style import POLICY
from coursetools.grading.records import Disposition, InputFile, RunStatus
from coursetools.grading.report import write_report
from coursetools.grading.report.counts import (
    count_checks,
    count_endings,
    count_exercises,
    distribution,
    scores,
)
from grading.feedback.page import Page
from grading.hostile import SNIPPETS, hostile_grade
from grading.report.small_class import UNITS, small_class


def test_points_are_of_those_with_a_mark():
    assert scores(small_class()) == (3, 3, 1, 1, 1, 1)  # not Finn, on whom we failed


@pytest.mark.parametrize(
    ("points", "most", "place"),
    [(0, 4, 0), (0.39, 4, 0), (0.4, 4, 1), (3.6, 4, 9), (4, 4, 9), (0.1 + 0.2, 1, 3), (2.9, 29, 1)],
)
def test_a_border_belongs_to_the_range_above_it_and_the_last_has_all_points(points, most, place):
    counts = distribution([points], most)
    assert (sum(counts), counts[place]) == (1, 1)


def test_exercises():
    head, text = count_exercises(small_class())
    assert (head.number, head.max_score, head.marked, head.right) == ("1.1", 3, 6, 2)
    assert head.mean == pytest.approx(10 / 6)
    assert (text.marked, text.mean, text.right) == (0, None, 0)


def test_checks_most_often_failed_first_and_what_they_said():
    first, *others = count_checks(small_class())
    assert (first.exercise, first.description) == ("1.1", UNITS)
    assert (first.failed, first.passed, first.unanswered) == (3, 2, 1)
    assert first.feedback == (("`Dense(6)` has 6 units.", 2), ("Count the <b>units</b>.", 1))
    assert [other.failed for other in others] == [0, 0]


def test_endings():
    assert count_endings(small_class()) == {
        RunStatus.FINISHED: 5,
        RunStatus.TIMED_OUT: 1,
        RunStatus.SANDBOX_ERROR: 1,
    }


@pytest.fixture
def report(tmp_path: Path) -> Page:
    files = [InputFile("a.docx", Disposition.REJECTED, "It is not a notebook.")]
    return Page(write_report(small_class(), tmp_path, files=files, title="Lesson")[0])


def test_the_page_holds_the_counts(report: Page):
    for words in (
        "1.67 of 3 points",
        "2 of 6 (33 %)",
        "Failed",
        "3 of 5",
        "2 × Dense(6) has 6 units.",
        "1 × Count the <b>units</b>.",  # as text
        "1 × has a cell that ran too long",
        "1 file could not be graded as they are.",
    ):
        assert words in report.text, words
    assert report.tags["b"] == 4 + 2  # the figures at the top, and two counts


def test_the_page_links_to_what_is_to_be_looked_at(report: Page):
    links = report.values("href")
    emil, finn = (f"feedback/{page_name(small_class()[n])}" for n in (4, 5))
    assert {emil, finn, f"{finn}#exercise-1-1", "review/index.html", "times.html"} <= set(links)
    assert not any(page_name(small_class()[0]) in link for link in links)
    assert "The roster says emil" in report.text


def test_times_stand_on_their_own_page(tmp_path: Path):
    first = [path.read_bytes() for path in write_report(small_class(), tmp_path)]
    slower = [replace(g, seconds=g.seconds * 2 + 1, cpu=9.9, memory=5) for g in small_class()]
    then = [path.read_bytes() for path in write_report(slower, tmp_path)]
    assert first[0] == then[0]
    assert first[1] != then[1]
    times = Page(tmp_path / "times.html")
    assert times.text.index("Bob") < times.text.index("Ada")
    assert "123.0" in times.text  # Bob's 61 seconds, twice and one


def test_a_class_of_nobody(tmp_path: Path):
    report, times = (Page(path) for path in write_report([], tmp_path))
    assert "Nobody has a mark yet." in report.text
    assert "Nothing was graded." in times.text


def test_what_anyone_wrote_is_text(tmp_path: Path):
    grades = [hostile_grade(snippet) for snippet in SNIPPETS]
    for path in write_report(grades, tmp_path, title=SNIPPETS[0]):
        page = Page(path)
        assert not {"script", "img", "iframe", "form", "base", "object"} & set(page.tags)
        assert not [name for _, found in page.elements for name in found if name[:2] == "on"]
        assert page.values("style") == []
        assert POLICY in page.values("content")
        links = page.values("href")
        assert not [link for link in links if ":" in link.removeprefix("data:,") or "//" in link]
