"""What a layer of a model makes of a picture: some of its feature maps, side by side."""

from __future__ import annotations

from math import ceil
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, NetworkError, as_picture
from coursetools.visual.maps import extremes, put_map, put_strength, shared_limit


@style.styled
def show_feature_maps(
    image: Any,
    model: Any,
    layer_name: str,
    offset: int = 0,
    rows: int | None = 3,
    cols: int = 3,
    width: float = 12,
    gamma: float = 0.5,
) -> Figure:
    """Draw feature maps of one layer for one picture, numbered; return the figure.

    All maps share one scale. Where the layer also gives negative values, blue is above zero and
    orange below; else black is zero and bright is strong.

    Args:
        image: One picture, shape (h, w, channels), as the model takes it.
        model: A built Keras model; layers of models nested in it are found too.
        layer_name: Name of a layer that gives maps.
        offset: Number of the first map to show.
        rows: Rows of maps; None shows all from `offset` on.
        cols: Maps in a row.
        width: Width of the figure in inches.
        gamma: Below 1 it lifts weak values.

    Raises:
        PictureError: The picture has another shape, type or range.
        NetworkError: There is no such layer, it gives no maps, or has fewer than `offset`.
        ValueError: `rows`, `cols`, `width` or `gamma` is not above 0.
    """
    sizes = {"cols": cols, "width": width, "gamma": gamma} | (
        {} if rows is None else {"rows": rows}
    )
    for name, value in sizes.items():
        if not value > 0:
            raise ValueError(f"`{name}` must be above 0, but it is `{value}`.")
    maps = feature_maps(image, model, layer_name)
    count = maps.shape[-1]
    if not 0 <= offset < count:
        raise NetworkError(
            f"`offset` must be from 0 to {count - 1}, the last map of `{layer_name}`, but it is "
            f"`{offset}`."
        )
    rows = ceil((count - offset) / cols) if rows is None else rows
    shown = maps[..., offset : offset + rows * cols]
    figure = _grid(shown, offset, cols, width, gamma)
    describe(figure, _text(shown, layer_name, offset, count))
    return figure


def feature_maps(image: Any, model: Any, layer_name: str) -> Floats:
    """Return all feature maps of one layer for one picture, float32 of shape (h', w', maps).

    Arguments and errors are those of `show_feature_maps`.
    """
    import keras

    picture = as_picture(image)
    owner = _owner(model, layer_name)
    if owner is None:
        names = [layer.name for layer in model.layers]
        raise NetworkError(
            f"`{model.name}` has no layer called `{layer_name}`. It has `{names[:12]}`"
            + (f" and {len(names) - 12} more." if len(names) > 12 else ".")
        )
    if owner is not model:
        picture = _before(model, owner, picture)
    # Not `owner.input`: a Sequential that was never called has none.
    inner = keras.Model(owner.inputs[0], owner.get_layer(layer_name).output)
    found = np.asarray(inner(picture[None], training=False), np.float32)
    if found.ndim != 4:
        raise NetworkError(
            f"`{layer_name}` gives values of shape `{found.shape[1:]}`, not maps of shape "
            "(height, width, maps). Take a layer before `Flatten` or pooling over the whole map."
        )
    return found[0]


def _owner(model: Any, layer_name: str) -> Any | None:
    """Return the model, or the one nested in it, that has the layer as its own."""
    for layer in getattr(model, "layers", []):
        if layer.name == layer_name:
            return model
        inside = _owner(layer, layer_name)
        if inside is not None:
            return inside
    return None


def _before(model: Any, owner: Any, picture: Floats) -> Floats:
    """Return what reaches a model nested in another, past the layers before it."""
    if owner not in model.layers:
        raise NetworkError(
            f"`{owner.name}` is nested more than once. Hand `show_feature_maps` that model itself."
        )
    values = picture[None]
    for layer in model.layers[: model.layers.index(owner)]:
        if type(layer).__name__ != "InputLayer":
            values = layer(values, training=False)
    return np.asarray(values)[0]


def _grid(shown: Floats, offset: int, cols: int, width: float, gamma: float) -> Figure:
    height, across, count = shown.shape
    rows = ceil(count / cols)
    letters = max(1.0, width / style.WIDTH)
    cell = width / cols
    # With pyplot, not `new_figure`: a cell may draw two of these, or say more after them.
    figure = plt.figure(
        figsize=(width, rows * (cell * height / across + 0.3 * letters)), layout="constrained"
    )
    limit = shared_limit([shown])
    put = put_map if shown.min() < 0 else put_strength
    for number in range(count):
        ax = figure.add_subplot(rows, cols, number + 1)
        put(ax, shown[..., number], limit, gamma=gamma)
        ax.set_title(
            str(offset + number),
            loc="center",
            fontsize=10.5 * letters,
            fontweight="normal",
            pad=3,
        )
    return figure


def _text(shown: Floats, layer_name: str, offset: int, count: int) -> str:
    height, width, number = shown.shape
    low, high = extremes(shown)
    silent = [offset + one for one in range(number) if not shown[..., one].any()]
    strongest = offset + int(np.argmax(shown.max(axis=(0, 1))))
    text = (
        f"{number} of {count} feature maps of the layer {layer_name}, numbers {offset} to "
        f"{offset + number - 1}, {height} by {width} each, values from {low:.3g} to {high:.3g}. "
        f"Map {strongest} has the greatest value."
    )
    if silent:
        text += f" Zero everywhere: {', '.join(map(str, silent))}."
    return text
