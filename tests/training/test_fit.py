"""`fit` against `model.fit`: the same numbers, the base run once a picture."""

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from coursetools.training import features, fit
from training import small_models as small

EPOCHS = 3


def assert_same(ours: keras.Model, plain: keras.Model) -> None:
    assert ours.history.epoch == plain.history.epoch
    assert ours.history.history.keys() == plain.history.history.keys()
    for name, values in plain.history.history.items():
        assert ours.history.history[name] == pytest.approx(values, abs=1e-5), name
    for one, other in zip(ours.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
    assert int(ours.optimizer.iterations) == int(plain.optimizer.iterations)


def train_both(
    build: Callable[[], keras.Model], data: Callable[[], dict], **settings: object
) -> tuple[keras.Model, keras.Model]:
    """Train two equal models, one with `fit` and one with `model.fit`, on equal data."""
    ours, plain = small.compiled(build, **settings), small.compiled(build, **settings)
    fit(ours, verbose=0, **data())
    plain.fit(verbose=0, **without_warning(data()))
    return ours, plain


def without_warning(data: dict) -> dict:
    """Say that nothing is to be shuffled where Keras would only warn that it is not."""
    return {**data, "shuffle": False} if isinstance(data["x"], tf.data.Dataset) else data


def usual_data() -> dict:
    train, valid = small.datasets()
    return {"x": train, "validation_data": valid, "epochs": EPOCHS}


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures were sent through a frozen part, call by call."""
    counts = []
    original = features.FrozenPart.__call__

    def count(self: features.FrozenPart, pictures: np.ndarray) -> np.ndarray:
        counts.append(len(pictures))
        return original(self, pictures)

    monkeypatch.setattr(features.FrozenPart, "__call__", count)
    return counts


@pytest.mark.parametrize(
    "build",
    [
        small.sequential,
        small.functional,
        small.dropping_out,
        small.inlined,
        small.head_of_its_own,
        small.wrapped,
        small.half_frozen,
        small.rich_head,
    ],
)
def test_every_form_of_model_gives_the_numbers_of_model_fit(
    build: Callable[[], keras.Model], computed: list[int]
) -> None:
    ours, plain = train_both(build, usual_data)
    assert_same(ours, plain)
    assert sum(computed) == len(small.PICTURES)  # each once, whatever the epochs
    losses = ours.history.history["loss"]
    assert abs(losses[0] - losses[-1]) > 1e-3  # something was learnt


def unknown_length() -> dict:
    train, valid = small.datasets()
    return {"x": train.filter(lambda *_: True), "validation_data": valid, "epochs": EPOCHS}


def endless_with_weights() -> dict:
    train, _ = small.datasets()
    train = train.map(lambda x, y: (x, y, 1.0 + y)).repeat()
    arrays = small.PICTURES[small.VALID], small.LABELS[small.VALID]
    return {"x": train, "validation_data": arrays, "epochs": EPOCHS, "steps_per_epoch": 2}


def arrays() -> dict:
    return {
        "x": small.PICTURES,
        "y": small.LABELS,
        "validation_split": 0.3,
        "class_weight": {0: 1.0, 1: 3.0},
        "batch_size": 12,
        "epochs": EPOCHS,
    }


@pytest.mark.parametrize("data", [unknown_length, endless_with_weights, arrays])
def test_every_form_of_data_gives_the_numbers_of_model_fit(
    data: Callable[[], dict], computed: list[int]
) -> None:
    assert_same(*train_both(small.sequential, data))
    assert sum(computed) == len(small.PICTURES)


def test_going_on_after_plain_epochs_takes_the_same_orders() -> None:
    def two_and_two(model: keras.Model, go_on: Callable) -> keras.Model:
        train, valid = small.datasets()
        model.fit(train, validation_data=valid, epochs=2, verbose=0, shuffle=False)
        go_on(train, validation_data=valid, epochs=4, initial_epoch=2, verbose=0)
        model.fit(train, epochs=5, initial_epoch=4, verbose=0, shuffle=False)
        return model

    ours, plain = small.compiled(small.sequential), small.compiled(small.sequential)
    two_and_two(ours, lambda *data, **options: fit(ours, *data, **options))
    two_and_two(plain, plain.fit)
    assert_same(ours, plain)


def test_the_model_is_its_own_again_afterwards() -> None:
    model = small.compiled(small.sequential)
    train, valid = small.datasets()
    history = fit(model, train, validation_data=valid, epochs=2, verbose=0)
    loss, accuracy = model.evaluate(valid, verbose=0)
    assert history is model.history
    assert loss == pytest.approx(history.history["val_loss"][-1], abs=1e-5)
    assert accuracy == pytest.approx(history.history["val_binary_accuracy"][-1])
    assert not {"train_step", "test_step"} & set(vars(model))
    assert len(model.layers[0]._inbound_nodes) == len(small.sequential().layers[0]._inbound_nodes)


class Watch(keras.callbacks.Callback):
    """Evaluates on pictures while the model is trained on features."""

    def __init__(self, pictures: tf.data.Dataset) -> None:
        super().__init__()
        self.pictures = pictures
        self.losses: list[float] = []

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        self.losses.append(self.model.evaluate(self.pictures, verbose=0)[0])


def test_callbacks_see_the_model_itself(tmp_path: Path) -> None:
    train, valid = small.datasets()
    watch = Watch(valid)
    stop = keras.callbacks.EarlyStopping(
        "loss", mode="max", patience=2, restore_best_weights=True
    )  # the loss falls, so its first epoch is the "best"
    keep = keras.callbacks.ModelCheckpoint(tmp_path / "last.keras")
    model = small.compiled(small.sequential)
    history = fit(
        model, train, validation_data=valid, epochs=9, verbose=0, callbacks=[watch, keep, stop]
    )
    assert history.epoch == [0, 1, 2]
    assert watch.losses == pytest.approx(history.history["val_loss"], abs=1e-5)
    assert model.evaluate(valid, verbose=0)[0] == pytest.approx(watch.losses[0], abs=1e-5)
    saved = keras.models.load_model(tmp_path / "last.keras")
    assert saved.evaluate(valid, verbose=0)[0] == pytest.approx(watch.losses[-1], abs=1e-5)


def augmented() -> keras.Model:
    flip = keras.Sequential([layers.RandomFlip(seed=1, name="flip")])
    return keras.Sequential([flip, small.base(), *small.head()])


def dropout_in_base() -> keras.Model:
    last = [layers.Dropout(0.3, name="drop"), layers.Conv2D(6, 3, padding="same")]
    return keras.Sequential([small.base(extra=tuple(last)), *small.head()])


def not_frozen() -> keras.Model:
    network = small.base(frozen=False)
    network.layers[1].name = "stem"
    return keras.Sequential([network, *small.head()])


def open_normalisation() -> keras.Model:
    """All frozen but the batch normalisation, which has no weights of its own to train."""
    norm = layers.BatchNormalization(center=False, scale=False, name="norm")
    network = small.base(extra=(norm, layers.Conv2D(6, 3, padding="same")))
    norm.trainable = True
    return keras.Sequential([network, *small.head()])


class OwnLayer(layers.Layer):
    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return 2 * inputs


class OwnModel(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.all = small.sequential()

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return self.all(inputs)


def own_layer() -> keras.Model:
    return keras.Sequential([OwnLayer(name="mine"), small.base(), *small.head()])


def own_activation() -> keras.Model:
    noisy = layers.Activation(lambda x: x + tf.random.normal(tf.shape(x)), name="noise")
    return keras.Sequential([noisy, small.base(), *small.head()])


def side_path() -> keras.Model:
    """The head looks at the pictures themselves as well as at the features."""
    inputs = keras.Input((small.SIDE, small.SIDE, 3))
    seen = layers.Flatten()(inputs)
    features = layers.Flatten()(small.base()(inputs))
    both = layers.Concatenate()([layers.Dense(2)(seen), layers.Dense(2)(features)])
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(both))


def all_frozen() -> keras.Model:
    model = small.sequential()
    model.trainable = False
    return model


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (augmented, "`flip` (`RandomFlip`) is random while the model is trained"),
        (dropout_in_base, "`drop` (`Dropout`) is random while the model is trained"),
        (not_frozen, "is not frozen"),
        (open_normalisation, "`norm` is not frozen"),
        (own_layer, "`mine` (`OwnLayer`) is of a class not known to give steady output"),
        (own_activation, "`noise` has an activation that is not one of Keras's"),
        (side_path, "is not frozen"),
        (OwnModel, "the model is not a Sequential or functional one with one output"),
        (all_frozen, "nothing in the model is trainable"),
    ],
)
def test_what_cannot_be_computed_once_goes_to_model_fit(
    build: Callable[[], keras.Model],
    reason: str,
    computed: list[int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = {}
    monkeypatch.setattr(keras.Model, "fit", lambda self, *x, **rest: given.update(x=x, **rest))
    model = small.compiled(build)
    train, valid = small.datasets()
    fit(model, train, validation_data=valid, epochs=2, verbose=1)
    printed = capsys.readouterr().out
    assert printed.startswith("Training with `model.fit` itself")
    assert reason in printed
    assert printed.count("\n") == 1
    assert given["x"] == (train, None)
    assert given["validation_data"] is valid
    assert computed == []
    fit(model, train, validation_data=valid, epochs=2, verbose=0)
    assert capsys.readouterr().out == ""


def test_a_random_model_is_still_trained_as_by_model_fit() -> None:
    assert_same(*train_both(augmented, usual_data))


def test_data_that_cannot_be_looked_up_go_to_model_fit(capsys: pytest.CaptureFixture[str]) -> None:
    model = small.compiled(small.sequential)
    generator = (batch for batch in [(small.PICTURES[:8], small.LABELS[:8])])
    fit(model, generator, steps_per_epoch=1, verbose=2)
    assert "cannot be looked up in data of the type `generator`" in capsys.readouterr().out
    room = 20 * 4 * 4 * 6 * 4
    fit(model, small.PICTURES, small.LABELS, memory_limit=room, verbose=2)
    assert "the features of 50 pictures would take" in capsys.readouterr().out
    assert model.history.epoch == [0]


def test_an_uncompiled_model_gets_the_words_of_keras() -> None:
    with pytest.raises(ValueError, match="compile"):
        fit(small.sequential(), *small.datasets()[:1], verbose=0)


def test_what_does_not_fit_in_memory_is_computed_again(computed: list[int]) -> None:
    ours, plain = small.compiled(small.sequential), small.compiled(small.sequential)
    room = 20 * 4 * 4 * 6 * 4  # bytes of 20 pictures' features; batches of 12 fit once
    fit(ours, verbose=0, memory_limit=room, **usual_data())
    plain.fit(verbose=0, **without_warning(usual_data()))
    assert_same(ours, plain)
    assert sum(computed) == 12 + EPOCHS * (len(small.PICTURES) - 12)


def augmented_as_read() -> dict:
    generator = tf.random.Generator.from_seed(3)
    train = tf.data.Dataset.from_tensor_slices((small.PICTURES, small.LABELS)).batch(25)
    train = train.map(lambda x, y: (x + generator.uniform(tf.shape(x)), y))
    return {"x": train, "epochs": EPOCHS}


def test_pictures_that_change_as_they_are_read_are_noticed(
    capsys: pytest.CaptureFixture[str], computed: list[int]
) -> None:
    ours, plain = small.compiled(small.sequential), small.compiled(small.sequential)
    fit(ours, **augmented_as_read(), verbose=2)
    printed = capsys.readouterr().out
    plain.fit(verbose=0, **without_warning(augmented_as_read()))
    assert_same(ours, plain)
    assert printed.count("Of the first 25 pictures of the second epoch, 0 were seen") == 1
    assert sum(computed) == EPOCHS * len(small.PICTURES)


class Interrupt(keras.callbacks.Callback):
    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if len(self.model.history.epoch if hasattr(self.model, "history") else []) == 2:
            raise KeyboardInterrupt


def test_stopping_by_hand_keeps_what_was_learnt(capsys: pytest.CaptureFixture[str]) -> None:
    model = small.compiled(small.sequential)
    before = model.get_weights()
    train, valid = small.datasets()
    with pytest.raises(KeyboardInterrupt):
        fit(model, train, validation_data=valid, epochs=9, verbose=2, callbacks=[Interrupt()])
    assert "whole epochs in `model.history`: 2." in capsys.readouterr().out
    assert model.history.epoch == [0, 1]
    assert any(np.any(a != b) for a, b in zip(model.get_weights(), before, strict=True))
    assert not {"train_step", "test_step"} & set(vars(model))
    assert np.isfinite(model.evaluate(valid, verbose=0)[0])
