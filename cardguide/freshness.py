"""When each record was last compared with its sources, and by when it is to be compared again."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from cardguide.dataset import Dataset, Path
from cardguide.model import Keyed, State, Statement, Text
from cardguide.placeholders import placeholders
from cardguide.recordmodel import Page, Procedure
from cardguide.walking import walk_dataset, walk_record


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """The last check of a record; it is fresh up to and including ``review_by``."""

    path: Path
    verified_on: datetime.date
    review_by: datetime.date
    state: State | None

    @property
    def record(self) -> str:
        """Return the dotted path of the record."""
        return ".".join(map(str, self.path))

    def is_due(self, day: datetime.date) -> bool:
        """Say whether the record was to be checked again before the day."""
        return self.review_by < day


def find_checks(dataset: Dataset) -> tuple[Check, ...]:
    """Return the check of every record that has a day of its own, in the order of the files."""
    return tuple(
        Check(
            path=node.path,
            verified_on=node.value.verified_on,
            review_by=review_by(dataset, node.value),
            state=getattr(node.value, "state", None),
        )
        for node in walk_dataset(dataset)
        if getattr(node.value, "verified_on", None) is not None
    )


def find_states(dataset: Dataset) -> Iterator[State]:
    """Yield how sure each fact, each statement of its own words and each other record with a state is."""
    for node in walk_dataset(dataset):
        if isinstance(node.value, Statement) and node.value.fact is None:
            yield node.value.state or max(
                (dataset.facts[fact].state for fact in node.value.facts), key=tuple(State).index
            )
        elif isinstance(node.value, Keyed) and isinstance(state := getattr(node.value, "state", None), State):
            yield state


def review_by(dataset: Dataset, record: Any) -> datetime.date:
    """Return the last day on which a record counts as fresh; a record may have its own interval."""
    days = getattr(record, "review_after_days", None) or dataset.site.review_after_days
    verified_on: datetime.date = record.verified_on
    return verified_on + datetime.timedelta(days=days)


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """The checks of a dataset, found once."""

    dataset: Dataset

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The check of every record that has one."""
        return find_checks(self.dataset)

    @property
    def review_by(self) -> datetime.date:
        """The last day on which every record counts as fresh."""
        return min(check.review_by for check in self.checks)

    def page_review_by(self, page: Page | Procedure) -> datetime.date:
        """Return the last day on which everything that a page shows counts as fresh.

        A page with a ready part can show any record, and so counts with the oldest of all.
        """
        if isinstance(page, Page) and any(section.part for section in page.sections):
            return self.review_by
        records = [page, *(self.dataset.facts[fact] for fact in _named_facts(self.dataset, page))]
        return min(review_by(self.dataset, record) for record in records)


def _named_facts(dataset: Dataset, record: Any) -> Iterator[str]:
    """Yield the facts that stand on a page: in its lists, its texts and its questions."""
    for part in walk_record(record):
        yield from _listed_facts(part)
        if isinstance(part, Text):
            yield from _placed_facts(part)
        for question in getattr(part, "questions", ()):
            yield from _named_facts(dataset, dataset.questions[question])


def _listed_facts(part: Any) -> Iterator[str]:
    unknown = getattr(part, "unknown", ())
    lists = unknown.values() if isinstance(unknown, dict) else (unknown,)
    yield from chain(getattr(part, "facts", ()), getattr(part, "lead", ()), *lists)
    if (fact := getattr(part, "fact", None)) is not None:
        yield fact


def _placed_facts(text: Text) -> Iterator[str]:
    for words in text.root.values():
        yield from (each.id for each in placeholders(words) if each.collection == "fact")
