"""Names as platforms, clouds and systems really give them, and who it should be.

With the class list below, whoever it is; without one, what the student is called and known by.
"""

import io
import zipfile

import pytest

from coursetools.grading.intake import Roster, RosterEntry, receive
from coursetools.grading.intake.names import sender_of
from grading.intake.handing_in import fates, ids, notebook, put

LESSON = "1-the-convolutional-classifier"
CLASS = Roster(
    (
        RosterEntry("a1815", "Ada Lovelace", ("12345", "ada@uni.edu")),
        RosterEntry("m1901", "Ana María López", ("123456", "ana.lopez@uni.edu")),
        RosterEntry("b1906", "Jörg Öz-Müller", ("5012",)),
        RosterEntry("w1990", "Li Wei"),
    )
)

ADA, ANA, JORG, WEI, NOBODY = "a1815", "m1901", "b1906", "w1990", ""

NAMES = {
    # Canvas
    f"lovelaceada_12345_678910_{LESSON}.ipynb": (ADA, "12345"),
    f"lovelaceada_LATE_12345_678910_{LESSON}-1.ipynb": (ADA, "12345"),
    "submissions/lovelaceada_12345_678910_Untitled.ipynb": (ADA, "12345"),
    f"lópezanamaría_99001_678911_{LESSON}-3.ipynb": (ANA, "99001"),
    f"özmüllerjörg_99002_678912_{LESSON}.ipynb": (JORG, "99002"),
    f"team7_99003_678913_{LESSON}.ipynb": (NOBODY, "99003"),
    f"the_convnet_crew_99004_678914_{LESSON}.ipynb": (NOBODY, "99004"),
    f"group12_LATE_99005_678915_{LESSON}-2.ipynb": (NOBODY, "99005"),
    f"anon_Ab3dE_678916_{LESSON}.ipynb": (NOBODY, "Ab3dE"),
    f"LATE_anon_Ab3dE_678916_{LESSON}.ipynb": (NOBODY, "Ab3dE"),
    # Moodle, with a folder each and without
    "Ana María López_123456_assignsubmission_file_/1 - the.ipynb": (ANA, "123456"),
    "Ana María López_123456_assignsubmission_file/1 - the.ipynb": (ANA, "123456"),
    "Ana María López_123456_assignsubmission_file_1 - the.ipynb": (ANA, "123456"),
    "CNN101-Lesson 1-4711/Jörg Öz-Müller_777_assignsubmission_file_/sub/x.ipynb": (JORG, "777"),
    "Group 3-Ada Lovelace_888_assignsubmission_file_/x.ipynb": (ADA, "888"),
    "Gruppe B-Jörg Öz-Müller_889_assignsubmission_file_/x.ipynb": (JORG, "889"),
    "Participant_5012_assignsubmission_file_/x.ipynb": (JORG, "5012"),
    "Teilnehmer_in_5012_assignsubmission_file_/x.ipynb": (JORG, "5012"),
    # Gradescope without its list; with it, see below
    f"assignment_4242_export/submission_271828182/{LESSON}.ipynb": (NOBODY, ""),
    # Blackboard
    f"Lesson 1_a1815_attempt_2026-11-24-12-00-00_{LESSON}.ipynb": (ADA, "a1815"),
    "gradebook_CNN101_Lesson 1_ana.lopez_attempt_2026-11-24-23-59-59_x.ipynb": (ANA, "ana.lopez"),
    # Brightspace
    f"12345-98765 - Ada Lovelace - Nov 24, 2026 1159 PM - {LESSON}.ipynb": (ADA, "12345"),
    "881-98765 - Li Wei - Nov 24, 2026 959 AM/x.ipynb": (WEI, "881"),
    # Sakai
    "Lesson 1/Lovelace, Ada(a1815)/Submission attachment(s)/x.ipynb": (ADA, "a1815"),
    "Lesson 1/López, Ana María(ana.lopez)/Submission attachment(s)/x.ipynb": (ANA, "ana.lopez"),
    # Google Classroom, and Drive's copies
    f"Ada Lovelace - {LESSON}.ipynb": (ADA, "Ada Lovelace"),
    f"Lesson 1/Li Wei - {LESSON}.ipynb": (WEI, "Li Wei"),
    f"Copy of {LESSON}.ipynb": (NOBODY, ""),
    f"Ada Lovelace - Copy of {LESSON} (1).ipynb": (ADA, "Ada Lovelace"),
    # Teams, OneDrive and file requests
    f"Student Work/Submitted files/Ada Lovelace/Lesson 1/Version 2/{LESSON}.ipynb": (
        ADA,
        "Ada Lovelace",
    ),
    f"Submitted files/Ana María López/Lesson 1/{LESSON}.ipynb": (ANA, "Ana María López"),
    f"{LESSON}_Ada Lovelace.ipynb": (ADA, "Ada Lovelace"),
    f"{LESSON} - Ana María López.ipynb": (ANA, "Ana María López"),
    f"Li Wei/{LESSON}-LAPTOP-4F7K2.ipynb": (WEI, "Li Wei"),
    # shares: names and ids in any order
    "a1815_Ada_Lovelace.ipynb": (ADA, "a1815_Ada_Lovelace"),
    "Lovelace_Ada_a1815_lesson1.ipynb": (ADA, "Lovelace_Ada_a1815_lesson1"),
    "LovelaceAda.ipynb": (ADA, "LovelaceAda"),
    "ada@uni.edu.ipynb": (ADA, "ada@uni.edu"),
    "Lopez Ana Maria.ipynb": (ANA, "Lopez Ana Maria"),
    "lesson1-b1906-final.ipynb": (JORG, "lesson1-b1906-final"),
    "HW1/w1990/homework.ipynb": (WEI, "w1990"),
    "w1990 (2).zip/homework.ipynb": (WEI, "w1990"),
    "submitted/a1815/lesson-1/x.ipynb": (ADA, "a1815"),  # nbgrader's
    f"lesson-1-a1815/{LESSON}.ipynb": (ADA, "lesson-1-a1815"),  # GitHub Classroom's
    # dates that look like Canvas's numbers
    "ada_lovelace_20261124_1200_x.ipynb": (ADA, "ada_lovelace_20261124_1200_x"),
    "ada_lovelace_2026_11_24_x.ipynb": (ADA, "ada_lovelace_2026_11_24_x"),
    "20261124_120000_a1815.ipynb": (ADA, "20261124_120000_a1815"),
}


@pytest.mark.parametrize(("path", "told"), NAMES.items(), ids=NAMES)
def test_a_real_name_tells_whose_it_is(path, told, folder):
    with_list, without = told
    assert sender_of(path, [LESSON]).id == without
    put(folder, {path: notebook()})
    (submission,) = receive(folder, CLASS).submissions
    known = submission.student_id if submission.known_by == "roster" else ""
    assert known == with_list


@pytest.mark.parametrize(
    ("names", "last"),
    [
        (["Version 1/x.ipynb", "Version 2/x.ipynb", "Version 10/x.ipynb"], "Version 10/x.ipynb"),
        (["attempt 2/x.ipynb", "attempt 1/x.ipynb"], "attempt 2/x.ipynb"),
    ],
)
def test_the_last_of_a_students_folders_of_tries_counts(folder, names, last):
    put(folder, {f"Ada Lovelace/{name}": notebook(value=str(n)) for n, name in enumerate(names)})
    (submission,) = receive(folder).submissions
    assert submission.path == f"Ada Lovelace/{last}"


def test_the_last_of_blackboards_attempts_counts_and_its_notes_are_no_notebooks(folder):
    start = "Lesson 1_a1815_attempt_2026-11-"
    put(
        folder,
        {
            f"{start}09-08-00-00_x.ipynb": notebook(value="1"),
            f"{start}24-12-00-00_x.ipynb": notebook(value="2"),
            f"{start}24-12-00-00.txt": b"Name: Ada Lovelace (a1815)",
        },
    )
    found = receive(folder, CLASS)
    assert ids(found) == ["a1815"]
    assert fates(found) == {
        f"{start}09-08-00-00_x.ipynb": "superseded",
        f"{start}24-12-00-00_x.ipynb": "graded",
        f"{start}24-12-00-00.txt": "rejected",
    }


def test_what_students_typed_into_moodle_and_canvas_is_no_notebook(folder):
    put(
        folder,
        {
            "Ada Lovelace_123_assignsubmission_file_/x.ipynb": notebook(),
            "Ada Lovelace_123_assignsubmission_onlinetext_/onlinetext.html": b"<p>Done.</p>",
            "weili_9001_text.html": b"<p>Done.</p>",
            "weili_9001_link.html": b"",
        },
    )
    found = receive(folder, CLASS)
    assert ids(found) == ["a1815"]
    assert list(fates(found).values()).count("rejected") == 3


def test_gradescopes_list_names_people_with_any_letters(folder):
    people = (
        b"---\nsubmission_271828182:\n  :submitters:\n"
        b'  - :name: "J\\xF6rg \\u00D6z-M\\u00fcller \\"J\\""\n    :sid: b1906\n'
        b"    :email: jo@uni.edu\n  :created_at: 2026-11-24 12:00:00 Z\n"
    )
    put(
        folder,
        {
            "assignment_4242_export/submission_metadata.yml": people,
            "assignment_4242_export/submission_271828182/x.ipynb": notebook(),
        },
    )
    (submission,) = receive(folder).submissions
    assert (submission.student_id, submission.name) == ("b1906", 'Jörg Öz-Müller "J"')
    (submission,) = receive(folder, CLASS).submissions
    assert submission.name == "Jörg Öz-Müller"


def test_what_systems_add_is_passed_over(folder):
    names = {
        "Jörg Öz-Müller.ipynb": notebook(),
        "__MACOSX/._Jörg Öz-Müller.ipynb": b"\0\5\x16\7",
        "._Ada Lovelace.ipynb": b"\0\5\x16\7",
        "desktop.ini": b"",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    put(folder, {"one.zip": stream.getvalue()})
    found = receive(folder, CLASS)
    assert ids(found) == ["b1906"]
    rejected = [path for path, fate in fates(found).items() if fate == "rejected"]
    assert rejected == [f"one.zip/{name}" for name in sorted(names) if name[0] in "_.d"]


def test_a_zip_of_windows_with_letters_of_dos(folder):
    stream = io.BytesIO()
    name = "Jörg Öz-Müller.ipynb"
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("x" * len(name))
        archive.writestr(info, notebook())
    put(folder, {"a.zip": stream.getvalue().replace(b"x" * len(name), name.encode("cp437"))})
    found = receive(folder, CLASS)
    assert ids(found) == ["b1906"]
    assert f"a.zip/{name}" in fates(found)
