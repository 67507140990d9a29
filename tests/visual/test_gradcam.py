"""Grad-CAM on small models, against the same computed by hand with NumPy."""

import keras
import numpy as np
import pytest

from coursetools.visual.alt import alt_text
from coursetools.visual.following import follow
from coursetools.visual.gradcam import (
    Evidence,
    class_evidence,
    grad_cam,
    heat_map,
    hottest_place,
    target_probability,
)
from coursetools.visual.heat import gradcam_figure, overlay
from coursetools.visual.inputs import NetworkError, PictureError, ProbabilityError

L = keras.layers


@pytest.fixture(scope="module")
def base() -> keras.Model:
    keras.utils.set_random_seed(7)
    inputs = keras.Input((16, 16, 3), name="pictures")
    maps = L.Conv2D(4, 3, activation="relu", padding="same", name="conv")(inputs)
    maps = L.MaxPooling2D(4, name="pool")(maps)
    model = keras.Model(inputs, maps, name="small_base")
    model.trainable = False
    return model


@pytest.fixture(scope="module")
def nested(base: keras.Model) -> keras.Model:
    """A base as one layer of a Sequential; its hidden units are alive for the test's pictures."""
    keras.utils.set_random_seed(8)
    model = keras.Sequential(
        [base, L.Flatten(), L.Dense(5, activation="relu"), L.Dense(1, activation="sigmoid")]
    )
    model.build((None, 16, 16, 3))
    model.layers[2].bias.assign([0.3, 0.2, 0.1, 0.3, -0.2])
    return model


def places_by_hand(model: keras.Model, maps: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weighted sum of the maps and the logit, for a head of Flatten, Dense, Dense."""
    hidden, answer = model.layers[-2], model.layers[-1]
    first, bias = (w.numpy().astype(float) for w in hidden.weights)
    second, last_bias = (w.numpy().astype(float) for w in answer.weights)
    entering = maps.reshape(-1) @ first + bias
    # The slope of a ReLU is 1 where it is on; the chain rule multiplies the rest.
    slopes = (first @ ((entering > 0) * second[:, 0])).reshape(maps.shape)
    logit = np.maximum(entering, 0) @ second[:, 0] + last_bias[0]
    return (slopes.mean(axis=(0, 1)) * maps).sum(axis=-1), float(logit)


def test_nested_base_agrees_with_the_chain_rule(
    nested: keras.Model, base: keras.Model, pictures: np.ndarray
) -> None:
    found = class_evidence(nested, pictures)
    for picture, evidence in zip(pictures, found, strict=True):
        maps = np.asarray(base(picture[None], training=False))[0].astype(float)
        places, logit = places_by_hand(nested, maps)
        assert np.abs(places).max() > 1e-3
        np.testing.assert_allclose(evidence.places, places, atol=1e-5)
        assert evidence.probability == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-5)
        assert evidence.reached


def test_heat_is_the_positive_part_on_the_scale_zero_to_one() -> None:
    places = np.array([[2.0, -1.0], [1.0, 0.0]], np.float32)
    evidence = Evidence(places, probability=0.8, reached=True)
    truck = heat_map(evidence, (2, 2))
    assert truck.target == 1
    np.testing.assert_allclose(truck.heat, [[1, 0], [0.5, 0]])
    car = heat_map(evidence, (2, 2), target="car")
    np.testing.assert_allclose(car.heat, [[0, 1], [0, 0]])
    assert target_probability(car) == pytest.approx(0.2)
    assert truck.note == car.note == ""


def test_predicted_means_the_likelier_class() -> None:
    places = np.ones((1, 1), np.float32)
    assert heat_map(Evidence(places, 0.51, True), (2, 2)).target == 1
    assert heat_map(Evidence(places, 0.5, True), (2, 2)).target == 0


def test_heat_has_the_pictures_size(nested: keras.Model, pictures: np.ndarray) -> None:
    cam = grad_cam(nested, pictures[0])
    assert cam.heat.shape == (16, 16)
    assert cam.heat.dtype == np.float32
    assert cam.heat.min() >= 0
    assert cam.heat.max() <= 1


def functional(base: keras.Model, head: list[keras.Layer]) -> keras.Model:
    inputs = keras.Input((16, 16, 3))
    values = base(inputs)
    for layer in head:
        values = layer(values)
    return keras.Model(inputs, values)


def inlined(base: keras.Model, head: list[keras.Layer]) -> keras.Model:
    # A layer that stands in two models has two outputs: these are copies with the same weights.
    values = base.outputs[0]
    for layer in head:
        copy = type(layer).from_config(layer.get_config())
        values = copy(values)
        copy.set_weights(layer.get_weights())
    return keras.Model(base.inputs[0], values)


def with_scaling(base: keras.Model, head: list[keras.Layer]) -> keras.Model:
    return keras.Sequential([keras.Input((16, 16, 3)), L.Rescaling(1.0), base, *head])


def with_augmentation(base: keras.Model, head: list[keras.Layer]) -> keras.Model:
    augment = keras.Sequential([keras.Input((16, 16, 3)), L.RandomFlip("horizontal")])
    return keras.Sequential([keras.Input((16, 16, 3)), augment, base, *head])


def head_of_its_own(base: keras.Model, head: list[keras.Layer]) -> keras.Model:
    return keras.Sequential([keras.Input((16, 16, 3)), base, keras.Sequential(head)])


def sigmoid_apart(base: keras.Model, head: list[keras.Layer]) -> keras.Model:
    last = L.Dense(1)
    last.build((None, 5))
    last.set_weights(head[-1].get_weights())
    return keras.Sequential([base, *head[:-1], last, L.Activation("sigmoid")])


def inlined_sequential(base: keras.Model, head: list[keras.Layer]) -> keras.Model:
    return keras.Sequential([keras.Input((16, 16, 3)), *base.layers[1:], *head])


@pytest.mark.parametrize(
    "build",
    [
        functional,
        inlined,
        inlined_sequential,
        with_scaling,
        with_augmentation,
        head_of_its_own,
        sigmoid_apart,
    ],
)
def test_other_ways_to_build_it_give_the_same(
    build: object, nested: keras.Model, base: keras.Model, pictures: np.ndarray
) -> None:
    model = build(base, nested.layers[1:])  # type: ignore[operator]
    for ours, theirs in zip(
        class_evidence(model, pictures[:2]), class_evidence(nested, pictures[:2]), strict=True
    ):
        np.testing.assert_allclose(ours.places, theirs.places, atol=1e-5)
        assert ours.probability == pytest.approx(theirs.probability, abs=1e-6)


def test_an_inner_layer_can_be_asked_for(nested: keras.Model, pictures: np.ndarray) -> None:
    (evidence,) = class_evidence(nested, pictures[:1], layer="conv")
    assert evidence.places.shape == (16, 16)
    assert np.abs(evidence.places).max() > 0
    with pytest.raises(NetworkError, match="no layer `conv9`"):
        class_evidence(nested, pictures[:1], layer="conv9")


def test_the_model_is_left_as_it_was(nested: keras.Model, pictures: np.ndarray) -> None:
    before = [weight.numpy().copy() for weight in nested.weights]
    state = [layer.trainable for layer in nested.layers]
    grad_cam(nested, pictures[0])
    for old, weight in zip(before, nested.weights, strict=True):
        np.testing.assert_array_equal(old, weight.numpy())
    assert [layer.trainable for layer in nested.layers] == state


def headed(base: keras.Model, hidden_bias: float, last_bias: float = 0.0) -> keras.Model:
    model = keras.Sequential(
        [
            base,
            L.Flatten(),
            L.Dense(
                5, activation="relu", bias_initializer=keras.initializers.Constant(hidden_bias)
            ),
            L.Dense(
                1, activation="sigmoid", bias_initializer=keras.initializers.Constant(last_bias)
            ),
        ]
    )
    model.build((None, 16, 16, 3))
    return model


def test_a_dead_head_is_named(base: keras.Model, pictures: np.ndarray) -> None:
    dead = headed(base, hidden_bias=-1e3)
    cam = grad_cam(dead, pictures[0])
    assert cam.heat.max() == 0
    assert cam.probability == 0.5
    assert "every hidden unit of the head outputs 0" in cam.note
    figure = gradcam_figure(dead, pictures[:1])
    assert "no heat" in figure.axes[1].get_title()
    assert "No gradient reaches the feature maps" in alt_text(figure)


def test_a_sure_network_still_has_heat(base: keras.Model, pictures: np.ndarray) -> None:
    keras.utils.set_random_seed(3)
    sure = headed(base, hidden_bias=1.0, last_bias=200.0)
    (evidence,) = class_evidence(sure, pictures[:1])
    assert evidence.probability == 1.0
    assert evidence.reached
    assert np.abs(evidence.places).max() > 0


def test_nothing_for_a_class_is_named() -> None:
    cam = heat_map(Evidence(np.full((2, 2), -1.0, np.float32), 0.1, True), (4, 4), target="Truck")
    assert cam.note == "No place of this picture speaks for Truck."
    assert hottest_place(cam.heat) == "nowhere"


def test_the_real_base_agrees_with_the_heads_weights() -> None:
    from skimage.data import chelsea

    from coursetools.pretrained import load_pretrained_base

    base = load_pretrained_base(trainable=False)
    model = keras.Sequential([base, L.Flatten(), L.Dense(1, activation="sigmoid")])
    model.build((None, 128, 128, 3))
    cat = np.asarray(keras.ops.image.resize(chelsea()[None, :300, :300] / 255.0, (128, 128)))
    (evidence,) = class_evidence(model, cat)
    maps = np.asarray(base(cat, training=False))[0]
    # With one dense layer the slopes are its weights, laid out as the maps are.
    weights = model.layers[-1].kernel.numpy().reshape(maps.shape)
    by_hand = (weights.mean(axis=(0, 1)) * maps).sum(axis=-1)
    np.testing.assert_allclose(evidence.places, by_hand, atol=1e-4)
    logit = float((weights * maps).sum())
    assert evidence.probability == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-4)


def test_a_model_that_was_never_called_is_built(base: keras.Model, pictures: np.ndarray) -> None:
    fresh = keras.Sequential([base, L.Flatten(), L.Dense(1, activation="sigmoid")])
    assert grad_cam(fresh, pictures[0]).heat.shape == (16, 16)


def test_models_that_cannot_be_followed(base: keras.Model, pictures: np.ndarray) -> None:
    inputs = keras.Input((16, 16, 3))
    flat = L.Flatten()(base(inputs))
    hidden = L.Dense(192, activation="relu")(flat)
    forked = L.Dense(1, activation="sigmoid")(L.Subtract()([hidden, L.Dense(192)(flat)]))
    with pytest.raises(NetworkError, match="head of layers in a row"):
        class_evidence(keras.Model(inputs, forked), pictures[:1])
    shared = L.Dense(192, activation="relu")
    twice = L.Dense(1, activation="sigmoid")(shared(shared(hidden)))
    with pytest.raises(NetworkError, match="they give"):
        class_evidence(keras.Model(inputs, twice), pictures[:1])
    two = keras.Sequential([base, L.Flatten(), L.Dense(2, activation="softmax")])
    with pytest.raises(NetworkError, match=r"`\(1, 2\)`"):
        class_evidence(two, pictures[:1])
    headless = keras.Sequential([keras.Input((16, 16, 3)), base])
    with pytest.raises(NetworkError, match=r"`\(1, 4, 4, 4\)`"):
        class_evidence(headless, pictures[:1])
    with pytest.raises(NetworkError, match="no head to follow"):
        follow(headless)
    flat_only = keras.Sequential([keras.Input((16, 16, 3)), L.Flatten(), L.Dense(1)])
    with pytest.raises(NetworkError, match="no layer gives feature maps"):
        class_evidence(flat_only, pictures[:1])


def test_targets_are_words(nested: keras.Model, pictures: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"'predicted', 'Car' or 'Truck', but it is `'bus'`"):
        grad_cam(nested, pictures[0], target="bus")
    with pytest.raises(PictureError, match=r"`\(16, 16, 2\)`"):
        grad_cam(nested, pictures[0, ..., :2])


def test_hottest_place_in_words() -> None:
    heat = np.zeros((9, 9), np.float32)
    heat[1, 8] = 1
    assert hottest_place(heat) == "top right"
    heat[4, 4] = 2
    assert hottest_place(heat) == "middle centre"


def test_overlay_runs_from_the_picture_to_the_heat(pictures: np.ndarray) -> None:
    heat = np.linspace(0, 1, 256, dtype=np.float32).reshape(16, 16)
    np.testing.assert_allclose(overlay(pictures[0], heat, strength=0), pictures[0], atol=1e-6)
    full = overlay(pictures[0], heat, strength=1)
    assert full.shape == (16, 16, 3)
    assert full[0, 0].sum() < 0.1
    assert full[-1, -1].sum() > 2.5
    with pytest.raises(ValueError, match=r"`\(16, 16\)`, not `\(2, 2\)`"):
        overlay(pictures[0], heat[:2, :2])
    with pytest.raises(ProbabilityError, match="`2`"):
        overlay(pictures[0], heat, strength=2)


def test_figure_says_what_it_shows(
    nested: keras.Model, pictures: np.ndarray, labels: np.ndarray
) -> None:
    figure = gradcam_figure(nested, pictures[3:5], labels[3:5], target="truck")
    text = alt_text(figure)
    for number, evidence in enumerate(class_evidence(nested, pictures[3:5])):
        assert (
            f"probability of Truck {evidence.probability:.2f}" in text.split("Picture ")[number + 1]
        )
    assert "Picture 1, a Car" in text
    assert "Picture 2, a Truck" in text
    assert [ax.get_title() for ax in figure.axes[0:4:2]] == ["is a Car", "is a Truck"]
