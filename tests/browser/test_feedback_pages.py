"""Feedback pages in a real browser: inert, readable by anyone, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from browser.looks import anybody_can_read, looking, unreadable
from coursetools.grading.feedback import write_feedback, write_index, write_review
from coursetools.grading.records import Disposition, Grade, GradedCell, InputFile, RunStatus
from grading.hostile import SNIPPETS, hostile_grade
from grading.samples import full_grade

TITLE = "The convolutional classifier"
LOOKS = [(375, "dark"), (1280, "light")]
RULES = ("color-contrast", "image-alt", "heading-order", "landmark-one-main", "region")


def pages_of(grades: list[Grade], folder: Path, files: list[InputFile]) -> list[Path]:
    """Write all pages of some grades: students', index, review."""
    pages = [write_feedback(grade, folder / "feedback", title=TITLE) for grade in grades]
    missing = {file.path: file.reason for file in files}
    pages.append(write_index(grades, folder, files=files, missing=missing, title=TITLE))
    return [*pages, write_review(grades, folder / "review", files=files, title=TITLE)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of a submission with everything in it, of one that failed by our fault, and both."""
    grade = full_grade()
    none = tuple(replace(each, score=None, checks=()) for each in grade.exercises)
    failed = replace(
        full_grade("b", "Grace Hopper"), status=RunStatus.SANDBOX_ERROR, exercises=none
    )
    long = replace(full_grade("c" * 90, "M" * 90), cells=(GradedCell("1.1", "x" * 4000),))
    files = [InputFile("notes.docx", Disposition.REJECTED, "It is not a notebook.")]
    return pages_of([grade, failed, long], tmp_path_factory.mktemp("pages"), files)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    files = [InputFile(snippet, Disposition.REJECTED, snippet) for snippet in SNIPPETS]
    grades = [hostile_grade(snippet) for snippet in SNIPPETS]
    return pages_of(grades, tmp_path_factory.mktemp("hostile"), files)


@dataclass
class Watched:
    """A page, and all that it asked for or was refused."""

    page: Page
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def open(self, path: Path) -> None:
        """Open a file; forgets what was asked for before."""
        self.page.goto(path.as_uri())


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    page = browser.new_page()
    seen = Watched(page)

    def ask(route: Route) -> None:
        seen.asked.append(route.request.url)
        route.continue_()

    page.route("**/*", ask)
    page.on("console", lambda message: seen.refused.append(message.text))
    page.on("pageerror", lambda error: seen.refused.append(str(error)))
    yield seen
    page.close()


def test_a_page_shows_its_figures_and_asks_for_nothing(watched: Watched, pages: list[Path]) -> None:
    watched.open(pages[0])
    sizes = watched.page.locator("img").evaluate_all(
        "all => all.map(i => [i.complete, i.naturalWidth, i.naturalHeight])"
    )
    assert sizes == [[True, 320, 200], [True, 64, 48]]
    assert watched.asked == [pages[0].as_uri()]
    assert watched.refused == []
    styled = watched.page.locator("body").evaluate("body => getComputedStyle(body).margin")
    assert styled == "0px"  # so the policy lets our own style through


def test_nothing_hostile_runs_or_is_fetched(watched: Watched, hostile: list[Path]) -> None:
    assert len(hostile) == len(SNIPPETS) + 2
    for path in hostile:
        watched.asked.clear()
        watched.open(path)
        assert watched.page.evaluate("window.ran") is None
        assert watched.page.title() != "ran"
        assert watched.page.url == path.as_uri()
        assert watched.page.locator("script, svg, iframe, form, object, base").count() == 0
        assert watched.page.locator("a[href*=':'], a[href^='//']").count() == 0
        assert watched.asked == [path.as_uri()]
        assert watched.refused == []


def test_the_policy_alone_stops_what_escaping_would_have_let_through(
    watched: Watched, pages: list[Path], tmp_path: Path
) -> None:
    html = pages[0].read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    body = f"<main>{''.join(SNIPPETS[:5])}<img src=http://example.org/x.png>"
    safe = body.encode("utf-8", "replace").decode()
    broken.write_text(html.replace("<main>", safe, 1), encoding="utf-8")
    watched.open(broken)
    assert watched.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in watched.refused)
    assert not [url for url in watched.asked if "example.org" in url]
    without = html.replace("Content-Security-Policy", "x", 1).replace("<main>", safe, 1)
    broken.write_text(without, encoding="utf-8")
    watched.open(broken)
    assert watched.page.evaluate("window.ran") is True  # the snippets do run where they may


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_read_it(
    browser: Browser, pages: list[Path], hostile: list[Path], width: int, scheme: str
) -> None:
    with looking(browser, width, scheme) as page:
        for path in [*pages, hostile[-2]]:
            page.goto(path.as_uri())
            page.locator("details").evaluate_all(
                "all => all.forEach(each => { each.open = true; })"
            )
            pictures = page.locator("img").count()
            anybody_can_read(page, width, [r for r in RULES if r != "image-alt" or pictures])


def test_paper_has_everything_in_black_on_white(browser: Browser, pages: list[Path]) -> None:
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(pages[0].as_uri())
    ink, ground = page.locator("body").evaluate(
        "body => [getComputedStyle(body).color, getComputedStyle(body).backgroundColor]"
    )
    assert (ink, ground) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    folded = page.get_by_text("Interrupted after 60 seconds.")
    assert folded.bounding_box() is not None
    assert page.locator("details").evaluate("each => each.open") is False
    assert unreadable(page.locator("body")) == {}
    page.close()


def test_links_lead_to_the_pages(watched: Watched, pages: list[Path]) -> None:
    watched.open(pages[-2])
    watched.page.get_by_role("link", name="Ada Byron").click()
    watched.page.wait_for_url(pages[0].as_uri())
    watched.open(pages[-2])
    watched.page.get_by_role("link", name="What needs a person").click()
    watched.page.wait_for_url(pages[-1].as_uri())
    watched.page.get_by_role("link", name="Exercise 1.5").first.click()
    watched.page.wait_for_url(f"{pages[0].as_uri()}#exercise-1-5")
    assert watched.page.locator(":target").get_by_role("heading", level=3).is_visible()
