"""What somebody has confirmed: the data, value by value and text by text, as a person last looked at it.

No rule can tell a single wrong digit from a right one, or a stale translation from a good one. So whatever
changes must be confirmed, once, by ``python3 build.py confirm``: the lock file keeps what was confirmed, and
everything that differs from it is a problem. ``adr/0006-confirmed-lock.md`` tells why.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cardguide.dataset import Dataset, Path
from cardguide.problems import DataError, Language, Problem

LOCK_FILE = "data/confirmed.lock"

# Settings of the publisher say nothing about the card; whoever publishes may set them freely.
FREE = (
    ("site", "url"),
    ("site", "publisher"),
    ("site", "report_url"),
    ("site", "review_after_days"),
)

Leaf = str | int | bool
Lock = Mapping[str, Mapping[str, Leaf]]
_SHOWN = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A part of the data that is not as it was confirmed: without ``old`` it is new, without ``new`` gone."""

    path: Path
    old: Leaf | None
    new: Leaf | None
    locale: str | None = None


def read_lock(content: bytes | None) -> Lock:
    """Return what was confirmed.

    Raises ``DataError`` when the lock is missing or cannot be read.
    """
    if content is None:
        raise DataError([_lock_problem("lock-missing")])
    try:
        lock: Lock = json.loads(content)
        if all(isinstance(leaves, dict) for leaves in lock.values()):
            return lock
    except (ValueError, AttributeError):
        pass
    raise DataError([_lock_problem("lock-broken")])


def _lock_problem(rule: str) -> Problem:
    return Problem(file=LOCK_FILE, line=1, column=1, where=LOCK_FILE, rule=rule)


def create_lock(dataset: Dataset, lock: Lock | None = None, paths: Collection[str] | None = None) -> str:
    """Return the text of the lock once the given records, or all of them, are confirmed as they are now.

    A path is a record (``facts.launch``) or a collection (``facts``); the rest stays as it was in ``lock``.
    """
    present = _records(dataset)
    confirmed = dict(present) if paths is None else _merged(present, lock or {}, paths)
    return format_lock(confirmed)


def format_lock(lock: Lock) -> str:
    """Return the text of a lock: one line a value, so that a change of it can be read."""
    return json.dumps(lock, ensure_ascii=False, indent=1) + "\n"


def _merged(present: Lock, lock: Lock, paths: Collection[str]) -> Lock:
    """Return the present records that the paths cover, among the others as they were confirmed."""
    merged = {
        record: (present if _covers(paths, record) else lock).get(record)
        for record in dict.fromkeys((*present, *lock))
    }
    return {record: leaves for record, leaves in merged.items() if leaves is not None}


def _covers(paths: Collection[str], record: str) -> bool:
    return any(f"{record}.".startswith(f"{path}.") for path in paths)


def find_changes(dataset: Dataset, lock: Lock) -> tuple[Change, ...]:
    """Return everything that differs from what was confirmed, in the order of the data."""
    return tuple(_compare(dataset, _records(dataset), lock))


def _compare(dataset: Dataset, records: Lock, lock: Lock) -> Iterator[Change]:
    for record, leaves in records.items():
        confirmed = lock.get(record, {})
        for key, value in leaves.items():
            old = confirmed.get(key)
            if old != value or isinstance(old, bool) is not isinstance(value, bool):
                path = _path(record, key)
                yield Change(path=path, old=old, new=value, locale=_locale(dataset, path))
        yield from _gone(record, confirmed, leaves)
    for record, confirmed in lock.items():
        if record not in records:
            yield from _gone(record, confirmed, {})


def _gone(record: str, confirmed: Mapping[str, Leaf], leaves: Mapping[str, Leaf]) -> Iterator[Change]:
    for key, old in confirmed.items():
        if key not in leaves:
            yield Change(path=_path(record, key), old=old, new=None)


def _locale(dataset: Dataset, path: Path) -> str | None:
    last = path[-1]
    return last if isinstance(last, str) and last in dataset.site.locales else None


def _records(dataset: Dataset) -> dict[str, dict[str, Leaf]]:
    """Return the leaves of every record, as the lock holds them."""
    records: dict[str, dict[str, Leaf]] = {}
    for source in dataset.files.values():
        for collection, named in source.data.items():
            for name, record in named.items():
                if (collection, name) not in FREE:
                    _collect(record, "", records.setdefault(_record((collection, name)), {}))
    for path, words in dataset.further_texts():
        records.setdefault(_record(path), {})[_key(path)] = words
    return records


def _collect(value: Any, key: str, leaves: dict[str, Leaf]) -> None:
    if isinstance(value, dict | list) and value:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _collect(inner, f"{key}.{step}" if key else str(step), leaves)
    else:  # a day, in its ISO form, or a collection without parts
        leaves[key] = value if isinstance(value, str | int) else str(value)


def _record(path: Path) -> str:
    return ".".join(map(str, path[:2]))


def _key(path: Path) -> str:
    return ".".join(map(str, path[2:]))


def _path(record: str, key: str) -> Path:
    return (*record.split(".", 1), *_steps(key))


def _steps(key: str) -> Path:
    return tuple(int(step) if step.isdecimal() else step for step in key.split(".")) if key else ()


def unconfirmed(dataset: Dataset, lock: Lock) -> Iterator[Problem]:
    """Yield a problem for everything that nobody has confirmed as it is now."""
    records = _records(dataset)
    changes = tuple(_compare(dataset, records, lock))
    yield from (_removal(dataset, records, lock, change) for change in changes if change.new is None)
    new_parts = dict.fromkeys(_new_part(lock, change.path) for change in changes if change.old is None)
    for part in new_parts:
        yield dataset.problem(part, "part-new", at_key=True, part=str(part[-1]))
    for change in changes:
        if change.old is not None and change.new is not None:
            yield _replacement(dataset, change)
    for path, locale in _stale(dataset, records, changes):
        yield dataset.problem(path, "translation-stale", locale=locale)


def _replacement(dataset: Dataset, change: Change) -> Problem:
    rule = "text-changed" if change.locale else "value-changed"
    return dataset.problem(change.path, rule, old=_shown(change.old), new=_shown(change.new))


def _stale(dataset: Dataset, records: Lock, changes: Sequence[Change]) -> Iterator[tuple[Path, str]]:
    """Yield the texts that stayed as they were while another language of the same text changed."""
    changed = {change.path for change in changes}
    for change in changes:
        if change.locale is None or change.new is None or change.old is None:
            continue
        for locale in dataset.site.locales:
            other = (*change.path[:-1], locale)
            if other not in changed and _key(other) in records[_record(other)]:
                yield other, locale


def _new_part(lock: Lock, path: Path) -> Path:
    """Return the outermost part of a path of which nothing was confirmed."""
    confirmed = lock.get(_record(path))
    if confirmed is None:
        return path[:2]
    for length in range(3, len(path)):
        start = _key(path[:length])
        if not any(f"{key}.".startswith(f"{start}.") for key in confirmed):
            return path[:length]
    return path


def _removal(dataset: Dataset, records: Lock, lock: Lock, change: Change) -> Problem:
    """Return a problem at what follows the gap, or else at what stands before it; another language stands closest."""
    order = [
        _path(record, key)
        for record in lock
        if record.split(".", 1)[0] == change.path[0]
        for key in lock[record]
    ]
    place = order.index(change.path)
    others = [(*change.path[:-1], tag) for tag in dataset.site.locales if _locale(dataset, change.path)]
    around = (*others, *order[place + 1 :], *reversed(order[:place]))
    there = (leaf for leaf in around if _key(leaf) in records.get(_record(leaf), {}))
    home = dataset.home_of(change.path)
    neighbour = next((leaf for leaf in there if dataset.home_of(leaf) == home), change.path[:1])
    part = neighbour[: _shared(neighbour, change.path) + 1]
    if dataset.home_of(part) != home:  # texts of a further locale stand by themselves
        part = neighbour
    gone = ".".join(map(str, change.path))
    return dataset.problem(part, "part-gone", at_key=True, part=gone, old=_shown(change.old))


def _shared(first: Path, second: Path) -> int:
    """Return with how many equal steps two paths begin."""
    return next(
        (index for index, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), 0
    )


def _shown(value: Leaf | None) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SIDES = {"ja": ("前", "今"), "en": ("old", "new")}


def format_changes(changes: Iterable[Change], language: Language) -> str:
    """Return what changed since it was confirmed, old above new, for the person who confirms it."""
    old, new = _SIDES[language]
    return "".join(
        f"{'.'.join(map(str, change.path))}\n"
        f"  {old}: {'—' if change.old is None else change.old}\n"
        f"  {new}: {'—' if change.new is None else change.new}\n"
        for change in changes
    )
