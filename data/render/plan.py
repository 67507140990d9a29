"""What is to be rendered: sets, parts, classes, scenes, kinds and file names, all from numbers.

Nothing here needs Blender. A scene belongs to one part of one set and to one class, so no body,
paint or place is seen in two parts; a larger set keeps the scenes of a smaller one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GENERATOR_VERSION = "2"
SEED = 20260117
CLASSES = ("Car", "Truck")
# Kinds in the order in which scenes take them, over and over; pick-ups are one truck in eleven.
KINDS = {
    "Car": ("hatchback", "saloon", "estate", "suv", "coupe", "mpv"),
    "Truck": (
        "box",
        "tipper",
        "flatbed",
        "pickup",
        "artic",
        "tanker",
        "box",
        "fire",
        "tipper",
        "artic",
        "flatbed",
    ),
}


@dataclass(frozen=True, eq=False)
class PictureSet:
    """One set of pictures.

    folder: where it stands below the data folder.
    pictures: how many pictures of each class each part has; a multiple of `cameras`.
    keys: a number for each part, of its own among all sets, from which its scenes are drawn.
    size: side of a finished picture, in pixels.
    rendered: side of the rendered picture, reduced to `size` at the end.
    samples: light paths a pixel.
    cameras: pictures a scene.
    suffix: of a picture's file.
    packed: whether a part is one sheet in the end (`packed.py`).
    seed: what everything is drawn from.
    """

    folder: str
    pictures: Mapping[str, int]
    keys: Mapping[str, int]
    size: int
    rendered: int
    samples: int
    cameras: int
    suffix: str
    packed: bool = False
    seed: int = SEED

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its parts."""
        return tuple(self.pictures)

    def folder_of(self, part: str, label: str) -> str:
        """The folder of a part's class; a part without a name has its classes at the top."""
        return "/".join(name for name in (self.folder, part, label) if name)

    def scenes(self) -> list[SceneTask]:
        """Every scene, classes and parts mixed so that a part-finished set is balanced."""
        tasks = [
            SceneTask(self, part, label, number)
            for part in self.parts
            for label in CLASSES
            for number in range(self.pictures[part] // self.cameras)
        ]
        at = self.parts.index
        return sorted(tasks, key=lambda t: (t.number / self.pictures[t.part], at(t.part), t.label))

    def kind_counts(self) -> dict[str, dict[str, int]]:
        """How many pictures of each kind each part has."""
        counts: dict[str, dict[str, int]] = {part: {} for part in self.parts}
        for task in self.scenes():
            part = counts[task.part]
            part[task.kind] = part.get(task.kind, 0) + self.cameras
        return counts


@dataclass(frozen=True)
class SceneTask:
    """One scene to render: its set, part, class, number and kind of vehicle."""

    set: PictureSet
    part: str
    label: str
    number: int

    @property
    def kind(self) -> str:
        """The kind of vehicle."""
        kinds = KINDS[self.label]
        return kinds[self.number % len(kinds)]

    @property
    def key(self) -> tuple[int, ...]:
        """The whole numbers from which everything of the scene is drawn."""
        return self._key(CLASSES.index(self.label))

    @property
    def place_key(self) -> tuple[int, ...]:
        """The key of weather and place: a car's and a truck's scene of one number share it.

        So neither light nor surroundings tell the class.
        """
        return self._key(len(CLASSES))

    def _key(self, stream: int) -> tuple[int, ...]:
        return (self.set.seed, self.set.keys[self.part], stream, self.number)

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of its pictures below the data folder, one a camera."""
        folder, suffix = self.set.folder_of(self.part, self.label), self.set.suffix
        cameras = "abcd"[: self.set.cameras]
        return tuple(f"{folder}/{self.number:04d}-{camera}{suffix}" for camera in cameras)


REDUCED = PictureSet(
    folder="car-or-truck",
    pictures={"train": 256, "valid": 128},
    keys={"train": 0, "valid": 1},
    size=128,
    rendered=128,
    samples=10,
    cameras=2,
    suffix=".jpg",
)
"""The set of the lessons."""

SMALL = PictureSet(
    folder="car-or-truck-32",
    pictures={"train": 1500, "valid": 252, "practice": 752},
    keys={"train": 2, "valid": 3, "practice": 4},
    size=32,
    rendered=48,
    samples=8,
    cameras=4,
    suffix=".png",
    packed=True,
)
"""The set for experiments that need many pictures."""

_HOLDOUT_KEY = 5


def holdout(like: PictureSet, pictures: int, seed: int) -> PictureSet:
    """An instructor's own set for marking, `pictures` of each class, straight in class folders."""
    return PictureSet(
        folder="",
        pictures={"": pictures},
        keys={"": _HOLDOUT_KEY},
        size=like.size,
        rendered=like.rendered,
        samples=like.samples,
        cameras=like.cameras,
        suffix=like.suffix,
        seed=seed,
    )
