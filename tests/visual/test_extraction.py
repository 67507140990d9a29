"""Filter, detect, condense: the values, the four panels, the strip."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.operations import (
    NoStopError,
    bottom_sobel,
    circle,
    convolve,
    edge,
    max_pool,
    relu,
)
from coursetools.visual.alt import alt_text
from coursetools.visual.extraction import StepError, show_extraction
from coursetools.visual.inputs import PictureError
from coursetools.visual.maps import KernelError, shared_limit
from coursetools.visual.steps import ActivationError, extract_feature, greyed, three_steps
from coursetools.visual.strip import extraction_strip
from visual.golden import Golden

RING = circle([64, 64], val=1.0, r_shrink=3)


def titles(figure: plt.Figure) -> list[str]:
    return [ax.get_title() for ax in figure.axes]


def captions(figure: plt.Figure) -> list[str]:
    return [ax.get_xlabel() for ax in figure.axes]


def test_three_steps_are_convolution_relu_and_pooling(scene: np.ndarray) -> None:
    steps = three_steps(
        scene, edge, conv_stride=2, conv_padding="same", pool_size=3, pool_padding="valid"
    )
    filtered = convolve(greyed(scene), edge, stride=2, padding="same")
    np.testing.assert_array_equal(steps.filtered, filtered)
    np.testing.assert_array_equal(steps.detected, relu(filtered))
    np.testing.assert_array_equal(steps.condensed, max_pool(relu(filtered), 3))
    assert steps.greyed
    assert not three_steps(RING, edge).greyed


def test_a_kernel_of_three_slices_sees_the_colours(scene: np.ndarray) -> None:
    kernel = np.stack([edge, edge * 0, -edge], axis=-1)
    steps = three_steps(scene, kernel)
    np.testing.assert_allclose(steps.filtered, convolve(scene, kernel), atol=1e-5)
    assert not steps.greyed
    with pytest.raises(PictureError, match="3 channels, but `image` has `1`"):
        three_steps(RING, kernel)


@pytest.mark.parametrize(
    ("activation", "function"),
    [
        ("relu", relu),
        ("linear", lambda x: x),
        (None, lambda x: x),
        ("tanh", np.tanh),
        ("sigmoid", lambda x: 1 / (1 + np.exp(-x))),
        (np.abs, np.abs),
    ],
)
def test_activations(activation: object, function: object) -> None:
    steps = three_steps(RING, edge, activation=activation)  # type: ignore[arg-type]
    expected = function(steps.filtered)  # type: ignore[operator]
    np.testing.assert_allclose(steps.detected, expected, atol=1e-6)


def test_refused_activations() -> None:
    with pytest.raises(ActivationError, match="`'rely'`"):
        three_steps(RING, edge, activation="rely")
    with pytest.raises(ActivationError, match=r"`\(62, 62\)`, but gives `\(62, 1\)`"):
        three_steps(RING, edge, activation=lambda x: x.sum(axis=2, keepdims=True))


def test_extract_feature_keeps_the_axes_of_the_picture() -> None:
    feature = extract_feature(RING[..., None], bottom_sobel)
    assert feature.shape == (32, 32, 1)
    expected = max_pool(relu(convolve(RING, bottom_sobel, padding="same")), 2, padding="same")
    np.testing.assert_array_equal(feature[..., 0], expected)
    np.testing.assert_array_equal(extract_feature(RING, bottom_sobel), expected)
    assert extract_feature(RING, bottom_sobel, pool_size=5).shape == (13, 13)


def test_four_panels_with_their_sizes() -> None:
    figure = show_extraction(RING, bottom_sobel)
    assert titles(figure) == ["Input", "Filter", "Detect", "Condense"]
    assert captions(figure) == [
        "64\u00d764",
        "62\u00d762,  \u22124 to 4",
        "62\u00d762,  0 to 4",
        "31\u00d731,  0 to 4",
    ]
    assert alt_text(figure).startswith(
        "Feature extraction, 4 pictures. Input: a grey picture of 64 by 64. "
        "Filter: 62 by 62, from -4 to 4,"
    )
    assert figure.get_size_inches().tolist() == [10, 10]
    assert plt.gcf() is figure  # so that a cell shows it, whatever follows


def test_maps_share_a_scale_and_zero_is_its_middle() -> None:
    figure = show_extraction(RING, bottom_sobel)
    steps = three_steps(RING, bottom_sobel, pool_stride=2)
    limit = shared_limit([steps.filtered, steps.detected, steps.condensed])
    for ax, values in zip(
        figure.axes[1:], (steps.filtered, steps.detected, steps.condensed), strict=True
    ):
        assert ax.images[0].get_clim() == (-1, 1)
        np.testing.assert_allclose(ax.images[0].get_array(), values / limit, atol=1e-6)


def test_the_settings_of_the_layers() -> None:
    figure = show_extraction(
        RING[..., None],
        edge,
        conv_stride=3,
        conv_padding="same",
        pool_size=(4, 2),
        pool_stride=(2, 1),
        pool_padding="valid",
        figsize=(16, 6),
        subplot_shape=(1, 4),
    )
    sizes = [caption.split(",")[0] for caption in captions(figure)]
    assert sizes == ["64\u00d764", "22\u00d722", "22\u00d722", "10\u00d721"]


def test_some_steps_in_an_order_of_ones_own() -> None:
    figure = show_extraction(RING, edge, ops=["Condense", "Input"], subplot_shape=(1, 2))
    assert titles(figure) == ["Condense", "Input"]


def test_gamma_lifts_weak_answers_after_relu_only() -> None:
    plain, lifted = (show_extraction(RING, edge, gamma=gamma) for gamma in (1.0, 0.5))
    strengths = [
        (old.images[0].get_array(), new.images[0].get_array())
        for old, new in zip(plain.axes, lifted.axes, strict=True)
    ]
    np.testing.assert_array_equal(*strengths[0])
    np.testing.assert_array_equal(*strengths[1])
    for old, new in strengths[2:]:
        np.testing.assert_allclose(new, np.sqrt(old), atol=1e-6)


def test_a_picture_in_colour_is_made_grey(scene: np.ndarray) -> None:
    figure = show_extraction(scene, edge)
    assert captions(figure)[0] == "48\u00d748, made grey"
    assert np.asarray(figure.axes[0].images[0].get_array()).shape == (48, 48, 3)


@pytest.mark.parametrize(
    "picture",
    [
        (RING * 255).astype(np.uint8),
        RING[None, ..., None],
        RING.astype(np.float64).tolist(),
        RING > 0.5,
    ],
    ids=["uint8", "batch of one", "list", "bool"],
)
def test_kinds_of_pictures(picture: object) -> None:
    steps = three_steps(picture, edge)
    np.testing.assert_allclose(steps.filtered, three_steps(RING, edge).filtered, atol=1e-5)


def test_refusals() -> None:
    with pytest.raises(StepError, match="`'Filtered'` is another"):
        show_extraction(RING, edge, ops=("Input", "Filtered"))
    with pytest.raises(StepError, match=r"`\(1, 3\)` has 3 places, but 4"):
        show_extraction(RING, edge, subplot_shape=(1, 3))
    with pytest.raises(StepError, match="empty"):
        show_extraction(RING, edge, ops=())
    with pytest.raises(ValueError, match=r"`gamma` .* `0`"):
        show_extraction(RING, edge, gamma=0)
    with pytest.raises(PictureError, match="divide it by 255"):
        show_extraction(RING * 255, edge)
    with pytest.raises(KernelError, match=r"`\(9,\)`"):
        show_extraction(RING, np.ones(9))
    with pytest.raises(NoStopError):
        show_extraction(RING[:4, :4], np.ones((5, 5)))
    with pytest.raises(NoStopError):
        show_extraction(RING, edge, pool_size=63, pool_padding="valid")


def test_nothing_is_drawn_for_a_refused_picture() -> None:
    with pytest.raises(StepError):
        show_extraction(RING, edge, ops=("Filtered",))
    assert plt.get_fignums() == []


def test_four_panels_look_as_stored(scene: np.ndarray, golden: Golden) -> None:
    golden(
        show_extraction(scene, edge, subplot_shape=(1, 4), figsize=(12, 4), gamma=0.7), "extraction"
    )


def test_the_strip(scene: np.ndarray, golden: Golden) -> None:
    figure = extraction_strip(scene, bottom_sobel)
    words = [text.get_text() for text in figure.axes[0].texts]
    assert {"Input", "Filter", "Detect", "Condense", "ReLU"} <= set(words)
    assert "23\u00d723,  0 to 1.78" in words
    assert "kernel (-1, -2, -1; 0, 0, 0; 1, 2, 1)" in alt_text(figure)
    assert plt.get_fignums() == []
    golden(figure, "extraction-strip")


def test_strips_of_other_shapes(scene: np.ndarray) -> None:
    words = alt_text(extraction_strip(scene[:20], np.ones((5, 3)) / 15, pool_size=3))
    assert "greatest of each 3 by 3 values" in words
    extraction_strip(scene[:, :20], edge)
