"""All ideas, each a notebook of a class that is graded: none earns or touches anything."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from adversaries import beside_oneself, handed_in, lying, reaching_out, taking_too_much
from adversaries.attacked import NEIGHBOUR, TYPIST, Ran, attacked, inert, put, told, whole
from adversaries.idea import Idea
from adversaries.practice import CANARY, MODELS, PRACTICE, SECRET, released
from coursetools.grading.batch import grade_folder
from coursetools.grading.feedback import page_name
from coursetools.grading.intake import Roster, RosterEntry
from coursetools.grading.order import FEEDBACK, TABLE, Order
from coursetools.grading.records import Disposition
from coursetools.sandbox import Limits, Sandbox, Unconfined
from grading.feedback.page import Page
from grading.scripted import ScriptedRunner
from sandbox.conftest import needs_walls

MB = 1024 * 1024

PROCESS = (*beside_oneself.IDEAS, *lying.IDEAS, *taking_too_much.IDEAS, *reaching_out.IDEAS)
IDEAS = (*PROCESS, *handed_in.IDEAS)
ENDLESS = taking_too_much.NEVER_ENDING


def limits(cell: float) -> Limits:
    return Limits(
        wall=60,
        cell=cell,
        cpu=60,
        memory=300 * MB,
        processes=60,
        scratch=10 * MB,
        file=8 * MB,
    )


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Ran:
    """The class of lesson 9."""
    folder = tmp_path_factory.mktemp("practice")
    return attacked(IDEAS, PRACTICE, folder, lambda: _kept(sandbox), limits(20))


@pytest.fixture(scope="module")
def waited(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Ran:
    """Those of lesson 9 whose notebooks never end."""
    folder = tmp_path_factory.mktemp("endless")
    cell = limits(taking_too_much.CLOCK)
    return attacked(ENDLESS, PRACTICE, folder, lambda: _kept(sandbox), cell, len(ENDLESS))


@pytest.fixture(scope="module")
def modelled(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The class of lesson 8, whose answers are models."""
    needs_walls()
    folder = tmp_path_factory.mktemp("models")
    return attacked(
        lying.MODELS, MODELS, folder, lambda: Sandbox(modules=("keras",)), Limits(cell=4), 3
    )


def _kept(sandbox: Sandbox) -> Sandbox:
    """Give a sandbox that stays open for other tests."""

    class Kept(Sandbox):
        def open(self, *arguments: object) -> object:  # type: ignore[override]
            return sandbox.open(*arguments)  # type: ignore[arg-type]

        def close(self) -> None:
            pass

    return Kept()


def earns_nothing_and_touches_nothing(idea: Idea, ran: Ran) -> None:
    assert ran.touched == ()
    if idea.refused:
        files = [f for path, f in ran.files.items() if path.startswith(idea.place)]
        rejected = [f for f in files if f.disposition is Disposition.REJECTED]
        assert files[len(files) - len(rejected) :] == rejected  # all but the archive that it is
        assert {idea.refused in file.reason for file in rejected} == {True}
        assert not any(path.startswith(idea.place) for path in ran.grades)
        return
    grade = ran.grades[idea.place]
    words = told(grade)
    assert idea.says in words
    assert grade.status is idea.status
    scores = {exercise.exercise: exercise.score for exercise in grade.exercises}
    assert scores.pop(idea.aims) == 0
    scores.pop("9.1", None)
    assert {n: score for n, score in scores.items() if n not in idea.costs and score != 2} == {}
    assert idea.review in (None, grade.needs_review)
    assert CANARY not in words
    assert str(SECRET) not in words
    assert inert(ran.page(idea.place))


@pytest.mark.parametrize("idea", IDEAS, ids=[idea.name for idea in IDEAS])
def test_an_idea_earns_nothing_and_touches_nothing(idea: Idea, practised: Ran) -> None:
    earns_nothing_and_touches_nothing(idea, practised)


@pytest.mark.parametrize("idea", ENDLESS, ids=[idea.name for idea in ENDLESS])
def test_what_never_ends_is_ended(idea: Idea, waited: Ran) -> None:
    earns_nothing_and_touches_nothing(idea, waited)


@pytest.mark.parametrize("idea", lying.MODELS, ids=[idea.name for idea in lying.MODELS])
def test_a_model_that_lies_earns_nothing(idea: Idea, modelled: Ran) -> None:
    earns_nothing_and_touches_nothing(idea, modelled)


# ---- the class around them


def test_typing_the_answer_earns_it_and_neighbours_have_their_marks(practised: Ran) -> None:
    scores = {path: practised.grades[path].score for path in (NEIGHBOUR, TYPIST)}
    assert scores == {NEIGHBOUR: 8, TYPIST: 10}
    assert [e.score for e in practised.grades[NEIGHBOUR].exercises] == [0, 2, 2, 2, 2]


def test_each_has_a_row_a_line_and_a_page(practised: Ran) -> None:
    there = len(IDEAS) + 2 - sum(bool(idea.refused) for idea in IDEAS)
    assert len(practised.grades) == len(practised.table()) == whole(practised.out) == there
    assert len(list((practised.out / FEEDBACK).iterdir())) == there
    for place in ("index.html", "report.html", "review/index.html"):
        assert inert(Page(practised.out / place), but=["svg"] if "report" in place else [])


# ---- ids and names


@pytest.mark.parametrize(
    "ideas", [handed_in.IDS, handed_in.FOLDERS, handed_in.FILES], ids=["ids", "folders", "files"]
)
def test_what_somebody_is_called_runs_nowhere(ideas: tuple[Idea, ...], tmp_path: Path) -> None:
    ran = attacked(ideas, PRACTICE, tmp_path, lambda: ScriptedRunner(PRACTICE), Limits())
    assert ran.touched == ()
    assert len(ran.grades) == len(ran.table()) == whole(ran.out) == len(ideas) + 2
    for line in ran.table():
        for field in line.values():
            assert field.isprintable()
            assert not re.match(r"\s*[=+\-@＝＋－＠]", field)
    pages = {page_name(grade) for grade in ran.grades.values()}
    assert pages == {path.name for path in (ran.out / FEEDBACK).iterdir()}
    for path, grade in ran.grades.items():
        assert (grade.exercises[0].score, grade.exercises[1].score) == (2 * (path == TYPIST), 2)
        assert re.fullmatch(r"[a-z0-9-]+\.html", page_name(grade))
        assert inert(ran.page(path))
    assert inert(Page(ran.out / "index.html"))


def test_a_notebook_that_differs_only_by_its_id_has_its_own_numbers(tmp_path: Path) -> None:
    roster = Roster(tuple(RosterEntry(f"s-{who}", who.title()) for who in ("original", "other")))
    for path, data in handed_in.copies().items():
        put(tmp_path / "in" / path, data)
    order = Order(PRACTICE, released(PRACTICE), tmp_path / "out", roster=roster)
    summary = grade_folder(tmp_path / "in", order, lambda: Unconfined(modules=()))
    original, copy = summary.grades
    assert (original.score, original.needs_review) == (8, False)
    assert [e.score for e in copy.exercises] == [0, 2, 2, 2, None]
    assert "fits the numbers of another student (`s-original`)" in copy.exercises[4].review[0]
    alone = tmp_path / "alone"
    grade_folder(
        tmp_path / "in", replace(order, out=alone, roster=None), lambda: Unconfined(modules=())
    )
    with (alone / TABLE).open(encoding="utf-8-sig") as file:  # what the roster is good for
        scores = {row["id"]: row["exercise 9.5"] for row in csv.DictReader(file)}
    assert scores == {"s-original": "2", "s-other": "0"}
