"""What Gradescope takes in: `results.json` for each submission, from an autograder.

The fields are those of *Autograder Specifications* in the Gradescope Autograder Documentation:
at the top `score` (which goes before the tests' sum), `output`, `visibility`,
`stdout_visibility` and `tests`; of each test `name`, `number`, `score`, `max_score`, `status`,
`output`, `output_format`, `visibility`.

Gradescope reads no results from outside: it runs an autograder for each submission and takes what
that writes. So all results go into one autograder, which grades nothing and only looks up, by the
submission's number or its people's addresses (*Submission metadata*), what was graded here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coursetools.grading.export.chosen import Mark
from coursetools.grading.export.comments import later_words, said_of
from coursetools.grading.export.packing import zipped
from coursetools.grading.feedback import page_name
from coursetools.grading.feedback.lateness import lateness_sentence
from coursetools.grading.feedback.sentences import RUN_ENDED, total_words
from coursetools.grading.feedback.student import result_of
from coursetools.grading.intake.names import sender_of
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import ExerciseGrade
from coursetools.grading.whole_file import write_whole
from coursetools.notebook.words import check_mark, check_state, checks_said

RESULTS = "results.json"
AUTOGRADER = "autograder.zip"
_SHOWN_LATER = "after_published"
"""Students see it when the instructor publishes grades, not before."""

_LONGEST = 4_000
_SAID = 300
_SUBMISSION = re.compile(r"^submission_(\d+)$")

_SETUP = "#!/usr/bin/env bash\ncommand -v python3 || apt-get install -y python3\n"

_LOOK_UP = '''#!/usr/bin/env python3
"""Give what was graded elsewhere: no file that a student handed in is read or run here."""

import json
import os
import shutil
import sys

HOME = os.environ.get("AUTOGRADER_HOME", "/autograder")

with open(os.path.join(HOME, "source", "found.json"), encoding="utf-8") as file:
    found = json.load(file)
with open(os.path.join(HOME, "submission_metadata.json"), encoding="utf-8") as file:
    metadata = json.load(file)

people = [str(user.get("email") or "").casefold() for user in metadata.get("users") or []]
for key in [str(metadata.get("id")), *people]:
    if key in found:
        results = os.path.join(HOME, "results")
        os.makedirs(results, exist_ok=True)
        source = os.path.join(HOME, "source", "results", found[key])
        shutil.copyfile(source, os.path.join(results, "results.json"))
        sys.exit(0)
print("This submission was not graded, so there is no score, which is not zero points.")
sys.exit(1)
'''


def results_of(mark: Mark) -> dict[str, Any]:
    """Give a submission's results as Gradescope reads them: a test an exercise.

    Args:
        mark: What goes out.
    """
    grade = mark.grade
    output = [f"{total_words(grade)}.", lateness_sentence(grade), RUN_ENDED[grade.status]]
    output += later_words(grade)
    return {
        "score": mark.score,
        "output": "\n".join(said for said in output if said),
        "output_format": "text",
        "visibility": _SHOWN_LATER,
        "stdout_visibility": "hidden",
        "tests": [_test(exercise) for exercise in grade.exercises],
    }


def write_results(marks: Sequence[Mark], folder: Path) -> dict[str, Path]:
    """Write `results.json` of each submission into a folder of its own.

    The folders are called as Gradescope's own (`submission_12345`) where one is known, and else
    as the student's page.

    Returns:
        The files, by the submissions' paths.
    """
    written = {}
    for mark in marks:
        name = _submission(mark) or page_name(mark.grade).removesuffix(".html")
        place = folder / name / RESULTS
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, _as_json(results_of(mark)))
        written[mark.grade.path] = place
    return written


def autograder(marks: Sequence[Mark], emails: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """Give an autograder that looks results up, and who it cannot know.

    Args:
        marks: What goes out.
        emails: Addresses by student id, from a roster; an id that is an address needs none.
    """
    found: dict[str, str] = {}
    files: dict[str, bytes] = {}
    unknown = []
    for mark in marks:
        student = mark.grade.student_id
        number = _SUBMISSION.match(_submission(mark))
        # By an address alone, a later submission of the same student would get these points too.
        email = emails.get(student, student if "@" in student else "").casefold()
        key = number[1] if number else email
        if not key or key in found:
            unknown.append(one_line(mark.who))
            continue
        found[key] = page_name(mark.grade).removesuffix(".html") + ".json"
        files[f"results/{found[key]}"] = _as_json(results_of(mark))
    return (
        zipped(
            {
                "setup.sh": _SETUP.encode(),
                "run_autograder": _LOOK_UP.encode(),
                "found.json": _as_json(found),
                **files,
            },
            programs=("setup.sh", "run_autograder"),
        ),
        unknown,
    )


def _submission(mark: Mark) -> str:
    sender = sender_of(mark.grade.path)
    return sender.part if sender.platform == "gradescope" else ""


def _test(exercise: ExerciseGrade) -> dict[str, Any]:
    test: dict[str, Any] = {
        "number": exercise.exercise,
        "name": one_line(exercise.title, 100),
        "max_score": exercise.max_score,
        "output": _said(exercise),
        "output_format": "text",
        "visibility": _SHOWN_LATER,
    }
    if exercise.score is not None:
        test["score"] = exercise.score
        test["status"] = "passed" if exercise.score >= exercise.max_score else "failed"
    return test


def _said(exercise: ExerciseGrade) -> str:
    if not exercise.max_score or exercise.person is not None or not exercise.checks:
        return said_of(exercise)
    lines = []
    for check, said in checks_said(result_of(exercise)):
        line = f"{check_mark(check).sign} {one_line(check.description)} ({check_state(check)})"
        lines.append(f"{line} {one_line(said, _SAID)}".rstrip())
    return "\n".join(lines)[:_LONGEST]


def _as_json(value: object) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()
