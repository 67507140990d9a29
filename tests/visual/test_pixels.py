"""The figure of a picture's numbers."""

import numpy as np
import pytest

from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import PictureError
from coursetools.visual.pixels import pixel_figure


@pytest.fixture
def picture() -> np.ndarray:
    """A grey picture with a checkerboard of 8 by 8 pixels at row 14, column 12."""
    image = np.full((40, 40, 3), 0.5, np.float32)
    rows, columns = np.mgrid[14:22, 12:20]
    image[14:22, 12:20, 0] = (rows + columns) % 2
    return image


def numbers(figure: object, axes: int) -> list[str]:
    return [text.get_text() for text in figure.axes[axes].texts]  # type: ignore[attr-defined]


def test_shows_the_numbers_of_the_crop(picture: np.ndarray) -> None:
    figure = pixel_figure(picture, corner=(14, 12))
    red = numbers(figure, 2)
    assert len(red) == 64
    assert set(red) == {".00", "1.0"}
    assert set(numbers(figure, 3)) == {".50"}
    text = alt_text(figure)
    assert "40 rows and 40 columns" in text
    assert "8 by 8 pixels marked at row 14, column 12" in text
    assert "red 0.50, green 0.50, blue 0.50" in text
    assert "(0.00, 0.50, 0.50)" in text


def test_finds_the_busiest_place_by_itself(picture: np.ndarray) -> None:
    assert "at row 14, column 12" in alt_text(pixel_figure(picture))


def test_numbers_lie_row_by_row() -> None:
    image = np.linspace(0, 1, 16 * 16 * 3).reshape(16, 16, 3)
    figure = pixel_figure(image, corner=(2, 5), size=3)
    assert numbers(figure, 3) == [
        f"{image[row, column, 1]:.2f}".removeprefix("0")
        for row in (2, 3, 4)
        for column in (5, 6, 7)
    ]


def test_refusals(picture: np.ndarray) -> None:
    with pytest.raises(PictureError, match=r"at `\(33, 0\)` does not fit"):
        pixel_figure(picture, corner=(33, 0))
    with pytest.raises(PictureError, match="`1`"):
        pixel_figure(picture[..., 0])
    with pytest.raises(PictureError, match="`12`"):
        pixel_figure(picture, size=12)
