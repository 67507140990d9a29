"""One JupyterLab for all browser tests; each module opens the notebook that it names."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser, sync_playwright

from browser.lab import THEMES, OpenNotebook, find_browser, launch, running_lab

pytest.register_assert_rewrite("browser.any_lesson", "browser.looks")

REQUIRED = "COURSETOOLS_REQUIRE_BROWSER"

PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}

Open = Callable[..., OpenNotebook]


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
def open_notebook(browser: Browser, lab: tuple[str, Path], root: Path) -> Iterator[Open]:
    """Open a lesson by its file name, or a notebook of some cells, and do not run it."""
    url, folder = lab
    with ExitStack() as at_the_end:

        def opened(
            name: str, cells: Sequence[NotebookNode] = (), left_out: Collection[str] = ()
        ) -> OpenNotebook:
            if cells:
                made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": PYTHON})
                nbformat.write(made, folder / name)
            else:
                nbformat.write(without(root / "notebooks" / name, left_out), folder / name)
            page = browser.new_page(viewport={"width": 1280, "height": 1600})
            at_the_end.callback(page.close)
            notebook = OpenNotebook(page, url, name, left_out)
            at_the_end.callback(notebook.shut_down)
            return notebook

        yield opened


def without(path: Path, left_out: Collection[str]) -> NotebookNode:
    """Read a lesson, with cells that do nothing in place of those left out."""
    notebook = nbformat.read(path, as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    for cell_id in left_out:
        cells[cell_id].source, cells[cell_id].outputs = "pass", []
    return notebook


@pytest.fixture(scope="module")
def lesson(open_notebook: Open, request: pytest.FixtureRequest) -> OpenNotebook:
    """The notebook that the module names in `LESSON`, run once for all of its tests."""
    left_out = getattr(request.module, "LEFT_OUT", ())
    notebook = open_notebook(request.module.LESSON, left_out=left_out)
    notebook.run_all()
    return notebook


@pytest.fixture(scope="module", params=THEMES[:2])
def theme(lesson: OpenNotebook, request: pytest.FixtureRequest) -> Iterator[str]:
    """Show the lesson in the light theme, then in the dark one."""
    with lesson.theme(request.param):
        yield request.param
