"""Lesson 2 as a student sees it in JupyterLab: a window to step, a kernel to type."""

from typing import ClassVar

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from browser.any_lesson import AnyLesson
from browser.lab import OpenNotebook
from browser.looks import pixels, unreadable
from coursetools import lessons
from coursetools.explorers.grids import number
from coursetools.explorers.small_pictures import lines
from coursetools.operations import convolve, right_sobel

LESSON = "2-convolution-and-relu.ipynb"

# Light above dark: on the bright square that reaches from row 50 to row 149 it answers -3 where
# its upper rim comes under the window's last row, and 3 where the lower one does.
UPPER_BRIGHT = ((0, 0, 0), (1, 1, 1), (-1, -1, -1))
UPPER_RIM, INSIDE, LOWER_RIM = 48, 100, 148


class TestLesson2(AnyLesson):
    exercise = lessons.load(2).exercise("2.1")
    right: ClassVar[dict[str, object]] = {"my_kernel": [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]}
    wrong: ClassVar[dict[str, object]] = {"my_kernel": [[-1, -1, -1], [3, 3, 3], [-1, -1, -1]]}


def test_window_by_keyboard(lesson: OpenNotebook, theme: str) -> None:
    stepper = lesson.explorer("One window, one number")
    status, drawings = stepper.get_by_role("status"), stepper.locator("figure svg")
    sums = convolve(lines(), right_sobel)
    lesson.focus_by_tab(stepper.get_by_role("slider", name="Stop"))
    lesson.page.keyboard.press("Home")
    expect(status).to_contain_text(f"Stop 1 of {sums.size}, row 0, column 0")
    words = drawings.evaluate_all("all => all.map(svg => svg.getAttribute('aria-label'))")
    drawn = drawings.evaluate_all("all => all.map(svg => svg.innerHTML)")

    lesson.page.keyboard.press("ArrowRight")
    expect(status).to_contain_text(
        f"Stop 2 of {sums.size}, row 0, column 1: the sum is {number(sums[0, 1])}"
    )
    for before, attribute in ((words, "getAttribute('aria-label')"), (drawn, "innerHTML")):
        after = drawings.evaluate_all(f"all => all.map(svg => svg.{attribute})")
        assert len(after) == len(before)
        assert all(new != old for new, old in zip(after, before, strict=True)), theme

    lesson.page.keyboard.press("End")
    expect(status).to_contain_text(f"Stop {sums.size} of {sums.size}, row 3, column 3")


@pytest.fixture
def playground(lesson: OpenNotebook) -> Locator:
    """The kernel playground with the kernel that changes nothing, on the square."""
    found = lesson.explorer("Make your own kernel")
    found.get_by_label("ReLU").set_checked(False)
    found.get_by_label("Picture").select_option("square")
    found.get_by_label("Kernel").select_option("identity")
    expect(found.get_by_role("status")).to_contain_text("The kernel's sum is 1")
    expect(found.get_by_role("status")).to_contain_text("Map from 0 to 1")
    return found


def type_kernel(lesson: OpenNotebook, playground: Locator) -> None:
    """Type nine weights, each left with the Tab key, which leads to the next."""
    lesson.focus_by_tab(playground.get_by_label("Row 0, column 0"))
    for weight in np.ravel(UPPER_BRIGHT):
        lesson.page.keyboard.press("ControlOrMeta+a")
        lesson.page.keyboard.type(str(weight))
        lesson.page.keyboard.press("Tab")
    expect(playground.get_by_role("status")).to_contain_text(
        f"The kernel's sum is 0: a flat area answers 0. Map from {number(-3)} to 3"
    )


def test_kernel_typed(lesson: OpenNotebook, playground: Locator, theme: str) -> None:
    shown = playground.locator("img").nth(1)
    before = pixels(shown)
    type_kernel(lesson, playground)
    after = pixels(shown)
    assert after.shape == before.shape == (198, 198, 3)
    red, _, blue = after[UPPER_RIM, INSIDE].astype(int)
    assert red > blue + 100, "orange where the answer is below 0"
    red, _, blue = after[LOWER_RIM, INSIDE].astype(int)
    assert blue > red + 100, "blue where it is above 0"
    assert (after[INSIDE, INSIDE] == 255).all()
    assert (before[INSIDE, INSIDE] != 255).any()
    expect(shown).to_have_attribute("alt", f"The map of square. {map_words(playground)}")
    code = playground.locator("pre")
    expect(code).to_contain_text("kernel = np.array([[0, 0, 0], [1, 1, 1], [-1, -1, -1]])")
    assert lesson.errors == [], theme


def map_words(playground: Locator) -> str:
    """Return what the state in text says of the map."""
    words: str = playground.get_by_role("status").inner_text()
    return words[words.index("Map from") :]


def test_relu_by_keyboard(lesson: OpenNotebook, playground: Locator, theme: str) -> None:
    type_kernel(lesson, playground)
    relu = playground.get_by_label("ReLU")
    relu.focus()
    relu.press("Space")
    expect(playground.get_by_role("status")).to_contain_text("below 0 and become 0.")
    after = pixels(playground.locator("img").nth(1))
    assert (after[UPPER_RIM, INSIDE] == 255).all(), theme
    assert (after[LOWER_RIM, INSIDE] != 255).any(), theme


def test_what_is_no_number_is_told(playground: Locator) -> None:
    field = playground.get_by_label("Row 1, column 1")
    before = pixels(playground.locator("img").nth(1))
    field.fill("one half")
    field.press("Enter")
    status = playground.get_by_role("status")
    expect(status).to_contain_text(
        "Careful: Row 1, column 1: `one half` is not a number; 1 still counts."
    )
    expect(field).to_have_value("one half")
    assert (pixels(playground.locator("img").nth(1)) == before).all()
    field.fill("1/2")
    field.press("Enter")
    expect(status).not_to_contain_text("Careful")
    expect(status).to_contain_text("The kernel's sum is 0.5")


def test_layers_by_keyboard(lesson: OpenNotebook) -> None:
    browser = lesson.explorer("What do the layers make of a picture?")
    status, maps = browser.get_by_role("status"), browser.locator("img").last
    expect(status).to_contain_text("Layer 1 of")
    before, words = pixels(maps), maps.get_attribute("alt")
    layer = browser.get_by_role("slider", name="Layer")
    layer.focus()
    layer.press("ArrowRight")
    expect(status).to_contain_text("Layer 2 of")
    assert maps.get_attribute("alt") != words
    after = pixels(maps)
    assert after.shape != before.shape or (after != before).any()


def test_explorers_can_be_read(lesson: OpenNotebook, theme: str) -> None:
    for explorer in lesson.page.locator(".ct-explorer").all():
        assert unreadable(explorer) == {}, theme
