"""One seed for everything that draws at random."""

from __future__ import annotations

import keras
import tensorflow as tf


def set_seed(seed: int = 31415) -> None:
    """Make what follows repeatable: the same seed gives the same numbers on the same machine.

    It seeds Python, NumPy and TensorFlow, from which Keras draws its initial weights and its
    dropout masks. Call it in the cell that builds a model, so that running the cell again gives
    the same model. Another machine, or another number of threads, may round differently.

    Args:
        seed: A whole number from 0 to 2**32 - 1.

    Raises:
        ValueError: If the seed is not such a number.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise ValueError(f"A seed is a whole number from 0 to 2**32 - 1. Received: `{seed!r}`.")
    keras.utils.set_random_seed(seed)
    # On a processor TensorFlow's kernels already add in a fixed order; on a GPU some do so only
    # when they are told to, and are slower for it.
    if tf.config.list_physical_devices("GPU"):
        tf.config.experimental.enable_op_determinism()
