"""Figures and pictures as bytes and HTML."""

from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from coursetools.visual.alt import describe
from coursetools.visual.embed import (
    figure_html,
    figure_picture,
    figure_png,
    picture_uri,
)
from coursetools.visual.images import image_grid
from coursetools.visual.loss import loss_curves


class Images(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


def picture_of(uri: str | None) -> Image.Image:
    assert uri is not None
    kind, content = uri.removeprefix("data:image/").split(";base64,")
    picture = Image.open(BytesIO(b64decode(content)))
    assert picture.format is not None
    assert picture.format.lower() == kind
    return picture


def test_html_carries_text_and_picture() -> None:
    figure = loss_curves().figure
    describe(figure, 'Cost < 1 & "more"')
    (image,) = Images(figure_html(figure)).found
    assert image["alt"] == 'Cost < 1 & "more"'
    picture = picture_of(image["src"])
    assert picture.size == tuple(np.round(figure.get_size_inches() * figure.dpi))


def test_a_plot_is_a_small_png_with_a_palette() -> None:
    content, kind = figure_picture(loss_curves().figure)
    picture = Image.open(BytesIO(content))
    assert (kind, picture.format, picture.mode) == ("png", "PNG", "P")
    assert len(content) < 40_000


def test_photographs_are_a_jpeg_close_to_what_was_drawn() -> None:
    smooth = np.random.default_rng(0).random((6, 4, 4, 3))
    photos = np.stack(
        [
            np.asarray(Image.fromarray((one * 255).astype(np.uint8)).resize((64, 64)))
            for one in smooth
        ]
    )
    figure = image_grid(photos)
    content, kind = figure_picture(figure)
    assert kind == "jpeg"
    stored = BytesIO()
    figure.savefig(stored, format="png")
    drawn = np.asarray(Image.open(stored).convert("RGB"), float)
    kept = np.asarray(Image.open(BytesIO(content)), float)
    assert np.abs(drawn - kept).mean() < 3


def test_the_background_is_opaque_white() -> None:
    figure = plt.figure()
    figure.set_facecolor("none")
    figure.add_subplot()
    corner = Image.open(BytesIO(figure_png(figure))).convert("RGBA").getpixel((0, 0))
    assert corner == (255, 255, 255, 255)


def test_a_students_figure_is_cut_to_what_is_drawn() -> None:
    figure = plt.figure(figsize=(4, 4), layout="none")
    figure.text(0.5, 0.5, "small")
    width, height = Image.open(BytesIO(figure_png(figure))).size
    assert max(width, height) < 200


def test_a_picture_keeps_its_size_and_colour() -> None:
    image = np.zeros((8, 12, 3), np.float32)
    image[..., 0] = 1
    picture = picture_of(picture_uri(image))
    assert picture.size == (12, 8)
    red, green, blue = np.asarray(picture)[4, 6]
    assert red > 250
    assert max(green, blue) < 10


def test_a_grey_picture_stays_grey() -> None:
    assert picture_of(picture_uri(np.full((8, 8), 0.5))).mode == "L"
