"""Stops, padding and visits of a window, against counting them one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursetools.operations.windows import (
    NoStopError,
    WindowError,
    output_size,
    padding_of,
    starts,
    visit_counts,
)

SETTINGS = {
    "n": st.integers(1, 40),
    "k": st.integers(1, 9),
    "stride": st.integers(1, 6),
    "padding": st.sampled_from(["valid", "same", "VALID", "Same"]),
    "dilation": st.integers(1, 3),
}


@given(**SETTINGS)
def test_stops_are_those_that_fit(n: int, k: int, stride: int, padding: str, dilation: int) -> None:
    setting = (n, k, stride, padding, dilation)
    reach = (k - 1) * dilation + 1
    if padding.lower() == "valid" and reach > n:
        with pytest.raises(NoStopError, match=rf"`{reach}` pixels fits nowhere on `{n}`"):
            output_size(*setting)
        return
    before, after = padding_of(*setting)
    stops = [start - before for start in range(0, n + before + after - reach + 1, stride)]
    assert starts(*setting) == tuple(stops)
    assert output_size(*setting) == len(stops)
    counted = np.zeros(n, int)
    for stop in stops:
        for weight in range(k):
            if 0 <= stop + weight * dilation < n:
                counted[stop + weight * dilation] += 1
    np.testing.assert_array_equal(visit_counts(*setting), counted)


@given(**SETTINGS)
def test_same_pads_as_little_as_it_can_and_more_at_the_end(
    n: int, k: int, stride: int, padding: str, dilation: int
) -> None:
    before, after = padding_of(n, k, stride, "same", dilation)
    assert after - before in (0, 1)
    stops = starts(n, k, stride, "same", dilation)
    assert len(stops) == int(np.ceil(n / stride))
    if after:
        assert stops[-1] + (k - 1) * dilation == n + after - 1


def test_the_lesson_s_numbers() -> None:
    assert starts(6, 3) == (0, 1, 2, 3)
    assert visit_counts(6, 3, 2).tolist() == [1, 1, 2, 1, 1, 0]
    counts = np.outer(visit_counts(7, 3), visit_counts(7, 3))
    assert (counts[0, 0], counts[3, 3]) == (1, 9)
    assert [padding_of(n, 3, 2, "same") for n in (4, 5, 6, 7)] == [(0, 1), (1, 1), (0, 1), (1, 1)]
    assert (output_size(64, 3, 3), output_size(64, 3, 3, "same")) == (21, 22)
    assert [
        output_size(32, 5),
        output_size(32, 5, padding="same"),
        output_size(32, 5, 2),
        output_size(32, 5, 2, "same"),
        output_size(32, 3, dilation=2),
    ] == [28, 32, 14, 16, 28]


def test_numpy_integers_are_whole_numbers() -> None:
    assert output_size(np.int64(6), np.uint8(3)) == 4
    assert isinstance(output_size(np.int64(6), np.uint8(3)), int)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ((0, 3), r"`n` must be a whole number from 1, but it is `0`"),
        ((6, 2.0), r"`k` .* `2\.0`"),
        ((6, 3, -1), r"`stride` .* `-1`"),
        ((6, 3, True), r"`stride` .* `True`"),
        ((6, 3, 1, "full"), r"`padding` must be 'valid' or 'same', but it is `'full'`"),
        ((6, 3, 1, None), r"`padding` .* `None`"),
        ((6, 3, 1, "valid", "2"), r"`dilation` .* `'2'`"),
    ],
)
def test_refusals(setting: tuple, words: str) -> None:
    for function in (output_size, padding_of, starts, visit_counts):
        with pytest.raises(WindowError, match=words):
            function(*setting)
