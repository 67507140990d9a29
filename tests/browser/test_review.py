"""Marking by keyboard in a real browser, served by the command as an instructor runs it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from browser.looks import anybody_can_read, looking
from coursetools.grading.gradebook import Given, give_points, open_gradebook
from coursetools.grading.order import GRADEBOOK, TABLE
from grading.review.answered_class import class_of_four, graded_into

RULES = ("color-contrast", "heading-order", "landmark-one-main", "region", "label")


@dataclass
class Review:
    """The command while it runs."""

    address: str
    out: Path

    @property
    def origin(self) -> str:
        return self.address.partition("?")[0]

    def given(self, number: str) -> list[tuple[float, str]]:
        """Return what was given for an exercise, points and comments, in order."""
        with open_gradebook(self.out / GRADEBOOK) as book:
            marks = book.marks(3).items()
        return sorted((m.points, m.comment) for (_, asked), m in marks if asked == number)


@dataclass
class Desk:
    """A page, and all that it asked for or complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def is_at(self, place: str) -> None:
        expect(self.page.locator(".who")).to_contain_text(place)
        self.page.wait_for_load_state()

    def says(self, words: str) -> None:
        expect(self.page.get_by_role("status")).to_have_text(words)


@pytest.fixture(scope="module")
def review(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Review]:
    """One command for all tests: the first marks 3.5, the others 3.4."""
    out = tmp_path_factory.mktemp("review") / "graded"
    graded_into(out, *class_of_four())
    run = "from coursetools.cli import app; app()"
    command = [sys.executable, "-u", "-c", run, "review", str(out), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", process.stdout.readline())
            assert found is not None
            yield Review(found[0], out)
            process.send_signal(signal.SIGINT)  # as Ctrl-C does
            said, _ = process.communicate()
        finally:
            process.kill()
    assert process.returncode == 0
    assert re.fullmatch(r"\d marked, \d of 6 are left\.", said.splitlines()[-1]), said
    assert (out / TABLE).is_file()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def desk(context: BrowserContext) -> Desk:
    made = Desk(context.new_page())

    def ask(route: Route) -> None:
        made.asked.append(route.request.url)
        route.continue_()

    made.page.route("**/*", ask)
    made.page.on("console", lambda message: made.said.append(message.text))
    made.page.on("pageerror", lambda error: made.said.append(str(error)))
    return made


def test_a_class_is_marked_by_keyboard(review: Review, context: BrowserContext) -> None:
    mine = desk(context)
    page = mine.page
    page.goto(review.address)
    assert page.url == review.origin  # the secret is out of the address
    page.get_by_role("link", name="3.5 What does an average mean?").press("Enter")
    mine.is_at("Answer 1 of 4")

    # A comment may hold what are keys elsewhere; going on saves at once.
    mine.press("2", "c")
    page.keyboard.type("now u: why? 3 n")
    mine.press("Escape", "n")
    mine.is_at("Answer 2 of 4")
    mine.press("1", ".", "5")
    mine.says("Saved: 1.5 points.")
    mine.press("ArrowUp", "ArrowRight")  # in the field an arrow to the right moves the cursor
    mine.says("Saved: 2 points.")
    mine.press("7", "n")
    mine.says("Not saved: give a number from 0 to 3.")
    mine.press("0")
    mine.says("Saved: 0 points.")
    mine.press("Escape", "ArrowRight")
    mine.is_at("Answer 3 of 4")
    expect(page.locator("#done")).to_have_text("2 of 4")

    # Nothing that a student wrote runs, wherever it is shown.
    mine.press("n")
    mine.is_at("Answer 4 of 4")
    assert page.evaluate("window.ran") is None

    # What was given is there after all pages are loaded anew, and can be taken back.
    for place in (3, 2, 1):
        mine.press("p")
        mine.is_at(f"Answer {place} of 4")
    page.reload()
    expect(page.locator("#points")).to_have_value("2")
    expect(page.locator("#comment")).to_have_value("now u: why? 3 n")
    mine.press("u")
    mine.is_at("Answer 3 of 4")
    assert review.given("3.5") == [(0, ""), (2, "now u: why? 3 n")]
    mine.press("3")
    mine.says("Saved: 3 points.")
    mine.press("Backspace")
    mine.says("Taken back.")
    expect(page.locator("#done")).to_have_text("2 of 4")

    assert {url.partition("?")[0].startswith(review.origin) for url in mine.asked} == {True}
    assert mine.said == []


def test_nothing_typed_is_lost_and_nothing_is_overwritten_unsaid(
    review: Review, context: BrowserContext
) -> None:
    mine, other = desk(context), desk(context)
    for each in (mine, other):
        each.page.goto(review.address)
        each.page.get_by_role("link", name="3.4 What it saves").click()
        each.is_at("Answer 1 of 2")
    other.press("3")
    other.says("Saved: 3 points.")
    mine.press("1")
    mine.says("Saved: 1 point. It stands in place of 3 points, given meanwhile.")

    # Without points a comment waits, and going on does not leave it behind.
    mine.press("Escape", "n")
    mine.is_at("Answer 2 of 2")
    here = mine.page.url
    mine.press("c")
    mine.page.keyboard.type("Why?")
    mine.press("Escape", "n")
    mine.says("The comment is saved as soon as there are points. Give some, or empty it.")
    assert mine.page.url == here

    # The server is gone: what was typed stays, and is told not to be saved.
    mine.page.route("**/mark*", lambda route: route.abort())
    mine.press("2")
    expect(mine.page.get_by_role("status")).to_contain_text("the server does not answer")
    mine.press("n")
    expect(mine.page.locator("#comment")).to_have_value("Why?")
    assert mine.page.url == here
    assert (2, "Why?") not in review.given("3.4")
    mine.page.unroute("**/mark*")  # it is back, and is tried again without being asked
    mine.says("Saved: 2 points.")
    assert (2, "Why?") in review.given("3.4")


def test_everybody_can_read_and_use_it(review: Review, browser: Browser) -> None:
    for width, scheme in ((375, "dark"), (1280, "light")):
        with open_gradebook(review.out / GRADEBOOK) as book:
            give_points(book, [Given("bob", "3.4", "1", "")], "mia")
        with looking(browser, width, scheme) as page:
            page.goto(review.address)
            anybody_can_read(page, width, RULES[:-1])
            page.get_by_role("link", name="Show names").click()
            page.get_by_role("link", name="Bob Roe (bob)").first.click()
            page.locator("details").evaluate_all(
                "all => all.forEach(each => { each.open = true; })"
            )
            anybody_can_read(page, width, RULES)
            page.get_by_role("button", name="Keys").click()
            dialog = page.get_by_role("dialog", name="Keys")
            expect(dialog.get_by_role("button", name="Close")).to_be_focused()
            dialog.get_by_role("checkbox").uncheck()
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()
            page.keyboard.press("2")  # no key any more, and the fields are reached by Tab
            expect(page.locator("#points")).to_have_value("1")
            page.get_by_role("button", name="3 points").focus()
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")  # as the machine
            expect(page.get_by_role("status")).to_have_text("Saved: 0 points.")
            page.locator("#points").fill("")
            expect(page.get_by_role("status")).to_have_text("Taken back.")
