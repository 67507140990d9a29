"""Lesson 5 as a student sees it in JupyterLab: a network to build, pictures to change."""

from typing import ClassVar

import pytest
from playwright.sync_api import Locator, expect

from browser.any_lesson import AnyLesson
from browser.lab import OpenNotebook
from browser.looks import unreadable
from coursetools import lessons
from coursetools.operations import Convnet

LESSON = "5-custom-convnets-and-augmentation.ipynb"
# They train for half a minute; the notebook's own test runs them.
LEFT_OUT = ("views", "train-on-views", "transfer-compare", "batch")
FLOWER = lessons.load(5).exercise("5.6")
RISKIEST = FLOWER.solve_for("")["riskiest"]


class TestLesson5(AnyLesson):
    exercise = FLOWER
    right: ClassVar[dict[str, object]] = {"riskiest": RISKIEST}
    wrong: ClassVar[dict[str, object]] = {"riskiest": "B" if RISKIEST == "A" else "A"}


@pytest.fixture
def builder(lesson: OpenNotebook) -> Locator:
    """The first of the lesson's two builders: pictures of 128x128."""
    return lesson.page.locator(".ct-explorer").filter(has_text="Build a convnet").first


def test_network_by_keyboard(lesson: OpenNotebook, builder: Locator, theme: str) -> None:
    status, code = builder.get_by_role("status"), builder.locator("pre")
    builder.get_by_role("slider", name="Blocks").focus()
    for key, blocks in (("Home", 1), ("ArrowRight", 2), ("ArrowRight", 3)):
        lesson.page.keyboard.press(key)
        parameters = Convnet(blocks=blocks).parameters()
        expect(status).to_contain_text(f"{parameters:,} parameters")
        side = 128 // 2**blocks
        expect(status).to_contain_text(f"maps of {side} by {side} enter the head")
        expect(code).to_contain_text("keras.Sequential")
    assert lesson.errors == [], theme


def test_a_budget_that_is_exceeded_is_told(builder: Locator) -> None:
    status, budget = builder.get_by_role("status"), builder.get_by_label("Budget", exact=True)
    budget.select_option("60,000")
    expect(status).to_contain_text("over the budget of 60,000.")
    budget.select_option("300,000")
    expect(status).to_contain_text("left of the budget of 300,000.")


def test_versions_by_keyboard(lesson: OpenNotebook, theme: str) -> None:
    wall = lesson.explorer("Which versions would you still give the same label?")
    status, version = wall.get_by_role("status"), wall.locator("img").nth(1)
    wall.get_by_label("Picture", exact=True).select_option("a truck")
    before = version.get_attribute("src")
    wall.get_by_role("slider", name="Rotation, degrees").focus()
    lesson.page.keyboard.press("End")
    expect(status).to_contain_text("Careful: ")
    expect(status).to_contain_text("turned by up to 180 degrees")
    expect(version).not_to_have_attribute("src", str(before))
    lesson.page.keyboard.press("Home")
    expect(status).to_contain_text("Nothing here should change the class.")
    assert lesson.errors == [], theme


def test_a_channel_by_keyboard(lesson: OpenNotebook, theme: str) -> None:
    inside = lesson.explorer("What does one channel look for, and is it needed?")
    status = inside.get_by_role("status")
    inside.get_by_label("Layer", exact=True).select_option("block_3")
    lesson.focus_by_tab(inside.get_by_role("slider", name="Channel"))
    lesson.page.keyboard.press("Home")
    for channel in (1, 2):
        lesson.page.keyboard.press("ArrowRight")
        expect(status).to_contain_text(f"Channel {channel} of 128 in block_3")
    assert lesson.errors == [], theme


def test_explorers_can_be_read(lesson: OpenNotebook, theme: str) -> None:
    for explorer in lesson.page.locator(".ct-explorer").all():
        assert unreadable(explorer) == {}, theme
