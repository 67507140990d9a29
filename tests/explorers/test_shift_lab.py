"""X5: counts of what a shift changes, against shifting and pooling by hand."""

from typing import Any

import numpy as np
import pytest
from skimage.measure import block_reduce

from coursetools import explorers
from coursetools.operations import circle
from coursetools.visual import PictureError
from explorers.html_parts import choose, code, levels, picture, run_code, status

RING = circle([64, 64], val=1.0, r_shrink=4)


@pytest.fixture
def explorer() -> Any:
    return explorers.ring()


def by_hand(dx: int, dy: int, pools: int) -> int:
    """Shifts of up to 4 pixels leave nothing of this ring outside, so rolling is shifting."""
    both = [RING, np.roll(RING, (dy, dx), (0, 1))]
    first, second = (block_reduce(one, (2**pools, 2**pools), np.max) for one in both)
    return int((first != second).sum())


@pytest.mark.parametrize(("dx", "dy"), [(1, 0), (-1, 2), (3, -3)])
def test_counts_of_changed_cells(explorer: Any, dx: int, dy: int) -> None:
    for pools in range(5):
        choose(explorer, dx=dx, dy=dy, pools=pools)
        count = by_hand(dx, dy, pools)
        cells = (64 // 2**pools) ** 2
        words = f"{count} of {cells} cells differ." if count else "the map is the same."
        assert status(explorer).endswith(words)


def test_the_table_counts_distinct_results(explorer: Any) -> None:
    words = picture(explorer).words
    place = words.index("different maps")
    assert words[place + 1 : place + 6] == ["49", "49", "49", "45", "1"]


def test_the_difference_can_be_hidden(explorer: Any) -> None:
    choose(explorer, dx=2)
    assert len(picture(explorer).sources) == 4
    choose(explorer, difference=False)
    assert len(picture(explorer).sources) == 3


def test_the_moved_picture_is_shown(explorer: Any) -> None:
    choose(explorer, dx=3, dy=-2)
    shown = levels(picture(explorer).sources[0])[..., 0] > 128
    assert (shown == (np.roll(RING, (-2, 3), (0, 1)) > 0)).all()


def test_what_leaves_the_picture_does_not_come_back(explorer: Any) -> None:
    choose(explorer, dx=8)
    assert not levels(picture(explorer).sources[0])[:, :8].any()


def test_the_code_moves_and_pools(explorer: Any) -> None:
    choose(explorer, dx=-2, dy=1, pools=3)
    assert code(explorer).count("max_pool(moved)") == 3
    axes = run_code(explorer)
    drawn = np.asarray(axes.get_images()[0].get_array())
    expected = block_reduce(np.roll(RING, (1, -2), (0, 1)), (8, 8), np.max)
    assert (drawn.reshape(8, 8, -1)[..., 0] == expected).all()
    axes.clear()


def test_near_dots_become_one(explorer: Any) -> None:
    choose(explorer, picture="two dots, near", pools=3)
    assert (levels(picture(explorer).sources[1])[..., 0] > 0).sum() == 1
    choose(explorer, picture="two dots, far")
    assert (levels(picture(explorer).sources[1])[..., 0] > 0).sum() == 2


def test_own_picture_and_what_is_refused() -> None:
    explorer = explorers.ring(np.eye(40, dtype=np.float32))
    choose(explorer, dx=1, dy=1, pools=0)
    assert "2 of 1600 cells differ" not in status(explorer)
    assert "1 of 1600 cells differ" in status(explorer)
    with pytest.raises(PictureError, match="32 to 256"):
        explorers.ring(np.zeros((8, 8)))
