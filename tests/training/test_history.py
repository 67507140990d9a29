"""Histories as tables."""

from types import SimpleNamespace

import pandas as pd
import pytest

from coursetools.training import UnreadableHistoryError, history_frame

CURVES = {"loss": [0.7, 0.5, 0.4], "val_loss": [0.6, 0.5, 0.55]}


def as_history(first: int = 0) -> SimpleNamespace:
    """What `model.fit` returns, as far as it matters here."""
    return SimpleNamespace(history=CURVES, epoch=list(range(first, first + 3)))


@pytest.mark.parametrize("given", [CURVES, as_history(), pd.DataFrame(CURVES)])
def test_every_form_gives_the_same_table(given: object) -> None:
    table = history_frame(given)
    assert list(table.index) == [1, 2, 3]
    assert table.index.name == "epoch"
    assert table.to_dict("list") == CURVES
    assert table["val_loss"].idxmin() == 2


def test_a_training_that_was_gone_on_with_keeps_its_epochs() -> None:
    assert list(history_frame(as_history(first=10)).index) == [11, 12, 13]


def test_whole_numbers_become_floats() -> None:
    assert history_frame({"loss": [1, 0]})["loss"].dtype == float


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([0.7, 0.5], "Received: `list`"),
        (None, "Received: `NoneType`"),
        ({}, "Found, with their numbers of values: none"),
        ({"loss": [1.0, 0.5], "val_loss": [0.6]}, "`loss` 2, `val_loss` 1"),
    ],
)
def test_what_is_not_a_history_is_named(given: object, words: str) -> None:
    with pytest.raises(UnreadableHistoryError, match=words):
        history_frame(given)
