"""Every figure has a text: its own, or one made from what is drawn."""

import gc

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.visual.alt import alt_text, describe
from coursetools.visual.images import show_image


def test_own_text_goes_before_all() -> None:
    figure, ax = plt.subplots()
    ax.set_title("A title")
    describe(figure, "  What it\n shows. ")
    assert alt_text(figure) == "What it shows."


def test_empty_text_is_refused() -> None:
    with pytest.raises(ValueError, match="`' '`"):
        describe(plt.figure(), " ")


def test_text_of_a_plot_gives_its_numbers() -> None:
    figure, ax = plt.subplots()
    ax.plot([1, 2, 3], [0.7, 0.2, 0.4], label="loss")
    ax.set(xlabel="epoch", ylabel="loss", title="Training")
    text = alt_text(figure)
    assert text == (
        "Training: horizontal axis: epoch; vertical axis: loss; "
        "loss of 3 points from 0.7 to 0.4, least 0.2, greatest 0.7."
    )


def test_text_of_bars_points_and_pictures() -> None:
    figure, (bars, cloud, picture) = plt.subplots(1, 3)
    bars.bar(["a", "b"], [3, 4.5])
    cloud.scatter([1, 2, 3], [4, 5, 6], label="seeds")
    picture.imshow(np.zeros((3, 4)))
    text = alt_text(figure)
    assert "bars: 3 and 4.5" in text
    assert "seeds of 3 points" in text
    assert "a picture of 4 by 3 pixels" in text


def test_missing_values_are_left_out() -> None:
    figure, ax = plt.subplots()
    ax.plot([np.nan, 0.5, 0.25])
    assert "a line of 2 points from 0.5 to 0.25" in alt_text(figure)


def test_axes_keep_their_text_and_gain_a_title() -> None:
    figure, (left, right) = plt.subplots(1, 2)
    show_image(np.zeros((4, 6, 3)), left)
    left.set_title("A night")
    right.plot([1, 2])
    text = alt_text(figure)
    assert text.startswith("A night: a colour picture of 6 by 4 pixels. ")
    assert "from 1 to 2" in text


def test_empty_figure_says_so() -> None:
    assert alt_text(plt.figure()) == "An empty figure."


def test_a_text_lives_no_longer_than_its_figure() -> None:
    from coursetools.visual import alt

    gc.collect()
    before = len(alt._texts)
    figure = plt.Figure()
    describe(figure, "Short-lived.")
    assert len(alt._texts) == before + 1
    del figure
    gc.collect()
    assert len(alt._texts) == before
