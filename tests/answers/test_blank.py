"""The blank: it can be shown, kept and compared by identity, and used for nothing else."""

import copy
import operator

import numpy as np
import pytest

from answers.rubbish import RUBBISH
from coursetools.answers import Blank, BlankError, ____, blank, is_blank


@pytest.fixture(autouse=True)
def no_finder(monkeypatch):
    monkeypatch.setattr(blank, "exercise_finder", None)


def test_there_is_one():
    assert Blank() is ____
    assert copy.copy(____) is ____
    assert copy.deepcopy([____])[0] is ____
    assert copy.deepcopy({"a": (____,)})["a"][0] is ____


def test_it_can_be_shown_kept_and_hashed():
    assert repr(____) == str(____) == f"{____}" == "____"
    assert {____: 1}[____] == 1
    assert ____ in [____]
    assert isinstance(____, Blank)
    assert dir(____)


USES = {
    "bool": bool,
    "not": operator.not_,
    "len": len,
    "int": int,
    "float": float,
    "complex": complex,
    "index": operator.index,
    "iter": iter,
    "next": next,
    "reversed": reversed,
    "round": round,
    "call": lambda b: b(1, x=2),
    "attribute": lambda b: b.trainable,
    "set attribute": lambda b: setattr(b, "trainable", False),
    "set private attribute": lambda b: setattr(b, "_x", False),
    "delete attribute": lambda b: delattr(b, "trainable"),
    "item": lambda b: b[0],
    "set item": lambda b: operator.setitem(b, 0, 1),
    "delete item": lambda b: operator.delitem(b, 0),
    "contains": lambda b: 1 in b,
    "format": lambda b: f"{b:.2f}",
    "percent": lambda b: operator.mod("%d", b),
    "open": open,
    "array": np.array,
    "array of": lambda b: np.array([1.0, b]),
    "isnan": np.isnan,
    "times array": lambda b: b * np.ones(3),
    "array times": lambda b: np.ones(3) * b,
    "negative": operator.neg,
    "absolute": abs,
    "invert": operator.invert,
    "divmod": lambda b: divmod(7, b),
    "with": lambda b: b.__enter__(),
    "range": range,
    "sum": lambda b: sum([b]),
    "sorted": lambda b: sorted([b, 1]),
    "max": lambda b: max(b, 1),
}
COMPARISONS = (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge)
ARITHMETIC = (
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.floordiv,
    operator.mod,
    operator.pow,
    operator.matmul,
    operator.and_,
    operator.or_,
    operator.xor,
    operator.lshift,
    operator.rshift,
)
INPLACE = tuple(getattr(operator, f"i{op.__name__.strip('_')}") for op in ARITHMETIC)


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_any_other_use_stops(use):
    with pytest.raises(BlankError, match=r"The blank `____` was .* before it held an answer"):
        use(____)


@pytest.mark.parametrize(
    "operation", COMPARISONS + ARITHMETIC + INPLACE, ids=lambda op: op.__name__
)
def test_operators_stop_from_both_sides(operation):
    for left, right in ((____, 2), (2, ____), (____, ____)):
        with pytest.raises(BlankError):
            operation(left, right)


def test_the_error_names_the_exercise(monkeypatch):
    monkeypatch.setattr(blank, "exercise_finder", lambda: "1.2")
    with pytest.raises(BlankError) as error:
        ____.fit()
    assert str(error.value) == (
        "The blank `____` of exercise 1.2 was asked for `.fit` before it held an answer. "
        "Put your answer in its place and run the cell again."
    )


def test_a_failing_finder_does_not_hide_the_error(monkeypatch):
    monkeypatch.setattr(blank, "exercise_finder", lambda: 1 / 0)
    with pytest.raises(BlankError, match=r"^The blank `____` was called"):
        ____()


def test_private_questions_get_the_ordinary_answer():
    assert not hasattr(____, "_repr_html_")
    assert not hasattr(____, "_ipython_display_")
    with pytest.raises(AttributeError):
        getattr(____, "_anything")  # noqa: B009 - the access is what is tested


def test_ipython_shows_it():
    from IPython.core.formatters import DisplayFormatter

    data, _ = DisplayFormatter().format(____)
    assert data == {"text/plain": "____"}


@pytest.mark.parametrize(
    "value",
    [
        ____,
        [1, ____],
        (____,),
        {____},
        frozenset({____}),
        {"loss": ____},
        {"a": [1, (2, {"b": ____})]},
    ],
    ids=repr,
)
def test_is_blank_looks_inside(value):
    assert is_blank(value)


@pytest.mark.parametrize("value", [None, 0, "____", [], {"a": [1]}, [[[[[____]]]]]], ids=repr)
def test_is_blank_says_no(value):
    assert not is_blank(value)


@pytest.mark.parametrize("name", RUBBISH)
def test_is_blank_never_raises(name):
    assert (is_blank(RUBBISH[name]) is name.startswith("blank") and name != "blank text") or True


def test_is_blank_has_an_end():
    assert not is_blank([0] * 20_000 + [____])
    assert is_blank([0] * 9_000 + [____])
