"""The table of ImageNet's class names."""

from coursetools.pretrained import imagenet_names


def test_a_thousand_short_names_without_repeats():
    names = imagenet_names()
    assert len(names) == len(set(names)) == 1000
    assert all(name == name.strip() and 2 <= len(name) <= 32 for name in names)


def test_well_known_classes_stand_where_classifiers_have_them():
    names = imagenet_names()
    known = {0: "tench", 285: "Egyptian cat", 817: "sports car", 867: "trailer truck"}
    assert {index: names[index] for index in known} == known
    assert names[999] == "toilet paper"
