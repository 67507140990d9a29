"""The few signs of Markdown that questions, hints and feedback use, as HTML and as plain text.

Everything else in a text is shown as it is: what a student typed is quoted in feedback, and it
must not become HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_ITEM = re.compile(r"(?:[-*]|\d+\.)\s+")
_FENCE = "```"
_ROW = "|"


def inline(text: str) -> str:
    """Give one line of text as HTML: `code`, **strong** and *emphasis*, the rest escaped."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # a backtick without its fellow is only a backtick
        pieces[-2:] = ["`".join(pieces[-2:])]
    return "".join(
        f"<code>{escape(piece)}</code>" if place % 2 else _words(piece)
        for place, piece in enumerate(pieces)
    )


def blocks(text: str) -> str:
    """Give a text as HTML: paragraphs, lists, tables and fenced code, separated by empty lines.

    Rows of a table begin with `|`; a line right above them is its caption.
    """
    return "".join(_block(lines) for lines in _split(text))


def plain(text: str) -> str:
    """Give a text for where no HTML can be shown; only the stars of **strong** go."""
    pieces = text.split("`")
    return "`".join(
        piece if place % 2 else _STRONG.sub(r"\1", piece) for place, piece in enumerate(pieces)
    )


def _words(text: str) -> str:
    text = _STRONG.sub(r"<strong>\1</strong>", escape(text, quote=False))
    return _EMPHASIS.sub(r"<em>\1</em>", text)


def _split(text: str) -> Iterator[list[str]]:
    """Give the lines of each block; a fenced block may hold empty lines."""
    block: list[str] = []
    fenced = False
    for line in text.strip("\n").splitlines():
        if line.strip().startswith(_FENCE):
            if not fenced and block:
                yield block
                block = []
            block.append(line)
            fenced = not fenced
            if not fenced:
                yield block
                block = []
        elif fenced or line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _block(lines: list[str]) -> str:
    if lines[0].strip().startswith(_FENCE):
        code = "\n".join(line for line in lines if not line.strip().startswith(_FENCE))
        return f"<pre><code>{escape(code)}</code></pre>"
    if lines[-1].startswith(_ROW):
        return _table(lines)
    if _ITEM.match(lines[0]):
        tag = "ol" if lines[0][0].isdigit() else "ul"
        return f"<{tag}>{''.join(f'<li>{inline(item)}</li>' for item in _items(lines))}</{tag}>"
    head = next((place for place, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    rest = _block(lines[head:]) if head < len(lines) else ""
    return f"<p>{inline(' '.join(line.strip() for line in lines[:head]))}</p>{rest}"


def _table(lines: list[str]) -> str:
    """Give a small table of numbers; several in a row stand side by side."""
    rows = [line for line in lines if line.startswith(_ROW)]
    above = " ".join(line.strip() for line in lines if not line.startswith(_ROW))
    caption = f"<caption>{inline(above)}</caption>" if above else ""
    cells = [[inline(cell.strip()) for cell in row.strip().strip(_ROW).split(_ROW)] for row in rows]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    return f'<table class="ct-grid">{caption}<tbody>{body}</tbody></table>'


def _items(lines: list[str]) -> Iterator[str]:
    """Give the items of a list, each with the lines that go on from it."""
    item: list[str] = []
    for line in lines:
        found = _ITEM.match(line)
        if found and item:
            yield " ".join(item)
            item = []
        item.append(line[found.end() :].strip() if found else line.strip())
    yield " ".join(item)
