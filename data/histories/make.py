"""Make the stored histories and trained weights that are missing or no longer current.

    .venv/bin/python data/histories/make.py [FILE ...]

With files, such as `histories/plain-convnet.json`, only those of them are made. Each is written as
soon as it is made, and a network's training is kept on disk after each epoch, so what was stopped
goes on. The same machine makes the same numbers; another rounds differently, so a run anew changes
the files slightly.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import keras
import lesson_5
import numpy as np
import recipes
import tensorflow as tf
from heads import LESSON_UNITS, load_examples
from lesson import LessonRun, train_lesson_model
from recipes import LESSON_SEED, Kitchen
from sums import DATA, record, stale

OWN_UNITS = 16
HEAD = "trained/lesson-1-head.npz"
THREE_BLOCKS = "trained/three-blocks.npz"

_STARTED = time.perf_counter()


def main(only: list[str]) -> None:
    """Make what is stale, or of this only some files, telling progress."""
    files = [file for file in stale() if file in only or not only]
    say(f"to be made: {', '.join(files) or 'nothing, all is current'}")
    for file in files:
        _maker(file)()
        record((file,))
        say(f"{file} is made")


def say(words: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"{time.perf_counter() - _STARTED:5.0f} s  {words}", flush=True)


def _maker(file: str) -> Callable[[], None]:
    """Return what makes a file."""
    if file == HEAD:
        return _make_head
    if file == THREE_BLOCKS:
        return _make_three_blocks
    name = file.removeprefix("histories/").removesuffix(".json")
    if name in lesson_5.FILES:
        return lambda: _write_history(name, lesson_5.FILES[name](say))
    return lambda: _write_history(name, recipes.FILES[name](_kitchen()))


@cache
def _kitchen() -> Kitchen:
    return Kitchen(load_examples("train"), load_examples("valid"), say)


def _make_head() -> None:
    """Train lesson 1's head as the notebook does, and see that exercise 1.6's learns too."""
    lesson = train_lesson_model(LESSON_SEED, LESSON_UNITS)
    say(f"lesson 1, {LESSON_UNITS} units: {_reached(lesson)}")
    own = train_lesson_model(LESSON_SEED, OWN_UNITS)
    say(f"exercise 1.6, {OWN_UNITS} units: {_reached(own)}")
    _write_arrays(HEAD, lesson.head)


def _make_three_blocks() -> None:
    _write_arrays(THREE_BLOCKS, lesson_5.three_blocks_weights(say))


def _write_arrays(file: str, arrays: dict[str, np.ndarray]) -> None:
    path = DATA / file
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, **arrays)


def _write_history(name: str, content: dict[str, Any]) -> None:
    text = _as_json({"made_by": _made_by(), **content})
    (DATA / "histories" / f"{name}.json").write_text(text, "utf-8")


def _reached(run: LessonRun) -> str:
    accuracy = run.history["val_binary_accuracy"]
    return f"validation accuracy {accuracy[-1]:.3f} at the end, {max(accuracy):.3f} at its best"


def _made_by() -> str:
    versions = f"TensorFlow {tf.__version__}, Keras {keras.__version__}"
    return f"data/histories/make.py, {versions}, {platform.system()} {platform.machine()}"


def _as_json(content: dict[str, Any]) -> str:
    """Return the content of a file of histories as JSON, each run on a line of its own."""
    head = {key: value for key, value in content.items() if key != "runs"}
    opening = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
    runs = ",\n".join(f"  {json.dumps(run, ensure_ascii=False)}" for run in content["runs"])
    return f'{opening},\n "runs": [\n{runs}\n ]\n}}\n'


if __name__ == "__main__":
    main(sys.argv[1:])
