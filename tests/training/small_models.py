"""Small pictures and small models with a frozen base, for the tests of `fit`."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from coursetools.training import set_seed

SIDE = 8
_RANDOM = np.random.default_rng(7)
PICTURES = _RANDOM.random((50, SIDE, SIDE, 3), dtype=np.float32)
LABELS = (PICTURES[:, :4].mean((1, 2, 3)) > PICTURES[:, 4:].mean((1, 2, 3))).astype("float32")
LABELS = LABELS[:, None]
TRAIN = slice(0, 32)
VALID = slice(32, 50)


def datasets(batch: int = 12) -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """As the course's own: cached, shuffled anew in every epoch, batched, prefetched."""
    train = tf.data.Dataset.from_tensor_slices((PICTURES[TRAIN], LABELS[TRAIN]))
    valid = tf.data.Dataset.from_tensor_slices((PICTURES[VALID], LABELS[VALID]))
    train = train.cache().shuffle(32, seed=5, reshuffle_each_iteration=True).batch(batch)
    return train.prefetch(2), valid.cache().batch(batch).prefetch(2)


def base(*, frozen: bool = True, extra: tuple[keras.Layer, ...] = ()) -> keras.Model:
    inputs = keras.Input((SIDE, SIDE, 3))
    x = layers.Conv2D(6, 3, padding="same")(inputs)
    x = layers.BatchNormalization()(x)
    y = layers.ReLU()(x)
    for layer in extra:
        y = layer(y)
    x = layers.Add()([x, y])
    network = keras.Model(inputs, layers.MaxPooling2D()(x))
    network.trainable = not frozen
    return network


def head() -> list[keras.Layer]:
    return [
        layers.Flatten(),
        layers.Dense(5, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]


def sequential() -> keras.Model:
    return keras.Sequential([base(), *head()])


def functional() -> keras.Model:
    inputs = keras.Input((SIDE, SIDE, 3))
    x = base()(inputs, training=False)
    for layer in head():
        x = layer(x)
    return keras.Model(inputs, x)


def dropping_out() -> keras.Model:
    """A functional model with dropout between base and head."""
    inputs = keras.Input((SIDE, SIDE, 3))
    x = base()(inputs)
    x = layers.Dropout(0.5)(layers.Flatten()(x))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


def inlined() -> keras.Model:
    """The head's layers are called on the base's own output."""
    network = base()
    x = network.output
    for layer in head():
        x = layer(x)
    return keras.Model(network.input, x)


def head_of_its_own() -> keras.Model:
    return keras.Sequential([layers.Rescaling(2.0), base(), keras.Sequential(head())])


def wrapped() -> keras.Model:
    """A model in a model in a model: the cut lies two levels down."""
    return keras.Sequential([keras.Sequential([keras.Sequential([base(), *head()])])])


def half_frozen() -> keras.Model:
    """The first convolution is frozen, the second is trained."""
    inputs = keras.Input((SIDE, SIDE, 3))
    frozen = layers.Conv2D(16, 3, name="first")
    frozen.trainable = False
    x = layers.ReLU()(frozen(inputs))
    x = layers.Conv2D(2, 3, name="second")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


def rich_head() -> keras.Model:
    """Everything a head may have that does something else while training."""
    return keras.Sequential(
        [
            base(),
            layers.GlobalAveragePooling2D(),
            layers.Dense(8, kernel_regularizer="l2", activity_regularizer="l2"),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.Dropout(0.4),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def compiled(build: Callable[[], keras.Model], **arguments: object) -> keras.Model:
    """Build a model with a fixed seed and compile it as the lesson does."""
    set_seed(31415)
    model = build()
    settings = {"loss": "binary_crossentropy", "metrics": ["binary_accuracy"], **arguments}
    model.compile(optimizer=keras.optimizers.Adam(0.01), **settings)
    return model
