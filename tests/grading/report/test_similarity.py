"""Who is named as alike: one answer in disguise is, different right answers are not."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from coursetools import lessons
from coursetools.grading.feedback import page_name, write_feedback
from coursetools.grading.notebook import read_notebook
from coursetools.grading.records import Grade, GradedCell
from coursetools.grading.report import Similarity, known_code, write_report
from coursetools.grading.report.fingerprints import WINDOW, K, numbers, tokens, winnowed
from coursetools.grading.report.similarity import ADDED, ALIKE, LEAST, Pair
from grading.feedback.page import Page
from grading.report.answers import CAPSTONES, CONVS, DISGUISED, FIELDS
from grading.report.small_class import student

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def known() -> list[str]:
    released = next((ROOT / "notebooks").glob("2-*.ipynb")).read_bytes()
    return known_code(read_notebook(released), lessons.load(2))


def wrote(name: str, source: str, exercise: str | None = "2.6") -> Grade:
    return student(name, cells=(GradedCell(exercise, source),))


def pairs(known: list[str], *grades: Grade) -> tuple[Pair, ...]:
    similarity = Similarity(known)
    for grade in grades:
        similarity.add(grade)
    return similarity.pairs()


def names(found: tuple[Pair, ...]) -> list[tuple[str, str]]:
    return [(pair.first.name, pair.second.name) for pair in found]


@pytest.mark.parametrize("name", [*CONVS, "disguised"])
def test_the_answers_are_right(name: str):
    scope: dict[str, object] = {"np": np}
    exec((CONVS | {"disguised": DISGUISED})[name], scope)
    image, kernel = np.arange(30.0).reshape(5, 6) % 7, np.arange(6.0).reshape(2, 3)
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    right = (windows * kernel).sum((2, 3))
    assert np.allclose(scope["my_conv"](image, kernel), right)  # type: ignore[operator]


def test_one_answer_in_disguise_is_named_and_nobody_else(known: list[str]):
    found = pairs(known, *itertools.starmap(wrote, CONVS.items()), wrote("copy", DISGUISED))
    assert names(found) == [("careful", "copy")]
    assert found[0].exercise == "2.6"
    assert 0.9 < found[0].share <= 1


def test_different_right_answers_stay_far_below(known: list[str], monkeypatch):
    monkeypatch.setattr("coursetools.grading.report.similarity.ALIKE", 0)
    monkeypatch.setattr("coursetools.grading.report.similarity.LEAST", 1)
    sums = pairs(known, *itertools.starmap(wrote, CONVS.items()))
    assert len(sums) > 5  # so they have been compared
    assert max(pair.share for pair in sums) < 0.6 < ALIKE
    # Nothing is left out here, and still those who build a network alike are not alike enough.
    networks = pairs([], *itertools.starmap(wrote, CAPSTONES.items()))
    assert len(networks) > 4
    assert max(pair.share for pair in networks) < 0.55


@pytest.mark.parametrize("source", [CONVS["plain"], FIELDS["backwards"]])
def test_short_answers_are_not_named_even_if_they_are_the_same(known: list[str], source: str):
    assert pairs(known, wrote("a", source), wrote("b", source)) == ()
    assert len(winnowed(numbers(tokens(source)))) < LEAST


def test_the_public_solution_is_nobodys_own(known: list[str]):
    released = next((ROOT / "notebooks").glob("5-*.ipynb")).read_bytes()
    lesson = lessons.load(5)
    solution = lesson.exercise("5.9").solution_for("")
    both = wrote("a", solution, "5.9"), wrote("b", solution, "5.9")
    assert pairs(known_code(read_notebook(released), lesson), *both) == ()
    assert len(pairs([], *both)) == 1  # which is long enough to be named otherwise


def test_a_solution_whose_source_is_out_of_reach_stops_no_report(monkeypatch):
    def unreadable(*arguments: object, **options: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr("coursetools.exercises.exercise.as_typed", unreadable)
    released = read_notebook(next((ROOT / "notebooks").glob("2-*.ipynb")).read_bytes())
    code = known_code(released, lessons.load(2))
    assert code == [cell.source for cell in released.cells if cell.kind == "code"]


def test_released_code_is_nobodys_own():
    template = CONVS["careful"]
    both = wrote("a", template), wrote("b", template.replace("image", "picture"))
    assert pairs([template], *both) == ()
    assert len(pairs([], *both)) == 1


def test_cells_that_students_added_are_compared_too():
    found = pairs([], wrote("a", CONVS["careful"], None), wrote("b", DISGUISED, None))
    assert [pair.exercise for pair in found] == [ADDED]


def test_a_copy_with_more_around_it_is_named():
    padded = CONVS["lists"].replace("my_conv", "unused") + DISGUISED + CONVS["while"]
    assert names(pairs([], wrote("a", CONVS["careful"]), wrote("b", padded))) == [("a", "b")]


def test_what_many_have_is_nobodys_own():
    some = [wrote(f"s{n}", CONVS["careful"]) for n in range(10)]
    assert len(pairs([], *some)) == 45
    assert pairs([], *some, wrote("s10", CONVS["careful"])) == ()


def test_names_comments_and_layout_do_not_count_but_what_is_called_does():
    assert tokens("total = (a) + b  # sum\n") == tokens("x=(\n y)+z")
    assert tokens("np.sum(a)") != tokens("np.max(a)")
    assert tokens("a if b else c") != tokens("a or b and c")


@pytest.mark.parametrize(
    "source",
    ["", "'''", "def f(:\n  (", "\0", "  x\n y\n\tz", "!ls\n%time x", "\ud800 = 1", "(" * 999],
)
def test_code_that_is_none_breaks_nothing(source: str):
    winnowed(numbers(tokens(source)))


def test_what_is_shared_for_long_enough_is_always_found():
    random = np.random.default_rng(8)
    words = [str(n) for n in random.integers(0, 50, 400)]
    for start in range(0, 380, 7):
        part = words[start : start + K + WINDOW - 1]
        around = [*"abcdefgh", *part, *"ijklmnop"]
        assert winnowed(numbers(words)) & winnowed(numbers(around)), start
    assert winnowed([]) == frozenset()
    assert winnowed([3, 2]) == {2}


def test_the_report_names_them_and_students_pages_do_not(tmp_path: Path):
    ada, bob = wrote("Ada", CONVS["careful"]), wrote("Bob <i>", DISGUISED)
    found = pairs([], ada, bob)
    report = Page(write_report([ada, bob], tmp_path, alike=found)[0])
    assert "Ada Bob <i> 2.6 9" in report.text
    for grade in (ada, bob):
        assert f"feedback/{page_name(grade)}#exercise-2-6" in report.values("href")
        assert "alike" not in Page(write_feedback(grade, tmp_path)).text
    none = Page(write_report([ada, bob], tmp_path)[0])
    assert "No pair stands out." in none.text


def test_the_order_they_come_in_changes_no_share(known: list[str]):
    grades = [wrote("a", CONVS["careful"]), wrote("b", DISGUISED), wrote("c", CONVS["lists"])]
    there = pairs(known, *grades)
    back = pairs(known, *reversed(grades))
    assert [(p.share, p.shared) for p in there] == [(p.share, p.shared) for p in back]
    assert {p.first.cells for p in there} == {()}
