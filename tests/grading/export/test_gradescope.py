"""Gradescope's results: their schema, and an autograder that hands over the right ones."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from coursetools.grading.export import autograder, choose, results_of, write_results
from grading.export.a_class import ADA, BOB, CYD, TITLE, failed_by_us, marked, student, waiting

_SEEN = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
_FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
SCHEMA = {
    "type": "object",
    "required": ["score", "tests"],
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "output": {"type": "string"},
        "output_format": _FORMAT,
        "visibility": _SEEN,
        "stdout_visibility": _SEEN,
        "tests": {
            "items": {
                "additionalProperties": False,
                "required": ["name"],
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": _FORMAT,
                    "visibility": _SEEN,
                },
            }
        },
    },
}


def marks(*grades):
    return choose(grades, TITLE, unreviewed=True).marks


def test_results_are_of_gradescopes_schema():
    grade = student("b", "Bob", "", marked(1), waiting())
    (mark,) = marks(grade)
    results = results_of(mark)
    jsonschema.validate(results, SCHEMA)
    head, text = results["tests"]
    assert (results["score"], head["score"], head["max_score"], head["status"]) == (
        2,
        1,
        3,
        "failed",
    )
    assert head["number"] == "1.1"
    assert "It has 16 units. (not yet · 0 of 2) `=cmd" in head["output"]
    assert text["score"] == 1
    assert results["tests"][0]["visibility"] == "after_published"


def test_a_persons_words_stand_in_place_of_the_checks():
    (mark,) = marks(CYD)
    assert results_of(mark)["tests"][1]["output"] == "Well said."


def test_each_has_a_folder_as_gradescope_calls_it_and_no_failure_of_ours_is_a_zero(tmp_path):
    write_results(marks(CYD, BOB, failed_by_us()), tmp_path)
    first, second = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.json"))
    assert first.parent.name.startswith("b1906-")
    assert second == Path("submission_31415926/results.json")


@pytest.mark.parametrize(
    ("metadata", "score"),
    [
        ({"id": 31415926, "users": [{"email": "c@uni.edu"}]}, 5.5),
        ({"id": 5, "users": [{"email": None}, {"email": "B@uni.edu"}]}, 1),
        ({"id": 99, "users": [{"email": "c@uni.edu"}]}, None),  # handed in after the export
        ({"id": 99, "users": []}, None),
    ],
)
def test_the_autograder_hands_over_what_was_graded(tmp_path, metadata, score):
    data, unknown = autograder(marks(ADA, BOB, CYD), {"b1906": "b@uni.edu", "c1843": "c@uni.edu"})
    assert unknown == ["a1815 Ada Lovelace"]
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert {"setup.sh", "run_autograder"} <= set(archive.namelist())
    archive.extractall(tmp_path / "source")
    (tmp_path / "submission_metadata.json").write_text(json.dumps(metadata), "utf-8")
    run = subprocess.run(
        [sys.executable, tmp_path / "source" / "run_autograder"],
        env={"AUTOGRADER_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    results = tmp_path / "results" / "results.json"
    assert (run.returncode == 0) == (score is not None) == results.is_file()
    if score is not None:
        given = json.loads(results.read_text("utf-8"))
        jsonschema.validate(given, SCHEMA)
        assert given["score"] == score
    assert autograder(marks(ADA, BOB, CYD), {})[0] == autograder(marks(ADA, BOB, CYD), {})[0]
