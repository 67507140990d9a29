"""The HTML an explorer is made of: headings, thumbnails, pictures and lists.

No colour carries a meaning alone: what a frame says is also said in the words below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from coursetools.explorers.page_style import STYLE
from coursetools.visual.embed import picture_uri
from coursetools.visual.inputs import LabelError


class Thumbnails:
    """Pictures as `data:` addresses, each encoded when it is first shown and then kept."""

    def __init__(self, pictures: Any) -> None:
        """Keep the pictures, shape (n, h, w, 3), floats in 0 to 1."""
        self._pictures = pictures
        self._uris: dict[int, str] = {}

    def uri(self, number: int) -> str:
        """Return the address of one picture."""
        if number not in self._uris:
            self._uris[number] = picture_uri(self._pictures[number])
        return self._uris[number]


def picture_names(names: Sequence[str] | None, count: int) -> list[str]:
    """Return what each picture is called; without names they are numbered from 0.

    Raises:
        LabelError: There is not one name for each picture.
    """
    if names is None:
        return [f"Picture {number}" for number in range(count)]
    if len(names) != count:
        raise LabelError(f"`names` holds `{len(names)}` names, but there are {count} pictures.")
    return [str(name) for name in names]


def heading(title: str, tries: Sequence[str]) -> str:
    """Return an explorer's title and the things to try with it."""
    items = "".join(f"<li>{escape(item)}</li>" for item in tries)
    return f'{STYLE}<p class="ct-title">{escape(title)}</p>Three things to try:<ul>{items}</ul>'


def thumbnail(uri: str, alt: str, caption: str, *, size: int, kind: str = "") -> str:
    """Return a picture with a caption; `kind` is "same", "other" or "" and gives its frame.

    The caption may hold line breaks; neither it nor the alt text may hold HTML.
    """
    frame = f" ct-{kind}" if kind else ""
    words = "<br>".join(escape(line) for line in caption.split("\n"))
    return (
        f'<figure class="ct-thumb{frame}"><img alt="{escape(alt)}" src="{uri}" width="{size}" '
        f'height="{size}"><figcaption>{words}</figcaption></figure>'
    )


def row(parts: Sequence[str], heading_words: str = "") -> str:
    """Return parts side by side, after a heading if there is one."""
    head = f"<strong>{escape(heading_words)}</strong>" if heading_words else ""
    return f'<div class="ct-row">{head}{"".join(parts)}</div>'


def paragraph(words: str) -> str:
    """Return a line of plain text."""
    return f"<p>{escape(words)}</p>"


def picture(uri: str, alt: str, caption: str, *, width: int, height: int | None = None) -> str:
    """Return a picture of sharp pixels with a caption, as large on the page as is said here."""
    return (
        f'<figure class="ct-map" style="width:{width + 2}px"><img alt="{escape(alt)}" '
        f'src="{uri}" decoding="sync" width="{width}" '
        f'height="{width if height is None else height}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def drawing(svg: str, words: str, caption: str, *, width: float, height: float) -> str:
    """Return what was drawn in SVG with a caption below it.

    Args:
        svg: The elements inside.
        words: What they show, for those who cannot see it.
        caption: The line below, at least 150 pixels wide however small the drawing.
        width, height: In pixels.
    """
    return (
        f'<figure class="ct-grid" style="width:{max(width, 150):.0f}px"><svg role="img" '
        f'aria-label="{escape(words)}" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}">{svg}</svg>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def column(parts: Sequence[str]) -> str:
    """Return parts below each other."""
    return f"<div>{''.join(parts)}</div>"


def code_block(line: str) -> str:
    """Return a line of Python that a reader can select and copy."""
    return (
        f"The same as code, with what you gave the explorer:<pre><code>{escape(line)}</code></pre>"
    )
