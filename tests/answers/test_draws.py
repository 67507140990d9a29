"""Draws follow a published rule, differ from student to student and never change by themselves."""

import hashlib
import math
import unicodedata
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from coursetools.answers import draw, drawn, shuffled

UNITS = (8, 12, 16, 20, 24)


def by_the_rule(options, text, index):
    """The rule as the course tells it, written a second time."""
    value = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    word = (value >> (256 - 32 * (index + 1))) & 0xFFFFFFFF
    return options[word % len(options)]


@FAST
@given(st.text(min_size=1, max_size=20), st.integers(1, 9), st.integers(0, 9), st.integers(0, 7))
def test_draws_follow_the_rule(student_id, version, redraw, index):
    plain = unicodedata.normalize("NFC", student_id).strip().casefold() or "demo"
    text = f"{version}:1.4:{plain}" + (f":{redraw}" if redraw else "")
    found = draw(
        UNITS,
        exercise="1.4",
        student_id=student_id,
        draw_version=version,
        redraw=redraw,
        index=index,
    )
    assert found == by_the_rule(UNITS, text, index)


def test_draws_are_pinned():
    """A change of these changes marks that were already given."""
    drawn = [draw(UNITS, exercise="1.4", student_id=who) for who in ("", "anna", "bob", "s123456")]
    assert drawn == [
        by_the_rule(UNITS, f"1:1.4:{w}", 0) for w in ("demo", "anna", "bob", "s123456")
    ]
    assert drawn == [8, 20, 8, 16]
    orders = ["".join(shuffled("ABCD", exercise="1.4", student_id=w)) for w in ("", "anna", "bob")]
    assert orders == ["CBDA", "DABC", "BCDA"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("", "demo"), ("Anna", "anna"), (" anna\n", "anna"), ("J\u00f6rg", "jo\u0308rg"), ("", "  ")],
)
def test_spellings_of_one_id_draw_the_same(one, other):
    for exercise in ("1.4", "2.4", "3.4", "4.2"):
        first, second = (
            draw(range(997), exercise=exercise, student_id=who) for who in (one, other)
        )
        assert first == second


def test_drawn_again_until_it_will_do():
    seen = []

    def make(digest):
        seen.append(digest)
        return digest[0] if len(seen) == 3 else None

    found = drawn(make, exercise="2.4", student_id="Anna", draw_version=2)
    texts = [f"2:2.4:anna{redraw}" for redraw in ("", ":1", ":2")]
    assert seen == [hashlib.sha256(text.encode()).digest() for text in texts]
    assert found == seen[2][0]


def test_what_will_never_do_is_said():
    with pytest.raises(ValueError, match=r"Exercise 2\.4 cannot be drawn for `anna`"):
        drawn(lambda digest: None, exercise="2.4", student_id="anna")


def test_students_exercises_versions_and_redraws_differ():
    def drawn(exercise="1.4", student_id="anna", **more):
        return draw(range(10**6), exercise=exercise, student_id=student_id, **more)

    others = [
        drawn(student_id="bob"),
        drawn(exercise="1.5"),
        drawn(draw_version=2),
        drawn(redraw=1),
        drawn(index=1),
    ]
    assert len({drawn(), *others}) == 6


def test_draws_and_orders_are_spread_evenly():
    drawn = Counter(draw(UNITS, exercise="1.4", student_id=f"s{i}") for i in range(2_000))
    assert all(320 <= drawn[units] <= 480 for units in UNITS)
    orders = Counter(shuffled("ABCD", exercise="1.5", student_id=f"s{i}") for i in range(4_800))
    assert set(orders) == set(permutations("ABCD"))
    assert all(abs(count - 200) < 5 * math.sqrt(200) for count in orders.values())


@FAST
@given(st.text(max_size=10), st.lists(st.integers(), max_size=12))
def test_an_order_loses_nothing(student_id, options):
    assert sorted(shuffled(options, exercise="1.5", student_id=student_id)) == sorted(options)


def test_an_id_may_hold_anything():
    assert draw(UNITS, exercise="1.4", student_id="\ud800\x00:") in UNITS


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(ValueError, match=r"Exercise 1\.4 has nothing to draw from"):
        draw((), exercise="1.4", student_id="anna")
    for index in (-1, 8):
        with pytest.raises(ValueError, match="index is 0 to 7"):
            draw(UNITS, exercise="1.4", student_id="anna", index=index)
