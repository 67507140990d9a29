"""Training convolutional networks from pictures; a training that was stopped goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np
from keras import layers
from sums import DATA

from coursetools.datasets import load_arrays, load_small
from coursetools.training import fit_resumable, set_seed

BATCH = 64
SCRATCH = DATA.parent / "build" / "histories"
"""Where trainings are kept while they run; it may be deleted at any time."""

Layers = list[Any]


@dataclass(frozen=True)
class Pictures:
    """Both parts of a set.

    images, valid_images: float32 in 0 to 1, (n, side, side, 3). labels, valid_labels: float32
    (n, 1), 0 for a car and 1 for a truck.
    """

    images: np.ndarray
    labels: np.ndarray
    valid_images: np.ndarray
    valid_labels: np.ndarray

    def some(self, count: int) -> Pictures:
        """Give `count` of the training pictures, evenly spaced, and all for validation."""
        places = np.arange(count) * len(self.images) // count
        return replace(self, images=self.images[places], labels=self.labels[places])


@dataclass(frozen=True)
class Convnet:
    """How a network is trained.

    name: of its folder while it runs. what: in words. make: gives its layers, new ones each time.
    optimizer: gives Adam, a new one each time. seed: for `set_seed`, before the layers are made,
    and for the order of the pictures and what augmentation draws. epochs: passes over the data.
    """

    name: str
    what: str
    make: Callable[[], Layers]
    seed: int
    epochs: int
    optimizer: Callable[[], Any] = keras.optimizers.Adam


@dataclass(frozen=True)
class TrainedConvnet:
    """A trained network and its history: values by epoch for each curve."""

    model: keras.Model
    history: dict[str, list[float]]


def load_large(profile: str = "reduced", side: int = 128) -> Pictures:
    """Load the lessons' set, or what was imported in its place, reduced to a side in pixels."""
    images, labels, _ = load_arrays("train", profile=profile, image_size=(side, side))
    valid_images, valid_labels, _ = load_arrays("valid", profile=profile, image_size=(side, side))
    return Pictures(images, _column(labels), valid_images, _column(valid_labels))


def load_little() -> Pictures:
    """Load the small pictures, at 32x32."""
    (images, labels), (valid_images, valid_labels) = load_small("train"), load_small("valid")
    return Pictures(images, _column(labels), valid_images, _column(valid_labels))


def train(recipe: Convnet, pictures: Pictures) -> TrainedConvnet:
    """Train a network, or go on where an earlier call was stopped.

    The same recipe gives the same numbers on the same machine, stopped or not.
    """
    keras.utils.clear_session()
    set_seed(recipe.seed)
    model = keras.Sequential([keras.Input(pictures.images.shape[1:]), *recipe.make()])
    model.compile(
        optimizer=recipe.optimizer(), loss="binary_crossentropy", metrics=["binary_accuracy"]
    )
    history = fit_resumable(
        model,
        pictures.images,
        pictures.labels,
        epochs=recipe.epochs,
        checkpoint=SCRATCH / recipe.name,
        seed=recipe.seed,
        batch_size=BATCH,
        validation_data=(pictures.valid_images, pictures.valid_labels),
        verbose=0,
    )
    return TrainedConvnet(model, history.history)


def share_of_zeros(model: keras.Model, images: np.ndarray) -> float:
    """Give the share of the first dense layer's outputs that are exactly 0; 1 if it is dead."""
    hidden = next(layer for layer in model.layers if isinstance(layer, layers.Dense))
    until = keras.Model(model.inputs, hidden.output)
    return float((until.predict(images, batch_size=BATCH, verbose=0) == 0).mean())


def three_blocks() -> Layers:
    """The lesson's network for pictures of 128x128: 291,405 parameters."""
    made: Layers = []
    for filters, kernel in ((32, 5), (64, 3), (128, 3)):
        made += [
            layers.Conv2D(filters, kernel, activation="relu", padding="same"),
            layers.MaxPool2D(),
        ]
    return [
        *made,
        layers.Flatten(),
        layers.Dense(6, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]


def small_network() -> Layers:
    """The small network for pictures of 32x32: 17,809 parameters."""
    return [
        layers.Conv2D(8, 3, activation="relu", padding="same"),
        layers.MaxPool2D(),
        layers.Conv2D(16, 3, activation="relu", padding="same"),
        layers.MaxPool2D(),
        layers.Flatten(),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]


def small_augmented() -> Layers:
    """The small network behind layers that mirror and shift its pictures in training."""
    return [
        layers.RandomFlip("horizontal"),
        layers.RandomTranslation(0.1, 0.1),
        *small_network(),
    ]


def small_with_dropout() -> Layers:
    """The small network, three tenths of what enters its head left out in training."""
    made = small_network()
    head = next(place for place, one in enumerate(made) if isinstance(one, layers.Dense))
    return [*made[:head], layers.Dropout(0.3), *made[head:]]


def small_normalized() -> Layers:
    """The small network with batch normalization of momentum 0.9 after each convolution."""
    made: Layers = []
    for layer in small_network():
        made.append(layer)
        if isinstance(layer, layers.Conv2D):
            layer.activation = keras.activations.linear
            made += [layers.BatchNormalization(momentum=0.9), layers.ReLU()]
    return made


def normalized(momentum: float) -> Layers:
    """Three blocks with batch normalization for pictures of 32x32, 52,129 parameters."""
    made: Layers = []
    for filters in (16, 32, 48):
        for _ in range(2):
            made += [
                layers.Conv2D(filters, 3, padding="same"),
                layers.BatchNormalization(momentum=momentum),
                layers.ReLU(),
            ]
        made.append(layers.MaxPool2D())
    return [*made, layers.GlobalAveragePooling2D(), layers.Dense(1, activation="sigmoid")]


def _column(labels: np.ndarray) -> np.ndarray:
    return np.asarray(labels, np.float32)[:, None]
