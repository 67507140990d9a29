"""X3, the kernel playground: nine numbers, a picture, and what the kernel answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.datasets import lesson_picture
from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import number
from coursetools.explorers.histogram import histogram_svg
from coursetools.explorers.kernel_fields import PLACES, KernelFields, field_name, key, plain
from coursetools.explorers.pixels import SIGNED_WORDS, level_uri, signed_uri
from coursetools.explorers.small_pictures import SmallPictureError, as_small
from coursetools.explorers.weights import Weights, sum_words, written
from coursetools.operations import KERNELS, convolve, relu
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, as_picture
from coursetools.visual.maps import SIGNED, shared_limit

SIDE = 200
SHOWN = 215
GIVEN = "the one given"
BY_LARGEST, BY_ONE = "the strongest answers", "-1 and 1"
AS_CODE = {
    "car front": f'image = ct.lesson_picture("car-front", channels=1, size={SIDE})\n',
    "letter k": f'image = ct.lesson_picture("letter-k", channels=1, size={SIDE})\n',
    "square": f"image = np.zeros(({SIDE}, {SIDE}))\nimage[50:150, 50:150] = 1\n",
}
"""How to get the lesson's pictures; the reader has those that were given."""

IN_STILL = ("identity", "blur", "edge", "bottom_sobel", "right_sobel")


def kernel_playground(pictures: Any = None, kernel: Any = None, *, still: bool = False) -> Any:
    """Explore what a kernel of nine weights answers to.

    Args:
        pictures: A picture, floats in 0 to 1, or a mapping from names to pictures; in colour they
            turn grey. None offers pictures of the lesson.
        kernel: 3 by 3 weights, or the name of a kernel of the library; None is `bottom_sobel`.
        still: Return the still figure: five kernels, three pictures.

    Raises:
        PictureError: A picture has another shape, type or range.
        SmallPictureError: The kernel is not 3 by 3 finite numbers, or has no such name.
    """
    shown = _lesson_pictures() if pictures is None else _named(pictures)
    sources = AS_CODE if pictures is None else {}
    weights = _start("bottom_sobel" if kernel is None else kernel)
    if still or not has_widgets():
        return presets_figure(shown)
    return KernelLab(shown, weights, sources)


class KernelLab(Explorer):
    """Type or slide nine weights, and see the map they give."""

    title = "Make your own kernel"
    tries = (
        "Turn a Sobel kernel by 90 degrees: which edges does it find now?",
        "Make the blur twice as bright; let the colours reach to -1 and 1 to see it.",
        "Find a kernel that, after ReLU, answers most to only one corner of the square.",
    )

    def __init__(
        self, pictures: dict[str, Floats], weights: Weights, sources: Mapping[str, str]
    ) -> None:
        """Start with the first picture and these weights; `sources` is code that makes `image`."""
        self._pictures, self._sources = pictures, sources
        self.fields = KernelFields(weights)
        controls = {
            "picture": make.dropdown("Picture", list(pictures), width=195),
            **self.fields.controls,
            "turn": make.button("Turn by 90 degrees", width=150),
            "negate": make.button("Change all signs", width=140),
            "relu": make.tick("ReLU"),
            "striped": make.tick("Stripes below 0"),
            "scale": make.dropdown("Colours to", (BY_LARGEST, BY_ONE), width=245),
        }
        controls["turn"].on_click(lambda _: self._replace(np.rot90(self.fields.weights)))
        controls["negate"].on_click(lambda _: self._replace(-self.fields.weights))
        super().__init__(controls, _laid_out(controls))

    def settle(self) -> None:
        """Let the nine fields, the slider and the list of kernels say the same."""
        self.fields.settle()

    def picture(self) -> str:
        """Return the picture, its map and the histogram of the map's values."""
        values, name, image = self._map(), self.value("picture"), self._image()
        shown = relu(values) if self.value("relu") else values
        height, width = image.shape
        size = {"width": SHOWN, "height": round(SHOWN * height / width)}
        parts = [
            page.picture(
                level_uri(image), f"The picture: {name}", f"{name}, {height} by {width}", **size
            ),
            page.picture(
                signed_uri(shown, self._limit(values), striped=self.value("striped")),
                f"The map of {name}. {self._map_words(values)}",
                f"the map, {shown.shape[0]} by {shown.shape[1]}"
                + (", after ReLU" if self.value("relu") else ""),
                **size,
            ),
            histogram_svg(values, cut=self.value("relu"), width=SHOWN, height=SHOWN),
        ]
        return page.row(parts) + page.paragraph(f"In the map, {SIGNED_WORDS}.")

    def status(self) -> str:
        """Return what could not be read, and the kernel's sum and its map's range and mean."""
        told = f"Careful: {' '.join(self.fields.problems)}" if self.fields.problems else ""
        words = f"{sum_words(self.fields.weights)} {self._map_words(self._map())}"
        return f"{told} {words}".strip()

    def code(self) -> str:
        """Return a call of `show_extraction`."""
        lines = (f"[{', '.join(written(w) for w in line)}]" for line in self.fields.weights)
        steps = ("Filter", "Detect") if self.value("relu") else ("Filter",)
        return (
            f"{self._sources.get(self.value('picture'), '')}"
            f"kernel = np.array([{', '.join(lines)}])\n"
            f"ct.show_extraction(image, kernel, ops={list(steps)}, "
            f"subplot_shape=(1, {len(steps)}), figsize=({4 * len(steps)}, 4))"
        )

    def draw_still(self) -> Figure:
        """Draw five kernels on up to three pictures."""
        return presets_figure(self._pictures)

    def _replace(self, weights: Weights) -> None:
        with self.at_once():
            self.fields.replace(weights)

    def _image(self) -> Floats:
        return self._pictures[self.value("picture")]

    def _map(self) -> Any:
        return convolve(self._image(), self.fields.weights.astype(np.float32))

    def _limit(self, values: Any) -> float:
        return 1.0 if self.value("scale") == BY_ONE else shared_limit([values])

    def _map_words(self, values: Any) -> str:
        cut = self.value("relu")
        shown = relu(values) if cut else values
        low, high = number(shown.min()), number(shown.max())
        return (
            f"Map from {low} to {high}, mean {shown.mean():.2f} (picture: "
            f"{self._image().mean():.2f}); {(values < 0).mean():.0%} of its values are below 0"
            + (" and become 0." if cut else ".")
        )


def presets_figure(pictures: Mapping[str, Floats]) -> Figure:
    """Draw what five kernels answer to up to three pictures, each kernel on one scale."""
    shown = dict(list(pictures.items())[:3])
    figure, axes = stills.sheet(len(shown), 1 + len(IN_STILL), height=1.95 * len(shown) + 0.3)
    words = []
    for column, name in enumerate(IN_STILL):
        maps = [convolve(image, KERNELS[name]) for image in shown.values()]
        limit = shared_limit(maps)
        for ax, values in zip(axes[:, column + 1], maps, strict=True):
            caption = f"{number(values.min())} to {number(values.max())}"
            # Roots: next to the hard edges of a drawing those of a photograph are faint.
            lifted = np.sign(values) * np.sqrt(np.abs(values) / limit)
            stills.draw_map(ax, lifted, caption, cmap=SIGNED, vmin=-1, vmax=1)
        axes[0, column + 1].set_title(plain(name), fontsize=10)
        ranges = (f"{values.min():.1f} to {values.max():.1f}" for values in maps)
        words.append(f"{plain(name)} from {', from '.join(ranges)}")
    for ax, (name, image) in zip(axes[:, 0], shown.items(), strict=True):
        stills.draw_map(ax, image, f"{name}, {image.shape[0]} by {image.shape[1]}", cmap="gray")
    figure.supxlabel(f"In the maps, {SIGNED_WORDS}", fontsize=10)
    describe(
        figure,
        f"The pictures {', '.join(shown)}, and their maps for five kernels. Values for each "
        f"picture in turn: {'; '.join(words)}.",
    )
    return figure


def _laid_out(controls: Mapping[str, Any]) -> list[Any]:
    fields = make.square([controls[field_name(place)] for place in PLACES], side=3)
    beside = make.column(
        [
            make.row([controls[name] for name in ("picture", "kernel")]),
            make.row([controls[name] for name in ("place", "weight")]),
            make.row([controls[name] for name in ("turn", "negate")]),
        ],
        beside=True,
    )
    return [
        make.row([fields, beside]),
        make.row([controls[name] for name in ("locked", "relu", "striped", "scale")]),
    ]


def _lesson_pictures() -> dict[str, Floats]:
    square = np.zeros((SIDE, SIDE), np.float32)
    square[50:150, 50:150] = 1
    return {
        "car front": lesson_picture("car-front", channels=1, size=SIDE),
        "letter k": lesson_picture("letter-k", channels=1, size=SIDE),
        "square": square,
    }


def _named(pictures: Any) -> dict[str, Floats]:
    given = pictures if isinstance(pictures, Mapping) else {GIVEN: pictures}
    grey = {str(name): as_picture(image).mean(axis=-1) for name, image in given.items()}
    small = [name for name, image in grey.items() if min(image.shape) < 3]
    if small or not grey:
        raise SmallPictureError("Give at least one picture, of 3 by 3 pixels or more.")
    return grey


def _start(kernel: Any) -> Weights:
    if isinstance(kernel, str):
        if key(kernel) not in KERNELS:
            raise SmallPictureError(
                f"There is no kernel `{kernel}`. Known ones are: {', '.join(KERNELS)}."
            )
        return KERNELS[key(kernel)].astype(np.float64)
    return as_small(kernel, "kernel", least=3, most=3).astype(np.float64)
