"""The stops of a window on a line of pixels, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import output_size, padding_of, starts, visit_counts
from coursetools.operations.windows import padding_word, window_reach
from coursetools.visual import cells, shapes, style
from coursetools.visual.alt import describe, listed
from coursetools.visual.inputs import Integers

_CELL = 0.42
_ROW = 0.5
_MOST = 16
# A bold letter of the words beside the stops takes about this many inches.
_LETTER = 0.095


@style.styled
def window_rows(
    n: int = 6, k: int = 3, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> Figure:
    """Return a figure of all stops of a window on a line of pixels, with pixels never used marked.

    Args:
        n: Pixels of the line, at most 16.
        k: Weights of the window.
        stride: Pixels from one stop to the next.
        padding: "valid" or "same", in any case.
        dilation: Pixels from one weight to the next.

    Raises:
        WindowError: As `output_size` raises it.
        ValueError: The line is too long to be drawn.
    """
    return _figure([(n, k, stride, padding, dilation)])


@style.styled
def same_padding_figure(sizes: Sequence[int] = (5, 6), k: int = 3, stride: int = 2) -> Figure:
    """Return a figure of where padding "same" puts its zeros on lines of several lengths.

    Args:
        sizes: Pixels of each line, at most 16.
        k: Weights of the window.
        stride: Pixels from one stop to the next.

    Raises:
        WindowError: As `output_size` raises it.
        ValueError: There is no line, or one is too long to be drawn.
    """
    if not len(sizes):
        raise ValueError("`sizes` must hold at least one length, but it is empty.")
    return _figure([(n, k, stride, "same", 1) for n in sizes])


Setting = tuple[int, int, int, str, int]


def _figure(settings: Sequence[Setting]) -> Figure:
    for setting in settings:
        n, _ = setting[0], output_size(*setting)
        if n > _MOST:
            raise ValueError(f"At most {_MOST} pixels can be drawn, but `n` is `{n}`.")
    heights = [output_size(*setting) * _ROW + 0.75 for setting in settings]
    around = [padding_of(*setting) for setting in settings]
    left = max(before for before, _ in around) * _CELL + 0.85
    across = max(n + after for (n, *_), (_, after) in zip(settings, around, strict=True)) * _CELL
    beside = max(0.8 + len(_never_seen(setting)) * _LETTER for setting in settings)
    figure, ax = shapes.drawing_board(sum(heights), width=max(left + across + beside, 6.4))
    top = sum(heights)
    for setting, height in zip(settings, heights, strict=True):
        _draw(ax, setting, (left, top))
        top -= height
    describe(figure, " ".join(_text(setting) for setting in settings))
    return figure


def _draw(ax: Axes, setting: Setting, place: tuple[float, float]) -> None:
    n, k, _, _, dilation = setting
    left, top = place
    ax.text(0.15, top - 0.12, _title(setting), va="top", fontweight="bold")
    y = top - 0.95
    counts = visit_counts(*setting)
    reach = window_reach(k, dilation)
    for pixel in range(n):
        words = f"{pixel}"
        ax.text(left + (pixel + 0.5) * _CELL, y + 0.48, words, ha="center", fontsize=8.5)
    ax.text(left - 0.1, y + 0.48, "pixel", ha="right", fontsize=8.5, color=style.MUTED)
    for stop, start in enumerate(starts(*setting)):
        low = y - stop * _ROW
        taken = {start + weight * dilation for weight in range(k)}
        _draw_line(ax, (left, low), setting, taken, counts)
        cells.window(ax, (left + start * _CELL, low), reach * _CELL, _CELL)
        right = left + (n + padding_of(*setting)[1]) * _CELL
        ax.text(right + 0.15, low + _CELL / 2, f"stop {stop + 1}", va="center", fontsize=10)
    words = _never_seen(setting)
    if words:
        last = y - (output_size(*setting) - 1) * _ROW
        ax.text(
            left + n * _CELL + 0.8,
            last + _CELL / 2,
            words,
            color=cells.UNSEEN,
            va="center",
            fontsize=10,
            fontweight="bold",
        )


def _draw_line(
    ax: Axes, place: tuple[float, float], setting: Setting, taken: set[int], counts: Integers
) -> None:
    left, low = place
    before, after = padding_of(*setting)
    n = setting[0]
    for pixel in range(-before, n + after):
        corner = (left + pixel * _CELL, low)
        if not 0 <= pixel < n:
            cells.padded_zero(ax, corner, _CELL)
        elif counts[pixel] == 0:
            cells.unseen_pixel(ax, corner, _CELL)
        else:
            fill = cells.WINDOW_FILL if pixel in taken else cells.PIXEL
            cells.pixel(ax, corner, _CELL, fill=fill)


def _never_seen(setting: Setting) -> str:
    """Return which pixels no stop uses, or an empty text."""
    never = [str(pixel) for pixel, count in enumerate(visit_counts(*setting)) if count == 0]
    if not never:
        return ""
    noun, verb = ("pixel", "is") if len(never) == 1 else ("pixels", "are")
    return f"{noun} {listed(never)} {verb} never seen"


def _title(setting: Setting) -> str:
    n, k, stride, padding, dilation = setting
    stops = output_size(*setting)
    parts = [f"{n} pixels", f"window {k}", f"stride {stride}", padding_word(padding)]
    if dilation > 1:
        parts.insert(2, f"dilation {dilation}")
    found = f"{', '.join(parts)}: {stops} {'stop' if stops == 1 else 'stops'}"
    before, after = padding_of(*setting)
    return f"{found}, {before} + {after} zeros" if before or after else found


def _text(setting: Setting) -> str:
    never = [str(pixel) for pixel, count in enumerate(visit_counts(*setting)) if count == 0]
    places = listed([str(start) for start in starts(*setting)])
    before, after = padding_of(*setting)
    text = f"{_title(setting)}. The window begins at {places}."
    if before or after:
        text += f" The padding is {before} in front and {after} at the end."
    if never:
        text += f" Never seen: {listed(never)}."
    return text
