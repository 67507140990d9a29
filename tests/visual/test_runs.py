"""Several runs side by side."""

import pytest

from coursetools.visual import CurvesError, alt_text
from coursetools.visual.runs import draw_runs


def run(loss, val_loss):
    accuracy = [1 - x / 2 for x in loss]
    return {
        "loss": loss,
        "val_loss": val_loss,
        "binary_accuracy": accuracy,
        "val_binary_accuracy": accuracy,
    }


def test_numbers_stand_in_the_alt_text():
    figure = draw_runs({"run 1": run([0.6, 0.2], [0.5, 0.7]), "run 2": run([0.5, 0.4], [0.6, 0.5])})
    text = alt_text(figure)
    assert "run 1, 2 epochs: training loss from 0.600 to 0.200" in text
    assert "validation loss from 0.500 to 0.700, at best 0.500" in text
    assert "run 2" in text


def test_runs_share_their_scales():
    figure = draw_runs({"a": run([0.9, 0.8], [0.9, 0.8]), "b": run([0.2, 0.1], [0.2, 0.1])})
    first, second, *_ = figure.axes
    assert first.get_ylim() == second.get_ylim()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_other_counts_are_refused(count):
    with pytest.raises(CurvesError, match=f"not `{count}`"):
        draw_runs({str(n): run([0.5], [0.5]) for n in range(count)})


def test_a_run_without_validation_is_refused_by_name():
    whole = run([0.5], [0.5])
    half = {"loss": [0.5], "binary_accuracy": [0.5]}
    with pytest.raises(CurvesError, match="The run `half` has no `val_loss`"):
        draw_runs({"whole": whole, "half": half})
