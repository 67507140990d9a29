"""How hard the sets are: the figures of the data card, measured in the course's own environment.

    python data/render/measure.py [--set car-or-truck]

Prints accuracies on the pictures in the repository and keeps them in `measured.json`, from which a
test reads that the card is current. The readings are explained in the card.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from keras import layers

from coursetools.datasets import load_arrays, load_small
from coursetools.pretrained import load_pretrained_base
from leaks import Array, Labels, borders, coarse_look, fit_logistic, linear_accuracy, right
from manifest import read_manifest
from plan import CLASSES, REDUCED, SMALL, PictureSet

DATA = Path(__file__).resolve().parent.parent
MEASURED = Path(__file__).resolve().parent / "measured.json"
SEEDS = (1, 2, 3)
HEAD_EPOCHS = 30
PLAIN_EPOCHS = 8
SMALL_EPOCHS = 12

Pictures = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Part:
    """Pictures in [0, 1] and labels of a part, in the order of the set."""

    pictures: Pictures
    labels: Labels


def sum_of(wanted: PictureSet, folder: Path) -> str:
    """One sum for all files of a set, so that figures of another set are noticed."""
    sums: dict[str, str] = read_manifest(folder)["files"]
    lines = [
        f"{name} {sums[name]}" for name in sorted(sums) if name.startswith(wanted.folder + "/")
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def pretrained_features(part: Part) -> Array:
    """What the frozen base gives, flattened, shape (n, 20480)."""
    base = load_pretrained_base(trainable=False)
    features = base.predict(part.pictures, batch_size=32, verbose=0)
    return np.asarray(features, np.float64).reshape(len(part.labels), -1)


def transfer(train: Array, labels: Labels, valid: Array, truth: Labels) -> float:
    """Validation accuracy of a logistic model on the base's features."""
    # Scaled by the root of their number, so that the penalty means the same for any base.
    a, b = (part * 4 / np.sqrt(part.shape[1]) for part in (train, valid))
    return float(right(fit_logistic(a, labels), b, truth).mean())


def head() -> keras.Model:
    """The lesson's head, for flattened features."""
    return keras.Sequential([layers.Dense(6, "relu"), layers.Dense(1, "sigmoid")])


def plain_convnet() -> keras.Model:
    """The lesson's network from scratch: three blocks, 291,405 parameters."""
    blocks: list[Any] = [keras.Input((128, 128, 3))]
    for filters, width in ((32, 5), (64, 3), (128, 3)):
        blocks += [layers.Conv2D(filters, width, padding="same", activation="relu")]
        blocks += [layers.MaxPool2D()]
    return keras.Sequential(
        [*blocks, layers.Flatten(), layers.Dense(6, "relu"), layers.Dense(1, "sigmoid")]
    )


def small_convnet() -> keras.Model:
    """A network for 32x32 pixels with 35,217 parameters."""
    found: list[Any] = [keras.Input((32, 32, 3))]
    for filters in (16, 32):
        found += [layers.Conv2D(filters, 3, padding="same", activation="relu") for _ in range(2)]
        found += [layers.MaxPool2D()]
    found += [layers.Conv2D(64, 3, padding="same", activation="relu")]
    found += [layers.GlobalAveragePooling2D(), layers.Dense(1, "sigmoid")]
    return keras.Sequential(found)


def trained(
    make: Callable[[], keras.Model],
    epochs: int,
    train: tuple[Any, Labels],
    asked: Mapping[str, tuple[Any, Labels]],
) -> dict[str, list[float]]:
    """Accuracy on each of the parts asked about after the last epoch, by seed."""
    scores: dict[str, list[float]] = {name: [] for name in asked}
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        model = make()
        model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
        model.fit(*train, batch_size=64, epochs=epochs, verbose=0)
        for name, (inputs, truth) in asked.items():
            scores[name].append(float(model.evaluate(inputs, truth, verbose=0)[1]))
    return scores


def measure_reduced(folder: Path) -> dict[str, list[float]]:
    """The figures of the lessons' set."""
    place = folder / REDUCED.folder
    train, valid = (Part(*load_arrays(part, folder=place)[:2]) for part in REDUCED.parts)
    features = [pretrained_features(part) for part in (train, valid)]
    sizes = [_file_sizes(folder, part) for part in REDUCED.parts]
    labels, truth = train.labels, valid.labels

    def told_by(columns: Callable[[Pictures], Array]) -> list[float]:
        a, b = columns(train.pictures), columns(valid.pictures)
        return [linear_accuracy(a, labels, b, truth)]

    heads = trained(head, HEAD_EPOCHS, (features[0], labels), {"valid": (features[1], truth)})
    plain = trained(
        plain_convnet, PLAIN_EPOCHS, (train.pictures, labels), {"valid": (valid.pictures, truth)}
    )
    return {
        "logistic on the base": [transfer(features[0], labels, features[1], truth)],
        "lesson's head": heads["valid"],
        "plain convnet": plain["valid"],
        "coarse look": told_by(coarse_look),
        "border": told_by(borders),
        "file size": [linear_accuracy(sizes[0], labels, sizes[1], truth)],
    }


def measure_small(folder: Path) -> dict[str, list[float]]:
    """The figures of the small set."""
    train, *others = (Part(*load_small(part, folder=folder / SMALL.folder)) for part in SMALL.parts)
    asked = dict(zip(SMALL.parts[1:], others, strict=True))
    networks = trained(
        small_convnet,
        SMALL_EPOCHS,
        (train.pictures, train.labels),
        {name: (part.pictures, part.labels) for name, part in asked.items()},
    )
    found: dict[str, list[float]] = {}
    readings = {"linear on pixels": _pixels, "coarse look": coarse_look, "border": borders}
    for name, part in asked.items():
        for reading, columns in readings.items():
            a, b = columns(train.pictures), columns(part.pictures)
            found[f"{reading}, {name}"] = [linear_accuracy(a, train.labels, b, part.labels)]
        found[f"small convnet, {name}"] = networks[name]
    return found


def _pixels(pictures: Pictures) -> Array:
    return pictures.reshape(len(pictures), -1).astype(np.float64)


def _file_sizes(folder: Path, part: str) -> Array:
    """Bytes of each picture's file, in the order of `load_arrays`."""
    folders = [folder / REDUCED.folder_of(part, label) for label in CLASSES]
    files = [path for inside in folders for path in sorted(inside.glob(f"*{REDUCED.suffix}"))]
    return np.array([[path.stat().st_size] for path in files], np.float64)


READINGS = {REDUCED: measure_reduced, SMALL: measure_small}


def main() -> None:
    """Measure the sets asked for, or all; print the figures and keep them."""
    by_name = {wanted.folder: wanted for wanted in READINGS}
    parser = argparse.ArgumentParser(description="Measure how hard the sets are.")
    parser.add_argument("--set", choices=list(by_name), help="this one alone")
    parser.add_argument("--folder", type=Path, default=DATA, help="the data folder")
    options = parser.parse_args()
    chosen = [options.set] if options.set else list(by_name)
    kept = json.loads(MEASURED.read_text("utf-8")) if MEASURED.exists() else {}
    for name in chosen:
        readings = READINGS[by_name[name]](options.folder)
        for reading, scores in readings.items():
            listed = ", ".join(f"{score:.1%}" for score in scores)
            print(f"{name}: {reading}: {np.mean(scores):.1%} ({listed})", flush=True)
        rounded = {key: [round(score, 4) for score in scores] for key, scores in readings.items()}
        kept[name] = {"pictures": sum_of(by_name[name], options.folder), "accuracy": rounded}
    MEASURED.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
