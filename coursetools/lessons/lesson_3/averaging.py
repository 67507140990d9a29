"""Exercise 3.3: global average pooling, written by oneself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.answers import Function
from coursetools.answers.specs import CaseResult, FunctionSpec
from coursetools.exercises import Exercise, Failed, fail_if, shown
from coursetools.operations import global_average

NEAR = 1e-5

_SHAPES = (
    (3, 4, 4, 5),
    (2, 6, 6, 4),
    (4, 4, 5),
    (2, 5, 3),
    (2, 3, 6, 1),
    (3, 7, 2, 4),
)
_BATCHES, _STACKS, _OTHERS = slice(0, 2), slice(2, 4), slice(4, 6)


def _maps(shape: tuple[int, ...], seed: int) -> NDArray[np.float32]:
    # Not around 0, or a mean of all could be taken for the mean of one map.
    return np.random.default_rng(seed).uniform(-1, 2, shape).astype(np.float32)


CASES = tuple((_maps(shape, seed),) for seed, shape in enumerate(_SHAPES))

average_each_map = Exercise(
    number="3.3",
    title="One number per map",
    question=(
        "Write `gap(maps)`, global average pooling. It is given one stack of maps, `[h, w, c]`, or "
        "a batch of stacks, `[n, h, w, c]`, and gives the mean of each map: `[c]`, or `[n, c]`. "
        "Maps need not be square."
    ),
    answers={"gap": Function(cases=CASES, words="a function of maps")},
    minutes=6,
    hints=(
        "Which axes say *where*, and which say *which map* or *which picture*?",
        "Counted from the front, height and width are other axes in a batch than in one stack. "
        "Counted from the end, they are the same.",
        "`np.mean(maps, axis=(..., ...))`, with two negative numbers for the axes.",
    ),
)


@average_each_map.solution
def _solution() -> dict[str, Any]:
    import numpy as np

    def gap(maps: np.ndarray) -> Any:
        return np.mean(maps, axis=(-3, -2))

    return {"gap": gap}


@average_each_map.check(points=2)
def right_on_a_batch(gap: FunctionSpec) -> None:
    """On a batch it gives what Keras's layer gives."""
    _fail_unless_right(gap.results[_BATCHES])


@average_each_map.check(points=1)
def right_on_one_stack(gap: FunctionSpec) -> None:
    """On a single stack it gives one number a map."""
    _fail_unless_right(gap.results[_STACKS])


@average_each_map.check(points=1, needs=right_on_a_batch)
def right_on_other_shapes(gap: FunctionSpec) -> None:
    """A batch of maps that are not square, or of a single channel, works too."""
    _fail_unless_right(gap.results[_OTHERS])


def _fail_unless_right(results: Sequence[CaseResult]) -> None:
    wrong = next((result for result in results if not _right(result)), None)
    if wrong is None:
        return
    maps = wrong.arguments[0]
    given = f"Given a {_kind(maps)} of shape `{maps.shape}`, your `gap`"
    if wrong.error:
        error = shown(f"{wrong.error.type}: {wrong.error.message}".rstrip(": "))
        more = " A single stack has no batch axis." if maps.ndim == 3 else ""
        raise Failed(f"{given} stopped with {error}.{more}")
    fail_if(wrong.type == "NoneType", f"{given} gives nothing. Does it end with `return`?")
    found = _numbers(wrong)
    if found is None:
        raise Failed(f"{given} gives {shown(wrong.shown)}, which is no array of numbers.")
    for slip, words in _slips(maps):
        fail_if(_alike(found, slip), words)
    right = global_average(maps)
    fail_if(
        found.shape != right.shape,
        f"{given} gives the shape `{found.shape}`; the mean of each map has the shape "
        f"`{right.shape}`.",
    )
    raise Failed(
        f"{given} gives the right shape, but begins with {found.flat[0]:.4g} where the first map's "
        f"mean is {right.flat[0]:.4g}.",
    )


def _kind(maps: NDArray[Any]) -> str:
    return "batch" if maps.ndim == 4 else "single stack"


def _right(result: CaseResult) -> bool:
    found = _numbers(result)
    return found is not None and _alike(found, global_average(result.arguments[0]))


def _numbers(result: CaseResult) -> NDArray[Any] | None:
    """Give the value as an array; a bare number has no axes."""
    if result.array is None and result.number is not None:
        return np.asarray(result.number, np.float64)
    return result.array


def _alike(found: NDArray[Any], asked: NDArray[Any]) -> bool:
    return found.shape == asked.shape and bool(np.allclose(found, asked, rtol=NEAR, atol=NEAR))


def _slips(maps: NDArray[Any]) -> Iterator[tuple[NDArray[Any], str]]:
    """Give what known mistakes make of the maps, and what to say to each."""
    place = (-3, -2)
    if maps.ndim == 4:
        yield (
            maps.mean(axis=(0, 1)),
            "You averaged over the pictures (axis 0) and kept the width. In a batch the first axis "
            "must stay, so count axes from the end.",
        )
        yield (
            maps.mean(axis=(0, 1, 2)),
            "You averaged over the pictures too: the batch axis must stay.",
        )
        yield (
            maps.mean(axis=(1, 2, 3)),
            "You get one number a picture, but each map keeps its own: leave the last axis alone.",
        )
    else:
        yield (
            maps.mean(axis=(1, 2)),
            "A single stack has no batch axis, and you averaged over its columns and channels. "
            "Count axes from the end.",
        )
    yield (
        np.asarray(maps.mean()),
        "You get one number for everything; each map keeps its own.",
    )
    yield maps.max(axis=place), "That is global *max* pooling: the right shape, other values."
    yield maps.sum(axis=place), "Those are sums. Divide by the number of places, or take the mean."
    yield (
        np.median(maps, axis=place),
        "Those are medians: the right shape, other values.",
    )
    yield (
        maps.mean(axis=place, keepdims=True),
        "The values are right, but two axes of size 1 are left over: leave `keepdims` out.",
    )
    yield (
        maps.mean(axis=-1),
        "You averaged over the channels, so a map is left. The average goes over height and width.",
    )
    yield (
        maps.mean(axis=-2),
        "You averaged along each row only; the height is still there. Name both axes.",
    )
    yield maps.mean(axis=-3), "You averaged along each column only. Name both axes."
    yield (
        maps.mean(axis=(-2, -1)),
        "You averaged over width and channels. Height and width are the axes -3 and -2.",
    )
    yield maps, "Your `gap` gives back what it was given."
