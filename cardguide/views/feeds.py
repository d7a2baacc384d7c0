"""What became different, as entries of a feed and of a calendar."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from cardguide.changemodel import Change
from cardguide.views.jsonld import Speech
from cardguide.views.presenting import Presenter


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryView:
    """A change: the day on which this guide first said it, and the day from which it holds."""

    id: str
    title: str
    text: str
    page: str
    said_on: datetime.date
    starts: datetime.date


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedView:
    """The changes in one language or in all, the newest first; ``name`` stands in the path."""

    name: str
    lang: str
    title: str
    author: str
    site_url: str
    host: str
    page: str
    entries: tuple[EntryView, ...]
    as_of: datetime.date


def create_feed(speech: Speech, name: str) -> FeedView:
    """Return the changes up to the day of the build."""
    main = speech.main
    site = main.dataset.site
    known = (each for each in main.dataset.changes.values() if each.changed_on <= main.as_of)
    entries = (_entry(speech, change) for change in known)
    return FeedView(
        name=name,
        lang=main.locale.tag,
        title=_spoken(speech, _title),
        author=_spoken(speech, lambda each: each.words(site.name)),
        site_url=site.url,
        host=urlsplit(site.url).netloc,
        page=main.address("page", "changes") or "",
        entries=tuple(sorted(entries, key=_newest_first)),
        as_of=main.as_of,
    )


def _newest_first(entry: EntryView) -> tuple[int, int]:
    return -entry.said_on.toordinal(), -entry.starts.toordinal()


def _title(presenter: Presenter) -> str:
    data = presenter.dataset
    return f"{presenter.words(data.site.name)} — {presenter.words(data.pages['changes'].title)}"


def _entry(speech: Speech, change: Change) -> EntryView:
    main = speech.main
    return EntryView(
        id=change.id,
        title=_spoken(speech, lambda each: each.words(change.title)),
        text=_spoken(speech, lambda each: _told(each, change), between="\n\n"),
        page=f"{main.address('page', 'changes')}#{change.id}",
        said_on=change.changed_on,
        starts=main.dataset.facts[change.starts].value,
    )


def _told(presenter: Presenter, change: Change) -> str:
    """Return what held before, what holds now and whom it concerns, each with its note where it is only reported."""
    views = {
        field: presenter.statement(getattr(change, field), f"changes.{change.id}.{field}", change.verified_on)
        for field in ("was", "now", "whom")
    }
    return "\n".join(
        f"{presenter.label(f'change-{field}')}: {view.text}{f' ({view.note})' if view.note else ''}"
        for field, view in views.items()
    )


def _spoken(speech: Speech, speak: Callable[[Presenter], str], between: str = " / ") -> str:
    return between.join(speak(each) for each in speech.presenters)
