"""Lesson 5's training: against the original course's code, its input pipeline, and its memory.

Ratios are of two measurements in one run, taken in turns. It runs only with `make bench`, for some
minutes.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

import coursetools as ct

BATCH, ROUNDS, EPOCHS = 64, 3, 2
SLOWEST = 1.10
"""Our epoch against the original's, and a step on real input against one on a fixed batch."""

LONGEST_WAIT = 10.0  # ms
PICTURES, MOST_BYTES = 10_000, 4e9


@pytest.fixture(autouse=True)
def only_as_benchmark(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("benchmark_only"):
        pytest.skip("a benchmark, run by `make bench`")


def network() -> keras.Model:
    """The network of 291,405 parameters."""
    blocks: list[Any] = []
    for filters, width in ((32, 5), (64, 3), (128, 3)):
        blocks += [layers.Conv2D(filters, width, padding="same", activation="relu")]
        blocks += [layers.MaxPool2D()]
    head = [layers.Flatten(), layers.Dense(6, "relu"), layers.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input((128, 128, 3)), *blocks, *head])
    model.compile(
        optimizer=keras.optimizers.Adam(epsilon=0.01),
        loss="binary_crossentropy",
        metrics=["binary_accuracy"],
    )
    assert model.count_params() == 291_405
    return model


class Clock(keras.callbacks.Callback):
    """Seconds of each epoch, validation with it, and of each step."""

    def __init__(self) -> None:
        super().__init__()
        self.epochs: list[float] = []
        self.steps: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self._epoch = self._step = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        now = time.perf_counter()
        self.steps.append(now - self._step)
        self._step = now

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        self.epochs.append(time.perf_counter() - self._epoch)


def original_data(root: Path) -> list[tf.data.Dataset]:
    """The original course's loading, its code as it stands there."""

    def convert_to_float(image: tf.Tensor, label: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        image = tf.image.convert_image_dtype(image, dtype=tf.float32)
        return image, label

    found = []
    for part in ("train", "valid"):
        dataset = keras.utils.image_dataset_from_directory(
            root / "data" / "car-or-truck" / part,
            labels="inferred",
            label_mode="binary",
            image_size=[128, 128],
            interpolation="nearest",
            batch_size=BATCH,
            shuffle=part == "train",
        )
        found.append(dataset.map(convert_to_float).cache().prefetch(tf.data.AUTOTUNE))
    return found


def test_an_epoch_against_the_originals_code(
    benchmark: Callable, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
) -> None:
    ds_train, ds_valid = original_data(root)
    images, labels, _ = ct.load_arrays("train", profile="reduced")
    valid_images, valid_labels, _ = ct.load_arrays("valid", profile="reduced")
    ours_model, model = network(), network()
    seconds: dict[str, list[float]] = {"original": [], "ours": []}
    done = 0

    def original(epochs: int) -> list[float]:
        clock = Clock()
        model.fit(ds_train, validation_data=ds_valid, epochs=epochs, verbose=0, callbacks=[clock])
        return clock.epochs

    def ours(epochs: int) -> list[float]:
        nonlocal done
        done += epochs  # a training that was there goes on
        clock = Clock()
        ct.fit_resumable(
            ours_model,
            images,
            labels,
            epochs=done,
            checkpoint=tmp_path / "run",
            batch_size=BATCH,
            validation_data=(valid_images, valid_labels[:, None]),
            verbose=0,
            callbacks=[clock],
        )
        return clock.epochs

    original(1), ours(1)  # the first epoch decodes, fills the cache and prepares the computation
    for _ in range(ROUNDS):
        # An epoch more than is counted: in the first of a call Keras makes ready again.
        seconds["original"] += original(EPOCHS + 1)[1:]
        seconds["ours"] += ours(EPOCHS + 1)[1:]
    benchmark.pedantic(lambda: None, rounds=1)
    assert {name: len(values) for name, values in seconds.items()} == dict.fromkeys(
        seconds, ROUNDS * EPOCHS
    )
    middle = {name: float(np.median(values)) for name, values in seconds.items()}
    ratio = middle["ours"] / middle["original"]
    with capsys.disabled():
        print(
            f"\nan epoch of {len(images)} pictures: the original's code {middle['original']:.2f} s,"
            f" ours {middle['ours']:.2f} s with its checkpoint, ratio {ratio:.2f}"
        )
    benchmark.extra_info["ratio"] = ratio
    assert ratio <= SLOWEST


def test_a_step_on_real_input_against_one_on_a_fixed_batch(
    benchmark: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    ds_train, _ = ct.load_car_or_truck(profile="reduced")
    fixed = tf.data.Dataset.from_tensors(next(iter(ds_train))).repeat(len(ds_train))
    model = network()
    seconds: dict[str, list[float]] = {"fixed": [], "real": []}
    model.fit(fixed, epochs=1, verbose=0)
    for _ in range(ROUNDS):
        for name, data in (("fixed", fixed), ("real", ds_train)):
            clock = Clock()
            model.fit(data, epochs=EPOCHS, verbose=0, shuffle=False, callbacks=[clock])
            # An epoch's first step makes ready what later ones use; waits for input are below.
            seconds[name] += np.reshape(clock.steps, (EPOCHS, -1))[:, 1:].ravel().tolist()
    waits = list(waiting(model, ds_train))
    benchmark.pedantic(lambda: None, rounds=1)
    middle = {name: float(np.median(values)) for name, values in seconds.items()}
    ratio = middle["real"] / middle["fixed"]
    with capsys.disabled():
        print(
            f"\na step on a fixed batch {1000 * middle['fixed']:.0f} ms, on real input "
            f"{1000 * middle['real']:.0f} ms, ratio {ratio:.2f}; longest wait for a batch "
            f"{max(waits):.1f} ms"
        )
    benchmark.extra_info["ratio"] = ratio
    assert ratio <= SLOWEST
    assert max(waits) < LONGEST_WAIT


def waiting(model: keras.Model, data: tf.data.Dataset) -> Iterator[float]:
    """Train step by step, and give the milliseconds from asking for a batch to having it.

    The first batch of an epoch is left out: no step runs yet while it is made.
    """
    for _ in range(EPOCHS):
        batches = iter(data)
        model.train_on_batch(*next(batches))
        for _ in range(len(data) - 1):
            start = time.perf_counter()
            batch = next(batches)
            yield 1000 * (time.perf_counter() - start)
            model.train_on_batch(*batch)


MEMORY = """
import resource, sys, tempfile
import coursetools as ct
from benchmarks.test_training import BATCH, network
images, labels, _ = ct.load_arrays("train", profile="full")
valid_images, valid_labels, _ = ct.load_arrays("valid", profile="full")
assert len(images) + len(valid_images) == int(sys.argv[1])
ct.fit_resumable(network(), images, labels, epochs=1, batch_size=BATCH, verbose=0,
    checkpoint=tempfile.mkdtemp() + "/run", validation_data=(valid_images, valid_labels[:, None]))
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of `ru_maxrss` is Linux's")
def test_memory_of_ten_thousand_pictures(
    benchmark: Callable, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
) -> None:
    for part in ("train", "valid"):
        for name in ("Car", "Truck"):
            folder = tmp_path / "car-or-truck" / part / name
            folder.mkdir(parents=True)
            files = sorted((root / "data" / "car-or-truck" / part / name).glob("*.jpg"))
            for number in range(PICTURES // 4):
                shutil.copy(files[number % len(files)], folder / f"{number:04}.jpg")
    paths = os.pathsep.join([str(root), str(root / "tests")])
    environment = os.environ | {"COURSETOOLS_DATA": str(tmp_path), "PYTHONPATH": paths}
    command = [sys.executable, "-c", MEMORY, str(PICTURES)]
    done = benchmark.pedantic(
        subprocess.run,
        args=(command,),
        kwargs={"env": environment, "capture_output": True, "text": True, "check": False},
        rounds=1,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    peak = 1024 * int(done.stdout.split("peak ")[1])
    with capsys.disabled():
        print(f"\na training on the full set, {PICTURES:,} pictures: at most {peak / 1e9:.2f} GB")
    benchmark.extra_info["bytes"] = peak
    assert peak < MOST_BYTES
