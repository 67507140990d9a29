"""Small pictures and models for the figures' tests; no test of a figure needs a window."""

from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from visual.golden import FOLDER, Golden


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


@pytest.fixture
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Golden:
    """Compare a figure with the stored one of a name: `golden(figure, "name")`."""
    return Golden(FOLDER, tmp_path, renew=request.config.getoption("--renew-golden"))


@pytest.fixture
def scene() -> np.ndarray:
    """A picture of 48 by 48 in colour: a slope of grey, a red disc, blue bars, a white line."""
    rows, columns = np.mgrid[:48, :48].astype(np.float32)
    picture = np.repeat((0.2 + rows / 96)[..., None], 3, axis=-1)
    picture[(rows - 16) ** 2 + (columns - 16) ** 2 < 90] = (0.8, 0.15, 0.1)
    picture[30:44, 28:44][:, ::4] = (0.1, 0.2, 0.9)
    picture[36, 4:22] = 1
    return picture
