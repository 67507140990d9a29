"""A text for every figure, for those who cannot see it and for where it cannot be shown.

A drawing function of the course says what its picture shows with `describe`. For any other
figure, a student's own for example, `alt_text` makes a text from its titles, labels and data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Kept beside the figures, not on them: a figure of matplotlib is not ours to give attributes to.
_texts: WeakKeyDictionary[Figure | Axes, str] = WeakKeyDictionary()


def describe(target: Figure | Axes, text: str) -> None:
    """Say in words what a figure, or one of its axes, shows.

    Raises:
        ValueError: The text is empty.
    """
    if not text.strip():
        raise ValueError(f"The description of a figure must say something, but it is `{text!r}`.")
    _texts[target] = " ".join(text.split())


def alt_text(figure: Figure) -> str:
    """Return the text of a figure: the one it was given, else one made from what is drawn.

    Example:
        >>> figure = image_grid(images, labels)
        >>> alt_text(figure)
        '12 pictures in 2 rows: Car, Truck, ...'
    """
    if figure in _texts:
        return _texts[figure]
    parts = [_axes_text(ax) for ax in figure.axes]
    heading = figure.get_suptitle()
    text = " ".join(_sentence(part) for part in (heading, *parts) if part)
    return text or "An empty figure."


def listed(words: Sequence[str]) -> str:
    """Join words as in a sentence: 'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _axes_text(ax: Axes) -> str:
    title = ax.get_title() or ax.get_title(loc="left") or ax.get_title(loc="right")
    if ax in _texts:
        body = _texts[ax]
        return body if not title or title in body else f"{title}: {body}"
    labels = [
        f"{axis} axis: {label}"
        for axis, label in (("horizontal", ax.get_xlabel()), ("vertical", ax.get_ylabel()))
        if label
    ]
    body = "; ".join([*labels, *_series(ax)])
    if title and body:
        return f"{title}: {body}"
    return title or body


def _series(ax: Axes) -> list[str]:
    found = []
    for line in ax.get_lines():
        values = _finite(line.get_ydata())
        if values.size > 1:
            found.append(
                f"{_name(line, 'a line')} of {values.size} points from {values[0]:.3g} to "
                f"{values[-1]:.3g}, least {values.min():.3g}, greatest {values.max():.3g}"
            )
    for image in ax.get_images():
        height, width = np.asarray(image.get_array()).shape[:2]
        found.append(f"a picture of {width} by {height} pixels")
    for collection in ax.collections:
        points = np.asarray(collection.get_offsets())
        if len(points) > 1:
            found.append(f"{_name(collection, 'a cloud')} of {len(points)} points")
    for container in ax.containers:
        heights = _finite([bar.get_height() for bar in container if hasattr(bar, "get_height")])
        if heights.size:
            values_text = listed([f"{value:.3g}" for value in heights[:8]])
            more = f", and {heights.size - 8} more" if heights.size > 8 else ""
            found.append(f"{_name(container, 'bars')}: {values_text}{more}")
    return found


def _name(artist: Any, fallback: str) -> str:
    label = str(artist.get_label())
    # matplotlib gives unnamed artists a label that starts with an underscore.
    return fallback if not label or label.startswith("_") else label


def _finite(values: Any) -> np.ndarray:
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        return np.empty(0)
    return array[np.isfinite(array)]


def _sentence(part: str) -> str:
    return part if part.endswith((".", "!", "?")) else f"{part}."
