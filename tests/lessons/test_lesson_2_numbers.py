"""Exercises 2.4 and 2.5: the numbers each student gets, and what each slip is told."""

import hashlib

import numpy as np
import pytest

from coursetools.lessons.lesson_2 import compute_by_hand, say_what_it_finds
from coursetools.lessons.lesson_2.by_hand import KERNEL_NAMES, draw_patch_and_kernel
from coursetools.lessons.lesson_2.sliding import lines_picture
from coursetools.operations import KERNELS, convolve
from tests.lessons.marking import mark, seen

MANY = [f"s{n}" for n in range(200)]


def drawn(student_id):
    draw = compute_by_hand.draw_for(student_id)
    return np.array(draw["patch"]), np.array(draw["kernel"])


def answer(student_id):
    patch, kernel = drawn(student_id)
    return int((patch * kernel).sum())


def with_answer(sign, kernels=KERNEL_NAMES):
    """Give a student whose answer has this sign and whose kernel is one of these."""
    arrays = [KERNELS[name] for name in kernels]
    return next(
        s
        for s in MANY
        if np.sign(answer(s)) == sign and any(np.array_equal(drawn(s)[1], a) for a in arrays)
    )


def by_the_published_rule(student_id):
    """The rule as the course tells it, written a second time."""
    for redraw in range(20):
        text = f"1:2.4:{student_id}" + (f":{redraw}" if redraw else "")
        digest = hashlib.sha256(text.encode()).digest()
        patch = np.array([byte % 10 for byte in digest[:9]]).reshape(3, 3)
        kernel = KERNELS[("bottom_sobel", "right_sobel", "emboss")[digest[9] % 3]]
        found, turned = (patch * kernel).sum(), (patch * np.rot90(kernel, 2)).sum()
        if found not in (0, turned) and turned != 0:
            return patch, kernel, redraw
    raise AssertionError(student_id)


def test_numbers_are_those_of_the_published_rule():
    redraws = []
    for student_id in MANY:
        patch, kernel, redraw = by_the_published_rule(student_id)
        assert np.array_equal(drawn(student_id)[0], patch)
        assert np.array_equal(drawn(student_id)[1], kernel)
        redraws.append(redraw)
    assert max(redraws) >= 1
    assert sum(map(bool, redraws)) < 0.2 * len(MANY)


def test_what_cannot_be_told_apart_is_drawn_again():
    flat = bytes([7] * 9)
    assert draw_patch_and_kernel(flat + bytes([0])) is None
    assert draw_patch_and_kernel(flat + bytes([2])) is None  # emboss: 7, and turned 7 as well
    assert draw_patch_and_kernel(bytes([0, 0, 0, 0, 0, 0, 1, 2, 3, 0])) is not None


def test_students_have_unlike_numbers_and_every_kernel():
    kernels = {tuple(drawn(s)[1].ravel()) for s in MANY}
    assert kernels == {tuple(KERNELS[name].astype(int).ravel()) for name in KERNEL_NAMES}
    assert len({tuple(drawn(s)[0].ravel()) for s in MANY}) == len(MANY)
    positive = sum(answer(s) > 0 for s in MANY)
    assert 0.3 < positive / len(MANY) < 0.7


@pytest.mark.parametrize("spell", [int, float, np.int64, np.float32, str, lambda n: [n], np.array])
def test_right_numbers_pass_in_every_spelling(spell):
    for student_id in (with_answer(1), with_answer(-1)):
        n = answer(student_id)
        result = mark(compute_by_hand, student_id, filtered=spell(n), detected=spell(max(0, n)))
        assert result.score == 3
        assert result.feedback_lines == ()


SLIPS = [
    (lambda p, k: (p * k[::-1, ::-1]).sum(), ("emboss",), "You turned the kernel; lay it on"),
    (lambda p, k: -(p * k).sum(), KERNEL_NAMES[:2], "Right size, wrong sign"),
    (lambda p, k: p.sum(), KERNEL_NAMES, "is the sum of the pixels: the weights are missing."),
    (lambda p, k: np.abs(p * k).sum(), KERNEL_NAMES, "counts every product as positive."),
    (lambda p, k: (p * k)[k > 0].sum(), KERNEL_NAMES, "is what the positive weights give."),
    (lambda p, k: (p * k.T).sum(), KERNEL_NAMES[:2], "comes of rows and columns swapped"),
    (lambda p, k: np.trace(p @ k), KERNEL_NAMES[:2], "or of a product of matrices."),
    (lambda p, k: (p @ k).sum(), ("emboss",), "is from a product of matrices."),
]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("slip", "kernels", "words"), SLIPS)
def test_slip_is_named_and_its_relu_still_counts(slip, kernels, words, sign):
    students = (s for s in MANY if np.sign(answer(s)) == sign)
    told = []
    for student_id in students:
        patch, kernel = drawn(student_id)
        if not any(np.array_equal(kernel, KERNELS[name]) for name in kernels):
            continue
        n = int(slip(patch, kernel))
        if n in (0, answer(student_id)):
            continue
        result = mark(compute_by_hand, student_id, filtered=n, detected=max(0, n))
        assert result.score == 1
        assert "ReLU is right for your `filtered`." in result.feedback_lines
        told.append(any(words in line for line in result.feedback_lines))
        wrong = mark(compute_by_hand, student_id, filtered=n, detected=max(0, n) + 5)
        assert wrong.score == 0
    # Two slips may give one number; then the likelier one is named.
    assert sum(told) > 0.7 * len(told)
    assert len(told) >= 3


def test_one_row_alone_is_too_little_to_go_on_from():
    student_id = with_answer(1, ("right_sobel",))
    patch, kernel = drawn(student_id)
    rows = (patch * kernel).sum(axis=1)
    for name, row in zip(("first", "middle", "last"), rows.tolist(), strict=True):
        result = mark(compute_by_hand, student_id, filtered=row, detected=max(0, row))
        if f"`{row}` is the {name} row alone." in " ".join(result.feedback_lines):
            assert result.score == 0
            return
    raise AssertionError(rows)


@pytest.mark.parametrize(
    ("sign", "detected", "words"),
    [
        (-1, lambda n: n, "is negative, and ReLU lets nothing negative through: it gives 0."),
        (-1, lambda n: -n, "ReLU does not swap the sign of a negative number; it makes it 0."),
        (-1, lambda n: 1000, "ReLU gives the larger of 0 and the number."),
        (1, lambda n: 0, "is positive, and ReLU lets that through as it is."),
        (1, lambda n: 1, "ReLU keeps a positive number as large as it is"),
        (1, lambda n: n + 1, "ReLU gives the larger of 0 and the number."),
    ],
)
def test_wrong_relu_is_named(sign, detected, words):
    student_id = next(s for s in MANY if np.sign(answer(s)) == sign and abs(answer(s)) > 3)
    n = answer(student_id)
    result = mark(compute_by_hand, student_id, filtered=n, detected=detected(n))
    assert result.score == 2
    assert words in " ".join(result.feedback_lines)


@pytest.mark.parametrize("constant", [0, 1000, -1000, 0.5])
def test_constants_earn_nothing(constant):
    for student_id in MANY[:40]:
        result = mark(compute_by_hand, student_id, filtered=constant, detected=max(0, constant))
        assert result.score == 0


def test_an_array_of_products_is_not_one_number():
    patch, kernel = drawn("")
    result = mark(compute_by_hand, filtered=patch * kernel, detected=0)
    assert "It is not one number." in result.feedback_lines[0]


def test_half_an_answer_is_half_open():
    n = answer("ada")
    result = mark(compute_by_hand, "ada", filtered=n)
    assert result.score == 2
    assert "Not answered yet." in result.feedback_lines[0]


def test_the_question_shows_the_students_own_numbers():
    for student_id in ("", "ada", "grace"):
        patch, kernel = drawn(student_id)
        rows = [
            [int(cell) for cell in line.strip("|").split("|")]
            for line in compute_by_hand.question_for(student_id).splitlines()
            if line.startswith("|")
        ]
        assert rows == [*patch.tolist(), *kernel.tolist()]
        first = " and ".join(
            ", ".join(f"{p} · {k}" for p, k in zip(patch[0], kernel[0], strict=True)).rsplit(
                ", ", 1
            )
        )
        assert first in compute_by_hand.hints_for(student_id)[2]


FOUND = {
    "A": (0, "Along a horizontal line left and right are equal and cancel"),
    "B": (0, "Only one side survives ReLU."),
    "C": (2, "Right: left counts as plus, right as minus"),
    "D": (0, "The weights add up to 0"),
}


@pytest.mark.parametrize("letter", list(FOUND))
@pytest.mark.parametrize("student_id", ["", "ada", "grace"])
def test_every_option_is_answered(letter, student_id):
    score, words = FOUND[letter]
    typed = seen(say_what_it_finds, letter, student_id)
    for spelling in (typed, typed.lower(), f" {typed}) "):
        result = mark(say_what_it_finds, student_id, what_it_finds=spelling)
        assert result.score == score
        assert words in result.feedback_lines[0]


def test_options_are_of_equal_length():
    lengths = [len(text) for text, _ in say_what_it_finds.options.values()]
    assert max(lengths) - min(lengths) <= 6


def test_what_the_feedback_says_of_the_table_is_so():
    """-2 left of the upright line and 2 right of it, -1 where the short line begins."""
    table = convolve(lines_picture(), [[1, -1], [1, -1]])
    assert table.shape == (5, 5)
    assert set(table[:3, 0]) == {-2.0}
    assert set(table[:3, 1]) == {2.0}
    assert not table[:3, 2:].any()
    assert table[3:, 2].tolist() == [-1.0, -1.0]
    assert not table[3:, 3:].any()
