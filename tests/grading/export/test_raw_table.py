"""A table that comes out as it went in, byte by byte, but for what was put into it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursetools.grading.export import ExportError
from coursetools.grading.export.raw_table import RawTable

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)
tables = st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=4)


@settings(max_examples=200, deadline=None)
@given(tables, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_table_comes_out_as_it_went_in(rows, parting, ending, everywhere):
    head = ["a", "b", "c"]
    text = io.StringIO()
    how = csv.QUOTE_ALL if everywhere else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=parting, lineterminator=ending, quoting=how).writerows([head, *rows])
    data = text.getvalue().encode()
    table = RawTable(data, "x.csv")
    assert table.data() == data
    assert [[table.value(n, c) for c in range(len(rows[n - 1]))] for n in table.lines] == rows


BYTES = {
    "a mark of bytes": b'\xef\xbb\xbfa,b\r\n"\xc3\xa9",\r\n',
    "letters of windows": b"a;b\n\xe9;1\n",
    "no letters": b"a,b\n\x81\x8d,1",
    "two bytes a letter": "a\tb\r\né\t\r\n".encode("utf-16"),
    "blanks, and no end": b'a , "b"\n  x ,"y" \n , ',
    "empty lines": b"a,b\n\n1,2\n\n",
}


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES)
def test_only_what_is_put_in_changes(data):
    table = RawTable(data, "x.csv")
    assert table.data() == data
    table.put(1, 1, table.value(1, 1))
    assert table.data() == data
    table.put(1, 1, '7,"8')
    again = RawTable(table.data(), "x.csv")
    assert again.value(1, 1) == '7,"8'
    assert again.value(1, 0) == RawTable(data, "x.csv").value(1, 0)


@pytest.mark.parametrize("data", [b"", b'a,b\n"1,2\n'])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(ExportError, match=r"`x\.csv`"):
        RawTable(data, "x.csv")


def test_letters_that_the_table_does_not_have_are_told():
    table = RawTable(b"a;b\n\xe9;1\n", "x.csv")
    table.put(1, 1, "✓")
    with pytest.raises(ExportError, match="Save it as UTF-8"):
        table.data()
