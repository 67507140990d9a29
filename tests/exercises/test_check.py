"""The helpers that checks are written with."""

import pytest

from answers.rubbish import RUBBISH
from coursetools.exercises import Failed, fail_if, named, sentences, shown
from exercises.sample import counting


def test_fail_if():
    fail_if(False, "no")
    fail_if(0, "no")
    with pytest.raises(Failed, match=r"^One short\.$"):
        fail_if(True, "One short.")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (327713, "`327713`"),
        (0.5, "`0.5`"),
        ("A", "`A`"),
        ("a`b`", "`a'b'`"),
        ("two\nlines", "`two lines`"),
        ("<b>", "`<b>`"),
        ("x" * 100, "`" + "x" * 57 + "...`"),
        ((5, 4, 4, 1), "`(5, 4, 4, 1)`"),
        (frozenset({"B", "A"}), "`{'A', 'B'}`"),
    ],
)
def test_a_value_is_quoted(value, line):
    assert shown(value) == line


@pytest.mark.parametrize("name", RUBBISH)
def test_anything_can_be_quoted(name):
    line = shown(RUBBISH[name])
    assert len(line) <= 62
    assert line.isprintable()
    assert (line[0], line[-1], line.count("`")) == ("`", "`", 2)


def test_the_first_mistake_that_fits_is_named():
    mistakes = (
        (12, "twelve"),
        (lambda n: n % 2 == 0, "{value} is even"),
        (lambda n: n > 100, "{value} is large"),
    )
    assert named(12, mistakes) == "twelve"
    assert named(12.0, mistakes) == "twelve"
    assert named(102, mistakes) == "`102` is even"
    assert named(103, mistakes) == "`103` is large"
    assert named(7, mistakes) == ""
    assert named(7, ()) == ""


@pytest.mark.parametrize(
    ("feedback", "number"),
    [
        ("", 0),
        ("One short.", 1),
        ("No stop at the end", 1),
        ("One. Two! Three?", 3),
        ("It is `1.5. 2.` or .005, as in 1.2.", 1),
        ('He said "no." Then yes.', 2),
        ("*Not answered yet.* Try.", 2),
        ("`a`", 0),
    ],
)
def test_sentences_are_counted(feedback, number):
    assert sentences(feedback) == number


def test_a_check_can_be_called_by_itself():
    check = counting().checks[0]
    assert (check.name, check.description) == (
        "has_the_big_part",
        "The weights of all inputs are in it.",
    )
    with pytest.raises(Failed):
        check(weights=1, draw={"h": 8, "n": 100})
