"""Measure the claims about data and write the table for maintainers, `README.md` beside this file.

    PYTHONPATH=data/histories .venv/bin/python data/claims/measure.py [NAME ...]
    PYTHONPATH=data/histories .venv/bin/python data/claims/measure.py --profile full \
        --seeds 1 2 --out FILE [NAME ...]

With names only these claims are measured, and their lines of the table renewed. With the profile
`full` everything is trained on the pictures that were imported, which takes long, and the table is
written into a file of yours; nothing of the repository is changed.
"""

from __future__ import annotations

import argparse
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
from evidence import Evidence
from fresh import FreshEvidence
from register import CLAIMS
from sums import set_sum

from coursetools.datasets.folders import PROFILES, car_or_truck_folder, counts, files_in

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

IMPORTED = """\
# Claims about data, on imported pictures

Made by `measure.py --profile full`: {train:,} training and {valid:,} validation pictures,
every run trained on them with the seeds {seeds}. The claims and the rule are those for the pictures
that come with the course; with so few seeds a difference must be large to be held. The small
pictures are the same ones at 32x32.

Numbers are the mean, in brackets the lowest and the highest over n seeds.
"""

IMPORTED_SEEDS = (1, 2)


def main(words: list[str]) -> None:
    """Measure claims, print each, and write the table; ends with 2 for words it does not know."""
    asked = _parsed(words)
    if asked.profile == "full":
        _measure_imported(asked.names, tuple(asked.seeds), asked.out)
    else:
        _measure_ours(asked.names)


def _parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="measure.py", description="Measure claims about data.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a claim; without one, all")
    parser.add_argument("--profile", choices=PROFILES, default=PROFILES[0])
    parser.add_argument("--seeds", nargs="+", type=int, help="for the profile full; usually 1 2")
    parser.add_argument("--out", type=Path, help="where the profile full's table is written")
    asked = parser.parse_args(words)
    unknown = [name for name in asked.names if name not in CLAIMS]
    if unknown:
        known = ", ".join(f"`{name}`" for name in CLAIMS)
        parser.error(f"There is no claim `{unknown[0]}`. There are: {known}.")
    if asked.profile == "full" and not asked.out:
        parser.error("The profile full needs --out FILE: the page beside this file is of ours.")
    if asked.profile != "full" and (asked.seeds or asked.out):
        parser.error("--seeds and --out go with --profile full: stored runs have their own.")
    asked.seeds = asked.seeds or IMPORTED_SEEDS
    return asked


def _measure_ours(names: list[str]) -> None:
    found = _read()
    evidence = Evidence()
    for name in names or CLAIMS:
        pictures = {folder: set_sum(folder) for folder in CLAIMS[name].pictures}
        found[name] = {**_measured(name, evidence), "pictures": pictures}
        _write(found)


def _measure_imported(names: list[str], seeds: tuple[int, ...], out: Path) -> None:
    evidence = FreshEvidence(seeds)
    try:
        found_files = files_in(car_or_truck_folder(evidence.profile))
    except FileNotFoundError as error:  # says what to import and how
        raise SystemExit(str(error)) from None
    sizes = {part: sum(of.values()) for part, of in counts(found_files).items()}
    introduction = IMPORTED.format(**sizes, seeds=", ".join(map(str, seeds)))
    found: dict[str, Any] = {}
    for name in names or CLAIMS:
        found[name] = _measured(name, evidence)
        out.write_text(page(found, introduction) + "\n", "utf-8")


def _measured(name: str, evidence: Evidence) -> dict[str, Any]:
    began = time.perf_counter()
    finding = CLAIMS[name].measure(evidence)
    seconds = time.perf_counter() - began
    print(f"{name}: {finding.verdict}. {finding.numbers} ({seconds:.0f} s)", flush=True)
    return {"verdict": str(finding.verdict), "numbers": finding.numbers, "where": _where()}


def page(found: dict[str, Any], introduction: str = INTRODUCTION) -> str:
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
    return "\n".join([introduction, *lines, "", "Measured on:", "", *(f"- {p}" for p in places)])


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
