"""Rules about time: periods without gap or overlap, days in their order, amounts by the right clock."""

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from cardguide.checks.holidays import is_holiday
from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.factmodel import DatedValue, Fact
from cardguide.model import Clock, Statement, Text
from cardguide.problems import Problem

_ONE_DAY = datetime.timedelta(days=1)
_SATURDAY = 5

# Days of which each comes before the next one, or falls on it.
CHAINS = (
    ("law-submitted", "law-passed-house", "law-enacted", "law-promulgated", "launch", "first-counter-day"),
    ("law-promulgated", "format-change"),
    ("law-fee-promulgated", "law-fee-comment", "law-fee-order", "fee-change-2026"),
    ("fee-change-2025", "fee-change-2026"),
    ("launch", "online-start"),
)
# Days that are one day said twice.
SAME_DAYS = (("launch", "format-change"),)


def check_periods(survey: Survey) -> Iterator[Problem]:
    """Dated values follow each other day by day, each from its first to its last day."""
    for path, fact in survey.records("facts"):
        for index, dated in enumerate(fact.values):
            yield from _check_one(survey, (*path, "values", index), dated)
        for index, (earlier, later) in enumerate(pairwise(fact.values)):
            yield from _check_pair(survey, (*path, "values", index + 1), earlier, later)


def _check_one(survey: Survey, path: Path, dated: DatedValue[Any]) -> Iterator[Problem]:
    if dated.from_ is not None and dated.to is not None and dated.to < dated.from_:
        yield survey.problem(
            (*path, "to"), "period-reversed", first=dated.from_.isoformat(), last=dated.to.isoformat()
        )


def _check_pair(
    survey: Survey, path: Path, earlier: DatedValue[Any], later: DatedValue[Any]
) -> Iterator[Problem]:
    if earlier.to is None or later.from_ is None:
        yield survey.problem((*path, "from"), "period-open")
        return
    expected = earlier.to + _ONE_DAY
    if later.from_ != expected:
        rule = "period-gap" if later.from_ > expected else "period-overlap"
        yield survey.problem(
            (*path, "from"), rule, first=later.from_.isoformat(), expected=expected.isoformat()
        )


def check_change(survey: Survey) -> Iterator[Problem]:
    """A new period brings a new value."""
    for path, fact in survey.records("facts"):
        for index, (earlier, later) in enumerate(pairwise(fact.values)):
            if earlier.value == later.value:
                yield survey.problem(
                    (*path, "values", index + 1, "value"), "period-same", value=str(later.value)
                )


def check_boundaries(survey: Survey) -> Iterator[Problem]:
    """An amount begins on a day that is itself a fact."""
    days = {fact.value for fact in survey.dataset.facts.values() if fact.kind == "date"}
    for path, fact in survey.records("facts"):
        for index, dated in enumerate(fact.values):
            if dated.from_ is not None and dated.from_ not in days:
                yield survey.problem(
                    (*path, "values", index, "from"), "boundary-unnamed", day=dated.from_.isoformat()
                )
            if dated.to is not None and dated.to + _ONE_DAY not in days:
                yield survey.problem(
                    (*path, "values", index, "to"), "boundary-unnamed", day=dated.to.isoformat()
                )


def check_clocks(survey: Survey) -> Iterator[Problem]:
    """Amounts that change go by the day of acceptance."""
    for path, fact in survey.records("facts"):
        if fact.values and fact.kind == "yen" and fact.clock is not Clock.ACCEPTED:
            yield survey.problem((*path, "clock"), "clock-wrong", clock=fact.clock.value, expected="accepted")
        expected = _CLOCKS.get(str(path[-1]))
        if expected is not None and fact.clock is not expected:
            yield survey.problem(
                (*path, "clock"), "clock-wrong", clock=fact.clock.value, expected=expected.value
            )


_CLOCKS = {
    "launch": Clock.CALENDAR,
    "first-counter-day": Clock.ACCEPTED,
    "format-change": Clock.ISSUED,
    "fee-change-2025": Clock.ACCEPTED,
    "fee-change-2026": Clock.ACCEPTED,
}


def check_order(survey: Survey) -> Iterator[Problem]:
    """Days that follow from each other stand in their order."""
    for chain in CHAINS:
        known = [(name, day) for name in chain if (day := _day(survey, name)) is not None]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                yield _out_of_order(survey, earlier, first, later, second)
                yield _out_of_order(survey, later, second, earlier, first)


def _out_of_order(
    survey: Survey, name: str, day: datetime.date, other: str, other_day: datetime.date
) -> Problem:
    return survey.problem(
        ("facts", name, "value"),
        "days-reversed",
        day=day.isoformat(),
        other=other,
        other_day=other_day.isoformat(),
    )


def check_same_days(survey: Survey) -> Iterator[Problem]:
    """The launch and the change of format are one day."""
    for name, other in SAME_DAYS:
        first, second = _day(survey, name), _day(survey, other)
        if first is not None and second is not None and first != second:
            for mine, theirs, day in ((name, other, second), (other, name, first)):
                yield survey.problem(
                    ("facts", mine, "value"), "days-differ", other=theirs, other_day=day.isoformat()
                )


def _day(survey: Survey, name: str) -> datetime.date | None:
    fact = survey.dataset.facts.get(name)
    return fact.value if fact is not None and isinstance(fact.value, datetime.date) else None


def check_first_counter_day(survey: Survey) -> Iterator[Problem]:
    """Counters open on a weekday that is no holiday."""
    day = _day(survey, "first-counter-day")
    if day is not None and (day.weekday() >= _SATURDAY or is_holiday(day)):
        yield survey.problem(
            ("facts", "first-counter-day", "value"), "counter-day-closed", day=day.isoformat()
        )


def check_before(survey: Survey) -> Iterator[Problem]:
    """Words for the days before a boundary differ from the words since."""
    for node in survey.having("before"):
        if not isinstance(node.value, Fact | Statement) or not node.value.before:
            continue
        now = node.value.text if isinstance(node.value, Statement) else node.value.value
        for boundary, words in node.value.before.items():
            for locale, text in words.root.items():
                if isinstance(now, Text) and now.root.get(locale) == text:
                    yield survey.problem(
                        (*node.path, "before", boundary, locale), "before-same", locale=locale
                    )
