"""Views of the ready parts of pages: counters, fee tables, the card face, offices, sources."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cardguide.model import FeeRow, FeeTable, Polarity, Procedure
from cardguide.richtext import RichText
from cardguide.validity import periods
from cardguide.views.carddrawing import CardDrawing, draw_card
from cardguide.views.presenting import (
    Presenter,
    ProvenanceView,
    StatementView,
    UnknownView,
    weakest,
)
from cardguide.views.provenances import SharedProvenance, create_fact_provenance, share_provenance


@dataclass(frozen=True, kw_only=True, slots=True)
class SignView:
    """The handle of a procedure, as at a railway station; never shown as an official number."""

    counter: str
    letter: str
    number: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureRow:
    """A procedure as it stands in a list."""

    id: str
    sign: SignView
    name: str
    others: tuple[tuple[str, str], ...]
    href: str | None
    summary: StatementView
    who: tuple[StatementView, ...]
    deadline: tuple[StatementView, ...]
    provenance: ProvenanceView


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterView:
    """A kind of office with its procedures."""

    id: str
    letter: str
    name: str
    short_name: str
    place_phrase: str
    description: StatementView
    condition: StatementView | None
    procedures: tuple[ProcedureRow, ...]


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


@dataclass(frozen=True, kw_only=True, slots=True)
class CardItemView:
    """An item of the card face, before and since the change of format."""

    id: str
    name: str
    before: str
    after: str
    after_label: str
    provenance: ProvenanceView


@dataclass(frozen=True, kw_only=True, slots=True)
class CardFaceView:
    """The card face before and since the change of format."""

    before_heading: RichText
    after_heading: RichText
    before_short: RichText
    after_short: RichText
    change: ProvenanceView
    items: tuple[CardItemView, ...]

    @property
    def removed(self) -> tuple[CardItemView, ...]:
        """Return the items that left the face."""
        return tuple(item for item in self.items if item.after == "chip-only")

    @property
    def removed_provenance(self) -> tuple[SharedProvenance, ...]:
        """Return what the items that left the face rest on."""
        return share_provenance((item.name, item.provenance) for item in self.removed)

    @property
    def remaining_provenance(self) -> tuple[SharedProvenance, ...]:
        """Return what the items that are still printed rest on."""
        return share_provenance((item.name, item.provenance) for item in self.remaining)

    @property
    def remaining(self) -> tuple[CardItemView, ...]:
        """Return the items that are still printed."""
        return tuple(item for item in self.items if item.after == "printed")

    @property
    def drawing(self) -> CardDrawing:
        """Return the places of the items in the drawing of the face."""
        return draw_card([item.name for item in self.remaining], [item.name for item in self.removed])


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeView:
    """An immigration office and the prefectures for which it is responsible."""

    id: str
    name: str
    kind: str
    parent: str | None
    prefectures: tuple[str, ...]
    provenance: ProvenanceView


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeTableView:
    """The listed offices, and what their rows rest on."""

    offices: tuple[OfficeView, ...]
    provenance: tuple[SharedProvenance, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactView:
    """Whom to ask."""

    id: str
    name: str
    about: RichText
    phones: tuple[RichText, ...]
    web: tuple[RichText, ...]
    hours: tuple[StatementView, ...]
    provenance: ProvenanceView | None


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


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionView:
    """A question with its answer."""

    id: str
    question: str
    flyer: int | None
    polarity: str
    answer: tuple[StatementView, ...]
    unknown: tuple[UnknownView, ...]
    related: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicView:
    """A group of questions."""

    id: str
    title: str
    questions: tuple[QuestionView, ...]


def create_sign(presenter: Presenter, procedure: Procedure) -> SignView:
    """Return the sign of a procedure with the words in which it is read aloud."""
    letter, number = procedure.sign[0], procedure.sign[1:]
    kind = presenter.dataset.kinds[procedure.office]
    label = presenter.label("counter-number", counter=presenter.words(kind.short_name), number=number)
    return SignView(counter=letter.lower(), letter=letter, number=number, label=label)


def create_procedure_row(presenter: Presenter, procedure: Procedure) -> ProcedureRow:
    """Return a procedure for a list."""
    record, checked = f"procedures.{procedure.id}", procedure.verified_on
    own = presenter.words(procedure.name)
    others: dict[
        str, str
    ] = {}  # names by the first locale that has them: easy Japanese has those of Japanese
    for locale in presenter.dataset.locales:
        if procedure.name[locale.tag] not in (own, *others):
            others[procedure.name[locale.tag]] = locale.tag
    return ProcedureRow(
        id=procedure.id,
        sign=create_sign(presenter, procedure),
        name=own,
        others=tuple((tag, name) for name, tag in others.items()),
        href=presenter.address("procedure", procedure.id),
        summary=presenter.statement(procedure.summary, f"{record}.summary", checked),
        who=presenter.statements(procedure.who, f"{record}.who", checked),
        deadline=presenter.statements(procedure.deadline, f"{record}.deadline", checked),
        provenance=presenter.provenance(record, procedure.state, (), procedure.sources, checked),
    )


def create_counters(presenter: Presenter) -> tuple[CounterView, ...]:
    """Return the kinds of office with their procedures, in the order of the data."""
    data = presenter.dataset
    return tuple(
        CounterView(
            id=kind.id,
            letter=kind.letter,
            name=presenter.words(kind.name),
            short_name=presenter.words(kind.short_name),
            place_phrase=presenter.words(kind.place_phrase),
            description=presenter.statement(
                kind.description, f"kinds.{kind.id}.description", kind.verified_on
            ),
            condition=presenter.fact(kind.condition) if kind.condition else None,
            procedures=tuple(
                create_procedure_row(presenter, procedure)
                for procedure in data.procedures.values()
                if procedure.office == kind.id
            ),
        )
        for kind in data.kinds.values()
    )


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


def create_card_face(presenter: Presenter) -> CardFaceView:
    """Return the items of the card face before and since the change of format."""
    change = presenter.value("format-change")
    return CardFaceView(
        before_heading=presenter.rich_label("face-before", date=change),
        after_heading=presenter.rich_label("face-after", date=change),
        before_short=presenter.rich_label("face-before-short", date=change),
        after_short=presenter.rich_label("face-after-short", date=change),
        change=create_fact_provenance(presenter, "format-change"),
        items=tuple(
            CardItemView(
                id=item.id,
                name=presenter.words(item.name),
                before=item.before,
                after=item.after,
                after_label=presenter.label(f"face-{item.after}"),
                provenance=presenter.provenance(
                    f"items.{item.id}", item.state, item.caveats, item.sources, item.verified_on
                ),
            )
            for item in presenter.dataset.items.values()
        ),
    )


def create_offices(presenter: Presenter) -> OfficeTableView:
    """Return the listed immigration offices with their prefectures."""
    data = presenter.dataset
    offices = tuple(
        OfficeView(
            id=office.id,
            name=presenter.words(office.name),
            kind=office.kind,
            parent=presenter.words(data.offices[office.parent].name) if office.parent else None,
            prefectures=tuple(presenter.words(data.prefectures[code].name) for code in office.prefectures),
            provenance=presenter.provenance(
                f"offices.{office.id}", office.state, (), office.sources, office.verified_on
            ),
        )
        for office in data.offices.values()
        if office.listed
    )
    return OfficeTableView(
        offices=offices, provenance=share_provenance((office.name, office.provenance) for office in offices)
    )


def create_contacts(presenter: Presenter) -> tuple[ContactView, ...]:
    """Return whom to ask."""
    return tuple(create_contact(presenter, contact) for contact in presenter.dataset.contacts)


def create_contact(presenter: Presenter, contact_id: str) -> ContactView:
    """Return one contact point with its numbers, addresses and hours."""
    contact = presenter.dataset.contacts[contact_id]
    facts = [presenter.dataset.facts[fact] for fact in (*contact.facts, *contact.phones, *contact.web)]
    sources = dict.fromkeys(source for fact in facts for source in fact.sources)
    return ContactView(
        id=contact.id,
        name=presenter.words(contact.name),
        about=presenter.text(contact.about),
        phones=tuple(presenter.value(fact) for fact in contact.phones),
        web=tuple(presenter.value(fact) for fact in contact.web),
        hours=presenter.statements(contact.hours, f"contacts.{contact.id}.hours", contact.verified_on),
        provenance=presenter.provenance(
            f"contacts.{contact.id}", weakest(fact.state for fact in facts), (), sources, contact.verified_on
        )
        if facts
        else None,
    )


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


def create_question(presenter: Presenter, question_id: str) -> QuestionView:
    """Return a question with its answer."""
    question = presenter.dataset.questions[question_id]
    return QuestionView(
        id=question.id,
        question=presenter.words(question.question),
        flyer=question.flyer,
        polarity=question.polarity.value,
        answer=presenter.statements(question.answer, f"questions.{question.id}.answer", question.verified_on),
        unknown=presenter.unknowns(question.unknown),
        related=tuple(presenter.reference(reference) for reference in question.related),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactQuestionsView:
    """What one contact can be asked: the open questions that our sources leave to it."""

    id: str
    name: str
    ask: RichText
    questions: tuple[UnknownView, ...]


def create_open_questions(presenter: Presenter) -> tuple[ContactQuestionsView, ...]:
    """Return every open question under whom to ask, so that this is said once."""
    facts = presenter.dataset.facts
    ids = open_question_ids(facts)
    contacts = dict.fromkeys(facts[each].contact for each in ids)
    return tuple(
        ContactQuestionsView(
            id=contact,
            name=presenter.words(presenter.dataset.contacts[contact].name),
            ask=presenter.text(presenter.dataset.contacts[contact].ask),
            questions=presenter.unknowns(each for each in ids if facts[each].contact == contact),
        )
        for contact in contacts
    )


def create_misconceptions(presenter: Presenter) -> tuple[QuestionView, ...]:
    """Return the questions whose answer is no: what many people believe. A false claim is never printed as one."""
    questions = presenter.dataset.questions.values()
    return tuple(create_question(presenter, each.id) for each in questions if each.polarity is Polarity.NO)


def create_topics(presenter: Presenter) -> tuple[TopicView, ...]:
    """Return all questions by topic."""
    questions = presenter.dataset.questions
    return tuple(
        TopicView(
            id=topic.id,
            title=presenter.words(topic.title),
            questions=tuple(
                create_question(presenter, question.id)
                for question in questions.values()
                if question.topic == topic.id
            ),
        )
        for topic in presenter.dataset.topics.values()
    )


def open_question_ids(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the facts that are unknown or in conflict."""
    return tuple(fact.id for fact in facts.values() if fact.state in {"unknown", "conflict"})
