"""The lessons' set in the repository is what the data card and the plan say it is."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from leaks import borders, coarse_look, linear_accuracy, thumbnails
from plan import CLASSES, REDUCED

Pictures = dict[str, npt.NDArray[np.uint8]]
MOST_BYTES = 6_000_000


def part_of(
    pictures: Pictures, part: str
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], list[str]]:
    """Pictures of a part in [0, 1] with their labels and names."""
    names = [name for name in pictures if f"/{part}/" in name]
    labels = np.array([CLASSES.index(name.split("/")[2]) for name in names])
    images = np.stack([pictures[name] for name in names]).astype(np.float32) / 255
    return images, labels, names


def test_every_planned_picture_is_there_and_no_other(pictures: Pictures) -> None:
    planned = [name for task in REDUCED.scenes() for name in task.files]
    assert sorted(pictures) == sorted(planned)


def test_classes_are_balanced_in_both_parts(pictures: Pictures) -> None:
    for part in REDUCED.parts:
        labels = part_of(pictures, part)[1]
        assert np.bincount(labels).tolist() == [REDUCED.pictures[part]] * 2


def test_pictures_are_small_squares_in_colour(pictures: Pictures) -> None:
    assert {picture.shape for picture in pictures.values()} == {(128, 128, 3)}
    colourful = [np.ptp(picture.astype(int), axis=2).mean() > 5 for picture in pictures.values()]
    assert np.mean(colourful) > 0.9


def test_no_picture_is_there_twice(pictures: Pictures) -> None:
    assert len({picture.tobytes() for picture in pictures.values()}) == len(pictures)


def test_no_near_duplicate_across_parts(pictures: Pictures) -> None:
    small = [thumbnails(part_of(pictures, p)[0], 16).reshape(-1, 768) for p in REDUCED.parts]
    scaled = [(s - s.mean(1, keepdims=True)) / s.std(1, keepdims=True) for s in small]
    likeness = scaled[0] @ scaled[1].T / 768
    assert likeness.max() < 0.97


def test_set_is_small(data: Path, pictures: Pictures) -> None:
    assert sum((data / name).stat().st_size for name in pictures) < MOST_BYTES


def test_every_picture_has_contrast_and_light(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        grey = picture @ np.array([0.299, 0.587, 0.114])
        middle = grey[16:-16, 16:-16]
        assert middle.std() > 15, name
        assert 25 < grey.mean() < 230, name


@pytest.mark.parametrize(("look", "least"), [(coarse_look, 0.70), (borders, 0.65)])
def test_label_is_not_told_by_colour_thumbnail_or_border(
    pictures: Pictures, look: object, least: float
) -> None:
    (train, labels, _), (valid, truth, _) = (part_of(pictures, p) for p in REDUCED.parts)
    assert callable(look)
    assert linear_accuracy(look(train), labels, look(valid), truth) < least


def test_label_is_not_told_by_the_size_of_the_file(data: Path, pictures: Pictures) -> None:
    (_, labels, names), (_, truth, others) = (part_of(pictures, p) for p in REDUCED.parts)
    sizes = [np.array([[(data / n).stat().st_size] for n in of], float) for of in (names, others)]
    assert linear_accuracy(sizes[0], labels, sizes[1], truth) < 0.65


def test_label_is_not_told_by_the_name_of_the_file(pictures: Pictures) -> None:
    for part in REDUCED.parts:
        cars, trucks = (
            {Path(name).name for name in pictures if f"/{part}/{label}/" in name}
            for label in CLASSES
        )
        assert cars == trucks
