"""`make screenshot`: the README's pictures of lessons, as a student sees them in JupyterLab.

A notebook is run, and the page is taken at a moment that shows what an explorer is for: pictures
most like a query by pixels and by features, and a kernel that was turned by a quarter.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, expect, sync_playwright

from browser.lab import OpenNotebook, find_browser, launch, running_lab

ROOT = Path(__file__).resolve().parents[2]
QUERY = 12


@dataclass(frozen=True)
class Shot:
    """A picture to take: of which lesson, the page's size, and what brings the page there.

    `stage` gives the part that stands at the page's top.
    """

    lesson: str
    width: int
    height: int
    stage: Callable[[OpenNotebook], Locator]


def near_pictures(notebook: OpenNotebook) -> Locator:
    """Choose a query; the cell with what is like it stands at the top."""
    near = notebook.explorer("Which pictures are near?")
    query = near.get_by_label("Query picture")
    query.fill(str(QUERY))
    query.press("Enter")
    expect(near.get_by_role("status")).to_contain_text(f"Picture {QUERY} is a")
    return notebook.cells.filter(has=near)


def turned_kernel(notebook: OpenNotebook) -> Locator:
    """Turn a Sobel kernel, so that it finds what stands upright; its cell is at the top."""
    playground = notebook.explorer("Make your own kernel")
    playground.get_by_label("Kernel").select_option("bottom sobel")
    expect(playground.get_by_label("Row 0, column 1")).to_have_value("-2")
    playground.get_by_role("button", name="Turn by 90 degrees").click()
    expect(playground.get_by_label("Kernel")).to_have_value("right sobel")
    playground.get_by_role("button", name="Turn by 90 degrees").blur()
    return notebook.cells.filter(has=playground)


SHOTS = {
    "lesson-1": Shot("1-the-convolutional-classifier.ipynb", 1200, 840, near_pictures),
    "explorer": Shot("2-convolution-and-relu.ipynb", 1060, 860, turned_kernel),
}


def take(notebook: OpenNotebook, stage: Callable[[OpenNotebook], Locator]) -> bytes:
    """Run the notebook, and return the page as a PNG."""
    notebook.run_all()
    notebook.promise("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    top = stage(notebook)
    top.evaluate("cell => cell.scrollIntoView({block: 'start'})")
    notebook.page.mouse.move(0, 0)
    notebook.page.evaluate(
        "() => Promise.all([...document.querySelectorAll('.ct-explorer img')].map(i => i.decode()))"
    )
    return notebook.page.screenshot()


def store(shot: bytes, path: Path) -> None:
    """Write a screenshot as a PNG of 256 colours, a third of its size."""
    with Image.open(BytesIO(shot)) as picture:
        palette = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    path.parent.mkdir(exist_ok=True)
    palette.save(path, optimize=True)
    print(f"screenshot: {path.relative_to(ROOT)}, {path.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    """Take the pictures that were asked for, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*SHOTS, []], help="pictures; default: all")
    names = parser.parse_args().names or list(SHOTS)
    if find_browser() is None:
        raise SystemExit("screenshot: no Chromium was found; name its path in CHROMIUM.")
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        running_lab(Path(folder)) as (url, root),
    ):
        browser = launch(playwright)
        for name in names:
            shot = SHOTS[name]
            shutil.copy(ROOT / "notebooks" / shot.lesson, root)
            page = browser.new_page(viewport={"width": shot.width, "height": shot.height})
            notebook = OpenNotebook(page, url, shot.lesson)
            store(take(notebook, shot.stage), ROOT / "notebooks" / "images" / f"{name}.png")
            notebook.shut_down()


if __name__ == "__main__":
    main()
