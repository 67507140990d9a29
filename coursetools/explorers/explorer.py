"""What all explorers share: controls, a picture, its state in words, and a still.

An explorer is shown as one bundle: the widgets, for a notebook with a kernel, and a still figure
with its description, for everywhere else. Its parts are plain HTML made by Python in a few
milliseconds; nothing heavy runs when a control is moved. In the browser a picture keeps its place
and only its content changes (see `page_script`), so nothing flickers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page
from coursetools.explorers.front_end import widgets
from coursetools.explorers.page_script import page_script
from coursetools.visual.alt import alt_text
from coursetools.visual.embed import figure_html

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Explorer(ABC):
    """A picture that follows its controls.

    A subclass sets `title` and `tries`, makes its controls, hands them to `__init__`, and says
    how to draw. Every control has a description, which is its name for a screen reader.

    Attributes:
        controls: The widgets by name; setting `controls["k"].value` does what moving it does.
        view: The whole explorer as one widget.
    """

    title: str
    tries: tuple[str, str, str]

    def __init__(self, controls: Mapping[str, Any], laid_out: Sequence[Any] | None = None) -> None:
        """Lay the controls out around the picture, and draw it a first time.

        Args:
            controls: The widgets by name.
            laid_out: Rows of the same widgets, if they shall not all stand in one.
        """
        self.controls = dict(controls)
        self._picture = widgets.HTML()
        self._status = widgets.HTML().add_class("ct-status")
        self._code = widgets.HTML()
        self._still: Figure | None = None
        self._held = False
        self.view = widgets.VBox(
            [
                widgets.HTML(page.heading(self.title, self.tries)),
                widgets.VBox(
                    laid_out or [make.row(list(self.controls.values()))],
                    layout=widgets.Layout(overflow="visible", grid_gap="4px"),
                ),
                self._status,
                self._picture,
                self._code,
                page_script(),
            ]
        ).add_class("ct-explorer")
        for control in self.controls.values():
            if control.has_trait("value"):
                control.observe(self._redraw, "value")
        self._redraw()

    @abstractmethod
    def picture(self) -> str:
        """Return the picture for the controls' values, as HTML with alt texts."""

    @abstractmethod
    def status(self) -> str:
        """Return what the picture shows, in a sentence or two of plain text."""

    @abstractmethod
    def code(self) -> str:
        """Return the Python that gives the same, a line or a few."""

    @abstractmethod
    def draw_still(self) -> Figure:
        """Draw the figure that stands for the explorer where widgets do not work."""

    def settle(self) -> None:  # noqa: B027 (most explorers have nothing to do here)
        """Bring the controls into line with each other; runs before each drawing."""

    def still(self) -> Figure:
        """Return the still figure; it is drawn once, for the controls' values at that time."""
        if self._still is None:
            self._still = self.draw_still()
        return self._still

    def value(self, name: str) -> Any:
        """Return the value of one control."""
        return self.controls[name].value

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Change several controls inside a `with` block, and draw once after it."""
        if self._held:  # an outer block will draw
            yield
            return
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self._redraw()

    def _redraw(self, _change: object = None) -> None:
        if self._held:
            return
        self._held = True
        try:
            self.settle()
        finally:
            self._held = False
        self._picture.value = self.picture()
        self._status.value = escape(self.status())
        self._code.value = page.code_block(self.code())

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        still = self.still()
        return {
            WIDGET_VIEW: {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.view.model_id,
            },
            "text/html": figure_html(still),
            "text/plain": alt_text(still),
        }
