"""Lesson 1's own training, cell for cell, to see that its seed gives a living head."""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
from heads import LESSON_EPOCHS
from keras import layers

import coursetools as ct

NAMES = ("hidden_kernel", "hidden_bias", "output_kernel", "output_bias")
OUT_OF_REACH = 0.7
"""Validation accuracy that a head which never started does not reach."""


class LessonSeedError(RuntimeError):
    """The seed of lesson 1 gives a head that does not learn on this data set."""


@dataclass(frozen=True)
class LessonRun:
    """history: as `fit` gives it. head: the head's trained arrays by name, float32."""

    history: dict[str, list[float]]
    head: dict[str, np.ndarray]


def train_lesson_model(seed: int, units: int) -> LessonRun:
    """Load, freeze, attach, compile and fit as the notebook does, with `units` hidden units.

    Raises LessonSeedError if the head does not learn.
    """
    ds_train, ds_valid = ct.load_car_or_truck(profile="reduced")
    base = ct.load_pretrained_base(trainable=False)
    ct.set_seed(seed)
    model = keras.Sequential(
        [
            base,
            layers.Flatten(),
            layers.Dense(units, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["binary_accuracy"])
    history = ct.fit(
        model, ds_train, validation_data=ds_valid, epochs=LESSON_EPOCHS, verbose=0
    ).history
    reached = history["val_binary_accuracy"][-1]
    if reached < OUT_OF_REACH:
        raise LessonSeedError(
            f"With the seed `{seed}` and {units} hidden units lesson 1 ends at a validation "
            f"accuracy of {reached:.3f}. Choose another seed in the notebook and in recipes.py."
        )
    arrays = model.layers[-2].get_weights() + model.layers[-1].get_weights()
    return LessonRun(history, dict(zip(NAMES, arrays, strict=True)))
