"""An augmentation as Keras code."""

from __future__ import annotations

from coursetools.operations import Augmentation


def layers_code(asked: Augmentation) -> str:
    """Return Python that makes a Keras model with these transformations."""
    flips = (
        "horizontal_and_vertical"
        if asked.mirror and asked.upside_down
        else "horizontal"
        if asked.mirror
        else "vertical"
    )
    lines = []
    if asked.mirror or asked.upside_down:
        lines.append(f'layers.RandomFlip("{flips}"),')
    if asked.rotation:
        lines.append(f"layers.RandomRotation({asked.rotation / 360:.3g}),")
    if asked.shift:
        lines.append(f"layers.RandomTranslation({asked.shift:.2g}, {asked.shift:.2g}),")
    if asked.zoom:
        lines.append(f"layers.RandomZoom(({-asked.zoom:.2g}, {asked.zoom:.2g})),")
    if asked.hue:
        lines.append(f"layers.RandomHue({asked.hue:.2g}, value_range=(0, 1)),")
    if asked.contrast:
        pair = f"({asked.contrast:.2g}, {asked.contrast:.2g})"
        lines.append(f"layers.RandomContrast({pair}, value_range=(0, 1)),")
    if asked.brightness:
        lines.append(f"layers.RandomBrightness({asked.brightness:.2g}, value_range=(0, 1)),")
    body = "".join(f"    {line}\n" for line in lines)
    return f"augment = keras.Sequential([\n{body}])\nct.many_versions(images[0], augment)"
