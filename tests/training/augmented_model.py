"""A small model that draws at random in every way, and pictures for it."""

import keras
import numpy as np
from keras import layers

from coursetools.training import set_seed


def build() -> keras.Model:
    """Build and compile the model; its first weights are always the same."""
    set_seed(7)
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1)]),
            layers.Conv2D(4, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
    return model


PICTURES = np.random.default_rng(3).random((40, 8, 8, 3), dtype="float32")
LABELS = (PICTURES.mean((1, 2, 3)) > 0.5).astype("float32")
VALID = (PICTURES[:8], LABELS[:8, None])
