"""X1, feature space: the nearest pictures of a query, in pixels and in a base's features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from coursetools.explorers import page
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets, widgets
from coursetools.visual.inputs import as_labels, as_pictures, pair_of_names
from coursetools.visual.neighbour_rows import neighbour_rows
from coursetools.visual.neighbours import SPACES, as_vectors, nearest, same_class_share

MOST = 8


def neighbours(
    images: Any,
    labels: Any,
    features: Any,
    *,
    classes: Sequence[str] = ("Car", "Truck"),
    still: bool = False,
) -> Any:
    """Explore which pictures are nearest to a query, in pixels and in the features of a base.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or whole numbers to 255; n at least 2.
        labels: 0 or 1 for each picture.
        features: What a base makes of each picture, shape (n, ...).
        classes: The names of class 0 and class 1.
        still: Return the still figure: six queries, two rows each.

    Raises:
        PictureError: The pictures have another shape or range, or the features another number.
        LabelError: A label is neither 0 nor 1, or there is not one for each picture.
    """
    if still or not has_widgets():
        return neighbour_rows(images, labels, features, classes=classes)
    return FeatureSpace(images, labels, features, classes)


class FeatureSpace(Explorer):
    """Choose a picture, and see which pictures are nearest to it."""

    title = "Which pictures are near?"
    tries = (
        "Find a query for which pixels find more of its class than features do.",
        "Find one for which both fail. What do the pictures share instead?",
        "Change the number of neighbours: does it matter?",
    )

    def __init__(self, images: Any, labels: Any, features: Any, classes: Sequence[str]) -> None:
        """Find the nearest pictures of every picture once, so that no control has to wait.

        Raises:
            PictureError, LabelError: As `neighbour_rows` raises them.
        """
        self._pictures = as_pictures(images)
        count = len(self._pictures)
        self._labels = as_labels(labels, count)
        self._names = pair_of_names(classes)
        self._features = as_vectors(features, count)
        most = min(MOST, count - 1)
        everyone = range(count)
        self._nearest = {
            "pixels": nearest(self._pictures, everyone, most),
            "features": nearest(self._features, everyone, most),
        }
        self._thumbnails = page.Thumbnails(self._pictures)
        label = {"description_width": "initial"}
        super().__init__(
            {
                "query": widgets.BoundedIntText(
                    value=0,
                    min=0,
                    max=count - 1,
                    description="Query picture",
                    style=label,
                    layout=widgets.Layout(width="190px"),
                ),
                "space": widgets.ToggleButtons(
                    options=("both", *SPACES),
                    description="Near by",
                    layout=widgets.Layout(width="max-content"),
                    style={"description_width": "initial", "button_width": "80px"},
                ),
                "k": widgets.IntSlider(
                    value=min(5, most),
                    min=1,
                    max=most,
                    description="Neighbours",
                    style=label,
                    layout=widgets.Layout(width="260px"),
                ),
            }
        )

    def picture(self) -> str:
        """Return the query, then a row of neighbours for each space."""
        query = int(self.value("query"))
        asked = page.thumbnail(
            self._thumbnails.uri(query),
            f"The query, picture {query}, a {self._name(query)}",
            f"query {query}: {self._name(query)}",
            size=128,
        )
        rows = [
            page.row(
                [self._neighbour(query, number, rank + 1) for rank, number in enumerate(found)],
                f"by {space}",
            )
            for space, found in self._found().items()
        ]
        return page.row([asked, page.column(rows)])

    def status(self) -> str:
        """Return the share of neighbours of the query's class, for each space."""
        query = int(self.value("query"))
        parts = []
        for space, found in self._found().items():
            share = same_class_share(self._labels, [query], found[None])
            parts.append(f"by {space} {round(share * len(found))} of {len(found)} are of its class")
        return f"Picture {query} is a {self._name(query)}: {', '.join(parts)}."

    def code(self) -> str:
        """Return a call of `neighbour_rows`."""
        return (
            f"ct.neighbour_rows(images, labels, features, queries=[{self.value('query')}], "
            f"k={self.value('k')}, spaces={list(self._spaces())})"
        )

    def draw_still(self) -> Figure:
        """Draw six queries, each with a row for pixels and one for features."""
        return neighbour_rows(self._pictures, self._labels, self._features, classes=self._names)

    def _spaces(self) -> tuple[str, ...]:
        chosen = self.value("space")
        return SPACES if chosen == "both" else (chosen,)

    def _found(self) -> dict[str, Any]:
        query, k = int(self.value("query")), int(self.value("k"))
        return {space: self._nearest[space][query, :k] for space in self._spaces()}

    def _name(self, number: int) -> str:
        return self._names[int(self._labels[number])]

    def _neighbour(self, query: int, number: int, rank: int) -> str:
        same = bool(self._labels[number] == self._labels[query])
        words = "same class" if same else "other class"
        return page.thumbnail(
            self._thumbnails.uri(int(number)),
            f"Neighbour {rank}: picture {number}, a {self._name(number)}, {words}",
            f"{self._name(number)} {number}\n{words}",
            size=84,
            kind="same" if same else "other",
        )
