"""Lesson 1 as a student sees it in JupyterLab."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from playwright.sync_api import expect

from browser.any_lesson import AnyLesson
from browser.lab import THEMES, OpenNotebook
from browser.looks import sources
from coursetools import lessons

LESSON = "1-the-convolutional-classifier.ipynb"
# They train for half a minute or show what was trained; the notebook's own test runs them.
LEFT_OUT = ("thirty-epochs", "frame", "curves", "both-ways", "one-point")
COUNTING = lessons.load(1).exercise("1.4")
HEAD_WEIGHTS = COUNTING.solve_for("")["head_weights"]


@pytest.fixture(scope="module", params=THEMES)
def theme(lesson: OpenNotebook, request: pytest.FixtureRequest) -> Iterator[str]:
    """All themes that JupyterLab has: the cards are the same in every lesson."""
    with lesson.theme(request.param):
        yield request.param


class TestLesson1(AnyLesson):
    exercise = COUNTING
    right: ClassVar[dict[str, object]] = {"head_weights": HEAD_WEIGHTS}
    wrong: ClassVar[dict[str, object]] = {"head_weights": HEAD_WEIGHTS - 1}


def test_near_pictures_by_keyboard(lesson: OpenNotebook) -> None:
    near = lesson.explorer("Which pictures are near?")
    status = near.get_by_role("status")
    expect(status).to_contain_text("Picture 0 is a")
    before, words = sources(near), status.inner_text()
    query = near.get_by_label("Query picture")
    query.fill("3")
    query.press("Enter")
    expect(status).to_contain_text("Picture 3 is a")
    assert sources(near) != before
    assert status.inner_text() != words

    many = near.get_by_role("slider", name="Neighbours")
    count = len(sources(near))
    many.focus()
    many.press("ArrowRight")
    expect(near.locator("img")).to_have_count(count + 2)


def test_threshold_by_keyboard(lesson: OpenNotebook) -> None:
    gallery = lesson.explorer("Where is the network wrong?")
    status = gallery.get_by_role("status")
    expect(status).to_contain_text("Threshold 0.50")
    lesson.focus_by_tab(gallery.get_by_role("slider", name="Threshold"))
    lesson.page.keyboard.press("End")
    expect(status).to_contain_text("Threshold 1.00")
    all_trucks = sources(gallery)
    lesson.page.keyboard.press("Home")
    expect(status).to_contain_text("Threshold 0.00")
    all_cars = sources(gallery)
    assert all_trucks
    assert not set(all_trucks) & set(all_cars)
    lesson.page.keyboard.press("ArrowRight")
    expect(status).to_contain_text("Threshold 0.01")
