"""What is to be rendered: parts, classes, scenes, kinds and file names, all from numbers.

Nothing here needs Blender. A scene belongs to one part and one class, so no body, paint or place
is seen in both parts; a larger set keeps the scenes of a smaller one.
"""

from __future__ import annotations

from dataclasses import dataclass

GENERATOR_VERSION = "2"
SEED = 20260117
SIZE = 128
SAMPLES = 10
CAMERAS = 2
PARTS = ("train", "valid")
CLASSES = ("Car", "Truck")
FOLDER = "car-or-truck"
# Pictures of each class; a multiple of CAMERAS.
PICTURES = {"train": 160, "valid": 80}
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


@dataclass(frozen=True)
class SceneTask:
    """One scene to render: its part, class, number and kind of vehicle."""

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
        return (SEED, PARTS.index(self.part), CLASSES.index(self.label), self.number)

    @property
    def place_key(self) -> tuple[int, ...]:
        """The key of weather and place: a car's and a truck's scene of one number share it.

        So neither light nor surroundings tell the class.
        """
        return (SEED, PARTS.index(self.part), len(CLASSES), self.number)

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of its pictures below the data folder, one a camera."""
        folder = f"{FOLDER}/{self.part}/{self.label}"
        return tuple(f"{folder}/{self.number:04d}-{'abcd'[k]}.jpg" for k in range(CAMERAS))


def all_scenes() -> list[SceneTask]:
    """Every scene, classes and parts mixed so that a part-finished set is balanced."""
    tasks = [
        SceneTask(part, label, number)
        for part in PARTS
        for label in CLASSES
        for number in range(PICTURES[part] // CAMERAS)
    ]
    return sorted(tasks, key=lambda t: (t.number / PICTURES[t.part], PARTS.index(t.part), t.label))


def kind_counts() -> dict[str, dict[str, int]]:
    """How many pictures of each kind each part has."""
    counts: dict[str, dict[str, int]] = {part: {} for part in PARTS}
    for task in all_scenes():
        part = counts[task.part]
        part[task.kind] = part.get(task.kind, 0) + CAMERAS
    return counts
