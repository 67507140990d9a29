"""The controls of explorers: each has a visible label, which is also its name when read aloud.

All are of the kinds that a browser works by keyboard: sliders move with the arrow keys, lists
open and choose with them, boxes and buttons answer to the space bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coursetools.explorers.front_end import widgets

PLAY_MILLISECONDS = 700


def slider(
    words: str, value: float, low: float, high: float, *, step: float = 1, width: int = 270
) -> Any:
    """Return a slider; of whole numbers if all of its numbers are whole."""
    whole = all(isinstance(number, int) for number in (value, low, high, step))
    make = widgets.IntSlider if whole else widgets.FloatSlider
    return make(
        value=value,
        min=low,
        max=high,
        step=step,
        description=words,
        style=_own_width(),
        layout=widgets.Layout(width=f"{width}px"),
    )


def dropdown(words: str, options: Sequence[Any], value: Any = None, *, width: int = 220) -> Any:
    """Return a list to choose from, of values or of pairs (label, value); None is the first."""
    chosen = {} if value is None else {"value": value}
    return widgets.Dropdown(
        options=list(options),
        description=words,
        style=_own_width(),
        layout=widgets.Layout(width=f"{width}px"),
        **chosen,
    )


def tick(words: str, value: bool = False) -> Any:
    """Return a box to tick."""
    return widgets.Checkbox(
        value=value, description=words, indent=False, layout=widgets.Layout(width="max-content")
    )


def typed(words: str, text: str, *, width: int = 220) -> Any:
    """Return a line to type into; it counts when the field is left or Enter is pressed."""
    return widgets.Text(
        value=text,
        description=words,
        continuous_update=False,
        style=_own_width(),
        layout=widgets.Layout(width=f"{width}px"),
    )


def upload(words: str, *, width: int = 190) -> Any:
    """Return a button that takes a picture file from the reader's machine."""
    return widgets.FileUpload(
        accept="image/*",
        multiple=False,
        description=words,
        layout=widgets.Layout(width=f"{width}px"),
    )


def button(words: str, *, width: int = 110) -> Any:
    """Return a button; its words are its name."""
    return widgets.Button(description=words, layout=widgets.Layout(width=f"{width}px"))


def set_count(of: Any, count: int) -> None:
    """Let a slider run over `count` places; with one place or none it is switched off."""
    of.disabled = count < 2
    of.max = of.min + max(1, count - 1)


def place(of: Any, count: int) -> int:
    """Return where a slider over `count` places stands, counted from 0."""
    return int(min(of.value - of.min, max(0, count - 1)))


def play(through: Any) -> Any:
    """Return buttons that move a slider on by itself, and stop it.

    It never starts by itself, stops at the slider's end, and follows the slider when that is
    moved by hand.
    """
    player = widgets.Play(
        value=through.value,
        min=through.min,
        max=through.max,
        interval=PLAY_MILLISECONDS,
        show_repeat=False,
        description=f"Play: {through.description}",
    )
    for trait in ("value", "max"):
        widgets.link((player, trait), (through, trait))
    return player


def row(parts: Sequence[Any], *, gap: int = 20) -> Any:
    """Return controls side by side, `gap` pixels apart; they wrap where the page is narrow."""
    return widgets.Box(
        list(parts),
        layout=widgets.Layout(
            flex_flow="row wrap",
            align_items="center",
            grid_gap=f"4px {gap}px",
            overflow="visible",
        ),
    )


def column(parts: Sequence[Any], *, beside: bool = False) -> Any:
    """Return controls below each other; `beside` takes the rest of the row it stands in."""
    room = {"flex": "1 1 0", "min_width": "300px"} if beside else {}
    return widgets.VBox(
        list(parts), layout=widgets.Layout(grid_gap="4px", overflow="visible", **room)
    )


def square(parts: Sequence[Any], *, side: int) -> Any:
    """Return fields as a square; their labels are there for screen readers, but not seen."""
    return widgets.GridBox(
        list(parts),
        layout=widgets.Layout(
            grid_template_columns=f"repeat({side}, max-content)", grid_gap="2px", overflow="visible"
        ),
    ).add_class("ct-square")


def progress(words: str, *, width: int = 300) -> Any:
    """Return a bar that shows how far something has come; see `set_progress`."""
    return widgets.IntProgress(
        value=0,
        min=0,
        max=1,
        description=words,
        style=_own_width(),
        layout=widgets.Layout(width=f"{width}px", visibility="hidden"),
    )


def set_progress(of: Any, done: int, steps: int) -> None:
    """Show how many steps are done; a bar that has come to its end disappears."""
    of.max = max(steps, 1)
    of.value = done
    of.layout.visibility = "hidden" if done >= steps else "visible"


def _own_width() -> dict[str, str]:
    return {"description_width": "initial"}
