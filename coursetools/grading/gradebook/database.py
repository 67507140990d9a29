"""Opening a gradebook's database at the newest schema: SQLite and PostgreSQL with care for both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    String,
    create_engine,
    event,
    inspect,
)

from coursetools.grading.gradebook import postgresql
from coursetools.grading.gradebook.columns import AnyText
from coursetools.grading.gradebook.errors import NewerGradebookError, NotAGradebookError, told

VERSION_TABLE = "gradebook_version"
"""Holds the revision; not Alembic's usual name, which another program may use in one database."""

_MIGRATIONS = "coursetools.grading.gradebook:migrations"
_BEGIN = "gradebook_begin"
WRITES: dict[str, Any] = {_BEGIN: "IMMEDIATE"}
"""Execution options of a transaction that will write. One that began by reading could not wait for
another writer: SQLite ends it at once, since each may be waiting for the other."""

_WAIT = 10.0
"""Seconds to wait for another program to finish writing."""

_BY_CODE = {"postgresql": "C", "sqlite": "BINARY"}
"""What databases call the order of characters' codes."""


def connected(url: URL, place: str, *, wait: float = _WAIT) -> Engine:
    """Give an engine whose database is at the newest schema.

    Args:
        url: Of the database.
        place: How to call it in a sentence.
        wait: Seconds to wait for another program to finish writing (SQLite, PostgreSQL).

    Raises:
        GradebookError: It cannot be opened.
    """
    with told(place):
        engine = _engine(url, wait)
        try:
            _upgrade(engine, place)
        except BaseException:
            engine.dispose()
            raise
    return engine


def by_code(columns: Iterable[ColumnElement[Any]], engine: Engine) -> list[ColumnElement[Any]]:
    """Give columns to order by so that texts are in the order of their characters' codes.

    Databases sort letters each in their own way, unless they are told how.
    """
    collation = _BY_CODE.get(engine.dialect.name)
    return [
        column.collate(collation)
        if collation and isinstance(column.type, (String, AnyText))
        else column
        for column in columns
    ]


def migrations(connection: Connection | None = None) -> Config:
    """Give Alembic's settings for the gradebook; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    config.attributes["connection"] = connection
    return config


def _engine(url: URL, wait: float) -> Engine:
    backend = url.get_backend_name()
    if backend == "sqlite":
        return _sqlite(url, wait)
    if backend == "postgresql":
        return postgresql.opened(url, wait=wait, writes=_BEGIN)
    return create_engine(url, pool_pre_ping=True)


def _sqlite(url: URL, wait: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": wait})

    @event.listens_for(engine, "connect")
    def _settle(connection: sqlite3.Connection, _: object) -> None:
        # Transactions are begun below: left to itself, the driver begins none for a schema, and
        # a kill in its midst would leave half of one.
        connection.isolation_level = None
        # The journal stays SQLite's own beside the file: a write-ahead log needs memory shared by
        # all who read, which folders on a network do not have.
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get(_BEGIN, "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def _upgrade(engine: Engine, place: str) -> None:
    """Bring the schema to the newest; whoever only reads needs no right to write for this."""
    script = ScriptDirectory.from_config(migrations())
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            postgresql.refuse_narrow(connection, place)
        if _revision(connection, script, place) == script.get_current_head():
            return
    # Immediate: of two that find an empty file, one waits for the other before it looks again.
    with engine.execution_options(**WRITES).begin() as connection:
        if _revision(connection, script, place) != script.get_current_head():
            command.upgrade(migrations(connection), "head")


def _revision(connection: Connection, script: ScriptDirectory, place: str) -> str | None:
    tables = inspect(connection).get_table_names()
    if tables and VERSION_TABLE not in tables and connection.dialect.name == "sqlite":
        raise NotAGradebookError(
            f"`{place}` is a database of something else, not a gradebook. Move it away, or name "
            "another place."
        )
    found = MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    ).get_current_revision()
    try:
        script.get_revisions(found or "base")
    except CommandError:
        raise NewerGradebookError(
            f"The gradebook `{place}` was made by a later version of coursetools (its schema is "
            f"`{found}`). Install that version, or name another place."
        ) from None
    return found
