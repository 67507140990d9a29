"""Histories and trained weights that come with the course, so that no lesson waits for them.

They are written by `data/histories/make.py` and read here as plain data: JSON, and arrays without
pickled objects.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coursetools.paths import DataNotFoundError, data_folder


class UnknownHistoryError(LookupError):
    """There is no stored history, run or set of weights of the name asked for."""


@dataclass(frozen=True)
class StoredRun:
    """One training that was run when the course was made.

    name: its name among the runs of the same file. seed: given to `set_seed` before the model was
    built. history: values by epoch for each curve, as in `History.history`. what: how it was
    trained, in words; may be empty. extra: other numbers noted beside it, by name.
    """

    name: str
    seed: int
    history: dict[str, list[float]]
    what: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def epoch(self) -> list[int]:
        """The epochs, counted from 0 as in `History.epoch`; so a stored run reads like one."""
        return list(range(len(self.history["loss"])))


def stored_histories() -> dict[str, str]:
    """Return the names of the stored histories, each with a sentence on what it is."""
    folder = data_folder() / "histories"
    files = sorted(path for path in folder.glob("*.json") if path.stem != "sums")
    return {path.stem: str(json.loads(path.read_text("utf-8"))["what"]) for path in files}


def load_runs(name: str) -> tuple[StoredRun, ...]:
    """Load all runs of a stored history, such as `"ten-seeds"`, in the order of the file.

    Raises:
        UnknownHistoryError: If nothing of this name is stored.
    """
    path = data_folder() / "histories" / f"{name}.json"
    if name not in stored_histories():
        raise UnknownHistoryError(_unknown("stored history", name, stored_histories()))
    return tuple(_read_run(run) for run in json.loads(path.read_text("utf-8"))["runs"])


def load_history(name: str, run: str | None = None) -> dict[str, list[float]]:
    """Load the curves of one stored run: values by epoch, by the name of the curve.

    Example: `history_frame(load_history("dead-and-living", "dead"))`. Without `run` it is the
    file's first. Raises UnknownHistoryError if there is no such file, or no such run in it.
    """
    runs = {stored.name: stored for stored in load_runs(name)}
    chosen = next(iter(runs)) if run is None else run
    if chosen not in runs:
        raise UnknownHistoryError(_unknown(f"run in the stored history `{name}`", chosen, runs))
    return runs[chosen].history


def load_trained(name: str = "lesson-1-head") -> dict[str, np.ndarray]:
    """Load trained weights that come with the course.

    Returns:
        float32 arrays by name, in the order of Keras's `get_weights`: for lesson 1's head
        `hidden_kernel` (20480, 6), `hidden_bias` (6,), `output_kernel` (6, 1), `output_bias` (1,).

    Raises:
        UnknownHistoryError: If no weights of this name are stored.
        DataNotFoundError: If the folder of the trained weights is missing.
    """
    folder = data_folder() / "trained"
    if not folder.is_dir():
        raise DataNotFoundError(
            f"The trained weights of the course are missing: there is no folder `{folder}`. "
            "Install the package again, or run `make histories` in a checkout."
        )
    files = {path.stem: path for path in sorted(folder.glob("*.npz"))}
    if name not in files:
        raise UnknownHistoryError(_unknown("set of trained weights", name, files))
    return _read_arrays(files[name])


def _read_run(run: Mapping) -> StoredRun:
    known = ("name", "seed", "history", "what")
    extra = {key: value for key, value in run.items() if key not in known}
    return StoredRun(run["name"], run["seed"], run["history"], run.get("what", ""), extra)


def _read_arrays(path: Path) -> dict[str, np.ndarray]:
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def _unknown(kind: str, name: object, known: Mapping[str, object]) -> str:
    names = ", ".join(f"`{each}`" for each in known) or "none"
    return f"There is no {kind} of the name `{name}`. There are: {names}."
