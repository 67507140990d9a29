"""A late policy is read whole or all that is wrong with it is said; it costs what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from coursetools.grading import late as package
from coursetools.grading.arrival import Arrival, HandedIn, Lateness, TimeFrom
from coursetools.grading.feedback.lateness import lateness_sentence
from coursetools.grading.intake import Roster, RosterEntry
from coursetools.grading.late import LatePolicy, LatePolicyError, arrival_by, read_policy
from grading.samples import full_grade

ZONE = timezone(timedelta(hours=1))
DUE = datetime(2026, 11, 20, 23, 59, tzinfo=ZONE)
ROSTER = Roster((RosterEntry("a1815", "Ada"), RosterEntry("b1906", "Bob")))
WHOLE = """
due = 2026-11-20T23:59:00+01:00
grace = 10
penalty = 10
per = "day"
most = 50
closed_after = "2026-11-27 23:59+01:00"
[extensions]
A1815 = 2026-11-22T23:59:00+01:00
[handed_in]
b1906 = 2026-11-20T21:10:00Z
"""
POLICY = LatePolicy(DUE, timedelta(minutes=10), 10, "day", 50, DUE + timedelta(days=7))


def read(tmp_path: Path, text: str, roster: Roster | None = None) -> LatePolicy:
    path = tmp_path / "late.toml"
    path.write_text(text, "utf-8")
    return read_policy(path, roster)


def test_a_whole_policy_is_read(tmp_path: Path) -> None:
    policy = read(tmp_path, WHOLE, ROSTER)
    assert policy == replace(
        POLICY,
        extensions={"a1815": DUE + timedelta(days=2)},
        handed_in={"b1906": datetime(2026, 11, 20, 21, 10, tzinfo=UTC)},
    )
    assert read(tmp_path, WHOLE).strangers(["B1906"]) == ("a1815",)


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(LatePolicyError) as caught:
        read(
            tmp_path,
            'du = 1\ngrace = -1\nper = "week"\nmost = true\nclosed_after = 2026-11-27\n'
            "[extensions]\na1815 = 2026-11-22T23:59:00\nzoe = 2026-11-22T23:59:00Z\n"
            "[handed_in]\na1815 = 5\n",
            ROSTER,
        )
    said = caught.value.sentences
    assert all(sentence.startswith("late.toml: ") for sentence in said)
    for told in (
        "`du` is nothing that it may hold",
        "does not say when it is due",
        "`grace` is a number from 0 to 10,080, not `-1`",
        '`per` is "day" or "hour", not `week`',
        "`most` is a number from 0 to 100, not `True`",
        "`most` says nothing without `penalty`",
        "`closed_after` is no time, `2026-11-27`",
        "`extensions.a1815` has no zone",
        "`extensions.zoe`: nobody of the roster",
        "`handed_in.a1815` is no time, `5`",
    ):
        assert any(told in sentence for sentence in said), (told, said)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("due = ", "is no TOML that can be read"),
        ("due = 2026-02-30T00:00:00Z", "is no TOML that can be read"),
        ("due = 2026-11-20T23:59:00Z\nclosed_after = 2026-11-19T23:59:00Z", "before it is late"),
        ("due = 2026-11-20T23:59:00Z\nextensions = 3", "is a table"),
        ("due = 2026-11-20T23:59:00Z\npenalty = nan", "`penalty` is a number"),
    ],
)
def test_what_is_no_policy(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LatePolicyError, match=told):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("after", "begun", "percent", "closed"),
    [
        (timedelta(minutes=-1), 0, 0, False),
        (timedelta(minutes=10), 0, 0, False),
        (timedelta(minutes=10, seconds=1), 1, 10, False),
        (timedelta(days=1, minutes=10), 1, 10, False),
        (timedelta(days=1, minutes=11), 2, 20, False),
        (timedelta(days=6, minutes=11), 7, 50, False),
        (timedelta(days=7), 7, 50, False),
        (timedelta(days=7, seconds=1), 7, 100, True),
    ],
)
def test_what_lateness_costs(after: timedelta, begun: int, percent: float, closed: bool) -> None:
    handed_in = HandedIn((DUE + after).astimezone(UTC), TimeFrom.PLATFORM)
    assert arrival_by(POLICY, "c", handed_in) == Arrival(
        handed_in, Lateness(DUE, begun, "day", percent, closed)
    )


def test_an_extension_moves_all_of_it_and_the_instructor_knows_better() -> None:
    later = timedelta(days=2)
    policy = replace(POLICY, extensions={"ada": DUE + later}, handed_in={"bob": DUE})
    at = HandedIn(DUE + timedelta(days=8), TimeFrom.FILE)
    late = arrival_by(policy, "Ada", at).lateness
    assert late is not None
    assert (late.due, late.begun, late.percent, late.closed) == (DUE + later, 6, 50, False)
    bob = arrival_by(policy, "bob", at, called_late=True)
    assert bob.handed_in == HandedIn(DUE, TimeFrom.INSTRUCTOR)
    assert bob.lateness == Lateness(DUE)  # and nobody has to look


@pytest.mark.parametrize(
    ("handed_in", "called_late", "doubt"),
    [
        (HandedIn(DUE + timedelta(hours=1), TimeFrom.PLATFORM), True, ""),
        (HandedIn(DUE + timedelta(hours=1), TimeFrom.FILE), True, "only by when its file"),
        (HandedIn(datetime(2026, 11, 21, 1), TimeFrom.ARCHIVE), False, "its time in the zip"),
        (HandedIn(datetime(2026, 11, 20, 23), TimeFrom.ARCHIVE), False, ""),
        (HandedIn(datetime(2026, 11, 20, 23), TimeFrom.ARCHIVE), True, "calls it late"),
        (None, False, "Nothing tells when"),
    ],
)
def test_a_person_looks_where_a_weak_time_decides(
    handed_in: HandedIn | None, called_late: bool, doubt: str
) -> None:
    late = arrival_by(POLICY, "c", handed_in, called_late=called_late).lateness
    assert late is not None
    assert doubt in late.doubt
    assert bool(doubt) is bool(late.doubt)


def test_the_student_reads_one_sentence_with_the_numbers() -> None:
    at = HandedIn(DUE + timedelta(hours=25), TimeFrom.PLATFORM)
    grade = replace(full_grade(), arrival=arrival_by(POLICY, "s-17", at))
    assert (grade.score, grade.deduction, grade.final_score) == (6, 1.2, 4.8)
    assert lateness_sentence(grade) == (
        "Handed in on 22 November 2026, 00:59 (UTC+01:00), as the learning platform says, "
        "1 d 1 h after it was due on 20 November 2026, 23:59 (UTC+01:00). For 2 days begun, 20 % "
        "are taken off: 1.2 of your 6 points, and 4.8 count."
    )
    closed = replace(
        grade, arrival=arrival_by(POLICY, "", replace(at, time=at.time.replace(month=12)))
    )
    assert "so late it does not count: 6 of your 6 points, and 0 count." in lateness_sentence(
        closed
    )


def test_the_page_that_explains_it_shows_a_policy_that_is_read(tmp_path: Path) -> None:
    page = Path(package.__file__).with_name("README.md").read_text("utf-8")
    shown = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert shown
    policy = read(tmp_path, shown[1], ROSTER)
    assert (policy.due, policy.extensions) == (DUE, {"a1815": DUE + timedelta(days=2)})
    for key in ("due", "grace", "penalty", "per", "most", "closed_after"):
        assert f"| `{key}` |" in page
