"""Whose a file is, as far as its name and its folders tell: a platform's names, or a share's.

lovelaceada_LATE_4711_98765_lesson-1-2.ipynb               Canvas: her third upload, late
Ada Lovelace_123456_assignsubmission_file_/lesson.ipynb    Moodle
submission_31415926/lesson.ipynb                           Gradescope, with its list beside it
Lab_a1815_attempt_2026-11-24-12-00-00_lesson.ipynb         Blackboard
4711-98765 - Ada Lovelace - Nov 24, 2026 1200 PM - x.ipynb Brightspace
Lovelace, Ada(a1815)/Submission attachment(s)/x.ipynb      Sakai
a1815/1-the-convolutional-classifier.ipynb                 a share: the folder is the student
a1815 - Copy (2).ipynb                                     a share: the name is the student

Canvas names as its own `content_zipper.rb` does, Moodle as its assignment module's download does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from coursetools.grading.intake.gradescope import Person

_CANVAS = re.compile(
    r"^(?P<name>[^\s]+?)_(?P<late>LATE_)?(?P<id>\d{2,})_(?P<upload>\d{2,})_(?P<file>.+)$"
)
_A_DATE = re.compile(r"(19|20)\d\d_(0\d|1[0-2])|20\d\d(0\d|1[0-2])[0-3]\d_([0-2]\d[0-5]\d){1,2}")
"""What stands in the place of Canvas's numbers in names such as `ada_20261124_1200_x`."""
_DIGITS = 4
_CANVAS_ANONYMOUS = re.compile(
    r"^(?P<first>LATE_)?anon_(?P<id>[A-Za-z0-9]{4,8})_(?P<late>LATE_)?(?:\d+_)?(?P<upload>\d{2,})"
    r"_(?P<file>.+)$"
)
_CANVAS_TRY = re.compile(r"-(\d{1,2})$")
_MOODLE = re.compile(
    r"^(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?$"
)
_NOBODYS_NAME = re.compile(
    r"^(participant|participante|partecipante|deelnemer|deltagare|deltager|uczestnik"
    r"|teilnehmer(/in|in|:in|_in)?)[ _]*\d*$",
    re.IGNORECASE,
)
_OF_A_GROUP = re.compile(
    r"^(?=[^-]*\d|[^-]*\b(?:group|gruppe|groupe|grupo|gruppo|groep|team)\b)[^-]+-(?P<name>.+)$",
    re.IGNORECASE,
)
"""Moodle puts a group's name before its member's."""
_GRADESCOPE = re.compile(r"^submission_(?P<id>\d{3,})$")
_BLACKBOARD = re.compile(
    r"^(?P<title>.+)_(?P<id>[^_/]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)$"
)
_BRIGHTSPACE = re.compile(
    r"^(?P<id>\d+)-\d+ - (?P<name>.+?) - \w+\.? \d{1,2}, \d{4} \d{1,2}:?\d\d( [AP]M)?"
    r"(?: - (?P<file>.+))?$"
)
_SAKAI = re.compile(r"^(?P<name>[^,()]+, [^,()]+)\((?P<id>[^()\s]+)\)$")

_ENDING = re.compile(r"\.(ipynb|npz|zip)(\.(txt|json))?$", re.IGNORECASE)
_COPIES = (
    re.compile(r"[\s_-]*\((?P<number>\d{1,3})\)$"),
    re.compile(r"[\s_-]*\b(?:copy|kopie|copie|copia)[\s_-]*(?P<number>\d{0,3})$", re.IGNORECASE),
    re.compile(
        r"[\s_-]+(?:try|attempt|version|versuch|v)[\s_-]*(?P<number>\d{1,3})$", re.IGNORECASE
    ),
)

_COPY_OF = re.compile(r"\b(?:copy of|kopie von|copie de|copia de)\b", re.IGNORECASE)
_TRY = re.compile(r"^(?:try|attempt|version|versuch)[\s_-]*(?P<number>\d{1,3})$", re.IGNORECASE)
"""A folder of one try, as Teams has them."""

_WORDS = frozenset(
    """
    all answer answers assignment assignments attachment attachments attempt capstone class
    classifier cnn convnet convnets convolution convolutional course coursework draft exercise
    exercises file files final finished group hand handin handed hands homework homeworks hw in
    ipynb kernel lab labs late lesson lessons my new notebook notebooks of old on part pooling
    practical ps relu section sheet sliding solution solutions solved submission submissions
    submitted task tasks the to try untitled upload uploads version versuch week window work and
    custom augmentation maximum
    """.split()  # noqa: SIM905 - a list of these would be longer than all else here
)
"""Words of names that are nobody's: of the lesson, the try, the place."""


@dataclass(frozen=True)
class Sender:
    """Who handed a file in, as its path says."""

    id: str = ""
    """The platform's number, or what a folder or file is called; `""` if nothing tells."""
    name: str = ""
    known_by: str = ""
    """`"platform"`, `"folder"`, `"name"` (the file's own), or `""`."""
    attempt: int = 0
    """The number of the try that the name gives."""
    late: bool = False
    """Whether the platform calls it late."""
    together: int = 1
    """How many people handed it in together."""
    hints: tuple[str, ...] = ()
    """Texts in which the student may be named, the most telling one first."""
    other_ids: tuple[str, ...] = ()
    platform: str = ""
    """`"canvas"`, `"moodle"`, `"gradescope"`, `"blackboard"`, `"brightspace"`, `"sakai"`, or `""`.
    """
    part: str = ""
    """The part of the path that a platform made."""


def sender_of(
    path: str, lessons: Collection[str] = (), people: Mapping[str, tuple[Person, ...]] | None = None
) -> Sender:
    """Say who handed a file in.

    Args:
        path: As in `FoundFile`.
        lessons: The names of released notebooks without their ending, which are nobody's.
        people: Who handed in what on Gradescope, by the path of the folder.
    """
    parts = [unicodedata.normalize("NFC", part) for part in path.split("/")]
    for place, part in enumerate(parts):
        found = _on_a_platform(part, "/".join(path.split("/")[: place + 1]), people or {})
        if found is not None:
            return found
    return _on_a_share(parts, lessons)


def _on_a_platform(part: str, path: str, people: Mapping[str, tuple[Person, ...]]) -> Sender | None:
    return (
        _on_moodle(part)
        or _on_canvas(part)
        or _on_gradescope(part, path, people)
        or _on_another(part)
    )


def _on_moodle(part: str) -> Sender | None:
    found = _MOODLE.match(part)
    if found is None:
        return None
    name = "" if _NOBODYS_NAME.match(found["name"]) else found["name"].replace("_", " ")
    _, attempt = _base(found["file"] or "")
    hints = [name] if name else []
    if member := _OF_A_GROUP.match(name):
        hints.append(member["name"].strip())
    return Sender(
        found["id"],
        name,
        "platform",
        attempt,
        hints=tuple(hints),
        platform="moodle",
        part=part,
    )


def _on_canvas(part: str) -> Sender | None:
    if found := _CANVAS_ANONYMOUS.match(part):
        late = (found["first"] or found["late"]) is not None
        attempt = _canvas_try(found["file"])
        return Sender(found["id"], "", "platform", attempt, late, platform="canvas", part=part)
    found = _CANVAS.match(part)
    if found is None or found["name"] != found["name"].lower():
        return None
    if _A_DATE.match(f"{found['id']}_{found['upload']}"):
        return None
    if "_" in found["name"] and len(found["upload"]) < _DIGITS:  # a group's, or anything else
        return None
    name, late = found["name"], found["late"] is not None
    attempt = _canvas_try(found["file"])
    return Sender(
        found["id"],
        name,
        "platform",
        attempt,
        late,
        hints=(name,),
        platform="canvas",
        part=part,
    )


def _on_gradescope(part: str, path: str, people: Mapping[str, tuple[Person, ...]]) -> Sender | None:
    if not _GRADESCOPE.match(part):
        return None
    who = people.get(path, ())
    if not who:
        return Sender("", part, "platform", platform="gradescope", part=part)
    first = who[0]
    ids = tuple(text for text in (first.sid, first.email) if text)
    return Sender(
        ids[0] if ids else "",
        first.name,
        "platform",
        together=len(who),
        hints=(first.name,) if first.name else (),
        other_ids=ids[1:],
        platform="gradescope",
        part=part,
    )


def _on_another(part: str) -> Sender | None:
    if found := _BRIGHTSPACE.match(part):
        name = found["name"]
        _, attempt = _base(found["file"] or "")
        return Sender(
            found["id"],
            name,
            "platform",
            attempt,
            hints=(name,),
            platform="brightspace",
            part=part,
        )
    if found := _BLACKBOARD.match(part):
        # A login, which its student knows: a notebook that names another one is worth a look.
        attempt = int(found["time"].replace("-", ""))
        who = found["id"]
        return Sender(who, "", "name", attempt, hints=(who,), platform="blackboard", part=part)
    if found := _SAKAI.match(part):
        who, name = found["id"], found["name"]
        return Sender(who, name, "folder", hints=(who, name), platform="sakai", part=part)
    return None


def _canvas_try(file: str) -> int:
    """Give the number that Canvas puts behind the name of a file uploaded again."""
    base, attempt = _base(file)
    found = _CANVAS_TRY.search(base)
    return int(found[1]) if found else attempt


def _on_a_share(parts: list[str], lessons: Collection[str]) -> Sender:
    base, attempt = _base(parts[-1])
    tries = [int(found["number"]) for part in parts[:-1] if (found := _TRY.match(part))]
    attempt = tries[-1] if tries and not attempt else attempt
    own = _without_lesson(base, lessons)
    folders = [_without_lesson(_base(part)[0], lessons) for part in parts[:-1]]
    telling = [folder for folder in reversed(folders) if not _says_nothing(folder)]
    hints = tuple(dict.fromkeys([*telling, *([] if _says_nothing(own) else [own])]))
    if telling:
        return Sender(telling[0], "", "folder", attempt, hints=hints)
    if hints:
        return Sender(own, "", "name", attempt, hints=hints)
    return Sender(attempt=attempt)


def _base(name: str) -> tuple[str, int]:
    """Give a name without its ending and the marks of copies, and the number of the copy."""
    base, attempt = _ENDING.sub("", name).strip(), 0
    for _ in range(3):
        for pattern in _COPIES:
            found = pattern.search(base)
            if found and found.start() > 0:
                base = base[: found.start()]
                attempt = max(attempt, int(found["number"] or 1))
    return base.strip(), attempt


def _without_lesson(base: str, lessons: Collection[str]) -> str:
    base = _COPY_OF.sub(" ", base)
    for lesson in lessons:
        base = re.sub(re.escape(lesson), " ", base, flags=re.IGNORECASE)
    return base.strip(" _-.,;")


def _says_nothing(text: str) -> bool:
    plain = text.casefold().replace("(s)", "")  # as in Sakai's `Submission attachment(s)`
    words = [word for word in re.split(r"[\W_]+", plain) if word]
    return all(_is_nobodys(word) for word in words)


def _is_nobodys(word: str) -> bool:
    if word.isdigit():
        return len(word) <= 2  # the number of a lesson or a try
    return re.sub(r"\d{1,2}$", "", word) in _WORDS
