"""The groups of the table of fees: the present and the coming amounts; past ones stand on the site only."""

from collections.abc import Iterator, Sequence

from cardguide.recordmodel import FeeTable
from cardguide.richtext import plain
from cardguide.views.embeds import Cells, GroupView, LineView, Notes, RowView, Voices
from cardguide.views.fees import FeePeriodView, FeeRowView, FeeTableView, create_fee_table


def create_fee_groups(voices: Voices, notes: Notes) -> tuple[GroupView, ...]:
    """Return the amounts of every fee table."""
    tables = voices.main.dataset.fee_tables.values()
    return tuple(group for table in tables for group in _table_groups(voices, notes, table))


def _table_groups(voices: Voices, notes: Notes, table: FeeTable) -> Iterator[GroupView]:
    spoken = tuple(create_fee_table(each, table) for each in voices.presenters)
    for periods in zip(*(view.periods for view in spoken), strict=True):
        if periods[0].time != "past":
            yield _group(voices, notes, spoken, periods)


def _group(
    voices: Voices, notes: Notes, spoken: Sequence[FeeTableView], periods: Sequence[FeePeriodView]
) -> GroupView:
    provenance = spoken[0].provenance
    record, state = provenance.record, provenance.state.value
    headings = [
        plain(f"{view.title} — {period.heading}") for view, period in zip(spoken, periods, strict=True)
    ]
    note = LineView(
        words=voices.words(view.note for view in spoken),
        notes=notes.mark(provenance),
        record=record,
        state=state,
    )
    return GroupView(
        id=f"{spoken[0].id}-{periods[0].time}",
        heading=voices.words(headings),
        lines=(note,),
        rows=tuple(
            _row(voices, rows, record, state)
            for rows in zip(*(period.rows for period in periods), strict=True)
        ),
    )


def _row(voices: Voices, rows: Sequence[FeeRowView], record: str, state: str) -> RowView:
    names = [
        plain(row.name or each.label("fee-pr")) for each, row in zip(voices.presenters, rows, strict=True)
    ]
    return RowView(record=record, head=voices.words(names), cells=_amounts(voices, rows, record, state))


def _amounts(voices: Voices, rows: Sequence[FeeRowView], record: str, state: str) -> Cells:
    """Return the amount at the counter and online; an amount is the same figure in every language."""
    none = [plain(each.label("fee-none-known")) for each in voices.presenters]
    return tuple(
        (
            LineView(
                words=voices.words(amount or missing for amount, missing in zip(amounts, none, strict=True)),
                record=record,
                state=state,
            ),
        )
        for amounts in ([row.counter for row in rows], [row.online for row in rows])
    )
