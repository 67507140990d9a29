"""Lesson 4 as a student sees it in JupyterLab: windows to set, a stack of layers to build."""

import re
from typing import ClassVar

from playwright.sync_api import expect

from browser.any_lesson import AnyLesson
from browser.lab import OpenNotebook
from browser.looks import pixels, unreadable
from coursetools import lessons
from coursetools.operations import output_size, receptive_field

LESSON = "4-the-sliding-window.ipynb"
FIELD = lessons.load(4).exercise("4.3")


class TestLesson4(AnyLesson):
    exercise = FIELD
    right: ClassVar[dict[str, object]] = FIELD.solve_for("")
    wrong: ClassVar[dict[str, object]] = {"field": 9}


def test_stride_by_keyboard(lesson: OpenNotebook, theme: str) -> None:
    arithmetic = lesson.explorer("Where can the window stop?")
    status, output = arithmetic.get_by_role("status"), arithmetic.locator("figure svg").last
    lesson.focus_by_tab(arithmetic.get_by_role("slider", name="Stride"))
    for key, stride in (("Home", 1), ("ArrowRight", 2), ("ArrowRight", 3)):
        lesson.page.keyboard.press(key)
        size = output_size(6, 3, stride)
        expect(status).to_contain_text(f"{size} by {size} outputs. Stop 1 of {size * size}")
        words = re.compile(f"The output, {size} by {size}; stop 1 ")
        expect(output).to_have_attribute("aria-label", words)
        expect(arithmetic).to_contain_text(f"floor((6 - 3) / {stride}) + 1 = {size}")
    assert lesson.errors == [], theme


def test_a_window_that_does_not_fit_is_marked(lesson: OpenNotebook) -> None:
    arithmetic = lesson.explorer("Where can the window stop?")
    for name, key in (("Pixels across (n)", "Home"), ("Kernel (k)", "End")):
        slider = arithmetic.get_by_role("slider", name=name)
        slider.focus()
        slider.press(key)
    expect(arithmetic.get_by_role("status")).to_contain_text(
        "Careful: no stop fits: the window reaches over 5 pixels, and the picture has 3."
    )
    arithmetic.get_by_role("slider", name="Kernel (k)").press("Home")
    arithmetic.get_by_role("slider", name="Pixels across (n)").press("End")
    expect(arithmetic.get_by_role("status")).not_to_contain_text("Careful")


def test_the_lab_by_keyboard(lesson: OpenNotebook, theme: str) -> None:
    lab = lesson.explorer("Filter, detect, condense: set the windows")
    status, condensed = lab.get_by_role("status"), lab.locator("img").last
    stride = lab.get_by_role("slider", name="Convolution stride")
    lesson.focus_by_tab(stride)
    lesson.page.keyboard.press("Home")
    expect(status).to_contain_text("62 by 62 (filter), then 62 by 62 (detect), then 31 by 31")
    assert pixels(condensed).shape == (31, 31, 3)
    for _ in range(2):
        lesson.page.keyboard.press("ArrowRight")
    size = output_size(64, 3, 3)
    expect(status).to_contain_text(f"{size} by {size} (detect)")
    half = output_size(size, 2, 2, "same")
    expect(lab.locator("figcaption").last).to_have_text(f"condense, {half} by {half}")
    assert pixels(condensed).shape == (half, half, 3), theme


def test_field_by_keyboard(lesson: OpenNotebook, theme: str) -> None:
    tracer = lesson.explorer("What does one unit see?")
    status, photograph = tracer.get_by_role("status"), tracer.locator("img").first
    lesson.focus_by_tab(tracer.get_by_role("slider", name="Layers"))
    lesson.page.keyboard.press("Home")
    expect(status).to_contain_text("1 layer: field 3 by 3")
    before = pixels(photograph)
    for count in (2, 3, 4):
        lesson.page.keyboard.press("ArrowRight")
        field = receptive_field([(3, 1)] * count)
        expect(status).to_contain_text(f"{count} layers: field {field} by {field}")
        expect(tracer.get_by_role("row")).to_have_count(1 + count)
    assert (pixels(photograph) != before).any(), theme


def test_explorers_can_be_read(lesson: OpenNotebook, theme: str) -> None:
    for explorer in lesson.page.locator(".ct-explorer").all():
        assert unreadable(explorer) == {}, theme
