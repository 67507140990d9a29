"""The controls of a kernel's nine weights: fields, a slider, presets, and a lock on the sum.

They say the same number in several places, so after each change one of them is read and the
others are written. Text that is no number stays where it was typed until it is mended, and the
last number goes on counting.
"""

from __future__ import annotations

import numpy as np

from coursetools.explorers import controls as make
from coursetools.explorers.weights import WeightError, Weights, read_weight, with_sum_0, written
from coursetools.operations import KERNELS

Place = tuple[int, int]

PLACES: tuple[Place, ...] = tuple((row, column) for row in range(3) for column in range(3))
OWN = "your own"
SLIDER_REACH = 10.0


class KernelFields:
    """Nine weights and the controls that change them.

    Attributes:
        weights: What counts, shape (3, 3).
        controls: The widgets by name.
        problems: What was typed and is no number, as sentences.
    """

    def __init__(self, weights: Weights) -> None:
        """Make the controls; they show the weights after the first `settle`."""
        self.weights = np.array(weights, np.float64)
        self.problems: list[str] = []
        places = [(f"row {row}, column {column}", (row, column)) for row, column in PLACES]
        self.controls = {
            "kernel": make.dropdown("Kernel", [OWN, *map(plain, KERNELS)], OWN, width=195),
            **{
                field_name(place): make.typed(f"Row {place[0]}, column {place[1]}", "", width=64)
                for place in PLACES
            },
            "place": make.dropdown("Slide", places, (1, 1), width=195),
            "weight": make.slider("Weight", 0.0, -SLIDER_REACH, SLIDER_REACH, step=0.25, width=220),
            "locked": make.tick("Keep the sum at 0"),
        }
        self._texts = dict.fromkeys(PLACES, "")
        self._slid = ((1, 1), 0.0)
        self._named = OWN

    def settle(self) -> None:
        """Read the control that was changed, and write the others."""
        self.problems = []
        name = self.controls["kernel"].value
        kept = None
        if name not in (OWN, self._named):
            self.weights = KERNELS[key(name)].astype(np.float64)
            rubbish: set[Place] = set()
        else:
            slid = self._read_slider()
            kept, rubbish = self._read_fields()
            kept = kept or slid
        if self.controls["locked"].value:
            self.weights = with_sum_0(self.weights, kept)
        self._write(rubbish)

    def replace(self, weights: Weights) -> None:
        """Take other weights, and forget what was typed."""
        self.weights = np.array(weights, np.float64)
        self._write(set())

    def _read_fields(self) -> tuple[Place | None, set[Place]]:
        kept, rubbish = None, set()
        for place in PLACES:
            text = self.controls[field_name(place)].value
            if text == self._texts[place]:
                continue
            try:
                self.weights[place] = read_weight(text)
            except WeightError as error:
                rubbish.add(place)
                self.problems.append(
                    f"Row {place[0]}, column {place[1]}: {error}; "
                    f"{written(self.weights[place])} still counts."
                )
            else:
                kept = place
        return kept, rubbish

    def _read_slider(self) -> Place | None:
        place, value = self._slid
        if self.controls["place"].value != place or self.controls["weight"].value == value:
            return None
        self.weights[place] = self.controls["weight"].value
        return place

    def _write(self, rubbish: set[Place]) -> None:
        for place in set(PLACES) - rubbish:
            self._texts[place] = written(self.weights[place])
            self.controls[field_name(place)].value = self._texts[place]
        place, slider = self.controls["place"].value, self.controls["weight"]
        value = float(self.weights[place])
        reach = max(SLIDER_REACH, float(np.ceil(abs(value))))
        slider.min, slider.max = -reach, reach
        slider.value = value
        self._slid = (place, value)
        self._named = self.controls["kernel"].value = name_of(self.weights)


def field_name(place: Place) -> str:
    """Return the name of a weight's field among the controls: "weight_0_2"."""
    return f"weight_{place[0]}_{place[1]}"


def name_of(weights: Weights) -> str:
    """Return the name of the library's kernel that has these weights, or `OWN`."""
    same = (name for name, kernel in KERNELS.items() if np.allclose(kernel, weights, atol=1e-6))
    return plain(next(same, OWN))


def plain(name: str) -> str:
    """Return a kernel's name as a list shows it."""
    return name.replace("_", " ")


def key(name: str) -> str:
    """Return a kernel's name as the library has it."""
    return name.strip().lower().replace(" ", "_")
