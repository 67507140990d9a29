"""The course's look is put on for a drawing and taken off again."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from coursetools.visual.inputs import as_labels
from coursetools.visual.style import axes_or_current, course_style, new_figure, set_style


def test_nothing_is_left_behind() -> None:
    before = dict(mpl.rcParams)
    with course_style():
        assert mpl.rcParams["axes.spines.top"] is False
    assert dict(mpl.rcParams) == before


def test_a_new_figure_is_unknown_to_pyplot() -> None:
    figure = new_figure(2.0, width=5.0)
    assert figure.get_size_inches().tolist() == [5.0, 2.0]
    assert plt.get_fignums() == []


def test_axes_default_to_the_current_ones() -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert axes_or_current(None) is right
    assert axes_or_current(left) is left


def test_a_figure_in_the_place_of_axes_is_named() -> None:
    with pytest.raises(TypeError, match=r"`Figure`.*plt\.subplots"):
        axes_or_current(plt.figure())  # type: ignore[arg-type]


def test_labels_keep_their_errors_when_styled() -> None:
    with course_style(), pytest.raises(ValueError, match="`3` labels"):
        as_labels([0, 0, 0], 1)


def test_the_look_can_be_kept_for_a_notebooks_own_plots() -> None:
    before = dict(mpl.rcParams)
    try:
        set_style()
        ax = plt.figure().add_subplot()
        ax.set_title("A title")
        ax.set_xlabel("a label")
        assert ax.imshow([[0, 1]]).get_cmap().name == "magma"
        assert ax.title.get_weight() == ax.xaxis.label.get_weight() == "bold"
    finally:
        mpl.rcParams.update(before)
