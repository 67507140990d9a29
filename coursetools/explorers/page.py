"""The HTML an explorer is made of: its style sheet, thumbnails and lists.

Colours are the notebook's own (JupyterLab's variables, with a fallback for other front ends), so
an explorer is light in a light theme and dark in a dark one. No colour carries a meaning alone:
what a frame says is also said in the words below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from coursetools.visual.embed import picture_uri
from coursetools.visual.inputs import LabelError

STYLE = """<style>
.ct-explorer { max-width: 980px; padding: 10px 14px; border-radius: 6px;
  border: 1px solid var(--jp-border-color2, #9aa5b1); }
.ct-explorer .widget-html-content, .ct-explorer .widget-html-content * { line-height: 1.45; }
.ct-explorer, .ct-explorer .widget-html-content, .ct-explorer .widget-label,
.ct-explorer .widget-readout { color: var(--jp-content-font-color1, #1f2933); }
.ct-explorer .ct-title { font-size: 1.15em; font-weight: 600; margin: 0 0 2px; }
.ct-explorer .widget-toggle-buttons { display: flex; flex-flow: row nowrap; align-items: center; }
.ct-explorer .widget-toggle-buttons > .widget-label { margin-right: 8px; }
.ct-explorer ul { margin: 2px 0 6px; padding-left: 1.4em; }
.ct-explorer .ct-row { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start;
  margin: 4px 0 8px; }
.ct-explorer .ct-row > strong { width: 6.6em; padding-top: 30px; }
.ct-explorer .ct-row .ct-row { margin: 0; }
.ct-explorer .ct-thumb { margin: 0; text-align: center; font-size: 0.92em; }
.ct-explorer .ct-thumb img { display: block; border: 3px solid transparent; border-radius: 3px; }
.ct-explorer .ct-same img { border-color: #2a9d8f; }
.ct-explorer .ct-other img { border-color: #d9730d; border-style: dashed; }
.ct-explorer table { border-collapse: collapse; margin: 4px 0 8px; }
.ct-explorer caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
.ct-explorer th, .ct-explorer td { padding: 4px 14px; text-align: right;
  border: 1px solid var(--jp-border-color2, #9aa5b1); }
.ct-explorer pre { margin: 2px 0 0; padding: 6px 8px; white-space: pre-wrap; border-radius: 4px;
  color: var(--jp-content-font-color1, #1f2933); background: var(--jp-layout-color2, #eef1f4); }
.ct-explorer .ct-status .widget-html-content { font-weight: 600; }
</style>"""


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


def column(parts: Sequence[str]) -> str:
    """Return parts below each other."""
    return f"<div>{''.join(parts)}</div>"


def code_block(line: str) -> str:
    """Return a line of Python that a reader can select and copy."""
    return (
        f"The same as code, with what you gave the explorer:<pre><code>{escape(line)}</code></pre>"
    )
