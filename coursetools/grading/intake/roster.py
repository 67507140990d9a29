"""A list of students, and who of them a text means: an id, or a name in any order and spelling."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursetools.grading.intake.errors import RosterError

_LARGEST = 10_000_000
_LONGEST = 200

_IDS = (
    "student id",
    "studentid",
    "student number",
    "sis user id",
    "org defined id",
    "orgdefinedid",
    "id number",
    "id nummer",
    "número de id",
    "numéro d identification",
    "matriculation number",
    "matrikelnummer",
    "sid",
    "id",
    "number",
    "sis login id",
    "user id",
    "username",
    "user name",
    "login",
    "email",
    "email address",
    "e mail",
    "e mail adresse",
    "dirección de correo",
    "adresse de courriel",
)
"""Words for a column of ids; the first that is there names students, the others find them too."""

_NAMES = ("name", "full name", "fullname", "student", "student name", "display name")
_FIRST = (
    "first name",
    "firstname",
    "given name",
    "given names",
    "vorname",
    "nombre",
    "prénom",
    "first",
)
_LAST = (
    "last name",
    "lastname",
    "surname",
    "family name",
    "nachname",
    "apellido s",
    "apellidos",
    "nom de famille",
    "last",
)

_IDENTIFIER = "identifier"
"""Moodle's worksheet has its own number in it, as `Participant 12345`."""
_PARTICIPANT = re.compile(r"^\D+(\d+)$")

_STAFF = frozenset(
    (
        "assistant",
        "grader",
        "instructor",
        "observer",
        "reader",
        "ta",
        "teacher",
        "teaching assistant",
    )
)
"""Roles in Gradescope's list, and others', that hand nothing in."""

_NO_STUDENTS = ("points possible", "student, test", "test student")
"""How Canvas names rows of its gradebook that are nobody."""


@dataclass(frozen=True)
class RosterEntry:
    """One student."""

    id: str
    name: str = ""
    also: tuple[str, ...] = ()
    """Other ids of theirs, such as a login or the platform's number."""


@dataclass(frozen=True)
class Roster:
    """The students of a course, in the order of their list; no id is there twice."""

    entries: tuple[RosterEntry, ...]
    _by_id: Mapping[str, tuple[RosterEntry, ...]] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, tuple[RosterEntry, ...]] = field(init=False, repr=False, compare=False)

    _words: tuple[tuple[RosterEntry, frozenset[str]], ...] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        words = tuple((entry, frozenset(_words(entry.name))) for entry in self.entries)
        object.__setattr__(self, "_words", words)
        object.__setattr__(self, "_by_id", _index(self.entries, _all_ids))
        object.__setattr__(self, "_by_name", _index(self.entries, lambda e: _spellings(e.name)))

    def with_id(self, text: str) -> tuple[RosterEntry, ...]:
        """Give who has this id; case and Unicode's form do not count."""
        return self._by_id.get(folded(text), ())

    def with_name(self, text: str) -> tuple[RosterEntry, ...]:
        """Give who has this name: in any order, with or without accents, blanks and commas."""
        found = (self._by_name.get(spelling, ()) for spelling in _spellings(text))
        return tuple(dict.fromkeys(entry for entries in found for entry in entries))

    def meant_by(self, text: str) -> tuple[RosterEntry, ...]:
        """Give who is meant by a text that holds an id or a name among other words."""
        if found := self.with_id(text) or self.with_name(text):
            return found
        words = [word for word in re.split(r"[\s_,;()\[\]]+", text) if len(word) > 2]
        parts = [part for word in words for part in re.split(r"-+", word) if len(part) > 2]
        for several in (words, parts):
            ids = [entry for word in several for entry in self.with_id(word)]
            if ids:
                return tuple(dict.fromkeys(ids))
        there = set(_words(text))
        return tuple(e for e, words in self._words if len(words) > 1 and there >= words)


def read_roster(path: Path) -> Roster:
    """Read a list of students: CSV with a row of headings.

    One column is for ids (`id`, `student id`, `SIS User ID`, `ID number`, `username`, ...), and
    one or two are for names (`name`, `student`, or `first name` and `last name`); what other
    columns there are does not matter. Commas, semicolons or tabs part them.

    Raises:
        RosterError: The file is not like that, or one id is there twice.
        OSError: It cannot be read.
    """
    data = path.read_bytes()
    if len(data) > _LARGEST:
        raise RosterError(f"`{path}` has more than {_LARGEST:,} bytes, too many for a roster.")
    rows = _rows(_decoded(data), path)
    if not rows:
        raise RosterError(f"`{path}` is empty; a roster has a row of headings and one a student.")
    columns = _Columns([_heading(cell) for cell in rows[0]])
    if not columns.ids and columns.identifier is None:
        raise RosterError(
            f"`{path}` has no column of ids: its headings are {', '.join(rows[0]) or 'empty'}. "
            "Call one of them `id` and one `name`."
        )
    entries: dict[str, tuple[int, RosterEntry]] = {}
    for number, row in enumerate(rows[1:], 2):
        entry = columns.entry(row)
        if entry is None:
            continue
        if len(entry.id) > _LONGEST or not entry.id.isprintable():
            raise RosterError(f"Row {number} of `{path}` has an id that is no line of text.")
        before = entries.setdefault(folded(entry.id), (number, entry))
        if before[0] != number:
            raise RosterError(
                f"The id `{entry.id}` is in row {before[0]} and in row {number} of `{path}`. Take "
                "one of them out."
            )
    if not entries:
        raise RosterError(f"`{path}` names nobody: no row has an id under its headings.")
    return Roster(tuple(entry for _, entry in entries.values()))


def folded(text: str) -> str:
    """Give a text in the form in which ids are compared."""
    return unicodedata.normalize("NFC", text).strip().casefold()


class _Columns:
    def __init__(self, headings: Sequence[str]) -> None:
        self.ids = [headings.index(word) for word in _IDS if word in headings]
        self.name = _first(headings, _NAMES)
        self.first, self.last = _first(headings, _FIRST), _first(headings, _LAST)
        self.identifier, self.role = _first(headings, (_IDENTIFIER,)), _first(headings, ("role",))

    def entry(self, row: Sequence[str]) -> RosterEntry | None:
        name = _at(row, self.name)
        if not name:
            name = f"{_at(row, self.first)} {_at(row, self.last)}".strip()
        # Brightspace puts a sign before its ids, so that spreadsheets leave their zeros.
        ids = [text for text in (_at(row, column).lstrip("#") for column in self.ids) if text]
        if found := _PARTICIPANT.match(_at(row, self.identifier)):
            ids.append(found[1])
        if not ids or name.casefold().strip() in _NO_STUDENTS:
            return None
        if _at(row, self.role).casefold() in _STAFF:
            return None
        return RosterEntry(ids[0], name, tuple(dict.fromkeys(ids[1:])))


def _rows(text: str, path: Path) -> list[list[str]]:
    head = text.partition("\n")[0]
    parting = max(";,\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=parting))
    except csv.Error as error:
        raise RosterError(f"`{path}` is no CSV that can be read: {error}.") from error
    return [row for row in rows if any(cell.strip() for cell in row)]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _heading(cell: str) -> str:
    return re.sub(r"[\W_]+", " ", cell).strip().casefold()


def _first(headings: Sequence[str], words: Iterable[str]) -> int | None:
    return next((headings.index(word) for word in words if word in headings), None)


def _at(row: Sequence[str], column: int | None) -> str:
    text = row[column] if column is not None and column < len(row) else ""
    return unicodedata.normalize("NFC", text).strip()


def _index(
    entries: Iterable[RosterEntry], keys: Callable[[RosterEntry], Iterable[str]]
) -> dict[str, tuple[RosterEntry, ...]]:
    found: dict[str, tuple[RosterEntry, ...]] = {}
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            found[key] = (*found.get(key, ()), entry)
    return found


def _all_ids(entry: RosterEntry) -> Iterator[str]:
    for text in (entry.id, *entry.also):
        yield folded(text)
        if "@" in text:
            yield folded(text.partition("@")[0])


def _spellings(name: str) -> Iterator[str]:
    """Give the forms in which a name may be written in a file's name, in small letters."""
    for words in {tuple(_words(name)), tuple(_words(_without_accents(name)))}:
        if words:
            yield " ".join(sorted(words))
        for turn in range(len(words)):
            yield "".join((*words[turn:], *words[:turn]))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", folded(text)) if word]


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
