"""The report of a class in a real browser: inert, readable by anyone, on a phone and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.looks import anybody_can_read, looking, unreadable
from coursetools.grading.feedback import write_index
from coursetools.grading.records import Disposition, Grade, InputFile
from coursetools.grading.report import write_report
from coursetools.grading.report.similarity import Pair
from grading.hostile import SNIPPETS, hostile_grade
from grading.report.small_class import small_class
from grading.samples import full_grade

RULES = ("color-contrast", "heading-order", "landmark-one-main", "region", "scope-attr-valid")


def pages_of(grades: list[Grade], folder: Path) -> list[Path]:
    files = [InputFile("notes.docx", Disposition.REJECTED, "It is not a notebook.")]
    index = write_index(grades, folder, files=files, title="Lesson", report="report.html")
    alike = [Pair(grades[0], grades[1], "2.6", 50, 0.94), Pair(grades[1], grades[-1], "", 40, 0.8)]
    return [*write_report(grades, folder, files=files, alike=alike, title="Lesson"), index]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    grades = [*small_class(), full_grade(), full_grade("c" * 90, "M" * 90)]
    return pages_of(grades, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    grades = [hostile_grade(snippet) for snippet in SNIPPETS]
    return pages_of(grades, tmp_path_factory.mktemp("hostile"))


def test_no_request_leaves_it_and_nothing_hostile_runs(
    browser: Browser, pages: list[Path], hostile: list[Path]
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.on("pageerror", lambda error: refused.append(str(error)))
    for path in [*pages, *hostile]:
        asked.clear()
        page.goto(path.as_uri())
        assert page.evaluate("window.ran") is None
        assert page.locator("script, img, iframe, form, object, base").count() == 0
        assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
        assert refused == []
    page.close()


def test_bars_are_drawn_as_long_as_the_counts(browser: Browser, pages: list[Path]) -> None:
    page = browser.new_page()
    page.goto(pages[0].as_uri())
    rows = page.get_by_role("region", name="Points").locator("tbody tr")
    drawn = []
    for row in rows.all():
        box = row.locator("rect").bounding_box()
        drawn.append((int(row.locator("td").first.inner_text()), box["width"] if box else 0.0))
    longest = max(drawn)
    assert longest[0] >= 2
    assert longest[1] > 50
    for count, width in drawn:
        assert width == pytest.approx(longest[1] * count / longest[0], abs=0.5)
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_everybody_can_read_it(
    browser: Browser, pages: list[Path], hostile: list[Path], width: int, scheme: str
) -> None:
    with looking(browser, width, scheme) as page:
        for path in [*pages[:2], *hostile[:2]]:
            page.goto(path.as_uri())
            anybody_can_read(page, width, RULES)


def test_paper_is_black_on_white(browser: Browser, pages: list[Path]) -> None:
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(pages[0].as_uri())
    ink, bar = page.locator("body, .bar svg").evaluate_all(
        "all => all.slice(0, 2).map(each => getComputedStyle(each).color)"
    )
    assert (ink, bar) == ("rgb(0, 0, 0)", "rgb(0, 0, 0)")
    assert unreadable(page.locator("body")) == {}
    page.close()


def test_links_lead_to_it_and_back(browser: Browser, pages: list[Path]) -> None:
    report, times, index = pages
    page = browser.new_page()
    page.goto(index.as_uri())
    page.get_by_role("link", name="How the class did").click()
    page.wait_for_url(report.as_uri())
    page.get_by_role("link", name="What the runs took").click()
    page.wait_for_url(times.as_uri())
    page.get_by_role("link", name="How the class did").click()
    page.get_by_role("link", name="All grades").click()
    page.wait_for_url(index.as_uri())
    page.close()
