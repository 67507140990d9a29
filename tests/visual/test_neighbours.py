"""Nearest pictures, found by hand and by a slow search."""

import numpy as np
import pytest

from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import PictureError
from coursetools.visual.neighbour_rows import neighbour_rows, spread_queries
from coursetools.visual.neighbours import nearest, same_class_share

POINTS = np.array([[0.0], [1.0], [3.0], [10.0]])


def test_neighbours_by_hand() -> None:
    assert nearest(POINTS, [0, 3], 2).tolist() == [[1, 2], [2, 1]]
    assert nearest(POINTS, [1], 3).tolist() == [[0, 2, 3]]


def test_the_query_is_never_its_own_neighbour() -> None:
    same = np.ones((5, 3))
    assert 2 not in nearest(same, [2], 4)[0]


def test_ties_go_to_the_earlier_one() -> None:
    assert nearest([[0.0], [1.0], [-1.0]], [0], 2).tolist() == [[1, 2]]


def test_agrees_with_a_slow_search() -> None:
    maps = np.random.default_rng(3).normal(size=(30, 4, 4, 8)).astype(np.float32)
    found = nearest(maps, range(30), 5)
    for query in range(30):
        distances = [np.linalg.norm(maps[query] - other) for other in maps]
        slow = [n for n in np.argsort(distances) if n != query][:5]
        assert found[query].tolist() == slow


def test_share_of_the_same_class() -> None:
    labels = [0, 0, 1, 1]
    assert same_class_share(labels, [0, 3], np.array([[1, 2], [2, 1]])) == 0.5
    assert same_class_share(labels, [0], np.array([[1]])) == 1.0


@pytest.mark.parametrize("k", [0, 4, -1])
def test_impossible_k(k: int) -> None:
    with pytest.raises(ValueError, match=f"from 1 to 3, but it is `{k}`"):
        nearest(POINTS, [0], k)


def test_other_refusals() -> None:
    with pytest.raises(IndexError, match=r"from 0 to 3, not `\[4\]`"):
        nearest(POINTS, [4], 1)
    with pytest.raises(PictureError, match=r"`\(4,\)`"):
        nearest(POINTS[:, 0], [0], 1)


def test_queries_are_spread_over_both_classes() -> None:
    labels = np.repeat([0, 1], 50)
    chosen = spread_queries(labels, 6)
    assert labels[chosen].tolist() == [0, 0, 0, 1, 1, 1]
    assert len(set(chosen)) == 6
    assert spread_queries(np.array([0, 0, 1]), 6) == [0, 1, 2]


def test_figure_says_who_is_near_whom(pictures: np.ndarray, labels: np.ndarray) -> None:
    features = np.array([[0.0], [1], [5], [6], [5.5], [6.5], [1.5], [0.5]])
    figure = neighbour_rows(pictures, labels, features, queries=[0], k=2, spaces=["features"])
    assert alt_text(figure) == (
        "Nearest pictures of 1 query. Same class: 50% by features. "
        "Car 0: by features Truck 7, Car 1."
    )


def test_figure_of_both_spaces(pictures: np.ndarray, labels: np.ndarray) -> None:
    figure = neighbour_rows(pictures, labels, labels[:, None] * 1.0, k=3)
    text = alt_text(figure)
    assert "Same class: 100% by pixels, 100% by features." in text
    assert text.count("by pixels") == text.count("by features") == 7


@pytest.mark.parametrize("k", [1, 4, 7])
@pytest.mark.parametrize("spaces", [["pixels"], ["pixels", "features"]])
def test_pictures_stay_on_the_page_and_apart(
    pictures: np.ndarray, labels: np.ndarray, k: int, spaces: list[str]
) -> None:
    figure = neighbour_rows(pictures, labels, labels[:, None] * 1.0, k=k, spaces=spaces)
    (ax,) = figure.axes
    width, height = figure.get_size_inches()
    boxes = sorted(image.get_extent() for image in ax.images)
    left, right, low, high = (column for column in zip(*boxes, strict=True))
    assert min(*left, *low) > 0
    assert max(right) < width
    assert max(high) < height
    for number, (a0, a1, a2, a3) in enumerate(boxes):
        for b0, b1, b2, b3 in boxes[number + 1 :]:
            assert a1 <= b0 or b1 <= a0 or a3 <= b2 or b3 <= a2


def test_figure_refusals(pictures: np.ndarray, labels: np.ndarray) -> None:
    with pytest.raises(PictureError, match=r"`features` .* 8 pictures.*`\(7, 2\)`"):
        neighbour_rows(pictures, labels, np.zeros((7, 2)))
    with pytest.raises(ValueError, match="'colours'"):
        neighbour_rows(pictures, labels, labels[:, None], spaces=["colours"])
    with pytest.raises(ValueError, match="`9`"):
        neighbour_rows(pictures, labels, labels[:, None], k=9)
