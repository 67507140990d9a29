"""Features: what the frozen part of a model makes of each picture, computed once and kept.

A picture is found again by its content, not by its place, so any order of any data set will do:
shuffled, repeated, or with pictures that were never seen before. The key is Python's 64-bit hash
of the picture's bytes; among 10,000 different pictures the chance that any two share a key is
below one in 10**11.
"""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from coursetools.training.prefix import Cut

PICTURES_AT_ONCE = 64


class FrozenPart:
    """The frozen part of a model, ready to be called on arrays of pictures."""

    def __init__(self, model: keras.Model, cut: Cut, picture: tf.TensorSpec) -> None:
        """Prepare the part before `cut`; `picture` is shape (without batch) and dtype of one."""
        dtype = model.inputs[0].dtype

        def run(pictures: tf.Tensor) -> tf.Tensor:
            features = tf.cast(pictures, dtype)
            for part in cut.frozen:
                features = part(features)
            return features

        batch = tf.TensorSpec((None, *picture.shape), picture.dtype)
        self._run = tf.function(run, input_signature=[batch])
        output = self._run.get_concrete_function().structured_outputs
        self.feature = tf.TensorSpec(output.shape[1:], output.dtype)
        """Shape (without batch) and dtype of one picture's features."""

    @property
    def bytes_a_picture(self) -> int:
        """Memory that the features of one picture take."""
        return self.feature.shape.num_elements() * self.feature.dtype.size

    def __call__(self, pictures: np.ndarray) -> np.ndarray:
        """Return the features of pictures (batch, ...), at least one, in their order."""
        chunks = [
            self._run(tf.constant(pictures[start : start + PICTURES_AT_ONCE])).numpy()
            for start in range(0, len(pictures), PICTURES_AT_ONCE)
        ]
        return chunks[0] if len(chunks) == 1 else np.concatenate(chunks)


class Memory:
    """Bytes that may still be used; shared by the stores of one call of `fit`."""

    def __init__(self, limit: int) -> None:
        """Start with `limit` bytes."""
        self.limit = limit
        self._left = limit

    def take(self, size: int) -> bool:
        """Reserve `size` bytes; False, and nothing reserved, if there are not so many left."""
        if size > self._left:
            return False
        self._left -= size
        return True


class FeatureStore:
    """Features by picture; when the memory is used up, the others are computed each time."""

    def __init__(self, frozen: FrozenPart, memory: Memory) -> None:
        """Start empty."""
        self.frozen = frozen
        self._memory = memory
        self._rows: dict[int, np.ndarray] = {}
        self.full = False
        """Whether a picture's features could not be kept."""

    def look_up(self, pictures: np.ndarray) -> tuple[np.ndarray, int]:
        """Return the features of a batch (batch, ...), and how many of them were known."""
        keys = [hash(picture.tobytes()) for picture in pictures]
        new = {key: place for place, key in enumerate(keys) if key not in self._rows}
        if not new:
            return np.stack([self._rows[key] for key in keys]), len(keys)
        known = sum(key in self._rows for key in keys)
        computed = self.frozen(pictures[list(new.values())])
        rows = dict(zip(new, computed, strict=True))
        features = np.stack([rows[key] if key in rows else self._rows[key] for key in keys])
        self._keep(rows, computed.nbytes)
        return features, known

    def close(self) -> None:
        """Forget all features and keep none from now on."""
        self.full = True
        self._rows.clear()

    def _keep(self, rows: dict[int, np.ndarray], size: int) -> None:
        if not self.full and self._memory.take(size):
            self._rows.update(rows)
        else:
            self.full = True
