"""What a student's page is called: safe in every file system and address, unlike any other's."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

from coursetools.grading.records import Grade

_LONGEST = 40
_DIGITS = 10


def page_name(grade: Grade) -> str:
    """Give the file name of a student's page, such as `ada-byron-1c0e5f2ab9.html`.

    It is made of the id, or of the file's name where there is none, and of a sum over both, which
    keeps apart what is the same without accents, capitals and signs.
    """
    told = grade.student_id or PurePosixPath(grade.path).stem
    plain = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:_LONGEST].strip("-") or "student"
    both = f"{grade.student_id}\0{grade.path}".encode("utf-8", "surrogatepass")
    return f"{slug}-{hashlib.sha256(both).hexdigest()[:_DIGITS]}.html"


def is_page_name(name: str) -> bool:
    """Say whether a file is called as a student's page is."""
    return re.fullmatch(rf"[a-z0-9][a-z0-9-]*-[0-9a-f]{{{_DIGITS}}}\.html", name) is not None


def anchor(number: str) -> str:
    """Give the name of an exercise's place on a page: `exercise-1-4` for 1.4."""
    return f"exercise-{re.sub(r'[^0-9a-zA-Z]+', '-', number)}"
