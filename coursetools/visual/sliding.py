"""A window that slides over a picture: frames side by side, and an animation to be opened.

Nothing moves by itself: the animation lies in a folded `<details>`, so a reader starts it by
opening it and ends it by closing it, with mouse or keyboard. It needs neither a widget front end
nor a network, and who wants no motion, or prints, has the frames side by side.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from io import BytesIO

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from PIL import Image, ImageDraw, ImageFont

from coursetools.visual import cells, style
from coursetools.visual.alt import alt_text, describe
from coursetools.visual.embed import figure_html
from coursetools.visual.slides import (
    CELL,
    LEFT,
    WORDS,
    Slide,
    bare_board,
    draw_output,
    draw_picture,
    draw_stop,
    new_slide,
    output_corner,
    slide_text,
    stop_words,
    window_corner,
)

_MOST = 10
_STILLS = 6
_LETTERS = 10
_LEAST_LETTERS = 8.0
_MILLISECONDS = 450
_LAST_MILLISECONDS = 1500
_COLOURS = 32
_NEARLY_WHITE = 245

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class SlidingWindow:
    """A sliding window, to be shown by a notebook as a cell's last value.

    still: A figure of up to six stops side by side, with its alt text.
    animation: All stops as an animated GIF.
    width: Of the animation, in pixels.
    words: What the animation shows.
    """

    still: Figure
    animation: bytes
    width: int
    words: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        content = b64encode(self.animation).decode("ascii")
        html = (
            f"{figure_html(self.still)}"
            "<details><summary>Play all stops as an animation</summary>"
            f'<img alt="{escape(self.words)}" src="data:image/gif;base64,{content}" '
            f'style="max-width:100%;width:{self.width}px"></details>'
        )
        return {"text/html": html, "text/plain": alt_text(self.still)}


@style.styled
def sliding_window(
    n: int = 5, k: int = 3, stride: int = 1, padding: str = "valid"
) -> SlidingWindow:
    """Return a window's way over a picture: some stops as a figure, all of them as an animation.

    Args:
        n: Pixels of the picture in each direction, at most 10.
        k: Pixels of the window in each direction.
        stride: Pixels from one stop to the next.
        padding: "valid" or "same", in any case.

    Raises:
        WindowError: As `output_size` raises it.
        ValueError: The picture is too large to be drawn.
    """
    slide = new_slide(n, k, stride, padding)
    if n > _MOST:
        raise ValueError(f"At most {_MOST} pixels can be drawn, but `n` is `{n}`.")
    words = slide_text(slide)
    still = _still(slide)
    describe(still, words)
    frames = _frames(slide)
    return SlidingWindow(still, _gif(frames), frames[0].width, words)


def _still(slide: Slide) -> Figure:
    chosen = sorted(
        {round(place) for place in np.linspace(0, slide.places - 1, min(_STILLS, slide.places))}
    )
    columns = 2 if len(chosen) == 4 else min(3, len(chosen))
    rows = -(-len(chosen) // columns)
    width, height = slide.size
    scale = min(style.WIDTH / (columns * width), 1.0)
    figure = style.new_figure(rows * height * scale, width=columns * width * scale, laid_out=False)
    letters = max(_LETTERS * scale, _LEAST_LETTERS)
    for number, place in enumerate(chosen):
        row, column = divmod(number, columns)
        ax = figure.add_axes((column / columns, 1 - (row + 1) / rows, 1 / columns, 1 / rows))
        bare_board(ax, width, height)
        draw_stop(ax, slide, place, letters=letters)
    return figure


def _frames(slide: Slide) -> list[Image.Image]:
    """Cut the frames from three drawings: to draw each by itself takes a hundred times as long."""
    empty, warm, full = (_drawing(slide, state) for state in ("empty", "warm", "full"))
    font = ImageFont.truetype(findfont("DejaVu Sans:bold"), size=_LETTERS * style.DPI // 72)
    frames = []
    for place in range(slide.places):
        frame = empty.copy()
        for number in range(place + 1):
            _paste(frame, full, _box(slide, output_corner(slide, number), 1))
        window = _box(slide, window_corner(slide, place), slide.k)
        _paste(frame, warm, window)
        pen = ImageDraw.Draw(frame)
        for box in (window, _box(slide, output_corner(slide, place), 1)):
            pen.rectangle(box, outline=cells.WINDOW, width=3)
        foot = round(LEFT * style.DPI), frame.height - round(WORDS * style.DPI)
        pen.text(foot, stop_words(slide, place), style.INK, font, anchor="lm")
        frames.append(frame)
    return frames


def _drawing(slide: Slide, state: str) -> Image.Image:
    width, height = slide.size
    figure = style.new_figure(height, width=width, laid_out=False)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    bare_board(ax, width, height)
    inside = range(slide.across if state == "warm" else 0)
    draw_picture(ax, slide, (inside, inside), letters=_LETTERS)
    draw_output(ax, slide, slide.places if state == "full" else 0, letters=_LETTERS)
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())


def _box(slide: Slide, corner: tuple[float, float], across: int) -> Box:
    """Return the pixels of a square of cells: left, top, right, bottom, its lines included."""
    left = round(corner[0] * style.DPI)
    top = round((slide.size[1] - corner[1]) * style.DPI)
    side = round(across * CELL * style.DPI) + 1
    return left, top, left + side, top + side


def _paste(frame: Image.Image, source: Image.Image, box: Box) -> None:
    frame.paste(source.crop(box), box[:2])


def _gif(frames: list[Image.Image]) -> bytes:
    # One palette for all, from the last frame, which has every colour in it.
    palette = frames[-1].quantize(_COLOURS)
    colours = np.array(palette.getpalette(), np.uint8).reshape(-1, 3)
    # White would come out as a mean of what is nearly white, and show beside the page.
    colours[colours.min(axis=1) > _NEARLY_WHITE] = 255
    palette.putpalette(colours.ravel().tolist())
    few = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    stored = BytesIO()
    few[0].save(
        stored,
        format="gif",
        save_all=True,
        append_images=few[1:],
        duration=[*[_MILLISECONDS] * (len(few) - 1), _LAST_MILLISECONDS],
        loop=0,
        optimize=True,
    )
    return stored.getvalue()
