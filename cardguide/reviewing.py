"""Comparing records with their sources again: what is due, where to look, and recording that it was done."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cardguide.checks.survey import Survey
from cardguide.confirming import Lock
from cardguide.dataset import Dataset, Path
from cardguide.freshness import Check, find_checks
from cardguide.model import SourceReference
from cardguide.recordmodel import Source
from cardguide.walking import walk_record

# Collections whose records have a page of their own.
_PAGES = frozenset({"pages", "procedures"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where to look: a source, its address and the place in it, in the words of one language."""

    title: str
    place: str
    url: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """A record to compare with its sources, with the number of records and pages that lean on it."""

    check: Check
    records: int
    pages: int
    places: tuple[Place, ...]


class UnknownRecordError(Exception):
    """No record, or more than one, has the name that was given."""


def find_reviews(
    dataset: Dataset, as_of: datetime.date, *, locale: str, only_due: bool = True
) -> tuple[Review, ...]:
    """Return what is to be compared with its sources: the oldest first, then what most records lean on."""
    leaning = _leaning_records(dataset, as_of)
    reviews = [
        _review(dataset, check, leaning, locale)
        for check in find_checks(dataset)
        if check.is_due(as_of) or not only_due
    ]
    return tuple(sorted(reviews, key=lambda review: (review.check.verified_on, -review.records)))


def _review(dataset: Dataset, check: Check, leaning: Mapping[Path, set[Path]], locale: str) -> Review:
    leaners = _all_leaners(check.path, leaning)
    return Review(
        check=check,
        records=len(leaners),
        pages=sum(path[0] in _PAGES for path in leaners),
        places=tuple(dict.fromkeys(_places(dataset, check.path, locale))),
    )


def _leaning_records(dataset: Dataset, as_of: datetime.date) -> Mapping[Path, set[Path]]:
    """Return for each record those that name it."""
    leaning: dict[Path, set[Path]] = {}
    for link in Survey(dataset=dataset, as_of=as_of).links:
        leaning.setdefault((link.collection, link.id), set()).add(link.path[:2])
    return leaning


def _all_leaners(path: Path, leaning: Mapping[Path, set[Path]]) -> set[Path]:
    """Return the records that lean on a record, directly or by way of others."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        new = leaning.get(waiting.pop(), set()) - found - {path}
        found |= new
        waiting.extend(new)
    return found


def _places(dataset: Dataset, path: Path, locale: str) -> Iterator[Place]:
    record = getattr(dataset, str(path[0]))[path[1]]
    if isinstance(record, Source):
        yield Place(title=record.title[locale], place="", url=next(iter(record.urls), None))
    for part in walk_record(record):
        if isinstance(part, SourceReference):
            source = dataset.sources[part.source]
            place = source.places[part.place][locale]
            yield Place(title=source.title[locale], place=place, url=next(iter(source.urls), None))


def find_record(dataset: Dataset, name: str) -> Check:
    """Return the check of a record by its name, ``facts.launch``, or by its id where only one record has it.

    Raises ``UnknownRecordError``.
    """
    checks = find_checks(dataset)
    found = [check for check in checks if check.record == name] or [
        check for check in checks if check.path[-1] == name
    ]
    if len(found) != 1:
        raise UnknownRecordError(", ".join(check.record for check in found) or name)
    return found[0]


def record_checks(
    dataset: Dataset, contents: Mapping[str, bytes], checks: Iterable[Check], day: datetime.date
) -> Mapping[str, bytes]:
    """Return the data files, by name, in which the records were checked on the day, and nothing else."""
    changed: dict[str, bytes] = {}
    for check in checks:
        name, source = next(
            (name, source) for name, source in dataset.files.items() if check.path[0] in source.data
        )
        mark = source.mark((*check.path, "verified_on"))
        changed[name] = _with_day(changed.get(name, contents[name]), mark.line, mark.column, day)
    return changed


def _with_day(content: bytes, line: int, column: int, day: datetime.date) -> bytes:
    """Return a file with another day at a position that holds one; every other byte stays."""
    lines = content.split(b"\n")
    words = lines[line - 1].decode("utf-8")
    start, end = column - 1, column - 1 + len(day.isoformat())
    lines[line - 1] = f"{words[:start]}{day.isoformat()}{words[end:]}".encode()
    return b"\n".join(lines)


def confirm_checks(lock: Lock, checks: Iterable[Check], day: datetime.date) -> Lock:
    """Return the lock with the days of these checks, and nothing else, confirmed."""
    confirmed = {check.record: {**lock[check.record], "verified_on": day.isoformat()} for check in checks}
    return {**lock, **confirmed}
