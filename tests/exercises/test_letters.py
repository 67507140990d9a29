"""Letters seen and letters declared."""

from types import MappingProxyType

import pytest

from coursetools.exercises.letters import declared_by_seen, relettered

NEW = {"A": "C", "B": "A", "C": "B"}


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("A", "C"),
        ("Z", "Z"),
        ({"A", "B"}, {"C", "A"}),
        (frozenset({"A"}), frozenset({"C"})),
        (["A", "B"], ["C", "A"]),
        (("A", "Z"), ("C", "Z")),
        ({"A": "A", "two": "B"}, {"A": "C", "two": "A"}),
        (MappingProxyType({"one": "C"}), {"one": "B"}),
        (7, 7),
    ],
    ids=repr,
)
def test_other_letters(value, new):
    found = relettered(value, NEW)
    assert found == new
    assert type(found) is type(new)


def test_there_and_back():
    for student_id in [f"s{i}" for i in range(50)]:
        declared = declared_by_seen("ABCD", exercise="1.5", student_id=student_id, draw_version=1)
        seen = {new: old for old, new in declared.items()}
        assert [relettered(relettered(x, declared), seen) for x in "ABCD"] == list("ABCD")
