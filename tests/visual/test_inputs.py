"""What the drawing functions accept, and what they say of what they refuse."""

import numpy as np
import pandas as pd
import pytest

from coursetools.visual.inputs import (
    CurvesError,
    LabelError,
    PictureError,
    ProbabilityError,
    as_curves,
    as_labels,
    as_picture,
    as_pictures,
    as_probabilities,
)


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        (np.zeros((4, 5, 3), np.float32), (4, 5, 3)),
        (np.zeros((4, 5)), (4, 5, 1)),
        (np.zeros((4, 5, 1), np.uint8), (4, 5, 1)),
        (np.zeros((1, 4, 5, 3)), (4, 5, 3)),
        ([[0.0, 1.0], [0.5, 0.25]], (2, 2, 1)),
        (np.eye(3, dtype=bool), (3, 3, 1)),
    ],
)
def test_pictures_of_many_kinds(given: object, shape: tuple[int, ...]) -> None:
    picture = as_picture(given)
    assert picture.shape == shape
    assert picture.dtype == np.float32


def test_whole_numbers_are_read_as_levels() -> None:
    assert as_picture(np.full((2, 2, 3), 255, np.uint8)).max() == 1
    assert as_picture(np.full((2, 2, 3), 51, np.int64)).max() == pytest.approx(0.2)


def test_tiny_overshoot_is_cut_off() -> None:
    assert as_picture(np.full((2, 2), 1.0005)).max() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (np.zeros((4, 5, 2)), r"`image` must be one picture .* its shape is `\(4, 5, 2\)`"),
        (np.zeros((2, 4, 5, 3)), r"its shape is `\(2, 4, 5, 3\)`"),
        (np.zeros((0, 5, 3)), r"`\(0, 5, 3\)`"),
        (np.full((4, 4, 3), 255.0), r"runs from `255` to `255`.* divide it by 255"),
        (np.full((4, 4, 3), -0.5), r"runs from `-0.5`"),
        (np.full((4, 4, 3), np.nan), "`nan`"),
        (np.full((4, 4, 3), 300), "`300`"),
        ("car.jpg", r"`str`"),
        (None, "`NoneType`"),
        ([np.zeros((2, 2)), "x"], "parts differ in shape"),
    ],
)
def test_refused_pictures(given: object, words: str) -> None:
    with pytest.raises(PictureError, match=words):
        as_picture(given)


def test_refused_batch_names_itself() -> None:
    with pytest.raises(PictureError, match=r"`photos` must be pictures .* `\(4, 4, 3\)`"):
        as_pictures(np.zeros((4, 4, 3)), name="photos")


def test_labels_of_any_layout() -> None:
    assert as_labels(np.array([[0.0], [1.0]]), 2).tolist() == [0, 1]
    assert as_labels([True, False], 2).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([0, 1, 2], "one is `2`"),
        ([0, 1], "`2` labels, but there are 3"),
        ([0, 1, 0.5], "one is `0.5`"),
        (["Car", "Truck", "Car"], "one is `'Car'`"),
    ],
)
def test_refused_labels(given: object, words: str) -> None:
    with pytest.raises(LabelError, match=words):
        as_labels(given, 3)


@pytest.mark.parametrize(
    ("given", "words"),
    [([0.5, 1.5], "one is `1.5`"), ([0.5, np.nan], "`nan`"), ([0.5], r"`\(1,\)`"), ("ab", "`<U2`")],
)
def test_refused_probabilities(given: object, words: str) -> None:
    with pytest.raises(ProbabilityError, match=words):
        as_probabilities(given, 2)


CURVES = {"loss": [0.7, 0.5], "accuracy": [0.5, 0.8], "val_accuracy": [0.4, 0.6]}


class History:
    history = CURVES


@pytest.mark.parametrize("given", [CURVES, pd.DataFrame(CURVES, index=[1, 2]), History()])
def test_histories_of_three_kinds(given: object) -> None:
    curves = as_curves(given)
    assert sorted(curves) == ["binary_accuracy", "loss", "val_binary_accuracy"]
    assert curves["loss"].tolist() == pytest.approx([0.7, 0.5])
    assert curves["val_binary_accuracy"].tolist() == pytest.approx([0.4, 0.6])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (3, "it is `int`"),
        ({"val_loss": [1.0]}, r"no curve called loss, only `\['val_loss'\]`"),
        ({"loss": [1.0], "val_loss": [1.0, 2.0]}, "'val_loss': 2"),
        ({"loss": [[1.0]]}, "`loss` must be a list of numbers"),
        ({"loss": ["a"]}, "`<U1`"),
    ],
)
def test_refused_histories(given: object, words: str) -> None:
    with pytest.raises(CurvesError, match=words):
        as_curves(given)
