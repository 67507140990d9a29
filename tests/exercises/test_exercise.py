"""Declaring an exercise, and what each student sees of it."""

import re

import pytest

from coursetools.answers import Choice, CompileArguments, Model, Number, capture
from coursetools.exercises import DeclarationError, Exercise
from exercises.sample import LETTERS, counting, diagnosing

STUDENTS = ("", "anna", "bob", "s123456")
PARTS = {"number": "1.4", "title": "t", "question": "q", "answers": {"n": Number()}}


def test_declared_things_are_kept_in_order():
    exercise = counting()
    assert [check.name for check in exercise.checks] == ["has_the_big_part", "exact"]
    assert exercise.points == 3
    first, second = exercise.checks
    assert (first.reads, first.wants, first.needs) == (("weights",), ("draw",), ())
    assert (second.reads, second.wants) == (("weights",), ("draw", "expected"))
    assert second.needs == (first,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "4"}, "its number is `4`, not like `1.4`"),
        ({"number": "1.04"}, "its number is `1.04`"),
        ({"answers": {}}, "it asks for no answer"),
        ({"answers": {"two words": Number()}}, "`two words` cannot be the name"),
        ({"answers": {"draw": Number()}}, "`draw` cannot be the name"),
        ({"answers": {"expected": Number()}}, "`expected` cannot be the name"),
        ({"answers": {"given": Number()}}, "`given` cannot be the name"),
        ({"draws": {"h": ()}}, "nothing to draw `h` from"),
        ({"draws": {f"d{i}": (1, 2) for i in range(9)}}, "draws 9 things, more than 8"),
        ({"draws": {"h": (1, 2)}, "draw_from": lambda digest: {}}, "both `draws` and `draw_from`"),
        ({"options": LETTERS}, "no answer that chooses among them"),
        (
            {"options": LETTERS, "answers": {"n": Choice(options=("A", "B"))}},
            "`n` chooses from ('A', 'B'), and its options are ('A', 'B', 'C', 'D')",
        ),
    ],
    ids=str,
)
def test_an_exercise_that_cannot_work_is_refused(change, words):
    with pytest.raises(DeclarationError, match=re.escape(words)):
        Exercise(**(PARTS | change))


def declare(function, **kwargs):
    exercise = Exercise(**PARTS)
    exercise.check(points=kwargs.pop("points", 1), **kwargs)(function)
    return exercise


def _no_docstring(n):
    return None


def _unknown_name(m):
    """Line."""


def _stars(*answers):
    """Line."""


def _double_stars(**answers):
    """Line."""


def _positions_only(n, /):
    """Line."""


def _reads_nothing(draw, expected):
    """Line."""


def _fine(n):
    """Line."""


@pytest.mark.parametrize(
    ("function", "kwargs", "words"),
    [
        (_unknown_name, {}, "`_unknown_name` asks for `m`, which is not there. It may ask for `n`"),
        (_stars, {}, "`_stars` takes `*answers`"),
        (_double_stars, {}, "`_double_stars` takes `**answers`"),
        (_positions_only, {}, "`_positions_only` takes `n`"),
        (_reads_nothing, {}, "check `_reads_nothing` reads no answer"),
        (_no_docstring, {}, "check `_no_docstring` has no line of the marking scheme"),
        (_fine, {"points": -1}, "check `_fine` is worth `-1` points"),
        (_fine, {"points": float("nan")}, "check `_fine` is worth `nan` points"),
        (_fine, {"needs": counting().checks[0]}, "needs `has_the_big_part`, which is no check"),
        (_fine, {"needs": (_fine,)}, "needs `<function _fine"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_check_that_cannot_work_is_refused(function, kwargs, words):
    with pytest.raises(DeclarationError, match=re.escape(words)):
        declare(function, **kwargs)


def test_two_checks_have_two_names():
    exercise = declare(_fine)
    with pytest.raises(DeclarationError, match="two checks are called `_fine`"):
        exercise.check(points=1)(_fine)


def test_a_refused_check_is_not_kept():
    exercise = Exercise(**PARTS)
    with pytest.raises(DeclarationError):
        exercise.check(points=1)(_no_docstring)
    assert exercise.checks == ()


def test_a_solution_may_ask_for_draws_and_for_what_the_lesson_gives():
    exercise = Exercise(**PARTS)
    with pytest.raises(DeclarationError, match="`solve` asks for `base`"):

        @exercise.solution
        def solve(base):
            return {}


@pytest.mark.parametrize(
    ("kind", "alone"),
    [(Number(), True), (Model(), False), (CompileArguments(), False)],
    ids=["number", "model", "compile arguments"],
)
def test_whether_a_solution_needs_a_lesson(kind, alone):
    exercise = Exercise(**(PARTS | {"answers": {"n": kind}}))
    assert not exercise.solves_alone
    exercise.solution(lambda draw: {"n": 1})
    assert exercise.solves_alone is alone
    exercise.solution(lambda given: {"n": 1})
    assert not exercise.solves_alone


def test_without_a_solution_there_is_none():
    exercise = Exercise(**PARTS)
    for ask in (exercise.solve_for, exercise.solution_for, exercise.expected_for):
        with pytest.raises(DeclarationError, match=r"Exercise 1\.4: it has no solution\."):
            ask("anna")


# ---- what a student sees


def test_the_question_shows_the_draws_and_leaves_other_braces_alone():
    exercise = counting()
    for student_id in STUDENTS:
        draw = exercise.draw_for(student_id)
        assert exercise.question_for(student_id) == (
            f"A dense layer of {draw['h']} units on {draw['n']} inputs, "
            "in `{{braces}}` and {other}."
        )
        assert exercise.hints_for(student_id) == (
            "One weight an input.",
            f"There are {draw['h']} units.",
        )


def test_draws_are_independent_and_frozen():
    exercise = counting()
    drawn = {tuple(exercise.draw_for(f"s{i}").values()) for i in range(200)}
    assert drawn == {(h, n) for h in (8, 12, 16, 20, 24) for n in (100, 200)}
    with pytest.raises(TypeError):
        exercise.draw_for("anna")["h"] = 8


def test_options_are_listed_in_the_students_order():
    exercise = diagnosing()
    orders = set()
    for student_id in [f"s{i}" for i in range(300)]:
        letters = exercise.options_for(student_id)
        assert list(letters) == ["A", "B", "C", "D"]
        assert sorted(letters.values()) == ["A", "B", "C", "D"]
        orders.add(tuple(letters.values()))
        lines = [f"- **{seen}** {LETTERS[declared][0]}" for seen, declared in letters.items()]
        assert exercise.question_for(student_id) == "What happened?\n\n" + "\n".join(lines)
    assert len(orders) == 24


def test_options_stand_where_the_question_wants_them():
    exercise = Exercise(
        number="1.5",
        title="t",
        question="Before.\n\n{options}\n\nAfter.",
        answers={"n": Choice()},
        options=LETTERS,
    )
    lines = exercise.question_for("").splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("Before.", "After.", 8)


def test_an_exercise_without_options_keeps_its_letters():
    exercise = Exercise(**(PARTS | {"answers": {"n": Choice()}}))
    exercise.solution(lambda: {"n": "B"})
    assert dict(exercise.options_for("anna")) == {}
    assert exercise.solve_for("anna") == {"n": "B"}
    assert exercise.question_for("anna") == "q"


def test_a_draw_may_be_made_of_the_bytes():
    def make(digest):
        return {"first": digest[0], "pair": (digest[1], digest[2])} if digest[0] % 2 else None

    exercise = Exercise(
        number="1.4",
        title="t",
        question="{first} and {pair}",
        answers={"n": Number()},
        draw_from=make,
    )
    for student_id in ("", "anna", "bob"):
        draw = exercise.draw_for(student_id)
        assert draw["first"] % 2
        assert exercise.question_for(student_id) == f"{draw['first']} and {draw['pair']}"
        assert dict(exercise.draw_for(student_id)) == dict(draw)
        with pytest.raises(TypeError):
            draw["first"] = 7
    assert exercise.draw_for("anna") != exercise.draw_for("bob")


def test_a_new_version_draws_and_orders_anew():
    def seen(version):
        exercise = Exercise(
            number="1.5",
            title="t",
            question="{h} of {n}",
            answers={"n": Choice()},
            options=LETTERS,
            draws={"h": range(1000)},
            draw_version=version,
        )
        return [exercise.question_for(student_id) for student_id in STUDENTS]

    assert seen(1) == seen(1)
    assert all(one != two for one, two in zip(seen(1), seen(2), strict=True))


@pytest.mark.parametrize("student_id", STUDENTS)
def test_solving_gives_seen_letters_and_expecting_declared_ones(student_id):
    exercise = diagnosing()
    seen = {declared: letter for letter, declared in exercise.options_for(student_id).items()}
    assert exercise.solve_for(student_id) == {
        "letter": seen["B"],
        "several": {seen["A"], seen["C"]},
        "runs": {"one": seen["A"], "two": seen["D"]},
        "why": "A",
    }
    expected = exercise.expected_for(student_id)
    assert expected == capture(
        exercise.answers,
        {"letter": "B", "several": {"A", "C"}, "runs": {"one": "A", "two": "D"}, "why": "A"},
    )


def test_what_the_lesson_gives_reaches_the_solution_and_probes_its_answer():
    exercise = Exercise(**(PARTS | {"answers": {"n": Model()}}))
    exercise.solution(lambda given: {"n": given["base"]})
    base = object()
    assert exercise.solve_for("anna", {"base": base}) == {"n": base}
    seen = []

    def probe(model):
        seen.append(model)
        return {}

    exercise.expected_for("anna", {"base": base}, {"model": probe})
    assert seen == [base]


def test_why_an_option_is_right_or_wrong():
    assert diagnosing().why("C") == "More of the same changes nothing."


def test_large_draws_are_written_with_commas():
    question = "at most {budget} of {size} in {year}"
    draws = {"budget": (56_000,), "size": ("large",), "year": (2026,)}
    exercise = Exercise(**(PARTS | {"question": question, "draws": draws, "hints": ("{budget}",)}))
    assert exercise.question_for("anna") == "at most 56,000 of large in 2026"
    assert exercise.hints_for("anna") == ("56,000",)
