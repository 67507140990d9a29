"""Known networks as arithmetic: how small their maps become and how far their units see."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import STACKS, StageRow, stage_rows
from coursetools.visual import style
from coursetools.visual.alt import describe

_COLOURS = (style.CAR, style.TRUCK, style.VALIDATION)
_MARKS = ("o", "s", "^")


class UnknownNetworkError(LookupError):
    """A network is not one of those whose windows are written down."""


def network_table(names: Sequence[str] | None = None, size: int = 128) -> pd.DataFrame:
    """Return the stages of known networks: size of the maps, pixels between units, field.

    Args:
        names: Which of "EfficientNet-Lite0", "VGG16" and "ResNet50"; None takes all.
        size: Pixels across the picture.

    Raises:
        UnknownNetworkError: A name is another.
        WindowError: `size` is not whole or less than 1.
    """
    rows = [
        {
            "network": name,
            "stage": row.name,
            "maps": row.size,
            "pixels apart": row.jump,
            "field": row.field,
            "sees the whole picture": row.field >= size,
        }
        for name, stages in _rows(names, size).items()
        for row in stages
    ]
    return pd.DataFrame(rows).set_index(["network", "stage"])


@style.styled
def network_fields(names: Sequence[str] | None = None, size: int = 128) -> Figure:
    """Return a figure of how the receptive field grows through the stages of known networks.

    Arguments and errors are those of `network_table`.
    """
    found = _rows(names, size)
    figure = style.new_figure(4.4, width=8.4)
    ax = figure.subplots()
    _draw(ax, found, size)
    describe(figure, _text(found, size))
    return figure


def _rows(names: Sequence[str] | None, size: int) -> dict[str, tuple[StageRow, ...]]:
    wanted = list(STACKS) if names is None else [names] if isinstance(names, str) else list(names)
    for name in wanted:
        if name not in STACKS:
            raise UnknownNetworkError(
                f"The networks written down are {', '.join(STACKS)}, but `{name}` was asked for."
            )
    return {name: stage_rows(STACKS[name], size) for name in wanted}


def _draw(ax: Axes, found: dict[str, tuple[StageRow, ...]], size: int) -> None:
    ax.axhline(size, color=style.MUTED, linewidth=1, linestyle=":")
    longest = max(len(rows) for rows in found.values())
    ax.text(
        0.75,
        size * 1.06,
        f"the picture, {size} pixels",
        color=style.MUTED,
        fontsize=10,
        va="bottom",
    )
    for (name, rows), colour, mark in zip(found.items(), _COLOURS, _MARKS, strict=False):
        places = list(range(1, len(rows) + 1))
        fields = [row.field for row in rows]
        ax.plot(
            places, fields, color=colour, marker=mark, markersize=6, label=f"{name}, {fields[-1]}"
        )
    ax.legend(title="the last maps see", loc="lower right", frameon=False)
    ax.set_yscale("log", base=2)
    ticks = [4, 16, 64, 256, 1024]
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    ax.set(xlim=(0.7, longest + 0.3), xlabel="stage", ylabel="field, pixels across")
    ax.set_xticks(range(1, longest + 1))
    ax.grid(axis="y")
    ax.set_title("How far one unit sees")


def _text(found: dict[str, tuple[StageRow, ...]], size: int) -> str:
    parts = [
        f"{name}: {', '.join(str(row.field) for row in rows)}; the last maps are "
        f"{rows[-1].size} by {rows[-1].size}."
        for name, rows in found.items()
    ]
    return (
        f"Receptive fields in pixels after each stage, for pictures of {size} by {size}. "
        + " ".join(parts)
    )
