"""Schema and revisions agree; what is wrong with a file is told in a sentence."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from coursetools.grading.gradebook import (
    GradebookError,
    NewerGradebookError,
    NotAGradebookError,
    open_gradebook,
)
from coursetools.grading.gradebook.database import VERSION_TABLE, connected
from coursetools.grading.gradebook.models import Base
from coursetools.grading.gradebook.place import place_of
from grading.gradebook.test_book import GRADING, save
from grading.samples import full_grade, submission


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gradebook.sqlite"


def test_models_and_revisions_agree(path: Path) -> None:
    engine = connected(*place_of(path))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []
        tables = set(context.connection.dialect.get_table_names(connection))
    assert tables == {VERSION_TABLE, *Base.metadata.tables}
    assert len(tables) > 8


def test_first_revision_can_be_taken_back(path: Path) -> None:
    from alembic import command

    from coursetools.grading.gradebook.database import migrations

    engine = connected(*place_of(path))
    with engine.begin() as connection:
        command.downgrade(migrations(connection), "base")
        assert connection.dialect.get_table_names(connection) == [VERSION_TABLE]


def test_schema_can_be_written_for_postgresql() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    written = [
        str(CreateTable(table).compile(dialect=dialect)) for table in Base.metadata.sorted_tables
    ]
    assert any("BYTEA" in each for each in written)
    assert not [each for each in written if "SERIAL" in each]  # no key depends on the order


def test_opening_again_and_by_url_finds_the_same(path: Path) -> None:
    with open_gradebook(path) as book:
        save(book, full_grade())
    for place in (path, str(path), f"sqlite:///{path}"):
        with open_gradebook(place) as book:
            assert list(book.grades(GRADING)) == [full_grade()]


def test_an_empty_file_becomes_a_gradebook(path: Path) -> None:
    path.touch()
    with open_gradebook(path) as book:
        assert book.gradings() == ()


def test_many_may_open_a_new_one_at_once(path: Path) -> None:
    code = (
        f"from coursetools.grading.gradebook import open_gradebook; open_gradebook({str(path)!r})"
    )
    at_once = [
        subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    errors = [process.communicate(timeout=60)[1] for process in at_once]
    assert errors == [""] * 4
    with open_gradebook(path) as book:
        assert book.gradings() == ()


def test_what_is_no_database(path: Path) -> None:
    path.write_text("id,name,score\n" * 200, encoding="utf-8")
    with pytest.raises(GradebookError, match=r"gradebook\.sqlite`: that file is something else"):
        open_gradebook(path)
    assert path.read_text(encoding="utf-8").startswith("id,name,score\n")


def test_a_database_of_something_else(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(NotAGradebookError, match="a database of something else"):
        open_gradebook(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_newer_schema(path: Path) -> None:
    open_gradebook(path).close()
    with sqlite3.connect(path) as later:
        later.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(NewerGradebookError, match=r"later version .* `9999`.* Install"):
        open_gradebook(path)


def test_a_damaged_file(path: Path) -> None:
    with open_gradebook(path) as book:
        save(book, full_grade())
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    path.write_bytes(content)
    with pytest.raises(GradebookError, match="the file is damaged"):
        open_gradebook(path)


def test_a_locked_file(path: Path) -> None:
    with open_gradebook(path, wait=0.2) as book:
        save(book, full_grade())
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match=r"another program is writing .* run the same"):
            book.graded(GRADING)
        with pytest.raises(GradebookError, match="another program"):
            open_gradebook(path, wait=0.2)
        other.rollback()
        assert GRADING.key_of(submission(full_grade())) in book.graded(GRADING)


def test_it_waits_for_another_writer(path: Path) -> None:
    with open_gradebook(path, wait=30) as book:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.5, other.rollback)
        timer.start()
        save(book, full_grade())
        assert list(book.grades(GRADING)) == [full_grade()]
        timer.join()


def test_a_full_disk_keeps_what_was_saved(path: Path) -> None:
    with open_gradebook(path) as book:
        save(book, full_grade())
        with book._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(GradebookError, match=r"the disk is full\. Make room"):
            save(book, *(full_grade(each) for each in "abcdefgh"))
        key = GRADING.key_of(submission(full_grade()))
        assert key in book.graded(GRADING)
    with open_gradebook(path) as book:
        save(book, full_grade(), full_grade("a"))
        assert len(list(book.grades(GRADING))) == 2


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(GradebookError, match=r"cannot be opened\. Is its folder there"):
        open_gradebook(tmp_path / "none" / "gradebook.sqlite")


def test_a_file_that_can_only_be_read_is_read_and_not_written(path: Path) -> None:
    with open_gradebook(path) as book:
        save(book, full_grade())
    with open_gradebook(f"sqlite:///file:{path}?mode=ro&uri=true") as book:
        assert list(book.grades(GRADING)) == [full_grade()]
        with pytest.raises(GradebookError, match="it can only be read"):
            save(book, full_grade("b"))


def test_a_folder_that_can_only_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        was = os.geteuid()
        if was == 0:  # root may write anywhere; nobody may not
            os.seteuid(65534)
        try:
            with pytest.raises(GradebookError, match=r"cannot be opened\. Is its folder there"):
                open_gradebook(folder / "gradebook.sqlite")
        finally:
            os.seteuid(was)
            folder.chmod(0o755)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sql://host/name", "is no address of a database"),
        ("://", "is no address of a database"),
        ("mysql+pymysql://u:secret@host/name", "which mysql does not allow. Take PostgreSQL"),
        ("postgresql+psycopg2://u:secret@host/name", "pip install psycopg2-binary"),
    ],
)
def test_what_is_no_database_url(url: str, said: str) -> None:
    with pytest.raises(GradebookError, match=said) as caught:
        open_gradebook(url)
    assert "secret" not in str(caught.value)


def test_nothing_is_left_open(path: Path) -> None:
    open_gradebook(path).close()
    with create_engine(f"sqlite:///{path}").connect() as other:
        other.exec_driver_sql("BEGIN EXCLUSIVE")
