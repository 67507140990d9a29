"""Where in the picture the units of a model's layers look: size, distance and first place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coursetools.operations import NoStopError, padding_of
from coursetools.visual.inputs import NetworkError


@dataclass(frozen=True)
class Field:
    """The receptive fields of a layer's units, along one side of the picture.

    size: Pixels across one field.
    jump: Pixels from one unit's field to the next.
    start: Where the first unit's field begins; below 0 it lies in the padding.
    """

    size: int
    jump: int
    start: int

    def pixels(self, unit: int, side: int) -> tuple[int, int]:
        """Return where a unit's field begins and ends, cut to a picture of `side` pixels."""
        first = self.start + unit * self.jump
        return min(max(first, 0), side - 1), max(min(first + self.size, side), 1)


def layer_fields(model: Any) -> dict[str, Field]:
    """Return the field of each layer that still has a place in the picture, by name.

    Where branches meet, the largest field counts.

    Args:
        model: A built Keras model of square pictures, sequential or functional, in which each
            layer is used once.

    Raises:
        NetworkError: A layer is used more than once.
    """
    import keras

    known: dict[int, Field] = {id(tensor): Field(1, 1, 0) for tensor in _tensors(model.inputs)}
    found = {}
    # Each `add` of a sequential model connects all its layers anew: their tensors are no path.
    last = Field(1, 1, 0) if isinstance(model, keras.Sequential) else None
    for layer in model.layers:
        if type(layer).__name__ == "InputLayer":
            continue
        try:
            inputs, outputs = _tensors(layer.input), _tensors(layer.output)
        except AttributeError as error:
            raise NetworkError(
                f"The layer `{layer.name}` is used more than once or not at all, so its units "
                "have no single place in the picture."
            ) from error
        if not outputs or len(outputs[0].shape) != 4:
            continue
        fields = [known[id(tensor)] for tensor in inputs if id(tensor) in known]
        if last is not None:
            fields = [last]
        if not fields:
            continue
        widest = max(fields, key=lambda field: field.size)
        here = _through(layer, widest, int(inputs[0].shape[1] or 0))
        last = here if last is not None else None
        found[layer.name] = here
        known.update({id(tensor): here for tensor in outputs})
    return found


def _tensors(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _through(layer: Any, field: Field, side: int) -> Field:
    """Return the field after a layer whose input has `side` units across."""
    size = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
    if type(layer).__name__ == "ZeroPadding2D":
        before = int(layer.padding[0][0])
        return Field(field.size, field.jump, field.start - before * field.jump)
    if size is None or not hasattr(layer, "strides"):
        return field
    kernel, stride = int(size[0]), int(layer.strides[0])
    dilation = int(getattr(layer, "dilation_rate", (1,))[0])
    try:
        before, _ = padding_of(side, kernel, stride, layer.padding, dilation)
    except NoStopError:
        before = 0
    reach = (kernel - 1) * dilation
    return Field(
        field.size + reach * field.jump, field.jump * stride, field.start - before * field.jump
    )
