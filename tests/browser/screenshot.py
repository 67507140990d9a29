"""`make screenshot`: the README's picture of lesson 1, as a student sees it.

The notebook is run, and the page is taken where the pictures most like a query are found, by
pixels and by features.
"""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from browser.lab import OpenNotebook, find_browser, launch, running_lab

ROOT = Path(__file__).resolve().parents[2]
LESSON = ROOT / "notebooks" / "1-the-convolutional-classifier.ipynb"
PICTURE = ROOT / "notebooks" / "images" / "lesson-1.png"
TITLE, QUERY = "Which pictures are near?", 12
WIDTH, HEIGHT = 1200, 840


def take(notebook: OpenNotebook) -> bytes:
    """Choose a query, and return the page with what is like it."""
    notebook.promise("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    near = notebook.page.locator(".ct-explorer").filter(has=notebook.page.get_by_text(TITLE))
    query = near.get_by_label("Query picture")
    query.fill(str(QUERY))
    query.press("Enter")
    expect(near.get_by_role("status")).to_contain_text(f"Picture {QUERY} is a")
    cell = notebook.cells.filter(has=near)
    cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
    notebook.page.mouse.move(0, 0)
    near.locator("img").last.evaluate("picture => picture.decode()")
    return notebook.page.screenshot()


def main() -> None:
    """Take the picture and store it with a palette, a third of its size."""
    if find_browser() is None:
        raise SystemExit("screenshot: no Chromium was found; name its path in CHROMIUM.")
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        running_lab(Path(folder)) as (url, root),
    ):
        shutil.copy(LESSON, root)
        page = launch(playwright).new_page(viewport={"width": WIDTH, "height": HEIGHT})
        notebook = OpenNotebook(page, url, LESSON.name)
        notebook.run_all()
        shot = take(notebook)
    PICTURE.parent.mkdir(exist_ok=True)
    store(shot)
    print(f"screenshot: {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size / 1e3:.0f} kB")


def store(shot: bytes) -> None:
    """Write a screenshot as a PNG of 256 colours."""

    with Image.open(BytesIO(shot)) as picture:
        palette = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    palette.save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
