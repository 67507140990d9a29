"""Accuracy against the number of pictures."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

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
