"""Canvas's gradebook and feedback zip, read again as Canvas reads them."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import nbformat
import pytest

from coursetools.grading.export import (
    ExportError,
    canvas_feedback,
    canvas_from_ids,
    canvas_table,
    choose,
)
from coursetools.grading.export.raw_table import RawTable
from grading.export.a_class import ADA, BOB, CYD, TITLE, failed_by_us, marked, student

HEAD = (
    b"Student,ID,SIS User ID,SIS Login ID,Section,"
    b"Quiz (7),The convolutional classifier (8),Final Score\r\n"
)
POSSIBLE = b"    Points Possible,,,,,10.00,3.00,(read only)\r\n"
LINES = {
    "ada": b'"Lovelace, Ada",4711,s1,ada,"A ""1""",8.50,,85\r\n',
    "bob": b'"\xc3\x96z, Bob",4712,b1906,,"A",,2.00,\r\n',
    "eve": b'"=cmd, Eve",4714,e1,,A, ,1.00,\r\n',
    "zoe": b'"Zoe",4715,zoe,,A,,,\r\n',
    "test": b'"Student, Test",99,,x,A,,,\r\n',
}
GRADEBOOK = HEAD + POSSIBLE + b"".join(LINES.values())
GRADES = (ADA, BOB, failed_by_us())


def filled(data=GRADEBOOK, grades=GRADES, **more):
    return canvas_table(RawTable(data, "g.csv"), choose(grades, TITLE), TITLE, **more)


def scores(data: bytes, column: int = 6) -> dict[str, str]:
    """Read it as `gradebook_importer.rb` does: a score by the student's number."""
    head, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    assert "Student" in head[0]
    assert "ID" in head[1]
    assert "Section" in head
    people = [row for row in rows if "Points Possible" not in row[0]]
    return {row[1] or row[2]: row[column].strip() for row in people}


def test_points_go_into_their_students_lines_and_all_else_stays():
    found = filled()
    assert found.written == 2
    assert found.data == GRADEBOOK.replace(b"8.50,,85", b"8.50,3,85").replace(b",2.00,", b",1,")
    assert scores(found.data) == {"4711": "3", "4712": "1", "4714": "1.00", "4715": "", "99": ""}
    assert found.only_there == ["4714 =cmd, Eve"]
    assert any("2.00 before, 1 now" in note for note in found.notes)
    assert filled().data == found.data


def test_who_is_only_here_or_meant_twice_is_told():
    stranger = student("q1", "Nobody")
    same = student("b1906", "Bob Öz", "again.ipynb")
    found = filled(grades=(ADA, BOB, same, stranger))
    assert scores(found.data)["4712"] == "2.00"
    assert found.only_here[0] == "q1 Nobody"
    assert "one and the same there" in found.only_here[1]


def test_an_excused_student_stays_so():
    data = GRADEBOOK.replace(b",2.00,", b",EX,")
    found = filled(data)
    assert scores(found.data)["4712"] == "EX"
    assert any("excused" in note for note in found.notes)


def test_an_id_that_is_somebody_elses_number_is_nobodys_mark():
    found = filled(grades=(student("4712", ""),), data=GRADEBOOK.replace(b",s1,", b",4712,"))
    assert found.written == 0
    assert "may be any of" in found.only_here[0]


def test_other_names_and_names_alone_are_told():
    by_name = student("x", "Ada Lovelace")
    other = student("b1906", "Mallory Smith")
    notes = filled(grades=(by_name, other)).notes
    assert notes[0].startswith("Found by the name alone")
    assert "4711 Lovelace, Ada" in notes[0]
    assert "is called `Öz, Bob`" in notes[1]


def test_points_that_count_otherwise_there_are_told_or_scaled():
    data = GRADEBOOK.replace(b"10.00,3.00", b"10.00,100")
    assert any("counts 100 points" in note for note in filled(data).notes)
    assert scores(filled(data, scale=True).data)["4712"] == "33.33"
    for nothing in (b"0", b"nan", b"-"):
        found = filled(data.replace(b",100,", b"," + nothing + b","), scale=True)
        assert scores(found.data)["4712"] == "1"
        assert any("No maximum stands there" in note for note in found.notes)


@pytest.mark.parametrize(
    ("data", "column", "why"),
    [
        (b"id,name\na,Ada\n", "", "no gradebook of Canvas's"),
        (GRADEBOOK.replace(b"classifier (8)", b"other (8)"), "", "`Quiz \\(7\\)`"),
        (GRADEBOOK, "Exam", "which column"),
        (GRADEBOOK, "Final Score", "which column"),
        (GRADEBOOK.replace(b"10.00,3.00", b"10.00,(read only)"), "", "read only"),
    ],
)
def test_what_cannot_be_filled_in_is_refused(data, column, why):
    with pytest.raises(ExportError, match=why):
        filled(data, column=column)


def test_another_column_and_another_order_of_names():
    data = HEAD.replace(b"Student,ID", b"LastName,FirstName,ID") + b"  ,    Points Possible\r\n"
    data += b"Lovelace,Ada,4711,,ada,A,8.50,,85\r\nStudent,Test,99,,x,A,,,\r\n"
    found = filled(data, grades=(student("y", "Ada Lovelace"),), column="Quiz")
    assert found.data == data.replace(b"8.50", b"3")
    assert found.only_there == []


def test_without_canvass_table_a_new_assignment_is_made():
    formula = student("=1+1", "=cmd")
    made = canvas_from_ids(choose([ADA, BOB, formula, failed_by_us()], TITLE), TITLE)
    assert scores(made.data, 5) == {"4711": "3", "b1906": "1"}
    assert b"Points Possible,,,,,3" in made.data
    assert "a spreadsheet would run" in made.only_here[0]
    assert b"=" not in made.data
    named = canvas_from_ids(choose([ADA], TITLE), TITLE, f"{TITLE} (8)")
    assert named.notes == []


def test_feedback_goes_back_under_the_very_names_that_canvas_gave():
    zipped = student("d", "Dan", "dan_4713_90009_all.zip/deep/x.ipynb", marked(1))
    data, left_out = canvas_feedback(choose([ADA, zipped, BOB, CYD], TITLE).marks)
    assert left_out == ["b1906 Bob Öz", "c1843 Cyd"]
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist() == [ADA.path, "dan_4713_90009_all.zip"]
    notebook = nbformat.reads(archive.read(ADA.path).decode(), as_version=4)
    nbformat.validate(notebook)
    (cell,) = notebook.cells
    assert cell.cell_type == "raw"
    assert "3 of 3 points" in cell.source
    inner = zipfile.ZipFile(io.BytesIO(archive.read("dan_4713_90009_all.zip")))
    assert inner.read("feedback.txt").decode().startswith("Lesson 1:")
    assert canvas_feedback(choose([ADA, zipped], TITLE).marks)[0] == data


def test_feedback_to_a_file_that_two_share_is_for_none_twice():
    again = replace(ADA, student_id="x")
    _, left_out = canvas_feedback(choose([ADA, again], TITLE).marks)
    assert left_out == ["x Ada Lovelace"]
