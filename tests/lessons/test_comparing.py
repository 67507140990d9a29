"""Comparing one answer with what is wanted, and what a student is told."""

import pytest

from coursetools.answers import Function
from coursetools.exercises import Failed
from coursetools.lessons.comparing import fail_unless


def called(function):
    kind = Function(cases=((1,),))
    return kind.read(kind.capture(function)["content"]).results[0]


TOLD = [
    (lambda a: 2, "==", 3, "`f(1)` gives `2`, and it should be `3`."),
    (lambda a: "b", "==", "a", "`f(1)` gives `'b'`, and it should be `'a'`."),
    (lambda a: None, "==", 3, "`f(1)` gives nothing. Does it end with `return`?"),
    (lambda a: 3, "is", None, "`f(1)` gives `3`, and it should be `None`."),
    (lambda a: 0, "true", None, "`f(1)` gives `0`, and it should be true."),
    (lambda a: 1 / 0, "==", 3, "`f(1)` stopped with `ZeroDivisionError: division by zero`."),
    (lambda a: [1], ">", 3, "`f(1)` gives `[1]`, and it should be more than `3`."),
]


@pytest.mark.parametrize(("function", "sign", "wanted", "words"), TOLD)
def test_a_student_is_told_what_was_called_given_and_wanted(function, sign, wanted, words):
    with pytest.raises(Failed) as failed:
        fail_unless("f(1)", called(function), sign, wanted)
    assert str(failed.value) == words
    with pytest.raises(Failed, match="A test of `f` that is not shown does not pass"):
        fail_unless("f(1)", called(function), sign, wanted, told=False)


def test_of_what_cannot_be_read_nothing_is_said():
    with pytest.raises(LookupError, match="dict"):
        fail_unless("f(1)", called(lambda a: {1: 2}), "!=", 3)


def test_a_slip_of_the_author_is_no_failure():
    with pytest.raises(ValueError, match="no sign"):
        fail_unless("f(1)", called(lambda a: 1), "=", 1)
