"""Starting TensorFlow without its messages about processors and graphics cards.

Its C++ side writes them straight to the process's error stream, before any setting of its own can
be read. A notebook shows such lines in red, and a reader takes them for errors.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coursetools.training.axes import tell_missing_axes

_STDERR = 2


def start_tensorflow() -> None:
    """Import TensorFlow and Keras, and print their versions and what they compute on.

    What they write while they start is kept back; if starting fails, it is part of the error. From
    then on a convolution whose input lacks an axis raises an error that says so (`axes.py`).
    """
    began = time.perf_counter()
    with _kept_back() as said:
        try:
            import keras
            import tensorflow as tf

            cards = len(tf.config.list_physical_devices("GPU"))
            tf.constant(0.0)  # looks for graphics cards, and says so if it finds none
            _first_generator()
            tell_missing_axes()
        except ImportError as error:
            raise ImportError(f"{error}\nIts own words:\n{said()[-2000:]}") from error
    place = f"{cards} graphics card(s)" if cards else "the processor; no graphics card is needed"
    seconds = time.perf_counter() - began
    print(f"TensorFlow {tf.__version__}, Keras {keras.__version__}, ready after {seconds:.1f} s")
    print(f"computing on {place}")


def _first_generator() -> None:
    """Read a data set from a generator: the first in a process tells how it takes memory."""
    import tensorflow as tf

    shape = tf.TensorSpec((), tf.float32)
    for _ in tf.data.Dataset.from_generator(lambda: iter([0.0]), output_signature=shape):
        pass


@contextmanager
def _kept_back() -> Iterator[Callable[[], str]]:
    """Send the process's error stream to a file; gives a function that reads it."""
    sys.stderr.flush()
    with tempfile.TemporaryFile("w+b") as file:
        real = os.dup(_STDERR)
        os.dup2(file.fileno(), _STDERR)

        def said() -> str:
            file.seek(0)
            return file.read().decode(errors="replace")

        try:
            yield said
        finally:
            os.dup2(real, _STDERR)
            os.close(real)
