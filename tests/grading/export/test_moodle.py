"""Moodle's worksheet, its gradebook's table and its zip, read again as Moodle reads them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser

import pytest

from coursetools.grading.export import (
    ExportError,
    choose,
    moodle_feedback,
    moodle_from_ids,
    moodle_table,
)
from coursetools.grading.export.raw_table import RawTable
from grading.export.a_class import ADA, BOB, TITLE, failed_by_us, marked, student

HEAD = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
)
BOBS = '"Participant 5012","Bob Öz",b@uni.edu,Submitted,,3.00,Yes,"Tuesday, 24",-,\n'
ADAS = '"Participant 5013","Ada Lovelace",a@uni.edu,Submitted,1.00,3.00,Yes,-,-,"<p>Mine.</p>"\n'
ZOES = '"Participant 5014",Zoe,z@uni.edu,Submitted,2.00,3.00,Yes,-,-,\n'
WORKSHEET = f"\ufeff{HEAD}{BOBS}{ADAS}{ZOES}"
GRADES = (ADA, BOB, failed_by_us())


def filled(text=WORKSHEET, grades=GRADES, **more):
    return moodle_table(RawTable(text.encode(), "w.csv"), choose(grades, TITLE), **more)


def records(data: bytes) -> dict[str, tuple[str, str]]:
    """Read it as `importgradeslib.php` does: grade and comment by the participant's number."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(rows.fieldnames or ())
    return {
        row["Identifier"].removeprefix("Participant "): (row["Grade"], row["Feedback comments"])
        for row in rows
    }


def test_points_and_comments_go_into_their_students_lines_and_all_else_stays():
    found = filled()
    lines = found.data.decode().splitlines(keepends=True)
    assert lines[0] == f"\ufeff{HEAD}"
    assert lines[1].startswith(
        '"Participant 5012","Bob Öz",b@uni.edu,Submitted,1,3.00,Yes,"Tuesday'
    )
    assert lines[2] == ADAS.replace("1.00", "3")
    assert lines[3] == ZOES
    assert found.written == 2
    assert any("has a comment in Moodle already" in note for note in found.notes)
    assert any("1.00 before, 3 now" in note for note in found.notes)


def test_comments_are_html_in_which_nothing_of_a_students_is():
    comment = records(filled().data)["5012"][1]
    assert comment.startswith("Lesson 1: The convolutional classifier. 1 of 3 points.<br>1.1 ")
    assert "&lt;b&gt;it&lt;/b&gt;" in comment
    tags: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    reader.feed(comment)
    assert set(tags) == {"br"}


def test_a_comment_of_ours_is_replaced_when_points_change():
    again = filled(filled().data.decode(), grades=(student("b1906", "Bob Öz", BOB.path),))
    assert records(again.data)["5012"] == (
        "3",
        "Lesson 1: The convolutional classifier. 3 of 3 points.<br>1.1 Attach a `head`: "
        "3 of 3 points.",
    )


def test_what_moodle_would_pass_over_is_told_or_scaled():
    low = WORKSHEET.replace("3.00,Yes", "2.00,Yes").replace("2.00,Yes,-,-,\n", "2.00,No,-,-,\n")
    notes = filled(low, grades=(ADA, student("z", "Zoe", "", marked(1)))).notes
    assert any("takes none above 2" in note for note in notes)
    assert any("locked in Moodle" in note for note in notes)
    assert records(filled(low, scale=True).data)["5013"][0] == "2"


def test_another_language_and_a_worksheet_without_comments():
    text = "Kennung,Name,Bewertung\nTeilnehmer/in5012,Bob Öz,\n"
    found = filled(text, grades=(BOB,), column="Bewertung")
    assert found.data.decode() == "Kennung,Name,Bewertung\nTeilnehmer/in5012,Bob Öz,1\n"
    assert any("no column `Feedback comments`" in note for note in found.notes)
    with pytest.raises(ExportError, match="--column"):
        filled(text)


def test_without_a_worksheet_one_is_made_of_moodles_numbers():
    hostile = student("m", "=cmd", "=cmd_5015_assignsubmission_file_/x.ipynb")
    made = moodle_from_ids(choose([BOB, hostile], TITLE), TITLE)
    assert records(made.data).keys() == {"5012", "5015"}
    assert b",'=cmd,3," in made.data


def test_without_moodles_numbers_it_is_a_table_for_the_gradebook():
    bad = student("=1+1", "Eve")
    made = moodle_from_ids(choose([ADA, BOB, bad, failed_by_us()], TITLE), TITLE)
    head, *rows = csv.reader(io.StringIO(made.data.decode(), newline=""))
    assert head == ["ID number", "Full name", TITLE, "Feedback"]
    assert [row[:3] for row in rows] == [["a1815", "Ada Lovelace", "3"], ["b1906", "Bob Öz", "1"]]
    assert len(made.only_here) == 1
    only = moodle_from_ids(choose([student("a@uni.edu", "Ada")], TITLE), TITLE)
    assert only.data.startswith(b"Email address,")


def test_feedback_pages_go_into_the_folders_that_moodle_gave():
    low = student("l", "Lo", "Lo_w_Line_5016_assignsubmission_file_x.ipynb")
    nameless = student("n", "", "Participant_5017_assignsubmission_file_/x.ipynb")
    marks = choose([BOB, low, nameless, ADA], TITLE).marks
    data, left_out = moodle_feedback(marks, lambda mark: mark.who.encode())
    assert left_out == ["a1815 Ada Lovelace"]
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    numbers = []
    for name in names:  # as `importziplib.php` parts it
        folder, _, file = name.partition("/")
        pieces = folder.split("_", 4)
        assert (pieces[2], pieces[3], file) == ("assignsubmission", "file", "feedback.html")
        assert re.fullmatch(r"\d+", pieces[1])
        numbers.append(pieces[1])
    assert numbers == ["5012", "5016", "5017"]
    assert moodle_feedback(marks, lambda mark: None)[1] == [mark.who for mark in marks]
