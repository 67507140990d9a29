"""Writing `lesson_100.py`: the exercises, with checks for what could be taken over."""

from __future__ import annotations

from collections.abc import Mapping

from coursetools.answers import Array, Function, Number
from coursetools.answers.kind import Kind
from coursetools.grading.foreign.assignment import Assignment, LeftOut
from coursetools.grading.foreign.expectations import Expectation
from coursetools.grading.foreign.layout import (
    Group,
    comment,
    docstring,
    joined,
    laid_out,
    literal,
    quote,
)
from coursetools.grading.foreign.planning import (
    Plan,
    PlannedCheck,
    PlannedExercise,
)
from coursetools.grading.foreign.solutions import NotAloneError, body_of, imports_of
from coursetools.grading.plain_text import one_line

_QUESTION = 4_000
_UNTOLD = "told=False"


def lesson_source(assignment: Assignment, plan: Plan, number: int, title: str) -> str:
    """Give the source of a lesson's file; what it leaves out is added to the plan's.

    Args:
        assignment: What was read.
        plan: What its exercises become.
        number: The lesson's.
        title: The lesson's.
    """
    imports = imports_of(passage.source for passage in assignment.passages if passage.code)
    blocks = [_head(assignment, plan)]
    for exercise in plan.exercises:
        blocks.append(_declaration(exercise, number))
        blocks.append(_solution(exercise, imports, plan))
        blocks += [_check(exercise, check) for check in exercise.checks]
    names = tuple(_variable(exercise) for exercise in plan.exercises)
    lesson = Group(
        "LESSON = Lesson(",
        (
            f"number={number}",
            literal(title, "title="),
            Group("exercises=(", names, ",)" if len(names) == 1 else ")"),
        ),
        ")",
    )
    blocks.append(laid_out(lesson))
    head, *rest = (block for block in blocks if block)
    return "\n".join([*head, "", *joined(rest, 2)]) + "\n"


def _variable(exercise: PlannedExercise) -> str:
    return f"exercise_{exercise.old.number}"


def _head(assignment: Assignment, plan: Plan) -> list[str]:
    kinds = {type(kind).__name__ for each in plan.exercises for kind in each.answers.values()}
    lines = docstring(
        f"{one_line(assignment.title)}: moved over from {assignment.tool}. Read `moved.md` first.",
        "",
    )
    if any("ArrayOf(" in repr(e.arguments) for e in _all_asked(plan)):
        lines += ["", "import numpy as np"]
    lines += ["", *laid_out(Group("from coursetools.answers import ", tuple(sorted(kinds)), ""))]
    lines += ["from coursetools.exercises import Exercise, Lesson"]
    if _all_asked(plan):
        lines += ["from coursetools.lessons.comparing import fail_unless"]
    return lines


def _all_asked(plan: Plan) -> list[Expectation]:
    return [e for each in plan.exercises for check in each.checks for e in check.asks]


def _declaration(exercise: PlannedExercise, number: int) -> list[str]:
    old = exercise.old
    answers = tuple(_answer(name, kind, exercise) for name, kind in exercise.answers.items())
    question = old.question[:_QUESTION].strip() or one_line(old.name)
    call = Group(
        f"{_variable(exercise)} = Exercise(",
        (
            f'number="{number}.{old.number}"',
            literal(one_line(old.name), "title="),
            literal(question, "question="),
            Group("answers={", answers, "}"),
        ),
        ")",
        split=True,
    )
    return laid_out(call)


def _answer(name: str, kind: Kind, exercise: PlannedExercise) -> str | Group:
    head = f"{quote(name)}: "
    if isinstance(kind, Function):
        return Group(f"{head}Function(", (literal(exercise.cases(name), "cases="),), ")")
    if isinstance(kind, Array):
        return f"{head}Array(dimensions={kind.dimensions})"
    return f"{head}{'Number' if isinstance(kind, Number) else 'Text'}()"


def _solution(exercise: PlannedExercise, imports: Mapping[str, str], plan: Plan) -> list[str]:
    old = exercise.old
    if not old.solution.strip():
        return []
    (first, *_) = exercise.answers
    head = [f"@{_variable(exercise)}.solution", f"def _solution_{old.number}():"]
    if exercise.own_words:
        text = literal(old.solution[:_QUESTION].strip(), f"{quote(first)}: ")
        returned = Group("return {", (text,), "}")
        return head + laid_out(returned, "    ")
    try:
        body = body_of(old.solution, exercise.answers, imports)
    except NotAloneError as error:
        plan.left_out.append(LeftOut(old.name, f"Its solution is a comment only: {error}."))
        told = f"The old solution, which does not stand on its own: {error}."
        return [*comment(told), *comment(old.solution)]
    pairs = tuple(f"{quote(name)}: {name}" for name in exercise.answers)
    return [*head, *body, *laid_out(Group("return {", pairs, "}"), "    ")]


def _check(exercise: PlannedExercise, check: PlannedCheck) -> list[str]:
    needs = f"needs={_function(exercise, check.needs)}" if check.needs else ""
    options = (f"points={_points(check.points)}", needs, "by_hand=True" if check.by_hand else "")
    reads = dict.fromkeys(e.name for e in check.asks) if check.asks else exercise.answers
    lines = [f"@{_variable(exercise)}.check({', '.join(filter(None, options))})"]
    head = Group(f"def {_function(exercise, check.name)}(", tuple(reads), "):")
    lines += laid_out(head)
    lines += docstring(check.words, "    ")
    remarks = comment(check.remarks, "    ") if check.remarks.strip() else []
    if not check.asks:
        return lines + remarks
    lines += remarks
    for expectation in check.asks:
        lines += laid_out(_asked(expectation, exercise), "    ")
    return lines


def _points(points: float) -> str:
    return f"{points:g}" if float(f"{points:g}") == points else repr(points)


def _function(exercise: PlannedExercise, name: str) -> str:
    return f"{_variable(exercise)}_{name}"


def _asked(expectation: Expectation, exercise: PlannedExercise) -> Group:
    name = expectation.name
    given = name
    written = name
    if expectation.arguments is not None:
        given = f"{name}.results[{exercise.places[name][repr(expectation.arguments)]}]"
        arguments = literal(list(expectation.arguments))
        flat = arguments if isinstance(arguments, str) else arguments.flat
        written = one_line(f"{name}({flat[1:-1]})", 60)
    items: list[str | Group] = [quote(written), given, quote(expectation.sign)]
    if expectation.sign not in ("true", "false"):
        items.append(literal(expectation.wanted))
    if "near" in expectation.sign:
        items.append(literal(expectation.near, "near="))
    if expectation.digits is not None:
        items.append(f"digits={expectation.digits}")
    if expectation.hidden:
        items.append(_UNTOLD)
    return Group("fail_unless(", tuple(items), ")")
