"""Keeping the data fresh: what is to be checked, what was checked, and when a new build is due."""

import datetime
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from cardguide.confirming import LOCK_FILE, Change, create_lock, find_changes, read_lock
from cardguide.dataset import Dataset, read_dataset
from cardguide.freshness import Check
from cardguide.problems import Language
from cardguide.project import Project
from cardguide.reviewing import Review, confirm_checks, find_record, find_reviews, record_checks
from cardguide.scheduled import ChangeKind, ScheduledChange, coming_changes

_SHOWN_RECORDS = 6


def reviews_in(
    project: Project, as_of: datetime.date, *, language: str, only_due: bool
) -> tuple[Review, ...]:
    """Return what is to be checked, with its sources in the language, or in the first one of the project."""
    dataset = read_dataset(project.read_data())
    locale = language if language in dataset.site.locales else dataset.site.default_locale
    return find_reviews(dataset, as_of, locale=locale, only_due=only_due)


def describe_review(review: Review, language: Language) -> Iterator[str]:
    """Yield the lines that tell a person what to check and where to look."""
    check = review.check
    yield _REVIEW[language].format(
        record=check.record,
        checked=check.verified_on,
        due=check.review_by,
        records=review.records,
        pages=review.pages,
    )
    for place in review.places:
        yield "    " + "  ".join(each for each in (place.title, place.place, place.url) if each)


def write_checks(project: Project, names: Sequence[str], day: datetime.date) -> tuple[Check, ...]:
    """Write into the data files that records were compared with their sources and are unchanged."""
    contents = project.read_data()
    dataset = read_dataset(contents)
    checks = tuple(find_record(dataset, name) for name in names)
    for name, content in record_checks(dataset, contents, checks, day).items():
        _write_whole(project.root / "data" / f"{name}.yaml", content)
    _write_lock(project.root / LOCK_FILE, checks, day)
    return checks


def write_confirmed(project: Project, paths: Collection[str] | None) -> tuple[Change, ...]:
    """Confirm the given records, or all of them, as they are now; return what differed from the lock before."""
    dataset = read_dataset(project.read_data())
    content = project.read_lock()
    lock = read_lock(content) if content is not None else {}
    changes = find_changes(dataset, lock)
    _write_whole(project.root / LOCK_FILE, create_lock(dataset, lock, paths).encode("utf-8"))
    return changes


def unconfirmed_changes(project: Project) -> tuple[Change, ...]:
    """Return everything that differs from what was confirmed."""
    return find_changes(read_dataset(project.read_data()), read_lock(project.read_lock()))


def _write_lock(file: Path, checks: Sequence[Check], day: datetime.date) -> None:
    if file.is_file():
        lock = confirm_checks(read_lock(file.read_bytes()), checks, day)
        _write_whole(file, (json.dumps(lock, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _write_whole(file: Path, content: bytes) -> None:
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.chmod(file.stat().st_mode)
    unfinished.replace(file)


def describe_changes(dataset: Dataset, as_of: datetime.date, language: Language) -> Iterator[str]:
    """Yield a line for each day from which a new build says something different."""
    for change in coming_changes(dataset, as_of):
        words = _CHANGES[language][change.kind]
        yield f"{change.day}  {words} ({len(change.records)}): {_shown(change)}"


def _shown(change: ScheduledChange) -> str:
    more = len(change.records) - _SHOWN_RECORDS
    return ", ".join(change.records[:_SHOWN_RECORDS]) + (f", + {more}" if more > 0 else "")


_REVIEW: Mapping[Language, str] = {
    "en": "{record}  checked {checked}, due by {due}; {records} records and {pages} pages lean on it",
    "ja": "{record}  {checked}に確認、期限{due}。これに基づく記録{records}件、ページ{pages}件",
}
_CHANGES: Mapping[Language, Mapping[ChangeKind, str]] = {
    "en": {
        ChangeKind.VALUE: "values change",
        ChangeKind.WORDS: "words change",
        ChangeKind.REVIEW: "past their review date",
    },
    "ja": {
        ChangeKind.VALUE: "値が変わる",
        ChangeKind.WORDS: "文が変わる",
        ChangeKind.REVIEW: "確認の期限が過ぎる",
    },
}

Open = Callable[[str], object]


def open_places(reviews: Sequence[Review], open_address: Open) -> None:
    """Open each source of the reviews once."""
    for url in dict.fromkeys(place.url for review in reviews for place in review.places if place.url):
        open_address(url)
