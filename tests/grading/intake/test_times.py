"""When something came in: the platform's list before a zip's entry before the file's own time."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursetools.grading.arrival import HandedIn, TimeFrom
from coursetools.grading.intake import receive
from coursetools.grading.intake.times import by_platform, of_entry, of_file, on_gradescope
from coursetools.grading.late import LatePolicy, arrival_by
from grading.small_lesson import file_of, lesson

AT = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
LIST = b"""---
submission_314:
  :submitters:
  - :name: Ada
    :sid: ada
  :created_at: 2026-11-20 21:05:31.064000000 Z
  :history:
  - :id: 2
    :created_at: 2020-01-01 00:00:00.000000000 Z
submission_315:
  :created_at: rubbish
"""


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (AT.timestamp(), AT.timestamp()))


def zipped(**files: bytes) -> bytes:
    """A zip whose entries are of noon on the first of November."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name + ".ipynb", (2026, 11, 1, 12, 0, 0)), data)
    return packed.getvalue()


def told(source: Path) -> dict[str, HandedIn | None]:
    return {each.path: each.handed_in for each in receive(source).submissions}


def test_a_file_and_a_students_zip_tell_when_they_were_last_changed(tmp_path: Path) -> None:
    put(tmp_path / "ada.ipynb", file_of(lesson()))
    put(tmp_path / "bob.zip", zipped(bob=file_of(lesson())))
    expected = HandedIn(AT, TimeFrom.FILE)
    assert told(tmp_path) == {"ada.ipynb": expected, "bob.zip/bob.ipynb": expected}


def test_the_zip_of_a_class_tells_it_by_its_entries(tmp_path: Path) -> None:
    source = tmp_path / "all.zip"
    inner = zipfile.ZipInfo("bob.zip", (2026, 11, 20, 23, 58, 0))
    source.write_bytes(zipped(ada=file_of(lesson())))
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(inner, zipped(bob=file_of(lesson())))
    assert told(source) == {
        "ada.ipynb": HandedIn(datetime(2026, 11, 1, 12), TimeFrom.ARCHIVE),
        "bob.zip/bob.ipynb": HandedIn(datetime(2026, 11, 20, 23, 58), TimeFrom.ARCHIVE),
    }


def test_gradescope_tells_it_by_its_list(tmp_path: Path) -> None:
    for number in (314, 315):
        put(tmp_path / f"submission_{number}" / "lesson.ipynb", file_of(lesson()))
    put(tmp_path / "submission_metadata.yml", LIST)
    assert told(tmp_path) == {
        "submission_314/lesson.ipynb": HandedIn(
            datetime(2026, 11, 20, 21, 5, 31, tzinfo=UTC), TimeFrom.PLATFORM
        ),
        "submission_315/lesson.ipynb": HandedIn(AT, TimeFrom.FILE),
    }


def test_blackboard_tells_it_by_a_name_without_a_zone() -> None:
    name = "Lab 2_a1815_attempt_2026-11-20-22-58-07_lesson.ipynb"
    at = HandedIn(datetime(2026, 11, 20, 22, 58, 7), TimeFrom.PLATFORM)
    assert by_platform(name, {}) == at
    assert by_platform(name.replace("-22-", "-25-"), {}) is None
    assert told_late(at, "+01:00") == 0
    assert told_late(at, "+00:00") == 0
    assert told_late(replace(at, time=at.time.replace(hour=23)), "-05:00") == 1


def told_late(at: HandedIn, zone: str) -> int:
    """Days begun after 23:00 in a zone, which a time without one is taken to be in."""
    policy = LatePolicy(datetime.fromisoformat(f"2026-11-20T23:00:00{zone}"))
    late = arrival_by(policy, "", at).lateness
    assert late is not None
    return late.begun


@pytest.mark.parametrize("seconds", [1e300, -1e300, float("inf"), float("nan")])
def test_a_time_that_is_none_is_not_told(seconds: float) -> None:
    assert of_file(seconds) is None
    assert of_entry((1980, 1, 1, 0, 0, 0)) is None
    assert of_entry((2026, 13, 1, 0, 0, 0)) is None
    assert on_gradescope(b"submission_1:\n  :created_at: 2026-13-01 00:00:00 Z\n") == {}
