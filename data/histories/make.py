"""Make the stored histories and the trained head that lesson 1 falls back on.

    .venv/bin/python data/histories/make.py

The base runs once over every picture; the heads are trained on what it gives. The same machine
makes the same numbers; another rounds differently, so a run anew changes the files slightly.
"""

from __future__ import annotations

import json
import platform
import time
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from heads import LESSON_UNITS, load_examples
from lesson import LessonRun, train_lesson_model
from recipes import FILES, LESSON_SEED, Kitchen, summary
from sums import DATA, HISTORIES, SUMS, current

OWN_UNITS = 16
HEAD = DATA / "trained" / "lesson-1-head.npz"


def main() -> None:
    """Make all files, telling progress, and print a table of what is in them."""
    started = time.perf_counter()

    def say(words: str) -> None:
        print(f"{time.perf_counter() - started:5.0f} s  {words}", flush=True)

    lesson = train_lesson_model(LESSON_SEED, LESSON_UNITS)
    say(f"lesson 1, {LESSON_UNITS} units: {_reached(lesson)}")
    own = train_lesson_model(LESSON_SEED, OWN_UNITS)
    say(f"exercise 1.6, {OWN_UNITS} units: {_reached(own)}")
    kitchen = Kitchen(load_examples("train"), load_examples("valid"), say)
    made = {name: make(kitchen) for name, make in FILES.items()}

    HEAD.parent.mkdir(exist_ok=True)
    np.savez(HEAD, **lesson.head)
    for name, content in made.items():
        text = _as_json({"made_by": _made_by(), **content})
        (HISTORIES / f"{name}.json").write_text(text, "utf-8")
    SUMS.write_text(json.dumps(current(), indent=1) + "\n", "utf-8")
    _print_table(made)


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


def _print_table(made: dict[str, dict[str, Any]]) -> None:
    for name, content in made.items():
        print(f"\n{name}: {content['what']}")
        for run in content["runs"]:
            print(f"  {run['name']:<24} {summary(run)}")


if __name__ == "__main__":
    main()
