"""The rule of the claims, on made-up numbers."""

import importlib
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def verdict() -> ModuleType:
    return importlib.import_module("verdict")


@pytest.mark.parametrize(
    ("differences", "noise", "expected"),
    [
        ([0.10, 0.12, 0.11], 0.0, "held"),
        ([0.10, 0.12, 0.11], 0.03, "held"),
        ([0.10, 0.12, 0.11], 0.06, "not shown"),
        ([0.30, -0.20, 0.05], 0.0, "not shown"),
        ([-0.10, -0.12, -0.11], 0.03, "refuted"),
        ([-0.10, -0.12, -0.11], 0.06, "not shown"),
        ([0.0, 0.0, 0.0], 0.0, "not shown"),
        ([0.4], 0.0, "not shown"),
        ([], 0.0, "not shown"),
    ],
)
def test_differences_above_zero(
    verdict: ModuleType, differences: list, noise: float, expected: str
) -> None:
    assert verdict.above_zero(differences, noise) == expected


@pytest.mark.parametrize(
    ("ones", "others", "noise", "expected"),
    [
        ([0.90, 0.91, 0.92], [0.50, 0.55, 0.60], 0.03, "held"),
        ([0.50, 0.55, 0.60], [0.90, 0.91, 0.92], 0.03, "refuted"),
        ([0.90, 0.50, 0.92], [0.60, 0.55, 0.80], 0.03, "not shown"),
        ([0.90, 0.91], [0.88, 0.89], 0.03, "not shown"),
        ([0.90, 0.91, 0.92], [0.50], 0.03, "not shown"),
    ],
)
def test_one_group_higher_than_another(
    verdict: ModuleType, ones: list, others: list, noise: float, expected: str
) -> None:
    assert verdict.higher(ones, others, noise) == expected


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([1e-6, -1e-5], "held"),
        ([1e-6, -2e-3], "refuted"),
        ([1e-6], "not shown"),
        ([1.0], "refuted"),
        ([], "not shown"),
    ],
)
def test_two_ways_that_come_to_the_same(
    verdict: ModuleType, differences: list, expected: str
) -> None:
    assert verdict.within(differences, 1e-3) == expected


def test_what_never_happened_is_not_shown_to_be_impossible(verdict: ModuleType) -> None:
    assert verdict.can_happen(0) == "not shown"
    assert verdict.can_happen(1) == "held"


def test_the_noise_of_pictures_is_that_of_two_accuracies(verdict: ModuleType) -> None:
    assert verdict.picture_noise(0.9, 200) == pytest.approx(2**0.5 * (0.9 * 0.1 / 200) ** 0.5)


def test_numbers_are_said_with_their_spread(verdict: ModuleType) -> None:
    assert verdict.span([0.8, 0.9, 0.85]) == ".850 (.800 to .900, n = 3)"
    assert verdict.span([1.0, -0.05]) == ".475 (-.050 to 1.000, n = 2)"
