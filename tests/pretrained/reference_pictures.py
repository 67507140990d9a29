"""Pictures that are the same wherever they are made."""

import numpy as np


def reference_pictures(size: int) -> np.ndarray:
    """Two pictures, float32 in [0, 1], (2, size, size, 3): noise, and smooth waves of colour."""
    noise = np.random.default_rng(271828).random((size, size, 3), dtype=np.float32)
    rows, columns = np.mgrid[0:size, 0:size] / size
    waves = [
        np.sin(9 * rows + 4 * columns),
        np.cos(13 * rows * columns),
        np.sin(21 * (rows - 0.4) ** 2 + 17 * (columns - 0.6) ** 2),
    ]
    smooth = np.stack(waves, axis=-1) / 2 + 0.5
    return np.stack([noise, smooth.astype(np.float32)])
