"""The set in the repository is what the data card and the plan say it is."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from plan import CLASSES, GENERATOR_VERSION, PARTS, PICTURES, SEED, SIZE, all_scenes, kind_counts

Pictures = dict[str, npt.NDArray[np.uint8]]
MOST_BYTES = 6_000_000


def part_of(pictures: Pictures, part: str) -> tuple[npt.NDArray[np.float64], list[int]]:
    """Pictures of a part in [0, 1] with their labels."""
    names = [name for name in pictures if f"/{part}/" in name]
    labels = [CLASSES.index(name.split("/")[2]) for name in names]
    return np.stack([pictures[name] for name in names]) / 255, labels


def thumbnails(images: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    step = SIZE // size
    return images.reshape(len(images), size, step, size, step, 3).mean((2, 4))


def linear_accuracy(
    train: npt.NDArray[np.float64],
    labels: list[int],
    valid: npt.NDArray[np.float64],
    truth: list[int],
) -> float:
    """Validation accuracy of least squares with a ridge, on standardised columns."""
    middle, spread = train.mean(0), train.std(0) + 1e-6
    a, b = (train - middle) / spread, (valid - middle) / spread
    target = 2.0 * np.array(labels) - 1
    weights = np.linalg.solve(a.T @ a + len(a) * np.eye(a.shape[1]), a.T @ target)
    return float(((b @ weights > 0) == np.array(truth)).mean())


def test_every_planned_picture_is_there_and_no_other(pictures: Pictures) -> None:
    assert sorted(pictures) == sorted(name for task in all_scenes() for name in task.files)


def test_classes_are_balanced_in_both_parts(pictures: Pictures) -> None:
    for part in PARTS:
        for label in CLASSES:
            found = [name for name in pictures if f"/{part}/{label}/" in name]
            assert len(found) == PICTURES[part]


def test_pictures_are_small_squares_in_colour(pictures: Pictures) -> None:
    assert {picture.shape for picture in pictures.values()} == {(SIZE, SIZE, 3)}


def test_manifest_is_current(data: Path, manifest: dict[str, Any], pictures: Pictures) -> None:
    files = manifest["files"]
    assert list(files) == sorted(files)
    assert set(files) == {*pictures, "car-or-truck/sheet.jpg"}
    for name, sum_ in files.items():
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == sum_, name
    assert (manifest["seed"], manifest["generator"]) == (SEED, GENERATOR_VERSION)
    assert manifest["kinds"] == kind_counts()


def test_no_picture_is_there_twice(pictures: Pictures) -> None:
    assert len({picture.tobytes() for picture in pictures.values()}) == len(pictures)


def test_no_near_duplicate_across_parts(pictures: Pictures) -> None:
    small = [thumbnails(part_of(pictures, part)[0], 16).reshape(-1, 768) for part in PARTS]
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


def test_label_is_not_told_by_colour_or_thumbnail(pictures: Pictures) -> None:
    (train, labels), (valid, truth) = (part_of(pictures, part) for part in PARTS)
    columns = [
        np.concatenate(
            [thumbnails(x, 8).reshape(len(x), -1) / 4, x.mean((1, 2)), x.std((1, 2))], axis=1
        )
        for x in (train, valid)
    ]
    assert linear_accuracy(columns[0], labels, columns[1], truth) < 0.70


def test_label_is_not_told_by_file_or_border(data: Path, pictures: Pictures) -> None:
    def columns(part: str) -> npt.NDArray[np.float64]:
        names = [name for name in pictures if f"/{part}/" in name]
        sizes = [(data / name).stat().st_size for name in names]
        images = np.stack([pictures[name] for name in names]) / 255
        edges = [images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]]
        return np.column_stack([sizes, *(edge.mean(1) for edge in edges)])

    labels, truth = (part_of(pictures, part)[1] for part in PARTS)
    assert linear_accuracy(columns("train"), labels, columns("valid"), truth) < 0.70


def test_data_card_has_the_counts(data: Path) -> None:
    card = (data / "README.md").read_text(encoding="utf-8")
    assert f"{2 * PICTURES['train']} training and {2 * PICTURES['valid']} validation" in card
    counts = kind_counts()
    for kind in counts["train"]:
        assert f"| {kind} | {counts['train'][kind]} | {counts['valid'][kind]} |" in card
    assert str(SEED) in card
