"""The augmentation wall: sixteen versions of a picture, and whether its label is still true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.datasets import lesson_picture
from coursetools.explorers import controls as make
from coursetools.explorers import page
from coursetools.explorers.augmentation_code import layers_code
from coursetools.explorers.augmentation_still import LARGEST, strengths_figure
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.label_risks import SUBJECTS, risks
from coursetools.explorers.pixels import shrunk
from coursetools.operations import Augmentation, versions
from coursetools.visual.embed import picture_uri
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.versions import changes, transformation_words

COUNT, ACROSS = 16, 8
SHOWN, VERSION = 160, 70
_STRENGTHS = {
    "rotation": ("Rotation, degrees", 180, 5),
    "shift": ("Shift", 0.5, 0.05),
    "zoom": ("Zoom", 0.8, 0.05),
    "contrast": ("Contrast", 1.0, 0.05),
    "brightness": ("Brightness", 0.6, 0.05),
    "hue": ("Hue", 0.5, 0.05),
}
_OF = {"digit": "digits", "tile": "seen from above", "flower": "flowers"}


def augmentation(
    images: Any = None,
    names: Sequence[str] | None = None,
    *,
    subject: str | None = None,
    model: Any = None,
    classes: Sequence[str] = ("Car", "Truck"),
    still: bool = False,
) -> Any:
    """Explore random versions of a picture, and which transformations may change its class.

    The versions are drawn in NumPy. The code below the explorer builds Keras's layers with the
    same strengths.

    Args:
        images: Pictures, shape (n, h, w, 3), floats in 0 to 1, or a mapping from names to
            pictures; the lesson's digits, tiles and flowers stand behind them.
        names: What each picture is called; None numbers them from 0.
        subject: What `images` show: "vehicles" (None), "digits", "seen from above", "flowers".
        model: A Keras model with one probability as output. With it, each version can be given
            the model's answer; it then runs on 16 pictures of its size.
        classes: The names of class 0 and class 1, for the model's answers.
        still: Return the still figure: four transformations in four strengths.

    Raises:
        PictureError: A picture has another shape, type or range.
        LabelError: There is not one name for each picture.
        ValueError: `subject` is another word.
    """
    if subject is not None and subject not in SUBJECTS:
        raise ValueError(f"`subject` must be one of {SUBJECTS}, but it is `{subject!r}`.")
    shown = _all_pictures(images, names, subject or "vehicles")
    if still or not has_widgets():
        name, (picture, kind) = next(iter(shown.items()))
        return strengths_figure(picture, name, kind)
    return AugmentationWall(shown, model, (str(classes[0]), str(classes[1])))


class AugmentationWall(Explorer):
    """Switch transformations on, set their strength, and look at sixteen versions at once."""

    title = "Which versions would you still give the same label?"
    tries = (
        "Raise one strength until you hesitate over a version: that is too strong.",
        "Take a 6 and turn it by 180 degrees: which digit would you call it?",
        "Find a transformation that is safe for tiles seen from above, but not for vehicles.",
    )

    def __init__(
        self, pictures: Mapping[str, tuple[Floats, str]], model: Any, classes: tuple[str, str]
    ) -> None:
        """Start with the first picture, mirrored and slightly turned."""
        self._pictures = pictures
        self._small = {name: shrunk(picture, LARGEST) for name, (picture, _) in pictures.items()}
        self._model = model
        self._classes = classes
        self._answers: tuple[Any, list[float]] | None = None
        self._made: tuple[Any, Floats] | None = None
        self._named = next(iter(pictures))
        controls = {
            "picture": make.dropdown("Picture", list(pictures), width=230),
            "subject": make.dropdown(
                "The problem's pictures are", SUBJECTS, pictures[self._named][1], width=330
            ),
            "mirror": make.tick("Left to right", True),
            "upside_down": make.tick("Top to bottom"),
            **{
                name: make.slider(
                    words, 10 if name == "rotation" else 0.0, 0, most, step=step, width=320
                )
                for name, (words, most, step) in _STRENGTHS.items()
            },
            "draw": make.slider("Draw", 1, 1, 100, width=230),
            "again": make.button("New draw"),
        }
        controls["again"].on_click(lambda _: self._draw_again())
        rows = [
            ("picture", "subject"),
            ("mirror", "upside_down", "draw", "again"),
            ("rotation", "shift"),
            ("zoom", "contrast"),
            ("brightness", "hue"),
        ]
        if model is not None:
            controls["ask"] = make.tick("Ask the network about each version")
            rows[0] = (*rows[0], "ask")
        super().__init__(controls, [make.row([controls[name] for name in row]) for row in rows])

    def settle(self) -> None:
        """With another picture, the problem is what that picture is of."""
        if self.value("picture") != self._named:
            self._named = self.value("picture")
            self.controls["subject"].value = self._pictures[self._named][1]

    def asked(self) -> Augmentation:
        """Return the transformations as the controls have them."""
        return Augmentation(
            **{name: self.value(name) for name in ("mirror", "upside_down", *_STRENGTHS)}
        )

    def picture(self) -> str:
        """Return the picture and sixteen versions; with their probabilities if asked."""
        name = self.value("picture")
        small, made = self._versions()
        answers = self._probabilities()
        first = page.thumbnail(picture_uri(small), f"{name}, as it is", "as it is", size=SHOWN)
        wall = [
            page.thumbnail(
                picture_uri(one),
                f"Version {place + 1} of {COUNT}",
                self._answer(answers[place]) if answers else "",
                size=VERSION,
            )
            for place, one in enumerate(made)
        ]
        rows = [page.row(wall[start : start + ACROSS]) for start in range(0, COUNT, ACROSS)]
        return page.row([first, page.column(rows)])

    def status(self) -> str:
        """Return the warnings, what is done, how far it goes, and what the network says."""
        asked, name = self.asked(), self.value("picture")
        warned = risks(self.value("subject"), asked)
        said = " ".join(warned)
        verdict = f"Careful: {said}" if warned else "Nothing here should change the class."
        done = transformation_words(asked) or "nothing is done"
        words = f"{verdict} {name}: {done}. {changes(*self._versions())}"
        return f"{words} {self._network_words()}".rstrip()

    def code(self) -> str:
        """Return the Keras layers with the same strengths."""
        return layers_code(self.asked())

    def draw_still(self) -> Figure:
        """Draw four transformations of the first picture in four strengths."""
        name, (picture, kind) = next(iter(self._pictures.items()))
        return strengths_figure(picture, name, kind)

    def _draw_again(self) -> None:
        of = self.controls["draw"]
        of.value = of.min if of.value == of.max else of.value + 1

    def _versions(self) -> tuple[Floats, Floats]:
        """Return the picture as it is shown, and its versions; they are drawn once a setting."""
        key = (self.value("picture"), self.asked(), self.value("draw"))
        small = self._small[key[0]]
        if self._made is None or self._made[0] != key:
            self._made = (key, versions(small, key[1], COUNT, seed=key[2]))
        return small, self._made[1]

    def _answer(self, probability: float) -> str:
        return f"{self._classes[1]} {probability:.2f}"

    def _network_words(self) -> str:
        if self._model is None or not self.value("ask"):
            return ""
        answers = self._probabilities()
        if not answers:
            return "The network takes pictures of another shape than this one."
        low, high = min(answers), max(answers)
        same = "and changes its mind within them" if low <= 0.5 < high else "one class for all"
        return f"The network gives {self._classes[1]} {low:.2f} to {high:.2f}: {same}."

    def _probabilities(self) -> list[float]:
        """Return the model's answers to versions at its size; it runs once for a setting."""
        if self._model is None or not self.value("ask"):
            return []
        key = (self.value("picture"), self.asked(), self.value("draw"))
        if self._answers is None or self._answers[0] != key:
            picture = self._pictures[key[0]][0]
            if picture.shape != tuple(self._model.input_shape[1:]):
                return []
            made = versions(picture, key[1], COUNT, seed=key[2])
            found = np.asarray(self._model(made, training=False), np.float32)
            self._answers = (key, [float(one) for one in found.reshape(len(made), -1)[:, -1]])
        return self._answers[1]


def _all_pictures(
    images: Any, names: Sequence[str] | None, subject: str
) -> dict[str, tuple[Floats, str]]:
    if images is None:
        given = {"car": lesson_picture("car-front", size=2 * LARGEST)}
    elif isinstance(images, Mapping):
        given = dict(images)
    else:
        titles = page.picture_names(names, len(images))
        given = dict(zip(titles, images, strict=True))
    if not given:
        raise PictureError("Give at least one picture, or none at all for the lesson's own.")
    found = {str(name): (as_picture(image), subject) for name, image in given.items()}
    for name in ("digit-6", "digit-9", "tile-1", "tile-2", "flower-1", "flower-2"):
        kind = _OF[name.partition("-")[0]]
        found.setdefault(name.replace("-", " "), (lesson_picture(name, size=LARGEST), kind))
    return found
