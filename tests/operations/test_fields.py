"""Receptive fields, against walking backwards, and the sizes of known networks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursetools.operations.fields import (
    FieldError,
    FieldRow,
    effective_width,
    field_extent,
    field_table,
    receptive_field,
)
from coursetools.operations.windows import WindowError

VGG16 = [layer for convolutions in (2, 2, 3, 3, 3) for layer in [*[(3, 1)] * convolutions, (2, 2)]]
LAYER = st.tuples(st.integers(1, 7), st.integers(1, 3), st.integers(1, 3))


@given(st.lists(LAYER, max_size=8))
def test_walking_backwards_from_one_unit(layers: list[tuple[int, int, int]]) -> None:
    size = 1
    for kernel, stride, dilation in reversed(layers):
        size = (size - 1) * stride + (kernel - 1) * dilation + 1
    assert receptive_field(layers) == size


@given(st.lists(LAYER, min_size=1, max_size=6))
def test_the_table_s_rows_are_the_fields_of_its_beginnings(
    layers: list[tuple[int, int, int]],
) -> None:
    rows = field_table(layers)
    assert [row.size for row in rows] == [
        receptive_field(layers[: end + 1]) for end in range(len(layers))
    ]
    assert [(row.kernel, row.stride) for row in rows] == [layer[:2] for layer in layers]


@pytest.mark.parametrize(
    ("layers", "size"),
    [
        ([], 1),
        ([(3, 1)], 3),
        ([(3, 1)] * 2, 5),
        ([(3, 1)] * 3, 7),
        ([(3, 1), (2, 2), (3, 1), (2, 2)], 10),
        ([(7, 2), (3, 2)], 11),
        ([(5, 1), (2, 2), (3, 1), (2, 2), (3, 1), (2, 2)], 24),
        ([(3, 1, 2)], 5),
    ],
)
def test_the_lesson_s_stacks(layers: list, size: int) -> None:
    assert receptive_field(layers) == size


def test_pools_between_convolutions() -> None:
    rows = field_table([(3, 1), (2, 2), (3, 1), (2, 2)])
    assert [row.size for row in rows] == [3, 4, 8, 10]
    assert [row.jump for row in rows] == [1, 2, 2, 4]


def test_vgg16() -> None:
    rows = field_table(VGG16)
    assert rows[1] == FieldRow(3, 1, size=5, jump=1)
    assert rows[8] == FieldRow(3, 1, size=40, jump=4)
    assert rows[16] == FieldRow(3, 1, size=196, jump=16)
    assert rows[17] == FieldRow(2, 2, size=212, jump=32)


def test_refusals() -> None:
    for bad in ([3], [(3,)], [(3, 1, 1, 1)], [None]):
        with pytest.raises(FieldError, match=r"Layer 1 must be a pair .* but it is `"):
            receptive_field(bad)
    with pytest.raises(FieldError, match=r"Layer 2"):
        receptive_field([(3, 1), 3])
    with pytest.raises(WindowError, match=r"`stride` .* `0`"):
        receptive_field([(3, 0)])


def test_extent_counts_from_the_first_pixel_reached_to_the_last() -> None:
    gradient = np.zeros((7, 9))
    gradient[2, 3], gradient[5, 4] = -1, 0.5
    assert field_extent(gradient) == (4, 2)


def test_the_width_that_holds_a_share() -> None:
    flat = np.ones((9, 9))
    assert effective_width(flat, 1) == 9
    assert effective_width(flat, 0.5) == 7  # 49 of 81; 25 of 81 are too few
    peak = flat.copy()
    peak[4, 4] = -1000
    assert effective_width(peak) == 1
    even = np.zeros((10, 10))
    even[2:6, 2:6] = 1  # off the middle of the picture: the middle of the field counts
    assert effective_width(even) == 4
    assert effective_width(even, 0.25) == 2


def test_refused_gradients() -> None:
    with pytest.raises(FieldError, match=r"`\(1, 4, 4\)`"):
        field_extent(np.ones((1, 4, 4)))
    with pytest.raises(FieldError, match="0 everywhere"):
        effective_width(np.zeros((4, 4)))
    with pytest.raises(FieldError, match=r"`share` .* `1\.5`"):
        effective_width(np.ones((4, 4)), 1.5)
