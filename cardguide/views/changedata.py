"""What changes, as open data: the log of what became different, and the days on which something will."""

from cardguide.changemodel import Change
from cardguide.scheduled import coming_changes
from cardguide.views import published
from cardguide.views.opendata import Publication


def create_scheduled(publication: Publication) -> tuple[published.PublishedScheduledChange, ...]:
    """Return the days after that of the build on which something that is said changes."""
    return tuple(
        published.PublishedScheduledChange(day=change.day, kind=change.kind.value, records=change.records)
        for change in coming_changes(publication.dataset, publication.as_of)
    )


def create_change_log(publication: Publication) -> tuple[published.PublishedChange, ...]:
    """Return what became different up to the day of the build, as it stands in the log."""
    return tuple(
        _change(publication, change)
        for change in publication.dataset.changes.values()
        if change.changed_on <= publication.as_of
    )


def _change(publication: Publication, change: Change) -> published.PublishedChange:
    record, checked = f"changes.{change.id}", change.verified_on
    return published.PublishedChange(
        id=change.id,
        title=publication.words(change.title),
        changed_on=change.changed_on,
        starts=change.starts,
        was=publication.statement(change.was, f"{record}.was", checked),
        now=publication.statement(change.now, f"{record}.now", checked),
        whom=publication.statement(change.whom, f"{record}.whom", checked),
        records=change.records,
        verified_on=checked,
    )
