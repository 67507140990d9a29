"""What cells show and answer, as a notebook would: run without a jail, which tells nothing less."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from coursetools.sandbox import CellReport, Handed, Shown, receiving

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def texts(report: CellReport) -> list[str]:
    return [shown.text for shown in report.shown]


def states(report: CellReport) -> list[tuple[str, bool, dict[str, str]]]:
    return [
        (c.exercise, c.at_check, {name: data["state"] for name, data in c.data.items()})
        for c in report.captures
    ]


def test_streams_results_and_displays_come_in_order(run: Any) -> None:
    report = run(
        "import sys\nfrom IPython.display import display\n"
        "print('one'); print('two')\nsys.stderr.write('three')\ndisplay([4])\n5"
    )
    assert report.shown == (
        Shown("stream", "one\ntwo\n", name="stdout"),
        Shown("stream", "three", name="stderr"),
        Shown("display", "[4]"),
        Shown("result", "5"),
    )
    assert (report.error, report.ended, report.captures) == (None, None, ())


def test_names_magics_and_await_work_as_in_a_notebook(run: Any) -> None:
    assert texts(run("import asyncio\nasync def later():\n    return 6\nawait later()")) == ["6"]
    assert texts(run("_ + 1")) == ["7"]
    assert texts(run("%who_ls coroutine function")) == ["['later']"]
    assert texts(run("%%capture kept\nprint('quiet')")) == []
    assert texts(run("kept.stdout")) == ["'quiet\\n'"]
    assert texts(run("8;")) == []
    assert texts(run("__name__")) == ["'__main__'"]


def test_an_error_has_its_name_and_traceback_and_costs_nothing_else(run: Any) -> None:
    report = run("def half(x):\n    return x / 0\nprint('before')\nhalf(3)")
    assert report.error == "ZeroDivisionError"
    assert [s.kind for s in report.shown] == ["stream", "error"]
    assert "----> 2     return x / 0" in report.shown[1].text
    assert "\x1b" not in report.shown[1].text
    assert run("1 +").error == "SyntaxError"
    assert run("raise SystemExit").error == "SystemExit"
    assert run("exit()").error is None
    assert run("input()").error == "EOFError"
    assert texts(run("'still here'")) == ["'still here'"]


def test_answer_is_captured_at_check_and_after_its_cell(run: Any) -> None:
    report = run("n = 4\nq_1.check()\nn = 5", "7.1")
    assert [c.data["n"]["content"]["value"] for c in report.captures] == [4, 5]
    assert [c.at_check for c in report.captures] == [True, False]
    assert texts(report) == ["Checked when graded."]


COUNTED = """
class Counted:
    seen = 0
    def numpy(self):
        Counted.seen += 1
        1 / 0
"""


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("n = Counted()\nq_1.check()", "1"),
        ("n = Counted()\nq_1.check()  # and no more", "1"),
        ("n = Counted()\nq_1.check(); 5", "2"),
        ("n = Counted()\nq_2.check()", "1"),
        ("n = Counted()\nfor _ in range(20): q_1.check()\nq_1.check()", "9"),
        ("n = Counted()\n%time q_1.check()", "2"),
    ],
)
def test_an_answer_is_not_looked_at_twice_if_nothing_ran_since(
    run: Any, source: str, value: str
) -> None:
    run(COUNTED)
    report = run(source, "7.1")
    assert [c.exercise for c in report.captures if not c.at_check] == ["7.1"]
    assert texts(run("Counted.seen")) == [value]


def test_answer_is_captured_even_if_its_cell_raises(run: Any) -> None:
    report = run("row = [1, 2]\nm = ____\n1 / 0", "7.2")
    assert report.error == "ZeroDivisionError"
    assert states(report) == [("7.2", False, {"row": "given", "m": "blank"})]
    assert states(run("1 +", "7.1")) == [("7.1", False, {"n": "missing"})]


def test_function_is_tried_where_it_was_written(run: Any) -> None:
    report = run("scale = 10\ndef f(x):\n    print('loud')\n    return scale * x\nk = 1", "7.3")
    assert [case["value"] for case in report.captures[0].data["f"]["content"]["cases"]] == [10, 20]
    assert report.shown == ()


def test_views_stand_for_the_exercises(run: Any) -> None:
    assert texts(run("q_2")) == ["Exercise 7.2: Checked when graded."]
    assert (
        texts(run("q_2.hint(3); q_2.solution()"))
        == ["Hints and solutions are in your own notebook."] * 2
    )
    assert texts(run("ct.progress(); ct.submit(3)")) == [
        "Your progress is kept beside your own notebook.",
        "Graded from the file that was handed in.",
    ]
    assert texts(run("q_3.number, q_3.name, q_3.result")) == ["('7.3', 'q_3', None)"]


def test_a_used_blank_names_the_exercise_of_its_cell(run: Any) -> None:
    assert "exercise 7.1 was compared" in texts(run("n = ____ > 3", "7.1"))[0]


def test_use_is_answered_by_the_host(run: Any) -> None:
    asked: list[str] = []

    def use(exercise: str) -> Handed:
        asked.append(exercise)
        if exercise == "7.1":
            return Handed("own")
        if exercise == "7.3":
            return Handed("none", sentence="7.3 is not handed out.")
        array = {"dtype": "float32", "shape": [2], "data": "AACAPwAAAEA="}
        return Handed("data", {"row": array, "m": 3}, "Going on with the reference answer.")

    run("n = [1]", "7.1")
    assert texts(run("ct.use('7.1') is n", None, use)) == ["True"]
    report = run("found = ct.use('7.2')\nfound['row'] *= 2\nfound", None, use)
    assert texts(report) == [
        "Going on with the reference answer.",
        "{'row': array([2., 4.], dtype=float32), 'm': 3}",
    ]
    report = run("ct.use('7.3')", None, use)
    assert report.error == "ReferenceUnavailableError"
    assert report.shown[0].text.endswith("ReferenceUnavailableError: 7.3 is not handed out.")
    assert run("ct.use('9.9')", None, use).error == "LookupError"
    assert asked == ["7.1", "7.2", "7.3"]


def test_use_is_the_blank_in_an_answer_cell_and_nobody_is_asked(run: Any) -> None:
    def use(exercise: str) -> Handed:
        raise AssertionError("the host was asked")

    report = run("n = ct.use('7.1')", "7.1", use)
    assert states(report) == [("7.1", False, {"n": "blank"})]


def test_too_much_of_everything_is_dropped_and_said(opened: Any) -> None:
    run = opened(output=100_000)
    report = run("for n in range(100_000):\n    print('line', n)")
    assert sum(len(s.text) for s in report.shown[:-1]) == 64 * 1024
    assert texts(report)[-1] == receiving.DROPPED
    assert len(run("print('x' * 50_000)").shown[0].text) == 100_000 - 64 * 1024
    assert texts(run("print('more')")) == [receiving.DROPPED]
    assert run("1 / 0").error == "ZeroDivisionError"


def test_many_small_things_are_dropped_and_said(run: Any) -> None:
    report = run("from IPython.display import display\nfor n in range(1000): display(n)")
    assert len(report.shown) == 401
    assert texts(report)[-1] == receiving.DROPPED


def test_pictures_are_kept_if_they_begin_as_pictures(run: Any) -> None:
    report = run(
        "import base64\nfrom IPython.display import Image, display\n"
        f"png = base64.b64decode('{PNG}')\n"
        "display(Image(png))\n"
        "display({'image/png': 'bm90IGEgcGljdHVyZQ==', 'text/plain': 'fake'}, raw=True)\n"
        f"display({{'text/html': '<img src=\"data:image/png;base64,{PNG}\">',"
        " 'text/plain': 'a dot'}, raw=True)\n"
        "for n in range(30): display(Image(png))"
    )
    pictures = [s.image for s in report.shown]
    assert pictures[0] == pictures[2] is not None
    assert pictures[0].startswith(b"\x89PNG")
    assert report.shown[1] == Shown("display", "fake")
    assert report.shown[2].text == "a dot"
    assert sum(p is not None for p in pictures) == 20


def test_figure_has_picture_and_words(run: Any) -> None:
    report = run(
        "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
        "plt.plot([1, 2]); plt.title('Two points'); plt.show()"
    )
    (figure,) = [s for s in report.shown if s.image]
    assert figure.image.startswith((b"\x89PNG", b"\xff\xd8\xff"))
    assert "Two points" in figure.text


def test_widgets_show_their_text_without_a_front_end(run: Any) -> None:
    report = run("import ipywidgets\nslider = ipywidgets.IntSlider(3)\nslider.value = 4\nslider")
    assert report.error is None
    assert texts(report)[-1].startswith("IntSlider(value=4")


def test_threads_and_forks_of_a_student_spoil_nothing(run: Any) -> None:
    report = run(
        "import os, threading\n"
        "thread = threading.Thread(target=lambda: print('from a thread'))\n"
        "thread.start(); thread.join()\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    print('from a child'); os._exit(0)\n"
        "os.waitpid(pid, 0)[1]"
    )
    assert texts(report) == ["from a thread\n", "0"]
    assert texts(run("print('next')")) == ["next\n"]


def test_what_is_written_between_cells_is_shown_with_the_next(run: Any) -> None:
    run("import threading\nthreading.Timer(0.3, lambda: print('late')).start()")
    assert "late\n" in texts(run("import time; time.sleep(1)"))


def test_streams_and_signals_are_put_back_for_the_next_cell(opened: Any) -> None:
    run = opened(cell=1)
    run("import sys, signal\nsys.stdout = None\nsignal.signal(signal.SIGINT, signal.SIG_IGN)")
    assert texts(run("print('back')")) == ["back\n"]
    assert run("while True: pass").error == "KeyboardInterrupt"


def test_a_cell_that_takes_too_long_is_interrupted(opened: Any) -> None:
    run = opened(cell=1)
    report = run("print('begun')\nwhile True: pass")
    assert (report.error, report.ended) == ("KeyboardInterrupt", None)
    assert report.sentence == "The cell took longer than 1 seconds and was interrupted."
    assert report.shown[0].text == "begun\n"
    assert 1 <= report.seconds < 3
    assert texts(run("'goes on'")) == ["'goes on'"]


def test_a_function_that_never_ends_costs_its_own_answer(opened: Any) -> None:
    run = opened(cell=1)
    report = run("def f(x):\n    while True: pass\nk = 2", "7.3")
    assert states(report) == [("7.3", False, {"f": "unreadable", "k": "given"})]
    assert report.captures[0].data["f"]["reason"] == "Looking at it took too long."
    assert report.ended is None


def test_an_object_may_raise_what_it_likes(run: Any) -> None:
    run("class Odd(BaseException): pass\nclass Trap:\n    def numpy(self): raise Odd")
    report = run("n = Trap()", "7.1")
    assert report.captures[0].data["n"]["state"] == "unreadable"
    assert run("raise Odd").error == "Odd"


@pytest.mark.parametrize(
    ("source", "error"),
    [("'a\0b'", None), ("x = '\ud800'", "UnicodeEncodeError"), ("(" * 300, "SyntaxError")],
)
def test_odd_sources_cost_their_own_cell(run: Any, source: str, error: str | None) -> None:
    assert error is None or run(source).error == error
    assert texts(run("'goes on'")) == ["'goes on'"]


def test_a_cell_that_is_too_large_is_not_run(run: Any) -> None:
    report = run("x = 1\n" * 200_000)
    assert report.error == "CellTooLargeError"
    assert report.sentence == "The cell was not run: it has more than 1,048,576 characters."
    assert texts(run("'goes on'")) == ["'goes on'"]


def test_same_input_shows_the_same(opened: Any) -> None:
    source = (
        "import random, numpy\nprint(random.random(), numpy.random.rand(), {'a', 'b', 'c', 'd'})\n"
        "print(hash('word'), object())\nimport os\nos.listdir('.')"
    )
    first, second = (opened()(source) for _ in range(2))
    assert first.shown == second.shown
    assert texts(first)[-1] == "[]"


def test_host_side_imports_nothing_heavy() -> None:
    program = (
        "import sys, coursetools.sandbox\n"
        "print(*{'IPython', 'keras', 'matplotlib', 'numpy', 'tensorflow'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "")


@pytest.mark.parametrize(
    ("shown", "cleaned"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("1/3\r2/3\r3/3\nend\r\n", "3/3\nend\n"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x07", "link"),
        ("<object at 0x7f12ab>", "<object at 0x...>"),
        ("0xff", "0xff"),
        ("a\x00b\ud800c\x9fd\te", "abcd\te"),
    ],
)
def test_shown_text_is_cleaned(shown: str, cleaned: str) -> None:
    assert receiving.clean(shown) == cleaned
