"""A training's history as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


class UnreadableHistoryError(ValueError):
    """What was given as a history holds no curves of equal length."""


def history_frame(history: Any) -> pd.DataFrame:
    """Return a training's losses and metrics as a table with one row an epoch.

    Example: `history_frame(history)[["loss", "val_loss"]].plot()`.

    Args:
        history: What `model.fit` returned, its `.history`, or a table that was made of it.

    Returns:
        Columns by name (`loss`, `val_loss`, ...), float64; the index, `epoch`, counts from 1.

    Raises:
        UnreadableHistoryError: If it is something else, or its curves differ in length.
    """
    import pandas as pd  # here, so that reading a stored history needs no pandas

    curves = _curves(history)
    lengths = {len(values) for values in curves.values()}
    if len(lengths) != 1:
        found = ", ".join(f"`{name}` {len(values)}" for name, values in curves.items()) or "none"
        raise UnreadableHistoryError(
            f"The curves of a history have one value an epoch each. Found, with their numbers of "
            f"values: {found}. Leave out `validation_freq`, which makes some shorter."
        )
    first = _first_epoch(history)
    index = pd.RangeIndex(first, first + lengths.pop(), name="epoch")
    return pd.DataFrame({name: list(values) for name, values in curves.items()}, index).astype(
        float
    )


def _curves(history: Any) -> dict[str, Sequence[float]]:
    curves = getattr(history, "history", history)  # a History, or what it holds
    if isinstance(curves, Mapping):
        return dict(curves)
    if hasattr(curves, "columns") and hasattr(curves, "to_dict"):
        return curves.to_dict("list")
    raise UnreadableHistoryError(
        "A history is what `fit` returns, its `.history`, or a table of it. Received: "
        f"`{type(history).__name__}`."
    )


def _first_epoch(history: Any) -> int:
    """Return the number of the first epoch, counted from 1; training may have gone on later."""
    epochs = getattr(history, "epoch", None)
    return int(epochs[0]) + 1 if isinstance(epochs, list) and epochs else 1
