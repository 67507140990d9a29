"""The judge's own process: `python -m coursetools.capstone FILE [HOLDOUT]`.

It prints two lines of JSON: one when the network stands and its time begins, one with what came
of it. What goes wrong with the file is a finding; what goes wrong with us is left to Python, which
ends the process with 1.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.weights_file import Capstone, read_capstone
from coursetools.datasets import load_small
from coursetools.datasets.holdout import load_holdout

_BATCH = 32
_LOG = 1024 * 1024
"""Bytes: as much as may be told to the log."""


def main(arguments: list[str]) -> int:
    """Judge one file and print what came of it."""
    _give_up_rights()
    say = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever TensorFlow prints is no report
    path, holdout = Path(arguments[0]), arguments[1] if len(arguments) > 1 else ""
    asked = load_holdout(holdout) if holdout else load_small("practice")
    valid = load_small("valid") if holdout else None
    try:
        result = _judged(path, asked, valid, lambda: print('{"ready": true}', file=say, flush=True))
    except FileNotFoundError:
        result = {"refused": f"There is no `{path.name}` beside the notebook."}
    except UnreadableAnswer as error:
        result = {"refused": str(error)}
    except MemoryError:
        result = {"out_of_memory": True}
    print(json.dumps(result | {"provisional": not holdout}), file=say, flush=True)
    return 0


def _give_up_rights() -> None:
    """Write next to nothing and leave no core; the parent watches time and memory."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LOG, _LOG))


def _judged(path: Path, asked: Any, valid: Any, ready: Any) -> dict[str, Any]:
    from coursetools.capstone.rebuild import rebuild

    capstone = read_capstone(path)
    found: dict[str, Any] = {
        "digest": capstone.digest,
        "tag": capstone.recipe.tag,
        "parameters": capstone.parameters,
        **_largest(capstone),
    }
    network = rebuild(capstone)
    ready()
    answers = _answers(network, asked[0])
    found["shape"] = list(answers.shape[1:])
    if answers.reshape(len(answers), -1).shape[1] != 1:
        return found
    found["in_range"] = bool(((answers >= 0) & (answers <= 1)).all())
    found["right"], found["pictures"] = _right(answers, asked[1]), len(asked[1])
    if valid is not None:
        found["valid_right"] = _right(_answers(network, valid[0]), valid[1])
        found["valid_pictures"] = len(valid[1])
    return found


def _largest(capstone: Capstone) -> dict[str, Any]:
    sizes = {node: sum(a.size for a in arrays) for node, arrays in capstone.arrays.items()}
    node = max(sizes, key=lambda node: sizes[node])
    layer = capstone.recipe.nodes[node - 1].layer
    return {"largest": f"{node}, a {layer}", "largest_parameters": sizes[node]}


def _answers(network: Any, pictures: Any) -> Any:
    import tensorflow as tf

    starts = range(0, len(pictures), _BATCH)
    try:
        return np.concatenate(
            [np.asarray(network(pictures[s : s + _BATCH], training=False)) for s in starts]
        )
    except tf.errors.ResourceExhaustedError as error:
        raise MemoryError from error
    except tf.errors.OpError as error:
        reason = str(error).splitlines()[0]
        raise UnreadableAnswer(f"It could not be run on pictures: {reason}") from error


def _right(answers: Any, labels: Any) -> int:
    return int(((answers.reshape(-1) > 0.5) == labels.astype(bool)).sum())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
