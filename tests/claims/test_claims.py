"""The claims: all are in the maintainers' table, and what costs nothing is measured again."""

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

VERDICTS = {"held", "not shown", "refuted"}


@pytest.fixture(scope="module")
def claims() -> ModuleType:
    return importlib.import_module("register")


@pytest.fixture(scope="module")
def found(root: Path) -> dict:
    return json.loads((root / "data" / "claims" / "found.json").read_text("utf-8"))


def test_every_claim_is_measured_and_in_the_table(
    root: Path, claims: ModuleType, found: dict
) -> None:
    assert list(found) == list(claims.CLAIMS)
    assert {entry["verdict"] for entry in found.values()} <= VERDICTS
    page = (root / "data" / "claims" / "README.md").read_text("utf-8")
    assert page == importlib.import_module("measure").page(found) + "\n"
    for name, claim in claims.CLAIMS.items():
        assert f"{claim.words} (`{name}`)" in page
        assert 1 <= claim.lesson <= 5


def test_what_stored_runs_say_is_what_the_table_says(claims: ModuleType, found: dict) -> None:
    stored = {name: claim for name, claim in claims.CLAIMS.items() if not claim.trains}
    assert stored
    evidence = importlib.import_module("evidence").Evidence()
    for name, claim in stored.items():
        finding = claim.measure(evidence)
        assert (finding.verdict, finding.numbers) == (
            found[name]["verdict"],
            found[name]["numbers"],
        ), f"`{name}` is stale: run `make claims`"


def test_the_table_is_of_these_pictures(claims: ModuleType, found: dict) -> None:
    sums = importlib.import_module("sums")
    now = {name: sums.set_sum(name) for name in (sums.LARGE, sums.SMALL)}
    for name, entry in found.items():
        assert set(entry["pictures"]) == set(claims.CLAIMS[name].pictures)
    stale = [name for name, entry in found.items() if not entry["pictures"].items() <= now.items()]
    assert stale == [], "run `make claims`"


def test_features_once_equal_the_naive_run() -> None:
    trained = importlib.import_module("trained_claims")
    evidence = importlib.import_module("evidence").Evidence()
    finding = trained.features_once_equal_the_naive_run(evidence, (1, 2), pictures=16)
    assert finding.verdict == "held"


def test_a_name_that_is_no_claim_is_answered_with_the_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        importlib.import_module("measure").main(["pigs-fly"])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "no claim `pigs-fly`. There are: `transfer-beats-plain`" in said
