"""The graph of ReLU, and a map before and after it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.operations import MapError, convolve, edge
from coursetools.visual.alt import alt_text
from coursetools.visual.relu import relu_applied, relu_graph
from visual.golden import Golden


def test_the_graph_is_flat_and_then_the_identity() -> None:
    ax = relu_graph(limit=3)
    flat, rising, _ = ax.get_lines()
    assert flat.get_xydata().tolist() == [[-3, 0], [0, 0]]
    assert rising.get_xydata().tolist() == [[0, 0], [3, 3]]
    assert "from -3 to 0" in alt_text(plt.gcf())
    with pytest.raises(ValueError, match=r"`limit` .* `0`"):
        relu_graph(limit=0)


def test_the_graph_looks_as_stored(golden: Golden) -> None:
    figure = plt.figure(figsize=(5, 3.4), layout="constrained")
    relu_graph(figure.add_subplot())
    golden(figure, "relu-graph")


def test_a_map_before_and_after() -> None:
    answers = np.array([[-2.0, -1.0, 0.0], [1.0, 2.0, 4.0]])
    figure = relu_applied(answers)
    before, after, _ = figure.axes
    assert before.images[0].get_clim() == after.images[0].get_clim() == (-1, 1)
    drawn = np.asarray(after.images[0].get_array())
    np.testing.assert_allclose(
        drawn, np.maximum(np.asarray(before.images[0].get_array()), 0), atol=1e-6
    )
    text = alt_text(figure)
    assert "Before: 2 by 3, from -2 to 4, 33% negative, 17% zero." in text
    assert "After: 2 by 3, from 0 to 4, 50% zero." in text
    assert "33% of the values, is struck out" in text


def test_bars_below_zero_are_struck_out() -> None:
    answers = np.random.default_rng(1).normal(size=(40, 40))
    bars = relu_applied(answers).axes[2].patches
    counts = {True: 0.0, False: 0.0}
    for bar in bars:
        middle = bar.get_x() + bar.get_width() / 2
        assert (middle < 0) == bool(bar.get_hatch())
        counts[middle < 0] += bar.get_height()
    assert counts[True] == pytest.approx((answers < 0).mean())
    assert counts[False] == pytest.approx((answers >= 0).mean())


def test_a_map_without_signs_or_values() -> None:
    assert "0% below 0" in {
        t.get_text().split(":")[0] for t in relu_applied(np.eye(4)).axes[2].texts
    }
    relu_applied(np.zeros((4, 4)))
    relu_applied(np.full((1, 3, 3, 1), -2.0))


def test_refusal() -> None:
    with pytest.raises(MapError, match=r"`\(2, 2, 3\)`"):
        relu_applied(np.ones((2, 2, 3)))


def test_looks_as_stored(scene: np.ndarray, golden: Golden) -> None:
    golden(relu_applied(convolve(scene[..., 0], edge)), "relu-applied")
