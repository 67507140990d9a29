"""Training heads on features that the frozen base gave once."""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
from keras import layers

from coursetools.datasets import load_arrays
from coursetools.pretrained import load_pretrained_base
from coursetools.training import set_seed

BATCH = 64
LESSON_UNITS = 6
LESSON_EPOCHS = 30
ADAM_RATE = 0.001  # Keras's default, written down so that the stored words stay true


@dataclass(frozen=True)
class Examples:
    """Features and labels of one part of the set.

    features: float32 (n, 4, 4, 1280). labels: float32 (n, 1), 0 for a car and 1 for a truck.
    """

    features: np.ndarray
    labels: np.ndarray

    def some(self, count: int, seed: int) -> Examples:
        """Draw `count` of them, half of each class."""
        draw = np.random.default_rng(seed)
        chosen = [
            draw.choice(np.flatnonzero(self.labels[:, 0] == label), count // 2, replace=False)
            for label in (0, 1)
        ]
        places = np.sort(np.concatenate(chosen))
        return Examples(self.features[places], self.labels[places])


@dataclass(frozen=True)
class Recipe:
    """How a head is trained.

    seed: for `set_seed`, before the head is built. units: of its hidden layer. epochs: passes over
    the data. rate: Adam's learning rate. pictures: how many to train on, None for all. warm_up: how
    many epochs before those are trained too, but left out of the history.
    """

    seed: int
    units: int = LESSON_UNITS
    epochs: int = LESSON_EPOCHS
    rate: float = ADAM_RATE
    pictures: int | None = None
    warm_up: int = 0


@dataclass(frozen=True)
class Trained:
    """A trained head.

    history: values by epoch for each curve. weights: as `get_weights` gives them. hidden: outputs
    of the hidden layer for the validation pictures, (n, units).
    """

    recipe: Recipe
    history: dict[str, list[float]]
    weights: list[np.ndarray]
    hidden: np.ndarray

    @property
    def share_of_zeros(self) -> float:
        """Share of the hidden layer's outputs that are exactly 0."""
        return float((self.hidden == 0).mean())


def load_examples(part: str, profile: str = "reduced") -> Examples:
    """Run the base over all pictures of a part, `"train"` or `"valid"`."""
    images, labels, _ = load_arrays(part, profile=profile)
    base = load_pretrained_base(trainable=False)
    features = base.predict(images, batch_size=BATCH, verbose=1)
    return Examples(features, np.asarray(labels, np.float32)[:, None])


def build_head(recipe: Recipe, shape: tuple[int, ...] = (4, 4, 1280)) -> keras.Model:
    """Build and compile a head with the weights that the recipe's seed gives."""
    keras.utils.clear_session()  # hundreds are built; what the last one left behind is let go
    set_seed(recipe.seed)
    head = keras.Sequential(
        [
            keras.Input(shape),
            layers.Flatten(),
            layers.Dense(recipe.units, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    head.compile(
        optimizer=keras.optimizers.Adam(recipe.rate),
        loss="binary_crossentropy",
        metrics=["binary_accuracy"],
    )
    return head


def train(recipe: Recipe, train_set: Examples, valid_set: Examples) -> Trained:
    """Train a head by its recipe; the same recipe gives the same numbers on the same machine."""
    chosen = train_set if recipe.pictures is None else train_set.some(recipe.pictures, recipe.seed)
    head = build_head(recipe)
    history = head.fit(
        chosen.features,
        chosen.labels,
        batch_size=BATCH,
        epochs=recipe.warm_up + recipe.epochs,
        validation_data=(valid_set.features, valid_set.labels),
        verbose=0,
    )
    curves = {name: values[recipe.warm_up :] for name, values in history.history.items()}
    weights = head.get_weights()
    return Trained(recipe, curves, weights, hidden_outputs(weights, valid_set))


def hidden_outputs(weights: list[np.ndarray], examples: Examples) -> np.ndarray:
    """Compute the hidden layer's outputs, (n, units)."""
    flat = examples.features.reshape(len(examples.features), -1)
    return np.maximum(flat @ weights[0] + weights[1], 0)
