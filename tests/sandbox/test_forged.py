"""Frames that the runner never sends: each ends the place as garbled, and none is believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coursetools.sandbox import CellReport, Handed, RunStatus

FORGE = """
import json, os, stat, struct
end = next(n for n in range(3, 64) if os.path.exists(f"/dev/fd/{n}")
           and stat.S_ISSOCK(os.fstat(n).st_mode))

def raw(data):
    while data:
        data = data[os.write(end, data):]

def forge(**message):
    body = json.dumps({"run": 2, **message}).encode()
    raw(struct.pack(">I", len(body)) + body)
"""

DATA = "{'n': {'state': 'given', 'kind': 'number', 'content': {'value': 4}}}"


def attack(opened: Callable[..., Any], source: str, exercise: str | None = None) -> CellReport:
    """Run an attack as the second cell, and see that nothing runs after a garbled one."""
    run = opened(cell=5)
    assert run(FORGE).error is None
    report = run(source, exercise)
    if report.ended is not None:
        after = run("1 + 1")
        assert (after.ended, after.shown) == (report.ended, ())
    return report


@pytest.mark.parametrize(
    ("source", "exercise", "sentence"),
    [
        ("raw(b'\\xff' * 100)", None, "a frame of 4,294,967,295 bytes"),
        ("raw(struct.pack('>I', 7_000_000))", None, "a frame of 7,000,000 bytes"),
        ("raw(struct.pack('>I', 5) + b'junk!')", None, "not JSON"),
        ("raw(struct.pack('>I', 5) + b'[1,2]')", None, "no JSON object"),
        ("raw(struct.pack('>I', 2000) + b'[' * 2000)", None, "not JSON"),
        (
            "b = b'{\"a\":' * 40 + b'1' + b'}' * 40\nraw(struct.pack('>I', len(b)) + b)",
            None,
            "deep",
        ),
        ("raw(struct.pack('>I', 1_000_001) + b'[' + b'1,' * 500_000)", None, "500,001 values"),
        ("forge(frame='done', run=9**30)", None, "out of range"),
        ("forge(frame='shown', kind='stream', name='stdout', text=float('nan'))", None, "NaN"),
        ("forge(frame='verdict', passed=True)", None, "`verdict` is none that is known"),
        ("forge(frame=['done'])", None, "`frame` is not a text"),
        ("forge(frame='done', run=True)", None, "`run` is not a whole number"),
        ("forge(frame='done', run=3)", None, "It is of run 3, and run 2 is on"),
        ("forge(frame='done', error=5)", None, "`error` is not a text"),
        ("forge(frame='shown', kind='verdict', name='', text='')", None, "`kind` is none"),
        ("forge(frame='shown', kind='stream', name='stdlog', text='')", None, "no stream"),
        (
            "forge(frame='shown', kind='result', name='', text='x' * 70_000)",
            None,
            "more than 65536",
        ),
        (
            "for n in range(3):\n"
            "    forge(frame='shown', kind='result', name='', text='x' * 30_000)",
            None,
            "shows more than it may",
        ),
        (
            "for n in range(500): forge(frame='shown', kind='result', name='', text='')",
            None,
            "shows more than it may",
        ),
        ("forge(frame='shown', kind='display', name='', text='', image='!')", None, "no base64"),
        (
            "forge(frame='shown', kind='display', name='', text='', image='AAAA' * 750_000)",
            None,
            "shows more than it may",
        ),
        ("forge(frame='dropped'); forge(frame='dropped')", None, "It was said before"),
        (f"forge(frame='capture', exercise='9.9', at_check=True, data={DATA})", None, "not asked"),
        (
            f"forge(frame='capture', exercise='7.1', at_check=False, data={DATA})",
            None,
            "at the end of another cell",
        ),
        (
            f"forge(frame='capture', exercise='7.1', at_check=False, data={DATA})",
            "7.2",
            "at the end of another cell",
        ),
        (
            f"forge(frame='capture', exercise='7.1', at_check=False, data={DATA})",
            "7.1",
            "captures its answer twice",
        ),
        (
            "for n in range(9):\n"
            f"    forge(frame='capture', exercise='7.1', at_check=True, data={DATA})",
            None,
            "more answers than a cell may",
        ),
        ("forge(frame='capture', exercise='7.1', at_check=1, data={})", None, "true nor false"),
        ("forge(frame='capture', exercise='7.1', at_check=True, data=[])", None, "not an object"),
        ("for n in range(101): forge(frame='use', exercise='7.1')", None, "more answers than"),
        ("forge(frame='use', exercise='9.9')", None, "not asked"),
        ("os.close(end)\nimport time; time.sleep(60)", None, "closed its connection"),
    ],
)
def test_forged_frame_ends_the_place(
    opened: Callable[..., Any], source: str, exercise: str | None, sentence: str
) -> None:
    report = attack(opened, source, exercise)
    assert report.ended is RunStatus.GARBLED
    assert sentence in report.sentence


def test_all_answers_together_have_a_limit(opened: Callable[..., Any]) -> None:
    run = opened(answers=100_000)
    run(FORGE)
    big = "{'n': {'x': 'y' * 60_000}}"
    report = run(
        f"forge(frame='capture', exercise='7.1', at_check=True, data={big})\n"
        f"forge(frame='capture', exercise='7.1', at_check=True, data={big})"
    )
    assert report.ended is RunStatus.GARBLED
    assert "all answers together" in report.sentence


def test_all_answers_together_have_few_values(opened: Callable[..., Any]) -> None:
    run = opened()
    run(FORGE)
    source = (
        "for n in range(5):\n"
        "    forge(frame='capture', exercise='7.1', at_check=True, data={'n': [[]] * 450_000})"
    )
    report = run(source)
    assert report.ended is RunStatus.GARBLED
    assert len(report.captures) == 4


def test_done_for_a_cell_that_runs_on_is_found_out(opened: Callable[..., Any]) -> None:
    run = opened(cell=1)
    run(FORGE)
    source = "forge(frame='done', error=None)\nimport time\nwhile time.sleep(0.1) is None: pass"
    forged = run(source, "7.1")
    assert (forged.error, forged.ended, forged.captures) == (None, None, ())
    caught = run("1 + 1")
    assert caught.ended in (RunStatus.GARBLED, RunStatus.TIMED_OUT)
    assert caught.seconds < 4


def test_a_forged_capture_is_worth_what_typing_it_is(opened: Callable[..., Any]) -> None:
    report = attack(
        opened, f"forge(frame='capture', exercise='7.1', at_check=True, data={DATA})\nn = 5", "7.1"
    )
    assert report.ended is None
    assert [c.data["n"]["content"]["value"] for c in report.captures] == [4, 5]


def test_a_forged_use_in_an_answer_cell_asks_nobody(opened: Callable[..., Any]) -> None:
    run = opened()
    run(FORGE)

    def use(exercise: str) -> Handed:
        raise AssertionError("the host was asked")

    source = (
        "forge(frame='use', exercise='7.1')\n"
        "size = struct.unpack('>I', os.read(end, 4))[0]\n"
        "answer = json.loads(os.read(end, size))\n"
        "print(answer['how'], answer['values'])"
    )
    report = run(source, "7.2", use)
    assert report.shown[0].text == "none {}\n"


def test_a_picture_that_is_none_is_left_out(opened: Callable[..., Any]) -> None:
    source = "forge(frame='shown', kind='display', name='', text='x', image='PHN2Zz4=')"
    report = attack(opened, source)
    assert report.ended is None
    assert [(s.text, s.image) for s in report.shown] == [("x", None)]


def test_a_million_lines_do_not_hold_up_the_host(opened: Callable[..., Any]) -> None:
    run = opened(cell=3)
    run(FORGE)
    report = run("while True: forge(frame='shown', kind='result', name='', text='')")
    assert report.ended is RunStatus.GARBLED
    assert report.seconds < 3


def test_dribbling_a_frame_does_not_stop_the_clock(opened: Callable[..., Any]) -> None:
    run = opened(cell=1)
    run(FORGE)
    source = (
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "raw(struct.pack('>I', 1000))\nwhile True:\n    raw(b' '); time.sleep(0.05)"
    )
    report = run(source)
    assert report.ended is RunStatus.TIMED_OUT
    assert report.seconds < 5
