"""Rewriting everything in one's own process: none of it earns what was not typed.

A small exercise stands for all: 7.1 asks for `n`, and 42 is right. The host's check is the one
that counts; the attacks try to have a check in their own process, or the capture, say yes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursetools.answers import AnswerState, Number, read
from coursetools.sandbox import CellReport, Handed
from sandbox.places import CONNECT, Run

Opens = Callable[..., Run]


def earned(*reports: CellReport) -> bool:
    """Whether 7.1 is answered right by what the last capture of its own cell holds."""
    captured = [c for r in reports for c in r.captures if c.exercise == "7.1" and not c.at_check]
    if not captured:
        return False
    answer = read(Number(), captured[-1].data.get("n"))
    return answer.state is AnswerState.GIVEN and answer.value == 42


def test_typing_the_answer_earns_it(jailed: Opens) -> None:
    run = jailed()
    run(CONNECT)
    assert earned(run("n = 42\nq_1.check()", "7.1"))
    assert not earned(run("n = 41\nq_1.check()", "7.1"))
    assert not earned(run("n = ____\nq_1.check()", "7.1"))


ASSERTS = """
import ast
class Agree(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Agree())
"""


def test_an_ast_transformer_passes_checks_in_its_own_process_and_not_ours(jailed: Opens) -> None:
    """With a check in the student's process, which is the defence off, the attack succeeds."""
    run = jailed()
    run(CONNECT)
    run("n = 7", "7.1")
    check = "assert n == 42, 'not it'"
    assert run(check).error == "AssertionError"
    run(ASSERTS)
    assert run(check).error is None  # a grader that runs asserts beside the student believes this
    assert not earned(run("n = 7\nq_1.check()", "7.1"))


def test_a_rewritten_check_says_yes_where_it_runs_beside_the_student(opened: Opens) -> None:
    """The lessons' own `check()` in the student's process, which is never asked for a mark."""
    run = opened(cell=30)
    report = run(
        "from coursetools import lessons\n"
        "from coursetools.exercises import run\n"
        "import coursetools.exercises.run as module\n"
        "exercise = lessons.load(1).exercise('1.4')\n"
        "data = {'head_weights': {'state': 'given', 'kind': 'number', 'content': {'value': 3}}}\n"
        "before = run(exercise, data, student_id='ada').solved\n"
        "for check in exercise.checks:\n"
        "    object.__setattr__(check, 'function', lambda *a, **k: None)\n"
        "before, run(exercise, data, student_id='ada').solved"
    )
    assert [s.text for s in report.shown] == ["(False, True)"]


def test_the_fallback_is_no_answer(jailed: Opens) -> None:
    def use(exercise: str) -> Handed:
        return Handed("data", {"n": 42}, "Going on with the reference answer.")

    run = jailed()
    run(CONNECT)
    for attack in (
        "n = ct.use('7.1')",
        "from coursetools import use\nn = use('7.1')",
        "import threading\nfound = []\n"
        "thread = threading.Thread(target=lambda: found.append(ct.use('7.1')))\n"
        "thread.start(); thread.join(); n = found[0]",
        "exec('n = ct.use(\"7.1\")')",
        "get_ipython().run_cell('n = ct.use(\"7.1\")')",
    ):
        assert not earned(run(attack, "7.1", use))
    # Switched off, in a cell that the host does not know as an answer's, it is handed out.
    assert [s.text for s in run("ct.use('7.1')", None, use).shown][-1] == "42"


def test_many_guesses_are_not_all_captured(jailed: Opens) -> None:
    run = jailed()
    run(CONNECT)
    report = run("for n in range(100): q_1.check()", "7.1")
    assert [c.at_check for c in report.captures] == [True] * 8 + [False]
    assert report.captures[-1].data["n"]["content"]["value"] == 99


SEARCH = """
import gc, sys
found = set()
for module in list(sys.modules.values()):
    for value in list(vars(module).values()) if hasattr(module, "__dict__") else ():
        if type(value).__name__ in ("Exercise", "Lesson", "Check"):
            found.add(type(value).__name__)
for value in gc.get_objects():
    if type(value).__name__ in ("Exercise", "Lesson", "Check"):
        found.add(type(value).__name__)
sorted(found)
"""


def test_no_exercise_is_in_memory(jailed: Opens, uncovered: Opens) -> None:
    assert [s.text for s in jailed()(SEARCH).shown] == ["[]"]
    run = uncovered()
    run("from coursetools import lessons\nlesson = lessons.load(1)")
    assert "Lesson" in run(SEARCH).shown[-1].text


def test_what_is_shown_is_inert_data(jailed: Opens) -> None:
    run = jailed()
    report = run(
        "from IPython.display import HTML, SVG, Javascript, display\n"
        "display(HTML('<script>alert(1)</script>'), Javascript('alert(2)'),\n"
        '        SVG(\'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"/>\'))'
    )
    said: list[Any] = [(s.kind, s.image, "alert" in s.text) for s in report.shown]
    assert said == [("display", None, False)] * 3
