"""Solutions as a student would type them."""

import pytest

from coursetools.exercises.source import as_typed
from exercises.sample import counting, diagnosing


def typed(function, draw=None, letters=None):
    return as_typed(function, draw=draw or {}, letters=letters or {})


def test_a_drawn_number_is_written_out():
    exercise = counting()
    for student_id in ("", "anna", "bob"):
        draw = exercise.draw_for(student_id)
        assert exercise.solution_for(student_id).splitlines() == [
            f"h, n = {draw['h']}, {draw['n']}",
            "weights = n * h + h",
        ]


@pytest.mark.parametrize("make", [counting, diagnosing])
def test_what_is_shown_gives_the_answers_when_it_is_run(make):
    exercise = make()
    for student_id in [f"s{i}" for i in range(20)]:
        names: dict = {}
        exec(exercise.solution_for(student_id), names)
        answers = exercise.solve_for(student_id)
        assert {name: names[name] for name in answers} == answers


def test_letters_are_those_the_student_sees():
    exercise = diagnosing()
    for student_id in ("", "anna", "bob"):
        seen = {declared: s for s, declared in exercise.options_for(student_id).items()}
        assert exercise.solution_for(student_id).splitlines() == [
            f'letter = "{seen["B"]}"',
            f'several = {{"{seen["A"]}", "{seen["C"]}"}}',
            f'runs = {{"one": "{seen["A"]}", "two": "{seen["D"]}"}}',
            'why = "A"',
        ]


def test_a_body_with_everything_in_it():
    def solve(draw, given):
        """Not shown."""

        # Größe: freeze, then attach.
        base = given["base"]
        base.trainable = False
        model = [
            given["base"],  # the base
            draw["h"],
        ]
        if draw["h"] > 3:
            letter = "A"
        elif draw["h"] > 1:
            letter = "C"
        else:
            letter = "B"
        text = "A"
        return {"model": model, "letter": letter, "text": text, "double": 2 * draw["h"]}

    assert typed(solve, {"h": 16}, {"letter": {"A": "D", "B": "B", "C": "C"}}).splitlines() == [
        "# Größe: freeze, then attach.",
        "",
        "base.trainable = False",
        "model = [",
        "    base,  # the base",
        "    16,",
        "]",
        "if 16 > 3:",
        '    letter = "D"',
        "elif 16 > 1:",
        '    letter = "C"',
        "else:",
        '    letter = "B"',
        'text = "A"',
        "double = 2 * 16",
    ]


def test_comments_above_the_first_line_are_kept():
    def solve():
        # First of all.
        # And then.
        n = 1
        return {"n": n}

    assert typed(solve) == "# First of all.\n# And then.\nn = 1"


def test_a_long_answer_may_stand_in_the_return():
    def solve(draw):
        return {
            "n": sum(
                [draw["h"], 2],
            ),
            "m": 3,
        }

    source = typed(solve, {"h": 1})
    names: dict = {}
    exec(source, names)
    assert (names["n"], names["m"]) == (3, 3)
    assert source.startswith("n = sum(\n")


def test_a_return_of_something_else_is_left_out():
    def solve():
        answers = {"n": 1}
        return answers

    assert typed(solve) == 'answers = {"n": 1}'


def test_a_function_on_one_line():
    # fmt: off
    def solve(): return {"n": 7}
    # fmt: on

    assert typed(solve) == "n = 7"


def test_a_body_without_a_return():
    def solve():
        n = 1
        print(n)

    assert typed(solve).splitlines()[-1] == "print(n)"


def test_names_of_parts_are_no_letters():
    def solve():
        return {"runs": {"A": "B", "B": "A"}}

    assert typed(solve, letters={"runs": {"A": "C", "B": "D"}}) == 'runs = {"A": "D", "B": "C"}'


def test_what_was_handed_in_leaves_no_gap():
    def solve(given):
        import math

        base = given["base"]
        top = given["top"]
        return {"sum": math.fsum([base, top])}

    assert typed(solve).splitlines() == ["import math", "", "sum = math.fsum([base, top])"]


def test_types_of_a_function_inside_are_left_out():
    def solve():
        def double(x: list[int], *rest: float, by: int = 2) -> tuple[int, ...]:
            y: int = x[0]  # one
            return (by * y, *rest)

        return {"double": double}

    assert typed(solve).splitlines() == [
        "def double(x, *rest, by = 2):",
        "    y: int = x[0]  # one",
        "    return (by * y, *rest)",
    ]
