"""Accuracy against the number of pictures; dead and living heads."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.visual.activity import draw_activity, zero_share
from coursetools.visual.alt import alt_text
from coursetools.visual.data_size import draw_data_size
from coursetools.visual.inputs import CurvesError

TABLE = {64: [0.8, 0.9], 32: [0.6, 0.7]}


def test_means_and_spread_are_said_in_order() -> None:
    _, ax = plt.subplots()
    assert draw_data_size(TABLE, ax, here=(64, 0.85)) is ax
    assert alt_text(ax.figure).endswith(
        "with its spread over 2 seeds: 32 pictures 0.65 (0.60 to 0.70) and "
        "64 pictures 0.85 (0.80 to 0.90). Measured just now: 0.85 with 64 pictures."
    )
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["32", "64"]


@pytest.mark.parametrize("table", [{}, {32: []}, {32: [1.2]}, {0: [0.5]}, {32: [np.nan]}])
def test_impossible_tables_are_refused(table: dict[int, list[float]]) -> None:
    with pytest.raises(CurvesError, match="`"):
        draw_data_size(table)


def test_share_of_zeros() -> None:
    assert zero_share([[0.0, 1.0], [0.0, 0.0]]) == 0.75
    assert zero_share(np.zeros((5, 6))) == 1.0
    with pytest.raises(CurvesError, match=r"`\(3,\)`"):
        zero_share(np.zeros(3))


def test_two_heads_side_by_side() -> None:
    figure = draw_activity(
        {"alive": {"loss": [0.7, 0.2]}, "dead": {"loss": [0.6931, 0.6931]}},
        {"alive": [[0.0, 1.0], [2.0, 3.0]], "dead": np.zeros((2, 2))},
    )
    text = alt_text(figure)
    assert "alive: training loss from 0.7000 to 0.2000 in 2 epochs" in text
    assert "its 2 hidden units output 0 in 25% of cases" in text
    assert "dead: training loss from 0.6931 to 0.6931" in text
    assert "output 0 in 100% of cases" in text
    shown = [label.get_text() for label in figure.axes[1].texts]
    assert shown == ["50%", "0%", "alive", "100%", "100%", "dead"]


def test_runs_and_activations_must_be_of_the_same_names() -> None:
    with pytest.raises(CurvesError, match=r"`\['a', 'b'\]` and `\['a'\]`"):
        draw_activity({"a": {"loss": [1]}, "b": {"loss": [1]}}, {"a": np.zeros((1, 1))})
