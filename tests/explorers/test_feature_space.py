"""X1: the neighbours shown are the right ones, and the share is counted right."""

from typing import Any

import numpy as np
import pytest

from coursetools import explorers
from explorers.html_parts import choose, code, picture, status


@pytest.fixture
def explorer(images: np.ndarray, labels: np.ndarray, features: np.ndarray) -> Any:
    return explorers.neighbours(images, labels, features)


def test_neighbours_in_features(explorer: Any) -> None:
    choose(explorer, space="features", k=3)
    assert picture(explorer).alts == [
        "The query, picture 0, a Car",
        "Neighbour 1: picture 7, a Truck, other class",
        "Neighbour 2: picture 1, a Car, same class",
        "Neighbour 3: picture 6, a Truck, other class",
    ]
    assert status(explorer) == "Picture 0 is a Car: by features 1 of 3 are of its class."


def test_another_query(explorer: Any) -> None:
    choose(explorer, space="features", k=2, query=4)
    assert [alt.split(",")[0] for alt in picture(explorer).alts[1:]] == [
        "Neighbour 1: picture 2",
        "Neighbour 2: picture 3",
    ]
    assert status(explorer).endswith("by features 0 of 2 are of its class.")
    assert code(explorer) == (
        "ct.neighbour_rows(images, labels, features, queries=[4], k=2, spaces=['features'])"
    )


def test_pixels_are_measured_on_the_pictures(explorer: Any, images: np.ndarray) -> None:
    choose(explorer, space="pixels", k=1)
    distances = [np.linalg.norm(images[0] - other) for other in images]
    assert f"picture {np.argsort(distances)[1]}," in picture(explorer).alts[1]


def test_both_rows_at_first(explorer: Any) -> None:
    assert len(picture(explorer).alts) == 1 + 5 + 5
    assert {"by pixels", "by features"} <= set(picture(explorer).words)
    assert "by pixels" in status(explorer)


def test_few_pictures_have_few_neighbours(
    images: np.ndarray, labels: np.ndarray, features: np.ndarray
) -> None:
    explorer = explorers.neighbours(images[2:5], labels[2:5], features[2:5])
    assert explorer.controls["k"].max == 2


def test_other_class_names(images: np.ndarray, labels: np.ndarray, features: np.ndarray) -> None:
    explorer = explorers.neighbours(images, labels, features, classes=("Cat", "<Dog>"))
    assert status(explorer).startswith("Picture 0 is a Cat")
    choose(explorer, query=5)
    assert "<Dog>" not in explorer.view.children[2].value
    assert status(explorer).startswith("Picture 5 is a <Dog>")
