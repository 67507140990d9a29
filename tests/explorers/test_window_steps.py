"""X2: each stop's sum is the map's value there, and the map grows stop by stop."""

from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d

from coursetools import explorers
from coursetools.explorers.small_pictures import SmallPictureError, lines
from coursetools.explorers.window_steps import LEFT_MINUS_RIGHT
from coursetools.explorers.window_strips import step_grids
from explorers.html_parts import choose, code, picture, run_code, status


@pytest.fixture
def explorer() -> Any:
    return explorers.window_stepper()


def test_every_stop_is_a_weighted_sum(explorer: Any) -> None:
    kernel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    expected = correlate2d(lines(), kernel, mode="valid")
    for stop in range(1, expected.size + 1):
        choose(explorer, stop=stop)
        value = expected.flat[stop - 1]
        shown = str(int(value)).replace("-", "\N{MINUS SIGN}")
        assert f"Stop {stop} of 16" in status(explorer)
        assert f"the sum is {shown} " in status(explorer)
        assert any(
            words.endswith(
                f"= {shown}. Colours: orange: below 0, white: 0, blue: above 0; "
                "below 0 is hatched too."
            )
            for words in picture(explorer).words
        )
        assert run_code(explorer) == value


def test_extremes_are_named(explorer: Any) -> None:
    choose(explorer, stop=2)
    assert status(explorer).endswith("(negative, the smallest of this map).")


def test_the_map_grows(explorer: Any) -> None:
    for stop in (1, 7, 16):
        shown = step_grids(lines(), np.ones((3, 3), np.float32), stop)[2]
        assert sum(bool(cell.text) for row in shown.cells for cell in row) == stop


def test_another_kernel_and_picture(explorer: Any) -> None:
    choose(explorer, kernel="left minus right", stop=1)
    assert "Stop 1 of 25" in status(explorer)
    assert run_code(explorer) == correlate2d(lines(), LEFT_MINUS_RIGHT, mode="valid")[0, 0]
    choose(explorer, picture="a square")
    assert "Stop 1 of 49" in status(explorer)
    assert "0, 0, 1, 1, 1, 1, 0, 0" in code(explorer)


def test_the_last_stop_stays_the_last(explorer: Any) -> None:
    choose(explorer, picture="a square", stop=36)
    choose(explorer, picture="two lines")
    assert "Stop 16 of 16" in status(explorer)


def test_own_numbers() -> None:
    explorer = explorers.window_stepper([[1, 2], [3, 4]], [[1, -1]])
    choose(explorer, stop=2)
    assert status(explorer) == (
        "Stop 2 of 2, row 1, column 0: the sum is \N{MINUS SIGN}1 (negative, the smallest of this "
        "map)."
    )
    choose(explorer, kernel="blur")
    assert status(explorer).startswith("Careful: this kernel is larger than the picture")


@pytest.mark.parametrize(
    ("image", "kernel", "words"),
    [
        (np.zeros((200, 200)), None, r"`\(200, 200\)`"),
        (np.zeros(4), None, r"`\(4,\)`"),
        ([[1, 2], ["a", 3]], None, "table of numbers"),
        ([[1, np.nan], [1, 1]], None, "`nan`"),
        (None, "sobel", "`sobel`"),
        (None, np.zeros((7, 7)), r"`\(7, 7\)`"),
        (np.zeros((2, 2)), np.zeros((3, 3)), "does not fit"),
    ],
)
def test_what_cannot_be_stepped_is_refused(image: Any, kernel: Any, words: str) -> None:
    with pytest.raises(SmallPictureError, match=words):
        explorers.window_stepper(image, kernel)
