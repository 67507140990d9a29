"""A gradebook in PostgreSQL: one writer at a time, as in a file, and readers who see one moment.

Whoever writes holds an advisory lock until the end of the transaction, which is short: one grade.
So two graders of one class wait for each other, in turn, and none finds between two statements
what the other has just made or taken away. Readers wait for nobody.
"""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, create_engine, event

from coursetools.grading.gradebook.errors import GradebookError

_LOCK = int.from_bytes(b"gradebok", "big")
"""Any number that other programs in the same database are unlikely to lock as well."""

_SETTINGS: dict[str, str | int] = {
    "client_encoding": "utf8",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""A server that is cut off is given up after a minute, where TCP alone would try for a quarter of
an hour. What a URL says of these goes before."""
_SUSPENDED = "60s"
"""After that long without a word the server ends a writer, for which all others wait."""

_SETTABLE = {"psycopg", "psycopg2"}
_ENCODINGS = {"UTF8", "SQL_ASCII"}
"""In these a database keeps any text."""


def opened(url: URL, *, wait: float, writes: str) -> Engine:
    """Give an engine that begins each transaction with care.

    Args:
        url: Of the database.
        wait: Seconds to wait for another program to finish writing.
        writes: The execution option that says of a transaction that it will write.
    """
    settings = _SETTINGS if url.get_driver_name() in _SETTABLE else {}
    own = {name: value for name, value in settings.items() if name not in url.query}
    # Grading may leave a connection alone for long: it is asked before each use whether it lives.
    engine = create_engine(url, connect_args=own, pool_pre_ping=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        run = connection.exec_driver_sql
        if writes not in connection.get_execution_options():
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return
        # What was committed while it waited for the lock is to be seen, so not a stricter level.
        run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        run(f"SET LOCAL lock_timeout = {max(1, round(wait * 1000))}")
        run(f"SET LOCAL idle_in_transaction_session_timeout = '{_SUSPENDED}'")
        run(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


def refuse_narrow(connection: Connection, place: str) -> None:
    """Refuse a database that cannot keep any text.

    Args:
        connection: To it.
        place: How to call it in a sentence.

    Raises:
        GradebookError: It cannot.
    """
    encoding = str(connection.exec_driver_sql("SHOW server_encoding").scalar())
    if encoding not in _ENCODINGS:
        raise GradebookError(
            f"The gradebook `{place}`: that database keeps only the letters of {encoding}. Make "
            "one with `createdb --encoding=UTF8 --template=template0 NAME`, and name that."
        )
