"""Rings, dots and random maps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.draw import circle_perimeter

from coursetools.operations import PatternError, circle, max_pool, random_map, two_dots


@settings(deadline=None)
@given(st.integers(1, 80), st.integers(0, 40))
def test_the_ring_is_bresenhams(size: int, shrink: int) -> None:
    radius = size // 2 - shrink
    if radius < 0:
        return
    middle = size // 2
    full = np.zeros((size + 1, size + 1), np.float32)
    full[circle_perimeter(middle, middle, radius, shape=full.shape)] = 0.75
    expected = np.delete(np.delete(full, middle, axis=0), middle, axis=1)
    np.testing.assert_array_equal(circle([size, size], val=0.75, r_shrink=shrink), expected)


def test_the_ring_lies_evenly_in_a_picture_of_even_size() -> None:
    ring = circle([64, 64], val=1.0, r_shrink=4)
    assert ring.dtype == np.float32
    for turned in (ring.T, ring[::-1], ring[:, ::-1]):
        np.testing.assert_array_equal(ring, turned)
    rows, _ = np.nonzero(ring)
    assert (rows.min(), rows.max()) == (4, 59)


def test_a_ring_of_random_values() -> None:
    ring = circle([16, 12], seed=4)
    np.testing.assert_array_equal(ring, circle([16, 12], seed=4))
    np.testing.assert_array_equal(ring != 0, circle([16, 12], val=1) != 0)
    assert len(np.unique(ring)) > 10
    np.random.seed(3)
    first = circle([16, 16])
    np.random.seed(3)
    np.testing.assert_array_equal(circle([16, 16]), first)


def test_distinct_results_of_all_small_shifts() -> None:
    """Counted once for the course: how many different maps 49 shifts leave after each pooling."""
    ring = circle([64, 64], val=1, r_shrink=4)
    shifted = np.stack([np.roll(ring, (i, j), (0, 1)) for i in range(-3, 4) for j in range(-3, 4)])
    counts = []
    maps = shifted[..., None]
    for _ in range(4):
        maps = max_pool(maps)
        counts.append(len({one.tobytes() for one in maps}))
    assert counts == [49, 49, 45, 1]


def test_two_dots() -> None:
    dots = two_dots((8, 9), x=2, y=6)
    assert np.argwhere(dots).tolist() == [[2, 6], [6, 2]]
    assert np.argwhere(two_dots([16, 16])).tolist() == [[3, 5], [5, 3]]
    assert dots.sum() == 2


@given(st.tuples(st.integers(1, 12), st.integers(1, 12)), st.floats(0, 1e6), st.floats(-2, 6))
def test_random_maps_lie_between_0_and_1(size: tuple[int, int], scale: float, decay: float) -> None:
    blots = random_map(size, scale, decay, seed=1)
    assert blots.shape == size
    assert blots.dtype == np.float32
    assert np.isfinite(blots).all()
    assert blots.min() >= 0
    assert blots.max() <= 1


def test_random_maps_follow_their_arguments() -> None:
    np.testing.assert_array_equal(random_map([6, 6], seed=2), random_map([6, 6], seed=2))
    assert (random_map([6, 6], scale=0) == 0.5).all()

    def roughness(decay: float) -> float:
        maps = [random_map([32, 32], 0.1, decay, seed=seed) for seed in range(5)]
        return float(np.mean([np.abs(np.diff(one, axis=0)).mean() / one.std() for one in maps]))

    assert roughness(0) > 1.5 * roughness(1) > 2 * roughness(2)
    np.random.seed(8)
    first = random_map([5, 5])
    assert (random_map([5, 5]) != first).any()
    np.random.seed(8)
    np.testing.assert_array_equal(random_map([5, 5]), first)


def test_refusals() -> None:
    with pytest.raises(PatternError, match="`64`"):
        circle(64)  # type: ignore[arg-type]
    with pytest.raises(PatternError, match=r"`\[0, 8\]`"):
        two_dots([0, 8])
    with pytest.raises(PatternError, match=r"from 0 to 8.*`9`"):
        circle([16, 16], r_shrink=9)
    with pytest.raises(PatternError, match=r"`\(3, 5\)`"):
        two_dots([4, 8])
    with pytest.raises(PatternError, match="`-1`"):
        random_map([4, 4], scale=-1)
