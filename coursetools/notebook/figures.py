"""Figures in a notebook, with a text for those who cannot see them.

JupyterLab gives an `image/png` output no alternative text. So `connect` teaches IPython to show
a matplotlib figure as HTML that carries both the picture and its text, and to say the text where
no picture can be shown. The PNG that matplotlib sends is left in place for front ends that want
nothing else; a front end shows one of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from coursetools.notebook.card import HTML, PLAIN

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FIGURE = ("matplotlib.figure", "Figure")


def install(shell: Any, *, html: bool = True) -> None:
    """Teach an IPython shell to show figures with their text; doing it twice changes nothing.

    matplotlib is not imported: this takes effect when the first figure is shown.

    Args:
        shell: The shell.
        html: Whether a figure is also drawn into HTML; where only matplotlib's PNG and the text
            are taken, that would be drawing it twice.
    """
    # Not a formatter of one media type: matplotlib's inline backend drops all of those for figures
    # when it starts, which is in the middle of the cell that draws first.
    shell.display_formatter.mimebundle_formatter.for_type_by_name(
        *_FIGURE, _bundle if html else _text
    )
    _show_results_once(shell)


def figure_bundle(figure: Figure) -> dict[str, str]:
    """Give a figure as IPython's display takes it: HTML with its text, and the text alone."""
    from coursetools.visual.alt import alt_text
    from coursetools.visual.embed import figure_html

    bundle = {PLAIN: alt_text(figure)}
    # IPython sends no PNG of a figure without axes either.
    return {HTML: figure_html(figure), **bundle} if figure.axes or figure.lines else bundle


def _bundle(figure: Figure, include: object = None, exclude: object = None) -> dict[str, str]:
    return figure_bundle(figure)


def _text(figure: Figure, include: object = None, exclude: object = None) -> dict[str, str]:
    from coursetools.visual.alt import alt_text

    return {PLAIN: alt_text(figure)}


def _show_results_once(shell: Any) -> None:
    """Keep matplotlib from showing a cell's result again when the cell ends.

    A figure made with pyplot that is also a cell's last value would be shown twice: as the
    result, and by the inline backend, which shows and closes all open figures. So we close it
    just before the backend looks. Its callback must come after ours, whoever came first.
    """
    events = shell.events
    callback = _CloseResult(shell)
    if callback in events.callbacks["post_execute"]:
        return
    later = [f for f in events.callbacks["post_execute"] if _is_inline_backend(f)]
    for function in later:
        events.unregister("post_execute", function)
    events.register("post_execute", callback)
    for function in later:
        events.register("post_execute", function)


def _is_inline_backend(function: Any) -> bool:
    return getattr(function, "__module__", "") == "matplotlib_inline.backend_inline"


class _CloseResult:
    """Closes the figure that was the running cell's result."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _CloseResult) and other._shell is self._shell

    def __hash__(self) -> int:
        return id(self._shell)

    def __call__(self) -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        result = getattr(self._shell.last_execution_result, "result", None)
        if pyplot is None or not isinstance(result, pyplot.Figure):
            return
        if "inline" in pyplot.get_backend().lower():
            pyplot.close(result)  # does nothing to a figure that pyplot does not know
