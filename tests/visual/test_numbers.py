"""Tables of numbers, and the boxes of shapes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.operations import MapError, NoStopError
from coursetools.visual.alt import alt_text
from coursetools.visual.axes_boxes import AxesError, shape_boxes
from coursetools.visual.numbers import number_table, picture_and_outputs
from visual.golden import Golden

LINES = np.zeros((6, 6))
LINES[:, 1] = 1
LINES[4, 3:] = 1
KERNEL = [[1, -1], [1, -1]]


def words(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_a_table_on_axes() -> None:
    ax = number_table([[1, -2], [0, 0.125]], digits=2)
    assert words(ax) == ["1", "\u22122", "0", "0.12"]
    assert alt_text(plt.gcf()) == "a table of 2 by 2 numbers: 1, \u22122; 0, 0.12."
    assert number_table([[1]], limit=2, ax=plt.subplot()).images[0].get_array()[0, 0] == 0.75


def test_a_table_is_refused() -> None:
    with pytest.raises(MapError, match=r"16 by 16 .* `\(17, 2\)`"):
        number_table(np.ones((17, 2)))
    with pytest.raises(ValueError, match=r"`limit` .* `-1`"):
        number_table([[1]], limit=-1)


def test_every_output_of_the_line_picture(golden: Golden) -> None:
    figure = picture_and_outputs(LINES, KERNEL, rectified=True)
    picture, kernel, outputs, rectified = figure.axes
    assert len(words(picture)) == 36
    assert words(kernel) == ["1", "\u22121"] * 2
    assert words(outputs)[15:20] == ["\u22122", "2", "\u22121", "0", "0"]
    assert words(rectified)[15:20] == ["0", "2", "0", "0", "0"]
    assert rectified.get_xlabel() == "5\u00d75, total 10"
    assert outputs.images[0].get_array()[0, 0] == 0
    assert "25 outputs: \u22122, 2, 0, 0, 0; \u22122, 2, 0" in alt_text(figure)
    assert len(picture_and_outputs(LINES, KERNEL).axes) == 3
    golden(figure, "picture-and-outputs")


def test_cells_have_one_size() -> None:
    figure = picture_and_outputs(LINES, KERNEL)
    figure.canvas.draw()
    sides = {
        round(ax.get_window_extent().width / ax.images[0].get_array().shape[1], 1)
        for ax in figure.axes
    }
    assert len(sides) == 1


def test_outputs_are_refused() -> None:
    with pytest.raises(NoStopError):
        picture_and_outputs(LINES, np.ones((7, 1)))
    with pytest.raises(MapError, match="`picture`"):
        picture_and_outputs(np.ones((20, 20)), KERNEL)


def test_boxes_hold_the_shapes(golden: Golden) -> None:
    figure = shape_boxes((1, 200, 180, 3), np.ones((3, 5, 3, 8)))
    shown = words(figure.axes[0])
    assert [word for word in shown if word.isdigit()] == (
        ["1", "200", "180", "3", "3", "5", "3", "8", "1", "198", "176", "8"]
    )
    assert "Maps: n 1, h 198, w 176, out 8" in alt_text(figure)
    assert "h 100, w 90" in alt_text(
        shape_boxes((1, 200, 180, 3), (3, 5, 3, 8), stride=2, padding="SAME")
    )
    golden(figure, "shape-boxes")


def test_shapes_that_do_not_fit() -> None:
    with pytest.raises(AxesError, match=r"`1` channels \(c\), but the kernel takes `3`"):
        shape_boxes((1, 9, 9, 1), (3, 3, 3, 1))
    with pytest.raises(AxesError, match=r"\[kh, kw, in, out\], but it is `\(3, 3\)`"):
        shape_boxes((1, 9, 9, 1), np.ones((3, 3)))
    with pytest.raises(AxesError, match="image_shape"):
        shape_boxes((None, 9, 9, 1))
    with pytest.raises(NoStopError):
        shape_boxes((1, 2, 9, 1))
