"""Facts in time: which value and which words hold on a day.

A value holds from its first to its last day, both included, by the clock of its fact. A day that no value
covers has no value: nothing falls back to an older one.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cardguide.factmodel import DatedValue, Fact
from cardguide.model import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A value with its first and last day; ``None`` is open."""

    value: Any
    first: datetime.date | None
    last: datetime.date | None

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether the value holds on the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def periods(fact: Fact[Any]) -> tuple[Period, ...]:
    """Return the fact's values in order of time; an undated value holds always."""
    if fact.values:
        ordered = sorted(fact.values, key=lambda dated: dated.from_ or datetime.date.min)
        return tuple(Period(value=dated.value, first=dated.from_, last=dated.to) for dated in ordered)
    return () if fact.value is None else (Period(value=fact.value, first=None, last=None),)


def period_on(fact: Fact[Any], day: datetime.date) -> Period | None:
    """Return the period of the fact that holds on the day, or none."""
    return next((period for period in periods(fact) if period.holds_on(day)), None)


def dated_value_on(fact: Fact[Any], day: datetime.date) -> DatedValue[Any] | None:
    """Return the dated value, with its own sources, that holds on the day."""
    for dated in fact.values:
        if (dated.from_ is None or dated.from_ <= day) and (dated.to is None or day <= dated.to):
            return dated
    return None


def text_on(
    text: Text, before: Mapping[str, Text], facts: Mapping[str, Fact[Any]], day: datetime.date
) -> Text:
    """Return the words for the day: those before the earliest boundary that has not come yet, else the present ones."""
    coming = [(boundary_day(facts[fact]), words) for fact, words in before.items()]
    ahead = [(boundary, words) for boundary, words in coming if day < boundary]
    return min(ahead, key=lambda pair: pair[0])[1] if ahead else text


def boundary_day(fact: Fact[Any]) -> datetime.date:
    """Return the day of a dated fact.

    Raises ``TypeError`` for a fact that is no day.
    """
    if not isinstance(fact.value, datetime.date):
        raise TypeError(f"{fact.id} is no day")
    return fact.value


def boundaries(facts: Mapping[str, Fact[Any]]) -> Iterator[tuple[datetime.date, str]]:
    """Yield each day on which something that is said changes, with the fact that says so."""
    for fact in facts.values():
        if fact.kind == "date" and isinstance(fact.value, datetime.date):
            yield fact.value, fact.id
        for dated in fact.values:
            if dated.from_ is not None:
                yield dated.from_, fact.id
