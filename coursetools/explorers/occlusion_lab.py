"""Cover it up: what a network says of a picture of which a part is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.cover_sweep import Coverer, Place, Sweep
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.operations import cover_places, covered
from coursetools.visual.alt import describe
from coursetools.visual.embed import picture_uri
from coursetools.visual.inputs import Floats, as_labels, as_pictures, pair_of_names
from coursetools.visual.maps import SIGNED

SHOWN = 206
IN_STILL = 4
SHARES = (8, 6, 4, 3, 2)
"""A patch is the picture's side divided by one of these."""

UNCHANGED = 5e-4
"""Changes of a probability that three digits do not show."""

LEAST_SCALE = 0.05
"""Changes of probability below this are drawn pale, however small the largest is."""


def occlusion(
    model: Any,
    images: Any,
    labels: Any = None,
    names: Sequence[str] | None = None,
    *,
    patch: int | None = None,
    classes: Sequence[str] = ("Car", "Truck"),
    still: bool = False,
) -> Any:
    """Explore which parts of a picture decide: cover them, and read the probability.

    The model runs once for a place that is looked at, and in batches for a sweep over all.

    Args:
        model: A built Keras model with one probability as output.
        images: Pictures of the size it takes, shape (n, h, w, 3), floats in 0 to 1.
        labels: 0 or 1 for each picture; None does not say what they are.
        names: What each picture is called; None numbers them from 0.
        patch: Pixels across the patch at first; None takes a quarter of the picture's side.
        classes: The names of class 0 and class 1.
        still: Return the still figure: sweeps of the four it is least sure of.

    Raises:
        PictureError, LabelError: An argument has another shape or range.
        CoverError: The patch is larger than a picture.
        WindowError: The patch is no whole number from 1.
        NetworkError: The model does not give one probability a picture.
    """
    pictures = as_pictures(images)
    words = pair_of_names(classes)
    titles = page.picture_names(names, len(pictures))
    if labels is not None:
        numbers = as_labels(labels, len(pictures))
        titles = [f"{title}, a {words[n]}" for title, n in zip(titles, numbers, strict=True)]
    size = (pictures.shape[1], pictures.shape[2])
    start = max(2, min(size) // 4) if patch is None else patch
    cover_places(size, start, 1)  # refuses a patch that does not fit
    asked = Coverer(model, pictures)
    if still or not has_widgets():
        return sweeps_figure(asked, pictures, titles, words, start)
    return OcclusionLab(asked, pictures, titles, words, start)


class OcclusionLab(Explorer):
    """Move a patch over a picture, or sweep it over all places, and see the probability."""

    title = "Cover it up: which part decides?"
    tries = (
        "Sweep a truck: which part, once covered, takes most of the probability away?",
        "Cover only the background: does the answer stay?",
        "Sweep a picture that the network gets wrong: which part misled it?",
    )

    def __init__(
        self,
        asked: Coverer,
        pictures: Floats,
        titles: list[str],
        classes: tuple[str, str],
        patch: int,
    ) -> None:
        """Start with the first picture and a patch of so many pixels across."""
        self._start = patch
        self._asked = asked
        self._pictures = pictures
        self._titles = titles
        self._classes = classes
        side = min(asked.size)
        patches = sorted({patch, *(max(2, side // share) for share in SHARES)})
        controls = {
            "picture": make.dropdown(
                "Picture", [(title, place) for place, title in enumerate(titles)], 0, width=250
            ),
            "patch": make.dropdown(
                "Patch", [(f"{n} by {n} pixels", n) for n in patches], patch, width=205
            ),
            "row": make.slider("Row", 0, 0, 1, width=215),
            "column": make.slider("Column", 0, 0, 1, width=225),
            "sweep": make.button("Sweep over all places", width=175),
            "progress": make.progress("Sweeping", width=190),
        }
        controls["sweep"].on_click(lambda _: self._sweep())
        rows = (("picture", "patch", "sweep"), ("row", "column", "progress"))
        super().__init__(controls, [make.row([controls[name] for name in row]) for row in rows])

    def settle(self) -> None:
        """Let the sliders go over the places that the patch has."""
        places = self._places()
        make.set_count(self.controls["row"], len({row for row, _ in places}))
        make.set_count(self.controls["column"], len({column for _, column in places}))

    def picture(self) -> str:
        """Return the covered picture, and the map of changes once there is one."""
        number, patch, place = self.value("picture"), self.value("patch"), self._place()
        shown = covered(self._pictures[number], [place], patch)[0]
        parts = [
            page.thumbnail(
                picture_uri(shown),
                f"{self._titles[number]}, covered at {_where(place, patch)}",
                f"{self._classes[1]}: {self._answer():.3f} with this patch",
                size=SHOWN,
            )
        ]
        sweep = self._swept()
        if sweep is None:
            return page.row(parts) + page.paragraph("Sweep to see the same for every place.")
        changes = sweep.changes(self._asked.size)
        tinted = tint(self._pictures[number], changes, scale_of(sweep))
        parts.append(
            page.thumbnail(
                picture_uri(tinted),
                f"Change of the probability, place by place. {self._sweep_words(sweep)}",
                f"while covered, {self._classes[1]} falls\nwhere orange, rises where blue",
                size=SHOWN,
            )
        )
        low = sweep.places[sweep.lowest()]
        parts.append(
            page.thumbnail(
                picture_uri(covered(self._pictures[number], [low], patch)[0]),
                f"The picture covered where it matters most: {_where(low, patch)}",
                f"least: {self._classes[1]} {sweep.answers.min():.3f}",
                size=SHOWN,
            )
        )
        return page.row(parts)

    def status(self) -> str:
        """Return the probability as it is and covered, and what a sweep found."""
        number = self.value("picture")
        whole = float(self._asked.probabilities[number])
        answer = self._answer()
        flips = " The answer flips." if (answer > 0.5) != (whole > 0.5) else ""
        words = (
            f"{self._titles[number]}: probability of {self._classes[1]} {whole:.3f} as it is, "
            f"{answer:.3f} covered at {_where(self._place(), self.value('patch'))}.{flips}"
        )
        sweep = self._swept()
        return words if sweep is None else f"{words} {self._sweep_words(sweep)}"

    def code(self) -> str:
        """Return a call that sweeps the same picture with the same patch."""
        number = self.value("picture")
        return (
            f"ct.explore.occlusion(model, images[{number}:{number + 1}], "
            f"patch={self.value('patch')}, still=True)"
        )

    def draw_still(self) -> Figure:
        """Draw sweeps of the pictures that the network is least sure of."""
        return sweeps_figure(self._asked, self._pictures, self._titles, self._classes, self._start)

    def _stride(self) -> int:
        return max(1, int(self.value("patch")) // 2)

    def _places(self) -> tuple[Place, ...]:
        return cover_places(self._asked.size, self.value("patch"), self._stride())

    def _place(self) -> Place:
        places = self._places()
        rows, columns = (sorted({one[axis] for one in places}) for axis in (0, 1))
        return (
            rows[make.place(self.controls["row"], len(rows))],
            columns[make.place(self.controls["column"], len(columns))],
        )

    def _answer(self) -> float:
        sweep, place = self._swept(), self._place()
        if sweep is not None:
            return float(sweep.answers[sweep.places.index(place)])
        return self._asked.answer(self.value("picture"), self.value("patch"), place)

    def _swept(self) -> Sweep | None:
        return self._asked.swept(self.value("picture"), self.value("patch"), self._stride())

    def _sweep(self) -> None:
        def told(done: int, steps: int) -> None:
            make.set_progress(self.controls["progress"], done, steps)

        with self.at_once():
            self._asked.sweep(self.value("picture"), self.value("patch"), self._stride(), told)

    def _sweep_words(self, sweep: Sweep) -> str:
        low, high = sweep.places[sweep.lowest()], sweep.places[sweep.highest()]
        if np.abs(sweep.answers - sweep.whole).max() <= UNCHANGED:
            return f"Over {len(sweep.places)} places it never changes."
        return (
            f"Over {len(sweep.places)} places it is least, {sweep.answers.min():.3f}, covered at "
            f"{_where(low, sweep.patch)}, and greatest, {sweep.answers.max():.3f}, at "
            f"{_where(high, sweep.patch)}."
        )


def sweeps_figure(
    asked: Coverer,
    pictures: Floats,
    titles: Sequence[str],
    classes: tuple[str, str],
    patch: int,
) -> Figure:
    """Draw the pictures with answers nearest to .5, and the change of it, place by place."""
    shown = np.sort(np.argsort(np.abs(asked.probabilities - 0.5), kind="stable")[:IN_STILL])
    sweeps = [asked.sweep(int(number), patch, max(1, patch // 2)) for number in shown]
    limit = max(scale_of(sweep) for sweep in sweeps)
    figure, axes = stills.sheet(2, max(len(shown), 2), height=5.1)
    words = []
    for ax in axes.flat:
        ax.set_axis_off()
    for (above, below), number, sweep in zip(axes.T, shown, sweeps, strict=False):
        caption = f"{titles[number]}\n{classes[1]}: {sweep.whole:.2f}"
        stills.draw_map(above, pictures[number].squeeze(), caption, cmap="gray", vmin=0, vmax=1)
        spread = f"{sweep.answers.min():.2f} to {sweep.answers.max():.2f}"
        tinted = tint(pictures[number], sweep.changes(asked.size), limit)
        stills.draw_map(below, tinted, f"covered: {spread}")
        above.set_axis_on()
        below.set_axis_on()
        low = _where(sweep.places[sweep.lowest()], patch)
        words.append(f"{titles[number]}: {sweep.whole:.2f}, {spread}, least covered at {low}")
    figure.supxlabel(
        f"While a place is covered, the probability of {classes[1]} falls where orange, rises "
        "where blue",
        fontsize=10,
    )
    describe(
        figure,
        f"The pictures of which the network is least sure, and below each how the probability of "
        f"{classes[1]} changes while a patch of {patch} by {patch} pixels covers a place. "
        f"{'; '.join(words)}.",
    )
    return figure


def tint(picture: Floats, changes: Floats, limit: float) -> Floats:
    """Lay signed changes over a picture, which turns grey and pale below them.

    Args:
        picture: Shape (h, w, channels), floats in 0 to 1.
        changes: Shape (h, w).
        limit: The change that gets the strongest colour.

    Returns:
        float32 of shape (h, w, 3), 0 to 1.
    """
    grey = picture.mean(axis=-1, keepdims=True)
    colour = np.asarray(SIGNED(0.5 + 0.5 * np.clip(changes / limit, -1, 1)))[..., :3]
    # As if the colour were ink on a pale print of the picture.
    return np.asarray((0.35 + 0.65 * grey) * colour, np.float32)


def scale_of(sweep: Sweep) -> float:
    """Return the change that gets the strongest colour."""
    largest = max(abs(float(answer) - sweep.whole) for answer in sweep.answers)
    return max(LEAST_SCALE, largest)


def _where(place: Place, patch: int) -> str:
    row, column = place
    return f"rows {row} to {row + patch - 1}, columns {column} to {column + patch - 1}"
