"""A picture covered at every place."""

import numpy as np
import pytest

from coursetools.operations.covering import CoverError, cover_places, covered


def test_every_pixel_is_covered() -> None:
    places = cover_places((10, 12), patch=4, stride=3)
    assert places[:4] == ((0, 0), (0, 3), (0, 6), (0, 8))
    assert places[-1] == (6, 8)
    image = np.random.default_rng(0).random((10, 12, 3), dtype=np.float32)
    changed = covered(image, places, 4) != image
    assert changed.any(axis=-1).any(axis=0).all()
    assert (changed.any(axis=-1).sum(axis=(1, 2)) == 16).all()


def test_the_patch_has_the_mean_colour_and_the_picture_is_left_alone() -> None:
    image = np.zeros((4, 4, 3), np.float32)
    image[:2] = (1, 0.5, 0)
    before = image.copy()
    made = covered(image, [(0, 0)], 2)
    np.testing.assert_allclose(made[0, 0, 0], [0.5, 0.25, 0])
    np.testing.assert_array_equal(image, before)


def test_refuses_a_patch_larger_than_the_picture() -> None:
    with pytest.raises(CoverError, match="`9`"):
        cover_places((8, 20), 9, 2)
    with pytest.raises(CoverError, match="shape"):
        covered(np.zeros((4, 4)), [(0, 0)], 2)
