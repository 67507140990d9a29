"""X6: sizes, stops and visits against counting them; what cannot be is marked."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from coursetools import explorers
from coursetools.explorers.padded_window import Setting, input_grid
from coursetools.operations import NoStopError
from coursetools.visual import alt_text
from explorers.html_parts import choose, code, picture, run_code, status


@pytest.fixture
def explorer() -> Any:
    return explorers.arithmetic()


def counted(n: int, k: int, stride: int, dilation: int) -> np.ndarray:
    """Visits along one side without padding, by moving the window."""
    visits, start = np.zeros(n, int), 0
    while start + (k - 1) * dilation < n:
        visits[start : start + (k - 1) * dilation + 1 : dilation] += 1
        start += stride
    return visits


@pytest.mark.parametrize("n", [3, 6, 12])
def test_every_setting_without_padding(explorer: Any, n: int) -> None:
    for k, stride, dilation in product(range(1, 6), range(1, 4), range(1, 4)):
        with explorer.at_once():
            choose(explorer, n=n, k=k, stride=stride, dilation=dilation)
        visits = counted(n, k, stride, dilation)
        if not visits.any():
            assert status(explorer).startswith("Careful: no stop fits")
            assert explorer.controls["stop"].disabled
            assert len(picture(explorer).alts) == 1
            continue
        size = len([s for s in range(0, n, stride) if s + (k - 1) * dilation < n])
        unseen = int((np.outer(visits, visits) == 0).sum())
        assert status(explorer).startswith(f"{size} by {size} outputs. Stop 1 of {size * size} ")
        assert f"Pixels never seen: {unseen} of {n * n}." in status(explorer)
        assert any(f"+ 1 = {size}" in words for words in picture(explorer).words)
        assert ("Keras refuses" in status(explorer)) == (stride > 1 and dilation > 1)
        assert ("stop fits" in status(explorer)) is False


def test_same_padding_puts_the_odd_zero_last(explorer: Any) -> None:
    choose(explorer, padding="same", stride=2)
    assert "Zeros around: 0 before, 1 after." in status(explorer)
    choose(explorer, n=7)
    assert "Zeros around: 1 before, 1 after." in status(explorer)
    assert "same: ceil(n / s) = ceil(7 / 2) = 4" in picture(explorer).words


def test_stepping(explorer: Any) -> None:
    choose(explorer, stop=6)
    assert "Stop 6 of 16 starts at row 1, column 1." in status(explorer)
    choose(explorer, stop=16, n=5)
    assert "Stop 9 of 9 starts at row 2, column 2." in status(explorer)


def test_what_the_grid_shows() -> None:
    grid = input_grid(Setting(6, 3, 2, "valid", 1), 1)
    assert [cell.text for cell in grid.cells[2]] == ["2", "2", "4", "2", "2", ""]
    assert [cell.crossed for cell in grid.cells[2]] == [False] * 5 + [True]
    padded = input_grid(Setting(4, 3, 1, "same", 1), 1)
    assert padded.size == (6, 6)
    assert all(cell.hatched for cell in padded.cells[0])
    spread = input_grid(Setting(6, 2, 1, "valid", 3), 1)
    marked = [(i, j) for i in range(6) for j in range(6) if spread.cells[i][j].fill != "#ffffff"]
    assert marked == [(0, 0), (0, 3), (3, 0), (3, 3)]


def test_the_code_shows_the_same_setting(explorer: Any) -> None:
    choose(explorer, n=7, k=3, stride=2)
    assert alt_text(run_code(explorer)).startswith(
        "7 pixels, window 3, stride 2, valid: 3 stops. The window begins at 0, 2 and 4."
    )


def test_the_code_of_what_cannot_be_says_so(explorer: Any) -> None:
    choose(explorer, n=4, k=5)
    assert code(explorer).endswith("# raises NoStopError")
    with pytest.raises(NoStopError):
        run_code(explorer)
