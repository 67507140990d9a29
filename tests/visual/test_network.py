"""The diagrams of base and head, with the numbers of the model they were given."""

import keras
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from coursetools.visual.alt import alt_text
from coursetools.visual.head import head_diagram
from coursetools.visual.inputs import NetworkError, ProbabilityError
from coursetools.visual.layers import HeadSizes, WeightCount, count_weights, head_sizes
from coursetools.visual.network import base_and_head, strongest_maps
from coursetools.visual.weights import trainable_bar
from visual import fake_keras


def words(figure: object) -> list[str]:
    return [text.get_text() for ax in figure.axes for text in ax.texts]  # type: ignore[attr-defined]


def test_shapes_stand_on_the_arrows(pictures: np.ndarray) -> None:
    figure = base_and_head(fake_keras.base(), pictures[0], units=(16, 1), probability=0.25)
    shown = words(figure)
    assert "16×16×3" in shown
    assert "2×2×5" in shown
    assert "100\nweights" in shown
    assert "Flatten\nDense 16\nDense 1" in shown
    assert "0.25" in shown
    text = alt_text(figure)
    assert "5 feature maps, shape 2×2×5" in text
    assert "probability of Truck against Car: 0.25" in text


def test_an_open_answer_is_a_question_mark(pictures: np.ndarray) -> None:
    figure = base_and_head(fake_keras.base(), pictures[0])
    assert "?" in words(figure)
    assert "not asked yet" in alt_text(figure)


def test_the_maps_are_the_bases_own() -> None:
    maps = np.zeros((2, 2, 4))
    maps[..., 2], maps[..., 0] = 3, 1
    assert strongest_maps(maps, 2)[0, 0].tolist() == [3, 1]


def test_diagram_refusals(pictures: np.ndarray) -> None:
    with pytest.raises(NetworkError, match=r"`\(16, 16, 3\)`, but this one has `\(8, 8, 3\)`"):
        base_and_head(fake_keras.base(), pictures[0, :8, :8])
    flat = fake_keras.base()
    flat.output_shape = (None, 7)
    with pytest.raises(NetworkError, match=r"`\(7,\)`"):
        base_and_head(flat, pictures[0])
    with pytest.raises(ProbabilityError, match="`2`"):
        base_and_head(fake_keras.base(), pictures[0], probability=2)


def test_weights_are_counted_one_by_one() -> None:
    assert count_weights(fake_keras.base()) == WeightCount(trainable=0, frozen=100)
    assert count_weights(fake_keras.base(trainable=True)) == WeightCount(trainable=100, frozen=0)
    assert count_weights(fake_keras.classifier(3)) == WeightCount(3 * 20 + 3 + 3 + 1, 100)


def test_bar_of_a_whole_model() -> None:
    figure = trainable_bar(fake_keras.classifier(3))
    shown = words(figure)
    assert "100 frozen (59.9%)" in shown
    assert "67 trainable (40.1%)" in shown
    assert "base (small_base): 100 frozen, 0 trainable, 100 in all." in alt_text(figure)
    assert "head: 0 frozen, 67 trainable, 67 in all." in alt_text(figure)


def test_bar_before_and_after_freezing() -> None:
    before = count_weights(fake_keras.base(trainable=True))
    figure = trainable_bar(fake_keras.base(), before=before)
    assert {"before", "now", "100 trainable", "100 frozen"} <= set(words(figure))
    assert "Before: 0 frozen, 100 trainable." in alt_text(figure)


def test_bar_is_to_scale() -> None:
    figure = trainable_bar(fake_keras.classifier(3))
    rectangles = [p for p in figure.axes[0].patches if isinstance(p, Rectangle)]
    parts = [p.get_width() for p in rectangles if p.get_edgecolor() != p.get_facecolor()][:2]
    assert parts[0] / parts[1] == pytest.approx(100 / 67)


@pytest.mark.parametrize("given", [3, None, "model"])
def test_no_model_is_named(given: object) -> None:
    with pytest.raises(NetworkError, match=f"this is `{type(given).__name__}`"):
        trainable_bar(given)
    with pytest.raises(NetworkError, match=f"this is `{type(given).__name__}`"):
        head_diagram(given)


def test_a_model_without_weights_is_refused() -> None:
    with pytest.raises(NetworkError, match="`0` weights"):
        trainable_bar(fake_keras.Model("empty"))
    unbuilt = fake_keras.classifier(3)
    unbuilt.built = False
    with pytest.raises(NetworkError, match=r"`167` weights so far.*keras\.Input"):
        trainable_bar(unbuilt)


def test_sizes_of_a_head() -> None:
    sizes = head_sizes(fake_keras.classifier(6))
    assert sizes == HeadSizes((2, 2, 5), 20, "Flatten", (6, 1), ("relu", "sigmoid"))
    assert sizes.weights == (20 * 6 + 6, 6 + 1)


def test_a_head_in_a_model_of_its_own_and_a_separate_activation() -> None:
    model = fake_keras.classifier(6)
    flatten, hidden, answer = model.layers[1:]
    hidden.activation = None
    inner = [flatten, hidden, fake_keras.ReLU(name="relu", output_shape=(None, 6)), answer]
    model.layers[1:] = [fake_keras.Model("head", layers=inner)]
    assert head_sizes(model).activations == ("relu", "sigmoid")


def test_diagram_of_a_head() -> None:
    figure = head_diagram(fake_keras.classifier(6))
    shown = words(figure)
    assert "20 × 6 + 6\n= 126 weights" in shown
    assert "6 × 1 + 1\n= 7 weights" in shown
    assert {"2×2×5", "20", "6 units", "1 unit", "ReLU", "sigmoid"} <= set(shown)
    assert alt_text(figure).endswith("133 weights in all.")


@pytest.mark.parametrize("units", [1, 2, 16, 17, 24, 300])
def test_any_number_of_units_can_be_drawn(units: int) -> None:
    figure = head_diagram(fake_keras.classifier(units))
    circles = [p for p in figure.axes[0].patches if getattr(p, "radius", 0) > 0.05]
    # The answer is one more; of many units two are left out for the dots.
    assert len(circles) == 1 + (units if units <= 16 else 14)


def test_head_refusals() -> None:
    without = fake_keras.classifier()
    del without.layers[1]
    with pytest.raises(NetworkError, match=r"`\['hidden', 'answer'\]`"):
        head_diagram(without)
    with pytest.raises(NetworkError, match="could be its base"):
        head_diagram(fake_keras.base())


def test_a_base_without_a_shape_is_named() -> None:
    model = fake_keras.classifier()
    model.layers[0].output_shape = None
    with pytest.raises(NetworkError, match=r"`small_base` is not known.*keras\.Input"):
        head_diagram(model)


def test_a_keras_model_that_was_never_called() -> None:
    inputs = keras.Input((8, 8, 3))
    base = keras.Model(inputs, keras.layers.Conv2D(4, 3, strides=2, padding="same")(inputs))
    model = keras.Sequential(
        [
            base,
            keras.layers.Flatten(),
            keras.layers.Dense(6, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    sizes = head_sizes(model)
    assert sizes == HeadSizes((4, 4, 4), 64, "Flatten", (6, 1), ("relu", "sigmoid"))
    model.build((None, 8, 8, 3))
    assert sum(sizes.weights) == sum(layer.count_params() for layer in model.layers[1:])
    assert count_weights(model).total == model.count_params()
