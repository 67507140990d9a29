"""What holds of every lesson's page once it has run."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar

from nbformat import NotebookNode
from playwright.sync_api import expect

from browser.answering import answer, feedback_for
from browser.lab import OpenNotebook
from browser.looks import axe, unreadable
from coursetools.exercises import Exercise

OTHER_EACH_TIME = "nbval-ignore-output"
"""The tag of cells whose figures are not the same in each run."""


class AnyLesson:
    """Tests that a lesson's module inherits; it names its notebook in `LESSON`.

    Attributes:
        exercise: One to answer.
        right, wrong: Answers to it, by name.
    """

    exercise: Exercise
    right: ClassVar[dict[str, object]]
    wrong: ClassVar[dict[str, object]]

    def test_every_cell_ran(self, lesson: OpenNotebook) -> None:
        assert lesson.raised() == []
        prompts = lesson.page.locator(".jp-CodeCell .jp-InputArea-prompt").all_inner_texts()
        assert prompts
        assert [text for text in prompts if not re.fullmatch(r"\[\d+\]:", text.strip())] == []

    def test_nothing_in_the_page_is_broken(self, lesson: OpenNotebook) -> None:
        expect(lesson.page.locator(".jupyter-widgets-error-widget")).to_have_count(0)
        sizes = lesson.page.locator(".jp-OutputArea-output img").evaluate_all(
            "all => Promise.all(all.map(i => i.decode().then(() => i.naturalWidth, () => 0)))"
        )
        assert sizes
        assert min(sizes) > 0
        assert lesson.errors == []

    def test_no_warnings_are_shown(self, lesson: OpenNotebook) -> None:
        shown = lesson.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')
        assert shown.all_inner_texts() == []

    def test_every_figure_is_there_and_has_its_text(self, lesson: OpenNotebook, root: Path) -> None:
        stored, shown = lesson.stored(root), lesson.figures()
        assert len(shown) == len(stored.cells)
        for cell, seen in zip(stored.cells, shown, strict=True):
            if cell.id in lesson.left_out:
                assert seen["figures"] == 0, cell.id
            elif seen["explorer"]:
                assert seen["figures"] > 0, cell.id
            elif OTHER_EACH_TIME in cell.metadata.get("tags", ()):
                assert len(seen["texts"]) == len(stored_texts(cell)), cell.id
            else:
                assert seen["texts"] == stored_texts(cell), cell.id
        assert_all_say_something(shown)

    def test_an_answer_is_checked(self, lesson: OpenNotebook) -> None:
        words = feedback_for(self.exercise, self.wrong)
        card = answer(lesson, self.exercise, self.wrong)
        expect(card).to_contain_text(words)
        expect(card).not_to_contain_text("Right")
        card = answer(lesson, self.exercise, self.right)
        expect(card).to_contain_text("Right")
        expect(card).not_to_contain_text(words)

    def test_feedback_is_readable(self, lesson: OpenNotebook, theme: str) -> None:
        words = feedback_for(self.exercise, self.wrong)
        for given, says in ((self.wrong, words), (self.right, "Right")):
            card = answer(lesson, self.exercise, given)
            expect(card).to_contain_text(says)
            assert unreadable(card) == {}, theme
            card.scroll_into_view_if_needed()
            card.evaluate("card => { card.id = 'card-under-test'; }")
            assert axe(lesson.page, "#card-under-test", must_decide=["color-contrast"]) == {}, theme

    def test_axe_finds_nothing_in_outputs(self, lesson: OpenNotebook, theme: str) -> None:
        rules = ["aria-input-field-name", "image-alt"]
        assert axe(lesson.page, ".jp-OutputArea-output", must_decide=rules) == {}, theme


def assert_all_say_something(shown: list[dict[str, Any]]) -> None:
    """Fail if a picture has no text of two words or more, or if there are hardly any pictures."""
    texts = [text for seen in shown for text in seen["texts"]]
    assert [text for text in texts if len(text.split()) < 2] == []
    assert sum(seen["figures"] for seen in shown) > 12


def stored_texts(cell: NotebookNode) -> list[str]:
    """Return the texts of the pictures and drawings in a cell's stored outputs, in order."""
    texts = _Texts()
    for output in cell.get("outputs", ()):
        texts.feed(output.get("data", {}).get("text/html", ""))
    return texts.found


class _Texts(HTMLParser):
    """Collects what `OpenNotebook.figures` reads from the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "img":
            self.found.append(named.get("alt") or "")
        elif tag == "svg" and named.get("role") == "img":
            self.found.append(named.get("aria-label") or "")
