"""`fit_resumable`: a training that can be stopped at any time, and goes on where it was.

Stopped and resumed it gives the weights of an unbroken run, bit for bit on the same machine. So
nothing may depend on what came before but the weights and the optimizer's state: the order of the
pictures, and what augmentation and dropout draw, are set anew in each epoch from the seed and the
epoch's number alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np

from coursetools.training.checkpoint import Checkpoint, Stand

VALIDATION_BATCH = 32
"""Pictures asked about at a time: what Keras takes where nothing is said."""


def fit_resumable(
    model: keras.Model,
    pictures: np.ndarray,
    labels: np.ndarray,
    *,
    epochs: int,
    checkpoint: str | os.PathLike[str],
    seed: int = 31415,
    batch_size: int = 64,
    validation_data: object = None,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    verbose: str | int = "auto",
) -> keras.callbacks.History:
    """Train a model and keep it on disk at the end of each epoch; run it again to go on.

    Example: `fit_resumable(model, pictures, labels, epochs=40, checkpoint="plain-convnet")`.

    If the folder holds an earlier run of the same training (the same layers, optimizer, loss,
    seed and pictures), the model takes its weights, and only the epochs that are missing are run;
    if none is missing it is ready at once. Another training's folder is renamed, never overwritten.

    Args:
        model: A compiled model, new: its own weights are replaced by those of an earlier run.
        pictures: Shape (n, height, width, channels); floats as the model takes them, or uint8,
            which is divided by 255 batch by batch and takes a quarter of the memory.
        labels: Shape (n,) or (n, 1).
        epochs: How many epochs there are to be in the end.
        checkpoint: The folder in which the training is kept.
        seed: What order, augmentation and dropout are drawn from, together with the epoch.
        batch_size: Pictures a step.
        validation_data: As for `model.fit`; arrays are handed on batch by batch, without a copy of
            them all, and may be uint8 too.
        callbacks: As for `model.fit`. What a callback remembers itself begins anew on resuming.
        verbose: As for `model.fit`; with 0 nothing is printed.

    Returns:
        The losses and metrics of all epochs, those of earlier runs too.

    Raises:
        CheckpointError: The folder holds this training but is damaged, or cannot be written to.
        KeyboardInterrupt: Training is stopped by hand; whole epochs are kept.
    """
    kept = Checkpoint(checkpoint, _recipe(model, pictures, labels, seed, batch_size))
    stand = kept.load(model) or Stand(0, {})
    if verbose != 0 and stand.epoch:
        ready = stand.epoch >= epochs
        print(
            f"{stand.epoch} epochs are there already, in `{kept.folder}`"
            + ("." if ready else f": going on with epoch {stand.epoch + 1} of {epochs}.")
        )
    data = _Batches(pictures, labels, batch_size, seed)
    earlier = {name: list(values) for name, values in stand.history.items()}
    keeper = _Keeper(kept, earlier)
    try:
        history = model.fit(
            data,
            epochs=epochs,
            initial_epoch=min(stand.epoch, epochs),
            validation_data=_in_batches(validation_data),
            callbacks=[_Draws(data, seed), *callbacks, keeper],
            shuffle=False,
            verbose=verbose,
        )
    except KeyboardInterrupt:
        if verbose != 0:
            print(
                f"\nStopped by hand. {keeper.epochs} whole epochs are kept in `{kept.folder}`; run "
                "this again to go on."
            )
        raise
    history.history = keeper.history
    history.epoch = list(range(keeper.epochs))
    return history


def _in_batches(data: object) -> object:
    """Keras copies whole arrays into a tensor, here 1 GB for 5,000 pictures; so give it batches."""
    match data:
        case (np.ndarray() as pictures, np.ndarray() as labels):
            return _Batches(pictures, labels, VALIDATION_BATCH)
    return data


class _Batches(keras.utils.PyDataset):
    """Pictures as they lie, or in an order that depends on the seed and the epoch alone."""

    def __init__(
        self, pictures: np.ndarray, labels: np.ndarray, batch_size: int, seed: int | None = None
    ) -> None:
        super().__init__()
        self._pictures = pictures
        self._labels = np.asarray(labels, "float32").reshape(len(pictures), -1)
        self._batch_size = batch_size
        self._seed = seed
        self.begin(0)

    def begin(self, epoch: int) -> None:
        """Draw the order of an epoch."""
        self._order = np.arange(len(self._pictures))
        if self._seed is not None:
            np.random.default_rng((self._seed, epoch)).shuffle(self._order)

    def __len__(self) -> int:
        return -(-len(self._pictures) // self._batch_size)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        chosen = self._order[index * self._batch_size : (index + 1) * self._batch_size]
        pictures = self._pictures[chosen]
        if pictures.dtype == np.uint8:
            pictures = pictures.astype("float32") / 255
        return pictures, self._labels[chosen]


class _Draws(keras.callbacks.Callback):
    """Sets, at the beginning of an epoch, all that is drawn in it."""

    def __init__(self, data: _Batches, seed: int) -> None:
        super().__init__()
        self._data = data
        self._seed = seed

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self._data.begin(epoch)
        for number, generator in enumerate(_generators(self.model)):
            draw = np.random.default_rng((self._seed, epoch, number))
            generator.state.assign(draw.integers(0, 2**32, 2, dtype=np.uint32))


class _Keeper(keras.callbacks.Callback):
    """Writes the model and the curves to disk at the end of an epoch."""

    def __init__(self, checkpoint: Checkpoint, history: dict[str, list[float]]) -> None:
        super().__init__()
        self._checkpoint = checkpoint
        self.history = history

    @property
    def epochs(self) -> int:
        """Whole epochs that are kept."""
        return max(map(len, self.history.values()), default=0)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        # A new dictionary: what was kept stays as it is if writing fails.
        history = {name: list(values) for name, values in self.history.items()}
        for name, value in (logs or {}).items():
            history.setdefault(name, []).append(float(value))
        self._checkpoint.save(self.model, Stand(epoch + 1, history))
        self.history = history


def _generators(layer: keras.Layer) -> Iterator[keras.random.SeedGenerator]:
    """Find what a layer and those inside it draw from, always in the same order."""
    for value in vars(layer).values():
        if isinstance(value, keras.random.SeedGenerator):
            yield value
    for inner in getattr(layer, "layers", ()):
        yield from _generators(inner)


def _recipe(
    model: keras.Model, pictures: np.ndarray, labels: np.ndarray, seed: int, batch_size: int
) -> str:
    """Sum up what a training is made of; names that Keras counts up do not matter."""
    parts = {
        "model": _without_names(json.loads(model.to_json())),
        "optimizer": _without_names(keras.optimizers.serialize(model.optimizer)),
        "loss": str(_without_names(keras.losses.serialize(model.loss)))
        if not isinstance(model.loss, str)
        else model.loss,
        "weights": [list(weight.shape) for weight in model.weights],
        "pictures": [
            list(pictures.shape),
            str(pictures.dtype),
            zlib.crc32(np.ascontiguousarray(pictures).data),
        ],
        "labels": zlib.crc32(np.ascontiguousarray(labels, "float32").data),
        "seed": seed,
        "batch_size": batch_size,
    }
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_names(config: Any) -> Any:
    if isinstance(config, dict):
        return {
            key: _without_names(value)
            for key, value in config.items()
            if key not in ("name", "registered_name", "keras_history", "compile_config")
        }
    if isinstance(config, list):
        return [_without_names(value) for value in config]
    return config
