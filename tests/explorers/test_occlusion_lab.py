"""Cover it up, with a network whose answer is known: the mean red of the upper left quarter."""

import numpy as np
import pytest

from coursetools import explorers
from coursetools.operations import CoverError, cover_places
from coursetools.visual import NetworkError, alt_text
from explorers.html_parts import choose, picture, run_code, status


class Redness:
    def __init__(self) -> None:
        self.seen: list[int] = []

    def __call__(self, batch: np.ndarray, training: bool = False) -> np.ndarray:
        self.seen.append(len(batch))
        return batch[:, :8, :8, 0].mean(axis=(1, 2))[:, None]


@pytest.fixture
def corner() -> np.ndarray:
    """Two pictures whose upper left quarter is red; in the second less so."""
    pictures = np.zeros((2, 16, 16, 3), np.float32)
    pictures[:, :8, :8, 0] = np.array([1.0, 0.6])[:, None, None]
    return pictures


def test_one_place_costs_one_run_and_is_kept(corner: np.ndarray) -> None:
    model = Redness()
    explorer = explorers.occlusion(model, corner, [1, 0])
    assert model.seen == [2, 1]
    # A quarter of the red quarter gets the picture's mean red, a fourth.
    wanted = 1 - 0.25 * 0.75
    assert status(explorer).startswith(
        f"Picture 0, a Truck: probability of Truck 1.000 as it is, {wanted:.3f} covered at rows 0 "
        "to 3, columns 0 to 3."
    )
    choose(explorer, column=6)
    assert "1.000 covered at rows 0 to 3, columns 12 to 15" in status(explorer)
    choose(explorer, column=0)
    assert model.seen == [2, 1, 1]


def test_a_sweep_finds_what_decides_and_runs_once(corner: np.ndarray) -> None:
    model = Redness()
    explorer = explorers.occlusion(model, corner)
    explorer.controls["sweep"].click()
    swept = model.seen[2:]
    assert sum(swept) == len(cover_places((16, 16), 4, 2)) == 49
    assert "Over 49 places it is least, 0.812, covered at rows 0 to 3" in status(explorer)
    assert "least: Truck 0.812" in picture(explorer).words
    assert explorer.controls["progress"].layout.visibility == "hidden"
    explorer.controls["sweep"].click()
    choose(explorer, row=3)
    assert model.seen[2:] == swept
    drawn = run_code(explorer, model=model, images=corner)
    assert "Picture 0: 1.00, 0.81 to 1.00" in alt_text(drawn)


def test_changes_are_means_over_the_patches_of_a_pixel(corner: np.ndarray) -> None:
    explorer = explorers.occlusion(Redness(), corner)
    choose(explorer, patch=8)
    explorer.controls["sweep"].click()
    sweep = explorer._asked.swept(0, 8, 4)
    changes = sweep.changes((16, 16))
    by_hand = [
        answer - 1
        for (row, column), answer in zip(sweep.places, sweep.answers, strict=True)
        if row <= 5 < row + 8 and column <= 6 < column + 8
    ]
    assert len(by_hand) == 4
    assert changes[5, 6] == pytest.approx(np.mean(by_hand))
    assert changes[15, 15] == 0


def test_an_answer_that_flips_is_said() -> None:
    pictures = np.zeros((1, 16, 16, 3), np.float32)
    pictures[0, :4, :8, 0] = 1
    pictures[0, 4, 0, 0] = 1
    explorer = explorers.occlusion(Redness(), pictures)
    assert "0.516 as it is" in status(explorer)
    assert "The answer flips." in status(explorer)


def test_the_still_shows_the_least_sure_pictures(corner: np.ndarray) -> None:
    many = np.repeat(corner[:1], 6, axis=0)
    many[4, :8, :8, 0] = 0.5
    text = alt_text(explorers.occlusion(Redness(), many, still=True))
    assert "Picture 4: 0.50, " in text
    assert "least covered at rows 0 to 3" in text


def test_refuses_a_model_with_two_answers(corner: np.ndarray) -> None:
    with pytest.raises(NetworkError, match=r"`\(2, 2\)`"):
        explorers.occlusion(lambda batch, training: np.zeros((len(batch), 2)), corner)
    with pytest.raises(CoverError, match="`17`"):
        explorers.occlusion(Redness(), corner, patch=17)
