"""Inside a network: what a channel answers to, and what the network is without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import number
from coursetools.explorers.layer_survey import NetworkInside, Patch
from coursetools.explorers.pixels import POSITIVE, POSITIVE_WORDS, level_uri, signed_uri
from coursetools.visual.alt import describe
from coursetools.visual.cut import NetworkCuts
from coursetools.visual.embed import picture_uri
from coursetools.visual.inputs import Floats, as_pictures, pair_of_names
from coursetools.visual.maps import shared_limit

PATCHES, ACROSS, PATCH, SHOWN = 9, 3, 70, 200
UNCHANGED = 5e-4
"""Changes of a probability that three digits do not show."""

IN_STILL = (3, 4, 2)
"""Layers, channels of each, patches of each."""


def inside(
    model: Any,
    images: Any,
    names: Sequence[str] | None = None,
    *,
    layers: Sequence[str] | None = None,
    classes: Sequence[str] = ("Car", "Truck"),
    still: bool = False,
) -> Any:
    """Explore what the channels of a network answer to, and what it is without one of them.

    Args:
        model: A built Keras model with one probability as output: a base, nested or laid out in
            the model itself, then a head.
        images: Some dozen pictures of the size it takes, shape (n, h, w, 3), floats in 0 to 1.
        names: What each picture is called; None numbers them from 0.
        layers: The layers to look at; None takes all that end a step of the network.
        classes: The names of class 0 and class 1.
        still: Return the still figure: three layers, four channels of each.

    Raises:
        PictureError, LabelError: An argument has another shape or range.
        NetworkError: The model has no such layer, none that gives maps, or another output.
    """
    pictures = as_pictures(images)
    titles = page.picture_names(names, len(pictures))
    asked = NetworkInside(NetworkCuts(model, None if layers is None else tuple(layers)), pictures)
    if still or not has_widgets():
        return patches_figure(asked)
    return InsideNetwork(asked, titles, pair_of_names(classes))


class InsideNetwork(Explorer):
    """Choose a layer and a channel; see its map, its strongest patches, and its worth."""

    title = "What does one channel look for, and is it needed?"
    tries = (
        "Find a channel whose patches show one thing, wheels for example.",
        "Find a dead channel: one that answers 0 to every picture.",
        "Try all channels: does the loss of one alone flip the answer?",
    )

    def __init__(self, asked: NetworkInside, titles: list[str], classes: tuple[str, str]) -> None:
        """Start with the first picture and layer."""
        self._asked = asked
        self._titles = titles
        self._classes = classes
        layers = asked.cuts.names
        controls = {
            "picture": make.dropdown(
                "Picture", [(title, place) for place, title in enumerate(titles)], 0, width=230
            ),
            "layer": make.dropdown("Layer", layers, width=280),
            "channel": make.slider("Channel", 0, 0, 1, width=330),
            "off": make.tick("Switch this channel off"),
            "all": make.button("Try all channels", width=150),
            "progress": make.progress("Running the network"),
        }
        controls["all"].on_click(lambda _: self._try_all())
        super().__init__(
            controls,
            [
                make.row([controls[name] for name in ("picture", "layer", "channel")]),
                make.row([controls[name] for name in ("off", "all", "progress")]),
            ],
        )

    def settle(self) -> None:
        """Let the channel's slider end with the layer's last."""
        self._asked.survey(self.value("layer"), self._told)
        make.set_count(self.controls["channel"], self._maps().shape[-1])

    def picture(self) -> str:
        """Return the picture and the channel's map of it, and the strongest patches below."""
        maps, channel, layer = self._maps(), self._channel(), self.value("layer")
        limit, signed = shared_limit([maps[..., channel]]), bool(maps.min() < 0)
        height, width = maps.shape[:2]
        values = maps[..., channel]
        uri = (
            signed_uri(values, limit) if signed else level_uri(values, 0.0, limit, colours=POSITIVE)
        )
        picture = self.value("picture")
        title = self._titles[picture]
        words = "" if signed else f"; {POSITIVE_WORDS}"
        above = [
            page.thumbnail(
                picture_uri(self._asked.pictures[picture]), f"The picture: {title}", title,
                size=SHOWN,
            ),
            page.picture(
                uri,
                f"Channel {channel} of {layer}. {self._map_words()}",
                f"channel {channel}, {height} by {width}{words}",
                width=SHOWN,
                height=round(SHOWN * height / width),
            ),
        ]  # fmt: skip
        found = self._patches()
        rows = [page.row(found[start : start + ACROSS]) for start in range(0, len(found), ACROSS)]
        return page.row([*above, page.column([*rows, page.paragraph("its strongest patches")])])

    def status(self) -> str:
        """Return what the channel does here, and what the network says without it."""
        picture = self.value("picture")
        whole = float(self._asked.probabilities[picture])
        answers = self._asked.survey(self.value("layer")).answers[:, self._channel()]
        dead = not (answers > 0).any()
        words = (
            f"{self._titles[picture]}: probability of {self._classes[1]} {whole:.3f}. "
            f"{self._map_words()} "
        )
        if dead:
            words += f"It answers above 0 to none of the {len(answers)} pictures. "
        return words + self._loss_words(whole)

    def code(self) -> str:
        """Return a call that draws the same map."""
        return (
            f"ct.show_feature_maps(images[{self.value('picture')}], model, "
            f"{self.value('layer')!r}, offset={self._channel()}, rows=1, cols=1)"
        )

    def draw_still(self) -> Figure:
        """Draw the strongest patches of some channels of three layers."""
        return patches_figure(self._asked)

    def _maps(self) -> Floats:
        return self._asked.maps(self.value("layer"), self.value("picture"))

    def _channel(self) -> int:
        return make.place(self.controls["channel"], self._maps().shape[-1])

    def _patches(self) -> list[str]:
        found = self._asked.strongest(self.value("layer"), self._channel(), PATCHES)
        return [
            page.thumbnail(
                picture_uri(self._asked.crop(patch)),
                f"{self._titles[patch.picture]}: {_where(patch)}, answer {number(patch.answer)}",
                number(patch.answer),
                size=PATCH,
            )
            for patch in found
        ]

    def _map_words(self) -> str:
        values = self._maps()[..., self._channel()]
        field = self._asked.cuts.field(self.value("layer"))
        return (
            f"Channel {self._channel()} of {self._maps().shape[-1]} in {self.value('layer')}: "
            f"{number(values.min())} to {number(values.max())}, above 0 in "
            f"{(values > 0).mean():.0%} of its places; each sees {field.size} pixels across."
        )

    def _loss_words(self, whole: float) -> str:
        layer, picture = self.value("layer"), self.value("picture")
        if not self._asked.cuts.can_answer(layer):
            return "This layer's channels cannot be switched off: another path leads around it."
        words = ""
        if self.value("off"):
            left = self._asked.without(layer, picture, self._channel())
            flips = " The answer flips." if (left > 0.5) != (whole > 0.5) else ""
            words = f"Without this channel: {left:.3f}, {left - whole:+.3f}.{flips}"
        if self._asked.tried_all(layer, picture):
            changed = self._asked.without_each(layer, picture) - whole
            order = np.argsort(-np.abs(changed), kind="stable")[:3]
            most = ", ".join(f"{place} ({changed[place]:+.3f})" for place in order)
            words += (
                f" The losses that change it most: channels {most}."
                if np.abs(changed).max() > UNCHANGED
                else f" No loss of one of the {len(changed)} channels changes it."
            )
        return words.strip() or "Tick the box to see what the network says without it."

    def _try_all(self) -> None:
        layer, picture = self.value("layer"), self.value("picture")
        with self.at_once():
            if self._asked.cuts.can_answer(layer):
                self._asked.without_each(layer, picture, self._told)

    def _told(self, done: int, steps: int) -> None:
        if "progress" in self.controls:
            make.set_progress(self.controls["progress"], done, steps)


def patches_figure(asked: NetworkInside) -> Figure:
    """Draw the strongest patches of the liveliest channels of three layers."""
    layers, channels, patches = IN_STILL
    names = _spread_out(asked.cuts.names, layers)
    figure, axes = stills.sheet(len(names), channels * patches, height=1.62 * len(names) + 0.2)
    words = []
    for row, name in zip(axes, names, strict=True):
        survey, field = asked.survey(name), asked.cuts.field(name)
        liveliest = np.sort(np.argsort(-survey.answers.std(axis=0), kind="stable")[:channels])
        for ax in row:
            ax.set_axis_off()
        for place, channel in enumerate(liveliest):
            for part, patch in enumerate(asked.strongest(name, int(channel), patches)):
                ax = row[place * patches + part]
                told = f"channel {channel}: " if part == 0 else ""
                stills.draw_map(ax, asked.crop(patch), f"{told}{number(patch.answer)}")
                ax.set_axis_on()
        stills.name_row(row[0], f"{name}\nsees {field.size}\npixels across")
        best = ", ".join(
            f"channel {channel} up to {number(survey.answers[:, channel].max())}"
            for channel in liveliest
        )
        words.append(f"{name}, {field.size} pixels across: {best}")
    describe(
        figure,
        f"The patches of {len(asked.pictures)} pictures to which channels answer most, at the "
        f"size of their receptive field. {'; '.join(words)}.",
    )
    return figure


def _spread_out(names: Sequence[str], count: int) -> list[str]:
    places = np.linspace(0, len(names) - 1, min(count, len(names))).round().astype(int)
    return [names[place] for place in places]


def _where(patch: Patch) -> str:
    rows, columns = patch.rows, patch.columns
    return f"rows {rows[0]} to {rows[1] - 1}, columns {columns[0]} to {columns[1] - 1}"
