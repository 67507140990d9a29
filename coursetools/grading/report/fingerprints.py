"""Fingerprints of code that stay the same when names, comments and layout are changed.

The method is winnowing, which MOSS made known: S. Schleimer, D. S. Wilkerson and A. Aiken,
"Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003. Code becomes a row of
tokens, every `K` neighbours a number, and of every `WINDOW` numbers in a row the least is kept.
What two texts share of `K + WINDOW - 1` tokens in a row or more is always found; what they share
of fewer than `K` never.
"""

from __future__ import annotations

import builtins
import hashlib
import io
import keyword
import tokenize
from collections.abc import Sequence

K = 10
"""Tokens in a fingerprint: about a line of code."""
WINDOW = 4
"""Neighbouring numbers of which one is kept."""

_LONGEST = 50_000
"""Characters of a cell that are looked at."""
_KEPT = frozenset(keyword.kwlist) | frozenset(dir(builtins))
_LAYOUT = frozenset(
    (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
)


def tokens(source: str) -> tuple[str, ...]:
    """Give code as tokens, without layout and comments.

    Names are all the same one, but for Python's own and those after a dot, which a student does
    not choose; so are texts. Code that is none is read as far as it is some.
    """
    found: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source[:_LONGEST]).readline):
            if token.type in _LAYOUT:
                continue
            found.append(_plain(token, found[-1] if found else ""))
    except (SyntaxError, ValueError, tokenize.TokenError):
        pass  # what comes after it is not compared
    return tuple(found)


def numbers(row: Sequence[str]) -> list[int]:
    """Give a number for every `K` neighbours in a row of tokens, the same on every machine."""
    return [_number(row[start : start + K]) for start in range(len(row) - K + 1)]


def winnowed(row: Sequence[int]) -> frozenset[int]:
    """Keep the least of every `WINDOW` neighbours; of a shorter row, its least."""
    return frozenset(
        min(row[start : start + WINDOW])
        for start in range(max(len(row) - WINDOW + 1, min(len(row), 1)))
    )


def _plain(token: tokenize.TokenInfo, before: str) -> str:
    if token.type == tokenize.NAME and before != "." and token.string not in _KEPT:
        return "name"
    if token.type == tokenize.STRING:
        return "text"
    return token.string


def _number(row: Sequence[str]) -> int:
    digest = hashlib.blake2b("\0".join(row).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")
