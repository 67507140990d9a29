"""X4: windows, results, and which numbers are read twice or never."""

from typing import Any

import numpy as np
import pytest

from coursetools import explorers
from coursetools.explorers.pool_steps import Pooling, pool_grids
from coursetools.explorers.small_pictures import SmallPictureError, mixed, stripe
from coursetools.operations import average_pool, max_pool
from explorers.html_parts import choose, picture, run_code, status


@pytest.fixture
def explorer() -> Any:
    return explorers.pool_stepper()


def test_starts_with_the_largest_of_four(explorer: Any) -> None:
    assert status(explorer) == (
        "Stop 1 of 9, row 0, column 0: the largest of 1, 3, 4, 2 is 4. Of 36 numbers 0 are read "
        "more than once and 0 never."
    )


def test_average(explorer: Any) -> None:
    choose(explorer, kind="average")
    assert "the average of 1, 3, 4, 2 is 2.5." in status(explorer)
    assert "ringed" not in " ".join(picture(explorer).words)


def test_a_small_stride_reads_twice_and_a_large_one_skips(explorer: Any) -> None:
    choose(explorer, size=3, stride=1)
    assert "Stop 1 of 16" in status(explorer)
    assert "Of 36 numbers 32 are read more than once and 0 never." in status(explorer)
    choose(explorer, size=2, stride=4)
    assert "Of 36 numbers 0 are read more than once and 20 never." in status(explorer)


@pytest.mark.parametrize("kind", ["largest", "average"])
@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
def test_the_code_pools_the_same(explorer: Any, kind: str, size: int, stride: int) -> None:
    choose(explorer, kind=kind, size=size, stride=stride)
    expected = {"largest": max_pool, "average": average_pool}[kind](mixed(), size, stride)
    axes = run_code(explorer)
    texts = [text.get_text().replace("\N{MINUS SIGN}", "-") for text in axes.texts]
    assert [float(text) for text in texts] == pytest.approx(expected.ravel(), abs=0.01)
    axes.clear()


def test_a_thin_line_stays_bright_only_by_largest(explorer: Any) -> None:
    choose(explorer, map="a thin line", stop=2)
    assert "is 8." in status(explorer)
    choose(explorer, kind="average")
    assert "is 4." in status(explorer)
    assert stripe().max() == 8


def test_marks_of_the_map() -> None:
    of_map, of_result = pool_grids(Pooling(mixed(), "largest", 2, 4), 1)
    assert [cell.crossed for cell in of_map.cells[0]] == [False, False, True, True, False, False]
    assert [(i, j) for i in range(6) for j in range(6) if of_map.cells[i][j].ringed] == [(1, 0)]
    assert of_map.cells[0][0].fill == of_result.cells[0][0].fill
    assert of_map.cells[0][4].fill == of_result.cells[0][1].fill


def test_own_numbers_and_what_is_refused() -> None:
    explorer = explorers.pool_stepper(np.arange(16).reshape(1, 4, 4, 1))
    assert "the largest of 0, 1, 4, 5 is 5." in status(explorer)
    with pytest.raises(SmallPictureError, match=r"4 to 12 .*`\(3, 3\)`"):
        explorers.pool_stepper(np.zeros((3, 3)))
