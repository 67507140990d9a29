"""Grad-CAM as an explorer: right numbers, and one run of the model a picture."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from coursetools import explorers
from coursetools.explorers import where_it_looks
from coursetools.visual import alt_text, grad_cam
from coursetools.visual.gradcam import hottest_place
from explorers.html_parts import choose, code, picture, status


@pytest.fixture(scope="module")
def model() -> keras.Model:
    keras.utils.set_random_seed(11)
    inputs = keras.Input((16, 16, 3), name="pictures")
    maps = keras.layers.Conv2D(6, 5, strides=4, activation="relu", padding="same")(inputs)
    base = keras.Model(inputs, maps, name="base")
    return keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            base,
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures each run of the model was given."""
    counted: list[int] = []
    real: Callable[..., Any] = where_it_looks.class_evidence

    def counting(model: Any, images: Any, **options: Any) -> Any:
        counted.append(len(images))
        return real(model, images, **options)

    monkeypatch.setattr(where_it_looks, "class_evidence", counting)
    return counted


def test_status_gives_the_models_own_numbers(
    model: keras.Model, images: np.ndarray, labels: np.ndarray
) -> None:
    explorer = explorers.gradcam(model, images, labels)
    choose(explorer, picture=5, target="Truck")
    cam = grad_cam(model, images[5], target="Truck")
    chance = float(model(images[5:6])[0, 0])
    place = cam.note or f"Hottest at the {hottest_place(cam.heat)}."
    assert status(explorer) == (f"Picture 5, a Truck: probability of Truck {chance:.3f}. {place}")
    choose(explorer, target="Car")
    assert f"probability of Car {1 - chance:.3f}" in status(explorer)


def test_the_model_runs_once_a_picture(
    model: keras.Model, images: np.ndarray, runs: list[int]
) -> None:
    explorer = explorers.gradcam(model, images)
    choose(explorer, target="Car", strength=0.2)
    choose(explorer, target="Truck")
    assert runs == [1]
    choose(explorer, picture=3)
    choose(explorer, picture=0)
    assert runs == [1, 1]


def test_the_picture_stands_beside_its_heat_map(model: keras.Model, images: np.ndarray) -> None:
    explorer = explorers.gradcam(model, images)
    choose(explorer, target="Car")
    plain, heated = picture(explorer).alts
    assert plain == "Picture 0"
    assert heated.startswith("The same under its heat map for Car: ")
    before = explorer.view.children[3].value
    choose(explorer, strength=0.1)
    assert explorer.view.children[3].value != before


def test_code_and_still(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> None:
    explorer = explorers.gradcam(model, images, labels, [f"{n}.jpg" for n in range(8)])
    choose(explorer, picture=2)
    assert code(explorer) == (
        "ct.gradcam_figure(model, images[2:3], target='predicted', strength=0.55)"
    )
    text = alt_text(explorer.still())
    assert text.count("Picture ") == 4
    assert text == alt_text(explorers.gradcam(model, images, labels, still=True))
    assert "2.jpg, a Car" in status(explorer)


def test_a_dead_head_is_said(images: np.ndarray, model: keras.Model) -> None:
    hidden = keras.layers.Dense(3, activation="relu")
    dead = keras.Sequential(
        [
            *model.layers[:2],
            hidden,
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    dead.build((None, 16, 16, 3))
    hidden.bias.assign([-1e3] * 3)
    explorer = explorers.gradcam(dead, images)
    assert "every hidden unit of the head outputs 0" in status(explorer)
    assert picture(explorer).alts[1].endswith("hottest nowhere")
