"""Zips that anyone may have made: read in memory and within limits, or refused by name."""

import io
import struct
import zipfile

import pytest

from coursetools.grading.intake import IntakeError, archives, receive
from grading.intake.handing_in import fates, notebook, put, reason, zipped


def member(name, data=b"{}", **more):
    stream = io.BytesIO()
    info = zipfile.ZipInfo(name)
    for key, value in more.items():
        setattr(info, key, value)
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, data)
    return bytearray(stream.getvalue())


def received(tmp_path, data, name="ada.zip"):
    put(tmp_path / "in", {name: bytes(data)})
    return receive(tmp_path / "in")


def test_notebooks_in_archives_in_archives_are_found(tmp_path):
    inner = zipped({"homework/x.ipynb": notebook("ada")})
    middle = zipped({"inner.zip": inner, "readme.txt": b"hello"})
    found = received(tmp_path, middle)
    assert fates(found) == {
        "ada.zip": "beside",
        "ada.zip/inner.zip": "beside",
        "ada.zip/inner.zip/homework/x.ipynb": "graded",
        "ada.zip/readme.txt": "rejected",
    }
    assert reason(found, "ada.zip") == "An archive of 3 files."


def test_archives_too_deep_in_each_other_are_refused_by_name(tmp_path):
    data = notebook("ada")
    name = "x.ipynb"
    for depth in range(4):
        data, name = zipped({name: data}), f"{depth}.zip"
    found = received(tmp_path, data)
    (refused,) = [file for file in found.files if file.disposition == "rejected"]
    assert refused.path == "ada.zip/2.zip/1.zip/0.zip"
    assert "more than 3 archives inside each other" in refused.reason


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../x.ipynb", "leads out of the archive"),
        ("a/../../x.ipynb", "leads out of the archive"),
        ("/etc/x.ipynb", "leads out of the archive"),
        ("C:\\x.ipynb", "leads out of the archive"),
        ("..\\x.ipynb", "leads out of the archive"),
    ],
)
def test_names_that_lead_out_are_refused(tmp_path, name, why):
    found = received(tmp_path, member(name, notebook("ada")))
    (refused,) = [file for file in found.files if file.path != "ada.zip"]
    assert refused.disposition == "rejected"
    assert why in refused.reason
    assert found.submissions == ()


def test_a_name_beyond_all_measure_is_refused_and_cut(tmp_path):
    found = received(tmp_path, member("-" * 60_000 + ".ipynb", notebook("ada")))
    (refused,) = [file for file in found.files if file.path != "ada.zip"]
    assert "longer than a file's name can be" in refused.reason
    assert len(refused.path) < 600


def test_links_and_devices_are_refused(tmp_path):
    for mode in (0o120777, 0o060666, 0o010666):
        data = member("x.ipynb", b"/etc/passwd", external_attr=mode << 16, create_system=3)
        assert "a link or a device" in reason(received(tmp_path, data), "ada.zip/x.ipynb")


def test_a_locked_member_is_refused(tmp_path):
    data = member("x.ipynb", notebook("ada"))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in reason(received(tmp_path, data), "ada.zip/x.ipynb")


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_otherwise_are_refused(tmp_path, how):
    data = member("x.ipynb", notebook("ada"), compress_type=how)
    assert "packed in a way that is not read" in reason(received(tmp_path, data), "ada.zip/x.ipynb")


def test_a_member_that_says_it_is_too_large_is_not_unpacked(tmp_path):
    found = received(tmp_path, zipped({"x.ipynb": b" " * 30_000_001}))
    assert "It has 30 MB" in reason(found, "ada.zip/x.ipynb")


def test_a_member_that_lies_about_its_size_gains_nothing(tmp_path):
    data = bytearray(zipped({"x.ipynb": b" " * 40_000_000, "y.ipynb": notebook("ada")}))
    start = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, start + 24, 1_000)
    struct.pack_into("<L", data, 22, 1_000)
    found = received(tmp_path, data)
    assert "broken" in reason(found, "ada.zip/x.ipynb")
    assert [s.path for s in found.submissions] == ["ada.zip/y.ipynb"]


def test_all_that_an_archive_unpacks_to_is_limited():
    inner = zipped({f"{n}.ipynb": b" " * 20_000 for n in range(2)})
    stream = io.BytesIO(zipped({"a.ipynb": b" " * 20_000, "inner.zip": inner}))
    allowance = archives.Allowance(unpacked=50_000)
    found = {f.path: f.reason for f in archives.files_in_archive(stream, "x.zip", 0, allowance)}
    assert found["x.zip/inner.zip/0.ipynb"] == ""
    assert "All that its archive holds" in found["x.zip/inner.zip/1.ipynb"]


def test_too_many_members_are_refused_before_they_are_listed(tmp_path):
    data = zipped({f"{n:0300}.ipynb": b"" for n in range(archives.MEMBERS)})
    assert "more than 2,000 members" in reason(received(tmp_path, data), "ada.zip")
    data = zipped({f"{n}": b"" for n in range(archives.MEMBERS + 1)})
    assert "more than 2,000 members" in reason(received(tmp_path, data), "ada.zip")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip",
        b"PK\x05\x06",
        b"PK\x05\x06" + b"\xff" * 18,
        b"PK\x06\x07" + b"\x00" * 16 + b"PK\x05\x06" + b"\x00" * 18,
        zipped({"x.ipynb": notebook("ada")})[:-30],
    ],
)
def test_what_is_no_zip_is_told(tmp_path, data):
    found = received(tmp_path, data)
    assert fates(found)["ada.zip"] == "rejected"
    assert found.submissions == ()


def test_one_damaged_member_costs_itself(tmp_path):
    data = bytearray(zipped({"x.ipynb": notebook("ada"), "more/y.ipynb": notebook("ada", "2")}))
    data[60] ^= 0xFF
    found = received(tmp_path, data)
    assert "broken" in reason(found, "ada.zip/x.ipynb")
    assert len(found.submissions) == 1


def test_names_in_utf_8_without_a_word_of_it_are_read(tmp_path):
    data = member("X.ipynb", notebook("ada"))
    data = data.replace(b"X.ipynb", b"\xc3\xa9.ipyn")  # the same length
    data = data.replace(b"\xc3\xa9.ipyn", "é.zip".encode() + b"x")
    found = received(tmp_path, data)
    assert "ada.zip/é.zipx" in fates(found)


def test_the_archive_of_a_class_is_a_source(tmp_path):
    source = tmp_path / "class.zip"
    source.write_bytes(
        zipped(
            {
                "Ada Lovelace_1_assignsubmission_file_/x.ipynb": notebook("ada"),
                "Bob Öz_2_assignsubmission_file_/x.zip": zipped({"x.ipynb": notebook("bob")}),
            }
        )
    )
    found = receive(source)
    assert fates(found) == {
        "Ada Lovelace_1_assignsubmission_file_/x.ipynb": "graded",
        "Bob Öz_2_assignsubmission_file_/x.zip": "beside",
        "Bob Öz_2_assignsubmission_file_/x.zip/x.ipynb": "graded",
    }
    assert [(s.student_id, s.name) for s in found.submissions] == [
        ("1", "Ada Lovelace"),
        ("2", "Bob Öz"),
    ]


def test_a_source_that_is_no_zip_is_told(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(IntakeError, match="is no zip that can be read"):
        receive(tmp_path / "x.zip")


def test_nothing_is_written_to_disk(tmp_path):
    data = zipped({"x.ipynb": notebook("ada"), "../../y.ipynb": notebook("bob")})
    received(tmp_path, data)
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == [
        "in",
        "in/ada.zip",
    ]
