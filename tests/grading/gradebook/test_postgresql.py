"""A gradebook in PostgreSQL is what it is in a file, also with two graders and a server that goes.

The server is Debian's, started here; its databases sort letters as a dictionary does, not by code.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select

from coursetools.grading.batch import grade_folder
from coursetools.grading.gradebook import (
    Given,
    Gradebook,
    GradebookError,
    Grading,
    give_points,
    open_gradebook,
)
from coursetools.grading.gradebook import book as module
from coursetools.grading.gradebook.database import (
    VERSION_TABLE,
    WRITES,
    connected,
    migrations,
)
from coursetools.grading.gradebook.models import Base
from coursetools.grading.gradebook.place import place_of
from coursetools.grading.notebook import read_notebook
from coursetools.grading.order import GRADEBOOK, Order
from coursetools.grading.records import Grade
from coursetools.grading.report import TIMES
from coursetools.sandbox.process import SandboxError
from grading.gradebook import test_book as in_a_file
from grading.gradebook.private_server import PASSWORD, USER, Server, private_server
from grading.gradebook.test_book import GRADING, save
from grading.samples import ODD_TEXTS, full_grade, submission
from grading.scripted import RELEASED, ScriptedRunner, handed_in
from grading.test_grader import LESSON

STUDENTS = ("ada", "Bob", "cleo", "Dora", "élise", "finn")

_NEWEST, *OLDER = (
    each.revision for each in ScriptDirectory.from_config(migrations()).walk_revisions()
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with private_server() as running:
        yield running


@pytest.fixture(scope="module")
def kept(server: Server) -> str:
    """One database for many tests."""
    server.run("CREATE DATABASE kept")
    open_gradebook(server.url("kept")).close()
    return server.url("kept")


@pytest.fixture
def book(server: Server, kept: str) -> Iterator[Gradebook]:
    server.run("TRUNCATE gradings, persons_points CASCADE", "kept")
    with open_gradebook(kept) as opened:
        yield opened


@pytest.fixture
def url(server: Server, numbers: Iterator[int]) -> str:
    """Give an empty database."""
    name = f"empty_{next(numbers)}"
    server.run(f"CREATE DATABASE {name}")
    return server.url(name)


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handed in")
    for student in STUDENTS:
        path = folder / student / "lesson.ipynb"
        path.parent.mkdir()
        path.write_bytes(handed_in(written=student).notebook)
    return folder


test_a_grade = in_a_file.test_a_grade_comes_out_as_it_went_in
test_any_text = in_a_file.test_any_text_comes_out_as_it_went_in
test_light_grades = in_a_file.test_light_grades_leave_out_cells_and_answers
test_reading_in_parts = in_a_file.test_more_grades_than_are_read_at_once
test_lines_tell_a_difference = in_a_file.test_lines_tell_a_difference
test_the_same_key_again = in_a_file.test_the_same_key_again_replaces
test_what_comes_back = in_a_file.test_what_is_no_longer_handed_in_counts_no_longer_and_may_come_back
test_two_gradings = in_a_file.test_two_gradings_stand_beside_each_other
test_what_was_not_begun = in_a_file.test_a_grade_of_nothing_begun_is_refused_and_leaves_nothing


def test_the_same_lines_as_in_a_file(book: Gradebook, tmp_path: Path) -> None:
    ids = ["b", "B", "a", "é", "10", "9", "-", "文" * 200, *filter(None, ODD_TEXTS)]
    grades = [full_grade(each) for each in ids]
    lines = []
    with open_gradebook(tmp_path / "gradebook.sqlite") as file:
        for each in (file, book):
            save(each, *grades)
            give_points(each, [Given(student, "1.3", "1", student) for student in ids], "mia")
            assert give_points(each, [Given(ids[0], "1.3", "take-back")], "mia") == 1
            lines.append(list(each.lines()))
    assert sum(line.startswith("persons_points") for line in lines[0]) == len(ids) - 1
    assert lines[0] == lines[1]


def test_two_graders_of_one_class_make_what_one_makes(
    handed: Path, url: str, tmp_path: Path
) -> None:
    alone = tmp_path / "alone"
    assert graded(handed, alone).graded_now == len(STUDENTS)
    processes = get_context("fork")  # one that starts anew would load everything again
    together = processes.Barrier(2)

    def grade(out: Path) -> None:
        def tell(done: int, _: int, __: Grade | None) -> None:
            if not done:  # both have looked by now what is graded, and found nothing
                together.wait(60)

        assert graded(handed, out, tell, url=url).graded_now == len(STUDENTS)

    graders = [processes.Process(target=grade, args=(tmp_path / n,)) for n in ("one", "other")]
    for each in graders:
        each.start()
    for each in graders:
        each.join()
    assert [each.exitcode for each in graders] == [0, 0]
    pages = written(alone)
    assert len(pages) > len(STUDENTS)
    assert written(tmp_path / "one") == written(tmp_path / "other") == pages
    with open_gradebook(alone / GRADEBOOK) as file, open_gradebook(url) as both:
        assert list(both.lines()) == list(file.lines())


def test_what_the_other_marked_first_stays_where_we_fail(
    handed: Path, url: str, tmp_path: Path
) -> None:
    def opening(number: int) -> None:
        if number == 0:
            graded(handed, tmp_path / "other", url=url)  # from beginning to end
        if number < 2:  # both tries of the first submission
            raise SandboxError("no process")

    summary = graded(handed, tmp_path / "one", opening=opening, url=url)
    assert summary.graded_now == len(STUDENTS)
    assert summary.ours == ()
    assert written(tmp_path / "one") == written(tmp_path / "other")


def test_many_may_open_a_new_one_at_once_and_begin_the_same(url: str) -> None:
    together = threading.Barrier(4)
    wrong: list[Exception] = []

    def begin() -> None:
        try:
            together.wait(30)
            with open_gradebook(url) as book:
                together.wait(30)
                save(book, *map(full_grade, "abc"))
                give_points(book, [Given("a", "1.3", "1")], "mia")
        except Exception as error:
            wrong.append(error)
            together.abort()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    with open_gradebook(url) as book:
        assert [grade.score for grade in book.grades(GRADING)] == [4.0, 6.0, 6.0]


def test_who_writes_is_waited_for_and_who_reads_is_not(book: Gradebook, kept: str) -> None:
    save(book, full_grade())
    with open_gradebook(kept, wait=0.2) as other:
        with book._session(WRITES) as session:
            session.connection()
            assert list(other.grades(GRADING)) == [full_grade()]
            with pytest.raises(GradebookError, match=r"another program is writing .* run the same"):
                save(other, full_grade("b"))
        save(other, full_grade("b"), grading=Grading(2, "0.1"))


def test_a_reader_sees_one_moment(book: Gradebook, kept: str) -> None:
    save(book, full_grade())
    notes = select(module.GradeRow.notes)
    with open_gradebook(kept) as other, other._session() as session:
        before = session.scalars(notes).all()
        save(book, full_grade(), full_grade("b"))
        assert session.scalars(notes).all() == before


def test_a_server_that_goes_in_the_middle_of_saving(
    server: Server, book: Gradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(book, full_grade())
    made = module.grade_row

    def going(key: str, grade: Grade) -> module.GradeRow:
        server.stop()  # the grade's old rows are deleted by now
        return made(key, grade)

    key = GRADING.key_of(submission(full_grade()))
    monkeypatch.setattr(module, "grade_row", going)
    with pytest.raises(GradebookError, match=r"connection to it was lost\. See that its server"):
        book.save(key, full_grade())
    with pytest.raises(GradebookError, match=r"no server answers there\. Is the address right"):
        book.save(key, full_grade())
    server.start()
    assert list(book.grades(GRADING)) == [full_grade()]
    monkeypatch.undo()
    server.stop()
    server.start()
    save(book, full_grade(), full_grade("b"))  # it was away while nobody asked it
    assert len(list(book.grades(GRADING))) == 2


def test_the_same_command_goes_on_after_the_server_was_away(
    server: Server, handed: Path, url: str, tmp_path: Path
) -> None:
    saved: list[Grade] = []

    def tell(_: int, __: int, grade: Grade | None) -> None:
        if grade is not None:
            saved.append(grade)
            if len(saved) == 2:
                server.stop()

    with pytest.raises(GradebookError, match="no server answers there"):
        graded(handed, tmp_path / "out", tell, url=url)
    server.start()
    assert len(saved) == 2
    assert graded(handed, tmp_path / "out", url=url).graded_now == len(STUDENTS) - 2
    graded(handed, tmp_path / "alone")
    assert written(tmp_path / "out") == written(tmp_path / "alone")


@pytest.mark.parametrize("older", OLDER)
def test_an_older_schema_with_grades_in_it_is_brought_on(
    url: str, tmp_path: Path, older: str
) -> None:
    path = tmp_path / "gradebook.sqlite"
    with open_gradebook(path) as file:
        save(file, full_grade("ada"))
    source, made = create_engine(f"sqlite:///{path}"), create_engine(url)
    with source.connect() as file, made.begin() as connection:
        command.upgrade(migrations(connection), older)
        there = inspect(connection)
        for table in Base.metadata.sorted_tables:
            if there.has_table(table.name):
                names = {column["name"] for column in there.get_columns(table.name)}
                columns = [column for column in table.columns if column.name in names]
                for row in file.execute(select(*columns)):
                    connection.execute(table.insert().values(row._asdict()))
    source.dispose()
    made.dispose()
    with open_gradebook(url) as book:
        assert book.latest() == (GRADING,)
        assert list(book.grades(GRADING)) == [full_grade("ada")]
        assert give_points(book, [Given("ada", "1.3", "1")], "mia") == 1
    engine = connected(*place_of(url))
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_what_is_wrong_is_told_without_the_password(server: Server) -> None:
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    server.run("CREATE DATABASE taken")
    server.run("CREATE TABLE grades (mark integer)", "taken")
    with_password = server.url("postgres", f"{USER}:{PASSWORD}")
    for place, said in (
        (with_password.replace(PASSWORD, "secret"), "does not let this user in"),
        (server.url("postgres", USER), "does not let this user in"),
        (server.url("postgres", "stranger"), "does not let this user in"),
        (server.url("none"), "no database of that name. Make one with `createdb"),
        (with_password, "this user may not do that there. Let the user own"),
        (server.url("latin"), "keeps only the letters of LATIN1. Make one"),
        (server.url("taken"), "tables of something else have the same names"),
        ("postgresql://u:secret@127.0.0.1:1/none", "no server answers there"),
        ("postgres://u@127.0.0.1:1/none?password=secret", "no server answers there"),
        ("postgresql://u:secret@127.0.0.1:99999/none", "invalid port number"),
        ("postgresql://u:@secret@127.0.0.1/none", "write `%40` for it"),
        ("postgresql://127.0.0.1:secret/none", "goes a number"),
        ("postgresql+asyncpg://u:secret@127.0.0.1/none", "such as `postgresql+psycopg`"),
    ):
        with pytest.raises(GradebookError) as caught:
            open_gradebook(place)
        assert said in str(caught.value)
        assert "secret" not in str(caught.value)
        assert PASSWORD not in str(caught.value)
    server.run(f"ALTER DATABASE taken OWNER TO {USER}")
    server.run("DROP TABLE grades", "taken")
    open_gradebook(server.url("taken", f"{USER}:{PASSWORD}")).close()


def graded(handed: Path, out: Path, tell=lambda *_: None, opening=lambda _: None, **more):
    order = Order(LESSON, read_notebook(RELEASED), out, jobs=1, **more)
    return grade_folder(handed, order, lambda: ScriptedRunner(LESSON, opening=opening), tell)


def written(out: Path) -> dict[str, bytes]:
    found = (path for path in sorted(out.rglob("*")) if path.is_file())
    left_out = (GRADEBOOK, TIMES)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in found
        if path.name not in left_out
    }
