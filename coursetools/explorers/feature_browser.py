"""The feature-map browser: walk through the layers of a real network on a picture of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.contact_sheet import ACROSS, TILE, contact_sheet
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import number
from coursetools.explorers.own_picture import UploadError, read_upload
from coursetools.explorers.pixels import (
    POSITIVE,
    POSITIVE_WORDS,
    SIGNED_WORDS,
    level_uri,
    shrunk,
    signed_uri,
)
from coursetools.visual.alt import describe
from coursetools.visual.embed import picture_uri
from coursetools.visual.inputs import Floats, as_pictures
from coursetools.visual.layer_maps import LayerMaps
from coursetools.visual.maps import SIGNED, shared_limit

DOWN = 4
ON_A_PAGE = ACROSS * DOWN
SHEET, SHOWN = 520, 144
IN_STILL = 4


def feature_maps(
    model: Any,
    images: Any,
    names: Sequence[str] | None = None,
    *,
    layers: Sequence[str] | None = None,
    still: bool = False,
) -> Any:
    """Explore the feature maps of a network, layer by layer, for a picture of one's own choice.

    Args:
        model: A Keras model: a base, or a network in which one is nested. It runs once for each
            picture that is looked at.
        images: Pictures of the size it takes, shape (n, h, w, 3), floats in 0 to 1. Further ones
            can be uploaded.
        names: What each picture is called; None numbers them from 0.
        layers: The layers to walk through; None takes all that end a step of the network.
        still: Return the still figure: four layers of the first picture.

    Raises:
        PictureError, LabelError: An argument has another shape or range.
        NetworkError: The model has no such layer, or none that gives maps.
    """
    pictures = as_pictures(images)
    titles = page.picture_names(names, len(pictures))
    asked = LayerMaps(model, layers)
    if still or not has_widgets():
        return layers_figure(asked, pictures[0], titles[0])
    return FeatureBrowser(asked, pictures, titles)


class FeatureBrowser(Explorer):
    """Choose a picture, walk through the layers, and look at one map closely."""

    title = "What do the layers make of a picture?"
    tries = (
        "Walk from the first layer to the last: where can you no longer find the picture?",
        "Find a map that answers to one thing only, a wheel or a sky for example.",
        "Upload a picture of your own. Does the map you found answer to it too?",
    )

    def __init__(self, asked: LayerMaps, pictures: Floats, titles: Sequence[str]) -> None:
        """Start with the first picture and layer."""
        self._asked = asked
        self._pictures = list(pictures)
        self._titles = list(titles)
        self._maps: dict[int, list[Floats]] = {}
        self._given = len(self._titles)
        self._told = ""
        self._uploaded: tuple[Mapping[str, Any], ...] = ()
        super().__init__(
            {
                "picture": make.dropdown("Picture", self._choices(), 0, width=240),
                "upload": make.upload("Your own picture"),
                "layer": make.slider("Layer", 1, 1, max(2, len(asked.names)), width=330),
                "map": make.slider("Map", 0, 0, 1, width=330),
            }
        )

    def settle(self) -> None:
        """Take in a picture that was uploaded, and let the sliders end with the last."""
        if self.value("upload") != self._uploaded:
            self._uploaded = self.value("upload")
            self._take_in()
        make.set_count(self.controls["layer"], len(self._asked.names))
        make.set_count(self.controls["map"], self._layer_maps().shape[-1])

    def picture(self) -> str:
        """Return the picture, the chosen map, and the page of maps it is on."""
        maps, chosen = self._layer_maps(), self._map_number()
        first = ON_A_PAGE * (chosen // ON_A_PAGE)
        shown = shrunk(maps[..., first : first + ON_A_PAGE], TILE)
        limit, signed = shared_limit([shown]), bool(maps.min() < 0)
        title = self._titles[self.value("picture")]
        height, width, count = maps.shape
        sheet, frame = contact_sheet(shown, chosen - first)
        parts = [
            page.thumbnail(
                picture_uri(self._pictures[self.value("picture")]),
                f"The picture: {title}",
                title,
                size=SHOWN,
            ),
            page.picture(
                _uri(maps[..., chosen], limit, signed),
                f"Map {chosen} of {self._layer()}. {self._map_words()}",
                f"map {chosen}, {height} by {width}",
                width=SHOWN,
                height=round(SHOWN * height / width),
            ),
        ]
        words = (
            f"maps {first} to {first + shown.shape[-1] - 1} of {count}, rows of {ACROSS}, map "
            f"{chosen} framed; {SIGNED_WORDS if signed else POSITIVE_WORDS}; one scale"
        )
        page_of_maps = page.picture(
            _uri(sheet, limit, signed, frame),
            f"Maps of the layer {self._layer()}: {words}",
            words,
            width=SHEET,
            height=round(SHEET * sheet.shape[0] / sheet.shape[1]),
        )
        return page.row([page.column(parts), page_of_maps])

    def status(self) -> str:
        """Return the layer, its size, and what the chosen map holds."""
        height, width, count = self._layer_maps().shape
        told = f"Careful: {self._told} " if self._told else ""
        return (
            f"{told}Layer {self._layer_number() + 1} of {len(self._asked.names)}, "
            f"{self._layer()}: {count} maps of {height} by {width}. {self._map_words()}"
        )

    def code(self) -> str:
        """Return a call of `show_feature_maps` for this page of maps."""
        chosen = self.value("picture")
        given = f"images[{chosen}]" if chosen < self._given else "picture"
        first = ON_A_PAGE * (self._map_number() // ON_A_PAGE)
        count = min(ON_A_PAGE, self._layer_maps().shape[-1] - first)
        return (
            f"ct.show_feature_maps({given}, model, {self._layer()!r}, offset={first}, "
            f"rows={-(-count // ACROSS)}, cols={ACROSS})"
        )

    def draw_still(self) -> Figure:
        """Draw four layers of the first picture."""
        return layers_figure(self._asked, self._pictures[0], self._titles[0], self._of(0))

    def _take_in(self) -> None:
        self._told = ""
        for file in self._uploaded:
            try:
                picture = read_upload(file["content"], file["name"], self._asked.size)
            except UploadError as error:
                self._told = str(error)
                return
            self._pictures.append(picture)
            self._titles.append(str(file["name"]))
            self.controls["picture"].options = self._choices()
            self.controls["picture"].value = len(self._titles) - 1

    def _choices(self) -> list[tuple[str, int]]:
        return [(title, place) for place, title in enumerate(self._titles)]

    def _of(self, picture: int) -> list[Floats]:
        if picture not in self._maps:
            self._maps[picture] = self._asked(self._pictures[picture])
        return self._maps[picture]

    def _layer_number(self) -> int:
        return make.place(self.controls["layer"], len(self._asked.names))

    def _layer(self) -> str:
        return self._asked.names[self._layer_number()]

    def _layer_maps(self) -> Floats:
        return self._of(self.value("picture"))[self._layer_number()]

    def _map_number(self) -> int:
        return make.place(self.controls["map"], self._layer_maps().shape[-1])

    def _map_words(self) -> str:
        values = self._layer_maps()[..., self._map_number()]
        row, column = np.unravel_index(int(np.argmax(values)), values.shape)
        low, high = number(float(values.min())), number(float(values.max()))
        return (
            f"Map {self._map_number()}: from {low} to {high}, above 0 in "
            f"{(values > 0).mean():.0%} of its places, strongest at row {row}, column {column}."
        )


def layers_figure(
    asked: LayerMaps, picture: Floats, title: str, maps: Sequence[Floats] | None = None
) -> Figure:
    """Draw the eight liveliest maps of four layers, each layer on one scale."""
    found = asked(picture) if maps is None else maps
    places = _spread_out(found)
    figure, axes = stills.sheet(len(places), ACROSS + 1, height=1.28 * len(places) + 0.3)
    words = []
    for ax in axes.flat:
        ax.set_axis_off()
    stills.draw_map(axes[0, 0], picture.squeeze(), "", cmap="gray")
    axes[0, 0].set_axis_on()
    for row, place in zip(axes, places, strict=True):
        layer = found[place]
        height, width, count = layer.shape
        best = np.sort(np.argsort(-layer.std(axis=(0, 1)), kind="stable")[:ACROSS])
        limit, signed = shared_limit([layer[..., best]]), bool(layer.min() < 0)
        for ax, chosen in zip(row[1:], best, strict=False):
            options = {"cmap": SIGNED, "vmin": -limit} if signed else {"cmap": POSITIVE, "vmin": 0}
            stills.draw_map(ax, layer[..., chosen], f"map {chosen}", vmax=limit, **options)
            ax.set_axis_on()
        # An empty title keeps the room above the row; the words themselves are wider than the map
        # below them, and the layout would make room for that.
        row[1].set_title(" ", fontsize=10)
        heading = f"{asked.names[place]}: {count} maps of {height} by {width}"
        above = row[1].text(0, 1.08, heading, fontsize=10, transform=row[1].transAxes)
        above.set_in_layout(False)
        words.append(f"{asked.names[place]} has {count} maps of {height} by {width}")
    describe(
        figure,
        f"{title}, and the maps that differ most within themselves, in {len(places)} layers: "
        f"{'; '.join(words)}.",
    )
    return figure


def _spread_out(maps: Sequence[Floats]) -> list[int]:
    """Return the first layer, and the last of up to three other sizes of map."""
    last_of = {layer.shape[:2]: place for place, layer in enumerate(maps)}
    last_of[maps[0].shape[:2]] = 0
    places = sorted(last_of.values())
    chosen = np.linspace(0, len(places) - 1, min(IN_STILL, len(places))).round().astype(int)
    return [places[number] for number in chosen]


def _uri(values: Any, limit: float, signed: bool, marked: Any = None) -> str:
    if signed:
        return signed_uri(values, limit, marked=marked)
    return level_uri(values, 0.0, limit, colours=POSITIVE, marked=marked)
