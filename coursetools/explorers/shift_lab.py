"""X5, drag the ring: move a picture and see from which pooling on nothing changes."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.pixels import SIGNED_WORDS, level_uri, signed_uri
from coursetools.operations import (
    circle,
    distinct_after_pools,
    max_pool,
    shifted,
    two_dots,
)
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, PictureError, as_picture

SIDE = 64
FARTHEST = 8
DEPTHS = 5  # 0 to 4 poolings
TABLE_REACH = 3
GIVEN = "the one given"
SHOWN = 160
AS_CODE = {
    "a ring": (f"image = circle([{SIDE}, {SIDE}], val=1.0, r_shrink=4)",),
    "two dots, near": (f"image = two_dots([{SIDE}, {SIDE}], 3, 5)",),
    "two dots, far": (f"image = two_dots([{SIDE}, {SIDE}], 10, 40)",),
}
"""How to make the pictures that are offered; the reader has the one that was given."""

_SAME = 1e-6


def ring(image: Any = None, *, still: bool = False) -> Any:
    """Explore how far a picture can be moved before its pooled map changes.

    Args:
        image: A grey picture, 32 to 256 pixels on each side, floats in 0 to 1; None offers a thin
            ring, and two dots near each other and far apart.
        still: Return the still figure: three shifts, none to four poolings.

    Raises:
        PictureError: The picture has another shape, type or range.
    """
    pictures = {} if image is None else {GIVEN: _grey(image)}
    pictures |= {
        "a ring": circle([SIDE, SIDE], val=1.0, r_shrink=4),
        "two dots, near": two_dots([SIDE, SIDE], 3, 5),
        "two dots, far": two_dots([SIDE, SIDE], 10, 40),
    }
    if still or not has_widgets():
        return shifts_figure(next(iter(pictures.values())))
    return ShiftLab(pictures)


class ShiftLab(Explorer):
    """Move a picture with the arrow keys, pool it, and count what differs."""

    title = "Drag the ring"
    tries = (
        "Find the smallest shift that changes the map after one pooling.",
        "Find the largest that leaves the map after four poolings as it was. What is left to see?",
        "Take two dots instead: from which pooling on are the near ones a single dot?",
    )

    def __init__(self, pictures: dict[str, Floats]) -> None:
        """Pool each picture, and count its distinct maps, when it is first chosen."""
        self._pictures = pictures
        self._distinct: dict[str, tuple[int, ...]] = {}
        super().__init__(
            {
                "picture": make.dropdown("Picture", list(pictures)),
                "dx": make.slider("To the right", 0, -FARTHEST, FARTHEST),
                "dy": make.slider("Down", 0, -FARTHEST, FARTHEST),
                "pools": make.slider("Poolings", 1, 0, DEPTHS - 1, width=220),
                "difference": make.tick("Show the difference", True),
            }
        )

    def picture(self) -> str:
        """Return the moved picture, both pooled maps, what differs, and the table."""
        here, moved = self._maps()
        dx, dy, pools = (self.value(name) for name in ("dx", "dy", "pools"))
        height, width = here.shape
        size = f"{height} by {width}"
        often = "once" if pools == 1 else f"{pools} times"
        parts = [
            self._panel(level_uri(shifted(self._image(), dy, dx)), "the picture, moved"),
            self._panel(level_uri(here), f"not moved, pooled {often}, {size}"),
            self._panel(level_uri(moved), f"moved, pooled {often}, {size}"),
        ]
        words = ""
        if self.value("difference"):
            parts.append(
                self._panel(
                    signed_uri(moved - here, 1.0, striped=height >= 32),
                    f"moved minus not moved: {changed(here, moved)} cells differ",
                )
            )
            words = page.paragraph(f"In the difference, {SIGNED_WORDS}.")
        return page.row(parts) + words + self._table()

    def status(self) -> str:
        """Return the shift and how many cells of the pooled map it changes."""
        here, moved = self._maps()
        dx, dy, pools = (self.value(name) for name in ("dx", "dy", "pools"))
        count = changed(here, moved)
        times = {0: "without pooling", 1: "after 1 pooling"}.get(pools, f"after {pools} poolings")
        verdict = f"{count} of {here.size} cells differ" if count else "the map is the same"
        return f"Moved {_way(dx, 'right', 'left')} and {_way(dy, 'down', 'up')}: {times} {verdict}."

    def code(self) -> str:
        """Return the same shift and poolings as operations."""
        dx, dy, pools = (self.value(name) for name in ("dx", "dy", "pools"))
        lines = [
            "from coursetools.operations import circle, max_pool, shifted, two_dots\n",
            *AS_CODE.get(self.value("picture"), ()),
            f"moved = shifted(image, {dy}, {dx})",
            *(["moved = max_pool(moved)"] * pools),
            "ct.show_image(moved)",
        ]
        return "\n".join(lines)

    def draw_still(self) -> Figure:
        """Draw three shifts, none to four poolings."""
        return shifts_figure(self._image())

    def _image(self) -> Floats:
        return self._pictures[self.value("picture")]

    def _maps(self) -> tuple[Any, Any]:
        image, pools = self._image(), self.value("pools")
        moved = shifted(image, self.value("dy"), self.value("dx"))
        return pooled(image, pools), pooled(moved, pools)

    def _panel(self, uri: str, words: str) -> str:
        dx, dy = self.value("dx"), self.value("dy")
        alt = f"{self.value('picture')}, shift {dx} right and {dy} down: {words}"
        return page.picture(uri, alt, words, width=SHOWN)

    def _table(self) -> str:
        name = self.value("picture")
        if name not in self._distinct:
            self._distinct[name] = distinct_after_pools(
                self._image(), reach=TABLE_REACH, pools=DEPTHS - 1
            )
        counts = self._distinct[name]
        shifts = (2 * TABLE_REACH + 1) ** 2
        heads = "".join(f'<th scope="col">{depth}</th>' for depth in range(DEPTHS))
        cells = "".join(f"<td>{count}</td>" for count in counts)
        return (
            f"<table><caption>Different maps among all {shifts} shifts by at most {TABLE_REACH} "
            f'pixels</caption><tr><th scope="row">poolings</th>{heads}</tr>'
            f'<tr><th scope="row">different maps</th>{cells}</tr></table>'
        )


def pooled(image: Floats, times: int) -> Any:
    """Return a picture after max pooling by 2, that many times."""
    for _ in range(times):
        image = max_pool(image)
    return image


def changed(first: Any, second: Any) -> int:
    """Return how many cells of two maps differ."""
    return int((np.abs(first - second) > _SAME).sum())


def shifts_figure(image: Floats) -> Figure:
    """Draw a picture moved three ways, each pooled none to four times."""
    shifts = ((0, 0), (1, 0), (3, 2))
    figure, axes = stills.sheet(len(shifts), DEPTHS, height=6.3)
    words = []
    for row, (dx, dy) in zip(axes, shifts, strict=True):
        counts = []
        for depth, ax in enumerate(row):
            here, moved = pooled(image, depth), pooled(shifted(image, dy, dx), depth)
            height, width = moved.shape
            counts.append(changed(here, moved))
            caption = f"{height} by {width}" + (
                f"\n{counts[-1]} differ" if (dx, dy) != (0, 0) else ""
            )
            stills.draw_map(ax, moved, caption, cmap="gray", vmin=0, vmax=1)
            if (dx, dy) == (0, 0):
                ax.set_title(f"{depth} poolings", fontsize=10.5)
        stills.name_row(row[0], "not moved" if (dx, dy) == (0, 0) else f"right {dx}\ndown {dy}")
        if (dx, dy) != (0, 0):
            words.append(f"moved right {dx} and down {dy}: {', '.join(map(str, counts))}")
    describe(
        figure,
        f"A picture of {image.shape[0]} by {image.shape[1]}, moved and max-pooled 0 to "
        f"{DEPTHS - 1} times. Cells that differ from the picture that was not moved, by number of "
        f"poolings: {'; '.join(words)}.",
    )
    return figure


def _grey(image: Any) -> Floats:
    picture = as_picture(image)
    sides = picture.shape[:2]
    if not all(32 <= side <= 256 for side in sides):
        raise PictureError(
            f"`image` must have 32 to 256 pixels a side, but its shape is `{sides}`."
        )
    grey: Floats = picture.mean(axis=-1)
    return grey


def _way(pixels: int, forward: str, backward: str) -> str:
    return f"{abs(pixels)} {forward if pixels >= 0 else backward}"
