"""Lesson 1's own model on real pictures: `fit` with the pretrained base, and the stored head."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from coursetools.datasets import load_arrays
from coursetools.pretrained import load_pretrained_base
from coursetools.training import fit, load_trained, set_seed


@pytest.fixture(scope="module")
def base() -> keras.Model:
    return load_pretrained_base(trainable=False)


@pytest.fixture(scope="module")
def pictures() -> tuple[np.ndarray, np.ndarray]:
    images, labels, _ = load_arrays("valid", profile="reduced")
    chosen = np.arange(0, len(images), 3)[:48]
    return images[chosen], labels[chosen, None].astype("float32")


def lesson_model(base: keras.Model) -> keras.Model:
    set_seed(31415)
    model = keras.Sequential(
        [
            base,
            layers.Flatten(),
            layers.Dense(6, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["binary_accuracy"])
    return model


def test_the_lessons_model_learns_the_same_both_ways(
    base: keras.Model, pictures: tuple[np.ndarray, np.ndarray]
) -> None:
    histories = []
    for train in (keras.Model.fit, fit):
        model = lesson_model(base)
        dataset = tf.data.Dataset.from_tensor_slices(pictures)
        shuffled = dataset.take(32).cache().shuffle(32, seed=4).batch(16)
        valid = dataset.skip(32).batch(16)
        options = {"validation_data": valid, "epochs": 2, "verbose": 0, "shuffle": False}
        histories.append(train(model, shuffled, **options).history)
    plain, ours = histories
    for name in ("loss", "val_loss"):
        assert ours[name] == pytest.approx(plain[name], abs=1e-5)
    for name in ("binary_accuracy", "val_binary_accuracy"):
        assert ours[name] == plain[name]
    assert plain["loss"][0] != pytest.approx(plain["loss"][1], abs=1e-3)


def test_the_stored_head_tells_cars_from_trucks(
    base: keras.Model, pictures: tuple[np.ndarray, np.ndarray]
) -> None:
    model = lesson_model(base)
    arrays = list(load_trained().values())
    model.layers[-2].set_weights(arrays[:2])
    model.layers[-1].set_weights(arrays[2:])
    right = (model.predict(pictures[0], verbose=0) > 0.5) == pictures[1]
    assert right.mean() > 0.65
