"""Archives and lists as nobody would make them: every file is accounted for, nothing raises."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from coursetools.capstone.weights_file import tag_of
from coursetools.grading.intake import RosterError, archives, read_roster
from coursetools.grading.intake.gradescope import read_metadata
from coursetools.grading.intake.names import sender_of
from grading.intake.handing_in import notebook, zipped

INNER = zipped({"x.ipynb": notebook("ada"), "capstone.npz": b"0" * 50})
ARCHIVE = zipped({"a.ipynb": notebook("ada"), "in.zip": INNER, "notes.txt": b"hello"})

damages = st.lists(
    st.tuples(st.integers(0, len(ARCHIVE)), st.integers(0, 9), st.binary(max_size=9)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=400, deadline=None)
@given(damages)
def test_a_damaged_archive_is_read_as_far_as_it_goes(steps):
    data = bytearray(ARCHIVE)
    for start, length, put in steps:
        data[start : start + length] = put
    stream = io.BytesIO(bytes(data))
    archive, *members = archives.files_in_archive(stream, "x.zip", 0.0, archives.Allowance())
    assert archive.path == "x.zip"
    assert archive.reason or archive.note
    for member in members:
        assert member.path.startswith("x.zip/")
        assert member.path.isprintable()


def test_a_member_without_a_name_costs_no_other_file():
    data = zipped({"a.ipynb": notebook("ada"), "~": b"hello"}).replace(b"~", b"\0")
    _, *members = archives.files_in_archive(io.BytesIO(data), "x.zip", 0.0, archives.Allowance())
    assert [(m.path, m.reason) for m in members] == [
        ("x.zip/a.ipynb", ""),
        ("x.zip/", "It has no name."),
    ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_archive_or_none(data):
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        stream = io.BytesIO(start + data)
        archive, *_ = archives.files_in_archive(stream, "x.zip", 0.0, archives.Allowance())
        assert archive.path == "x.zip"
    tag_of(data)
    read_metadata(data)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_is_somebodys_or_nobodys(folder, name):
    found = sender_of(f"{folder}/{name}.ipynb", ["1-the-convolutional-classifier"])
    assert (found.known_by == "") == (not found.id and not found.name)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_roster_or_none(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("roster") / "roster.csv"
    for start in (b"", b"id,name\n", b"id;name\n"):
        file.write_bytes(start + data)
        try:
            roster = read_roster(file)
        except RosterError:
            continue
        for entry in roster.entries:
            assert roster.with_id(entry.id) == (entry,)
            assert entry in roster.meant_by(entry.id)
