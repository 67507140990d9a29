"""What all explorers have: one bundle of widgets and still, names, words, controls that do."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import keras
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools import explorers
from coursetools.explorers import front_end
from coursetools.explorers.explorer import WIDGET_VIEW
from coursetools.visual import LabelError, PictureError, alt_text
from explorers.html_parts import Parts, code, picture, run_code, status

Make = Callable[..., Any]
EXPLORERS = tuple(name for name in explorers.__all__ if name != "gradcam")  # it has its own file


@pytest.fixture(scope="module")
def model() -> keras.Model:
    keras.utils.set_random_seed(3)
    return keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            keras.layers.Conv2D(5, 3, padding="same", name="first"),
            keras.layers.ReLU(name="bend"),
            keras.layers.MaxPooling2D(name="pooled"),
        ]
    )


@pytest.fixture(scope="module")
def classifier(model: keras.Model) -> keras.Model:
    head = [keras.layers.Flatten(), keras.layers.Dense(1, activation="sigmoid")]
    return keras.Sequential([keras.Input((16, 16, 3)), *_copies(model), *head])


def _copies(model: keras.Model) -> list[keras.layers.Layer]:
    return [type(layer).from_config(layer.get_config()) for layer in model.layers]


@pytest.fixture(params=EXPLORERS)
def make(
    request: pytest.FixtureRequest,
    images: np.ndarray,
    labels: np.ndarray,
    features: np.ndarray,
    chances: np.ndarray,
    model: keras.Model,
    classifier: keras.Model,
) -> Make:
    given: tuple[Any, ...] = {
        "neighbours": (images, labels, features),
        "mistakes": (images, labels, chances),
        "feature_maps": (model, images),
        "inside": (classifier, images),
        "occlusion": (classifier, images),
    }.get(request.param, ())
    return lambda **options: getattr(explorers, request.param)(*given, **options)


def test_one_bundle_holds_widgets_still_and_words(make: Make) -> None:
    explorer = make()
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {WIDGET_VIEW, "text/html", "text/plain"}
    assert bundle[WIDGET_VIEW]["model_id"] == explorer.view.model_id
    still = explorer.still()
    assert bundle["text/plain"] == alt_text(still)
    assert Parts(bundle["text/html"]).alts == [alt_text(still)]


def test_the_still_alone(make: Make) -> None:
    still = make(still=True)
    assert isinstance(still, Figure)
    assert alt_text(still) == alt_text(make().still())
    assert any(letter.isdigit() for letter in alt_text(still)), "the text has the numbers"


def test_without_ipywidgets_there_is_the_still(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_end, "widgets", None)
    assert isinstance(make(), Figure)


def test_every_control_has_a_name(make: Make) -> None:
    controls = make().controls.values()
    assert all(control.description for control in controls)
    assert len({control.description for control in controls}) == len(controls)


def test_every_control_is_on_the_page(make: Make) -> None:
    explorer = make()

    def below(widget: Any) -> set[Any]:
        inside = (below(child) for child in getattr(widget, "children", ()))
        return {widget.model_id}.union(*inside)

    assert {control.model_id for control in explorer.controls.values()} <= below(explorer.view)


def test_says_three_things_to_try(make: Make) -> None:
    explorer = make()
    assert len(explorer.tries) == 3
    words = Parts(explorer.view.children[0].value).words
    assert words[-3:] == list(explorer.tries)


def test_the_line_of_code_draws(
    make: Make,
    images: np.ndarray,
    labels: np.ndarray,
    features: np.ndarray,
    chances: np.ndarray,
    classifier: keras.Model,
) -> None:
    explorer = make()
    names = {
        "keras": keras,
        "layers": keras.layers,
        "images": images,
        "labels": labels,
        "features": features,
        "probabilities": chances,
        "model": classifier,
        "image": images[0].mean(axis=-1),
    }
    before = set(plt.get_fignums())
    value = run_code(explorer, **names)
    assert isinstance(value, Figure | Axes) or set(plt.get_fignums()) > before
    plt.close("all")


def test_every_value_of_every_control_can_be_shown(make: Make) -> None:
    explorer = make()
    for control in explorer.controls.values():
        if hasattr(control, "click"):
            control.click()
        elif isinstance(control.value, bool):
            control.value = not control.value
        elif hasattr(control, "options"):
            for _, value in control._options_full:
                control.value = value
                assert_shown(explorer)
        elif hasattr(control, "min"):
            for value in (control.max, control.min):
                control.value = value
                assert_shown(explorer)
        assert_shown(explorer)


def assert_shown(explorer: Any) -> None:
    assert status(explorer)
    assert picture(explorer).words
    compile(code(explorer), "<shown>", "exec")


def test_settings_of_matplotlib_are_left_alone(make: Make) -> None:
    before = dict(mpl.rcParams)
    make()._repr_mimebundle_()
    assert dict(mpl.rcParams) == before


def test_wrong_input_is_refused_at_once(images: np.ndarray, labels: np.ndarray) -> None:
    with pytest.raises(PictureError, match=r"`features` .* 8 pictures"):
        explorers.neighbours(images, labels, np.zeros((3, 2)))
    with pytest.raises(LabelError, match="`3` labels"):
        explorers.mistakes(images, labels[:3], np.zeros(8))
    with pytest.raises(LabelError, match="`2` names"):
        explorers.mistakes(images, labels, np.zeros(8), ["a", "b"])


def test_importing_the_package_imports_nothing_heavy() -> None:
    ask = (
        "import sys, coursetools.explorers as e; assert 'ring' in dir(e); "
        "print([m for m in ('matplotlib', 'numpy', 'ipywidgets', 'keras') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_player_moves_its_slider() -> None:
    explorer = explorers.arithmetic()
    explorer.controls["play"].value = 3
    assert "Stop 3 of 16" in status(explorer)
    explorer.controls["stop"].value = 5
    assert explorer.controls["play"].value == 5
    explorer.controls["n"].value = 4
    assert explorer.controls["play"].max == 4
