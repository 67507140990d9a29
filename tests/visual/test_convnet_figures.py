"""The figures of lesson 5: networks to scale, blocks, augmented pictures, gaps and spreads."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.operations import Augmentation, Convnet
from coursetools.visual import (
    Change,
    CurvesError,
    LabelError,
    NetworkError,
    PictureError,
    alt_text,
    augmented_batch,
    block_chain,
    block_inside,
    class_changes,
    draw_gaps,
    draw_spread,
    last_gap,
    many_versions,
    network_to_scale,
    parameter_bars,
    spread_words,
)
from coursetools.visual.box_row import box_columns
from coursetools.visual.network_plan import plan_of
from visual.fake_keras import Model, base
from visual.golden import Golden

ASKED = Augmentation(mirror=True, rotation=20, contrast=0.3)


def words(figure: Any) -> str:
    return " ".join(text.get_text() for ax in figure.axes for text in ax.texts)


def runs() -> dict[str, dict[str, list[float]]]:
    steps = np.linspace(0, 1, 8)
    return {
        "plain": {
            "loss": list(0.7 - 0.65 * steps),
            "val_loss": list(0.68 - 0.2 * steps + 0.35 * steps**2),
            "binary_accuracy": list(0.5 + 0.49 * steps),
            "val_binary_accuracy": list(0.5 + 0.3 * steps),
        },
        "augmented": {
            "loss": list(0.7 - 0.4 * steps),
            "val_loss": list(0.69 - 0.33 * steps),
            "accuracy": list(0.5 + 0.36 * steps),
            "val_accuracy": list(0.5 + 0.33 * steps),
        },
    }


def test_the_lessons_network_is_drawn_with_its_numbers(golden: Golden) -> None:
    figure = network_to_scale()
    assert "291,405 parameters; the last maps see 24 of 128 pixels across" in words(figure)
    text = alt_text(figure)
    for said in (
        "Block 1: Conv 5×5 gives 128×128×32 with 2,432 weights, MaxPool gives 64×64×32",
        "Dense 6 with 196,614 weights",
        "Together 291,405 parameters.",
    ):
        assert said in text
    golden(figure, "network-to-scale")


@pytest.mark.parametrize(
    "settings",
    [{}, {"blocks": 4, "convolutions": 3, "filters": 64}, {"blocks": 1, "size": 32}],
    ids=["the lesson's", "large", "small"],
)
def test_boxes_are_to_scale_and_stay_in_their_row(settings: dict[str, int]) -> None:
    plan = plan_of(Convnet(**settings))
    columns = box_columns(plan, left=1.0, width=7.0, tall=1.5, least=1.2, middle=2.0)
    boxes = [box for column in columns for box in column.boxes]
    shapes = [plan.picture, *(layer.shape for layer in plan.maps)]
    np.testing.assert_allclose(
        [box.tall for box in boxes], [1.5 * shape[0] / plan.picture[0] for shape in shapes]
    )
    channels = np.array([shape[2] for shape in shapes[1:]])
    deep = np.array([box.deep for box in boxes[1:]])
    np.testing.assert_allclose(deep / channels, deep[-1] / channels[-1], rtol=0.35)
    ends = [box.left + box.width for box in boxes]
    assert all(one.left > end for one, end in zip(boxes[1:], ends, strict=False))
    assert boxes[0].left >= 1.0
    assert ends[-1] <= 8.0 + 1e-6
    np.testing.assert_allclose([box.low + box.height / 2 for box in boxes], 2.0)


def test_the_bars_have_the_weights_of_each_layer(golden: Golden) -> None:
    figure = parameter_bars()
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    assert widths == [2_432, 18_496, 73_856, 196_614, 7]
    assert "196,614 (67%)" in words(figure)
    assert "Dense 6 has 196,614 (67%)" in alt_text(figure)
    golden(figure, "parameter-bars")


def test_models_that_cannot_be_drawn_to_scale() -> None:
    answer = Model("answer", output_shape=(None, 1))
    with pytest.raises(NetworkError, match="must have convolutions or poolings"):
        network_to_scale(Model("flat", layers=[answer]))
    outer = base()
    inner = base()
    inner.layers = [type("Conv2D", (), {"name": "conv"})()]
    outer.layers = [inner]
    with pytest.raises(NetworkError, match=r"get_layer\('small_base'\)"):
        network_to_scale(outer)
    unknown = base()
    unknown.input_shape = (None, None, None, 3)
    with pytest.raises(NetworkError, match="fixed size"):
        network_to_scale(unknown)


def test_a_chain_of_blocks(golden: Golden) -> None:
    figure = block_chain(3)
    assert "block 3: parts of things" in alt_text(figure)
    assert "Block 4" not in words(figure)
    golden(figure, "block-chain")
    with pytest.raises(ValueError, match="`5`"):
        block_chain(5)


def test_the_inside_of_a_block(scene: np.ndarray, golden: Golden) -> None:
    figure = block_inside(scene)
    assert "filters: 48×48×4" in words(figure)
    assert "condenses: 24×24×4" in words(figure)
    assert "times" not in words(figure)
    assert "2 times" in words(block_inside(scene, 2))
    golden(figure, "block-inside")
    with pytest.raises(ValueError, match="`4`"):
        block_inside(scene, 4)


def test_one_picture_many_ways(scene: np.ndarray, golden: Golden) -> None:
    figure = many_versions(scene, ASKED, seed=3)
    assert len(figure.axes) == 17
    assert "turned by up to 20 degrees" in figure.get_suptitle()
    assert "16 of 16 differ" in alt_text(figure)
    golden(figure, "many-versions")


def test_a_layer_is_called_in_training_and_its_result_drawn(scene: np.ndarray) -> None:
    asked: list[Any] = []

    def brighter(pictures: np.ndarray, *, training: bool) -> np.ndarray:
        asked.append((pictures.shape, training))
        return pictures + 2.0

    figure = many_versions(scene, brighter, count=3, title="brighter")
    assert asked == [((3, 48, 48, 3), True)]
    assert figure.get_suptitle() == "Brighter"
    shown = figure.axes[1].get_images()[0].get_array()
    assert float(np.min(shown)) == 1.0


def test_a_layer_that_gives_another_shape(scene: np.ndarray) -> None:
    with pytest.raises(PictureError, match=r"must give back the shape"):
        many_versions(scene, lambda pictures, training: pictures[:, :4])


def test_a_batch_keeps_its_labels(pictures: np.ndarray, labels: np.ndarray) -> None:
    figure = augmented_batch(pictures, Augmentation(brightness=0.3), labels)
    assert [ax.get_title(loc="center") for ax in figure.axes[:8]] == ["Car"] * 4 + ["Truck"] * 4
    first, second = (figure.axes[place].get_images()[0].get_array() for place in (0, 8))
    assert np.abs(np.ptp(np.asarray(second) - np.asarray(first))) < 0.31
    assert (np.asarray(first) != np.asarray(second)).any()
    assert "8 are changed" in alt_text(figure)
    with pytest.raises(LabelError):
        augmented_batch(pictures, ASKED, [0, 1])


def test_gaps_are_measured_and_shaded(golden: Golden) -> None:
    figure = draw_gaps(runs())
    assert [text.get_text().strip() for text in figure.axes[1].texts] == ["0.03"]
    assert "0.19" in words(figure)
    assert "plain, 8 epochs" in alt_text(figure)
    assert "a gap of 0.19 at the end" in alt_text(figure)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    golden(figure, "gaps")
    assert last_gap(runs()["plain"]) == pytest.approx(0.19)
    assert last_gap(runs()["plain"], measure="loss") == pytest.approx(0.83 - 0.05)
    assert "a gap of 0.78 at the end" in alt_text(draw_gaps(runs(), measure="loss"))


def test_gaps_that_cannot_be_drawn() -> None:
    with pytest.raises(CurvesError, match="`short` has no `val_binary_accuracy`"):
        draw_gaps({"short": {"loss": [1.0], "binary_accuracy": [0.5]}})
    with pytest.raises(CurvesError, match="not `0`"):
        draw_gaps({})
    with pytest.raises(ValueError, match="'f1'"):
        draw_gaps(runs(), measure="f1")


def test_dots_with_their_spread(golden: Golden) -> None:
    results = {"without": [0.81, 0.82, 0.79], "with": [0.83, 0.85, 0.82]}
    figure, ax = plt.subplots(figsize=(8, 2.6), layout="constrained")
    draw_spread(results, ax, pictures=400)
    assert [text.get_text().strip() for text in ax.texts][:2] == ["0.807", "0.833"]
    assert "±0.019" in ax.texts[-1].get_text()
    assert "The dots overlap." in alt_text(figure)
    golden(figure, "spread")
    assert "The dots do not overlap." in spread_words({"a": [0.7, 0.8], "b": [0.81, 0.9]})


def test_results_that_are_no_accuracies() -> None:
    with pytest.raises(CurvesError, match="empty"):
        draw_spread({})
    with pytest.raises(CurvesError, match=r"`results\['a'\]`"):
        draw_spread({"a": [81.0]})
    with pytest.raises(CurvesError, match="`pictures`"):
        draw_spread({"a": [0.8]}, pictures=0)


def test_the_lessons_class_changes(golden: Golden) -> None:
    figure = class_changes()
    text = alt_text(figure)
    assert "half a turn: class changed, the 6 has become a 9" in text
    assert "a quarter turn: same class" in text
    golden(figure, "class-changes")


def test_a_verdict_is_a_sign_too(scene: np.ndarray) -> None:
    figure = class_changes([Change(scene, scene, "nothing", True, "it is the same")])
    assert "✓ nothing" in words(figure)
    with pytest.raises(PictureError, match="empty"):
        class_changes([])
