"""Transfer learning with augmentation: the true thing, and the cheaper way on a few views.

The true thing changes the pictures anew in each epoch and runs the base over them each time. The
cheaper way runs the base over a few random views of each picture once, and trains the head on
these: in each epoch a picture shows one of its views, drawn anew.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from convnets import BATCH, SCRATCH, Pictures
from heads import LESSON_EPOCHS, Recipe, build_head
from keras import layers

from coursetools.pretrained import load_pretrained_base
from coursetools.training import fit_resumable

VIEWS = 4
VIEWS_SEED = 1

History = dict[str, list[float]]


def changes(seed: int | None = None) -> list[Any]:
    """The lesson's changes: mirrored left to right or not, contrast from half to one and a half."""
    return [
        layers.RandomFlip("horizontal", seed=seed),
        layers.RandomContrast((0.5, 0.5), value_range=(0, 1), seed=seed),
    ]


def train_truly(recipe: Recipe, pictures: Pictures, valid_features: np.ndarray) -> History:
    """Train a head behind the frozen base on pictures that are changed anew in each epoch."""
    head = build_head(recipe)
    base = load_pretrained_base(trainable=False)
    model = keras.Sequential(
        [keras.Input(pictures.images.shape[1:]), *changes(), base, *head.layers]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(recipe.rate),
        loss="binary_crossentropy",
        metrics=["binary_accuracy"],
    )
    return fit_resumable(
        model,
        pictures.images,
        pictures.labels,
        epochs=recipe.epochs,
        checkpoint=SCRATCH / f"augmented-transfer-seed-{recipe.seed}",
        seed=recipe.seed,
        batch_size=BATCH,
        callbacks=[_Validation(head, valid_features, pictures.valid_labels)],
        verbose=0,
    ).history


def make_views(pictures: Pictures, base: keras.Model) -> np.ndarray:
    """Return the features of random views of each training picture, (views, n, 4, 4, 1280)."""
    change = keras.Sequential(changes(VIEWS_SEED))
    views = []
    for _ in range(VIEWS):
        changed = np.concatenate(
            [
                np.asarray(change(pictures.images[start : start + BATCH], training=True))
                for start in range(0, len(pictures.images), BATCH)
            ]
        )
        views.append(base.predict(changed, batch_size=BATCH, verbose=0))
    return np.stack(views)


def train_on_views(
    recipe: Recipe, views: np.ndarray, pictures: Pictures, valid_features: np.ndarray
) -> History:
    """Train a head on stored views; as many steps as the true thing takes."""
    head = build_head(recipe)
    draw = np.random.default_rng(recipe.seed)
    places = np.arange(views.shape[1])
    curves: History = {}
    for _ in range(recipe.epochs):
        epoch = head.fit(
            views[draw.integers(len(views), size=len(places)), places],
            pictures.labels,
            batch_size=BATCH,
            epochs=1,
            validation_data=(valid_features, pictures.valid_labels),
            verbose=0,
        )
        for name, (value,) in epoch.history.items():
            curves.setdefault(name, []).append(value)
    return curves


def words(recipe: Recipe, how: str, count: int) -> str:
    """Return a training in words."""
    return (
        f"Flatten, Dense {recipe.units} relu, Dense 1 sigmoid on the frozen base; {count} "
        f"pictures, {how}; Adam with a learning rate of {recipe.rate:g}, {recipe.epochs} epochs "
        f"of {count} pictures."
    )


def augmented_runs(seeds: tuple[int, ...], say: Any, pictures: Pictures) -> list[dict[str, Any]]:
    """Train the true thing with the first seed, and the cheaper way with each."""
    base = load_pretrained_base(trainable=False)
    valid_features = base.predict(pictures.valid_images, batch_size=BATCH, verbose=0)
    views = make_views(pictures, base)
    say(f"features of {VIEWS} views of each picture")
    runs = []
    for seed in seeds:
        recipe = Recipe(seed, epochs=LESSON_EPOCHS)
        curves = train_on_views(recipe, views, pictures, valid_features)
        how = f"each in one of {VIEWS} random views, computed once"
        what = words(recipe, how, len(pictures.labels))
        runs.append(_run(f"{VIEWS} views, seed {seed}", recipe, what, curves))
        say(f"{VIEWS} views, seed {seed}: {curves['val_binary_accuracy'][-1]:.3f}")
    recipe = Recipe(seeds[0], epochs=LESSON_EPOCHS)
    curves = train_truly(recipe, pictures, valid_features)
    say(f"anew in each epoch: {curves['val_binary_accuracy'][-1]:.3f}")
    what = words(recipe, "changed anew in each epoch", len(pictures.labels))
    return [_run("new in each epoch", recipe, what, curves), *runs]


def _run(name: str, recipe: Recipe, what: str, curves: History) -> dict[str, Any]:
    rounded = {
        curve: [float(f"{value:.6g}") for value in values] for curve, values in curves.items()
    }
    return {"name": name, "seed": recipe.seed, "what": what, "history": rounded}


class _Validation(keras.callbacks.Callback):
    """Asks the head about features of the validation pictures, which the base gave once.

    In use the changes are off and the base is frozen, so this is what the whole model would say.
    """

    def __init__(self, head: keras.Model, features: np.ndarray, labels: np.ndarray) -> None:
        super().__init__()
        self._head, self._features, self._labels = head, features, labels

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        found = self._head.evaluate(
            self._features, self._labels, batch_size=BATCH, verbose=0, return_dict=True
        )
        if logs is not None:
            logs.update({f"val_{name}": value for name, value in found.items()})
