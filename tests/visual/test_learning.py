"""A kernel at several steps of its training."""

import numpy as np
import pytest

from coursetools.operations import right_sobel
from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import CurvesError
from coursetools.visual.learning import kernel_frames
from coursetools.visual.maps import KernelError
from visual.golden import Golden

FRAMES = [right_sobel * share for share in (0.0, 0.5, 0.9)]


def test_frames_with_their_steps_and_what_is_missing() -> None:
    figure = kernel_frames(FRAMES, right_sobel, steps=[0, 10, 1000])
    assert [ax.get_title() for ax in figure.axes] == [
        "step 0",
        "step 10",
        "step 1,000",
        "to be found",
    ]
    assert [ax.get_xlabel() for ax in figure.axes] == ["off by 2", "off by 1", "off by 0.2", ""]
    assert [text.get_text() for text in figure.axes[2].texts][:3] == ["\u22120.9", "0", "0.9"]
    assert "Largest difference at each step: 2.00, 1.00, 0.20." in alt_text(figure)


def test_frames_share_a_scale() -> None:
    figure = kernel_frames(FRAMES, right_sobel)
    shares = [ax.images[0].get_array()[1, 2] for ax in figure.axes]
    np.testing.assert_allclose(shares, [0.5, 0.75, 0.95, 1])


def test_the_loss_is_marked_at_the_frames(golden: Golden) -> None:
    losses = 2.0 ** -np.arange(11)
    figure = kernel_frames(FRAMES, right_sobel, steps=[0, 4, 10], losses=losses)
    line, dots = figure.axes[-1].get_lines()
    np.testing.assert_allclose(line.get_ydata(), losses)
    assert dots.get_xdata().tolist() == [0, 4, 10]
    assert figure.axes[-1].get_yscale() == "log"
    assert "The loss goes from 1 to 0.000977." in alt_text(figure)
    golden(figure, "kernel-frames")


def test_without_a_target() -> None:
    figure = kernel_frames(FRAMES)
    assert len(figure.axes) == 3
    assert "difference" not in alt_text(figure)


def test_refusals() -> None:
    with pytest.raises(KernelError, match="2 to 8 kernels, but there are `1`"):
        kernel_frames(FRAMES[:1])
    with pytest.raises(KernelError, match=r"`\[\(2, 2\), \(3, 3\)\]`"):
        kernel_frames(FRAMES, np.ones((2, 2)))
    with pytest.raises(KernelError, match=r"`frames\[1\]`"):
        kernel_frames([right_sobel, np.ones(3)])
    with pytest.raises(CurvesError, match="`2` steps for 3 frames"):
        kernel_frames(FRAMES, steps=[0, 1])
    with pytest.raises(CurvesError, match="last frame's 9, but it holds `4`"):
        kernel_frames(FRAMES, steps=[0, 1, 9], losses=[1, 2, 3, 4])
