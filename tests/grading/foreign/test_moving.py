"""What is written of an assignment: a lesson that loads, is laid out well, and marks as before."""

import ast
import contextlib
import copy
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coursetools.exercises import Outcome
from coursetools.grading.foreign import ForeignError, MovingError, move_over
from coursetools.grading.foreign.layout import quote
from coursetools.grading.release import release
from coursetools.lessons.own import load_own
from coursetools.lessons.trying import try_answer
from grading.foreign import sources
from grading.foreign.test_reading import LISTS, MADE


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    return {name: move_over(MADE / name, tmp_path_factory.mktemp("out")) for name in LISTS}


def one(tmp_path, answer, *tests, name="f"):
    """Move over one exercise; give its lesson."""
    cells = [sources.answer_cell(name, answer)]
    cells += [sources.tests_cell(f"t{place}", 1, test) for place, test in enumerate(tests, 1)]
    (tmp_path / "a.ipynb").write_text(sources.notebook(cells))
    return move_over(tmp_path / "a.ipynb", tmp_path / "out")


@pytest.mark.parametrize("name", LISTS)
def test_what_is_written_loads_and_keeps_names_and_points(moved, name, tmp_path):
    lesson = load_own(moved[name].lesson)
    assert [(e.title, e.points) for e in lesson.exercises] == [
        (title, points) for title, _, points, _ in LISTS[name]
    ]
    release(lesson, tmp_path, sealed=True, source=moved[name].lesson.parent)


def test_what_is_written_is_in_our_style(moved):
    ruff = [sys.executable, "-m", "ruff"]
    files = [str(each.lesson) for each in moved.values()]
    rules = ["--select=E,F,W,I,B,UP,SIM,RUF,C4,PIE,N,BLE", "--line-length=100"]
    for command in (["check", *rules], ["format", "--check", "--line-length=100"]):
        told = subprocess.run(
            [*ruff, *command, "--isolated", *files], capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("name", LISTS)
def test_checks_earn_what_is_right_and_nothing_else(moved, name):
    lesson = load_own(moved[name].lesson)
    stops = lesson.exercises[0]
    right, wrong = (lambda n, k, s=1: (n - k) // s + 1), (lambda n, k, s=1: n - k + 1)
    assert try_answer(stops, lesson, stops=right).score == stops.points
    assert try_answer(stops, lesson, stops=wrong).score < stops.points
    assert try_answer(stops, lesson, stops=lambda n, k, s=1: None).score == 0
    for exercise in lesson.exercises:
        assert try_answer(exercise, lesson).score == 0


@pytest.mark.parametrize("name", LISTS)
def test_solutions_that_were_there_solve_it(moved, name):
    lesson = load_own(moved[name].lesson)
    for exercise in lesson.exercises:
        if exercise.has_solution:
            results = try_answer(exercise, lesson, **exercise.solve_for("")).checks
            assert {each.outcome for each in results} <= {Outcome.PASSED, Outcome.PENDING}


def test_nothing_counts_before_a_person_has_looked_where_a_test_was_not_taken_over(moved):
    lesson = load_own(moved["nbgrader-source.ipynb"].lesson)
    share = lesson.exercises[1]
    assert try_answer(share, lesson, share=1 / 3).score is None
    failed = try_answer(share, lesson, share=0.5)
    assert failed.score == 0
    assert "`share` gives `0.5`, and it should be about `0.3333`" in failed.feedback_lines[0]


def test_a_hidden_test_tells_nothing(moved):
    lesson = load_own(moved["nbgrader-source.ipynb"].lesson)
    stops = lesson.exercises[0]
    told = try_answer(stops, lesson, stops=lambda n, k, s=1: (n - k) // s + (n != k))
    assert told.score == 0
    assert told.feedback_lines == ("A test of `stops` that is not shown does not pass.",)


FUNCTIONS = {
    "1": lambda *_: 1,
    "1.0": lambda *_: 1.0,
    "true": lambda *_: True,
    "text": lambda *_: "1",
    "nothing": lambda *_: None,
    "list": lambda *_: [1, 2.0],
    "tuple": lambda *_: (1, 2),
    "empty": lambda *_: [],
    "near": lambda *_: 1.004,
    "one in a list": lambda *_: [1],
    "one in an array": lambda *_: np.array([1.0]),
    "array": lambda *_: np.array([1, 2]),
    "nested": lambda *_: [[1, 2], (1, 2)],
    "nan": lambda *_: float("nan"),
    "raises": lambda *_: 1 / 0,
    "argument": lambda a=0, *_: a,
}
TESTS = [
    "assert f(1) == 1",
    "assert 1 == f(2, 'x')",
    "assert f([1, 2]) != 1",
    "assert f(1) == [1, 2]",
    "assert f(1) == (1, 2)",
    "assert f(1) == '1'",
    "assert f(1) == -1",
    "assert f(1) is None",
    "assert f(0) is True",
    "assert f()",
    "assert not f()",
    "assert f(1) == []",
    "assert f(3) >= 1 and f(3) < 2",
    "assert 1 < f(3)",
    "assert round(f(1), 2) == 1",
    "assert round(f(1)) == 1",
    "assert abs(f(1) - 1) < 0.01",
    "assert abs(1 - f(1)) <= 0.001",
    "import math\nassert math.isclose(f(1), 1, abs_tol=0.01)",
    "from math import isclose\nassert isclose(1, f(1), rel_tol=0.01)",
    "import numpy as np\nassert np.isclose(f(1), 1)",
    "import numpy as np\nassert np.allclose(f(1), [1, 2])",
    "import numpy as np\nnp.testing.assert_allclose(f(1), 1, rtol=0.01)",
    "import numpy as np\nassert np.allclose(f(1), 1)",
    "import numpy as np\nassert np.array_equal(f(np.array([[1, 2]])), np.array([1, 2]))",
    "import numpy as np\nrow = np.array([1, 2])\nnp.testing.assert_array_equal(f(row), [1, 2])",
    "row = [1, 2]\nassert f(row) == [1, 2]",
]


# Where NumPy stretches a list of one, or one of another shape, ours asks for what was meant.
STRICTER = [
    (name, test)
    for name, call in (
        ("empty", "allclose(f(1), 1"),
        ("nested", "np.allclose(f(1), [1, 2])"),
        ("one in a list", "np.isclose"),
    )
    for test in TESTS
    if call in test
]


@pytest.mark.parametrize("test", TESTS)
def test_a_check_says_of_each_function_what_the_old_test_says(test, tmp_path):
    lesson = load_own(one(tmp_path, "def f(*a):\n    return 1", test).lesson)
    (exercise,) = lesson.exercises
    assert not any(check.by_hand for check in exercise.checks)
    for name, function in FUNCTIONS.items():
        if name == "one in an array" and "math" in test:
            continue  # NumPy's versions differ on whether it is a number
        try:
            exec(test, {"f": function})
        except Exception:
            passes = False
        else:
            passes = True
        if (name, test) in STRICTER:
            passes = False
        assert try_answer(exercise, lesson, f=function).solved is passes, name


VALUES = [1, 1.0, 1.004, -1, "b", "a", [1, 2], [1, 3]]


@pytest.mark.parametrize(
    "test",
    ["assert f == 1", "assert f == 'a'", "assert f > 0.5", "assert [1, 2] == f", "assert f != 1"],
)
def test_a_check_says_of_each_value_what_the_old_test_says(test, tmp_path):
    lesson = load_own(one(tmp_path, "f = 1", test).lesson)
    (exercise,) = lesson.exercises
    for value in VALUES:
        if isinstance(value, str) is not ("'a'" in test):
            continue  # another kind of answer; read or refused before any check
        passes = type(value) in (int, float) or "1, 2" in test or "'a'" in test
        passes = passes and eval(test.removeprefix("assert "), {"f": value})
        assert try_answer(exercise, lesson, f=value).solved is passes, value


REASONS = {
    "for i in range(3):\n    assert f(i) == i": "it loops",
    "assert open('a').read() == f(1)": "it reads a file",
    "assert f(x) == 1": "not written out",
    "assert f(1) == g(1)": "not written out",
    "import random\nassert f(random.random()) == 1": "not written out",
    "assert f(1)[0] == 1": "picks a part",
    "assert f(1).size == 1": "looks inside an object",
    "assert isinstance(f(1), int)": "asks for a type",
    "assert len(f(1)) == 2": "puts the answer through `len`",
    "try:\n    f(-1)\nexcept ValueError:\n    pass": "waits for an error",
    "assert plt.gca().lines": "looks at a plot",
    "assert f(1) == {1: 2}": "not written out",
    "assert f(b=1) == 1": "by name",
    "assert x == 1": "is made elsewhere",
    "assert f == True": "no kind of answer",
    "assert draw == 1": "since checks use it",
    "# all hidden": "nothing that can fail",
    "### AUTOTEST f(1)": "nbgrader writes this test",
    "%run other.py\nassert f(1) == 1": "no plain Python",
    "from other import f\nassert f(1) == 1": "it compares",
    "from other import *\nassert f(1) == 1": "imports all names",
    "def f(a):\n    return 1\nassert f(1) == 1": "made by the test",
    "a = f(1)\nassert a == 1": "made by the test",
}


@pytest.mark.parametrize("test", REASONS)
def test_what_is_of_no_simple_form_is_left_to_a_person_with_its_reason(test, tmp_path):
    made = one(tmp_path, "def f(a):\n    return 1", test)
    (exercise,) = load_own(made.lesson).exercises
    assert all(check.by_hand for check in exercise.checks if check.points)
    assert REASONS[test] in "".join(each.reason for each in made.left_out if each.name == "t1")
    assert try_answer(exercise, answer_100_1="done", f=lambda a: 1).score is None


def test_one_simple_line_of_several_is_a_condition(tmp_path):
    made = one(tmp_path, "def f(a):\n    return 1", "assert f(1) == 1\nassert len(f(2)) == 1")
    (exercise,) = load_own(made.lesson).exercises
    assert [(c.points, c.by_hand) for c in exercise.checks] == [(0, False), (1, True)]
    assert try_answer(exercise, f=lambda a: 1).score is None
    assert try_answer(exercise, f=lambda a: 2).score == 0


def test_nothing_of_it_runs(tmp_path):
    mark = tmp_path / "ran"
    bad = f"open({str(mark)!r}, 'w')"
    region = f"    ### BEGIN SOLUTION\n    return {bad}\n    ### END SOLUTION"
    cells = [
        sources.cell("code", bad),
        sources.answer_cell("f", f"{bad}\ndef f(a=[{bad}]):\n{region}"),
        sources.tests_cell("t", 1, f"{bad}\nassert f(1) == {bad}\nassert f(1) == 1"),
        sources.by_hand_cell("m", "code", 1, bad),
    ]
    (tmp_path / "a.ipynb").write_text(sources.notebook(cells))
    load_own(move_over(tmp_path / "a.ipynb", tmp_path / "out").lesson)
    assert not mark.exists()


EVIL = [
    '"""\nraise SystemExit\n"""',
    "\\",
    "'\"\\\n\r\n\x0c\x00{}{{x}}",
    "a\u2028b\u202ec\ud800",
    "`](x) | <script>\n# Exercise 100.1",
    "x" * 500 + '"' * 300,
    "",
]


@pytest.mark.parametrize("text", EVIL)
def test_names_and_texts_stay_names_and_texts(text, tmp_path):
    cells = [
        sources.cell("markdown", text),
        sources.cell("code", f"# Exercise 100.1\n{text}"),
        sources.answer_cell(text, f"x = 1\n{text}"),
        sources.tests_cell(f"t{text}", 1, f"assert x == 1\n{text}"),
        sources.cell("markdown", text),
        sources.by_hand_cell(f"m{text}", "markdown", 1, text),
        sources.cell("markdown", text, metadata=sources.role(f"k{text}", "markdown", 1, task=True)),
    ]
    (tmp_path / "a.ipynb").write_text(sources.notebook(cells))
    made = move_over(tmp_path / "a.ipynb", tmp_path / "out")
    tree = ast.parse(made.lesson.read_text(encoding="utf-8"))
    kinds = (ast.Expr, ast.ImportFrom, ast.Assign, ast.FunctionDef)
    assert all(isinstance(node, kinds) for node in tree.body)
    assert sum(isinstance(node, ast.Expr) for node in tree.body) == 1  # its docstring
    lesson = load_own(made.lesson)
    release(lesson, tmp_path / "handout", source=made.lesson.parent, module=made.lesson)
    assert "<script>" not in made.report.read_text(encoding="utf-8").replace("`", "").split("\n")[0]


def test_a_text_in_quotes_is_the_same_text():
    chance = random.Random(3)
    for _ in range(300):
        text = "".join(chance.choices("a'\"\\\n\t\u00e9\u2028{", k=chance.randrange(12)))
        assert ast.literal_eval(quote(text)) == text
        assert "\n" not in quote(text)


def _mutated(chance, content):
    """Change a few places of parsed JSON into something else."""
    others = [None, True, -1, 1e999, "", "x", [], {}, [[]], {"nbgrader": {"points": "x"}}]
    for _ in range(chance.randrange(1, 4)):
        here = content
        while True:
            keys = list(here) if isinstance(here, dict) else range(len(here))
            key = chance.choice(list(keys))
            if not isinstance(here[key], (dict, list)) or not here[key] or chance.random() < 0.1:
                here[key] = copy.deepcopy(chance.choice(others))
                break
            here = here[key]
    return content


@pytest.mark.parametrize("name", [n for n in LISTS if "files" not in n])
def test_a_damaged_file_is_moved_or_refused_in_a_sentence(name, tmp_path):
    chance = random.Random(name)
    text = (MADE / name).read_text()
    refused = []
    for place in range(30):
        file = tmp_path / f"{place}.ipynb"
        file.write_text(json.dumps(_mutated(chance, json.loads(text))))
        try:
            made = move_over(file, tmp_path / str(place))
        except ForeignError as error:
            refused.append(str(error))
        else:
            load_own(made.lesson)
    assert all(sentence.endswith(".") for sentence in refused)
    assert len(refused) < 30


@pytest.mark.parametrize("deep", ["-" * 3000 + "1", "+".join("1" * 3000), "a" + ".a" * 3000])
def test_code_that_is_nested_beyond_measure_is_no_traceback(deep, tmp_path):
    cells = [sources.cell("code", f"b = {deep}")]
    cells += [sources.answer_cell("f", f"def f(a={deep}):\n    return 1 # SOLUTION")]
    cells += [sources.tests_cell("t", 1, f"assert {deep} == 1\nassert f({deep}) == 1")]
    (tmp_path / "a.ipynb").write_text(sources.notebook(cells))
    with contextlib.suppress(ForeignError):
        load_own(move_over(tmp_path / "a.ipynb", tmp_path / "out").lesson)


def test_what_somebody_has_worked_on_is_not_written_over(tmp_path):
    file = MADE / "otter-source.ipynb"
    made = move_over(file, tmp_path)
    assert move_over(file, tmp_path).lesson == made.lesson
    made.lesson.write_text("mine")
    with pytest.raises(MovingError, match="is another one"):
        move_over(file, tmp_path)
    with pytest.raises(MovingError, match="from 100"):
        move_over(file, tmp_path / "new", number=5)
    assert not Path(tmp_path, "new").exists()
