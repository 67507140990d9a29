"""Small pictures and models for the figures' tests; no test of a figure needs a window."""

from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest


@pytest.fixture(autouse=True)
def no_window() -> Iterator[None]:
    before = mpl.get_backend()
    plt.switch_backend("agg")
    yield
    plt.close("all")
    plt.switch_backend(before)


@pytest.fixture
def pictures() -> np.ndarray:
    """Eight pictures of 16 by 16 pixels: the first four dark, the others bright."""
    noise = np.random.default_rng(1).random((8, 16, 16, 3), dtype=np.float32)
    return noise * 0.4 + np.repeat([0.0, 0.6], 4).astype(np.float32)[:, None, None, None]


@pytest.fixture
def labels() -> np.ndarray:
    return np.repeat([0, 1], 4)
