"""The figures of lesson 3: what they draw, the numbers below it, and what they refuse."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.operations import (
    MapError,
    ShiftError,
    WindowError,
    circle,
    convolve,
    edge,
    relu,
    two_dots,
)
from coursetools.visual import (
    LabelError,
    PictureError,
    ProbabilityError,
    alt_text,
    averages_figure,
    channel_figure,
    distinct_table,
    draw_shift_accuracy,
    equivariance_figure,
    flatten_or_average,
    max_against_average,
    pool_arithmetic,
    pooling_pictures,
    pooling_steps,
    separating_channels,
    shift_figure,
    show_dead_space,
    standard_errors,
)
from coursetools.visual.equivariance import difference_inside
from visual.golden import Golden


@pytest.fixture
def ring() -> np.ndarray:
    return circle([64, 64], val=1.0, r_shrink=4)


@pytest.fixture
def detected(scene: np.ndarray) -> np.ndarray:
    return relu(convolve(scene.mean(axis=-1), edge))


def below(figure: plt.Figure) -> list[str]:
    return [ax.get_xlabel() for ax in figure.axes]


def written(figure: plt.Figure) -> list[str]:
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def test_dead_space_is_grey_and_its_share_stands_above(
    detected: np.ndarray, golden: Golden
) -> None:
    detected[:20] = 0
    detected[20:] += 0.1
    figure, ax = plt.subplots(figsize=(4, 4))
    assert show_dead_space(detected, ax) is ax
    zero = 20 / 46
    assert ax.get_title(loc="left") == f"{zero:.0%} of the map is zero"
    assert f"the {zero:.1%} of it that are 0" in alt_text(figure)
    assert ax.images[0].get_array().mask.mean() == pytest.approx(zero)
    golden(figure, "dead-space")


def test_rounding_is_dead_space_too() -> None:
    values = np.zeros((4, 4))
    values[0, 0], values[1] = 5, 1e-7
    ax = show_dead_space(values[None, ..., None])
    assert ax.get_title(loc="left") == "94% of the map is zero"


def test_dead_space_needs_relu() -> None:
    with pytest.raises(ValueError, match=r"the least here is `-1`\. Pass the map through ReLU"):
        show_dead_space(-np.eye(3))


def test_four_numbers_become_one(golden: Golden) -> None:
    figure = pool_arithmetic()
    assert "2 by 2: 4, 5; 6, 7." in alt_text(figure)
    numbers = [text for text in written(figure) if text.isdigit()]
    assert numbers == [*"1302421506712034", *"4567"]
    golden(figure, "pool-arithmetic")
    average = pool_arithmetic(kind="average")
    assert "The mean of each 2 by 2 window gives 2 by 2: 2.5, 2; 2, 3.75." in alt_text(average)


def test_refused_arithmetic() -> None:
    with pytest.raises(MapError, match=r"even sides of at most 8, but the shape is `\(3, 4\)`"):
        pool_arithmetic(np.ones((3, 4)))
    with pytest.raises(ValueError, match="`'min'`"):
        pool_arithmetic(kind="min")


def test_condensing_at_equal_size(ring: np.ndarray, golden: Golden) -> None:
    figure = pooling_steps({"ring": ring})
    assert below(figure) == [
        "64\u00d764, 3.8% active",
        "32\u00d732, 9.8% active",
        "16\u00d716, 20.3% active",
        "8\u00d78, 43.8% active",
        "4\u00d74, 75.0% active",
    ]
    widths = {round(ax.get_position().width, 3) for ax in figure.axes}
    assert len(widths) == 1
    golden(figure, "pooling-steps")


def test_near_dots_merge_and_far_dots_stay(golden: Golden) -> None:
    dots = {"near": two_dots([64, 64]), "far": two_dots([64, 64], 10, 40)}
    figure = pooling_steps(dots, count="lit")
    assert [text.split()[1] for text in below(figure)] == list("2221122222")
    assert "8 by 8 with 1 cell active" in alt_text(figure)
    golden(figure, "pooled-dots")


def test_rows_share_one_scale() -> None:
    figure = pooling_steps({"a": np.eye(4), "b": 3 * np.eye(4)}, 1)
    assert [float(ax.images[0].get_array().max()) for ax in figure.axes] == pytest.approx(
        [1 / 3, 1 / 3, 1, 1]
    )


def test_refused_steps(ring: np.ndarray) -> None:
    with pytest.raises(ValueError, match="`'sum'`"):
        pooling_steps(ring, count="sum")
    with pytest.raises(ValueError, match="at least one map"):
        pooling_steps({})
    with pytest.raises(ShiftError, match="`'median'`"):
        pooling_steps(ring, kind="median")


def test_max_keeps_a_thin_line_s_height(golden: Golden) -> None:
    figure = max_against_average()
    text = alt_text(figure)
    assert "thin line: largest value 1 and mean 0.06 before, 1 and 0.12 after max pooling" in text
    assert "0.5 and 0.06 after average pooling" in text
    golden(figure, "max-against-average")
    assert all(picture.shape == (16, 16) for picture in pooling_pictures().values())
    assert "mine: largest" in alt_text(max_against_average({"mine": np.eye(4)}))


def test_shifts_are_compared_and_counted(ring: np.ndarray, golden: Golden) -> None:
    figure = shift_figure(ring)
    assert "All 49 shifts give 49, 49, 49, 45, 1 different results." in alt_text(figure)
    assert below(figure)[9] == "the same"  # 1 to the right, after four pools
    assert below(figure)[5] == "220 cells differ"
    assert [text for text in written(figure) if "give" in text][-1] == "49 shifts give\n1 result"
    golden(figure, "shifted-ring")


def test_the_table_of_distinct_results(ring: np.ndarray) -> None:
    table = distinct_table(ring)
    assert table.loc["max"].tolist() == [49, 49, 49, 45, 1]
    assert table.loc["average"].tolist() == [49] * 5
    assert table.loc["skip"].tolist() == [49, 49, 49, 38, 2]
    assert list(table.columns) == ["before", "1 pool", "2 pools", "3 pools", "4 pools"]


def test_refused_shifts(ring: np.ndarray) -> None:
    with pytest.raises(ValueError, match="at least one pair"):
        shift_figure(ring, [])
    with pytest.raises(ShiftError, match="`'wrap'`"):
        shift_figure(ring, kind="wrap")


def test_maps_move_along(scene: np.ndarray, golden: Golden) -> None:
    figure = equivariance_figure(scene, edge, shift=4)
    assert below(figure)[3:] == [
        "moved by 4, difference 0",
        "moved by 4, difference 0",
        "moved by 2, difference 0",
    ]
    assert "the pooled map moves by 2" in alt_text(figure)
    golden(figure, "equivariance")


def test_the_difference_is_measured_not_said() -> None:
    still = np.arange(80, dtype=np.float32).reshape(8, 10)
    moved = np.roll(still, 2, axis=1)
    assert difference_inside(still, moved, 2) == 0
    moved[1, 5] += 0.5
    assert difference_inside(still, moved, 2) == 0.5
    assert difference_inside(still, moved, 2, rim=2) == 0  # row 1 is rim


def test_refused_equivariance(scene: np.ndarray) -> None:
    for shift in (3, 0, 24):
        with pytest.raises(ValueError, match=rf"even number .* `48`, but it is `{shift}`"):
            equivariance_figure(scene, edge, shift)
    with pytest.raises(PictureError):
        equivariance_figure(scene * 255.5, edge)


def test_accuracy_has_its_standard_error(golden: Golden) -> None:
    figure, ax = plt.subplots()
    draw_shift_accuracy([0, 1, 2], [0.9, 0.8, 0.5], 100, ax)
    assert "0.900 at 0, 0.800 at 1, 0.500 at 2; one standard error is 0.030 to 0.050" in alt_text(
        figure
    )
    band = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert (band.min(), band.max()) == pytest.approx((0.45, 0.93))
    golden(figure, "shift-accuracy")
    assert standard_errors([0.5], 25) == pytest.approx([0.1])


def test_refused_accuracy() -> None:
    with pytest.raises(ProbabilityError, match="`accuracy`"):
        draw_shift_accuracy([0, 1], [0.9], 10)
    with pytest.raises(ProbabilityError, match="empty"):
        draw_shift_accuracy([], [], 10)
    with pytest.raises(ValueError, match="`0`"):
        draw_shift_accuracy([0], [0.9], 0)


def test_eight_maps_become_eight_numbers(golden: Golden) -> None:
    maps = np.random.default_rng(0).random((5, 5, 8)) * np.linspace(0.2, 1, 8)
    figure = averages_figure(maps)
    found = [text for text in written(figure) if text]
    assert found == [f"{maps[..., channel].mean():.2f}" for channel in range(8)]
    assert ", ".join(found) in alt_text(figure)
    golden(figure, "averages")
    listed = averages_figure([maps[..., channel] for channel in range(8)])
    assert alt_text(listed) == alt_text(figure)


def test_refused_maps() -> None:
    with pytest.raises(MapError, match="least value is `-1`"):
        averages_figure(-np.ones((2, 2, 3)))
    with pytest.raises(MapError, match="there are `13`"):
        averages_figure(np.ones((2, 2, 13)))
    with pytest.raises(MapError, match="one shape"):
        averages_figure([np.ones((2, 2)), np.ones((3, 3))])
    with pytest.raises(MapError, match=r"`\(2, 2\)`"):
        averages_figure(np.ones((2, 2)))


def test_what_flatten_and_averages_cost(golden: Golden) -> None:
    figure = flatten_or_average()
    text = alt_text(figure)
    assert "20,480 numbers, so a dense layer of 1 has 20,481 weights" in text
    assert "1,280 numbers, one a map, and 1,281 weights" in text
    assert {"20,481 weights", "1,281 weights"} <= set(written(figure))
    golden(figure, "flatten-or-average")
    assert "401,424 weights" in alt_text(flatten_or_average((7, 7, 512), 16))
    with pytest.raises(MapError, match=r"`\(4, 4\)`"):
        flatten_or_average((4, 4))  # type: ignore[arg-type]
    with pytest.raises(WindowError, match=r"`channels` .* `0`"):
        flatten_or_average((4, 4, 0))


def channels() -> np.ndarray:
    """Averages of four pictures a class: channel 2 says the class, 5 less so, 1 never moves."""
    values = np.random.default_rng(3).random((8, 7)).astype(np.float32)
    values[:, 1] = 0.3
    values[:, 2] = [0.1, 0.2, 0.1, 0.2, 0.8, 0.9, 0.8, 0.95]
    values[:, 5] = [0.9, 0.7, 0.9, 0.6, 0.4, 0.5, 0.2, 0.3]
    return values


def test_channels_that_separate_come_first(labels: np.ndarray) -> None:
    table = separating_channels(channels(), labels, 7)
    assert table["channel"].tolist()[:2] == [2, 5]
    assert table["channel"].tolist()[-1] == 1
    assert table["difference"].tolist()[-1] == 0
    assert table["difference"][0] > 0 > table["difference"][1]
    assert table["mean of class 0"][0] == pytest.approx(0.15)
    assert len(separating_channels(channels(), labels, 3)) == 3


def test_channels_show_what_lights_them(
    pictures: np.ndarray, labels: np.ndarray, golden: Golden
) -> None:
    figure = channel_figure(channels(), labels, pictures, 4)
    assert (
        "Channel 2: mean 0.15 for Car, 0.86 for Truck, 12.3 spreads apart; most in "
        "Truck, Truck, Truck." in alt_text(figure)
    )
    # The brightest channel's first picture is the one with the largest average.
    np.testing.assert_allclose(figure.axes[1].images[0].get_array(), pictures[7], atol=1e-6)
    golden(figure, "channels")


def test_refused_channels(pictures: np.ndarray, labels: np.ndarray) -> None:
    with pytest.raises(MapError, match=r"`\(8,\)`"):
        separating_channels(np.ones(8), labels)
    with pytest.raises(LabelError):
        separating_channels(channels(), labels[:4])
    with pytest.raises(ValueError, match="all are of `0`"):
        separating_channels(channels(), np.zeros(8))
    with pytest.raises(ValueError, match=r"`count` .* `0`"):
        separating_channels(channels(), labels, 0)
    with pytest.raises(MapError, match="`8` rows of averages, but `4` pictures"):
        channel_figure(channels(), labels, pictures[:4])
