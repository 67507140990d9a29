"""Section 5: what training may change. Frozen and trainable weights, drawn to scale."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import NetworkError
from coursetools.visual.layers import WeightCount, base_of, count_weights

_LEFT, _RIGHT = 0.2, 9.4


@style.styled
def trainable_bar(model: Any, *, before: WeightCount | None = None) -> Figure:
    """Return a figure of a model's weights: a two-part bar to scale, and a table of its parts.

    Args:
        model: A built Keras model. If it holds a base, base and head have rows of their own.
        before: What `count_weights(model)` said earlier, for a second bar above.

    Raises:
        NetworkError: It is not a Keras model, or it has no weights.
    """
    rows = _rows(model)
    whole = rows[-1][1]
    if not whole.total or not getattr(model, "built", True):
        raise NetworkError(
            f"The model has `{whole.total:,}` weights so far, and is not complete: give it a "
            "`keras.Input`, or call it once on a picture."
        )
    bars = ([("before", before)] if before else []) + [("now" if before else "", whole)]
    height = 1.0 * len(bars) + 0.34 * len(rows) + 0.6
    figure, ax = shapes.drawing_board(height)
    top = height - 0.1
    for word, count in bars:
        _draw_bar(ax, top - 0.8, word, count)
        top -= 1.0
    _draw_table(ax, top - 0.2, rows)
    describe(figure, _text(rows, before))
    return figure


def _rows(model: Any) -> list[tuple[str, WeightCount]]:
    whole = count_weights(model)
    base = base_of(model) if hasattr(model, "layers") else None
    if base is None:
        return [(str(getattr(model, "name", "model")), whole)]
    inside = count_weights(base)
    head = WeightCount(whole.trainable - inside.trainable, whole.frozen - inside.frozen)
    return [(f"base ({base.name})", inside), ("head", head), ("together", whole)]


def _draw_bar(ax: Axes, low: float, word: str, count: WeightCount) -> None:
    left = _LEFT + (0.85 if word else 0.0)
    width = _RIGHT - left
    height = 0.5
    if word:
        ax.text(_LEFT, low + height / 2, word, va="center", fontweight="bold")
    frozen = width * count.frozen / count.total
    parts = (
        (left, frozen, count.frozen, "frozen", style.BASE, style.BASE_LIGHT, "///"),
        (
            left + frozen,
            width - frozen,
            count.trainable,
            "trainable",
            style.HEAD,
            style.HEAD_LIGHT,
            "",
        ),
    )
    for x, size, number, kind, edge, fill, hatch in parts:
        if not number:
            continue
        ax.add_patch(
            Rectangle(
                (x, low), size, height, facecolor=fill, edgecolor=edge, hatch=hatch, linewidth=1.4
            )
        )
        share = number / count.total
        label = f"{number:,} {kind}" + (f" ({share:.1%})" if share < 1 else "")
        # One name at each end of the bar: so they never meet, however small a part is.
        at_right = kind == "trainable" and count.frozen > 0
        ax.text(
            _RIGHT if at_right else left,
            low + height + 0.06,
            label,
            ha="right" if at_right else "left",
            va="bottom",
            color=edge,
            fontweight="bold",
        )
        if size > 0.6:
            middle = x + size / 2, low + height / 2
            if kind == "frozen":
                ax.add_patch(Rectangle((middle[0] - 0.22, low), 0.44, height, color=fill, zorder=4))
            shapes.padlock(ax, (middle[0], middle[1] - 0.05), 0.26, locked=kind == "frozen")


def _draw_table(ax: Axes, top: float, rows: list[tuple[str, WeightCount]]) -> None:
    columns = (4.6, 6.4, 8.2)
    for x, word in zip(columns, ("frozen", "trainable", "all"), strict=True):
        ax.text(x, top, word, ha="right", va="center", color=style.MUTED)
    for number, (name, count) in enumerate(rows):
        y = top - 0.34 * (number + 1)
        last = number == len(rows) - 1 and len(rows) > 1
        ax.plot(
            [_LEFT, columns[-1]], [y + 0.17] * 2, color=style.LINE, linewidth=1.4 if last else 0.7
        )
        weight = "bold" if last else "normal"
        ax.text(_LEFT, y, name, va="center", fontweight=weight)
        for x, value in zip(columns, (count.frozen, count.trainable, count.total), strict=True):
            ax.text(x, y, f"{value:,}", ha="right", va="center", fontweight=weight)


def _text(rows: list[tuple[str, WeightCount]], before: WeightCount | None) -> str:
    parts = [
        f"{name}: {count.frozen:,} frozen, {count.trainable:,} trainable, {count.total:,} in all."
        for name, count in rows
    ]
    whole = rows[-1][1]
    text = f"Weights of a model, {whole.trainable / whole.total:.1%} trainable. " + " ".join(parts)
    if before is not None:
        text += f" Before: {before.frozen:,} frozen, {before.trainable:,} trainable."
    return text
