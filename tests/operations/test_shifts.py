"""Shifts and repeated pooling: the numbers that the lesson quotes, and the rules behind them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursetools.operations.coverage import answering_share
from coursetools.operations.filters import convolve, relu
from coursetools.operations.kernels import KERNELS, gaussian
from coursetools.operations.patterns import circle
from coursetools.operations.pooling import average_pool, max_pool
from coursetools.operations.shifts import (
    ShiftError,
    active_cells,
    active_share,
    distinct_after_pools,
    pool_again,
    shifted,
)


@pytest.fixture(scope="module")
def ring() -> np.ndarray:
    return circle([64, 64], val=1.0, r_shrink=4)


def test_pooling_raises_the_share_of_active_pixels(ring: np.ndarray) -> None:
    shares = [round(active_share(step), 3) for step in pool_again(ring)]
    assert shares == [0.038, 0.098, 0.203, 0.438, 0.75]


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("max", (49, 49, 49, 45, 1)),
        ("average", (49, 49, 49, 49, 49)),
        ("skip", (49, 49, 49, 38, 2)),
    ],
)
def test_distinct_results_of_49_shifts(ring: np.ndarray, kind: str, counts: tuple) -> None:
    assert distinct_after_pools(ring, kind=kind) == counts


def test_near_dots_merge_and_far_dots_do_not() -> None:
    near, far = np.zeros((64, 64)), np.zeros((64, 64))
    near[3, 5] = near[5, 3] = far[10, 40] = far[40, 10] = 1
    assert [int((step > 0).sum()) for step in pool_again(near)] == [2, 2, 2, 1, 1]
    assert [int((step > 0).sum()) for step in pool_again(far)] == [2, 2, 2, 2, 2]


def test_a_thin_ring_breaks_up_when_pixels_are_skipped(ring: np.ndarray) -> None:
    edge = KERNELS["edge"]
    shares = [answering_share(ring, edge, stride=stride) for stride in (1, 2, 3)]
    assert shares == pytest.approx([1, 0.641, 0.231], abs=0.001)
    wide = gaussian(7, 1.5)
    assert answering_share(ring, wide - wide.mean(), stride=2) == 1


def test_only_the_nearest_stop_counts() -> None:
    dots = np.zeros((6, 6))
    dots[1, 1] = dots[2, 4] = 1
    # Stops with stride 3 and one weight stand on pixels 0 and 3; only (0, 0) and (3, 3) answer.
    kernel = np.ones((1, 1))
    dots[3, 3] = 1
    assert answering_share(dots, kernel, stride=3, padding="valid") == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="no pixel above 0"):
        answering_share(np.zeros((6, 6)), kernel)


@given(st.integers(-8, 8), st.integers(-8, 8), st.sampled_from([(5, 7), (5, 7, 2), (3, 5, 7, 2)]))
def test_shifts_move_every_pixel(down: int, right: int, shape: tuple) -> None:
    image = np.random.default_rng(0).random(shape, np.float32)
    first = 1 if len(shape) == 4 else 0
    moved = np.moveaxis(shifted(image, down, right), (first, first + 1), (0, 1))
    still = np.moveaxis(image, (first, first + 1), (0, 1))
    for row in range(5):
        for column in range(7):
            inside = 0 <= row - down < 5 and 0 <= column - right < 7
            expected = still[row - down, column - right] if inside else 0
            np.testing.assert_array_equal(moved[row, column], expected)


def test_the_edge_may_come_in() -> None:
    line = np.arange(3, dtype=np.float32)[None]
    assert shifted(line, 0, 2, fill="edge").tolist() == [[0, 0, 0]]
    assert shifted(line, 0, -1, fill="edge").tolist() == [[1, 2, 2]]
    assert shifted(line, 0, -1).tolist() == [[1, 2, 0]]


def test_the_three_ways_to_condense() -> None:
    image = np.random.default_rng(0).random((5, 6, 2), np.float32)
    once = {kind: pool_again(image, 1, kind=kind)[1] for kind in ("max", "average", "skip")}
    np.testing.assert_array_equal(once["max"], max_pool(image, padding="same"))
    np.testing.assert_array_equal(once["average"], average_pool(image, padding="same"))
    np.testing.assert_array_equal(once["skip"], image[::2, ::2])
    assert {step.shape for step in once.values()} == {(3, 3, 2)}


def test_refusals() -> None:
    image = np.ones((4, 4))
    with pytest.raises(ShiftError, match=r"`down` must be a whole number, but it is `0\.5`"):
        shifted(image, 0.5)
    with pytest.raises(ShiftError, match="`'wrap'`"):
        shifted(image, 1, fill="wrap")
    with pytest.raises(ShiftError, match="`'median'`"):
        pool_again(image, kind="median")
    with pytest.raises(ShiftError, match=r"`pools` must be at least 0, but it is `-1`"):
        pool_again(image, -1)
    with pytest.raises(ShiftError, match="`reach`"):
        distinct_after_pools(image, reach=-1)


def test_rounding_is_not_activity() -> None:
    """An edge kernel leaves a trace on a flat area, but no answer."""
    picture = np.full((12, 12), 0.83, np.float32)
    picture[5, 5] = 0
    answers = relu(convolve(picture, KERNELS["edge"]))
    assert active_cells(answers).sum() == 8  # the neighbours of the dark pixel
    assert not active_cells(np.zeros((3, 3))).any()
    assert active_cells(-np.eye(3)).sum() == 0
    assert active_share(np.eye(4)) == 0.25
