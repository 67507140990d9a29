"""A student's cells and what they showed, made fit for a page, within one page's limits."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from coursetools.grading.feedback.pictures import Picture, UnusablePictureError, picture
from coursetools.grading.plain_text import as_seen, cut, one_line, tamed
from coursetools.grading.records import GradedCell, Shown
from coursetools.notebook.highlight import python_html

_SOURCE = 12_000
_TEXT = 8_000
_LINES = 150
_BEFORE_TAMING = 400_000
_OUTPUTS = 40
"""A cell's outputs that are shown."""
_ALT = 1_000
_PAGE_TEXT = 400_000
"""Characters of sources and outputs on one page."""
_PAGE_COLOURED = 60_000
"""Characters of sources that are coloured: a source can be made to take its lexer long."""
_PAGE_PICTURES = 12 * 1024 * 1024
"""Characters of pictures on one page."""

_NO_WORDS = "A figure without a description."


@dataclass(frozen=True)
class OutputView:
    """One thing that a cell showed; of text, picture and sentence one is there."""

    label: str = ""
    """What it is, where that is not plain."""
    is_error: bool = False
    head: str = ""
    left_out: str = ""
    """A sentence between `head` and `tail`."""
    tail: str = ""
    picture: Picture | None = None
    alt: str = ""
    sentence: str = ""
    """In place of what cannot be shown."""


@dataclass(frozen=True)
class CellView:
    """A cell on a page."""

    source: Markup
    left_out: str
    """A sentence after the source, if it is cut."""
    note: str
    outputs: tuple[OutputView, ...]


class PageCells:
    """Makes the cells of one page; what goes beyond the page's limits is left out and said."""

    def __init__(self) -> None:
        self._text = _PAGE_TEXT
        self._coloured = _PAGE_COLOURED
        self._pictures = _PAGE_PICTURES

    def view(self, cell: GradedCell) -> CellView:
        """Give a cell for the page."""
        kept = cut(tamed(cell.source[:_BEFORE_TAMING]), self._share(_SOURCE), _LINES * 2)
        self._text -= len(kept.head) + len(kept.tail)
        gap = f"\n# … {kept.left_out:,} characters are left out here …\n" if kept.left_out else ""
        left_out = len(cell.source) - _BEFORE_TAMING
        sentence = f"{left_out:,} more characters are left out." if left_out > 0 else ""
        outputs = [self._output(shown) for shown in cell.shown[:_OUTPUTS]]
        more = len(cell.shown) - _OUTPUTS
        if more > 0:
            outputs.append(OutputView(sentence=f"{more:,} more outputs are left out."))
        return CellView(
            source=Markup(python_html(kept.head + gap + kept.tail)),
            left_out=sentence,
            note=tamed(cell.note),
            outputs=tuple(output for output in outputs if output is not None),
        )

    def _source(self, source: str) -> Markup:
        self._coloured -= len(source)
        if self._coloured < 0:
            return escape(source)
        return Markup(python_html(source))

    def _output(self, shown: Shown) -> OutputView | None:
        if shown.image is not None:
            return self._picture(shown.image, shown.text)
        early = cut(shown.text, _BEFORE_TAMING, _BEFORE_TAMING)
        kept = cut(as_seen(early.head + early.tail).strip("\n"), self._share(_TEXT), _LINES)
        self._text -= len(kept.head) + len(kept.tail)
        left_out = kept.left_out + early.left_out
        is_error = shown.kind == "error"
        if not (kept.head.strip() or kept.tail or left_out or is_error):
            return None
        label = "Messages" if shown.name == "stderr" else ""
        if is_error:
            label = f"Error: {one_line(shown.name, 80)}" if shown.name else "Error"
        return OutputView(
            label=label,
            is_error=is_error,
            head=kept.head,
            left_out=f"… {left_out:,} characters are left out here …" if left_out else "",
            tail=kept.tail,
        )

    def _picture(self, content: bytes, words: str) -> OutputView:
        alt = one_line(words, _ALT)
        if not alt or alt.startswith("<"):  # such as <Figure size 640x480 with 1 Axes>
            alt = _NO_WORDS
        told = "" if alt == _NO_WORDS else f" It shows: {alt}"
        try:
            shown = picture(content)
        except UnusablePictureError as error:
            return OutputView(sentence=f"A picture cannot be shown: {error}.{told}")
        if len(shown.uri) > self._pictures:
            said = "A picture is left out, since the page has so many already."
            return OutputView(sentence=said + told)
        self._pictures -= len(shown.uri)
        return OutputView(picture=shown, alt=alt)

    def _share(self, most: int) -> int:
        """Give how many characters one text may have: fewer when the page is nearly full."""
        return min(most, max(self._text, 300))
