"""Guesses, confusion tables and mistakes, with numbers counted by hand."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.visual.alt import alt_text
from coursetools.visual.confusion import confusion, confusion_table
from coursetools.visual.guesses import guess_bars, top_guesses
from coursetools.visual.inputs import LabelError, PictureError, ProbabilityError
from coursetools.visual.mistakes import mistake_order, mistakes_grid

LABELS = [0, 0, 0, 0, 1, 1, 1, 1]
CHANCES = [0.1, 0.2, 0.9, 0.5, 0.8, 0.4, 0.05, 0.6]


def test_counts_by_hand() -> None:
    found = confusion(LABELS, CHANCES)
    assert found.counts == ((3, 1), (2, 2))
    assert (found.total, found.correct, found.accuracy) == (8, 5, 0.625)
    assert found.row_share(1, 0) == 0.5


def test_the_threshold_itself_is_not_above_it() -> None:
    # As keras.metrics.BinaryAccuracy counts.
    assert confusion([1], [0.5], threshold=0.5).counts == ((0, 0), (1, 0))
    assert confusion([1], [0.5], threshold=0.499).counts == ((0, 0), (0, 1))


def test_extreme_thresholds() -> None:
    assert confusion(LABELS, CHANCES, threshold=0).counts == ((0, 4), (0, 4))
    assert confusion(LABELS, CHANCES, threshold=1).counts == ((4, 0), (4, 0))


def test_an_empty_row_has_no_share() -> None:
    assert confusion([1, 1], [0.9, 0.8]).row_share(0, 0) == 0


def test_table_shows_counts_and_shares() -> None:
    _, ax = plt.subplots()
    assert confusion_table(LABELS, CHANCES, ax) is ax
    shown = [text.get_text() for text in ax.texts]
    assert shown[::2] == ["3", "1", "2", "2"]
    assert shown[1] == "75% of the row, right"
    assert shown[5] == "50% of the row, wrong"
    assert (
        "of 4 Car pictures 3 are called Car (75%) and 1 Truck (25%); "
        "of 4 Truck pictures 2 are called Car (50%) and 2 Truck (50%); 5 of 8 right, 62.5%."
    ) in alt_text(ax.figure)


def test_confusion_refusals() -> None:
    with pytest.raises(LabelError, match="`0` labels"):
        confusion([], [])
    with pytest.raises(ProbabilityError, match=r"`threshold` .* `1.5`"):
        confusion([0], [0.5], threshold=1.5)
    with pytest.raises(ProbabilityError, match="2 pictures"):
        confusion([0, 1], [0.5])


def test_surest_mistakes_come_first() -> None:
    assert mistake_order(LABELS, CHANCES).tolist() == [6, 2, 5]


def test_grid_of_mistakes(pictures: np.ndarray) -> None:
    figure = mistakes_grid(pictures, LABELS, CHANCES, limit=2)
    assert [ax.get_title() for ax in figure.axes] == [
        "is a Truck\np(Truck) = 0.05",
        "is a Car\np(Truck) = 0.90",
    ]
    assert alt_text(figure) == (
        "2 of 3 mistakes, the surest first: picture 6, a Truck, p(Truck) 0.05; "
        "picture 2, a Car, p(Truck) 0.90."
    )


def test_no_mistake_is_said(pictures: np.ndarray) -> None:
    figure = mistakes_grid(pictures, LABELS, LABELS)
    assert alt_text(figure) == "No mistake among 8 pictures at threshold 0.5."


def test_grid_refusals(pictures: np.ndarray) -> None:
    with pytest.raises(ValueError, match="`0`, `6`"):
        mistakes_grid(pictures, LABELS, CHANCES, limit=0)
    with pytest.raises(LabelError, match="`7` labels"):
        mistakes_grid(pictures, LABELS[1:], CHANCES)


NAMES = ("cat, house cat", "dog", "van")
TABLE = [[0.2, 0.1, 0.7], [0.3, 0.4, 0.3]]


def test_likeliest_guesses_first() -> None:
    assert top_guesses(TABLE, NAMES, top=2) == [
        [("van", 0.7), ("cat, house cat", 0.2)],
        [("dog", 0.4), ("cat, house cat", 0.3)],
    ]


def test_bars_beside_the_photos(pictures: np.ndarray) -> None:
    figure = guess_bars(pictures[:2], TABLE, NAMES, top=2)
    assert [text.get_text() for text in figure.axes[1].texts] == ["van", "70%", "cat", "20%"]
    assert "Picture 2: dog 40%, cat, house cat 30%." in alt_text(figure)


def test_photos_of_different_sizes(pictures: np.ndarray) -> None:
    guess_bars([pictures[0], pictures[1, :8]], TABLE, NAMES)
    with pytest.raises(PictureError, match=r"`images\[1\]` .*`\(16, 3, 2, 1\)`"):
        guess_bars([pictures[0], np.zeros((16, 3, 2, 1))], TABLE, NAMES)


def test_guess_refusals(pictures: np.ndarray) -> None:
    with pytest.raises(ProbabilityError, match=r"\(pictures, 3\).*`\(2, 2\)`"):
        top_guesses([[0.5, 0.5], [0.5, 0.5]], NAMES)
    with pytest.raises(ProbabilityError, match="before the softmax"):
        top_guesses([[3.0, -1.0, 0.0]], NAMES)
    with pytest.raises(LabelError, match="`4`"):
        top_guesses(TABLE, NAMES, top=4)
    with pytest.raises(ProbabilityError, match="`2` rows, but there are 3"):
        guess_bars(pictures[:3], TABLE, NAMES)
