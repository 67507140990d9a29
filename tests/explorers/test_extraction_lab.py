"""The extraction lab: what it says of its maps is what the operations give."""

import numpy as np
import pytest

from coursetools import explorers
from coursetools.operations import convolve, edge, max_pool, relu
from coursetools.visual import PictureError, alt_text
from explorers.html_parts import choose, code, picture, status


def test_starts_with_the_windows_of_most_networks() -> None:
    assert status(explorers.extraction()) == (
        "64 by 64 pixels, then 62 by 62 (filter), then 62 by 62 (detect), then 31 by 31 "
        "(condense): one number left for 4.3 pixels."
    )


def test_sizes_and_ranges_are_those_of_the_operations(images: np.ndarray) -> None:
    image = np.tile(images[0].mean(axis=-1), (2, 3))
    explorer = explorers.extraction(image)
    choose(
        explorer, kernel="edge", conv_stride=2, conv_padding="same", pool_size=3, pool_stride=1,
        pool_padding="valid",
    )  # fmt: skip
    filtered = convolve(image, edge, stride=2, padding="same")
    condensed = max_pool(relu(filtered), 3, 1)
    assert filtered.shape == (16, 24)
    assert condensed.shape == (14, 22)
    assert "16 by 24 (filter), then 16 by 24 (detect), then 14 by 22" in status(explorer)
    _, first, second, third = picture(explorer).alts
    assert f"to {filtered.max():.2g}"[:5] in first
    assert "after detect. 0 to" in second
    assert "after condense." in third
    assert code(explorer).startswith("ct.show_extraction(image, ct.edge, conv_stride=2, ")


def test_windows_with_gaps_are_named() -> None:
    explorer = explorers.extraction()
    assert "gaps" not in status(explorer)
    choose(explorer, conv_stride=4, pool_size=2, pool_stride=3)
    assert "The kernel moves by 4, more than its window of 3: it has gaps." in status(explorer)
    assert "The pooling moves by 3, more than its window of 2: it has gaps." in status(explorer)


def test_the_still_tells_sizes() -> None:
    text = alt_text(explorers.extraction(still=True))
    assert "circle, 64 by 64: filter 62 by 62, detect 62 by 62, condense 31 by 31" in text
    assert "car, 200 by 200" in text


@pytest.mark.parametrize("pictures", [np.zeros((8, 30), np.float32), {}])
def test_pictures_that_are_too_small_or_none(pictures: object) -> None:
    with pytest.raises(PictureError, match="at least 12 by 12"):
        explorers.extraction(pictures)
