"""The mistakes gallery: move the threshold and see which pictures are called wrong."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import page
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets, widgets
from coursetools.visual.confusion import Confusion, confusion, predictions
from coursetools.visual.inputs import (
    Integers,
    as_labels,
    as_pictures,
    as_probabilities,
    pair_of_names,
)
from coursetools.visual.mistakes import mistakes_grid

ON_A_PAGE = 12
SURE_FIRST = "surest first"
UNSURE_FIRST = "least sure first"
IN_ORDER = "by number"


def mistakes(
    images: Any,
    labels: Any,
    probabilities: Any,
    names: Sequence[str] | None = None,
    *,
    classes: Sequence[str] = ("Car", "Truck"),
    still: bool = False,
) -> Any:
    """Explore a network's mistakes: move the threshold, see the confusion table and the pictures.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or whole numbers to 255.
        labels: 0 or 1 for each picture.
        probabilities: The network's probability of class 1 for each picture.
        names: What each picture is called, file names for example; None numbers them from 0.
        classes: The names of class 0 and class 1.
        still: Return the still figure: the surest mistakes at threshold one half.

    Raises:
        PictureError, LabelError, ProbabilityError: An argument has another shape or range.
    """
    if still or not has_widgets():
        return mistakes_grid(images, labels, probabilities, classes=classes)
    return MistakesGallery(images, labels, probabilities, names, classes)


class MistakesGallery(Explorer):
    """All that a network calls wrong at a threshold, beside its confusion table."""

    title = "Where is the network wrong?"
    tries = (
        "Find the threshold with the fewest mistakes. Is it 0.5?",
        "Make one of the two kinds of mistake disappear. What does that cost?",
        "Look at the surest mistakes: what would you have said?",
    )

    def __init__(
        self,
        images: Any,
        labels: Any,
        probabilities: Any,
        names: Sequence[str] | None,
        classes: Sequence[str],
    ) -> None:
        """Check and keep the pictures and the network's answers.

        Raises:
            PictureError, LabelError, ProbabilityError: An argument has another shape or range.
        """
        self._pictures = as_pictures(images)
        count = len(self._pictures)
        self._labels = as_labels(labels, count)
        self._chances = as_probabilities(probabilities, count)
        self._classes = pair_of_names(classes)
        self._names = page.picture_names(names, count)
        self._thumbnails = page.Thumbnails(self._pictures)
        car, truck = self._classes
        label = {"description_width": "initial"}
        super().__init__(
            {
                "threshold": widgets.FloatSlider(
                    value=0.5,
                    min=0,
                    max=1,
                    step=0.01,
                    description="Threshold",
                    style=label,
                    layout=widgets.Layout(width="260px"),
                ),
                "show": widgets.Dropdown(
                    options=("all mistakes", f"false {car}", f"false {truck}", "least sure"),
                    description="Show",
                    style=label,
                    layout=widgets.Layout(width="200px"),
                ),
                "sort": widgets.Dropdown(
                    options=(SURE_FIRST, UNSURE_FIRST, IN_ORDER),
                    description="Order",
                    style=label,
                    layout=widgets.Layout(width="200px"),
                ),
                "page": widgets.BoundedIntText(
                    value=1,
                    min=1,
                    max=ceil(count / ON_A_PAGE),
                    description="Page",
                    style=label,
                    layout=widgets.Layout(width="110px"),
                ),
            }
        )

    def chosen(self) -> Integers:
        """Return the positions of the pictures the filter lets through, in the chosen order."""
        predicted = predictions(self._chances, self.value("threshold"))
        wrong = predicted != self._labels
        show = self.value("show")
        car, truck = self._classes
        through = {
            "all mistakes": wrong,
            f"false {car}": wrong & (predicted == 0),
            f"false {truck}": wrong & (predicted == 1),
            "least sure": np.ones_like(wrong),
        }[show]
        numbers = np.flatnonzero(through).astype(np.int64)
        sureness = np.abs(self._chances[numbers] - self.value("threshold"))
        if show == "least sure":
            return numbers[np.argsort(sureness, kind="stable")][: 2 * ON_A_PAGE]
        if self.value("sort") == IN_ORDER:
            return numbers
        turned = sureness if self.value("sort") == UNSURE_FIRST else -sureness
        return numbers[np.argsort(turned, kind="stable")]

    def picture(self) -> str:
        """Return the confusion table and a page of thumbnails."""
        numbers = self.chosen()
        start = (self._page(len(numbers)) - 1) * ON_A_PAGE
        thumbnails = [self._thumbnail(int(n)) for n in numbers[start : start + ON_A_PAGE]]
        return self._table(self._confusion()) + page.row(thumbnails)

    def status(self) -> str:
        """Return the accuracy, both kinds of mistake and which pictures are shown."""
        found = self._confusion()
        car, truck = self._classes
        numbers = self.chosen()
        number, pages = self._page(len(numbers)), max(1, ceil(len(numbers) / ON_A_PAGE))
        return (
            f"Threshold {self.value('threshold'):.2f}: {found.correct} of {found.total} right, "
            f"{found.accuracy:.1%}. {found.counts[0][1]} {car} called {truck}, "
            f"{found.counts[1][0]} {truck} called {car}. "
            f"{self.value('show').capitalize()}: {len(numbers)} pictures, "
            f"page {number} of {pages}."
        )

    def code(self) -> str:
        """Return a call of `mistakes_grid`."""
        return (
            "ct.mistakes_grid(images, labels, probabilities, "
            f"threshold={self.value('threshold'):.2f})"
        )

    def draw_still(self) -> Figure:
        """Draw the surest mistakes at threshold one half."""
        return mistakes_grid(self._pictures, self._labels, self._chances, classes=self._classes)

    def _confusion(self) -> Confusion:
        return confusion(self._labels, self._chances, threshold=self.value("threshold"))

    def _page(self, count: int) -> int:
        return int(min(self.value("page"), max(1, ceil(count / ON_A_PAGE))))

    def _table(self, found: Confusion) -> str:
        heads = "".join(f'<th scope="col">called {escape(name)}</th>' for name in self._classes)
        rows = "".join(
            f'<tr><th scope="row">is a {escape(self._classes[row])}</th>'
            + "".join(
                f"<td>{found.counts[row][column]} ({found.row_share(row, column):.0%})</td>"
                for column in range(2)
            )
            + "</tr>"
            for row in range(2)
        )
        return (
            "<table><caption>Pictures, and share of their row</caption>"
            f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _thumbnail(self, number: int) -> str:
        truth = int(self._labels[number])
        chance = float(self._chances[number])
        right = (chance > self.value("threshold")) == bool(truth)
        words = f"p({self._classes[1]}) = {chance:.2f}"
        return page.thumbnail(
            self._thumbnails.uri(number),
            f"{self._names[number]}, a {self._classes[truth]}, {words}",
            f"is a {self._classes[truth]}\n{words}\n{self._names[number]}",
            size=104,
            kind="same" if right else "other",
        )
