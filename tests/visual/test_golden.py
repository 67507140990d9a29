"""The comparison of figures lets small things pass and large ones not."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.visual.style import new_figure
from visual.golden import Golden, difference, small_picture


def figure(*, shift: float = 0.0, colour: str = "#12579b", bars: int = 5) -> plt.Figure:
    drawn = new_figure(3.0)
    left, right = drawn.subplots(1, 2)
    left.bar(range(bars), np.arange(1, bars + 1) + shift, color=colour)
    left.set_title("bars")
    right.imshow(np.eye(6), cmap="gray")
    return drawn


@pytest.fixture
def store(tmp_path: Path) -> Golden:
    folder = tmp_path / "golden"
    Golden(folder, tmp_path, renew=True)(figure(), "bars")
    return Golden(folder, tmp_path, renew=False)


def test_the_same_figure_passes(store: Golden) -> None:
    store(figure(), "bars")


def test_a_fraction_of_a_pixel_passes() -> None:
    picture = small_picture(figure())
    moved = picture.transform(
        picture.size, 0, (1, 0, 0.3, 0, 1, 0.2), resample=2, fillcolor="white"
    )
    assert difference(moved, picture) == ""


@pytest.mark.parametrize(
    "change", [{"colour": "#a34300"}, {"bars": 4}, {"shift": 1.5}], ids=["colour", "bars", "height"]
)
def test_another_figure_fails_and_is_kept(
    store: Golden, tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"bars: .* of 255"):
        store(figure(**change), "bars")  # type: ignore[arg-type]
    assert (tmp_path / "bars.png").is_file()


def test_another_size_fails(store: Golden) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"the size is \(400, "):
        store(new_figure(5.0), "bars")


def test_a_missing_picture_fails(store: Golden) -> None:
    with pytest.raises(pytest.fail.Exception, match="make golden"):
        store(figure(), "no such figure")
