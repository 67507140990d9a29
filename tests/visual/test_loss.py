"""Binary cross-entropy and its curves."""

import math

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import ProbabilityError
from coursetools.visual.loss import binary_cross_entropy, loss_curves


def test_cost_by_hand() -> None:
    costs = binary_cross_entropy([1, 0, 1, 0], [0.5, 0.5, 0.9, 0.9])
    expected = [math.log(2), math.log(2), -math.log(0.9), -math.log(0.1)]
    assert costs.tolist() == pytest.approx(expected, rel=1e-5)
    assert costs.dtype == np.float32


def test_a_certain_mistake_has_no_ceiling() -> None:
    assert binary_cross_entropy([1], [0.0])[0] == math.inf


def test_curves_cross_at_the_coin_flip() -> None:
    ax = loss_curves()
    car, truck = (line.get_xydata() for line in ax.get_lines()[:2])
    middle = len(car) // 2
    assert car[middle] == pytest.approx([0.5, math.log(2)])
    assert truck[middle] == pytest.approx([0.5, math.log(2)])
    assert "ln 2 = 0.6931" in alt_text(ax.figure)


def test_a_marked_prediction_shows_both_costs() -> None:
    _, ax = plt.subplots()
    loss_curves(ax, prediction=0.9)
    texts = [text.get_text() for text in ax.texts]
    assert "0.11" in texts
    assert "2.30" in texts
    assert "costs 0.11 for a Truck and 2.30 for a Car" in alt_text(ax.figure)


@pytest.mark.parametrize("prediction", [0, 1, -0.5, math.nan])
def test_impossible_predictions_are_refused(prediction: float) -> None:
    with pytest.raises(ProbabilityError, match=f"`{prediction}`"):
        loss_curves(prediction=prediction)
