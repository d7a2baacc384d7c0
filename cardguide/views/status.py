"""Views of the pages that tell how fresh this guide is, and what became different."""

import datetime
from collections import Counter
from dataclasses import dataclass

from cardguide.changemodel import Change
from cardguide.freshness import Check, find_checks, find_states
from cardguide.model import State
from cardguide.richtext import RichText, plain
from cardguide.scheduled import ScheduledChange, coming_changes
from cardguide.views.presenting import Presenter, ProvenanceView
from cardguide.views.provenances import join_provenance
from cardguide.views.questions import open_question_ids

RECENT_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class CountView:
    """A number and what it counts."""

    id: str
    name: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ComingView:
    """A day from which on something is different."""

    day: RichText
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusView:
    """How much was checked when, how sure it is, and what changes next."""

    share: RichText
    oldest: RichText
    states: tuple[CountView, ...]
    open_questions: str
    next_review: RichText
    coming: tuple[ComingView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeView:
    """What became different: old and new, from when, and whom it concerns."""

    id: str
    title: str
    entered: RichText
    starts: RichText
    was: RichText
    now: RichText
    whom: RichText
    note: RichText | None
    provenance: ProvenanceView


def create_status(presenter: Presenter) -> StatusView:
    """Return how fresh and how sure the data is on the day."""
    checks = find_checks(presenter.dataset)
    coming = coming_changes(presenter.dataset, presenter.as_of)
    return StatusView(
        share=_share(presenter, checks),
        oldest=presenter.day(min(check.verified_on for check in checks)),
        states=_states(presenter),
        open_questions=presenter.formatter.number(len(open_question_ids(presenter.dataset.facts))),
        next_review=presenter.day(min(check.review_by for check in checks)),
        coming=tuple(_coming(presenter, change) for change in coming),
    )


def _share(presenter: Presenter, checks: tuple[Check, ...]) -> RichText:
    oldest = presenter.as_of - datetime.timedelta(days=RECENT_DAYS)
    recent = sum(check.verified_on >= oldest for check in checks)
    number = presenter.formatter.number
    return presenter.rich_label(
        "status-share",
        date=presenter.day(presenter.as_of),
        days=plain(number(RECENT_DAYS)),
        recent=plain(number(recent)),
        all=plain(number(len(checks))),
        percent=plain(number(recent * 100 // len(checks))),
    )


def _states(presenter: Presenter) -> tuple[CountView, ...]:
    counted = Counter(find_states(presenter.dataset))
    return tuple(
        CountView(
            id=state.value,
            name=presenter.label(f"state-{state.value}"),
            number=presenter.formatter.number(counted[state]),
        )
        for state in State
    )


def _coming(presenter: Presenter, change: ScheduledChange) -> ComingView:
    number = presenter.formatter.number(len(change.records))
    return ComingView(
        day=presenter.day(change.day), what=presenter.label(f"coming-{change.kind.value}", number=number)
    )


def create_changes(presenter: Presenter) -> tuple[ChangeView, ...]:
    """Return what became different up to the day, newest first."""
    known = [each for each in presenter.dataset.changes.values() if each.changed_on <= presenter.as_of]
    return tuple(_change(presenter, each) for each in sorted(known, key=_newest_first))


def _newest_first(change: Change) -> int:
    return -change.changed_on.toordinal()


def _change(presenter: Presenter, change: Change) -> ChangeView:
    record = f"changes.{change.id}"
    was, now, whom = (
        presenter.statement(statement, f"{record}.{field}", change.verified_on)
        for field, statement in (("was", change.was), ("now", change.now), ("whom", change.whom))
    )
    provenance = join_provenance(record, [was.provenance, now.provenance, whom.provenance])
    return ChangeView(
        id=change.id,
        title=presenter.words(change.title),
        entered=presenter.day(change.changed_on),
        starts=presenter.value(change.starts),
        was=was.text,
        now=now.text,
        whom=whom.text,
        note=presenter.reported_note(provenance.state, provenance.checked_on),
        provenance=provenance,
    )
