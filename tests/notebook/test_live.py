"""Curves that grow while a network trains."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from coursetools.notebook import live
from coursetools.notebook.live import Board, can_update, duration


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Handle:
    """Stands for an output that can be replaced."""

    def __init__(self, shown: list[dict[str, str]]) -> None:
        self._shown = shown

    def update(self, bundle: dict[str, str], raw: bool) -> None:
        assert raw
        self._shown.append(bundle)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Everything that is shown, in order."""
    bundles: list[dict[str, str]] = []

    def publish(bundle: dict[str, str], *, changing: bool = False) -> tuple[bool, Any]:
        bundles.append(bundle)
        return True, Handle(bundles) if changing else None

    monkeypatch.setattr(live, "publish", publish)
    monkeypatch.setattr(
        live, "figure_bundle", lambda figure: {"text/html": "<figure>", "text/plain": "curves"}
    )
    return bundles


def values(epoch: int) -> dict[str, float]:
    return {"loss": 1.0 / (epoch + 1), "val_loss": 1.0}


def test_words_tell_the_epoch_and_the_time_left(shown: list[dict[str, str]]) -> None:
    clock = Clock()
    board = Board(live=True, clock=clock)
    board.begin(4, 10)
    board.batch(4)
    clock.now = 10.0
    board.batch(4)
    clock.now = 20.0
    board.epoch(0, values(0))
    clock.now = 30.0
    board.epoch(1, values(1))
    clock.now = 50.0
    board.end()
    assert [bundle["text/plain"].splitlines()[0] for bundle in shown] == [
        "Epoch 1 of 4",
        "Epoch 1 of 4 · about 70 s left",
        "Epoch 1 of 4",
        "Epoch 2 of 4 · about 20 s left",
        "2 epochs in 50 s",
    ]
    assert "<figure>" not in shown[1]["text/html"]
    assert "<figure>" in shown[2]["text/html"]


def test_at_most_four_drawings_a_second(shown: list[dict[str, str]]) -> None:
    clock = Clock()
    board = Board(live=True, clock=clock)
    board.begin(100, None)
    for epoch in range(100):
        clock.now += 0.01
        board.epoch(epoch, values(epoch))
    assert 2 <= len(shown) <= 4
    board.end()
    assert shown[-1]["text/plain"].startswith("100 epochs in 1.0 s")


def test_where_nothing_can_change_only_the_last_figure_is_shown(
    shown: list[dict[str, str]],
) -> None:
    board = Board(live=False)
    board.begin(2, 3)
    for epoch in range(2):
        board.batch(0)
        board.epoch(epoch, values(epoch))
    board.end()
    assert shown == [{"text/html": "<figure>", "text/plain": "curves"}]


def test_a_training_of_no_epoch_shows_nothing(shown: list[dict[str, str]]) -> None:
    board = Board(live=False)
    board.begin(0, None)
    board.end()
    assert shown == []


def test_curves_that_cannot_be_drawn_stop_nothing(shown: list[dict[str, str]]) -> None:
    board = Board(live=False)
    board.begin(1, None)
    board.epoch(0, {"other": 1.0})
    board.end()
    assert "could not be drawn" in shown[0]["text/plain"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "less than 1 s"),
        (7.4, "about 7 s"),
        (33, "about 35 s"),
        (89, "about 90 s"),
        (200, "about 3 min"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_nobody_looks_at_a_shell_without_a_kernel(notebook: Any) -> None:
    assert not can_update()


@pytest.mark.parametrize("server", [True, False])
def test_a_kernel_of_a_jupyter_server_is_looked_at(
    notebook: Any, monkeypatch: pytest.MonkeyPatch, server: bool
) -> None:
    monkeypatch.setattr(notebook.shell, "kernel", object(), raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    if server:
        monkeypatch.setenv("JPY_SESSION_NAME", "lesson.ipynb")
    assert can_update() is server


def test_the_callback_in_a_training(notebook: Any) -> None:
    keras = pytest.importorskip("keras")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
    notebook.shell.user_ns |= {"model": model, "x": np.zeros((8, 2)), "y": np.zeros((8, 1))}
    ran = notebook.run(
        "from coursetools.notebook.live import LiveCurves\n"
        "history = model.fit(x, y, epochs=2, validation_data=(x, y), verbose=0,\n"
        "                    callbacks=[LiveCurves()])"
    )
    (bundle,) = ran.bundles
    assert bundle["text/plain"].startswith("Learning curves of 2 epochs.")
    assert re.search(r'<img alt="Learning curves of 2 epochs', bundle["text/html"])
    assert notebook["history"].epoch == [0, 1]


def test_no_other_name_is_made_up() -> None:
    with pytest.raises(AttributeError, match="`DeadCurves`"):
        live.DeadCurves  # noqa: B018
