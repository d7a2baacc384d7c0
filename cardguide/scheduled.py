"""Days on which something that is said changes by itself, read from the data: when a new build is due."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cardguide.dataset import Dataset, Path
from cardguide.factmodel import DatedValue, Fact
from cardguide.freshness import find_checks
from cardguide.model import Statement
from cardguide.walking import Node, walk_dataset

ONE_DAY = datetime.timedelta(days=1)


class ChangeKind(StrEnum):
    """What changes: a value, the words of a sentence, or a record that is no longer fresh."""

    VALUE = "value"
    WORDS = "words"
    REVIEW = "review"


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduledChange:
    """A day from which on something is different, and the records that it concerns."""

    day: datetime.date
    kind: ChangeKind
    records: tuple[str, ...]


def find_changes(dataset: Dataset) -> tuple[ScheduledChange, ...]:
    """Return every day on which something changes, past ones too, in order."""
    found: dict[tuple[datetime.date, ChangeKind], dict[str, None]] = defaultdict(dict)
    for day, kind, record in _changes(dataset):
        found[day, kind][record] = None
    return tuple(
        ScheduledChange(day=day, kind=kind, records=tuple(found[day, kind])) for day, kind in sorted(found)
    )


def coming_changes(dataset: Dataset, as_of: datetime.date) -> tuple[ScheduledChange, ...]:
    """Return the changes after a day, in order: the days on which a new build is due."""
    return tuple(change for change in find_changes(dataset) if change.day > as_of)


def _changes(dataset: Dataset) -> Iterator[tuple[datetime.date, ChangeKind, str]]:
    for node in walk_dataset(dataset):
        record = _record(node.path)
        if isinstance(node.value, DatedValue):
            yield from ((day, ChangeKind.VALUE, record) for day in _edges(node.value))
        yield from ((day, ChangeKind.WORDS, record) for day in _boundaries(dataset, node))
    for check in find_checks(dataset):
        yield check.review_by + ONE_DAY, ChangeKind.REVIEW, check.record


def _edges(value: DatedValue[object]) -> Iterator[datetime.date]:
    """Yield the first day of a value, and the first day without it."""
    if value.from_ is not None:
        yield value.from_
    if value.to is not None:
        yield value.to + ONE_DAY


def _boundaries(dataset: Dataset, node: Node) -> Iterator[datetime.date]:
    if isinstance(node.value, Fact | Statement):
        yield from (dataset.facts[fact].value for fact in node.value.before)


def _record(path: Path) -> str:
    """Return the record that holds a path: its collection and its id."""
    return ".".join(map(str, path[:2]))
