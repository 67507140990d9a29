"""Moving a picture: shifted, turned, sheared, enlarged, each pixel taken from its nearest place.

For every pixel of the result the place it comes from is computed, so nothing is left empty but
what lies outside the picture, and that is filled from it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

FILL_METHODS = ("reflect", "replicate")


class TransformError(ValueError):
    """A picture to move has another shape, or a movement is no number or has another fill."""


def random_transform(
    image: Any,
    jitter: float = 0,
    rotate: float = 0,
    scale: float = 1,
    *,
    fill_method: str = "reflect",
    seed: int | None = None,
) -> Floats:
    """Return a picture shifted, turned and enlarged by random amounts.

    Args:
        image: Shape (h, w) or (h, w, channels).
        jitter: Largest shift each way, in pixels; the shift is drawn from -jitter to jitter.
        rotate: Largest turn in degrees; the turn is drawn from -rotate to rotate.
        scale: The enlargement is drawn from 1 to `scale`; below 1 it makes things smaller.
        fill_method: What stands where the picture ends: "reflect" mirrors it, "replicate"
            repeats its outermost pixels.
        seed: For the amounts; None takes NumPy's global state, which `set_seed` fixes.

    Returns:
        The shape of `image`; float64 for float64, else float32.

    Raises:
        TransformError: The shape or type is another, `scale` is not above 0, or the fill is
            another word.
    """
    random: Any = np.random if seed is None else np.random.default_rng(seed)
    for name, value in (("jitter", jitter), ("rotate", rotate)):
        if not value >= 0:
            raise TransformError(f"`{name}` must be 0 or more, but it is `{value}`.")
    if not scale > 0:
        raise TransformError(f"`scale` must be above 0, but it is `{scale}`.")
    right, up = random.uniform(-jitter, jitter, size=2)
    turn = random.uniform(-rotate, rotate)
    zoom = random.uniform(min(1, scale), max(1, scale))
    return apply_affine_transform(image, turn, right, up, zx=zoom, zy=zoom, fill_method=fill_method)


def apply_affine_transform(
    image: Any,
    theta: float = 0,
    tx: float = 0,
    ty: float = 0,
    shear: float = 0,
    zx: float = 1,
    zy: float = 1,
    *,
    fill_method: str = "reflect",
) -> Floats:
    """Return a picture enlarged about its middle, then sheared, shifted and turned.

    Args:
        image: Shape (h, w) or (h, w, channels).
        theta: Turn against the clock, in degrees.
        tx: Shift to the right, in pixels.
        ty: Shift upwards, in pixels.
        shear: Angle of the shear, in degrees.
        zx: Enlargement across, above 0.
        zy: Enlargement upwards, above 0.
        fill_method: "reflect" or "replicate", as for `random_transform`.

    Returns:
        The shape of `image`; float64 for float64, else float32.

    Raises:
        TransformError: The shape or type is another, an amount is not finite, an enlargement is
            not above 0, or the fill is another word.
    """
    picture = _picture(image)
    amounts = {"theta": theta, "tx": tx, "ty": ty, "shear": shear, "zx": zx, "zy": zy}
    for name, amount in amounts.items():
        if not np.isfinite(amount) or (name in ("zx", "zy") and amount <= 0):
            wanted = "a number above 0" if name in ("zx", "zy") else "a number"
            raise TransformError(f"`{name}` must be {wanted}, but it is `{amount}`.")
    if fill_method not in FILL_METHODS:
        raise TransformError(
            f"`fill_method` must be 'reflect' or 'replicate', but it is `{fill_method!r}`."
        )
    height, width = picture.shape[:2]
    back = _matrix(theta, tx, ty, shear, zx, zy)
    # Places from the middle, with y upwards as in geometry.
    x = np.arange(width) - (width - 1) / 2
    y = (height - 1) / 2 - np.arange(height)
    places = np.stack(np.broadcast_arrays(x, y[:, None], 1.0))
    from_x, from_y = np.tensordot(back, places, axes=1)[:2]
    fill = _reflected if fill_method == "reflect" else _replicated
    rows = fill((height - 1) / 2 - from_y, height)
    columns = fill(from_x + (width - 1) / 2, width)
    return picture[rows, columns]


def _matrix(
    theta: float, tx: float, ty: float, shear: float, zx: float, zy: float
) -> NDArray[np.float64]:
    """Return the matrix from a place of the result to the place it comes from."""
    turn, slant = np.deg2rad((theta, shear))
    turned = [[np.cos(turn), np.sin(turn), 0], [-np.sin(turn), np.cos(turn), 0], [0, 0, 1]]
    shifted = [[1, 0, -tx], [0, 1, -ty], [0, 0, 1]]
    sheared = [[1, np.sin(slant), 0], [0, np.cos(slant), 0], [0, 0, 1]]
    zoomed = [[1 / zx, 0, 0], [0, 1 / zy, 0], [0, 0, 1]]
    back: NDArray[np.float64] = np.array(turned, np.float64)
    for step in (shifted, sheared, zoomed):
        back = back @ np.array(step, np.float64)
    return back


def _nearest(places: NDArray[np.float64]) -> NDArray[np.int64]:
    # Rounding first to a millionth: a turn by 90 degrees must not fall to either side by noise.
    return np.rint(places.round(6)).astype(np.int64)


def _replicated(places: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    return np.clip(_nearest(places), 0, count - 1)


def _reflected(places: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Return places mirrored at both ends: 4 3 2 | 1 2 3 4 | 3 2 1."""
    period = max(2 * (count - 1), 1)
    within = _nearest(places) % period
    return np.minimum(within, period - within) if count > 1 else within


def _picture(image: Any) -> Floats:
    array = np.asarray(image)
    if array.dtype.kind not in "biuf" or array.ndim not in (2, 3) or not array.size:
        raise TransformError(
            "`image` must be numbers of shape (height, width) or (height, width, channels), but "
            f"its shape is `{array.shape}` and its type `{array.dtype}`."
        )
    return array if array.dtype == np.float64 else array.astype(np.float32)
