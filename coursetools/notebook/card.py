"""A card: one thing told to the student, as HTML and in the same words as plain text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from coursetools.notebook import markup
from coursetools.notebook.look import DOT, STYLE, Mark

HTML = "text/html"
PLAIN = "text/plain"


@dataclass(frozen=True)
class Card:
    """Something to show."""

    html: str
    """For a front end that shows HTML."""
    text: str
    """For any other; the same words."""

    @property
    def bundle(self) -> dict[str, Any]:
        """The card by media type, as IPython's display takes it."""
        return {HTML: self.html, PLAIN: self.text}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.bundle

    def __repr__(self) -> str:
        return self.text


def card(
    mark: Mark,
    title: str,
    *,
    word: str = "",
    line: str = "",
    points: str = "",
    body: str = "",
    foot: str = "",
    text: Sequence[str] = (),
) -> Card:
    """Make a card.

    Args:
        mark: How it stands; its word is shown unless `word` is given.
        title: What it is about, in `markup`.
        word: What to say in place of the mark's word.
        line: A sentence for the first line, in `markup`.
        points: Shown at the end of the first line.
        body: HTML below the first line.
        foot: HTML of the last line.
        text: The lines below the first, where no HTML can be shown.
    """
    word = word or mark.word
    head = [f'<strong class="ct-mark">{escape(mark.sign)} {escape(word)}</strong>']
    if title:
        head.append(f'<strong class="ct-title">{markup.inline(title)}</strong>')
    if line:
        head.append(f"<span>{markup.inline(line)}</span>")
    if points:
        head.append(f'<span class="ct-points">{escape(points)}</span>')
    parts = [f'<div class="ct-head">{DOT.join(head)}</div>']
    parts += [f'<div class="ct-body">{body}</div>'] if body else []
    parts += [f'<div class="ct-foot">{foot}</div>'] if foot else []
    html = (
        f"<style>{STYLE}</style>"
        f'<div class="ct-card" role="status" style="--ct-colour:{mark.colour}">{"".join(parts)}'
        "</div>"
    )
    first = " · ".join(
        part
        for part in (f"{mark.sign} {word}", markup.plain(title), markup.plain(line), points)
        if part
    )
    return Card(html, "\n".join([first, *text]))


def show(shown: Card, more: Mapping[str, Any] | None = None) -> None:
    """Show a card below the running cell, or print its text where there are no cells.

    Args:
        shown: The card.
        more: Further media types for the same output.
    """
    published, _ = publish(shown.bundle | dict(more or {}))
    if not published:
        # A terminal of another age may lack a sign; it must not lack the sentence.
        encoding = sys.stdout.encoding or "utf-8"
        print(shown.text.encode(encoding, "replace").decode(encoding))


def publish(bundle: Mapping[str, Any], *, changing: bool = False) -> tuple[bool, Any]:
    """Put an output below the running cell.

    Args:
        bundle: The output by media type.
        changing: Whether it will be replaced by a later one.

    Returns:
        Whether there is a place for outputs, and what replaces this one if it is `changing`:
        an object with a method `update`.
    """
    # Whoever runs a notebook has imported IPython already.
    interactive = sys.modules.get("IPython.core.getipython")
    if interactive is None or interactive.get_ipython() is None:
        return False, None
    from IPython.display import display

    show_raw: Callable[..., Any] = display
    return True, show_raw(bundle, raw=True, display_id=True if changing else None)
