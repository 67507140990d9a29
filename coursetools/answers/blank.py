"""The blank `____`: what stands in a notebook where the student's answer goes.

The blank can be named, returned, put in a list, copied, compared by `is` and shown.
Anything else means that the notebook would go on computing with an answer that is not
there, so every other use stops with an error that says which exercise is still open.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, NoReturn

_DEPTH = 4
_LOOKED_AT = 10_000

exercise_finder: Callable[[], str | None] | None = None
"""Names the exercise of the running cell ("1.2"); the notebook side sets it."""


class BlankError(RuntimeError):
    """A blank was used as if it already held an answer."""


def _refuse(use: str) -> NoReturn:
    exercise = _running_exercise()
    where = f"of exercise {exercise} " if exercise else ""
    raise BlankError(
        f"The blank `____` {where}was {use} before it held an answer. "
        "Put your answer in its place and run the cell again."
    )


def _running_exercise() -> str | None:
    if exercise_finder is None:
        return None
    try:
        return exercise_finder()
    except Exception:  # noqa: BLE001 - a failing hook must not hide the message itself
        return None


def _refusing(use: str) -> Callable[..., Any]:
    def method(self: Blank, *_: object, **__: object) -> NoReturn:
        _refuse(use)

    return method


class Blank:
    """The one value `____`; `Blank()` always gives the same object."""

    __slots__ = ()
    _only: Blank | None = None

    def __new__(cls) -> Blank:
        """Give the one blank."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __repr__(self) -> str:
        return "____"

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        if specification:
            _refuse("formatted as a number")
        return "____"

    def __hash__(self) -> int:
        return id(self)

    def __copy__(self) -> Blank:
        return self

    def __deepcopy__(self, memo: object) -> Blank:
        return self

    def __getattr__(self, name: str) -> Any:
        # Names with an underscore are Python's, IPython's and NumPy's own questions ("can you
        # draw yourself?"); they get the ordinary answer, so that the blank can be shown.
        if name.startswith("_"):
            raise AttributeError(name)
        _refuse(f"asked for `.{name}`")

    def __setattr__(self, name: str, value: object) -> None:
        _refuse(f"given a `.{name}`")

    def __delattr__(self, name: str) -> None:
        _refuse(f"asked to forget `.{name}`")

    __call__ = _refusing("called")
    __bool__ = _refusing("used as true or false")
    __len__ = _refusing("asked for its length")
    __iter__ = __next__ = __reversed__ = _refusing("looped over")
    __contains__ = _refusing("searched")
    __getitem__ = __setitem__ = __delitem__ = _refusing("indexed")
    __enter__ = __exit__ = __await__ = _refusing("used in a `with` or `await`")
    __fspath__ = _refusing("used as a path")
    __array__ = _refusing("turned into an array")
    __int__ = __float__ = __complex__ = __index__ = _refusing("used as a number")
    __round__ = __trunc__ = __floor__ = __ceil__ = _refusing("used as a number")
    __eq__ = __ne__ = _refusing("compared")
    __lt__ = __le__ = __gt__ = __ge__ = _refusing("compared")
    __neg__ = __pos__ = __abs__ = __invert__ = _refusing("calculated with")
    __add__ = __radd__ = __iadd__ = _refusing("calculated with")
    __sub__ = __rsub__ = __isub__ = _refusing("calculated with")
    __mul__ = __rmul__ = __imul__ = _refusing("calculated with")
    __truediv__ = __rtruediv__ = __itruediv__ = _refusing("calculated with")
    __floordiv__ = __rfloordiv__ = __ifloordiv__ = _refusing("calculated with")
    __mod__ = __rmod__ = __imod__ = _refusing("calculated with")
    __divmod__ = __rdivmod__ = _refusing("calculated with")
    __pow__ = __rpow__ = __ipow__ = _refusing("calculated with")
    __matmul__ = __rmatmul__ = __imatmul__ = _refusing("calculated with")
    __and__ = __rand__ = __iand__ = _refusing("calculated with")
    __or__ = __ror__ = __ior__ = _refusing("calculated with")
    __xor__ = __rxor__ = __ixor__ = _refusing("calculated with")
    __lshift__ = __rlshift__ = __ilshift__ = _refusing("calculated with")
    __rshift__ = __rrshift__ = __irshift__ = _refusing("calculated with")


____ = Blank()


def is_blank(value: object) -> bool:
    """Say whether `value` is the blank, or a list, tuple, set or dict that holds it.

    Looks four levels deep and at no more than 10,000 items in all, the outer ones first; never
    raises.
    """
    waiting = deque([(value, 0)])
    left = _LOOKED_AT
    while waiting:
        item, depth = waiting.popleft()
        if item is ____:
            return True
        if depth < _DEPTH:
            inner = list(islice(_items(item), left))
            left -= len(inner)
            waiting.extend((part, depth + 1) for part in inner)
    return False


def _items(value: Any) -> Iterable[object]:
    # The base type's own iterator: a subclass may have one that lies or never ends.
    kind = type(value)
    for container in (list, tuple, set, frozenset):
        if issubclass(kind, container):
            items: Iterable[object] = container.__iter__(value)
            return items
    return dict.values(value) if issubclass(kind, dict) else ()
