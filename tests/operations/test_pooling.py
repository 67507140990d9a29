"""Pooling, against taking each window out by hand, and the lesson's numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from coursetools.operations.pooling import MapError, average_pool, global_average, max_pool
from coursetools.operations.windows import NoStopError, WindowError, starts

MAPS = arrays(
    np.float32,
    array_shapes(min_dims=2, max_dims=4, min_side=1, max_side=7),
    elements=st.floats(-50, 50, width=32),
)


def by_hand(maps: np.ndarray, size: int, stride: int, padding: str, reduce) -> np.ndarray:
    first = 1 if maps.ndim == 4 else 0
    height, width = maps.shape[first : first + 2]
    rows = []
    for top in starts(height, size, stride, padding):
        row = []
        for left in starts(width, size, stride, padding):
            window = (slice(None),) * first + (
                slice(max(top, 0), top + size),
                slice(max(left, 0), left + size),
            )
            row.append(reduce(maps[window], axis=(first, first + 1)))
        rows.append(np.stack(row, axis=first))
    return np.stack(rows, axis=first)


@given(MAPS, st.integers(1, 4), st.integers(1, 5), st.sampled_from(["valid", "same"]))
def test_each_window_by_hand(maps: np.ndarray, size: int, stride: int, padding: str) -> None:
    first = 1 if maps.ndim == 4 else 0
    if padding == "valid" and size > min(maps.shape[first : first + 2]):
        with pytest.raises(NoStopError):
            max_pool(maps, size, stride, padding)
        return
    before = maps.copy()
    for pool, reduce in ((max_pool, np.max), (average_pool, np.mean)):
        pooled = pool(maps, size, stride, padding)
        assert pooled.dtype == np.float32
        np.testing.assert_allclose(
            pooled, by_hand(maps, size, stride, padding, reduce), rtol=1e-5, atol=1e-5
        )
    np.testing.assert_array_equal(maps, before)


def test_the_lesson_s_four_by_four() -> None:
    grid = [[1, 3, 0, 2], [4, 2, 1, 5], [0, 6, 7, 1], [2, 0, 3, 4]]
    assert max_pool(grid).tolist() == [[4, 5], [6, 7]]
    assert average_pool(grid).tolist() == [[2.5, 2], [2, 3.75]]
    assert max_pool(grid, 2, 1).tolist() == [[4, 3, 5], [6, 7, 7], [6, 7, 7]]


def test_padding_takes_no_part() -> None:
    minus = np.full((3, 3), -1.0)
    assert (max_pool(minus, padding="SAME") == -1).all()
    assert (average_pool(minus, padding="same") == -1).all()


def test_rows_and_columns_may_differ() -> None:
    pooled = max_pool(np.arange(24).reshape(4, 6), size=(2, 3), stride=(1, 3))
    assert pooled.tolist() == [[8, 11], [14, 17], [20, 23]]


def test_a_map_keeps_its_nan_to_itself() -> None:
    maps = np.ones((4, 4))
    maps[0, 0] = np.nan
    assert np.isnan(average_pool(maps)).tolist() == [[True, False], [False, False]]
    assert np.isnan(max_pool(maps)).tolist() == [[True, False], [False, False]]


@given(MAPS)
def test_global_average_keeps_channels_and_pictures(maps: np.ndarray) -> None:
    found = global_average(maps)
    if maps.ndim == 4:
        expected = [[picture[..., c].mean() for c in range(maps.shape[3])] for picture in maps]
    elif maps.ndim == 3:
        expected = [maps[..., channel].mean() for channel in range(maps.shape[2])]
    else:
        expected = maps.mean()
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
    assert found.dtype == np.float32


def test_types() -> None:
    assert max_pool(np.ones((2, 2))).dtype == np.float64
    assert max_pool(np.ones((2, 2), np.uint8)).dtype == np.float32
    assert global_average(np.ones((2, 2, 3))).dtype == np.float64


def test_refusals() -> None:
    with pytest.raises(MapError, match=r"`\(4,\)`"):
        max_pool([1, 2, 3, 4])
    with pytest.raises(MapError, match=r"`\(0, 3\)`"):
        global_average(np.zeros((0, 3)))
    with pytest.raises(MapError, match="`<U1`"):
        average_pool([["a", "b"]])
    with pytest.raises(MapError, match="NumPy says"):
        max_pool([[1, 2], [3]])
    with pytest.raises(WindowError, match=r"`size` .* `0`"):
        max_pool(np.ones((2, 2)), 0)
    with pytest.raises(WindowError, match=r"`stride` .* `\(1, 1, 1\)`"):
        max_pool(np.ones((2, 2)), 2, (1, 1, 1))
    with pytest.raises(WindowError, match="`'max'`"):
        max_pool(np.ones((2, 2)), padding="max")
