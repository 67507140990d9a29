"""Let a model train on features in the place of pictures, for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import keras
import tensorflow as tf

from coursetools.training.prefix import Cut
from coursetools.training.source import KEY


class _Trained(keras.layers.Layer):
    """The layers behind the cut as one layer, so that Keras hands them the training mode."""

    def __init__(self, cut: Cut) -> None:
        super().__init__(name="trained_part")
        self.parts = cut.trained
        self.inner_layers = cut.trained_layers  # known to Keras: their penalties are reset

    def call(self, features: tf.Tensor, training: bool | None = None) -> tf.Tensor:
        for part in self.parts:
            features = part(features)
        return features


@contextmanager
def training_on_features(model: keras.Model, cut: Cut) -> Iterator[None]:
    """Within this block `model.fit` takes ({KEY: features}, labels) as well as pictures.

    Only the two steps are exchanged, by the ones below; optimizer, loss, metrics, callbacks and
    history stay the model's own, and its layers are trained in place.
    """
    forward = _forward(model, _Trained(cut))
    functions = model.train_function, model.test_function
    model.train_function = model.test_function = None  # made again, from the steps set below
    model.train_step = _train_step(model, forward)
    model.test_step = _test_step(model, forward)
    try:
        yield
    finally:
        del model.train_step, model.test_step
        model.train_function, model.test_function = functions


def _forward(model: keras.Model, trained: keras.Layer) -> Callable:
    def forward(x: object, training: bool) -> tf.Tensor:
        if isinstance(x, dict) and KEY in x:
            return trained(x[KEY], training=training)
        return model(x, training=training)  # pictures, as from a callback that evaluates

    return forward


def _train_step(model: keras.Model, forward: Callable) -> Callable:
    """Return what `keras.Model.train_step` does, with another way forward."""

    def train_step(data: tuple) -> dict:
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = forward(x, training=True)
            loss = model.compute_loss(x, y, y_pred, sample_weight, training=True)
            _count_loss(model, loss, y_pred)
            scaled = model.optimizer.scale_loss(loss)
        weights = model.trainable_weights
        model.optimizer.apply_gradients(zip(tape.gradient(scaled, weights), weights, strict=True))
        return model.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    return train_step


def _test_step(model: keras.Model, forward: Callable) -> Callable:
    """Return what `keras.Model.test_step` does, with another way forward."""

    def test_step(data: tuple) -> dict:
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = forward(x, training=False)
        loss = model.compute_loss(x, y, y_pred, sample_weight, training=False)
        _count_loss(model, loss, y_pred)
        return model.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    return test_step


def _count_loss(model: keras.Model, loss: tf.Tensor, y_pred: tf.Tensor) -> None:
    """Add a batch to the running mean that a history shows as `loss`."""
    tracker = next(metric for metric in model.metrics if metric.name == "loss")
    tracker.update_state(loss, sample_weight=tf.shape(y_pred)[0])
