"""Arrays as pictures: zero is white, signs can be told apart, dark letters can be read."""

import numpy as np
import pytest

from coursetools.explorers.grids import INK, MINUS, Cell, Grid, Window, grid_svg, number
from coursetools.explorers.pixels import level_uri, signed_fill, signed_uri
from explorers.html_parts import Parts, levels


def test_signs_and_zero() -> None:
    below, zero, above = levels(signed_uri(np.array([[-2.0, 0.0, 2.0]]), 2.0))[0]
    assert list(zero) == [255, 255, 255]
    assert below[0] > below[2], "orange"
    assert above[2] > above[0], "blue"


def test_values_beyond_the_limit_look_like_the_limit() -> None:
    row = levels(signed_uri(np.array([[1.0, 5.0, -1.0, -5.0]]), 1.0))[0]
    assert (row[0] == row[1]).all()
    assert (row[2] == row[3]).all()


def test_stripes_lie_only_where_a_value_is_below_0() -> None:
    values = np.where(np.arange(40) < 20, -1.0, 1.0) * np.ones((40, 1))
    changed = levels(signed_uri(values, 1.0)) != levels(signed_uri(values, 1.0, striped=True))
    assert changed[:, :20].any()
    assert not changed[:, 20:].any()


def test_a_map_of_zeros_is_white() -> None:
    assert (levels(signed_uri(np.zeros((3, 3)), 0.0, striped=True)) == 255).all()


def test_grey_levels_and_a_mark() -> None:
    picture = levels(
        level_uri(np.array([[0.0, 0.5, 1.0, 2.0]]), marked=np.array([[1, 0, 0, 0]]) > 0)
    )
    assert len(set(picture[0, 0])) > 1, "the mark has a colour"
    assert picture[0, 1].tolist() == pytest.approx([127] * 3, abs=2)
    assert picture[0, 2].tolist() == picture[0, 3].tolist() == [255] * 3


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def test_numbers_can_be_read_on_every_cell() -> None:
    for value in np.linspace(-1, 1, 41):
        contrast = (luminance(signed_fill(value, 1.0)) + 0.05) / (luminance(INK) + 0.05)
        assert contrast >= 4.5, value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-2, f"{MINUS}2"),
        (0.0625, "0.0625"),
        (12345.0, "12345"),
        (2 / 3, "0.667"),
    ],
)
def test_numbers_in_cells(value: float, text: str) -> None:
    assert number(value) == text


def test_marks_of_a_grid_are_drawn() -> None:
    plain = grid_svg(Grid(((Cell("1"),),), "caption", "words"))
    assert Parts(plain).alts == ["words"]
    assert {"1", "caption"} <= set(Parts(plain).words)
    for marked in (Cell("1", hatched=True), Cell("1", crossed=True), Cell("1", ringed=True)):
        assert grid_svg(Grid(((marked,),), "caption", "words")) != plain


def test_a_window_that_sticks_out_is_seen_whole() -> None:
    grid = Grid(((Cell(), Cell()),) * 2, "c", "w", (Window(-1, 0, 4, 4),))
    assert grid.extent() == (-1, 0, 4, 4)
    assert 'width="44" height="44"' in grid_svg(grid, cell=10)


def test_text_in_grids_is_escaped() -> None:
    assert "<b>" not in grid_svg(Grid(((Cell("<b>"),),), "<b>", "<b>"))
