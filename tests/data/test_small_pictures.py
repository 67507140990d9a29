"""The small set in the repository is what the data card and the plan say it is."""

from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pytest

from leaks import borders, coarse_look, linear_accuracy, thumbnails
from plan import CLASSES, SMALL

Part: TypeAlias = tuple[npt.NDArray[np.uint8], list[dict[str, str]]]
Small: TypeAlias = dict[str, Part]
MOST_BYTES = 8_000_000


def labels_of(part: Part) -> npt.NDArray[np.int64]:
    return np.array([CLASSES.index(line["class"]) for line in part[1]])


def images_of(part: Part) -> npt.NDArray[np.float32]:
    return part[0].astype(np.float32) / 255


def test_every_planned_picture_is_there_and_no_other(small: Small) -> None:
    assert set(small) == set(SMALL.parts)
    for name, part in small.items():
        planned = {
            (task.label, str(task.number), path[-5], task.kind)
            for task in SMALL.scenes()
            if task.part == name
            for path in task.files
        }
        found = [tuple(line.values()) for line in part[1]]
        assert set(found) == planned
        assert len(found) == len(planned)


def test_the_first_pictures_of_a_part_are_balanced_too(small: Small) -> None:
    for part in small.values():
        running = np.cumsum(2 * labels_of(part) - 1)
        assert abs(running).max() <= SMALL.cameras
        assert running[-1] == 0


def test_no_scene_is_in_two_parts_and_no_picture_twice(small: Small) -> None:
    tiles = [tile.tobytes() for part in small.values() for tile in part[0]]
    assert len(set(tiles)) == len(tiles)


def test_no_near_duplicate_across_parts(small: Small) -> None:
    scaled = {}
    for name, part in small.items():
        flat = thumbnails(images_of(part), 16).reshape(-1, 768).astype(np.float32)
        scaled[name] = (flat - flat.mean(1, keepdims=True)) / flat.std(1, keepdims=True)
    for one, other in combinations(scaled, 2):
        assert (scaled[one] @ scaled[other].T / 768).max() < 0.97


def test_files_are_small(data: Path) -> None:
    sizes = [path.stat().st_size for path in (data / SMALL.folder).iterdir()]
    assert max(sizes) < MOST_BYTES


def test_every_picture_has_contrast_and_light(small: Small) -> None:
    for part in small.values():
        grey = part[0] @ np.array([0.299, 0.587, 0.114])
        assert grey[:, 4:-4, 4:-4].std((1, 2)).min() > 15
        assert grey.mean((1, 2)).min() > 25
        assert grey.mean((1, 2)).max() < 230


@pytest.mark.parametrize(("look", "least"), [(coarse_look, 0.70), (borders, 0.60)])
def test_label_is_not_told_by_colour_thumbnail_or_border(
    small: Small, look: object, least: float
) -> None:
    assert callable(look)
    train, *others = (look(images_of(small[part])) for part in SMALL.parts)
    labels, *truths = (labels_of(small[part]) for part in SMALL.parts)
    # Together: of the few vehicles of one part alone the accuracy says little.
    valid, truth = np.concatenate(others), np.concatenate(truths)
    assert linear_accuracy(train, labels, valid, truth) < least
