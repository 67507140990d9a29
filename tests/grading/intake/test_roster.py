"""Rosters as platforms and people write them, and whom a text means."""

import pytest

from coursetools.grading.intake import Roster, RosterEntry, RosterError, read_roster

ADA = RosterEntry("a1815", "Ada Lovelace")

FILES = {
    "plain": (b"id,name\na1815,Ada Lovelace\n", [ADA]),
    "semicolons": (b"ID;Name\r\na1815;Ada Lovelace\r\n", [ADA]),
    "tabs": (b"Student ID\tStudent Name\na1815\tAda Lovelace\n", [ADA]),
    "a byte order mark": (b"\xef\xbb\xbfid,name\na1815,Ada Lovelace\n", [ADA]),
    "utf-16": ("id,name\na1815,Ada Lovelace\n".encode("utf-16"), [ADA]),
    "windows letters": (
        "Vorname;Nachname;Matrikelnummer\nJörg;Müller;77\n".encode("cp1252"),
        [RosterEntry("77", "Jörg Müller")],
    ),
    "a composed form": (
        "id,name\nj,Jose\u0301\n".encode(),
        [RosterEntry("j", "José")],
    ),
    "moodle": (
        b'"First name","Surname","ID number","Email address"\nAda,Lovelace,a1815,ada@uni.edu\n',
        [RosterEntry("a1815", "Ada Lovelace", ("ada@uni.edu",))],
    ),
    "canvas": (
        b"Student,ID,SIS User ID,SIS Login ID,Section\n"
        b"    Points Possible,,,,\n"
        b'"Lovelace, Ada",4711,a1815,ada,1\n'
        b'"Student, Test",99,ffff,ffff,1\n',
        [RosterEntry("a1815", "Lovelace, Ada", ("4711", "ada"))],
    ),
    "moodle's worksheet": (
        b'Identifier,"Full name","Email address",Status,Grade\n'
        b'"Participant 5012","Ada Lovelace",ada@uni.edu,Submitted,\n',
        [RosterEntry("ada@uni.edu", "Ada Lovelace", ("5012",))],
    ),
    "moodle's worksheet without addresses": (
        b'Identifier,"Full name",Grade\n"Participant 5012","Ada Lovelace",\n',
        [RosterEntry("5012", "Ada Lovelace")],
    ),
    "moodle in german": (
        b"Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;a1815;ada@uni.de\n",
        [RosterEntry("a1815", "Ada Lovelace", ("ada@uni.de",))],
    ),
    "moodle in spanish": (
        "Nombre,Apellido(s),Número de ID,Dirección de correo\nAda,Lovelace,a1815,\n".encode(),
        [ADA],
    ),
    "moodle in french": (
        "Prénom,Nom de famille,Numéro d'identification\nAda,Lovelace,a1815\n".encode(),
        [ADA],
    ),
    "gradescope": (
        b"First Name,Last Name,SID,Email,Role,Section\n"
        b"Ada,Lovelace,a1815,ada@uni.edu,Student,1\nMary,Somerville,m1,m@uni.edu,TA,\n"
        b"Augustus,De Morgan,d1,d@uni.edu,Instructor,\n",
        [RosterEntry("a1815", "Ada Lovelace", ("ada@uni.edu",))],
    ),
    "blackboard": (
        '"Last Name","First Name","Username","Student ID","Last Access","Availability"\n'
        '"Lovelace","Ada","ada","a1815","",""\n'.encode("utf-16"),
        [RosterEntry("a1815", "Ada Lovelace", ("ada",))],
    ),
    "brightspace": (
        b"OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
        b"#0815,#ada,Lovelace,Ada,ada@uni.edu,#\n",
        [RosterEntry("0815", "Ada Lovelace", ("ada", "ada@uni.edu"))],
    ),
    "google classroom": (
        b"Last Name,First Name,Email Address,Lesson 1\nLovelace,Ada,ada@uni.edu,9\n",
        [RosterEntry("ada@uni.edu", "Ada Lovelace")],
    ),
    "canvas with two names": (
        b"LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,,\n"
        b"Lovelace,Ada,4711,a1815,ada,1\nStudent,Test,99,,ffff,1\n",
        [RosterEntry("a1815", "Ada Lovelace", ("4711", "ada"))],
    ),
    "rows that are empty": (b"id,name\n\n,\na1815,Ada Lovelace\n,Nobody\n", [ADA]),
    "no names": (b"id\na1815\n", [RosterEntry("a1815")]),
    "a short row": (b"name,id\nAda Lovelace,a1815\nBob\n", [ADA]),
}


@pytest.mark.parametrize(("data", "entries"), FILES.values(), ids=FILES)
def test_a_roster_is_read(tmp_path, data, entries):
    file = tmp_path / "roster.csv"
    file.write_bytes(data)
    assert list(read_roster(file).entries) == entries


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"who,what\na,b\n", "no column of ids"),
        (b"id,name\n", "names nobody"),
        (b"id,name\na,Ada\nb,Bob\nA ,Eve\n", "in row 2 and in row 4"),
        (b'id,name\n"a\nb",Ada\n', "no line of text"),
        (b'id,name\n"' + b"a" * 200_000, "no CSV"),
        (b"x" * 10_000_001, "too many"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(tmp_path, data, why):
    file = tmp_path / "roster.csv"
    file.write_bytes(data)
    with pytest.raises(RosterError) as refused:
        read_roster(file)
    assert why in str(refused.value)
    assert str(file) in str(refused.value)


ROSTER = Roster(
    (
        ADA,
        RosterEntry("b1", "Jörg Müller", ("4711", "jm@uni.edu")),
        RosterEntry("b2", "Anna Schmidt"),
        RosterEntry("b3", "Anna Schmidt"),
        RosterEntry("b4", "María José García López"),
        RosterEntry("7", "Li Wei"),
    )
)

MEANT = {
    "a1815": ["a1815"],
    "A1815": ["a1815"],
    "a1815-lesson1": ["a1815"],
    "lesson1 (a1815)": ["a1815"],
    "4711": ["b1"],
    "jm": ["b1"],
    "jm@uni.edu": ["b1"],
    "Ada Lovelace": ["a1815"],
    "lovelace, ada": ["a1815"],
    "lovelaceada": ["a1815"],
    "AdaLovelace": ["a1815"],
    "ada_lovelace_lesson1": ["a1815"],
    "Müller Jörg": ["b1"],
    "Muller Jorg": ["b1"],
    "mullerjorg": ["b1"],
    "mu\u0308llerjo\u0308rg": ["b1"],
    "garcialopezmariajose": ["b4"],
    "García López, María José": ["b4"],
    "Anna Schmidt": ["b2", "b3"],
    "annaschmidt": ["b2", "b3"],
    "Li Wei": ["7"],
    "7": ["7"],
    "lesson 7": [],
    "Ada": [],
    "": [],
    "nobody": [],
}


@pytest.mark.parametrize(("text", "ids"), MEANT.items())
def test_a_text_means_whom_it_names(text, ids):
    assert [entry.id for entry in ROSTER.meant_by(text)] == ids
