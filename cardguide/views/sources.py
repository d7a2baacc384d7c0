"""The sources with their places."""

from dataclasses import dataclass

from cardguide.richtext import RichText
from cardguide.views.presenting import Presenter


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceView:
    """A source with its places."""

    id: str
    title: str
    publisher: str
    official: bool
    seen: str
    urls: tuple[str, ...]
    dated: str | None
    note: str | None
    checked: RichText
    places: tuple[str, ...]


def create_sources(presenter: Presenter) -> tuple[SourceView, ...]:
    """Return every source, official ones first."""
    views = tuple(
        SourceView(
            id=source.id,
            title=presenter.words(source.title),
            publisher=presenter.words(source.publisher),
            official=source.official,
            seen=presenter.label(f"seen-{source.seen}"),
            urls=source.urls,
            dated=presenter.words(source.dated) if source.dated else None,
            note=presenter.words(source.note) if source.note else None,
            checked=presenter.rich_label("checked-on", date=presenter.day(source.verified_on)),
            places=tuple(presenter.words(place) for place in source.places.values()),
        )
        for source in presenter.dataset.sources.values()
    )
    return tuple(sorted(views, key=lambda view: not view.official))
