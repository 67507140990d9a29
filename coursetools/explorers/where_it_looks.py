"""Grad-CAM as an explorer: which places of a picture speak for Car, and which for Truck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from coursetools.explorers import page
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets, widgets
from coursetools.visual.embed import picture_uri
from coursetools.visual.gradcam import (
    Evidence,
    GradCam,
    class_evidence,
    heat_map,
    hottest_place,
    target_probability,
)
from coursetools.visual.heat import gradcam_figure, overlay
from coursetools.visual.inputs import as_labels, as_pictures, pair_of_names

IN_STILL = 4


def gradcam(
    model: Any,
    images: Any,
    labels: Any = None,
    names: Sequence[str] | None = None,
    *,
    classes: Sequence[str] = ("Car", "Truck"),
    layer: str | None = None,
    still: bool = False,
) -> Any:
    """Explore where a network looks (Grad-CAM): which places speak for a class.

    Args:
        model: A Keras model with one probability as output: a base, then a head.
        images: Pictures of the size it takes, shape (n, h, w, 3), floats in 0 to 1.
        labels: 0 or 1 for each picture; None does not say what they are.
        names: What each picture is called; None numbers them from 0.
        classes: The names of class 0 and class 1.
        layer: The layer whose feature maps are used; None is the last that gives maps.
        still: Return the still figure: the first four pictures.

    Raises:
        PictureError, LabelError: An argument has another shape or range.
        NetworkError: The model has no feature maps, or its head cannot be followed.
    """
    if still or not has_widgets():
        shown = images[:4]
        return gradcam_figure(
            model, shown, None if labels is None else labels[:4], layer=layer, classes=classes
        )
    return WhereItLooks(model, images, labels, names, classes, layer)


class WhereItLooks(Explorer):
    """Choose a picture and a class, and see which places speak for it."""

    title = "Where does the network look?"
    tries = (
        "Is it the vehicle that is hot, or what is around it?",
        "Switch the target from one class to the other: do the places change?",
        "Find a picture for which the network looks at the wrong thing and is right all the same.",
    )

    def __init__(
        self,
        model: Any,
        images: Any,
        labels: Any,
        names: Sequence[str] | None,
        classes: Sequence[str],
        layer: str | None,
    ) -> None:
        """Keep the model; it is run once for each picture that is looked at.

        Raises:
            PictureError, LabelError, NetworkError: As `grad_cam` raises them.
        """
        self._model, self._layer = model, layer
        self._pictures = as_pictures(images)
        count = len(self._pictures)
        self._labels = None if labels is None else as_labels(labels, count)
        self._classes = pair_of_names(classes)
        self._names = page.picture_names(names, count)
        self._thumbnails = page.Thumbnails(self._pictures)
        self._evidence: dict[int, Evidence] = {}
        label = {"description_width": "initial"}
        super().__init__(
            {
                "picture": widgets.Dropdown(
                    options=[(self._title(number), number) for number in range(count)],
                    value=0,
                    description="Picture",
                    style=label,
                    layout=widgets.Layout(width="260px"),
                ),
                "target": widgets.ToggleButtons(
                    options=("predicted", *self._classes),
                    description="Speaks for",
                    layout=widgets.Layout(width="max-content"),
                    style={"description_width": "initial", "button_width": "90px"},
                ),
                "strength": widgets.FloatSlider(
                    value=0.55,
                    min=0,
                    max=1,
                    step=0.05,
                    description="Heat map",
                    style=label,
                    layout=widgets.Layout(width="260px"),
                ),
            }
        )

    def cam(self) -> GradCam:
        """Return the heat map for the chosen picture and class; the model runs once a picture."""
        number = int(self.value("picture"))
        if number not in self._evidence:
            one = self._pictures[number : number + 1]
            self._evidence[number] = class_evidence(self._model, one, layer=self._layer)[0]
        return heat_map(
            self._evidence[number],
            self._pictures.shape[1:3],
            target=self.value("target"),
            classes=self._classes,
        )

    def picture(self) -> str:
        """Return the picture, and beside it the picture under its heat map."""
        number = int(self.value("picture"))
        cam = self.cam()
        drawn = overlay(self._pictures[number], cam.heat, strength=self.value("strength"))
        target = self._classes[cam.target]
        return page.row(
            [
                page.thumbnail(
                    self._thumbnails.uri(number),
                    self._title(number),
                    "the picture",
                    size=256,
                ),
                page.thumbnail(
                    picture_uri(drawn),
                    f"The same under its heat map for {target}: hottest {_place(cam)}",
                    f"what speaks for {target} (bright: most)",
                    size=256,
                ),
            ]
        )

    def status(self) -> str:
        """Return the probability of the class and where the heat map is hottest."""
        cam = self.cam()
        target = self._classes[cam.target]
        return (
            f"{self._title(int(self.value('picture')))}: probability of {target} "
            f"{target_probability(cam):.3f}. {cam.note or f'Hottest {_place(cam)}.'}"
        )

    def code(self) -> str:
        """Return a call of `gradcam_figure`."""
        number = int(self.value("picture"))
        return (
            f"ct.gradcam_figure(model, images[{number}:{number + 1}], "
            f"target={self.value('target')!r}, strength={self.value('strength'):.2f})"
        )

    def draw_still(self) -> Figure:
        """Draw the first four pictures with their heat maps."""
        return gradcam_figure(
            self._model,
            self._pictures[:IN_STILL],
            None if self._labels is None else self._labels[:IN_STILL],
            layer=self._layer,
            classes=self._classes,
        )

    def _title(self, number: int) -> str:
        if self._labels is None:
            return self._names[number]
        return f"{self._names[number]}, a {self._classes[int(self._labels[number])]}"


def _place(cam: GradCam) -> str:
    return hottest_place(cam.heat) if cam.note else f"at the {hottest_place(cam.heat)}"
