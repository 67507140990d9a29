"""What counts as a kernel or a map, and how numbers become colours and words."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from coursetools.operations import MapError
from coursetools.visual.maps import (
    SIGNED,
    KernelError,
    as_kernel,
    as_map,
    kernel_text,
    largest,
    map_text,
    number_words,
    put_map,
    put_numbers,
    put_strength,
    readable_on,
    shared_limit,
    size_and_range,
    written,
)


@pytest.mark.parametrize("shape", [(3, 2), (3, 2, 1), (3, 2, 1, 1)])
def test_kernels_in_every_shape(shape: tuple[int, ...]) -> None:
    kernel = as_kernel(np.arange(6).reshape(shape))
    assert kernel.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert kernel.dtype == np.float32


def test_a_kernel_of_one_row_stays_one() -> None:
    assert as_kernel([[-1, 1]]).shape == (1, 2)
    assert as_kernel(np.ones((1, 3, 1, 1))).shape == (1, 3)


@pytest.mark.parametrize("shape", [(4, 3), (4, 3, 1), (1, 4, 3, 1), (1, 4, 3)])
def test_maps_in_every_shape(shape: tuple[int, ...]) -> None:
    assert as_map(np.arange(12).reshape(shape)).tolist() == np.arange(12).reshape(4, 3).tolist()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.ones((3, 3, 2)), r"`kernel` .* `\(3, 3, 2\)`"),
        (np.ones(9), r"`\(9,\)`"),
        (np.ones((0, 3)), r"`\(0, 3\)`"),
        ([["a"]], "`list` with elements of type `<U1`"),
        ([[1], [1, 2]], "NumPy says"),
        ([[1, np.nan]], "1 are not: `nan`"),
    ],
)
def test_refused_kernels(value: object, words: str) -> None:
    with pytest.raises(KernelError, match=words):
        as_kernel(value)


def test_refused_maps() -> None:
    with pytest.raises(MapError, match=r"`feature_map` .* `\(2, 4, 4, 1\)`"):
        as_map(np.ones((2, 4, 4, 1)))
    with pytest.raises(MapError, match="2 are not: `inf`"):
        as_map([[np.inf, -np.inf]])


def test_limits() -> None:
    assert largest([np.array([1.0, -3.0]), np.array([2.0])]) == 3
    assert largest([np.zeros(4)]) == 1
    assert shared_limit([np.zeros(4)]) == 1
    values = np.zeros((1000, 2), np.float32)
    values[:, 0] = np.linspace(-1, 1, 1000)
    values[0, 1] = 50  # one bright speck
    assert 0.9 < shared_limit([values]) <= 1


def test_zero_is_white_and_signs_have_two_colours() -> None:
    assert SIGNED(0.5)[:3] == (1, 1, 1)
    red, _, blue = SIGNED(0.0)[:3]
    assert red > 2 * blue
    red, _, blue = SIGNED(1.0)[:3]
    assert blue > 2 * red


def test_maps_are_drawn_about_zero() -> None:
    ax = plt.subplot()
    put_map(ax, np.array([[-2.0, 0.0, 4.0]]), 4.0)
    assert ax.images[0].get_clim() == (-1, 1)
    np.testing.assert_allclose(ax.images[0].get_array(), [[-0.5, 0, 1]])
    put_map(ax, np.array([[-1.0, 0.0, 4.0]]), 4.0, gamma=0.5)
    np.testing.assert_allclose(ax.images[1].get_array(), [[-0.5, 0, 1]])
    put_strength(ax, np.array([[0.0, 1.0]]), 4.0, gamma=0.5)
    np.testing.assert_allclose(ax.images[2].get_array(), [[0, 0.5]])
    assert ax.images[2].get_cmap().name == "magma"


def test_numbers_are_readable_on_their_cells() -> None:
    def contrast(first: object, second: object) -> float:
        def light(colour: object) -> float:
            channels = np.array(to_rgb(colour))  # type: ignore[arg-type]
            linear = np.where(
                channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
            )
            return float(linear @ [0.2126, 0.7152, 0.0722])

        low, high = sorted((light(first), light(second)))
        return (high + 0.05) / (low + 0.05)

    for colours in (SIGNED, plt.get_cmap("gray")):
        for share in np.linspace(0, 1, 101):
            colour = colours(share)
            assert contrast(colour, readable_on(colour)) >= 4.5, share


def test_numbers_shrink_to_fit() -> None:
    ax = plt.figure(figsize=(2, 2)).add_subplot()
    values = np.full((3, 3), 0.0625, np.float32)
    put_numbers(ax, values, number_words(values), limit=1.0, text_size=28)
    sizes = {text.get_fontsize() for text in ax.texts}
    assert len(sizes) == 1
    assert 4 < sizes.pop() < 14
    few = plt.figure(figsize=(8, 8)).add_subplot()
    put_numbers(few, values, number_words(values, 1), limit=1.0, text_size=28)
    assert few.texts[0].get_fontsize() == 28


@pytest.mark.parametrize(
    ("value", "digits", "word"),
    [
        (8, None, "8"),
        (-1, None, "\u22121"),
        (-0.0, None, "0"),
        (0.0625, None, "0.0625"),
        (1 / 3, None, "0.333"),
        (2295, None, "2295"),
        (0.0625, 2, "0.06"),
        (-0.001, 2, "0"),
        (1.5, 0, "2"),
    ],
)
def test_how_numbers_are_written(value: float, digits: int | None, word: str) -> None:
    assert written(value, digits) == word


def test_words_about_maps_and_kernels() -> None:
    values = np.array([[-1.5, 0], [0, 2]], np.float32)
    assert size_and_range(values) == "2\u00d72,  \u22121.5 to 2"
    assert map_text(values) == "2 by 2, from -1.5 to 2, 25% negative, 50% zero"
    assert kernel_text(values) == "2 by 2 kernel (-1.5, 0; 0, 2)"
    assert kernel_text(np.ones((8, 8), np.float32)) == "8 by 8 kernel with weights from 1 to 1"
