"""How long an explorer takes to draw itself anew, in milliseconds of Python.

Run it by hand: `python tests/benchmarks/explorers.py`. It prints the median and the ninetieth
percentile of fifty moves of a control, for pictures of the lesson's size. The aim is 20 ms.
"""

import time
from collections.abc import Callable

import numpy as np

from coursetools import explorers
from coursetools.visual.gradcam import Evidence

PICTURES, SIDE, MOVES = 256, 128, 50


def milliseconds(move: Callable[[int], None]) -> np.ndarray:
    """Time a move of a control, for every step; the first five are warming up."""
    taken = []
    for step in range(MOVES + 5):
        start = time.perf_counter()
        move(step)
        taken.append(1000 * (time.perf_counter() - start))
    return np.array(taken[5:])


def report(name: str, taken: np.ndarray) -> None:
    """Print the median and the ninetieth percentile."""
    median, late = np.percentile(taken, (50, 90))
    print(f"{name:40} median {median:6.1f} ms   90 % within {late:6.1f} ms")


def main() -> None:
    """Time one control of each explorer."""
    rng = np.random.default_rng(0)
    images = rng.random((PICTURES, SIDE, SIDE, 3), dtype=np.float32)
    labels = np.arange(PICTURES) % 2
    features = rng.random((PICTURES, 4, 4, 1280), dtype=np.float32)
    chances = rng.random(PICTURES)

    start = time.perf_counter()
    near = explorers.neighbours(images, labels, features)
    print(f"neighbours of {PICTURES} pictures found in {time.perf_counter() - start:.2f} s")

    def ask(step: int) -> None:
        near.controls["query"].value = (step * 7) % PICTURES

    def move_threshold(step: int) -> None:
        wrong.controls["threshold"].value = 0.3 + step / 150

    def move_strength(step: int) -> None:
        looks.controls["strength"].value = 0.05 * (step % 20)

    wrong = explorers.mistakes(images, labels, chances)
    looks = explorers.gradcam(_no_model(), images)
    report("neighbours: another query", milliseconds(ask))
    report("mistakes: the threshold", milliseconds(move_threshold))
    report("gradcam: the strength", milliseconds(move_strength))


def _no_model() -> object:
    """Put a ready answer in the model's place: here only the drawing is timed."""
    from coursetools.explorers import where_it_looks

    places = np.random.default_rng(1).normal(size=(4, 4)).astype(np.float32)

    def ready(model: object, images: np.ndarray, **options: object) -> list[Evidence]:
        return [Evidence(places, 0.7, True) for _ in images]

    where_it_looks.class_evidence = ready
    return object()


if __name__ == "__main__":
    main()
