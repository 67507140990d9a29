"""What the report shows, ready for its templates: numbers as words, texts made fit to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from markupsafe import Markup

from coursetools.grading.feedback.files import anchor, page_name
from coursetools.grading.feedback.lateness import handed_in_words, time_words
from coursetools.grading.feedback.overview import ReviewView
from coursetools.grading.feedback.sentences import STATUS_WORDS
from coursetools.grading.feedback.student import called, rich_line
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Grade
from coursetools.grading.report.counts import (
    BINS,
    CheckCount,
    ExerciseCount,
    count_checks,
    count_endings,
    count_exercises,
    distribution,
    scores,
)
from coursetools.grading.report.similarity import ADDED, Pair
from coursetools.notebook.words import points_words

_CHECKS = 15
"""Checks that the report lists."""
_FEEDBACK = 3
"""Of what a check said, how many texts it lists."""
_PAIRS = 100
"""Pairs that the report lists."""
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class BarView:
    """A line with a bar: part of a distribution."""

    label: str
    count: int
    width: str
    """Of the bar, in percent of the longest."""


@dataclass(frozen=True)
class ExerciseRow:
    """A line of the table of exercises."""

    number: str
    title: Markup
    mean: str
    right: str
    """How many of those with a mark have all points."""
    width: str
    """That share in percent, for its bar; `""` where nobody has a mark."""


@dataclass(frozen=True)
class CheckRow:
    """A check that fails."""

    exercise: str
    description: Markup
    failed: str
    unanswered: int
    feedback: tuple[tuple[Markup, int], ...]
    more: str
    """A sentence about texts that are not listed."""


@dataclass(frozen=True)
class TimeRow:
    """What one run took."""

    who: str
    address: str
    ended: str
    seconds: str
    cpu: str
    memory: str


@dataclass(frozen=True)
class LateRow:
    """Somebody who handed in late, or of whom it is not known."""

    who: str
    address: str
    handed_in: str
    late: str
    taken: str
    """Points that were taken off, of those earned."""


@dataclass(frozen=True)
class PairRow:
    """Two students whose code is alike."""

    students: tuple[tuple[str, str], ...]
    """What each is called, and the address of the code."""
    where: str
    share: str


@dataclass(frozen=True)
class ReportView:
    """All of the report."""

    graded: int
    marked: int
    """Those whose points are in the distribution."""
    mean: str
    median: str
    bars: tuple[BarView, ...]
    exercises: tuple[ExerciseRow, ...]
    checks: tuple[CheckRow, ...]
    checks_left_out: int
    endings: tuple[tuple[str, int], ...]
    due: str
    """When it was due; `""` without a late policy."""
    late: tuple[LateRow, ...]
    review: ReviewView
    pairs: tuple[PairRow, ...]
    pairs_left_out: int


@dataclass(frozen=True)
class TimesView:
    """All of the page of times."""

    rows: tuple[TimeRow, ...]
    total: str
    median: str
    longest: str


def report_view(
    grades: Sequence[Grade], review: ReviewView, alike: Sequence[Pair], pages: str
) -> ReportView:
    """Give what the report shows of a class."""
    points = scores(grades)
    most = max((grade.max_score for grade in grades), default=0.0)
    failing = [count for count in count_checks(grades) if count.failed]
    return ReportView(
        graded=len(grades),
        marked=len(points),
        mean=_of(fmean(points), most) if points else "",
        median=_of(median(points), most) if points else "",
        bars=_bars(distribution(points, most), most) if points and most else (),
        exercises=tuple(map(_exercise, count_exercises(grades))),
        checks=tuple(map(_check, failing[:_CHECKS])),
        checks_left_out=len(failing[_CHECKS:]),
        endings=tuple((STATUS_WORDS[s], n) for s, n in count_endings(grades).items()),
        due=_due(grades),
        late=tuple(_late(grade, pages) for grade in grades if _is_late(grade)),
        review=review,
        pairs=tuple(_pair(pair, pages) for pair in alike[:_PAIRS]),
        pairs_left_out=len(alike[_PAIRS:]),
    )


def times_view(grades: Sequence[Grade], pages: str) -> TimesView:
    """Give what the page of times shows, the longest run first."""
    ordered = sorted(grades, key=lambda grade: (-grade.seconds, grade.student_id, grade.path))
    seconds = [grade.seconds for grade in ordered]
    return TimesView(
        rows=tuple(_times(grade, pages) for grade in ordered),
        total=f"{sum(seconds) / 60:,.1f} minutes",
        median=f"{median(seconds):,.1f} s" if seconds else "",
        longest=f"{max(seconds):,.1f} s" if seconds else "",
    )


def _of(points: float, most: float) -> str:
    return f"{round(points, 2):g} of {points_words(most)}"


def _bars(counts: Sequence[int], most: float) -> tuple[BarView, ...]:
    """Give the ranges from many points to few, each with its borders in points."""
    longest = max(counts)
    borders = [f"{most * step / BINS:.4g}" for step in range(BINS + 1)]
    bars = []
    for step in reversed(range(BINS)):
        to = f"to {borders[step + 1]}" if step == BINS - 1 else f"to below {borders[step + 1]}"
        width = f"{100 * counts[step] / longest:.4g}"
        bars.append(BarView(f"{borders[step]} {to}", counts[step], width))
    return tuple(bars)


def _exercise(count: ExerciseCount) -> ExerciseRow:
    share = 100 * count.right / count.marked if count.marked else 0.0
    mean = "no mark yet" if count.mean is None else _of(count.mean, count.max_score)
    return ExerciseRow(
        number=count.number,
        title=rich_line(count.title),
        mean=mean if count.max_score else "no points",
        right=f"{count.right} of {count.marked} ({share:.0f} %)" if count.marked else "",
        width=f"{share:.4g}" if count.marked and count.max_score else "",
    )


def _check(count: CheckCount) -> CheckRow:
    rest = count.feedback[_FEEDBACK:]
    students = sum(number for _, number in rest)
    more = f"{len(rest)} more texts, {students} times in all" if len(rest) > 1 else ""
    shown = count.feedback if len(rest) == 1 else count.feedback[:_FEEDBACK]
    return CheckRow(
        exercise=count.exercise,
        description=rich_line(count.description),
        failed=f"{count.failed} of {count.failed + count.passed}",
        unanswered=count.unanswered,
        feedback=tuple((rich_line(text), number) for text, number in shown if text),
        more=more,
    )


def _due(grades: Sequence[Grade]) -> str:
    """Give when it was due: the earliest time, since an extension is later."""
    due = {grade.arrival.lateness.due for grade in grades if grade.arrival.lateness is not None}
    if not due:
        return ""
    more = ", and later of those with an extension" if len(due) > 1 else ""
    return f"{time_words(min(due))}{more}"


def _is_late(grade: Grade) -> bool:
    late = grade.arrival.lateness
    return late is not None and (late.begun > 0 or late.closed or bool(late.doubt))


def _late(grade: Grade, pages: str) -> LateRow:
    return LateRow(
        who=called(grade),
        address=f"{pages}/{page_name(grade)}",
        handed_in=handed_in_words(grade) or "not known",
        late=grade.arrival.late or "not known",
        taken=f"{grade.deduction:g} of {grade.score:g}" if grade.has_mark else "no mark yet",
    )


def _pair(pair: Pair, pages: str) -> PairRow:
    place = "" if pair.exercise == ADDED else f"#{anchor(pair.exercise)}"
    return PairRow(
        students=tuple(
            (called(one), f"{pages}/{page_name(one)}{place}") for one in (pair.first, pair.second)
        ),
        where="cells that they added" if pair.exercise == ADDED else one_line(pair.exercise),
        share=f"{100 * pair.share:.0f} %",
    )


def _times(grade: Grade, pages: str) -> TimeRow:
    return TimeRow(
        who=called(grade),
        address=f"{pages}/{page_name(grade)}",
        ended=STATUS_WORDS[grade.status],
        seconds=f"{grade.seconds:,.1f}",
        cpu=f"{grade.cpu:,.1f}",
        memory=f"{grade.memory / _MEGABYTE:,.0f}",
    )
