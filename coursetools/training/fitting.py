"""`fit`: `model.fit` that computes the output of a frozen base once.

Training a head on a frozen base sends every picture through the base again in every epoch, and
gets the same features every time. Here they are computed in the first epoch and looked up in the
others. The result is that of `model.fit`, up to rounding, since everything else is left to it:
the order of the pictures, the optimizer, the metrics, the callbacks, the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import keras
import tensorflow as tf

from coursetools.training.inputs import Data, build_for, swap_inputs
from coursetools.training.prefix import NoFrozenPrefixError, cut_model
from coursetools.training.steps import training_on_features

TWO_GIBIBYTES = 2 * 2**30


def fit(
    model: keras.Model,
    x: object = None,
    y: object = None,
    *,
    epochs: int = 1,
    verbose: str | int = "auto",
    callbacks: Sequence | None = None,
    validation_data: object = None,
    memory_limit: int = TWO_GIBIBYTES,
    **arguments: object,
) -> keras.callbacks.History:
    """Train a model as `model.fit` does, but send each picture through a frozen base only once.

    Example: `history = fit(model, ds_train, validation_data=ds_valid, epochs=30)`.

    Where the first layers are not frozen, or give random output while training (augmentation,
    dropout), or the data are of a kind that cannot be looked up, this is `model.fit` itself, and
    a printed sentence says why. Progress is shown as by `model.fit`; the first epoch is the slow
    one.

    Args:
        model: A compiled model. It is trained in place.
        x, y: A `tf.data.Dataset` of (pictures, labels) in batches, or two arrays.
        epochs, verbose, callbacks, validation_data: As for `model.fit`; with `verbose=0` nothing is
            printed.
        memory_limit: Bytes of features to keep at most. What does not fit is computed in every
            epoch.
        **arguments: Any other argument of `model.fit`.

    Returns:
        The losses and metrics by epoch; also in `model.history`.

    Raises:
        KeyboardInterrupt: If training is stopped by hand. The model keeps what it has learnt, and
            `model.history` the epochs that were finished.
    """
    options = {"epochs": epochs, "verbose": verbose, "callbacks": callbacks, **arguments}
    if isinstance(x, tf.data.Dataset):
        options.setdefault("shuffle", False)  # it shuffles itself; True would only be a warning
    with _telling_when_stopped(model, shown=verbose != 0):
        try:
            build_for(model, x)
            cut = cut_model(model)
            data = swap_inputs(
                model,
                cut,
                Data(x, y, validation_data),
                shown=verbose != 0,
                memory_limit=memory_limit,
            )
        except NoFrozenPrefixError as reason:
            if verbose != 0:
                print(f"Training with `model.fit` itself, every picture in every epoch: {reason}.")
            return model.fit(x, y, validation_data=validation_data, **options)
        with training_on_features(model, cut):
            return model.fit(data.x, data.y, validation_data=data.validation_data, **options)


@contextmanager
def _telling_when_stopped(model: keras.Model, *, shown: bool) -> Iterator[None]:
    """Say what is left of a training that was stopped by hand."""
    before = getattr(model, "history", None)
    try:
        yield
    except KeyboardInterrupt:
        after = getattr(model, "history", None)
        finished = 0 if after is None or after is before else len(after.epoch)
        if shown:
            print(
                f"\nStopped by hand. The model keeps what it has learnt so far; whole epochs in "
                f"`model.history`: {finished}."
            )
        raise
