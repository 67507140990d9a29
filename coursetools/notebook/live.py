"""Learning curves that grow while a network trains.

`LiveCurves` is a Keras callback, so its class is made when it is first asked for: a notebook
that trains nothing does not wait for Keras. Where no front end is there to show a change, only
the finished figure is shown.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from coursetools.notebook.card import HTML, PLAIN, publish
from coursetools.notebook.figures import figure_bundle

if TYPE_CHECKING:
    LiveCurves: Any

_LEAST_PAUSE = 0.25
_SHARE = 0.2
"""The most of the training's time that drawing may take."""
_ROUND = 10


def __getattr__(name: str) -> Any:
    if name == "LiveCurves":
        return _live_curves()
    raise AttributeError(f"module `{__name__}` has no attribute `{name}`")


@cache
def _live_curves() -> type:
    import keras

    class LiveCurves(keras.callbacks.Callback):  # type: ignore[misc]
        """Draws loss and accuracy while `fit` runs, with the epoch and the time left.

        Example:
            fit(model, ds_train, validation_data=ds_valid, epochs=30, callbacks=[LiveCurves()])
        """

        def __init__(self, *, live: bool | None = None) -> None:
            """Draw while training if `live`; None finds out whether anybody can see it."""
            super().__init__()
            self._board = Board(can_update() if live is None else live)

        def on_train_begin(self, logs: Mapping[str, float] | None = None) -> None:
            """Begin with empty curves."""
            params = self.params or {}
            self._board.begin(params.get("epochs"), params.get("steps"))

        def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
            """Tell how far the epoch is."""
            self._board.batch(batch)

        def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
            """Add the epoch to the curves."""
            self._board.epoch(epoch, logs or {})

        def on_train_end(self, logs: Mapping[str, float] | None = None) -> None:
            """Leave the finished figure."""
            self._board.end()

    return LiveCurves


def can_update() -> bool:
    """Say whether somebody looks at this notebook who can be shown a picture that changes.

    A Jupyter server names its notebook to the kernel, and VS Code does so in its own way;
    programs that run a notebook from top to bottom do neither.
    """
    interactive = sys.modules.get("IPython.core.getipython")
    shell = None if interactive is None else interactive.get_ipython()
    if shell is None or getattr(shell, "kernel", None) is None:
        return False
    return (
        "JPY_SESSION_NAME" in os.environ
        or "__vsc_ipynb_file__" in shell.user_ns
        or "google.colab" in sys.modules
    )


class Board:
    """The curves of one training and the place where they are shown."""

    def __init__(self, live: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """Show every change if `live`, else the last figure only; `clock` gives seconds."""
        self._live = live
        self._clock = clock
        self._handle: Any = None
        self.begin(None, None)

    def begin(self, epochs: int | None, batches: int | None) -> None:
        """Begin a training of so many epochs of so many batches, None where nobody knows."""
        self._epochs, self._batches = epochs, batches
        self._curves: dict[str, list[float]] = {}
        self._first: int | None = None
        self._done = 0
        self._handle = None
        self._picture: tuple[int, dict[str, str]] = (0, {HTML: "", PLAIN: ""})
        self._started = self._warm = self._clock()
        self._next_drawing = self._started

    def batch(self, batch: int) -> None:
        """Note that a batch, counted from 0, of the running epoch is done."""
        if self._batches:
            self._draw(min((batch + 1) / self._batches, 1.0))

    def epoch(self, epoch: int, values: Mapping[str, float]) -> None:
        """Note what came of an epoch, counted from 0."""
        if self._first is None:
            self._first = epoch
        self._done = epoch - self._first + 1
        if self._done == 1:
            self._warm = self._clock()
        for name, value in values.items():
            self._curves.setdefault(name, []).append(float(value))
        self._draw(0.0)

    def end(self) -> None:
        """Show the finished figure."""
        if self._curves:
            self._picture = (self._done, self._drawn(whole=True))
            self._show(self._bundle(self._finished() if self._live else ""))

    def _draw(self, part: float) -> None:
        """Show how it stands, unless that was done a moment ago; `part` of an epoch is done."""
        now = self._clock()
        if not self._live or now < self._next_drawing:
            return
        self._show(self._bundle(self._standing(part)))
        took = self._clock() - now
        self._next_drawing = now + took + max(_LEAST_PAUSE, took / _SHARE)

    def _standing(self, part: float) -> str:
        """Say which epoch is running, or was the last to end, and how long it will take."""
        epochs = self._epochs - (self._first or 0) if self._epochs else None
        words = f"Epoch {self._done + (part > 0)}"
        if not epochs:
            return words
        words += f" of {epochs}"
        # The first epoch also builds the network's graph, so it says little about the others.
        past = min(self._done, 1)
        since, done = (self._warm if past else self._started), self._done + part - past
        if done <= 0:
            return words
        left = (self._clock() - since) / done * (epochs - self._done - part)
        return f"{words} · {duration(left)} left" if left > 0 else words

    def _finished(self) -> str:
        plural = "epoch" if self._done == 1 else "epochs"
        seconds = self._clock() - self._started
        time_taken = f"{seconds:.1f} s" if seconds < _ROUND else f"{seconds:.0f} s"
        return f"{self._done} {plural} in {time_taken}"

    def _bundle(self, words: str) -> dict[str, str]:
        line = f'<div style="margin:4px 0">{escape(words)}</div>' if words else ""
        if self._picture[0] != self._done:
            self._picture = (self._done, self._drawn())
        picture = self._picture[1]
        return {
            HTML: line + picture[HTML],
            PLAIN: "\n".join(part for part in (words, picture[PLAIN]) if part),
        }

    def _drawn(self, *, whole: bool = False) -> dict[str, str]:
        """Draw the curves; those of a `whole` training show its best epoch."""
        if not self._curves:
            return {HTML: "", PLAIN: ""}
        from coursetools.visual.history import draw_history

        try:
            epochs = None if whole else self._epochs
            return figure_bundle(draw_history(self._curves, epochs=epochs, best=whole))
        except Exception as error:  # noqa: BLE001 - a picture that fails must not stop a training
            words = f"The curves could not be drawn: {type(error).__name__}: {error}"
            return {HTML: f"<p>{escape(words)}</p>", PLAIN: words}

    def _show(self, bundle: dict[str, str]) -> None:
        if self._handle is not None:
            self._handle.update(bundle, raw=True)
        else:
            _, self._handle = publish(bundle, changing=self._live)


def duration(seconds: float) -> str:
    """Say a time as a person would: `about 40 s`, `about 3 min`."""
    if seconds < 1:
        return "less than 1 s"
    if seconds < _ROUND:
        return f"about {seconds:.0f} s"
    if seconds < 90:
        return f"about {round(seconds / 5) * 5} s"
    return f"about {seconds / 60:.0f} min"
