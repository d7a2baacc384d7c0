"""The tables of fees, by the days between which an application is accepted."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cardguide.recordmodel import FeeRow, FeeTable
from cardguide.richtext import RichText
from cardguide.validity import periods
from cardguide.views.presenting import Presenter, ProvenanceView, weakest


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeRowView:
    """A row of amounts; no amount where no source gives one."""

    name: str
    counter: RichText | None
    online: RichText | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeePeriodView:
    """The amounts for applications accepted between two days."""

    time: Literal["past", "now", "coming"]
    heading: RichText
    rows: tuple[FeeRowView, ...]
    has_online: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeTableView:
    """All periods of a fee table, the present one first."""

    id: str
    title: str
    periods: tuple[FeePeriodView, ...]
    note: RichText
    provenance: ProvenanceView
    check: RichText

    @property
    def now(self) -> FeePeriodView | None:
        """Return the amounts of today."""
        return next((period for period in self.periods if period.time == "now"), None)


def create_fee_table(presenter: Presenter, table: FeeTable) -> FeeTableView:
    """Return a fee table: now first, then what comes, then what held before."""
    views = [_fee_period(presenter, table, first, last) for first, last in _fee_spans(presenter, table)]
    views.reverse()  # the latest of the past periods first
    order = {"now": 0, "coming": 1, "past": 2}
    facts = [
        presenter.dataset.facts[fact] for row in table.rows for fact in (row.counter, row.online) if fact
    ]
    sources = dict.fromkeys(source for fact in facts for source in presenter.all_sources(fact))
    checked = min(fact.verified_on for fact in facts)
    return FeeTableView(
        id=table.id,
        title=presenter.words(table.title),
        periods=tuple(sorted(views, key=lambda view: order[view.time])),
        provenance=presenter.provenance(
            f"fee_tables.{table.id}", weakest(fact.state for fact in facts), (), sources, checked
        ),
        note=presenter.rich_label("reported-note", date=presenter.day(checked)),
        check=presenter.rich_label("fee-check", link=presenter.value("url-isa-fees")),
    )


def _fee_spans(
    presenter: Presenter, table: FeeTable
) -> Iterable[tuple[datetime.date | None, datetime.date | None]]:
    """Return the spans between the days on which some amount of the table changes, in order of time."""
    found = [
        period
        for row in table.rows
        for fact in (row.counter, row.online)
        if fact
        for period in periods(presenter.dataset.facts[fact])
    ]
    firsts = sorted({period.first or datetime.date.min for period in found})
    lasts = [*(following - datetime.timedelta(days=1) for following in firsts[1:]), None]
    for first, last in zip(firsts, lasts, strict=True):
        yield (None if first == datetime.date.min else first), last


def _fee_period(
    presenter: Presenter, table: FeeTable, first: datetime.date | None, last: datetime.date | None
) -> FeePeriodView:
    day = first or last or presenter.as_of
    rows = _same_amounts_once(presenter, [_fee_row(presenter, row, day) for row in table.rows])
    if first is not None and presenter.as_of < first:
        time: Literal["past", "now", "coming"] = "coming"
    else:
        time = "past" if last is not None and last < presenter.as_of else "now"
    return FeePeriodView(
        time=time,
        heading=_span_heading(presenter, first, last),
        rows=tuple(rows),
        has_online=any(row.online for row in rows),
    )


def _span_heading(presenter: Presenter, first: datetime.date | None, last: datetime.date | None) -> RichText:
    words: dict[str, RichText] = {}
    if first is not None:
        words["from"] = presenter.day(first)
    if last is not None:
        words["to"] = presenter.day(last)
    label = {("from",): "fee-current", ("to",): "fee-past-open", ("from", "to"): "fee-past"}[tuple(words)]
    return presenter.rich_label(label, **words)


def _fee_row(presenter: Presenter, row: FeeRow, day: datetime.date) -> FeeRowView:
    on_day = presenter.on(day)
    return FeeRowView(
        name=str(presenter.value(row.name)) if row.name else "",
        counter=on_day.value_or_none(row.counter),
        online=on_day.value_or_none(row.online) if row.online else None,
    )


def _same_amounts_once(presenter: Presenter, rows: list[FeeRowView]) -> list[FeeRowView]:
    """Fold rows whose amounts are all equal into one: before October 2026 the period did not matter."""
    amounts = {(str(row.counter), str(row.online)) for row in rows}
    if len(rows) > 1 and len(amounts) == 1:
        return [
            FeeRowView(name=presenter.label("fee-any-period"), counter=rows[0].counter, online=rows[0].online)
        ]
    return rows
