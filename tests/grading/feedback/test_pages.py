"""What the pages say, and that nothing in them can run, whatever a student wrote."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coursetools.exercises import Outcome
from coursetools.grading.feedback import (
    page_name,
    remove_stale,
    write_feedback,
    write_index,
    write_review,
)
from coursetools.grading.records import (
    Disposition,
    Grade,
    GradedCell,
    InputFile,
    RunStatus,
    Shown,
)
from grading.feedback.page import Page
from grading.hostile import SNIPPETS, hostile_grade
from grading.samples import check, exercise, full_grade, picture

FILES = (
    InputFile("a.ipynb", Disposition.GRADED),
    InputFile("notes.docx", Disposition.REJECTED, "It is not a notebook."),
    InputFile("all.zip", Disposition.BESIDE),
    InputFile("old.ipynb", Disposition.SUPERSEDED, "A later try is there."),
    InputFile("b.ipynb", Disposition.NEEDS_REVIEW, "Nobody on the roster has this name."),
)


def student(folder: Path, grade: Grade, files: Sequence[InputFile] = ()) -> Page:
    return Page(write_feedback(grade, folder, title="The convolutional classifier"))


def index(folder: Path, grade: Grade, files: Sequence[InputFile] = FILES) -> Page:
    return Page(write_index([grade], folder, files=files, missing={"x": "Émile"}, title="A title"))


def review(folder: Path, grade: Grade, files: Sequence[InputFile] = FILES) -> Page:
    return Page(write_review([grade], folder, files=files, title="A title"))


ALL = pytest.mark.parametrize("write", [student, index, review])
Write = Callable[..., Page]


# ---- what they say


def test_points_marks_and_words_of_each_exercise(tmp_path: Path) -> None:
    text = student(tmp_path, full_grade()).text
    assert "Lesson 1: The convolutional classifier" in text
    assert "Ada Byron" in text
    assert "6 of 14 points" in text
    for words in (
        "1.1 Freeze the base ✓ Right 2 of 2 points",
        "◐ Partly right 1 of 4 points",
        "1.3 Say why ✓ Right 3 of 3 points",
        "– Not answered yet 0 of 3 points",
        "1.5 Compile ! Our error, not yours no mark yet (2 points)",
    ):
        assert text.count(words) == 2, words  # in the overview, and over the exercise
    for words in (
        "The count is exact. right · 2 of 2 That is what transfer means.",
        "The hidden layer has 16 units. not yet · 0 of 2 Dense(6) has 6 units",
        "The last unit gives a chance. fix the above first · 0 of 1",
        "The reason is sound. for a person to mark · 2 points",
        "head Sequential of 2 layers, 122,893 weights optimizer not answered yet",
    ):
        assert words in text, words


def test_same_words_as_the_notebook(tmp_path: Path) -> None:
    from coursetools.exercises import ExerciseResult
    from coursetools.notebook.words import check_state, result_mark

    grade = full_grade()
    text = student(tmp_path, grade).text
    for each in grade.exercises:
        mark = result_mark(ExerciseResult(each.exercise, each.checks, {}))
        assert f"{mark.sign} {mark.word}" in text
        for result in each.checks:
            assert check_state(result) in text


def test_the_three_numbers_where_they_differ(tmp_path: Path) -> None:
    text = student(tmp_path, full_grade()).text
    said = "Of the 3 points, a machine marks 1, and you earned 1 of them."
    assert text.count(said) == 1
    assert text.count("a machine marks") == 1


def test_what_to_do_next_begins_with_the_first_failed_check(tmp_path: Path) -> None:
    text = student(tmp_path, full_grade()).text
    todo = text[text.index("What to do next") : text.index("About what you handed in")]
    assert "1.2 Attach a head Dense(6) has 6 units, and the question asks for 16 ." in todo
    assert todo.index("1.2") < todo.index("1.4 How much is there to learn? Not answered yet.")
    assert "1.1" not in todo
    assert "Exercise 1.5: the error is ours, not yours" in todo
    assert "Exercise 1.3: a person marks what a machine cannot." in todo
    assert "A person will look at what you handed in before the mark counts." in todo


def test_nothing_is_left_to_do(tmp_path: Path) -> None:
    right = replace(full_grade(), exercises=full_grade().exercises[:1], review=())
    assert "Nothing: everything is right." in student(tmp_path, right).text


def test_a_student_is_not_told_why_a_person_looks(tmp_path: Path) -> None:
    suspicion = "The answer fits the numbers of another student."
    grade = full_grade()
    asked = replace(grade.exercises[0], score=None, review=(suspicion,))
    grade = replace(grade, exercises=(asked,), review=(suspicion,))
    text = student(tmp_path, grade).text
    assert suspicion not in text
    assert "1.1 Freeze the base ✎ A person will look no mark yet (2 points)" in text
    assert "Exercise 1.1: a person will look before the mark counts." in text
    assert review(tmp_path, grade).text.count(suspicion) == 2


def test_own_cells_and_what_they_showed(tmp_path: Path) -> None:
    page = student(tmp_path, full_grade())
    assert "head = keras.Sequential([" in re.sub("<.*?>", "", page.html)
    assert "16/16 loss 0.5" in page.text
    assert "1/16 loss 0.7" not in page.text  # written over, as on a screen
    assert "Error: ZeroDivisionError" in page.text
    assert "Interrupted after 60 seconds." in page.text
    assert page.values("alt") == [
        "A line that rises from 0 to 2.",
        "A figure without a description.",
    ]
    kinds = [source.partition(";")[0] for source in page.values("src")]
    assert kinds == ["data:image/png", "data:image/jpeg"]


@pytest.mark.parametrize("status", set(RunStatus) - {RunStatus.FINISHED})
def test_how_a_run_ended_is_told(tmp_path: Path, status: RunStatus) -> None:
    page = student(tmp_path, replace(full_grade(), status=status))
    assert "notice" in page.values("class")
    assert "notice" not in student(tmp_path, full_grade()).values("class")


def test_our_failure_is_no_zero(tmp_path: Path) -> None:
    grade = full_grade()
    none = tuple(replace(each, score=None, checks=()) for each in grade.exercises)
    failed = replace(grade, status=RunStatus.SANDBOX_ERROR, exercises=none, review=())
    text = student(tmp_path, failed).text
    assert "the fault is ours" in text
    assert "no mark yet (14 points)" in text
    assert " 0 of" not in text
    assert "no mark yet (14 points) could not be graded: our error to review" in (
        index(tmp_path, failed).text
    )
    assert "The notebook could not be graded: our error." in review(tmp_path, failed).text


def test_our_failure_is_not_for_a_person_to_mark(tmp_path: Path) -> None:
    grade = full_grade()
    none = tuple(replace(e, score=None, available=0.0, checks=()) for e in grade.exercises)
    failed = replace(grade, status=RunStatus.SANDBOX_ERROR, exercises=none, review=())
    assert failed.pending == ()
    assert "a person marks" not in student(tmp_path, failed).text


def test_a_text_that_does_not_count(tmp_path: Path) -> None:
    text = exercise(
        "1.1", "Say why", check(Outcome.PENDING, 2), max_score=0.0, notes=("Texts do not count.",)
    )
    grade = replace(full_grade(), exercises=(text, full_grade().exercises[0]), review=())
    page = student(tmp_path, grade)
    assert "1.1 Say why – Does not count no points Texts do not count." in page.text
    assert "for a person to mark" not in page.text
    assert "Nothing: everything is right." in page.text
    assert "2 of 2 points" in page.text


def test_a_graded_file_to_review_is_listed_once(tmp_path: Path) -> None:
    why = "It came in as another's."
    files = (InputFile(full_grade().path, Disposition.NEEDS_REVIEW, why),)
    assert review(tmp_path, replace(full_grade(), review=(why,)), files).text.count(why) == 1
    assert why not in index(tmp_path, full_grade(), files).text


def test_index_accounts_for_everybody_and_every_file(tmp_path: Path) -> None:
    page = index(tmp_path, full_grade())
    assert "1 graded 1 to review 1 file rejected 1 missing" in page.text
    assert "Ada Byron s-17 6 of 14 points ran to its end to review 1.3" in page.text
    assert f"feedback/{page_name(full_grade())}" in page.values("href")
    assert "review/index.html" in page.values("href")
    assert "Émile x" in page.text
    for words in (
        "notes.docx Rejected It is not a notebook.",
        "b.ipynb Needs review Nobody on the roster has this name.",
        "old.ipynb Superseded A later try is there.",
        "all.zip Part of a submission",
    ):
        assert words in page.text


def test_review_lists_what_needs_a_person_and_where(tmp_path: Path) -> None:
    page = review(tmp_path, full_grade())
    address = f"../feedback/{page_name(full_grade())}"
    assert [link for link in page.values("href") if link.startswith("..")] == [
        address,
        f"{address}#exercise-1-3",
        f"{address}#exercise-1-5",
    ]
    assert "The roster says s-17 , the notebook s-71 ." in page.text
    assert "The check exact raised KeyError: 'loss'." in page.text
    assert "2 of 3 points for a person to give." in page.text
    assert "old.ipynb" not in page.text
    anchors = student(tmp_path, full_grade()).values("id")
    assert {"exercise-1-3", "exercise-1-5"} <= set(anchors)


def test_review_of_nothing_says_so(tmp_path: Path) -> None:
    right = replace(full_grade(), exercises=full_grade().exercises[:1], review=())
    page = review(tmp_path, right, files=())
    assert "Nothing: every file was graded" in page.text
    assert "Ada" not in page.text


# ---- inert and the same each time


@ALL
@pytest.mark.parametrize("snippet", SNIPPETS)
def test_no_snippet_becomes_an_element(tmp_path: Path, write: Write, snippet: str) -> None:
    files = (InputFile(snippet, Disposition.REJECTED, snippet),)
    page = write(tmp_path, hostile_grade(snippet), files)
    assert not page.tags.keys() & {"script", "svg", "iframe", "form", "base", "object", "button"}
    assert page.tags["link"] == page.tags["style"] == page.tags["title"] == 1
    assert page.tags["meta"] == 5
    names = {name for _, found in page.elements for name in found}
    assert not [name for name in names if name.startswith("on")]
    assert "style" not in names
    assert all(source.startswith("data:image/png;base64,") for source in page.values("src"))
    links = [link for link in page.values("href") if link != "data:,"]
    name = page_name(hostile_grade(snippet))
    assert {re.sub("#.*", "", link) for link in links} <= {
        "",
        "review/index.html",
        f"feedback/{name}",
        f"../feedback/{name}",
    }
    assert (
        re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e]", page.html) is None
    )
    assert "49" not in page.text  # 7 * 7, had it been taken for a template


@ALL
def test_policy_names_the_one_style(tmp_path: Path, write: Write) -> None:
    page = write(tmp_path, full_grade())
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert page.html.index("Content-Security-Policy") < page.html.index("<style>")
    assert page.values("content")[0] == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'"
    )


@ALL
def test_same_grade_same_bytes_times_aside(tmp_path: Path, write: Write) -> None:
    first = write(tmp_path, full_grade()).html
    again = replace(full_grade(), seconds=99.0, cpu=98.0, memory=97)
    assert write(tmp_path / "again", again).html == first
    other = replace(full_grade(), name="Another Name")
    assert write(tmp_path / "other", other).html != first


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        picture()[:200],
        picture("GIF"),
        picture("JPEG")[:-300].replace(b"\xff\xda", b"\xff\x00"),
        picture() + bytes(9 * 1024 * 1024),
        picture(size=(4100, 4100)),
    ],
    ids=["empty", "svg", "cut", "gif", "damaged", "many bytes", "many pixels"],
)
def test_a_picture_that_cannot_be_shown_is_a_sentence(tmp_path: Path, image: bytes) -> None:
    cell = GradedCell("1.1", "", (Shown("display", "Two curves.", image),))
    page = student(tmp_path, replace(full_grade(), cells=(cell,)))
    assert page.tags["img"] == 0
    assert "A picture cannot be shown: it " in page.text
    assert "It shows: Two curves." in page.text


def test_a_picture_crosses_as_pixels_only(tmp_path: Path) -> None:
    import io

    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "<script>secret</script>")
    file = io.BytesIO()
    Image.new("RGBA", (3000, 30), (0, 0, 0, 0)).save(file, "PNG", pnginfo=info)
    cell = GradedCell("1.1", "", (Shown("display", "", file.getvalue() + b"trailing secret"),))
    page = student(tmp_path, replace(full_grade(), cells=(cell,)))
    (source,) = page.values("src")
    content = base64.b64decode(source.partition(",")[2])
    assert b"secret" not in content
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.size == (1600, 16)
        assert shown.convert("RGB").getpixel((5, 5)) == (255, 255, 255)  # transparent is white


def test_huge_texts_are_cut_and_said(tmp_path: Path) -> None:
    error = "\n".join(f"line {number}" for number in range(100_000))
    many = tuple(Shown("stream", "again\n", None, "stdout") for _ in range(5_000))
    cells = (
        GradedCell("1.1", "x = 1\n" * 100_000, (Shown("error", error, None, "ValueError"),)),
        GradedCell("1.1", "", (Shown("stream", "y" * 3_000_000, None, "stdout"),)),
        GradedCell("1.1", "", many),
        *(GradedCell(None, "z" * 5_000) for _ in range(1_000)),
    )
    page = student(tmp_path, replace(full_grade(), cells=cells))
    assert len(page.html) < 1_500_000
    assert "line 0" in page.text
    assert "line 99999" in page.text  # an error's end says most
    assert page.text.count("characters are left out") > 2
    assert "4,960 more outputs are left out." in page.text
    assert "803 more cells are left out here." in page.text


def test_many_pictures_are_cut_and_said(tmp_path: Path) -> None:
    import io
    import random

    from PIL import Image

    noise = Image.frombytes("RGB", (1000, 1000), random.Random(0).randbytes(3_000_000))
    file = io.BytesIO()
    noise.save(file, "PNG")
    shown = tuple(Shown("display", "Noise.", file.getvalue()) for _ in range(6))
    page = student(tmp_path, replace(full_grade(), cells=(GradedCell("1.1", "", shown),)))
    assert page.tags["img"] == 3
    assert page.text.count("the page has so many already. It shows: Noise.") == 3


# ---- files


def test_names_are_safe_and_unlike_each_other() -> None:
    ids = ["ada", "Ada", "adà", "a/d/a", "../ada", "CON", "", "李", "x" * 300, "a\0", "\ud800", " "]
    paths = ["one.ipynb", "two.ipynb"]
    names = [page_name(full_grade(each, path=path)) for each in ids for path in paths]
    assert len({name.lower() for name in names}) == len(ids) * len(paths)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,50}\.html", name) for name in names)
    assert page_name(full_grade("ada")) == page_name(replace(full_grade("ada"), name="Other"))
    assert page_name(full_grade("Ada Byron")).startswith("ada-byron-")


def test_a_page_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write_feedback(full_grade(), tmp_path)
    path = write_feedback(replace(full_grade(), name="Another Name"), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert "Another Name" in Page(path).text


def test_stale_pages_go_and_nothing_else(tmp_path: Path) -> None:
    old = write_feedback(full_grade(path="first try.ipynb"), tmp_path)
    kept = write_feedback(full_grade(path="second try.ipynb"), tmp_path)
    (tmp_path / "notes.html").touch()
    (tmp_path / "s-17.pdf").touch()
    remove_stale(tmp_path, [kept])
    assert not old.exists()
    assert {path.name for path in tmp_path.iterdir()} == {kept.name, "notes.html", "s-17.pdf"}


def test_an_exercise_without_checks_or_title(tmp_path: Path) -> None:
    bare = exercise("1.1", "", score=None, max_score=2.0, available=2.0, states={}, shown={})
    text = student(tmp_path, replace(full_grade(), exercises=(bare,))).text
    assert "Our error, not yours no mark yet (2 points)" in text


def test_feedback_with_a_table_and_code(tmp_path: Path) -> None:
    said = "Yours:\n\n|1|2|\n|3|4|\n\n```\na < b\n```"
    asked = exercise("1.1", "A", check(Outcome.FAILED, 1, feedback=said), check())
    page = student(tmp_path, replace(full_grade(), exercises=(asked,), cells=()))
    assert page.tags["td"] == 8  # once among what to do next, once at the check
    assert page.text.count("a < b") == 2
