"""Random versions of a picture: each transformation alone, and what they keep."""

from typing import Any

import numpy as np
import pytest

from coursetools.operations.augmentation import (
    Augmentation,
    AugmentationError,
    turned_hue,
    versions,
)

ALL: dict[str, Any] = {
    "mirror": True, "upside_down": True, "rotation": 20, "shift": 0.1, "zoom": 0.2,
    "contrast": 0.4, "brightness": 0.2, "hue": 0.2,
}  # fmt: skip


@pytest.fixture
def picture() -> np.ndarray:
    return np.random.default_rng(0).random((9, 12, 3), dtype=np.float32)


def test_nothing_asked_changes_nothing(picture: np.ndarray) -> None:
    assert Augmentation().used() == ()
    np.testing.assert_array_equal(versions(picture, Augmentation(), 4), np.stack([picture] * 4))


@pytest.mark.parametrize("name", ["mirror", "upside_down"])
def test_mirrors_about_half_the_versions(picture: np.ndarray, name: str) -> None:
    flipped = picture[:, ::-1] if name == "mirror" else picture[::-1]
    made = versions(picture, Augmentation(**{name: True}), 200)
    is_flipped = (made == flipped).all(axis=(1, 2, 3))
    assert ((made == picture).all(axis=(1, 2, 3)) ^ is_flipped).all()
    assert 70 < is_flipped.sum() < 130


def test_a_quarter_turn_is_exact() -> None:
    square = np.random.default_rng(1).random((8, 8, 3), dtype=np.float32)
    turned = versions(square, Augmentation(rotation=180), 400, seed=3)
    angles = np.random.default_rng(3).uniform(-1, 1, (400, 9))[:, 2] * 180
    for quarter in (-90, 90):
        nearest = int(np.argmin(np.abs(angles - quarter)))
        # One degree moves no pixel of eight to a neighbour, or only a few.
        same = (turned[nearest] == np.rot90(square, quarter // 90)).all(axis=-1)
        assert same.mean() > 0.9


def test_shifts_stay_within_their_share() -> None:
    spot = np.zeros((40, 40, 1), np.float32)
    spot[20, 20] = 1
    places = [np.argwhere(one[..., 0])[0] for one in versions(spot, Augmentation(shift=0.2), 200)]
    moved = np.array(places) - 20
    assert np.abs(moved).max() <= 8
    assert (moved.min(axis=0) <= -6).all()
    assert (moved.max(axis=0) >= 6).all()


def test_zoom_makes_things_larger_and_smaller() -> None:
    square = np.zeros((60, 60, 1), np.float32)
    square[20:40, 20:40] = 1
    areas = versions(square, Augmentation(zoom=0.5), 200).sum(axis=(1, 2, 3))
    assert areas.max() > 1.9 * 400
    assert areas.min() < 0.37 * 400


def test_contrast_keeps_the_mean_and_brightness_the_distances() -> None:
    grey = np.linspace(0.3, 0.7, 48, dtype=np.float32).reshape(4, 4, 3)
    stretched = versions(grey, Augmentation(contrast=0.5), 100)
    np.testing.assert_allclose(stretched.mean(axis=(1, 2)), [grey.mean(axis=(0, 1))] * 100, 1e-4)
    spread = np.ptp(stretched[..., 0], axis=(1, 2)) / np.ptp(grey[..., 0])
    assert 0.5 <= spread.min() < 0.6
    assert 1.4 < spread.max() <= 1.5001
    lifted = versions(grey, Augmentation(brightness=0.2), 100) - grey
    np.testing.assert_allclose(np.ptp(lifted, axis=(1, 2, 3)), 0, atol=1e-6)
    assert 0.15 < np.abs(lifted).max() <= 0.2001


def test_a_third_of_the_circle_makes_red_green() -> None:
    red = np.tile(np.float32([1, 0, 0]), (2, 2, 1))
    np.testing.assert_allclose(turned_hue(red, 1 / 3)[0, 0], [0, 1, 0], atol=1e-6)
    np.testing.assert_allclose(turned_hue(red, 1.0), red, atol=1e-6)
    grey = np.full((2, 2, 3), 0.4, np.float32)
    np.testing.assert_allclose(turned_hue(grey, 0.3), grey, atol=1e-6)


def test_one_more_transformation_leaves_the_draws_of_the_others(picture: np.ndarray) -> None:
    plain = versions(picture, Augmentation(mirror=True), 30, seed=5)
    lifted = versions(picture, Augmentation(mirror=True, brightness=0.01), 30, seed=5)
    assert np.abs(plain - lifted).max() <= 0.0101


def test_a_seed_repeats_and_values_stay_in_range(picture: np.ndarray) -> None:
    asked = Augmentation(**ALL)
    assert asked.used() == tuple(ALL)
    first, again, other = (versions(picture, asked, 8, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert first.shape == (8, 9, 12, 3)
    assert first.dtype == np.float32
    assert first.min() >= 0
    assert first.max() <= 1


def test_refuses_what_is_no_strength_or_no_picture(picture: np.ndarray) -> None:
    with pytest.raises(AugmentationError, match="`rotation` must lie between 0 and 180"):
        Augmentation(rotation=-1)
    with pytest.raises(AugmentationError, match=r"`\(9, 12\)`"):
        versions(picture[..., 0], Augmentation())
    with pytest.raises(AugmentationError, match="`count`"):
        versions(picture, Augmentation(), 0)
