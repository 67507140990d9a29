"""Measure the claims about data and write the table for maintainers, `README.md` beside this file.

    PYTHONPATH=data/histories .venv/bin/python data/claims/measure.py [NAME ...]

With names only these claims are measured, and their lines of the table renewed.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from register import CLAIMS
from sums import set_sum

FOLDER = Path(__file__).resolve().parent
FOUND = FOLDER / "found.json"
PAGE = FOLDER / "README.md"

INTRODUCTION = """\
# Claims about data, and what was measured

Made by `make claims`; do not edit by hand. A claim is **held** or **refuted** if the mean over the
seeds is more than two standard errors above or below 0, or for *the same* if every difference
stays within the limit that was fixed beforehand; otherwise it is **not shown**, as it always is
with a single seed. The rule stands in `verdict.py`, the claims in `register.py`. Where a claim is
not held, the data or the lesson's sentence is to be changed, never the rule.

Training accuracy is what Keras reports while it trains: with augmentation that is the accuracy on
changed pictures, which are harder, so validation may come out above it.

Numbers are the mean, in brackets the lowest and the highest over n seeds.
"""


def main(names: list[str]) -> None:
    """Measure claims, print each, and write the table; ends with 2 for a name that is none."""
    unknown = [name for name in names if name not in CLAIMS]
    if unknown:
        known = ", ".join(f"`{name}`" for name in CLAIMS)
        print(f"There is no claim `{unknown[0]}`. There are: {known}.", file=sys.stderr)
        raise SystemExit(2)
    found = _read()
    for name in names or CLAIMS:
        began = time.perf_counter()
        finding = CLAIMS[name].measure()
        seconds = time.perf_counter() - began
        print(f"{name}: {finding.verdict}. {finding.numbers} ({seconds:.0f} s)", flush=True)
        found[name] = {
            "verdict": str(finding.verdict),
            "numbers": finding.numbers,
            "where": _where(),
            "pictures": {folder: set_sum(folder) for folder in CLAIMS[name].pictures},
        }
        _write(found)


def page(found: dict[str, Any]) -> str:
    """Return the page for maintainers, a line for each claim that has been measured."""
    lines = ["| lesson | claim | verdict | numbers |", "|---|---|---|---|"]
    for name, claim in CLAIMS.items():
        if name in found:
            entry = found[name]
            lines.append(
                f"| {claim.lesson} | {claim.words} (`{name}`) | **{entry['verdict']}** | "
                f"{entry['numbers']} |"
            )
    places = sorted({found[name]["where"] for name in CLAIMS if name in found})
    return "\n".join([INTRODUCTION, *lines, "", "Measured on:", "", *(f"- {p}" for p in places)])


def _where() -> str:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return (
        f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"TensorFlow {tf.__version__}, Keras {keras.__version__}"
    )


def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FOUND.read_text("utf-8")) if FOUND.exists() else {}
    return {name: found[name] for name in CLAIMS if name in found}


def _write(found: dict[str, Any]) -> None:
    ordered = {name: found[name] for name in CLAIMS if name in found}
    FOUND.write_text(json.dumps(ordered, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(ordered) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
