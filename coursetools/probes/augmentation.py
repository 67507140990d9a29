"""The probe of augmenting layers: what they do to a marked picture, many times over.

See `coursetools.answers.augmentation` for the marks. Only measurements leave here: places and
brightnesses, never what they mean.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursetools.answers import plain
from coursetools.answers.augmentation import DRAWS, GREY, MARKS, RADIUS, STEP
from coursetools.probes.layers import plain_shape
from coursetools.probes.model import PICTURES_SEED, SIZE, usable
from coursetools.probes.part import flat_layers
from coursetools.probes.untouched import error_content, untouched

_BATCH = 20
_NOISE = 4
_LARGEST = 256
_FAINT = 0.02
_DIGITS = 5


class OtherShape(ValueError):  # noqa: N818 - a finding about the student's layers
    """The layers give something else than pictures of the size that came in."""


class NotFinite(ValueError):  # noqa: N818 - a finding about the student's layers
    """Some pixels came out as NaN or infinite."""


def probe_augmentation(value: Any) -> dict[str, Any]:
    """Give the plain data of augmenting layers, as `Augmentation` reads it.

    Random states, those of the layers too, are put back as they were.

    Raises:
        UnreadableAnswer: It is neither a layer nor a model nor a list of layers.
    """
    layers = flat_layers(value)
    names = [plain.type_name(layer) for layer in layers]
    with untouched(variable for layer in layers for variable in layer.variables):
        try:
            chain = [usable(layer) for layer in layers]
            return {"layers": names, **_measured(_caller(chain), _side(value))}
        except plain.HOSTILE as error:
            return {"layers": names, "error": error_content(error)}


def _caller(layers: list[Any]) -> Callable[[Any, bool], Any]:
    """Give a function of pictures and `training` that checks what comes out."""
    import keras
    import numpy as np

    def call(pictures: Any, training: bool) -> Any:
        result = pictures
        for layer in layers:
            result = layer(result, training=training)
        result = np.asarray(keras.ops.convert_to_numpy(result), np.float64)
        if result.shape != pictures.shape:
            raise OtherShape(f"Of pictures {pictures.shape} it makes {result.shape}.")
        if not np.isfinite(result).all():
            raise NotFinite("Some pixels come out as NaN or infinite.")
        return result

    return call


def _side(value: Any) -> int:
    """Give the height of the pictures that a model takes, 128 where it takes any."""
    try:
        shape = plain_shape(value.input_shape) or []
    except plain.HOSTILE:  # a list, or a model that was never called
        return SIZE
    side = shape[1] if len(shape) > 1 else None
    return SIZE if side is None else min(side, _LARGEST)


def _measured(call: Callable[[Any, bool], Any], side: int) -> dict[str, Any]:
    import numpy as np

    noise = np.random.default_rng(PICTURES_SEED).random((_NOISE, side, side, 3), np.float32)
    one, other = call(noise, True), call(noise, True)
    batch = np.repeat(marked_picture(side)[None], _BATCH, axis=0)
    draws = [_draw(out) for _ in range(DRAWS // _BATCH) for out in call(batch, True)]
    return {
        "change_in_use": _short(np.abs(call(noise, False) - noise).max()),
        "change_between_calls": _short(np.abs(one - other).max()),
        "least": _short(min(one.min(), other.min())),
        "largest": _short(max(one.max(), other.max())),
        "draws": draws,
    }


def marked_picture(side: int) -> Any:
    """Give the marked picture, float32, shape (side, side, 3)."""
    import numpy as np

    picture = np.full((side, side, 3), GREY, np.float32)
    across = (np.arange(side) - (side - 1) / 2) / side
    for channel, (x, y) in enumerate(MARKS):
        inside = (across[None, :] - x) ** 2 + (across[:, None] - y) ** 2 <= RADIUS**2
        picture[inside, channel] += STEP
    return picture


def _draw(picture: Any) -> list[float | None]:
    """Measure one picture that came out: background, step, and where each mark is."""
    import numpy as np

    side = len(picture)
    across = (np.arange(side) - (side - 1) / 2) / side
    backgrounds, steps = [], []
    places: list[float | None] = []
    for channel in range(3):
        values = picture[..., channel]
        background = float(np.median(values))
        above = values - background
        inside = above > above.max() / 2
        step = float(np.median(above[inside])) if above.max() > _FAINT else 0.0
        backgrounds.append(background)
        steps.append(step)
        if step:
            rows, columns = np.nonzero(inside)
            places += [_short(across[columns].mean()), _short(across[rows].mean())]
        else:
            places += [None, None]
    return [_short(np.mean(backgrounds)), _short(np.mean(steps)), *places]


def _short(value: Any) -> float:
    return round(float(value), _DIGITS)
