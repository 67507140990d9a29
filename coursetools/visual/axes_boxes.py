"""Four axes of a batch and four of a kernel, as boxes: what each number of a shape counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import output_size
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe

_PICTURES = ("n", "h", "w", "c")
_KERNEL = ("kh", "kw", "in", "out")
_WORDS = {
    "n": "pictures",
    "h": "rows",
    "w": "columns",
    "c": "channels",
    "kh": "rows",
    "kw": "columns",
    "in": "channels in",
    "out": "filters",
}
_LEFT, _WIDTH, _GAP, _HIGH = 2.35, 1.45, 0.22, 0.66


class AxesError(ValueError):
    """A shape has not four sizes, or those of pictures and kernel do not fit together."""


@style.styled
def shape_boxes(
    image_shape: Any = (1, 200, 200, 1),
    kernel_shape: Any = (3, 3, 1, 1),
    *,
    stride: int = 1,
    padding: str = "valid",
) -> Figure:
    """Return a figure of the shapes that go into a convolution and of the one that comes out.

    Args:
        image_shape: `[n, h, w, c]`, or an array of that shape.
        kernel_shape: `[kh, kw, in, out]`, or an array of that shape.
        stride: Pixels from one stop of the window to the next.
        padding: "valid" or "same".

    Raises:
        AxesError: A shape has not four sizes of at least 1, or `c` is not `in`.
        WindowError: Stride or padding is none, or the kernel is larger than the picture.
    """
    pictures = _four(image_shape, "image_shape", _PICTURES)
    kernel = _four(kernel_shape, "kernel_shape", _KERNEL)
    if pictures[3] != kernel[2]:
        raise AxesError(
            f"The pictures have `{pictures[3]}` channels (c), but the kernel takes "
            f"`{kernel[2]}` (in): the two must be equal."
        )
    maps = (
        pictures[0],
        output_size(pictures[1], kernel[0], stride, padding),
        output_size(pictures[2], kernel[1], stride, padding),
        kernel[3],
    )
    figure, board = shapes.drawing_board(3.95)
    rows = (
        (2.95, "pictures", _PICTURES, pictures),
        (1.62, "kernel", _KERNEL, kernel),
        (0.29, "maps", ("n", "h'", "w'", "out"), maps),
    )
    for low, title, names, sizes in rows:
        _row(board, low, title, names, sizes)
    _link(board, (_middle(3), 2.95), (_middle(2) + 0.1, 1.62 + _HIGH + 0.25), "the same")
    _link(board, (_middle(3), 1.62), (_middle(3), 0.29 + _HIGH + 0.27), "one map a filter")
    describe(
        figure,
        f"Shapes as boxes. Pictures: {_said(_PICTURES, pictures)}. Kernel: "
        f"{_said(_KERNEL, kernel)}. c and in are the same. Maps: "
        f"{_said(('n', 'h', 'w', 'out'), maps)}; out is handed down from the kernel. "
        f"Stride {stride}, padding {padding.lower()}.",
    )
    return figure


def _four(shape: Any, name: str, axes: Sequence[str]) -> tuple[int, int, int, int]:
    sizes = getattr(shape, "shape", shape)
    try:
        found = tuple(int(size) for size in sizes)
    except (TypeError, ValueError):
        found = ()
    if len(found) != 4 or min(found) < 1:
        raise AxesError(
            f"`{name}` must be four sizes of at least 1, [{', '.join(axes)}], but it is "
            f"`{sizes!r}`."
        )
    return found[0], found[1], found[2], found[3]


def _middle(number: int) -> float:
    return _LEFT + number * (_WIDTH + _GAP) + _WIDTH / 2


def _row(board: Axes, low: float, title: str, names: Sequence[str], sizes: Sequence[int]) -> None:
    board.text(0.15, low + _HIGH / 2 + 0.02, title, va="center", size=13, weight="bold")
    board.text(
        0.15,
        low + _HIGH / 2 - 0.25,
        f"[{', '.join(names)}]",
        va="center",
        size=10.5,
        color=style.MUTED,
        family="DejaVu Sans Mono",
    )
    for number, (name, size) in enumerate(zip(names, sizes, strict=True)):
        left = _LEFT + number * (_WIDTH + _GAP)
        deep = name in ("c", "in", "out")
        edge, fill = (style.HEAD, style.HEAD_LIGHT) if deep else (style.BASE, style.BASE_LIGHT)
        if name == "n":
            edge, fill = style.MUTED, style.PAPER
        shapes.box(board, (left, low), (_WIDTH, _HIGH), edge=edge, fill=fill)
        middle = left + _WIDTH / 2
        board.text(
            middle, low + _HIGH / 2, f"{size:,}", ha="center", va="center", size=15, weight="bold"
        )
        words = f"{name}: {_WORDS[name.rstrip(chr(39))]}"
        board.text(
            middle, low + _HIGH + 0.12, words, ha="center", va="center", size=10, color=style.INK
        )


def _link(board: Axes, start: tuple[float, float], end: tuple[float, float], word: str) -> None:
    board.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "color": style.HEAD, "linewidth": 1.6},
    )
    if word:
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        board.text(x + 0.12, y - 0.04, word, size=10, color=style.INK, va="center", ha="left")


def _said(names: Sequence[str], sizes: Sequence[int]) -> str:
    return ", ".join(f"{name} {size}" for name, size in zip(names, sizes, strict=True))
