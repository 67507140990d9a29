"""A training on disk, as it stood at the end of its last whole epoch.

A folder holds `state.json` and the weights it names. The weights are written first, under a new
name, and `state.json` is then replaced in one step, so that whenever a process dies one of the two
states is whole: the last, or the one before.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import keras

STATE = "state.json"
_SCHEMA = 1

Curves = dict[str, list[float]]


class CheckpointError(RuntimeError):
    """A checkpoint cannot be read or written; the text says which and what to do."""


@dataclass(frozen=True)
class Stand:
    """How far a training is.

    epoch: whole epochs that are done. history: the values of each curve for these epochs.
    """

    epoch: int
    history: Curves


class Checkpoint:
    """A folder for one training; what another training left there is put aside, not lost."""

    def __init__(self, folder: str | os.PathLike[str], recipe: str) -> None:
        """Name the folder, made when it is first needed, and what the training is made of."""
        self.folder = Path(folder)
        self._recipe = recipe

    def load(self, model: keras.Model) -> Stand | None:
        """Put the stored weights and the optimizer's state into a model; None if there are none.

        Raises:
            CheckpointError: The folder holds this training, but it cannot be read.
        """
        state = self._state()
        if state is None:
            return None
        try:
            if state["recipe"] != self._recipe:
                return None
            stand = Stand(int(state["epoch"]), state["history"])
            weights = self.folder / state["weights"]
            if hashlib.sha256(weights.read_bytes()).hexdigest() != state["sha256"]:
                raise CheckpointError(self._broken("its weights are not those that were written"))
            model.optimizer.build(model.trainable_variables)
            model.load_weights(weights)
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise CheckpointError(self._broken(str(error))) from error
        return stand

    def save(self, model: keras.Model, stand: Stand) -> None:
        """Write weights, the optimizer's state and the history in place of what was there.

        Raises:
            CheckpointError: The folder cannot be written to.
        """
        weights = self.folder / f"epoch-{stand.epoch:04d}.weights.h5"
        try:
            self._put_aside()
            self.folder.mkdir(parents=True, exist_ok=True)
            model.save_weights(weights, overwrite=True)
            state = {
                "schema": _SCHEMA,
                "recipe": self._recipe,
                "epoch": stand.epoch,
                "weights": weights.name,
                "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
                "history": stand.history,
            }
            fresh = self.folder / f"{STATE}.new"
            fresh.write_text(json.dumps(state), encoding="utf-8")
            fresh.replace(self.folder / STATE)
            for old in self.folder.glob("epoch-*.weights.h5"):
                if old != weights:
                    old.unlink()
        except OSError as error:
            raise CheckpointError(
                f"The training could not be kept in `{self.folder}`: {error}. It goes on from the "
                "last epoch that was kept when you run it again with a folder you may write to."
            ) from error

    def _state(self) -> dict | None:
        file = self.folder / STATE
        if not file.exists():
            return None
        try:
            state = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CheckpointError(self._broken(str(error))) from error
        return state if isinstance(state, dict) else {}

    def _put_aside(self) -> None:
        """Rename a folder in which another training stands."""
        try:
            state = self._state()
        except CheckpointError:
            state = {}
        if state is None or state.get("recipe") == self._recipe:
            return
        number = 1
        while (aside := self.folder.with_name(f"{self.folder.name}.old-{number}")).exists():
            number += 1
        self.folder.rename(aside)

    def _broken(self, why: str) -> str:
        return (
            f"The training kept in `{self.folder}` cannot be read: {why}. Rename or remove that "
            "folder to train from the beginning."
        )
