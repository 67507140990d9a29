"""Lesson 1's training, thirty epochs, by `model.fit` and by `fit`: how many times faster?

It takes some minutes, so it runs only with `make bench`.
"""

import time
from collections.abc import Callable

import keras
import numpy as np
import pytest
from keras import layers

import coursetools as ct

EPOCHS = 30
AT_LEAST = 10


@pytest.fixture
def only_as_benchmark(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("benchmark_only"):
        pytest.skip("a benchmark, run by `make bench`")


def train(run: Callable, epochs: int = EPOCHS) -> dict[str, list[float]]:
    """Load, build and train as lesson 1 does; the same seed and order each time."""
    ct.set_seed(31415)
    ds_train, ds_valid = ct.load_car_or_truck(profile="reduced")
    model = keras.Sequential(
        [
            ct.load_pretrained_base(trainable=False),
            layers.Flatten(),
            layers.Dense(6, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["binary_accuracy"])
    options = {"validation_data": ds_valid, "epochs": epochs, "verbose": 0, "shuffle": False}
    start = time.perf_counter()
    history = run(model, ds_train, **options).history
    return {"seconds": [time.perf_counter() - start], **history}


@pytest.mark.usefixtures("only_as_benchmark")
def test_fit_is_ten_times_faster_and_gives_the_same(
    benchmark: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    for run in (ct.fit, keras.Model.fit):  # a process's first training pays for all later ones
        train(run, epochs=1)
    ours = benchmark.pedantic(train, args=(ct.fit,), rounds=1)
    plain = train(keras.Model.fit)
    (ours_seconds,), (plain_seconds,) = ours.pop("seconds"), plain.pop("seconds")
    ratio = plain_seconds / ours_seconds
    apart = {name: np.abs(np.subtract(ours[name], plain[name])).max() for name in plain}
    with capsys.disabled():
        print(
            f"\n{EPOCHS} epochs: model.fit {plain_seconds:.1f} s, fit {ours_seconds:.1f} s, "
            f"ratio {ratio:.1f}; largest differences: "
            + ", ".join(f"{name} {value:.1e}" for name, value in apart.items())
        )
    benchmark.extra_info["ratio"] = ratio
    assert max(apart.values()) < 1e-5
    assert ratio >= AT_LEAST
