"""Whose numbers count, and whose else an answer may fit."""

from coursetools import lessons
from coursetools.grading.ids import Ids, settle

COUNT = lessons.load(1).exercise("1.4")
LETTER = lessons.load(1).exercise("1.5")
CLASS = [f"student-{number}" for number in range(40)]


def test_the_roster_goes_before_the_notebook_and_the_notebook_before_the_demo():
    assert settle("Ada", "Bob") == Ids(marked="ada", seen="bob")
    assert settle("", "Bob") == Ids(marked="bob", seen="bob")
    assert settle("  ", None) == Ids(marked="demo", seen="demo")


def test_the_rest_of_the_class_is_without_the_student():
    assert settle("ada", "Bob", ["ADA", "eve", "bob"]).others == ("eve",)


def test_another_id_is_tried_once_for_each_draw_and_never_for_ones_own():
    ids = settle("ada", "bob", CLASS)
    own = COUNT.draw_for("ada")["h"]
    tried = [COUNT.draw_for(student_id)["h"] for student_id, _ in ids.elsewhere(COUNT)]
    assert len(tried) == len(set(tried)) == 4
    assert own not in tried


def test_an_order_of_options_is_tried_for_the_notebooks_id_only():
    ids = settle("ada", "bob", CLASS)
    assert [student_id for student_id, _ in ids.elsewhere(LETTER)] == ["bob"]
    assert list(settle("ada", "ada", CLASS).elsewhere(LETTER)) == []
