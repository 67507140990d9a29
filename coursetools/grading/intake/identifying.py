"""Who a sender is: in the roster if there is one, else as the name of the file says."""

from __future__ import annotations

from dataclasses import dataclass

from coursetools.grading.intake.names import Sender
from coursetools.grading.intake.roster import Roster, RosterEntry


@dataclass(frozen=True)
class Student:
    """Whose tries are held against each other."""

    key: str
    """Is the same for all that one student handed in."""
    id: str
    name: str
    known_by: str
    """`"roster"`, `"platform"`, `"folder"`, `"name"` or `""`."""
    entry: RosterEntry | None = None
    review: tuple[str, ...] = ()


def identify(sender: Sender, path: str, notebook_id: str | None, roster: Roster | None) -> Student:
    """Say who handed a notebook in.

    Args:
        sender: What its path tells.
        path: The path, which stands for whoever nothing tells of.
        notebook_id: The id that the notebook names; anyone can write one.
        roster: The students of the course.
    """
    if roster is None:
        if sender.known_by and (sender.id or sender.name):
            key = f"{sender.known_by == 'platform'}:{(sender.id or sender.name).casefold()}"
            return Student(key, sender.id, sender.name or sender.id, sender.known_by)
        return Student(f"path:{path}", "", "", "")
    entries = _entries(sender, roster)
    if len(entries) == 1:
        return _known(entries[0])
    named = roster.with_id(notebook_id) if notebook_id else ()
    if len(named) == 1 and (not entries or named[0] in entries):
        sentence = (
            f"It was matched with the roster by the id `{named[0].id}` in the notebook alone, "
            "which anyone can write: see whether it is theirs."
        )
        return Student(_key(named[0]), named[0].id, named[0].name, "roster", named[0], (sentence,))
    who = sender.hints[0] if sender.hints else sender.id or "nobody"
    if entries:
        listed = ", ".join(f"`{entry.id}`" for entry in entries[:5])
        sentence = (
            f"The name of its file (`{who}`) fits {len(entries)} people of the roster ({listed}): "
            "see whose it is."
        )
    else:
        sentence = f"Nobody of the roster is meant by the name of its file (`{who}`)."
    key = f"{sender.known_by}:{(sender.id or path).casefold()}"
    name = sender.name or sender.id
    return Student(key, sender.id, name, sender.known_by, review=(sentence,))


def _entries(sender: Sender, roster: Roster) -> tuple[RosterEntry, ...]:
    """Give who of the roster may be meant: by an id first, then by the most telling text."""
    if sender.known_by == "platform":
        for text in (sender.id, *sender.other_ids):
            if text and (found := roster.with_id(text)):
                return found
        return next((f for f in map(roster.with_name, sender.hints) if f), ())
    for hint in sender.hints:
        if found := roster.with_id(hint):
            return found
    meant = [roster.meant_by(hint) for hint in sender.hints]
    return next((m for m in meant if len(m) == 1), next((m for m in meant if m), ()))


def _known(entry: RosterEntry) -> Student:
    return Student(_key(entry), entry.id, entry.name, "roster", entry)


def _key(entry: RosterEntry) -> str:
    return f"roster:{entry.id}"
