"""Pictures shifted, turned and enlarged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursetools.operations import TransformError, apply_affine_transform, random_transform


@pytest.fixture
def picture() -> np.ndarray:
    return np.arange(30, dtype=np.float32).reshape(5, 6)


def test_nothing_moves_by_itself(picture: np.ndarray) -> None:
    np.testing.assert_array_equal(apply_affine_transform(picture), picture)
    np.testing.assert_array_equal(random_transform(picture), picture)


def test_shifts_right_and_up(picture: np.ndarray) -> None:
    moved = apply_affine_transform(picture, tx=2, ty=1, fill_method="replicate")
    np.testing.assert_array_equal(moved[:4, 2:], picture[1:, :4])
    np.testing.assert_array_equal(moved[4, 2:], picture[4, :4])
    np.testing.assert_array_equal(moved[:4, 0], picture[1:, 0])


def test_mirrors_what_lies_outside(picture: np.ndarray) -> None:
    moved = apply_affine_transform(picture, tx=3)
    np.testing.assert_array_equal(moved, np.pad(picture, ((0, 0), (3, 0)), "reflect")[:, :6])


def test_quarter_turns_go_against_the_clock() -> None:
    square = np.arange(49.0).reshape(7, 7)
    for quarters in range(4):
        turned = apply_affine_transform(square, theta=90 * quarters)
        np.testing.assert_array_equal(turned, np.rot90(square, quarters))


def test_enlarges_about_the_middle() -> None:
    dot = np.zeros((9, 9))
    dot[4, 4] = 1
    assert np.argwhere(apply_affine_transform(dot, zx=3, zy=3)).tolist() == [
        [row, column] for row in (3, 4, 5) for column in (3, 4, 5)
    ]


def test_shears_sideways() -> None:
    line = np.zeros((9, 9))
    line[:, 4] = 1
    _, columns = np.nonzero(apply_affine_transform(line, shear=45, fill_method="replicate"))
    assert columns[0] < 4 < columns[-1]


@given(seed=st.integers(0, 2**32 - 1))
def test_jitter_stays_within_its_limit(seed: int) -> None:
    dot = np.zeros((15, 15, 1))
    dot[7, 7] = 1
    moved = random_transform(dot, jitter=3, fill_method="replicate", seed=seed)
    assert moved.shape == dot.shape
    row, column, _ = np.argwhere(moved)[0]
    assert max(abs(row - 7), abs(column - 7)) <= 3


def test_amounts_are_drawn_from_the_whole_range() -> None:
    dot = np.zeros((15, 15))
    dot[7, 7] = 1
    places = {tuple(np.argwhere(random_transform(dot, jitter=2, seed=s))[0]) for s in range(300)}
    assert len(places) == 25
    sizes = {random_transform(dot, scale=3.4, seed=seed).sum() for seed in range(60)}
    assert sizes == {1, 9}
    line = np.zeros((31, 31))
    line[:, 15] = 1
    ends = {int(np.argmax(random_transform(line, rotate=30, seed=seed)[0])) for seed in range(200)}
    assert min(ends) < 9
    assert max(ends) > 21


def test_the_seed_decides(picture: np.ndarray) -> None:
    np.random.seed(1)
    first = random_transform(picture, jitter=3)
    np.random.seed(1)
    np.testing.assert_array_equal(random_transform(picture, jitter=3), first)


def test_kinds_and_shapes(picture: np.ndarray) -> None:
    assert random_transform(picture.astype(np.uint8)).dtype == np.float32
    assert random_transform(picture.astype(np.float64)).dtype == np.float64
    assert random_transform(np.ones((1, 1, 3)), jitter=5, rotate=20).tolist() == [[[1, 1, 1]]]
    turned = random_transform(picture, jitter=3, seed=1)
    turned[:] = -1
    assert picture.min() == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"jitter": -1}, "`jitter` .* `-1`"),
        ({"rotate": -5}, "`rotate` .* `-5`"),
        ({"scale": 0}, "`scale` .* `0`"),
        ({"fill_method": "wrap"}, "`'wrap'`"),
    ],
)
def test_refused_amounts(picture: np.ndarray, arguments: dict, words: str) -> None:
    with pytest.raises(TransformError, match=words):
        random_transform(picture, **arguments)


def test_refusals(picture: np.ndarray) -> None:
    with pytest.raises(TransformError, match="`zx` must be a number above 0, but it is `0`"):
        apply_affine_transform(picture, zx=0)
    with pytest.raises(TransformError, match=r"`theta` .* `nan`"):
        apply_affine_transform(picture, theta=float("nan"))
    with pytest.raises(TransformError, match=r"`\(3,\)`"):
        apply_affine_transform(np.ones(3))
