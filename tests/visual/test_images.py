"""One picture on axes, and grids of pictures."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.visual.alt import alt_text
from coursetools.visual.images import image_grid, show_image
from coursetools.visual.inputs import LabelError


def titles(figure: plt.Figure) -> list[str]:
    return [ax.get_title() for ax in figure.axes]


def test_draws_on_the_axes_it_is_given(pictures: np.ndarray) -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert show_image(pictures[0], left, "A car") is left
    assert left.get_title(loc="left") == "A car"
    np.testing.assert_allclose(left.images[0].get_array(), pictures[0], atol=1e-6)
    assert not right.images


def test_draws_on_the_current_axes(pictures: np.ndarray) -> None:
    plt.subplot(1, 2, 2)
    ax = show_image(pictures[0])
    plt.title("Written afterwards")
    assert ax is plt.gca()
    assert "Written afterwards: a colour picture of 16 by 16 pixels" in alt_text(ax.figure)


def test_a_grey_picture_is_drawn_from_black_to_white() -> None:
    ax = show_image(np.full((4, 4), 0.5))
    assert ax.images[0].get_clim() == (0, 1)
    assert "a grey picture of 4 by 4 pixels" in alt_text(ax.figure)


def test_a_grid_names_every_picture(pictures: np.ndarray, labels: np.ndarray) -> None:
    figure = image_grid(pictures, labels, columns=3)
    assert titles(figure) == ["Car"] * 4 + ["Truck"] * 4
    assert alt_text(figure) == (
        "8 pictures in 3 rows, 4 Car and 4 Truck; in order: "
        "Car, Car, Car, Car, Truck, Truck, Truck, Truck."
    )


def test_a_grid_without_labels(pictures: np.ndarray) -> None:
    figure = image_grid(pictures[:2])
    assert titles(figure) == ["", ""]
    assert alt_text(figure) == "2 pictures in 1 row."


def test_titles_of_ones_own(pictures: np.ndarray) -> None:
    figure = image_grid(pictures[:2], titles=["before", "after"], figsize=(5, 3))
    assert alt_text(figure) == "2 pictures in 1 row: before, after."
    assert figure.get_size_inches().tolist() == [5, 3]


def test_other_class_names(pictures: np.ndarray, labels: np.ndarray) -> None:
    figure = image_grid(pictures[3:5], labels[3:5], classes=("Cat", "Dog"))
    assert titles(figure) == ["Cat", "Dog"]


def test_refusals(pictures: np.ndarray, labels: np.ndarray) -> None:
    with pytest.raises(LabelError, match="`3` labels, but there are 8"):
        image_grid(pictures, labels[:3])
    with pytest.raises(LabelError, match="`1` titles"):
        image_grid(pictures, titles=["one"])
    with pytest.raises(ValueError, match=r"`columns` .* `0`"):
        image_grid(pictures, columns=0)
    with pytest.raises(LabelError, match="two names"):
        image_grid(pictures, labels, classes=("Car",))


def test_pyplot_keeps_no_grid(pictures: np.ndarray) -> None:
    image_grid(pictures)
    assert plt.get_fignums() == []
