"""How hard the set is: the figures of the data card, run in the course's own environment.

    python data/render/measure.py

Three readings of validation accuracy, in per cent, from the pictures in the repository:

- *transfer*: a logistic model on the flattened features of the frozen ImageNet base;
- *lesson's head*: Flatten, Dense(6), Dense(1) on the same features, the mean of three seeds;
- *baseline*: a logistic model on mean colours, their spread, a histogram of brightness and an
  8x8 thumbnail. It stands for everything a label must not be told by.
"""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy.optimize import minimize

from coursetools.pretrained import load_pretrained_base
from plan import CLASSES, FOLDER, PARTS

DATA = Path(__file__).resolve().parent.parent
SHRINK = 1e-3
SEEDS = (1, 2, 3)
EPOCHS = 30

Array = npt.NDArray[np.float64]


def read_part(part: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], list[str]]:
    """Pictures in [0, 1], labels and names of a part, in the order of their names."""
    pictures, labels, names = [], [], []
    for label, folder in enumerate(CLASSES):
        for path in sorted((DATA / FOLDER / part / folder).glob("*.jpg")):
            pictures.append(np.asarray(Image.open(path).convert("RGB"), np.float32) / 255)
            labels.append(label)
            names.append(f"{folder}/{path.name}")
    return np.stack(pictures), np.array(labels), names


def fit_logistic(inputs: Array, labels: npt.NDArray[np.int64]) -> Array:
    """Weights and, last, the bias of a logistic model with a squared penalty."""
    signs = 2.0 * labels - 1

    def loss(weights: Array) -> tuple[float, Array]:
        margins = signs * (inputs @ weights[:-1] + weights[-1])
        value = np.logaddexp(0, -margins).mean() + SHRINK * (weights[:-1] @ weights[:-1]) / 2
        slope = -signs / (1 + np.exp(np.clip(margins, -500, 500)))
        inner = inputs.T @ slope / len(signs) + SHRINK * weights[:-1]
        return float(value), np.append(inner, slope.mean())

    start = np.zeros(inputs.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x)


def right(weights: Array, inputs: Array, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which inputs a logistic model gets right."""
    return np.asarray((inputs @ weights[:-1] + weights[-1] > 0) == labels)


def coarse(pictures: npt.NDArray[np.float32]) -> Array:
    """Colours, brightness and an 8x8 thumbnail of each picture."""
    count, size = pictures.shape[0], pictures.shape[1]
    step = size // 8
    thumbnail = pictures.reshape(count, 8, step, 8, step, 3).mean((2, 4)).reshape(count, -1)
    bins = [np.histogram(one, 16, (0, 1))[0] / one.size for one in pictures]
    parts = [thumbnail, pictures.mean((1, 2)), pictures.std((1, 2)), np.array(bins)]
    return np.concatenate(parts, 1).astype(np.float64)


def head_accuracy(
    train: Array, labels: npt.NDArray[np.int64], valid: Array, truth: npt.NDArray[np.int64]
) -> list[float]:
    """Final validation accuracy of the lesson's head for each seed."""
    scores = []
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        hidden = keras.layers.Dense(6, activation="relu")
        model = keras.Sequential([hidden, keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
        model.fit(train, labels, batch_size=64, epochs=EPOCHS, verbose=0)
        scores.append(float(model.evaluate(valid, truth, verbose=0)[1]))
    return scores


def main() -> None:
    """Print the figures."""
    base = load_pretrained_base(trainable=False)
    (train, labels, _), (valid, truth, names) = (read_part(part) for part in PARTS)
    features = [
        np.asarray(base.predict(part, batch_size=32, verbose=0)).reshape(len(part), -1)
        for part in (train, valid)
    ]
    # Scaled by the root of their number, so that the penalty means the same for any base.
    inputs = [part.astype(np.float64) * 4 / np.sqrt(part.shape[1]) for part in features]
    hits = right(fit_logistic(inputs[0], labels), inputs[1], truth)
    print(f"pictures: {len(labels)} training, {len(truth)} validation")
    print(f"transfer, logistic on flattened features: {hits.mean():.1%}")
    print("wrong: " + ", ".join(name for name, hit in zip(names, hits, strict=True) if not hit))
    scores = head_accuracy(features[0], labels, features[1], truth)
    listed = ", ".join(f"{score:.1%}" for score in scores)
    print(f"lesson's head, {EPOCHS} epochs, seeds {SEEDS}: {np.mean(scores):.1%} ({listed})")
    plain = [coarse(part) for part in (train, valid)]
    middle, spread = plain[0].mean(0), plain[0].std(0) + 1e-6
    plain = [(part - middle) / spread / 10 for part in plain]
    hits = right(fit_logistic(plain[0], labels), plain[1], truth)
    print(f"baseline, colours and thumbnail: {hits.mean():.1%}")


if __name__ == "__main__":
    main()
