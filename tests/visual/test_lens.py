"""A picture under kernels as lenses."""

import numpy as np
import pytest

from coursetools.operations import bottom_sobel, convolve, edge
from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import PictureError
from coursetools.visual.lens import kernel_lenses
from coursetools.visual.maps import KernelError
from coursetools.visual.steps import greyed
from visual.golden import Golden


def test_each_lens_shows_its_kernels_map(scene: np.ndarray) -> None:
    figure = kernel_lenses(scene, {"edge": edge, "sobel": bottom_sobel})
    assert [ax.get_title() for ax in figure.axes] == ["edge", "sobel"]
    for ax, kernel in zip(figure.axes, (edge, bottom_sobel), strict=True):
        picture, lens = ax.images
        np.testing.assert_allclose(picture.get_array(), greyed(scene), atol=1e-6)
        answers = convolve(greyed(scene), kernel, padding="same")
        shown = np.asarray(lens.get_array())
        np.testing.assert_allclose(shown * (answers[24, 30] / shown[24, 30]), answers, atol=1e-4)
        assert lens.get_clip_path() is not None
    assert "edge: answers from" in alt_text(figure)


def test_says_only_what_lies_within_the_lens() -> None:
    dot = np.zeros((40, 40))
    dot[5, 30] = 1
    on, beside = (
        alt_text(kernel_lenses(dot, {"edge": edge}, center=center, radius=0.1))
        for center in ((5 / 39, 30 / 39), (0.8, 0.2))
    )
    assert "from -1 to 8" in on
    assert "from 0 to 0" in beside


def test_refusals(scene: np.ndarray) -> None:
    with pytest.raises(KernelError, match="names `0`"):
        kernel_lenses(scene, {})
    with pytest.raises(KernelError, match=r"`mine` .* `\(9,\)`"):
        kernel_lenses(scene, {"mine": np.ones(9)})
    with pytest.raises(ValueError, match=r"they are `0` and `\(0.5, 0.5\)`"):
        kernel_lenses(scene, {"edge": edge}, radius=0)
    with pytest.raises(ValueError, match=r"`\(0.5, 2\)`"):
        kernel_lenses(scene, {"edge": edge}, center=(0.5, 2))
    with pytest.raises(PictureError):
        kernel_lenses(scene[..., :2], {"edge": edge})


def test_looks_as_stored(scene: np.ndarray, golden: Golden) -> None:
    figure = kernel_lenses(scene, {"edge": edge, "bottom_sobel": bottom_sobel}, center=(0.6, 0.4))
    golden(figure, "kernel-lenses")
