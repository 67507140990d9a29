"""What a label must not be told by, as columns of numbers, and a linear model to ask them with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

SHRINK = 1e-3

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


def thumbnails(pictures: npt.NDArray[np.float32], size: int) -> Array:
    """Pictures in [0, 1], shape (n, side, side, 3), reduced to `size` by area."""
    count, step = len(pictures), pictures.shape[1] // size
    cells = pictures.astype(np.float64).reshape(count, size, step, size, step, 3)
    return np.asarray(cells.mean((2, 4)))


def coarse_look(pictures: npt.NDArray[np.float32]) -> Array:
    """Mean colours, their spread, a histogram of brightness and an 8x8 thumbnail."""
    count = len(pictures)
    bins = [np.histogram(one, 16, (0, 1))[0] / one.size for one in pictures]
    parts = [
        thumbnails(pictures, 8).reshape(count, -1),
        pictures.mean((1, 2)),
        pictures.std((1, 2)),
        np.array(bins),
    ]
    return np.concatenate(parts, 1).astype(np.float64)


def borders(pictures: npt.NDArray[np.float32]) -> Array:
    """The outermost pixels on all four sides, each side as eight mean colours."""
    count = len(pictures)
    edges = (pictures[:, 0], pictures[:, -1], pictures[:, :, 0], pictures[:, :, -1])
    means = [edge.reshape(count, 8, -1, 3).mean(2, dtype=np.float64) for edge in edges]
    return np.concatenate(means, 1).reshape(count, -1)


def linear_accuracy(train: Array, labels: Labels, valid: Array, truth: Labels) -> float:
    """Validation accuracy of a logistic model on standardised columns."""
    middle, spread = train.mean(0), train.std(0) + 1e-6
    weights = fit_logistic((train - middle) / spread / 10, labels)
    return float(right(weights, (valid - middle) / spread / 10, truth).mean())


def fit_logistic(inputs: Array, labels: Labels) -> Array:
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


def right(weights: Array, inputs: Array, labels: Labels) -> npt.NDArray[np.bool_]:
    """Which inputs a logistic model gets right."""
    return np.asarray((inputs @ weights[:-1] + weights[-1] > 0) == labels)
