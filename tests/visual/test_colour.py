"""Channels that add up, and many filters on one picture."""

import numpy as np
import pytest

from coursetools.operations import bottom_sobel, convolve, edge, right_sobel
from coursetools.visual.alt import alt_text
from coursetools.visual.channel_sum import channel_sum
from coursetools.visual.filter_bank import many_filters
from coursetools.visual.inputs import PictureError
from coursetools.visual.maps import KernelError, shared_limit
from visual.golden import Golden

SLICES = np.stack([edge / 8, bottom_sobel / 4, right_sobel / 4], axis=-1)


def test_three_answers_add_up_to_the_map(scene: np.ndarray) -> None:
    figure = channel_sum(scene, SLICES, bias=0.5)
    maps = [ax.images[0].get_array() for ax in figure.axes if ax.images][2::3]
    answers = [convolve(scene[..., c], SLICES[..., c]) for c in range(3)]
    total = convolve(scene, SLICES) + 0.5
    limit = shared_limit([*answers, total])
    shown = [np.asarray(one) for one in maps]
    np.testing.assert_allclose(
        shown[0] + shown[1] + shown[2] + 0.5 / limit, total / limit, atol=1e-5
    )
    np.testing.assert_allclose(figure.axes[-1].images[0].get_array(), total / limit, atol=1e-5)
    text = alt_text(figure)
    assert "Green: a 3 by 3 kernel (-0.25, -0.5, -0.25; 0, 0, 0;" in text
    assert "The three answers and a bias of 0.5 are added" in text


def test_one_kernel_serves_all_three_channels(scene: np.ndarray) -> None:
    same = alt_text(channel_sum(scene, edge))
    assert same == alt_text(channel_sum(scene, np.stack([edge] * 3, axis=-1)[..., None]))


def test_channel_sum_refuses(scene: np.ndarray) -> None:
    with pytest.raises(PictureError, match="`1`"):
        channel_sum(scene[..., 0], edge)
    with pytest.raises(KernelError, match=r"`\(3, 3, 2\)`"):
        channel_sum(scene, SLICES[..., :2])


def test_each_filter_makes_its_own_map(scene: np.ndarray) -> None:
    bank = np.random.default_rng(4).normal(size=(3, 3, 3, 6)).astype(np.float32)
    figure = many_filters(scene, bank, columns=3, stride=2, padding="same")
    maps = convolve(scene, bank, stride=2, padding="same")
    limit = shared_limit([maps])
    assert [ax.get_title() for ax in figure.axes[:7]] == ["picture", *map(str, range(6))]
    for number, ax in enumerate(figure.axes[1:7]):
        np.testing.assert_allclose(
            ax.images[0].get_array(), np.clip(maps[..., number] / limit, -99, 99), atol=1e-5
        )
        tile = ax.child_axes[0].images[0].get_array()
        middle = bank[..., number] / np.abs(bank).max() / 2 + 0.5
        np.testing.assert_allclose(tile, middle, atol=1e-5)
    strongest = np.unravel_index(np.abs(maps).argmax(), maps.shape)[-1]
    assert "24 by 24 each, each with its kernel of 3 by 3" in alt_text(figure)
    assert f"filter {strongest} answers most strongly" in alt_text(figure)


def test_a_weak_filter_can_be_seen_on_its_own_scale(scene: np.ndarray) -> None:
    bank = np.stack([SLICES, SLICES / 100], axis=-1)
    shared, own = (many_filters(scene, bank, shared_scale=share) for share in (True, False))
    for figure, weaker in ((shared, 100), (own, 1)):
        strong, weak = (np.asarray(ax.images[0].get_array()) for ax in figure.axes[1:3])
        np.testing.assert_allclose(strong, weak * weaker, atol=1e-4)
        strong, weak = (
            np.asarray(ax.child_axes[0].images[0].get_array()) - 0.5 for ax in figure.axes[1:3]
        )
        np.testing.assert_allclose(strong, weak * weaker, atol=1e-4)


def test_a_silent_filter_stays_silent(scene: np.ndarray) -> None:
    bank = np.stack([SLICES, SLICES / 1e5], axis=-1)
    weak = many_filters(scene, bank, shared_scale=False).axes[2]
    assert np.abs(weak.images[0].get_array()).max() < 0.01
    np.testing.assert_allclose(weak.child_axes[0].images[0].get_array(), 0.5, atol=0.01)


def test_chosen_filters_on_a_grey_picture(scene: np.ndarray) -> None:
    bank = np.random.default_rng(4).normal(size=(3, 3, 1, 40))
    figure = many_filters(scene[..., 0], bank, numbers=[39, 7])
    assert [ax.get_title() for ax in figure.axes[:3]] == ["picture", "39", "7"]
    assert "16 filters" in alt_text(many_filters(scene[..., 0], bank, columns=8))


def test_many_filters_refuses(scene: np.ndarray) -> None:
    bank = np.ones((3, 3, 3, 2))
    with pytest.raises(PictureError, match="`3` channels, but `image` has `1`"):
        many_filters(scene[..., 0], bank)
    with pytest.raises(KernelError, match=r"`\(3, 3, 3\)`"):
        many_filters(scene, bank[..., 0])
    with pytest.raises(KernelError, match="from 0 to 1, but one is `2`"):
        many_filters(scene, bank, numbers=[0, 2])
    with pytest.raises(KernelError, match="empty"):
        many_filters(scene, bank, numbers=[])
    with pytest.raises(ValueError, match=r"`columns` .* `1`"):
        many_filters(scene, bank, columns=1)


def test_look_as_stored(scene: np.ndarray, golden: Golden) -> None:
    golden(channel_sum(scene, SLICES), "channel-sum")
    bank = np.stack([SLICES, -SLICES, SLICES[..., ::-1], np.ones((3, 3, 3)) / 27], axis=-1)
    golden(many_filters(scene, bank, columns=2), "many-filters")
