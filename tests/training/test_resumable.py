"""A training that is stopped, in whatever way, and goes on."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from coursetools.training import CheckpointError, fit_resumable
from training.augmented_model import LABELS, PICTURES, VALID, build

EPOCHS = 4


def train(folder: Path, model: keras.Model | None = None, **changed: object) -> tuple:
    model = model or build()
    options = {"epochs": EPOCHS, "checkpoint": folder, "batch_size": 16, "verbose": 0}
    options |= {"validation_data": VALID} | changed
    history = fit_resumable(model, PICTURES, LABELS, **options)
    return model, history


def same_weights(one: keras.Model, other: keras.Model) -> bool:
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    return train(tmp_path_factory.mktemp("unbroken") / "run")


class StopAt(keras.callbacks.Callback):
    """Ctrl-C in the middle of an epoch."""

    def __init__(self, epoch: int) -> None:
        super().__init__()
        self._epoch = epoch
        self._now = -1

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self._now = epoch

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if self._now == self._epoch and batch == 1:
            raise KeyboardInterrupt


@pytest.mark.parametrize("epoch", [0, 2])
def test_stopped_by_hand_and_resumed(tmp_path: Path, unbroken: tuple, epoch: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "run", callbacks=[StopAt(epoch)])
    model, history = train(tmp_path / "run")
    assert same_weights(model, unbroken[0])
    assert history.history == unbroken[1].history
    assert history.epoch == list(range(EPOCHS))


def test_killed_and_resumed(tmp_path: Path, unbroken: tuple) -> None:
    script = textwrap.dedent(f"""
        import os, signal, keras
        from training.augmented_model import LABELS, PICTURES, VALID, build
        from coursetools.training import fit_resumable
        class Die(keras.callbacks.Callback):
            def on_epoch_begin(self, epoch, logs=None):
                self.now = epoch
            def on_train_batch_end(self, batch, logs=None):
                if self.now == 3 and batch == 1:
                    os.kill(os.getpid(), signal.SIGKILL)
        fit_resumable(build(), PICTURES, LABELS, epochs={EPOCHS}, batch_size=16, verbose=0,
                      checkpoint={str(tmp_path / "run")!r}, validation_data=VALID,
                      callbacks=[Die()])
    """)
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    died = subprocess.run([sys.executable, "-c", script], capture_output=True, env=env)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()[-2000:]
    assert json.loads((tmp_path / "run" / "state.json").read_text("utf-8"))["epoch"] == 3
    model, history = train(tmp_path / "run")
    assert same_weights(model, unbroken[0]), "another process's epochs are the same epochs"
    assert history.history == unbroken[1].history


def test_dying_while_writing_loses_one_epoch_at_most(
    tmp_path: Path, unbroken: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def die(path: Path, target: Path) -> Path:
        if json.loads(path.read_text("utf-8"))["epoch"] == 3:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "run")
    monkeypatch.undo()
    assert json.loads((tmp_path / "run" / "state.json").read_text("utf-8"))["epoch"] == 2
    model, _ = train(tmp_path / "run")
    assert same_weights(model, unbroken[0])


def test_what_is_finished_is_there_at_once(tmp_path: Path, unbroken: tuple) -> None:
    train(tmp_path / "run")
    steps = []

    class Count(keras.callbacks.Callback):
        def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
            steps.append(batch)

    model, history = train(tmp_path / "run", callbacks=[Count()])
    assert steps == []
    assert same_weights(model, unbroken[0])
    assert history.history == unbroken[1].history


def test_more_epochs_go_on_from_there(tmp_path: Path, unbroken: tuple) -> None:
    train(tmp_path / "run", epochs=2)
    assert same_weights(train(tmp_path / "run")[0], unbroken[0])


def test_the_order_and_the_draws_differ_by_epoch_and_seed(tmp_path: Path, unbroken: tuple) -> None:
    other, _ = train(tmp_path / "other", seed=1)
    assert not same_weights(other, unbroken[0])
    seen = []

    class See(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            flip = self.model.layers[0].layers[0]
            seen.append(tuple(flip.generator.state.numpy()))

    train(tmp_path / "run", callbacks=[See()])
    assert len(set(seen)) == EPOCHS


def test_another_training_is_put_aside(tmp_path: Path) -> None:
    train(tmp_path / "run", epochs=1)
    before = (tmp_path / "run" / "state.json").read_text("utf-8")
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Flatten(), layers.Dense(1)])
    model.compile("adam", "mse")
    train(tmp_path / "run", model, epochs=1)
    assert (tmp_path / "run.old-1" / "state.json").read_text("utf-8") == before
    train(tmp_path / "run", epochs=1)
    assert (tmp_path / "run.old-2").is_dir()


@pytest.mark.parametrize("damage", ["state", "weights", "no weights"])
def test_a_damaged_checkpoint_says_so_and_is_kept(tmp_path: Path, damage: str) -> None:
    train(tmp_path / "run", epochs=1)
    (weights,) = (tmp_path / "run").glob("*.h5")
    if damage == "state":
        (tmp_path / "run" / "state.json").write_text("{", encoding="utf-8")
    elif damage == "weights":
        weights.write_bytes(b"no weights")
    else:
        weights.unlink()
    with pytest.raises(CheckpointError, match="Rename or remove"):
        train(tmp_path / "run", epochs=2)
    assert (tmp_path / "run" / "state.json").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CheckpointError, match="folder you may write to"):
        train(tmp_path / "file" / "run", epochs=1)


def test_whole_numbers_are_scaled_batch_by_batch(tmp_path: Path) -> None:
    whole = np.round(PICTURES * 255).astype("uint8")
    options = {"epochs": 1, "batch_size": 16, "verbose": 0}
    one, two = build(), build()
    fit_resumable(one, whole, LABELS, checkpoint=tmp_path / "a", **options)
    floats = (whole.astype("float32")) / 255
    fit_resumable(two, floats, LABELS, checkpoint=tmp_path / "b", **options)
    assert same_weights(one, two)


def test_validation_by_arrays_is_what_evaluate_says_of_them(
    tmp_path: Path, unbroken: tuple
) -> None:
    model, history = unbroken
    said = model.evaluate(*VALID, verbose=0, return_dict=True)
    for name, value in said.items():
        assert history.history[f"val_{name}"][-1] == pytest.approx(value, abs=1e-6)
    whole = np.round(VALID[0] * 255).astype("uint8"), VALID[1]
    floats = whole[0].astype("float32") / 255, VALID[1]
    histories = [
        train(tmp_path / str(number), validation_data=data, epochs=1)[1].history
        for number, data in enumerate((whole, floats))
    ]
    assert histories[0] == histories[1]


def test_it_says_where_it_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train(tmp_path / "run", epochs=1)
    train(tmp_path / "run", epochs=2, verbose=2)
    assert "going on with epoch 2 of 2" in capsys.readouterr().out
    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "run", epochs=4, verbose=2, callbacks=[StopAt(3)])
    assert "3 whole epochs are kept" in capsys.readouterr().out
    assert os.listdir(tmp_path) == ["run"]
