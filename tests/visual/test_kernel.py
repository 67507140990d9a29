"""One kernel on axes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.operations import blur, bottom_sobel, edge, gaussian
from coursetools.visual.alt import alt_text
from coursetools.visual.kernel import show_kernel
from coursetools.visual.maps import KernelError
from visual.golden import Golden


def words(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_draws_on_the_current_axes_and_takes_a_title_afterwards() -> None:
    plt.subplot(1, 2, 2)
    ax = show_kernel(edge)
    plt.title("edge")
    assert ax is plt.gca()
    assert words(ax) == ["\u22121"] * 4 + ["8"] + ["\u22121"] * 4
    assert alt_text(plt.gcf()) == (
        "edge: a 3 by 3 kernel (-1, -1, -1; -1, 8, -1; -1, -1, -1), sum 0."
    )


def test_draws_on_the_axes_it_is_given() -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert show_kernel(edge, ax=left) is left
    assert not right.images


def test_numbers_can_be_rounded_sized_or_left_out() -> None:
    ax = show_kernel(blur, digits=2, text_size=9)
    assert words(ax)[:2] == ["0.06", "0.12"]
    assert {text.get_fontsize() for text in ax.texts} == {9}
    assert words(show_kernel(blur, label=False, ax=plt.figure().add_subplot())) == []


def test_the_sign_decides_the_colour_whatever_the_weights() -> None:
    ax = show_kernel([[1, 2], [3, 4]])
    assert ax.images[0].get_clim() == (0, 1)
    assert (ax.images[0].get_array() > 0.5).all()
    ax = show_kernel(np.zeros((2, 2)), ax=plt.figure().add_subplot())
    assert (ax.images[0].get_array() == 0.5).all()


def test_other_shapes() -> None:
    assert len(words(show_kernel(np.ones((3, 2, 1, 1))))) == 6
    with pytest.raises(KernelError, match=r"`\(3, 3, 3, 32\)`"):
        show_kernel(np.ones((3, 3, 3, 32)))


def test_a_row_of_kernels_looks_as_stored(golden: Golden) -> None:
    figure = plt.figure(figsize=(9, 3))
    for place, kernel in enumerate((edge, bottom_sobel, gaussian(5, 1))):
        plt.subplot(1, 3, place + 1)
        show_kernel(kernel, digits=2, text_size=20)
    golden(figure, "kernels")
