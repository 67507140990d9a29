"""Learning curves: what is drawn, marked and said."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from coursetools.visual.alt import alt_text
from coursetools.visual.history import best_epoch, draw_history, overfits
from coursetools.visual.inputs import CurvesError

RUN = {
    "loss": [0.7, 0.5, 0.4, 0.3, 0.2],
    "val_loss": [0.65, 0.5, 0.45, 0.5, 0.6],
    "binary_accuracy": [0.5, 0.7, 0.8, 0.9, 0.95],
    "val_binary_accuracy": [0.55, 0.7, 0.75, 0.74, 0.73],
}


def shades(figure: plt.Figure) -> list[tuple[float, float]]:
    return [
        (patch.get_x(), patch.get_x() + patch.get_width())
        for ax in figure.axes
        for patch in ax.patches
        if hasattr(patch, "get_width")
    ]


def words(figure: plt.Figure) -> list[str]:
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def test_epochs_count_from_one() -> None:
    assert best_epoch(RUN) == 3
    assert best_epoch({"loss": [1.0]}) is None
    assert best_epoch({"loss": [1.0, 1.0], "val_loss": [np.nan, 0.5]}) == 2


def test_a_frame_and_a_mapping_give_the_same() -> None:
    frame = pd.DataFrame(RUN, index=range(1, 6))
    assert alt_text(draw_history(frame)) == alt_text(draw_history(RUN))


def test_overfitting_is_shaded_from_the_best_epoch() -> None:
    figure = draw_history(RUN)
    assert shades(figure) == [(3, 5), (3, 5)]
    assert {"overfitting", "best epoch 3: 0.450", "epoch 3: 0.750"} <= set(words(figure))
    text = alt_text(figure)
    assert "Learning curves of 5 epochs." in text
    assert "Validation loss goes from 0.650 to 0.600." in text
    assert "least, 0.450, at epoch 3; after it the figure is shaded: overfitting." in text


def test_a_healthy_run_is_not_shaded() -> None:
    healthy = RUN | {"val_loss": [0.65, 0.5, 0.45, 0.46, 0.47]}
    assert not overfits(healthy)
    figure = draw_history(healthy)
    assert shades(figure) == []
    assert "overfitting" not in alt_text(figure)


def test_the_lines_are_named_where_they_end() -> None:
    figure = draw_history(RUN)
    for ax, training in zip(figure.axes, (0.2, 0.95), strict=True):
        names = {text.get_text(): text.xy for text in ax.texts if hasattr(text, "xy")}
        assert names["training"][0] == names["validation"][0] == 5
        assert names["training"][1] == pytest.approx(training, abs=0.03)
        assert ax.get_legend() is None


def test_names_of_close_lines_do_not_overlap() -> None:
    figure = draw_history(RUN | {"val_loss": RUN["loss"]})
    figure.canvas.draw()
    boxes = [
        text.get_window_extent()
        for text in figure.axes[0].texts
        if text.get_text() in ("training", "validation")
    ]
    assert len(boxes) == 2
    assert not boxes[0].overlaps(boxes[1])


def test_background_runs_lie_behind() -> None:
    figure = draw_history(RUN, background=[RUN, RUN])
    lines = figure.axes[0].get_lines()
    assert [line.get_alpha() for line in lines[:2]] == [0.3, 0.3]
    assert figure.axes[0].get_title(loc="right") == "faint: 2 other runs"
    assert "validation curves of 2 other runs" in alt_text(figure)


def test_a_run_that_goes_on_leaves_room() -> None:
    figure = draw_history({key: values[:2] for key, values in RUN.items()}, epochs=30)
    assert figure.axes[0].get_xlim()[1] > 30
    assert figure.axes[0].get_xticks()[-1] == 30
    assert not any("best" in word for word in words(figure))


@pytest.mark.parametrize("length", [1, 2, 7, 300])
def test_ticks_are_whole_epochs_within_the_run(length: int) -> None:
    ticks = draw_history({"loss": np.linspace(1, 0, length)}).axes[0].get_xticks()
    assert ticks[0] == 1
    assert ticks[-1] <= length
    assert len(ticks) <= 7
    assert all(tick == int(tick) for tick in ticks)


def test_training_alone_can_be_drawn() -> None:
    text = alt_text(draw_history({"loss": [0.7, 0.6]}))
    assert text == "Learning curves of 2 epochs. Training loss goes from 0.700 to 0.600."


def test_without_a_mark() -> None:
    assert shades(draw_history(RUN, best=False)) == []


def test_a_broken_history_is_refused() -> None:
    with pytest.raises(CurvesError, match="differ in length"):
        draw_history(RUN | {"loss": [1.0]})
    with pytest.raises(CurvesError, match="`background` has no curve called loss"):
        draw_history(RUN, background=[{"val_loss": [1.0]}])
