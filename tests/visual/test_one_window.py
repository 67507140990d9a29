"""One stop of the window, in numbers."""

import numpy as np
import pytest

from coursetools.operations import NoStopError, bottom_sobel, convolve
from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import PictureError
from coursetools.visual.maps import KernelError
from coursetools.visual.one_window import one_window
from visual.golden import Golden

LINES = np.zeros((6, 6), np.float32)
LINES[:, 1] = 1
LINES[4, 3:] = 1


def tables(figure: object) -> list[list[str]]:
    return [[text.get_text() for text in ax.texts] for ax in figure.axes[2:]]  # type: ignore[attr-defined]


def test_patch_kernel_products_and_sum() -> None:
    figure = one_window(LINES, [[1, -1], [2, -3]], row=3, column=2)
    patch, kernel, products = tables(figure)
    assert patch == ["0", "0", "0", "1"]
    assert kernel == ["1", "\u22121", "2", "\u22123"]
    assert products == ["0", "0", "0", "\u22123"]
    board = [text.get_text() for text in figure.axes[0].texts]
    assert "\u22123" in board
    assert "0\u00b72 + 1\u00b7(\u22123)  =  \u22123" in board
    assert "at row 3, column 2" in alt_text(figure)
    assert alt_text(figure).endswith("The sum is -3.00.")


def test_takes_the_strongest_answer_by_itself(scene: np.ndarray) -> None:
    grey = scene[..., 0]
    answers = convolve(grey, bottom_sobel)
    row, column = np.unravel_index(np.abs(answers).argmax(), answers.shape)
    text = alt_text(one_window(grey, bottom_sobel))
    assert f"at row {row}, column {column}" in text
    assert f"The sum is {answers[row, column]:.2f}" in text


def test_kernels_of_other_sizes() -> None:
    assert len(tables(one_window(LINES, [[1, -1]]))[2]) == 2
    assert len(tables(one_window(LINES, np.ones((6, 5))))[2]) == 30


def test_refusals() -> None:
    with pytest.raises(PictureError, match=r"`\(5, 0\)`: there are 5 rows and 5 columns"):
        one_window(LINES, [[1, -1], [1, -1]], row=5)
    with pytest.raises(ValueError, match=r"7 by 7 .* `\(8, 8\)`"):
        one_window(np.ones((9, 9)), np.ones((8, 8)))
    with pytest.raises(KernelError, match="complex"):
        one_window(LINES, [[1j]])
    with pytest.raises(NoStopError):
        one_window(LINES, np.ones((7, 7)))


def test_looks_as_stored(scene: np.ndarray, golden: Golden) -> None:
    golden(one_window(scene, bottom_sobel, row=34, column=10), "one-window")
