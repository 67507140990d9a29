"""Lesson 1 as a student sees it in JupyterLab."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from browser.lab import THEMES, OpenNotebook
from browser.looks import ENOUGH, axe, contrast
from coursetools import lessons
from coursetools.answers import capture
from coursetools.exercises import run

COUNTING = lessons.load(1).exercise("1.4")
RIGHT = COUNTING.solve_for("")["head_weights"]
NO_BIAS = RIGHT - 1


def feedback_for(head_weights: object) -> str:
    """What the engine says to an answer to 1.4."""
    data = capture(COUNTING.answers, {"head_weights": head_weights}, {})
    return run(COUNTING, data, student_id="").feedback_lines[0]


def answer(lesson: OpenNotebook, head_weights: object) -> Locator:
    """Type an answer to 1.4 into its cell, run it, and return what it shows."""
    cell = lesson.answer_cell("1.4")
    lesson.type_and_run(cell, f"# Exercise 1.4\nhead_weights = {head_weights}\n\nq_4.check()")
    return cell.locator(".jp-OutputArea-output .ct-card")


def explorer(lesson: OpenNotebook, title: str) -> Locator:
    found = lesson.page.locator(".ct-explorer").filter(has=lesson.page.get_by_text(title))
    expect(found).to_have_count(1)
    return found


def pictures(of: Locator) -> list[str]:
    found: list[str] = of.locator("img").evaluate_all("all => all.map(i => i.src)")
    return found


def test_every_cell_ran(lesson: OpenNotebook) -> None:
    assert lesson.raised() == []
    prompts = lesson.page.locator(".jp-CodeCell .jp-InputArea-prompt").all_inner_texts()
    assert prompts
    assert [text for text in prompts if not re.fullmatch(r"\[\d+\]:", text.strip())] == []


def test_nothing_in_the_page_is_broken(lesson: OpenNotebook) -> None:
    expect(lesson.page.locator(".jupyter-widgets-error-widget")).to_have_count(0)
    sizes = lesson.page.locator(".jp-OutputArea-output img").evaluate_all(
        "all => Promise.all(all.map(i => i.decode().then(() => i.naturalWidth, () => 0)))"
    )
    assert sizes
    assert min(sizes) > 0
    assert lesson.errors == []


def test_no_warnings_are_shown(lesson: OpenNotebook) -> None:
    shown = lesson.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')
    assert shown.all_inner_texts() == []


def test_every_figure_is_there_and_has_its_text(lesson: OpenNotebook, root: Path) -> None:
    shown = lesson.page.evaluate(
        """() => [...document.querySelectorAll('.jp-Notebook-cell')].map(cell => ({
            explorer: cell.querySelector('.ct-explorer') !== null,
            figures: cell.querySelectorAll('.jp-OutputArea-output figure').length,
            texts: [...cell.querySelectorAll('.jp-OutputArea-output img')].map(i => i.alt),
        }))"""
    )
    stored = lesson.stored(root)
    assert len(shown) == len(stored.cells)
    for cell, seen in zip(stored.cells, shown, strict=True):
        html = "".join(o.get("data", {}).get("text/html", "") for o in cell.get("outputs", ()))
        if seen["explorer"]:
            assert seen["figures"] > 1, cell.id
        else:
            assert seen["figures"] == html.count("<figure"), cell.id
        assert [text for text in seen["texts"] if len(text.split()) < 2] == [], cell.id
    assert sum(seen["figures"] for seen in shown) > 12


def test_an_answer_is_checked(lesson: OpenNotebook) -> None:
    card = answer(lesson, NO_BIAS)
    expect(card).to_contain_text(feedback_for(NO_BIAS))
    expect(card).not_to_contain_text("Right")
    card = answer(lesson, RIGHT)
    expect(card).to_contain_text("Right")
    expect(card).not_to_contain_text(feedback_for(NO_BIAS))


def test_near_pictures_by_keyboard(lesson: OpenNotebook) -> None:
    near = explorer(lesson, "Which pictures are near?")
    status = near.get_by_role("status")
    expect(status).to_contain_text("Picture 0 is a")
    before, words = pictures(near), status.inner_text()
    query = near.get_by_label("Query picture")
    query.fill("3")
    query.press("Enter")
    expect(status).to_contain_text("Picture 3 is a")
    assert pictures(near) != before
    assert status.inner_text() != words

    many = near.get_by_role("slider", name="Neighbours")
    count = len(pictures(near))
    many.focus()
    many.press("ArrowRight")
    expect(near.locator("img")).to_have_count(count + 2)


def test_threshold_by_keyboard(lesson: OpenNotebook) -> None:
    gallery = explorer(lesson, "Where is the network wrong?")
    status = gallery.get_by_role("status")
    expect(status).to_contain_text("Threshold 0.50")
    lesson.focus_by_tab(gallery.get_by_role("slider", name="Threshold"))
    lesson.page.keyboard.press("End")
    expect(status).to_contain_text("Threshold 1.00")
    all_trucks = pictures(gallery)
    lesson.page.keyboard.press("Home")
    expect(status).to_contain_text("Threshold 0.00")
    all_cars = pictures(gallery)
    assert all_trucks
    assert not set(all_trucks) & set(all_cars)
    lesson.page.keyboard.press("ArrowRight")
    expect(status).to_contain_text("Threshold 0.01")


@pytest.mark.parametrize("theme", THEMES)
def test_feedback_is_readable(lesson: OpenNotebook, theme: str) -> None:
    for head_weights in (NO_BIAS, RIGHT):
        card = answer(lesson, head_weights)
        expect(card).to_contain_text("Right" if head_weights == RIGHT else feedback_for(NO_BIAS))
        with lesson.theme(theme):
            parts = card.locator("p, span, li, strong, code").filter(has_text=re.compile(r"\S"))
            assert parts.count() > 1
            poor = {
                part.inner_text(): round(ratio, 2)
                for part in parts.all()
                if part.is_visible() and (ratio := contrast(part)) < ENOUGH
            }
            assert poor == {}
            card.scroll_into_view_if_needed()
            card.evaluate("card => { card.id = 'card-under-test'; }")
            assert axe(lesson.page, "#card-under-test", must_decide=["color-contrast"]) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_outputs(lesson: OpenNotebook, theme: str) -> None:
    with lesson.theme(theme):
        rules = ["aria-input-field-name", "image-alt", "label"]
        assert axe(lesson.page, ".jp-OutputArea-output", must_decide=rules) == {}
