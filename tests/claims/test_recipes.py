"""What the stored runs of lesson 5 and the claims are trained with."""

import importlib
from types import ModuleType

import keras
import numpy as np
import pytest
from keras import layers

from coursetools.training import load_runs, load_trained


@pytest.fixture(scope="module")
def convnets() -> ModuleType:
    return importlib.import_module("convnets")


def test_the_networks_have_the_parameters_that_are_named(convnets: ModuleType) -> None:
    made = {
        "three blocks": (128, convnets.three_blocks()),
        "small": (32, convnets.small_network()),
        "small, augmented": (32, convnets.small_augmented()),
        "normalized": (32, convnets.normalized(0.99)),
    }
    counts = {
        name: keras.Sequential([keras.Input((side, side, 3)), *parts]).count_params()
        for name, (side, parts) in made.items()
    }
    assert counts == {
        "three blocks": 291_405,
        "small": 17_809,
        "small, augmented": 17_809,
        "normalized": 52_129,
    }


def test_the_stored_network_is_the_one_of_the_stored_run(convnets: ModuleType) -> None:
    lesson_5 = importlib.import_module("lesson_5")
    model = keras.Sequential([keras.Input((128, 128, 3)), *convnets.three_blocks()])
    model.set_weights(list(load_trained("three-blocks").values()))
    pictures = convnets.load_large()
    right = (model.predict(pictures.valid_images, verbose=0) > 0.5) == pictures.valid_labels
    run = next(run for run in load_runs("plain-convnet")[1:] if run.seed == lesson_5.NOTEBOOK_SEED)
    # Stored as float16: a picture at the edge may change sides.
    assert right.mean() == pytest.approx(run.history["val_binary_accuracy"][-1], abs=0.01)
    assert right.mean() > lesson_5.LEARNED


def test_a_dead_hidden_layer_is_told_from_a_living_one(convnets: ModuleType) -> None:
    images = np.random.default_rng(1).random((6, 4, 4, 3), dtype="float32")
    shares = []
    for bias in (-1000.0, 1000.0):
        hidden = layers.Dense(
            3, activation="relu", bias_initializer=keras.initializers.Constant(bias)
        )
        model = keras.Sequential(
            [keras.Input((4, 4, 3)), layers.Flatten(), hidden, layers.Dense(1)]
        )
        shares.append(convnets.share_of_zeros(model, images))
    assert shares == [1.0, 0.0]


def test_validation_by_features_is_what_the_whole_model_says() -> None:
    augmented = importlib.import_module("augmented")
    draw = np.random.default_rng(2)
    images = draw.random((12, 8, 8, 3), dtype="float32")
    labels = draw.integers(2, size=(12, 1)).astype("float32")
    base = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3)])
    base.trainable = False
    head = keras.Sequential([keras.Input((6, 6, 4)), layers.Flatten(), layers.Dense(1, "sigmoid")])
    whole = keras.Sequential([keras.Input((8, 8, 3)), *augmented.changes(), base, *head.layers])
    for model in (head, whole):
        model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
    logs: dict = {"loss": 0.5}
    features = base.predict(images, verbose=0)
    augmented._Validation(head, features, labels).on_epoch_end(0, logs)
    said = whole.evaluate(images, labels, verbose=0, return_dict=True)
    assert logs == {
        "loss": 0.5,
        "val_loss": pytest.approx(said["loss"], abs=1e-5),
        "val_binary_accuracy": pytest.approx(said["binary_accuracy"]),
    }


def test_views_differ_from_each_other_and_come_out_the_same_again(
    convnets: ModuleType,
) -> None:
    augmented = importlib.import_module("augmented")
    images = np.random.default_rng(3).random((5, 8, 8, 3), dtype="float32")
    labels = np.zeros((5, 1), "float32")
    pictures = convnets.Pictures(images, labels, images, labels)
    same = keras.Sequential([keras.Input((8, 8, 3)), layers.Rescaling(1.0)])
    views, again = (augmented.make_views(pictures, same) for _ in range(2))
    assert views.shape == (augmented.VIEWS, 5, 8, 8, 3)
    np.testing.assert_array_equal(views, again)
    assert len({view.tobytes() for view in views}) == augmented.VIEWS
    assert views.min() >= 0
    assert views.max() <= 1
