"""Data sets and arrays of pictures, turned into features that run in the same order."""

from __future__ import annotations

from typing import Protocol

import keras
import numpy as np
import tensorflow as tf

from coursetools.training.features import PICTURES_AT_ONCE, FeatureStore, FrozenPart, Memory

KEY = "coursetools_features"
"""Marks features, so that a training step can tell them from pictures."""

SHARE_KNOWN = 0.5
"""If fewer pictures of the second epoch's first batch are known, they change as they are read."""


class FeatureSource(Protocol):
    """Pictures whose features are computed once."""

    def features(self) -> object:
        """Return {KEY: features} in a form that `model.fit` takes where pictures stood."""


class FeatureDataset:
    """A data set of (pictures, labels, ...) that looks up features as it is read.

    Every time an iterator over a shuffled data set is made, its next order is drawn; and Keras
    makes more of them than it uses. Only a data set that is mapped, and left alone otherwise,
    gives `model.fit` the orders it would have had.
    """

    def __init__(
        self, dataset: tf.data.Dataset, frozen: FrozenPart, memory: Memory, *, shown: bool
    ) -> None:
        """Wrap a data set; `shown` allows a sentence to be printed."""
        self._dataset = dataset
        self._store = FeatureStore(frozen, memory)
        self._shown = shown
        self._batches = int(dataset.cardinality())  # negative where it is not known
        self._read = 0

    def features(self) -> tf.data.Dataset:
        """Return a data set of ({KEY: features}, labels, ...)."""
        feature = self._store.frozen.feature

        def swap(pictures: tf.Tensor, *others: object) -> tuple:
            features = tf.numpy_function(self._look_up, [pictures], feature.dtype)
            return {KEY: tf.ensure_shape(features, (None, *feature.shape))}, *others

        return self._dataset.map(swap).prefetch(2)

    def _look_up(self, pictures: np.ndarray) -> np.ndarray:
        features, known = self._store.look_up(pictures)
        if self._read == self._batches:  # this is the second epoch's first
            self._judge(len(pictures), known)
        self._read += 1
        return features

    def _judge(self, seen: int, known: int) -> None:
        """Keep features no longer if they turn out not to be used again."""
        if self._store.full or known >= SHARE_KNOWN * seen:
            return
        self._store.close()
        if self._shown:
            print(
                f"\nOf the first {seen} pictures of the second epoch, {known} were seen in the "
                "first: the pictures change as they are read. Their features are computed anew "
                "in every epoch, which takes as long as `model.fit`."
            )


class FeatureArray:
    """An array of pictures (n, ...); Keras itself shuffles the features as it would them."""

    def __init__(self, pictures: np.ndarray, frozen: FrozenPart, *, shown: bool) -> None:
        """Wrap pictures, at least one; `shown` allows a line of progress."""
        self._pictures = pictures
        self._frozen = frozen
        self._shown = shown

    def features(self) -> dict[str, np.ndarray]:
        """Compute and return {KEY: features}, shape (n, ...)."""
        count = len(self._pictures)
        bar = keras.utils.Progbar(count, verbose=int(self._shown), unit_name="picture")
        chunks = []
        for start in range(0, count, PICTURES_AT_ONCE):
            chunks.append(self._frozen(self._pictures[start : start + PICTURES_AT_ONCE]))
            bar.add(len(chunks[-1]))
        return {KEY: np.concatenate(chunks)}
