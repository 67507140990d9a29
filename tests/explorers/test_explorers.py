"""What all explorers have: one bundle of widgets and still, names, words, code that runs."""

from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

import coursetools
from coursetools import explorers
from coursetools.explorers import front_end
from coursetools.explorers.explorer import WIDGET_VIEW
from coursetools.visual import LabelError, PictureError, alt_text
from explorers.html_parts import Parts, code, picture, status

Make = Callable[..., Any]


@pytest.fixture(params=["neighbours", "mistakes"])
def make(
    request: pytest.FixtureRequest,
    images: np.ndarray,
    labels: np.ndarray,
    features: np.ndarray,
    chances: np.ndarray,
) -> Make:
    last = {"neighbours": features, "mistakes": chances}[request.param]
    return lambda **options: getattr(explorers, request.param)(images, labels, last, **options)


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


def test_without_ipywidgets_there_is_the_still(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_end, "widgets", None)
    assert isinstance(make(), Figure)


def test_every_control_has_a_name(make: Make) -> None:
    controls = make().controls.values()
    assert all(control.description for control in controls)
    assert len({control.description for control in controls}) == len(controls)


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
) -> None:
    names = {
        "ct": coursetools,
        "images": images,
        "labels": labels,
        "features": features,
        "probabilities": chances,
    }
    assert isinstance(eval(code(make()), names), Figure)


def test_every_value_of_every_control_can_be_shown(make: Make) -> None:
    explorer = make()
    for control in explorer.controls.values():
        options = getattr(control, "options", None)
        for value in options or (control.min, control.max):
            control.value = value
            assert status(explorer)
            picture(explorer)


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
