"""A model's summary, folded: a line to open where HTML is shown, the totals elsewhere."""

from __future__ import annotations

import html
from typing import Any

_LINE = 92


class FoldedSummary:
    """What `folded_summary` returns, for a notebook to show."""

    def __init__(self, title: str, text: str) -> None:
        self._title = title
        self._text = text

    def __repr__(self) -> str:
        totals = [line.strip() for line in self._text.splitlines() if " params:" in line]
        return "\n".join([self._title, *totals])

    def _repr_html_(self) -> str:
        return (
            f"<details><summary>{html.escape(self._title)}</summary>"
            f'<pre style="line-height: 1.2">{html.escape(self._text)}</pre></details>'
        )


def folded_summary(model: Any) -> FoldedSummary:
    """Return a Keras model's `summary()`, to be opened by who wants to read all of its layers.

    Example:
        ct.folded_summary(base)
    """
    lines: list[str] = []
    model.summary(line_length=_LINE, print_fn=lambda line, **_: lines.append(line))
    title = f"{model.name}, layer by layer: {len(model.layers)} in all"
    return FoldedSummary(title, "\n".join(lines))
