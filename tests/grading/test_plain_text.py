"""Texts from anyone, made fit to be read."""

from __future__ import annotations

import pytest

from coursetools.grading.plain_text import as_seen, cut, one_line, tamed


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("Ğülşah 李雷 👩‍🔬 שלום\tx\n", "Ğülşah 李雷 👩‍🔬 שלום\tx\n"),
        ("a\u202eb\u2066c\u200fd", "a\\u202eb\\u2066c\\u200fd"),
        ("\x00\x1b\x7f\x9b\ud800\U000e0041", "\\x00\\x1b\\x7f\\x9b\\ud800\\U000e0041"),
        ("a\r\nb\rc", "a\nb\\x0dc"),
        ("e" + "\u0301" * 9 + "x\u0301", "e" + "\u0301" * 4 + "x\u0301"),
    ],
)
def test_tamed(text: str, fit: str) -> None:
    assert tamed(text) == fit
    tamed(text).encode("utf-8")


def test_one_line() -> None:
    assert one_line("  a\n\tb  ") == "a b"
    assert one_line("x" * 500, 20) == "xxxxxxxxx … xxxxxxxxx"
    assert len(one_line("y" * 10**7)) < 205


@pytest.mark.parametrize(
    ("stream", "seen"),
    [
        ("a\nb\n", "a\nb\n"),
        ("1/3\r2/3\r3/3\n", "3/3\n"),
        ("1/3\r2/3\r", "2/3"),
        ("\x1b[1m16/16\x1b[0m \x1b[32m━━\x1b[0m", "16/16 ━━"),
        ("1/2\b\b\b2/2", "2/2"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
    ],
)
def test_as_seen(stream: str, seen: str) -> None:
    assert as_seen(stream) == seen


@pytest.mark.parametrize("length", [0, 1, 29, 30, 31, 100])
@pytest.mark.parametrize("filling", ["x", "\n", "ab\n"])
def test_cut_keeps_both_ends_and_counts_the_rest(length: int, filling: str) -> None:
    text = (filling * length)[:length]
    kept = cut(text, 30, 9)
    assert text.startswith(kept.head)
    assert text.endswith(kept.tail)
    assert len(kept.head) + kept.left_out + len(kept.tail) == length
    assert len(kept.head) + len(kept.tail) <= 30
    assert (kept.head + kept.tail).count("\n") <= 9
    if length < 30 and text.count("\n") < 9:
        assert kept.left_out == 0
