"""X7, the receptive field: stack layers, pick a unit, and see what it sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.datasets import lesson_picture
from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.cone import cone_svg
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.field_trace import Layers, Level, map_size, theoretical_field, trace
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.pixels import level_uri
from coursetools.operations import FieldError, field_extent, field_table
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, as_picture
from coursetools.visual.stack_gradient import stack_model, unit_gradient

SIDE = 96
ENLARGED = 3
MOST, KERNELS, STRIDES = 8, (1, 2, 3, 4, 5, 6, 7), (1, 2, 3)
OWN = "your own"
THEORY, GRADIENT = "theory", "gradient of a model"
STACKS: dict[str, Layers] = {
    "three 3 by 3": ((3, 1),) * 3,
    "pooling between": ((3, 1), (2, 2), (3, 1), (2, 2)),
    "pooling first": ((2, 2), (2, 2), (3, 1), (3, 1)),
    "pooling last": ((3, 1), (3, 1), (2, 2), (2, 2)),
    "lesson 5's": ((5, 1), (2, 2), (3, 1), (2, 2), (3, 1), (2, 2)),
    "ResNet's start": ((7, 2), (3, 2)),
}
IN_STILL = ("three 3 by 3", "pooling first", "pooling last", "lesson 5's")
# As far as `field_cone` draws.
_WIDEST_DRAWN = 64
_DIMMED = 0.4


def receptive_field(image: Any = None, layers: Any = None, *, still: bool = False) -> Any:
    """Explore which pixels one unit of a stack of layers sees, in theory and by gradients.

    Args:
        image: A square picture, floats in 0 to 1, to look at; None is the lesson's car.
        layers: Up to 8 pairs (kernel, stride) to start with, kernels to 7 and strides to 3;
            None is three 3 by 3 convolutions. All layers are padded to "same".
        still: Return the still figure: four stacks. It needs no TensorFlow.

    Raises:
        PictureError: The picture has another shape, type or range.
        FieldError: The layers are not such pairs.
    """
    picture = _square(image)
    stack = STACKS["three 3 by 3"] if layers is None else _checked(layers)
    return fields_figure(picture) if still or not has_widgets() else FieldTracer(picture, stack)


class FieldTracer(Explorer):
    """Stack up to eight layers, and follow one unit back to the picture."""

    title = "What does one unit see?"
    tries = (
        "Reach a field of 24 with as few layers as you can.",
        "Put the pooling first, then last: which field is larger, and why?",
        "Move the unit into a corner: what becomes of its field?",
    )

    def __init__(self, picture: Floats, layers: Layers) -> None:
        """Start in the middle of a stack's last map."""
        self._photograph = picture
        self._named = ""
        self._gradients: dict[tuple[Layers, tuple[int, int]], Floats] = {}
        self._models: dict[Layers, Any] = {}
        layers_of = [(3, 1)] * MOST
        layers_of[: len(layers)] = layers
        controls = {
            "stack": make.dropdown("Stack", [OWN, *STACKS], width=200),
            "count": make.slider("Layers", len(layers), 1, MOST),
            "view": make.dropdown("Show", (THEORY, GRADIENT), width=220),
        }
        for number, (kernel, stride) in enumerate(layers_of, start=1):
            controls[f"kernel_{number}"] = make.dropdown(
                f"Kernel {number}", KERNELS, kernel, width=104
            )
            controls[f"stride_{number}"] = make.dropdown(
                f"Stride {number}", STRIDES, stride, width=104
            )
        self._size = map_size(layers, SIDE)
        middle = self._size // 2
        controls["row"] = make.slider("Unit, row", middle, 0, max(1, middle))
        controls["column"] = make.slider("Unit, column", middle, 0, max(1, middle))
        super().__init__(controls, _laid_out(controls))

    @property
    def layers(self) -> tuple[tuple[int, int], ...]:
        """(kernel, stride) of each layer, first layer first."""
        return tuple(
            (self.value(f"kernel_{number}"), self.value(f"stride_{number}"))
            for number in range(1, self.value("count") + 1)
        )

    def settle(self) -> None:
        """Let list and layers say the same, hide what is not used, keep the unit on the map."""
        chosen = self.value("stack")
        if chosen not in (OWN, self._named):
            self.controls["count"].value = len(STACKS[chosen])
            for number, (kernel, stride) in enumerate(STACKS[chosen], start=1):
                self.controls[f"kernel_{number}"].value = kernel
                self.controls[f"stride_{number}"].value = stride
        self._named = next((name for name, of in STACKS.items() if of == self.layers), OWN)
        self.controls["stack"].value = self._named
        for number in range(1, MOST + 1):
            shown = None if number <= self.value("count") else "none"
            for part in ("kernel", "stride"):
                self.controls[f"{part}_{number}"].layout.display = shown
        size = map_size(self.layers, SIDE)
        for name in ("row", "column"):
            slider = self.controls[name]
            if size != self._size:  # another map: the unit stays where it was on the picture
                slider.max = max(slider.max, size)
                slider.value = (2 * slider.value + 1) * size // (2 * self._size)
            make.set_count(slider, size)
        self._size = size

    def picture(self) -> str:
        """Return the photograph with the field, the cone from the side, and the table."""
        down, right = self._trace()
        size = SIDE * ENLARGED
        words = f"what unit {self._unit_words()} sees, of {SIDE} by {SIDE} pixels"
        seen = _mask(down[0], right[0])
        if self.value("view") == GRADIENT:
            shown, colours = np.sqrt(_share(self._gradient())), "magma"
            words = (
                f"gradient of unit {self._unit_words()}: the brighter, the more a pixel counts; "
                "frame: theory"
            )
        else:
            shown, colours = np.where(seen, self._photograph, _DIMMED * self._photograph), "gray"
        uri = level_uri(_sharp(shown), colours=colours, marked=_outline(_sharp(seen)))
        photograph = page.picture(uri, f"{words}. {self.status()}", words, width=size)
        cone = cone_svg(right, self.layers)
        return page.row([photograph, cone]) + self._table()

    def status(self) -> str:
        """Return the field's size in theory, and in the picture where this unit is."""
        down, right = self._trace()
        field, (top, bottom), (first, last) = self._field(), down[0].needed, right[0].needed
        seen = f"{bottom - top + 1} by {last - first + 1}"
        cut = " (an edge cuts it off)" if seen != f"{field} by {field}" else ""
        layers = "1 layer" if len(self.layers) == 1 else f"{len(self.layers)} layers"
        words = (
            f"{layers}: field {field} by {field}, jump {right[-1].jump}. Unit "
            f"{self._unit_words()} sees {seen} pixels{cut}: rows {top} to {bottom}, columns "
            f"{first} to {last}."
        )
        if self.value("view") == GRADIENT:
            rows, columns = field_extent(self._gradient())
            words += f" By gradient: {rows} by {columns} pixels."
        return words

    def code(self) -> str:
        """Return the field's cone as a figure, or, if that would be too wide, its size."""
        layers = f"layers = {list(self.layers)}\n"
        if self._field() <= _WIDEST_DRAWN:
            return f"{layers}ct.field_cone(layers)"
        return f"from coursetools.operations import field_table\n\n{layers}field_table(layers)"

    def draw_still(self) -> Figure:
        """Draw four stacks."""
        return fields_figure(self._photograph)

    def _field(self) -> int:
        return theoretical_field(self.layers)

    def _unit(self) -> tuple[int, int]:
        size = map_size(self.layers, SIDE)
        return make.place(self.controls["row"], size), make.place(self.controls["column"], size)

    def _unit_words(self) -> str:
        row, column = self._unit()
        size = map_size(self.layers, SIDE)
        return f"({row}, {column}) of {size} by {size}"

    def _trace(self) -> tuple[list[Level], list[Level]]:
        row, column = self._unit()
        return trace(self.layers, SIDE, row), trace(self.layers, SIDE, column)

    def _gradient(self) -> Floats:
        """Return the measured gradient; model and result are kept, so most moves need neither."""
        layers, unit = self.layers, self._unit()
        if layers not in self._models:
            self._models[layers] = stack_model(layers, SIDE)
        if (layers, unit) not in self._gradients:
            self._gradients[layers, unit] = unit_gradient(self._models[layers], unit)
        return self._gradients[layers, unit]

    def _table(self) -> str:
        body = "".join(
            f'<tr><th scope="row">{place}: {row.kernel} by {row.kernel}, stride {row.stride}</th>'
            f"<td>{row.size}</td><td>{row.jump}</td></tr>"
            for place, row in enumerate(field_table(self.layers), start=1)
        )
        return (
            "<table><caption>After each layer: pixels across the field, and pixels from one "
            'unit\'s field to the next</caption><thead><tr><th scope="col">layer</th>'
            '<th scope="col">field</th><th scope="col">jump</th></tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )


def fields_figure(picture: Floats) -> Figure:
    """Draw the field of four stacks' middle units on the picture."""
    figure, axes = stills.sheet(1, len(IN_STILL), height=3.1)
    words = []
    for ax, name in zip(axes.flat, IN_STILL, strict=True):
        layers = STACKS[name]
        level = trace(layers, SIDE, map_size(layers, SIDE) // 2)[0]
        seen = _mask(level, level)
        field = theoretical_field(layers)
        caption = ", ".join(f"{kernel}/{stride}" for kernel, stride in layers)
        shown = np.where(seen, picture, _DIMMED * picture)
        stills.draw_map(ax, shown, caption, cmap="gray", vmin=0, vmax=1)
        ax.contour(seen, levels=[0.5], colors=["#f2a7de"], linewidths=2)
        ax.set_title(f"{name}: {field} by {field}", fontsize=10.5)
        words.append(f"{name} ({caption}) sees {field} by {field}")
    figure.supxlabel("Below each: kernel/stride of its layers", fontsize=10)
    describe(
        figure,
        f"What the middle unit of four stacks sees of {SIDE} by {SIDE} pixels; layers as "
        f"kernel/stride: {'; '.join(words)}.",
    )
    return figure


def _laid_out(controls: dict[str, Any]) -> list[Any]:
    numbers = range(1, MOST + 1)
    pairs = [
        make.column([controls[f"kernel_{number}"], controls[f"stride_{number}"]])
        for number in numbers
    ]
    return [
        make.row([controls[name] for name in ("stack", "count", "view")]),
        make.row(pairs, gap=6),
        make.row([controls[name] for name in ("row", "column")]),
    ]


def _mask(down: Level, right: Level) -> Any:
    seen = np.zeros((SIDE, SIDE), bool)
    (top, bottom), (first, last) = down.needed, right.needed
    seen[top : bottom + 1, first : last + 1] = True
    return seen


def _sharp(values: Any) -> Any:
    return values.repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)


def _share(values: Floats) -> Floats:
    return np.asarray(values / max(float(values.max()), 1e-12), np.float32)


def _outline(mask: Any) -> Any:
    """Return the rim around a mask, two pixels wide and outside of it."""
    height, width = mask.shape
    wider = np.pad(mask, 2)
    shifts = [(down, right) for down in (0, 2, 4) for right in (0, 2, 4)]
    reached = np.any(
        [wider[down : down + height, right : right + width] for down, right in shifts], axis=0
    )
    return reached & ~mask


def _square(image: Any) -> Floats:
    if image is None:
        lesson: Floats = lesson_picture("car-front", channels=1, size=SIDE)
        return lesson
    grey: Floats = as_picture(image).mean(axis=-1)
    side = min(grey.shape)
    top, left = ((length - side) // 2 for length in grey.shape)
    places = (np.arange(SIDE) * side / SIDE).astype(int)
    cut = grey[top : top + side, left : left + side]
    return np.asarray(cut[np.ix_(places, places)], np.float32)


def _checked(layers: Any) -> Layers:
    pairs: Sequence[Any] = tuple(layers)
    rows = field_table(pairs)  # says what is wrong with a pair
    stack = tuple((row.kernel, row.stride) for row in rows)
    fits = all(kernel in KERNELS and stride in STRIDES for kernel, stride in stack)
    if not 1 <= len(stack) <= MOST or not fits:
        raise FieldError(
            f"`layers` must be 1 to {MOST} pairs (kernel, stride) with kernels from {KERNELS[0]} "
            f"to {KERNELS[-1]} and strides from {STRIDES[0]} to {STRIDES[-1]}, but it is "
            f"`{list(pairs)}`."
        )
    return stack
