"""The card and the manifest say what is there, and the card's figures are those measured."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contact import contact_name
from manifest import read_manifest
from packed import list_name, sheet_name
from plan import GENERATOR_VERSION, REDUCED, SEED, SMALL, PictureSet

SETS = (REDUCED, SMALL)
WORDS = {"train": "training", "valid": "validation", "practice": "practice"}


@pytest.fixture(scope="module")
def card(data: Path) -> str:
    return re.sub(r"\s+", " ", (data / "README.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def measured(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / "render" / "measured.json").read_text("utf-8"))
    return found


def files_of(wanted: PictureSet) -> set[str]:
    if wanted.packed:
        names = {name(wanted, part) for part in wanted.parts for name in (sheet_name, list_name)}
    else:
        names = {name for task in wanted.scenes() for name in task.files}
    return {*names, contact_name(wanted)}


def test_manifest_is_current(data: Path, manifest: dict[str, Any]) -> None:
    files = manifest["files"]
    assert list(files) == sorted(files)
    ours = {name for name in files if name.startswith("car-or-truck")}
    assert ours == set().union(*(files_of(wanted) for wanted in SETS))
    for name, sum_ in files.items():
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == sum_, name
    assert (manifest["seed"], manifest["generator"]) == (SEED, GENERATOR_VERSION)
    assert manifest["kinds"] == {wanted.folder: wanted.kind_counts() for wanted in SETS}


def test_nothing_else_lies_in_the_folders(data: Path, manifest: dict[str, Any]) -> None:
    for wanted in SETS:
        inside = [p for p in (data / wanted.folder).rglob("*") if p.is_file()]
        assert {p.relative_to(data).as_posix() for p in inside} <= set(manifest["files"])


def test_card_has_the_counts_and_the_seed(card: str) -> None:
    for wanted in SETS:
        *first, last = (f"{2 * count:,} {WORDS[part]}" for part, count in wanted.pictures.items())
        assert f"{', '.join(first)} and {last} pictures" in card
    assert str(SEED) in card


def test_card_has_the_kinds(card: str) -> None:
    columns = [wanted.kind_counts()[part] for wanted in SETS for part in wanted.parts]
    for kind in columns[0]:
        assert f"| {kind} | " + " | ".join(f"{of[kind]:,}" for of in columns) + " |" in card


@pytest.mark.parametrize("wanted", SETS, ids=lambda wanted: wanted.folder)
def test_figures_were_measured_on_these_pictures(
    data: Path, measured: dict[str, Any], wanted: PictureSet
) -> None:
    sums = read_manifest(data)["files"]
    inside = sorted(name for name in sums if name.startswith(f"{wanted.folder}/"))
    lines = "\n".join(f"{name} {sums[name]}" for name in inside)
    assert measured[wanted.folder]["pictures"] == hashlib.sha256(lines.encode()).hexdigest()


def test_card_has_the_measured_figures(card: str, measured: dict[str, Any]) -> None:
    for found in measured.values():
        for reading, scores in found["accuracy"].items():
            mean = f"{100 * np.mean(scores):.1f} %"
            spread = f" ({100 * min(scores):.1f} to {100 * max(scores):.1f})"
            cell = mean + (spread if len(scores) > 1 else "")
            assert re.search(rf"\| {re.escape(reading)}[^|]*\| {re.escape(cell)} \|", card), reading


def test_set_is_neither_trivial_nor_hopeless(measured: dict[str, Any]) -> None:
    found = {key: np.mean(of) for key, of in measured[REDUCED.folder]["accuracy"].items()}
    assert 0.85 <= found["lesson's head"] <= 0.95
    assert found["plain convnet"] < found["lesson's head"] - 0.05
    assert found["coarse look"] < 0.70
