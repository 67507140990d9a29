"""Known wrong ways to count a window's stops and what it never sees, and what to say to each."""

from __future__ import annotations

from collections.abc import Callable

from coursetools.lessons.lesson_4.calls import Slip
from coursetools.operations import output_size


def _size_slip(formula: Callable[[int, int, int], float], words: str) -> Slip:
    """Make a slip of a formula of n, k and s, whatever the call left out."""
    return Slip(lambda n, k, s=1, padding="valid": formula(n, k, s), words)


_FLOAT_SIZE = "A size is a whole number: use `//`, which rounds down."
_FIRST_STOP = "Round down, then count the first stop: `(n-k)//s + 1`."

STRIDE_1 = (
    _size_slip(
        lambda n, k, s: n - k,
        "The first stop is missing: add 1. A window of 3 on 6 pixels starts at 0, 1, 2 and 3.",
    ),
    _size_slip(
        lambda n, k, s: n - k + 2,
        "One too many: the last start is n - k, and the first is 0.",
    ),
    _size_slip(
        lambda n, k, s: n,
        "That is the size with `same`. Without padding the window cannot hang over the end.",
    ),
    _size_slip(
        lambda n, k, s: n // k,
        "Stops overlap: with stride 1 the window moves on by one pixel, not by its own width.",
    ),
)
"""Of sizes without padding and with stride 1."""

ANY_STRIDE = (
    _size_slip(lambda n, k, s: (n - k) / s + 1, _FLOAT_SIZE),
    _size_slip(lambda n, k, s: (n - k + 1) / s, _FLOAT_SIZE),
    _size_slip(lambda n, k, s: -((k - n) // s), _FIRST_STOP),
    _size_slip(
        lambda n, k, s: (n - k + 1) // s,
        "Right for s=1, but n=7, k=3, s=2 has stops at 0, 2 and 4: three, not two. "
        "Divide first, then add the first stop.",
    ),
    _size_slip(
        lambda n, k, s: (n - k) // s,
        "The first stop is missing: add 1 after dividing.",
    ),
    _size_slip(
        lambda n, k, s: -((k - n) // s) + 1,
        "It should round down: where less than a whole step is left, the window cannot stop again.",
    ),
    _size_slip(
        lambda n, k, s: round((n - k) / s + 1),
        "`round` goes up at times. A stop that does not fit whole is none, so round down: `//`.",
    ),
    _size_slip(
        lambda n, k, s: n - k + 1,
        "The stride is left out: with s=2 only every second of these stops is made.",
    ),
    _size_slip(
        lambda n, k, s: -(-n // s),
        "That is the size with `same`. Without padding the last start is n - k.",
    ),
)
"""Of sizes without padding."""

SAME = (
    _size_slip(
        lambda n, k, s: n // s,
        "It rounds down, but 7 pixels with stride 2 have 4 stops: 0, 2, 4 and 6. "
        "With `same`, round up.",
    ),
    _size_slip(
        lambda n, k, s: n / s,
        "A size is a whole number: with `same`, n / s is rounded up.",
    ),
    _size_slip(
        lambda n, k, s: n // s + 1,
        "One too many where s divides n: 8 pixels with stride 2 have 4 stops. Round n / s up.",
    ),
    _size_slip(
        lambda n, k, s: n,
        "With `same` the size stays only for stride 1. With stride s there are about n / s stops.",
    ),
    _size_slip(
        lambda n, k, s: output_size(n, k, s),
        "That is the size without padding. Is `padding` asked for anywhere in your function?",
    ),
)
"""Of sizes with padding."""

UNSEEN = (
    Slip(
        lambda n, k, s: (n - k) % s,
        "Right at the end of the line. But where s is larger than k, pixels between two stops are "
        "unseen too.",
    ),
    Slip(
        lambda n, k, s: n - output_size(n, k, s),
        "You took the number of stops from n. Each stop sees k pixels.",
    ),
    Slip(
        lambda n, k, s: n - k * output_size(n, k, s),
        "Where s is smaller than k, stops overlap: count a pixel once, however often it is seen.",
    ),
    Slip(
        lambda n, k, s: max(n - k * output_size(n, k, s), 0),
        "Where s is smaller than k, stops overlap: count a pixel once, however often it is seen.",
    ),
    Slip(
        lambda n, k, s: n - (k + (output_size(n, k, s) - 1) * min(k, s)) - (n - k) % s,
        "Right between the stops. At the end of the line pixels may be left over, too.",
    ),
    Slip(
        lambda n, k, s: n % s,
        "`n % s` leaves out how wide the window is: the last start is n - k.",
    ),
    Slip(
        lambda n, k, s: k + (output_size(n, k, s) - 1) * min(k, s),
        "That is how many pixels are seen. How many of n are not?",
    ),
)
"""Of the pixels that no stop sees."""
