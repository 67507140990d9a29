"""All explorers on one page, with a network and pictures small enough to be quick."""

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from browser.conftest import Open
from browser.lab import OpenNotebook
from browser.looks import ENOUGH_OF_A_SHAPE, axe, contrast_of_face, unreadable

PREPARE = """
import numpy as np
import coursetools as ct

ct.start_tensorflow()

import keras

ct.set_seed(1)
images, labels = (each[:24] for each in ct.load_small("practice"))
model = keras.Sequential([
    keras.Input((32, 32, 3)),
    keras.layers.Conv2D(6, 3, activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.GlobalAveragePooling2D(),
    keras.layers.Dense(1, activation="sigmoid"),
])
features = images.mean(axis=(1, 2))
probabilities = np.linspace(0, 1, len(images))
"""
CALLS = (
    "neighbours(images, labels, features)",
    "mistakes(images, labels, probabilities)",
    "gradcam(model, images, labels)",
    "window_stepper()",
    "kernel_playground()",
    "feature_maps(model, images)",
    "pool_stepper()",
    "ring()",
    "arithmetic()",
    "extraction()",
    "receptive_field()",
    "network_builder()",
    "augmentation(images[:2], model=model)",
    "inside(model, images)",
    "occlusion(model, images, labels)",
)
OPERABLE = "input, select, button, textarea, [role=slider], [tabindex='0']"


@pytest.fixture(scope="module")
def lesson(open_notebook: Open) -> OpenNotebook:
    """A notebook with a cell for each explorer of the five lessons."""
    sources = (PREPARE.strip(), *(f"ct.explore.{call}" for call in CALLS))
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = open_notebook("explorers.ipynb", cells)
    notebook.run_all()
    return notebook


@pytest.fixture
def every(lesson: OpenNotebook) -> list[Locator]:
    found = lesson.page.locator(".ct-explorer")
    expect(found).to_have_count(len(CALLS))
    return found.all()


def test_all_are_shown(lesson: OpenNotebook, every: list[Locator]) -> None:
    assert lesson.raised() == []
    expect(lesson.page.locator(".jupyter-widgets-error-widget")).to_have_count(0)
    for explorer in every:
        expect(explorer.get_by_role("status")).to_contain_text(".")
        expect(explorer.get_by_role("img").first).to_be_visible()
    assert lesson.errors == []


def test_axe_finds_nothing(lesson: OpenNotebook, theme: str) -> None:
    rules = ["aria-input-field-name", "image-alt", "label", "select-name", "button-name"]
    assert axe(lesson.page, ".ct-explorer", must_decide=rules) == {}, theme


def test_all_words_can_be_read(every: list[Locator], theme: str) -> None:
    for explorer in every:
        assert unreadable(explorer) == {}, theme


def test_handles_of_sliders_stand_out(lesson: OpenNotebook, theme: str) -> None:
    handles = lesson.page.locator(".ct-explorer .noUi-handle:visible").all()
    assert len(handles) > len(CALLS)
    faintest = min(contrast_of_face(handle, on=".ct-explorer") for handle in handles)
    assert faintest > ENOUGH_OF_A_SHAPE, theme


def test_all_is_reached_by_tab(lesson: OpenNotebook, every: list[Locator]) -> None:
    lesson.page.evaluate(
        "() => document.addEventListener('focusin', e => { e.target.dataset.reached = 'yes'; })"
    )
    for explorer in every:
        operable = explorer.locator(f":is({OPERABLE}):visible:enabled")
        assert operable.count() > 1
        operable.first.focus()
        for _ in range(3 * operable.count()):  # a slider has further stops, such as its number
            lesson.page.keyboard.press("Tab")
        missed = explorer.locator(f":is({OPERABLE}):visible:enabled:not([data-reached])")
        assert missed.evaluate_all("all => all.map(each => each.outerHTML)") == []
