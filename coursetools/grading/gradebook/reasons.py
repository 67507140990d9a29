"""Why a database did not do what it was asked, and what to do about it, in one sentence each."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from coursetools.grading.plain_text import one_line

_BUSY = "another program is writing to it. Wait for that, or end it, and run the same again"
_FULL = "the disk is full. Make room there, and run the same again; what was saved before is there"
_LOST = (
    "the connection to it was lost. See that its server runs, and run the same again; what was "
    "saved before is there"
)
_RIGHTS = (
    "this user may not do that there. Let the user own the database (`ALTER DATABASE name OWNER TO "
    "user`), or name another"
)

_BY_SQLITES_CODE = {
    3: "it may not be written or read there. Name another place, or change who may",
    5: _BUSY,
    6: _BUSY,
    8: "it can only be read. Change who may write to it and its folder, or name another place",
    10: "its disk does not answer as it should. Check the disk or its network, and run the same "
    "again",
    11: "the file is damaged. Move it away, or put a copy of yours in its place",
    13: _FULL,
    14: "it cannot be opened. Is its folder there, and may you write in it?",
    26: "that file is something else. Move it away, or name another place",
}
"""By SQLite's primary result code: https://www.sqlite.org/rescode.html"""

_BY_STATE = {
    "08": _LOST,
    "25006": "it can only be read. Name another place, or the server that is written to",
    "25P03": _LOST,
    "42501": _RIGHTS,
    "42P07": "tables of something else have the same names there. Name another database",
    "53100": _FULL,
    "55P03": _BUSY,
    "57P": _LOST,
}
"""By SQLSTATE or its beginning: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

_NO_ENTRY = (
    "its server does not let this user in. Are the user and the password right? A password may "
    "also stand in `~/.pgpass`"
)
_NO_DATABASE = (
    "its server has no database of that name. Make one with `createdb --encoding=UTF8 NAME`, or "
    "name another"
)
_NO_SERVER = "no server answers there. Is the address right, and does the server run?"
_CROWDED = "its server has as many connections as it may have. Wait, and run the same again"

_BY_WORDS = (
    (("authentication failed",), _NO_ENTRY),
    (("no password supplied",), _NO_ENTRY),
    (('role "', "does not exist"), _NO_ENTRY),
    (('database "', "does not exist"), _NO_DATABASE),
    (("is the server running",), _NO_SERVER),
    (("failed to resolve",), _NO_SERVER),
    (("could not translate host",), _NO_SERVER),
    (("timeout expired",), _NO_SERVER),
    (("unreachable",), _NO_SERVER),
    (("no route to host",), _NO_SERVER),
    (("database system is",), _NO_SERVER),  # starting, or shutting down
    (("too many",), _CROWDED),
    (("connection slots",), _CROWDED),
)
"""By what PostgreSQL's client says when there is no connection: it gives no code then. Where it
says it otherwise, or in another language, its own words are told."""


def reason(error: DBAPIError) -> str:
    """Say what is wrong and what to do, with a full stop."""
    why = _known(error) or f"the database says `{first_line(error.orig)}`"
    return why if why.endswith("?") else f"{why}."


def first_line(error: BaseException | None) -> str:
    """Give the first line, tamed: the rest of it may quote what a student wrote."""
    return one_line(str(error).strip().partition("\n")[0], 300).rstrip(".")


def _known(error: DBAPIError) -> str | None:
    code: object = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _BY_SQLITES_CODE.get(code & 0xFF)
    state: object = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    if isinstance(state, str):
        return next((told for start, told in _BY_STATE.items() if state.startswith(start)), None)
    if error.connection_invalidated:
        return _LOST
    return None if error.statement else _unconnected(error)


def _unconnected(error: DBAPIError) -> str:
    said = str(error.orig).casefold()
    for words, told_so in _BY_WORDS:
        if all(word in said for word in words):
            return told_so
    return (
        f"there is no connection; it says `{first_line(error.orig)}`. Are the address, the user "
        "and the password right?"
    )
