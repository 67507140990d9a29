"""What all explorers share: controls, a picture, its state in words, and a still.

An explorer is shown as one bundle: the widgets, for a notebook with a kernel, and a still figure
with its description, for everywhere else. Its parts are plain HTML made by Python in a few
milliseconds; nothing heavy runs when a control is moved.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets
from matplotlib.figure import Figure

from coursetools.explorers import page
from coursetools.explorers.names import naming_script
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

    def __init__(self, controls: Mapping[str, Any]) -> None:
        """Lay the controls out around the picture, and draw it a first time."""
        self.controls = dict(controls)
        self._picture = widgets.HTML()
        self._status = widgets.HTML().add_class("ct-status")
        self._code = widgets.HTML()
        self._still: Figure | None = None
        self.view = widgets.VBox(
            [
                widgets.HTML(page.heading(self.title, self.tries)),
                widgets.Box(
                    list(self.controls.values()),
                    layout=widgets.Layout(
                        flex_flow="row wrap",
                        align_items="center",
                        grid_gap="4px 20px",
                        overflow="visible",
                    ),
                ),
                self._status,
                self._picture,
                self._code,
                naming_script(),
            ]
        ).add_class("ct-explorer")
        for control in self.controls.values():
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
        """Return the line of Python that draws the same with `coursetools.visual`."""

    @abstractmethod
    def draw_still(self) -> Figure:
        """Draw the figure that stands for the explorer where widgets do not work."""

    def still(self) -> Figure:
        """Return the still figure; it is drawn once, for the controls' values at that time."""
        if self._still is None:
            self._still = self.draw_still()
        return self._still

    def value(self, name: str) -> Any:
        """Return the value of one control."""
        return self.controls[name].value

    def _redraw(self, _change: object = None) -> None:
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
