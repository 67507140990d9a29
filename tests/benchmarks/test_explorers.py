"""How long Python takes for an explorer's new picture, for pictures of 200 by 200.

Each move of a control is timed from the new value to the finished HTML. The kernel playground is
held against the way in which lessons often draw such a picture: a Keras model built for each new
kernel, and its output drawn as a figure. It runs only with `make bench`.
"""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import keras
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursetools import explorers
from coursetools.operations import KERNELS

SIDE, MOVES, WARM_UP = 200, 50, 5
AT_MOST = 20.0
IMAGE = np.random.default_rng(0).random((SIDE, SIDE), dtype=np.float32)
Move = Callable[[int], None]


@pytest.fixture(autouse=True)
def only_as_benchmark(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("benchmark_only"):
        pytest.skip("a benchmark, run by `make bench`")


def milliseconds(move: Move, moves: int = MOVES) -> np.ndarray:
    """Time a move for every step; the first few are warming up."""
    taken = []
    for step in range(moves + WARM_UP):
        start = time.perf_counter()
        move(step)
        taken.append(1000 * (time.perf_counter() - start))
    return np.array(taken[WARM_UP:])


def to(explorer: Any, name: str, values: list[Any]) -> Move:
    """Return a move that sets a control to one value after the other."""

    def move(step: int) -> None:
        explorer.controls[name].value = values[step % len(values)]

    return move


def a_model_for_each_picture() -> Move:
    """Build a model, let it filter the picture, and draw the figure: once for every kernel."""
    kernels = list(KERNELS.values())

    def move(step: int) -> None:
        layer = keras.layers.Conv2D(1, 3, use_bias=False)
        model = keras.Sequential([keras.Input((SIDE, SIDE, 1)), layer])
        layer.set_weights([kernels[step % len(kernels)][..., None, None]])
        values = np.asarray(model(IMAGE[None, ..., None]))[0, ..., 0]
        figure = Figure(figsize=(8, 4))
        for ax, shown in zip(figure.subplots(1, 2), (IMAGE, values), strict=True):
            ax.imshow(shown)
        figure.savefig(BytesIO(), format="png")

    return move


def small_base() -> keras.Model:
    layers = [keras.layers.Conv2D(32, 3, padding="same", activation="relu") for _ in range(4)]
    return keras.Sequential([keras.Input((SIDE, SIDE, 3)), *layers])


def classifier() -> keras.Model:
    layers = [
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
    return keras.Sequential([keras.Input((SIDE, SIDE, 3)), *layers])


def moves() -> dict[str, Move]:
    """Return a move of each explorer, the heaviest that needs no new run of a model."""
    rng = np.random.default_rng(0)
    photographs = rng.random((64, SIDE, SIDE, 3), dtype=np.float32)
    labels = np.arange(64) % 2
    lab = explorers.kernel_playground(IMAGE)
    striped = explorers.kernel_playground(IMAGE)
    striped.controls["striped"].value = True
    sizes = explorers.arithmetic()
    sizes.controls["n"].value = 12
    wall = explorers.augmentation(photographs[:1])
    for name, strength in {"shift": 0.1, "zoom": 0.2, "contrast": 0.3, "hue": 0.1}.items():
        wall.controls[name].value = strength
    network = classifier()
    within = explorers.inside(network, photographs[:8])
    cover = explorers.occlusion(network, photographs[:2])
    cover.controls["sweep"].click()
    browser = explorers.feature_maps(small_base(), photographs[:1])
    many = list(range(MOVES))
    return {
        "neighbours: another query": to(
            explorers.neighbours(photographs, labels, rng.random((64, 99))), "query", many
        ),
        "mistakes: the threshold": to(
            explorers.mistakes(photographs, labels, rng.random(64)),
            "threshold",
            [0.3 + step / 150 for step in many],
        ),
        "window stepper: the stop": to(explorers.window_stepper(), "stop", many[1:17]),
        "kernel playground: a weight": to(lab, "weight", [step / 4 for step in many[:32]]),
        "kernel playground: with stripes": to(striped, "kernel", ["blur", "edge", "emboss"]),
        "pool stepper: the stop": to(explorers.pool_stepper(), "stop", many[1:10]),
        "ring: a shift at 200 by 200": to(explorers.ring(IMAGE), "dx", list(range(-8, 9))),
        "arithmetic: the kernel, 12 pixels": to(sizes, "k", [1, 2, 3, 4, 5]),
        "extraction: the kernel": to(explorers.extraction(IMAGE), "kernel", ["edge", "blur"]),
        "receptive field: the unit": to(explorers.receptive_field(IMAGE), "row", many),
        "feature maps: the layer": to(browser, "layer", [1, 2, 3, 4]),
        "network builder: the hidden units": to(
            explorers.network_builder(), "hidden", list(range(1, 30))
        ),
        "augmentation: 16 versions, six kinds": to(wall, "rotation", many[1:]),
        "inside: the channel": to(within, "channel", list(range(1, 16))),
        "occlusion: the place, after a sweep": to(cover, "column", [1, 2, 3, 4]),
    }


def test_every_explorer_draws_in_time(
    benchmark: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    made = moves()
    taken = {name: milliseconds(move) for name, move in made.items()}
    original = milliseconds(a_model_for_each_picture(), 20)
    benchmark(made["kernel playground: a weight"], 1)
    with capsys.disabled():
        print()
        for name, each in {**taken, "a Keras model for each picture": original}.items():
            median, late = np.percentile(each, (50, 90))
            print(f"{name:36} median {median:6.1f} ms   90 % within {late:6.1f} ms")
        ours = np.median(taken["kernel playground: a weight"])
        print(f"kernel playground: {np.median(original) / ours:.0f} times as fast as such a model")
    benchmark.extra_info["medians"] = {name: float(np.median(each)) for name, each in taken.items()}
    slow = {name: np.median(each) for name, each in taken.items() if np.median(each) > AT_MOST}
    assert slow == {}
    assert np.median(original) > ours
