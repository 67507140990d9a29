"""Leaving no trace: random states and variables are as they were when the block began."""

from __future__ import annotations

import contextlib
import io
import random
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from coursetools.answers import plain

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_MESSAGE = 300


@contextlib.contextmanager
def untouched(variables: Iterable[Any] = ()) -> Iterator[dict[int, Any]]:
    """Put back Python's, NumPy's and Keras's random states and the values of `variables`.

    Whatever is printed or warned inside the block is dropped.

    Args:
        variables: Keras variables that the block might assign to.

    Yields:
        Their values as NumPy arrays, by the variable's `id`.
    """
    import numpy as np

    kept = [(variable, np.asarray(variable.numpy())) for variable in variables]
    python_state, numpy_state = random.getstate(), np.random.get_state()
    keras_seed = _keras_seed()
    seed_value = None if keras_seed is None else np.array(keras_seed.numpy())
    silence = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(silence),
            contextlib.redirect_stderr(silence),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            yield {id(variable): value for variable, value in kept}
    finally:
        if keras_seed is None:
            _forget_keras_seed()
        else:
            keras_seed.assign(seed_value)
        for variable, value in kept:
            if np.asarray(variable.numpy()).tobytes() != value.tobytes():
                variable.assign(value)
        random.setstate(python_state)
        np.random.set_state(numpy_state)


def error_content(error: BaseException) -> dict[str, str]:
    """Give an error as plain data: its type's name and the start of its text, on one line."""
    try:
        text = _COLOURS.sub("", str(error))
    except plain.HOSTILE:
        text = ""
    return {"type": plain.type_name(error), "message": plain.clean(text, _MESSAGE)}


def _keras_seed() -> Any | None:
    """Find the counter behind `keras.random` calls without a seed, if one has been made.

    Keras shows it nowhere in its public names. If a later Keras keeps it elsewhere, the only
    loss is that a probed model which draws unseeded numbers moves that counter on.
    """
    generator = _global_state("get_global_attribute", "global_seed_generator")
    return getattr(generator, "state", None)


def _forget_keras_seed() -> None:
    """Drop a counter that the block itself made, which would otherwise fix later draws."""
    if _keras_seed() is not None:
        _global_state("set_global_attribute", "global_seed_generator", None)


def _global_state(function: str, *arguments: object) -> Any | None:
    module = sys.modules.get("keras.src.backend.common.global_state")
    call = getattr(module, function, None)
    return None if call is None else call(*arguments)
