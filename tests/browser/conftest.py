"""Lesson 1, opened in a real browser and run once for all tests of a module."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.lab import OpenNotebook, find_browser, launch, running_lab

REQUIRED = "COURSETOOLS_REQUIRE_BROWSER"
LESSON_1 = "1-the-convolutional-classifier.ipynb"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if find_browser() is None:
        words = (
            "no Chromium or Chrome was found. Install one (Debian: apt-get install chromium) or "
            "name its path in CHROMIUM."
        )
        if os.environ.get(REQUIRED):
            pytest.fail(f"{words} {REQUIRED} is set, so browser tests may not be skipped.")
        pytest.skip(words)
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab's address and the folder of its notebooks; not started without a browser."""
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def lesson(browser: Browser, lab: tuple[str, Path], root: Path) -> Iterator[OpenNotebook]:
    url, folder = lab
    shutil.copy(root / "notebooks" / LESSON_1, folder)
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    notebook = OpenNotebook(page, url, LESSON_1)
    notebook.run_all()
    yield notebook
    page.close()
