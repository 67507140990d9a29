"""Eight small pictures, their labels and what a network says of them."""

from collections.abc import Iterator

import ipywidgets as widgets
import numpy as np
import pytest


@pytest.fixture(autouse=True)
def no_widget_stays() -> Iterator[None]:
    yield
    widgets.Widget.close_all()


@pytest.fixture
def images() -> np.ndarray:
    return np.random.default_rng(2).random((8, 16, 16, 3), dtype=np.float32)


@pytest.fixture
def labels() -> np.ndarray:
    return np.repeat([0, 1], 4)


@pytest.fixture
def features() -> np.ndarray:
    """Numbers on a line: near picture 0 lie 7, 1 and 6; near picture 4 lie 2, 3 and 5."""
    return np.array([[0.0], [1.0], [5.0], [6.0], [5.5], [6.7], [1.5], [0.5]])


@pytest.fixture
def chances() -> np.ndarray:
    return np.array([0.12, 0.2, 0.9, 0.55, 0.8, 0.4, 0.05, 0.6])
