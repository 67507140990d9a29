"""Training: seeds, `fit` that computes a frozen base's features once, histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursetools._lazy import lazy_names

if TYPE_CHECKING:
    from coursetools.training.checkpoint import CheckpointError
    from coursetools.training.estimate import estimate
    from coursetools.training.fitting import fit
    from coursetools.training.history import UnreadableHistoryError, history_frame
    from coursetools.training.resumable import fit_resumable
    from coursetools.training.seeds import set_seed
    from coursetools.training.stored import (
        StoredRun,
        UnknownHistoryError,
        load_history,
        load_runs,
        load_trained,
        stored_histories,
    )

__all__ = [
    "CheckpointError",
    "StoredRun",
    "UnknownHistoryError",
    "UnreadableHistoryError",
    "estimate",
    "fit",
    "fit_resumable",
    "history_frame",
    "load_history",
    "load_runs",
    "load_trained",
    "set_seed",
    "stored_histories",
]

_HOMES = {
    "CheckpointError": ".checkpoint",
    "StoredRun": ".stored",
    "UnknownHistoryError": ".stored",
    "UnreadableHistoryError": ".history",
    "estimate": ".estimate",
    "fit": ".fitting",
    "fit_resumable": ".resumable",
    "history_frame": ".history",
    "load_history": ".stored",
    "load_runs": ".stored",
    "load_trained": ".stored",
    "set_seed": ".seeds",
    "stored_histories": ".stored",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
