"""The weekly series and the kernels for it."""

import numpy as np
import pytest

from coursetools.operations.series import SERIES_KERNELS, average, detrend, spencer, weekly_series


def filtered(series: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.correlate(series, kernel, "valid")


def test_a_seed_gives_one_series() -> None:
    np.testing.assert_array_equal(weekly_series(3), weekly_series(3))
    assert (weekly_series(3) != weekly_series(4)).any()
    assert weekly_series().shape == (208,)
    assert weekly_series().dtype == np.float32
    assert weekly_series(weeks=1).shape == (1,)
    with pytest.raises(ValueError, match="`0`"):
        weekly_series(weeks=0)


@pytest.mark.parametrize("seed", range(5))
def test_averages_calm_it_and_keep_its_level(seed: int) -> None:
    series = weekly_series(seed)
    assert series.min() >= 0
    for kernel in (average, spencer):
        calm = filtered(series, kernel)
        assert np.diff(calm).std() < 0.5 * np.diff(series).std()
        assert calm.mean() == pytest.approx(series.mean(), rel=0.05)


def test_what_each_kernel_leaves_alone() -> None:
    flat, rise = np.full(40, 7.0), np.arange(40.0)
    assert filtered(flat, detrend).tolist() == [0] * 39
    assert filtered(rise, detrend).tolist() == [1] * 39
    cubic = (np.arange(40) / 10) ** 3
    np.testing.assert_allclose(filtered(cubic, spencer), cubic[7:-7], atol=1e-5)
    np.testing.assert_allclose(filtered(flat, average), 7, atol=1e-5)


def test_kernels_cannot_be_changed_by_accident() -> None:
    for kernel in SERIES_KERNELS.values():
        with pytest.raises(ValueError, match="read-only"):
            kernel[0] = 5
