"""The extraction lab: filter, detect and condense with windows of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from coursetools.datasets import lesson_picture
from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import number
from coursetools.explorers.pixels import SIGNED_WORDS, level_uri, signed_uri
from coursetools.operations import KERNELS
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.maps import SIGNED, shared_limit
from coursetools.visual.steps import Steps, three_steps

OFFERED = ("edge", "blur", "bottom_sobel", "emboss", "sharpen")
PADDINGS = ("valid", "same")
SHOWN = 180
LEAST = 12
"""Pixels that a picture needs in each direction, so that every setting fits."""
LARGEST = 4
GIVEN = "the one given"


def extraction(pictures: Any = None, *, still: bool = False) -> Any:
    """Explore what stride, padding and pooling leave of a picture's features.

    Args:
        pictures: A picture, floats in 0 to 1, or a mapping from names to pictures; in colour they
            turn grey. None offers a thin circle, a bold letter and a drawing of a car.
        still: Return the still figure: up to three pictures, with the windows most networks have.

    Raises:
        PictureError: A picture has another shape, type or range, or is below 12 pixels.
    """
    shown = _lesson_pictures() if pictures is None else _named(pictures)
    return steps_figure(shown) if still or not has_widgets() else ExtractionLab(shown)


class ExtractionLab(Explorer):
    """Set the windows of a convolution and a pooling, and see what each step leaves."""

    title = "Filter, detect, condense: set the windows"
    tries = (
        "The thin circle with a convolution stride of 1, then of 3: what is left of it?",
        "Blur with padding valid, then same: what happens at the rim?",
        "Halve the picture by the convolution's stride, or by the pooling: which keeps more?",
    )

    def __init__(self, pictures: Mapping[str, Floats]) -> None:
        """Start with the first picture and the windows that most networks have."""
        self._pictures = pictures
        controls = {
            "picture": make.dropdown("Picture", list(pictures)),
            "kernel": make.dropdown("Kernel", OFFERED, "bottom_sobel"),
            "conv_stride": make.slider("Convolution stride", 1, 1, LARGEST),
            "conv_padding": make.dropdown("Convolution padding", PADDINGS, width=240),
            "pool_size": make.slider("Pooling window", 2, 1, LARGEST),
            "pool_stride": make.slider("Pooling stride", 2, 1, LARGEST),
            "pool_padding": make.dropdown("Pooling padding", PADDINGS, "same", width=220),
        }
        rows = (
            ("picture", "kernel"),
            ("conv_stride", "conv_padding"),
            ("pool_size", "pool_stride", "pool_padding"),
        )
        super().__init__(controls, [make.row([controls[name] for name in row]) for row in rows])

    def windows(self) -> dict[str, Any]:
        """Return the settings by the names that `show_extraction` has for them."""
        return {name: self.value(name) for name in self.controls if name.startswith(("conv", "po"))}

    def picture(self) -> str:
        """Return the picture and its three maps, all in colours of one scale."""
        steps, name = self._steps(), self.value("picture")
        limit = shared_limit([steps.filtered, steps.condensed])
        height, width = steps.picture.shape[:2]
        size = {"width": SHOWN, "height": round(SHOWN * height / width)}
        image = level_uri(steps.picture[..., 0])
        parts = [page.picture(image, f"The picture: {name}", f"input, {height} by {width}", **size)]
        for word, values in _maps(steps).items():
            parts.append(
                page.picture(
                    signed_uri(values, limit),
                    f"{name} after {word}. {_range(values)}",
                    f"{word}, {values.shape[0]} by {values.shape[1]}",
                    **size,
                )
            )
        return page.row(parts) + page.paragraph(f"In the maps, {SIGNED_WORDS}.")

    def status(self) -> str:
        """Return each map's size, what is lost on the way, and gaps between windows."""
        steps = self._steps()
        sizes = ", then ".join(
            f"{values.shape[0]} by {values.shape[1]} ({word})"
            for word, values in _maps(steps).items()
        )
        height, width = steps.picture.shape[:2]
        share = width * height / steps.condensed.size
        words = f"{height} by {width} pixels, then {sizes}: one number left for {share:.1f} pixels."
        for window, size, stride in (
            ("The kernel", 3, self.value("conv_stride")),
            ("The pooling", self.value("pool_size"), self.value("pool_stride")),
        ):
            if stride > size:
                words += (
                    f" {window} moves by {stride}, more than its window of {size}: it has gaps."
                )
        return words

    def code(self) -> str:
        """Return a call of `show_extraction`."""
        windows = ", ".join(f"{name}={value!r}" for name, value in self.windows().items())
        return (
            f"ct.show_extraction(image, ct.{self.value('kernel')}, {windows}, "
            "subplot_shape=(1, 4), figsize=(12, 3.8))"
        )

    def draw_still(self) -> Figure:
        """Draw up to three pictures."""
        return steps_figure(self._pictures)

    def _steps(self) -> Steps:
        image = self._pictures[self.value("picture")]
        return three_steps(image, KERNELS[self.value("kernel")], **self.windows())


def steps_figure(pictures: Mapping[str, Floats]) -> Figure:
    """Draw the steps of up to three pictures, each row of maps in colours of one scale."""
    shown = dict(list(pictures.items())[:3])
    figure, axes = stills.sheet(len(shown), 4, height=2.55 * len(shown) + 0.3)
    words = []
    for row, (name, image) in zip(axes, shown.items(), strict=True):
        steps = three_steps(image, KERNELS["bottom_sobel"], pool_size=2, pool_padding="same")
        limit = shared_limit([steps.filtered])
        height, width = image.shape
        caption = f"{name}, {height} by {width}"
        stills.draw_map(row[0], image, caption, cmap="gray", vmin=0, vmax=1)
        for ax, values in zip(row[1:], _maps(steps).values(), strict=True):
            caption = f"{values.shape[0]} by {values.shape[1]}, {_range(values)}"
            stills.draw_map(ax, values, caption, cmap=SIGNED, vmin=-limit, vmax=limit)
        sizes = (f"{word} {v.shape[0]} by {v.shape[1]}" for word, v in _maps(steps).items())
        words.append(f"{name}, {height} by {width}: {', '.join(sizes)}")
    for ax, word in zip(axes[0], ("input", "filter", "detect", "condense"), strict=True):
        ax.set_title(word, fontsize=10.5)
    figure.supxlabel(f"In the maps, {SIGNED_WORDS}", fontsize=10)
    describe(
        figure,
        "Feature extraction with the kernel bottom_sobel at stride 1 and a pooling of 2 by 2 at "
        f"stride 2. {'. '.join(words)}.",
    )
    return figure


def _maps(steps: Steps) -> dict[str, Floats]:
    return {"filter": steps.filtered, "detect": steps.detected, "condense": steps.condensed}


def _range(values: Floats) -> str:
    return f"{number(values.min())} to {number(values.max())}"


def _lesson_pictures() -> dict[str, Floats]:
    return {
        "circle": lesson_picture("circle-64", channels=1),
        "letter k": lesson_picture("letter-k", channels=1, size=128),
        "car": lesson_picture("car-drawing", channels=1, size=200),
    }


def _named(pictures: Any) -> dict[str, Floats]:
    given = pictures if isinstance(pictures, Mapping) else {GIVEN: pictures}
    grey = {str(name): as_picture(image).mean(axis=-1) for name, image in given.items()}
    small = [name for name, image in grey.items() if min(image.shape) < LEAST]
    if small or not grey:
        raise PictureError(
            f"`pictures` must be pictures of at least {LEAST} by {LEAST} pixels, but "
            f"{'it is empty' if not grey else f'`{small[0]}` has `{grey[small[0]].shape}`'}."
        )
    return grey
