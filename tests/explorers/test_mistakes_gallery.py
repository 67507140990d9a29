"""The mistakes gallery: counts, filters and orders against counting by hand."""

from typing import Any

import numpy as np
import pytest

from coursetools import explorers
from explorers.html_parts import choose, code, picture, status


@pytest.fixture
def explorer(images: np.ndarray, labels: np.ndarray, chances: np.ndarray) -> Any:
    return explorers.mistakes(images, labels, chances)


def shown(explorer: Any) -> list[str]:
    return [alt.split(",")[0].removeprefix("Picture ") for alt in picture(explorer).alts]


def test_starts_with_all_mistakes_surest_first(explorer: Any) -> None:
    assert shown(explorer) == ["6", "2", "5", "3"]
    assert status(explorer) == (
        "Threshold 0.50: 4 of 8 right, 50.0%. 2 Car called Truck, 2 Truck called Car. "
        "All mistakes: 4 pictures, page 1 of 1."
    )


def test_the_threshold_moves_table_and_pictures(explorer: Any) -> None:
    choose(explorer, threshold=0.7)
    assert status(explorer).startswith(
        "Threshold 0.70: 4 of 8 right, 50.0%. 1 Car called Truck, 3 Truck called Car."
    )
    words = picture(explorer).words
    assert [word for word in words if "%" in word] == ["3 (75%)", "1 (25%)", "3 (75%)", "1 (25%)"]
    assert code(explorer).endswith("threshold=0.70)")


@pytest.mark.parametrize(("threshold", "expected"), [(0.0, "0123"), (1.0, "4567")])
def test_extreme_thresholds(explorer: Any, threshold: float, expected: str) -> None:
    choose(explorer, threshold=threshold)
    assert "".join(sorted(shown(explorer))) == expected
    assert "4 of 8 right" in status(explorer)


@pytest.mark.parametrize(
    ("show", "sort", "expected"),
    [
        ("false Car", "surest first", ["6", "5"]),
        ("false Car", "least sure first", ["5", "6"]),
        ("false Truck", "surest first", ["2", "3"]),
        ("all mistakes", "by number", ["2", "3", "5", "6"]),
        ("least sure", "surest first", ["3", "5", "7", "1", "4", "0", "2", "6"]),
    ],
)
def test_filters_and_orders(explorer: Any, show: str, sort: str, expected: list[str]) -> None:
    choose(explorer, show=show, sort=sort)
    assert shown(explorer) == expected


def test_least_sure_shows_right_and_wrong_ones(explorer: Any) -> None:
    choose(explorer, show="least sure")
    html = explorer.view.children[3].value
    assert html.count("ct-same") == html.count("ct-other") == 4


def test_pages(images: np.ndarray, labels: np.ndarray) -> None:
    many = np.concatenate([images] * 4)
    classes = np.concatenate([labels] * 4)
    explorer = explorers.mistakes(many, classes, 1.0 - classes)
    assert len(shown(explorer)) == 12
    assert status(explorer).endswith("32 pictures, page 1 of 3.")
    choose(explorer, page=3)
    assert len(shown(explorer)) == 8
    choose(explorer, show="false Car")
    assert status(explorer).endswith("False car: 16 pictures, page 2 of 2.")
    assert len(shown(explorer)) == 4


def test_names_of_files(images: np.ndarray, labels: np.ndarray, chances: np.ndarray) -> None:
    names = [f"{number:04}.jpg" for number in range(8)]
    explorer = explorers.mistakes(images, labels, chances, names)
    assert picture(explorer).alts[0] == "0006.jpg, a Truck, p(Truck) = 0.05"


def test_no_mistake(images: np.ndarray, labels: np.ndarray) -> None:
    explorer = explorers.mistakes(images, labels, labels)
    assert shown(explorer) == []
    assert "8 of 8 right, 100.0%" in status(explorer)
    assert status(explorer).endswith("0 pictures, page 1 of 1.")
