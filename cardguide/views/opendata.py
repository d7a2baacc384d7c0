"""From records to open data: every text in every locale, each statement with its provenance."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from cardguide.dataset import Dataset
from cardguide.factmodel import Fact
from cardguide.model import Record, SourceReference, Statement, Text
from cardguide.recordmodel import Procedure
from cardguide.validity import periods
from cardguide.views import published
from cardguide.views.addressing import absolute_address
from cardguide.views.municipalities import Municipality
from cardguide.views.presenting import Presenter, ProvenanceView, StatementView, UnknownView
from cardguide.views.questions import open_question_ids


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Speaks for the dataset in all locales at once, as of one day, with absolute addresses."""

    dataset: Dataset
    as_of: datetime.date

    @cached_property
    def presenters(self) -> tuple[Presenter, ...]:
        """One presenter a locale, the default locale first."""
        return tuple(
            Presenter(
                dataset=self.dataset,
                locale=locale,
                as_of=self.as_of,
                address=absolute_address(self.dataset.site.url, locale.tag),
            )
            for locale in self.dataset.locales
        )

    @property
    def locales(self) -> tuple[str, ...]:
        """The tags of the locales, the default one first."""
        return tuple(presenter.locale.tag for presenter in self.presenters)

    @cached_property
    def valid_until(self) -> datetime.date:
        """The day by which the oldest procedure was to be checked again."""
        oldest = min(procedure.verified_on for procedure in self.dataset.procedures.values())
        return oldest + datetime.timedelta(days=self.dataset.site.review_after_days)

    def words(self, text: Text) -> published.Localized:
        """Return a text with its values, as plain words by locale."""
        return {each.locale.tag: str(each.text(text)) for each in self.presenters}

    def label(self, label: str) -> published.Localized:
        """Return a label by locale."""
        return {each.locale.tag: each.label(label) for each in self.presenters}

    def url(self, collection: str, record: str) -> published.Localized:
        """Return the address of a record by locale."""
        return {each.locale.tag: each.address(collection, record) or "" for each in self.presenters}

    def statement(
        self, statement: Statement, record: str, checked: datetime.date
    ) -> published.PublishedStatement:
        """Return a statement in all locales."""
        views = [each.statement(statement, record, checked) for each in self.presenters]
        named = (*statement.facts, *((statement.fact,) if statement.fact else ()))
        return self._merged(views, named)

    def statements(
        self, statements: Iterable[Statement], record: str, checked: datetime.date
    ) -> tuple[published.PublishedStatement, ...]:
        """Return the statements of one field in all locales."""
        return tuple(
            self.statement(each, f"{record}.{index}", checked) for index, each in enumerate(statements)
        )

    def fact_statement(self, fact_id: str) -> published.PublishedStatement:
        """Return the sentence of a text fact in all locales."""
        return self._merged([each.fact(fact_id) for each in self.presenters], (fact_id,))

    def unknown(self, fact_id: str) -> published.PublishedUnknown:
        """Return an open question in all locales."""
        views = {each.locale.tag: each.unknown(fact_id) for each in self.presenters}
        first: UnknownView = next(iter(views.values()))
        return published.PublishedUnknown(
            id=fact_id,
            title={tag: str(view.title) for tag, view in views.items()},
            note={tag: str(view.note) for tag, view in views.items()},
            ask={tag: str(view.ask) for tag, view in views.items()},
            contact=self.dataset.facts[fact_id].contact,
            state=first.provenance.state.value,
            sources=citations_of(first.provenance),
            verified_on=first.provenance.checked_on,
            url=self.url("open", fact_id),
        )

    def _merged(self, views: list[StatementView], named: Iterable[str]) -> published.PublishedStatement:
        first = views[0].provenance
        return published.PublishedStatement(
            record=first.record,
            text={each.locale.tag: str(view.text) for each, view in zip(self.presenters, views, strict=True)},
            facts=tuple(dict.fromkeys((*named, *(fact for view in views for fact in view.text.facts)))),
            state=first.state.value,
            caveats=first.caveat_codes,
            sources=citations_of(first),
            verified_on=first.checked_on,
        )


def citations_of(provenance: ProvenanceView) -> tuple[published.PublishedCitation, ...]:
    """Return the citations of a statement by id."""
    return tuple(
        published.PublishedCitation(source=citation.source, place=citation.place_id)
        for citation in provenance.citations
    )


def citations(references: Iterable[SourceReference]) -> tuple[published.PublishedCitation, ...]:
    """Return references to sources as they are published."""
    return tuple(published.PublishedCitation(source=each.source, place=each.place) for each in references)


def create_procedures(publication: Publication) -> tuple[published.PublishedProcedure, ...]:
    """Return every procedure."""
    return tuple(_procedure(publication, each) for each in publication.dataset.procedures.values())


def _procedure(publication: Publication, procedure: Procedure) -> published.PublishedProcedure:
    record, checked = f"procedures.{procedure.id}", procedure.verified_on

    def statements(field: str) -> tuple[published.PublishedStatement, ...]:
        return publication.statements(getattr(procedure, field), f"{record}.{field}", checked)

    return published.PublishedProcedure(
        id=procedure.id,
        sign=procedure.sign,
        office_kind=procedure.office,
        name=publication.words(procedure.name),
        url=publication.url("procedure", procedure.id),
        summary=publication.statement(procedure.summary, f"{record}.summary", checked),
        who=statements("who"),
        deadline=statements("deadline"),
        fee=statements("fee"),
        fee_tables=(procedure.fee_table,) if procedure.fee_table else (),
        documents=statements("documents"),
        legal_basis=statements("legal_basis"),
        notes=statements("notes"),
        unknown=tuple(
            published.PublishedGap(field=field, fact=fact)
            for field, facts in procedure.unknown.items()
            for fact in facts
        ),
        related=procedure.related,
        sources=citations(procedure.sources),
        state=procedure.state.value,
        verified_on=checked,
    )


def create_office_kinds(publication: Publication) -> tuple[published.PublishedOfficeKind, ...]:
    """Return the kinds of counter."""
    return tuple(
        published.PublishedOfficeKind(
            id=kind.id,
            letter=kind.letter,
            name=publication.words(kind.name),
            description=publication.statement(
                kind.description, f"kinds.{kind.id}.description", kind.verified_on
            ),
            condition=(publication.fact_statement(kind.condition),) if kind.condition else (),
            sources=citations(kind.sources),
            state=kind.state.value,
            verified_on=kind.verified_on,
        )
        for kind in publication.dataset.kinds.values()
    )


def create_fee_tables(publication: Publication) -> tuple[published.PublishedFeeTable, ...]:
    """Return the fee tables; their amounts are facts."""
    return tuple(
        published.PublishedFeeTable(
            id=table.id,
            title=publication.words(table.title),
            rows=tuple(
                published.PublishedFeeRow(name=row.name, counter=row.counter, online=row.online)
                for row in table.rows
            ),
        )
        for table in publication.dataset.fee_tables.values()
    )


def create_offices(publication: Publication) -> tuple[published.PublishedOffice, ...]:
    """Return the listed immigration offices."""
    return tuple(
        published.PublishedOffice(
            id=office.id,
            kind=office.kind,
            name=publication.words(office.name),
            parent=office.parent,
            prefectures=office.prefectures,
            sources=citations(office.sources),
            state=office.state.value,
            verified_on=office.verified_on,
        )
        for office in publication.dataset.offices.values()
        if office.listed
    )


def create_prefectures(publication: Publication) -> tuple[published.PublishedPrefecture, ...]:
    """Return the prefectures."""
    return tuple(
        published.PublishedPrefecture(code=each.id, name=publication.words(each.name))
        for each in publication.dataset.prefectures.values()
    )


def create_contacts(publication: Publication) -> tuple[published.PublishedContact, ...]:
    """Return whom to ask."""
    return tuple(
        published.PublishedContact(
            id=contact.id,
            name=publication.words(contact.name),
            about=publication.words(contact.about),
            phones=contact.phones,
            web=contact.web,
            hours=publication.statements(contact.hours, f"contacts.{contact.id}.hours", contact.verified_on),
            verified_on=contact.verified_on,
        )
        for contact in publication.dataset.contacts.values()
    )


def create_questions(publication: Publication) -> tuple[published.PublishedQuestion, ...]:
    """Return every question with its answer."""
    data = publication.dataset
    return tuple(
        published.PublishedQuestion(
            id=question.id,
            topic=question.topic,
            topic_title=publication.words(data.topics[question.topic].title),
            flyer=question.flyer,
            question=publication.words(question.question),
            polarity=question.polarity.value,
            answer=publication.statements(
                question.answer, f"questions.{question.id}.answer", question.verified_on
            ),
            unknown=question.unknown,
            url=publication.url("question", question.id),
            verified_on=question.verified_on,
        )
        for question in data.questions.values()
    )


def create_municipalities(
    municipalities: Iterable[Municipality],
) -> tuple[published.PublishedMunicipality, ...]:
    """Return the local governments; an empty field is left out."""
    return tuple(
        published.PublishedMunicipality(
            **{field: value for field, value in asdict(each).items() if value != ""}
        )
        for each in municipalities
    )


def create_card_items(publication: Publication) -> tuple[published.PublishedCardItem, ...]:
    """Return the items of the card face."""
    return tuple(
        published.PublishedCardItem(
            id=item.id,
            name=publication.words(item.name),
            before=item.before,
            after=item.after,
            sources=citations(item.sources),
            state=item.state.value,
            caveats=tuple(caveat.value for caveat in item.caveats),
            verified_on=item.verified_on,
        )
        for item in publication.dataset.items.values()
    )


def create_unknowns(publication: Publication) -> tuple[published.PublishedUnknown, ...]:
    """Return what is not confirmed."""
    return tuple(publication.unknown(fact) for fact in open_question_ids(publication.dataset.facts))


def create_facts(publication: Publication) -> tuple[published.PublishedFact, ...]:
    """Return every fact with all its periods."""
    return tuple(_fact(publication, fact) for fact in publication.dataset.facts.values())


def _fact(publication: Publication, fact: Fact[Any]) -> published.PublishedFact:
    return published.PublishedFact(
        id=fact.id,
        kind=fact.kind,
        title=publication.words(fact.title),
        clock=fact.clock.value,
        state=fact.state.value,
        confidence=fact.confidence.value if fact.confidence else None,
        caveats=tuple(caveat.value for caveat in fact.caveats),
        values=tuple(_values(publication, fact)),
        contact=fact.contact.value if fact.contact else None,
        common_ground=fact.common_ground,
        sources=citations(fact.sources),
        verified_on=fact.verified_on,
    )


def _values(publication: Publication, fact: Fact[Any]) -> Iterator[published.PublishedValue]:
    """Yield the values in order of time, a sentence in the words of the day of the build."""
    if fact.kind == "text" and not fact.values and fact.value is not None:
        text = publication.fact_statement(fact.id).text
        yield published.PublishedValue(value="", text=text, sources=())
        return
    own = {dated.from_: dated.sources for dated in fact.values}
    for period in periods(fact):
        parts = {each.locale.tag: each.value_part(fact, period.value) for each in publication.presenters}
        machine = next(iter(parts.values())).machine
        yield published.PublishedValue(
            value=machine or "",
            text={tag: part.text for tag, part in parts.items()},
            **{"from": period.first},
            to=period.last,
            sources=citations(own.get(period.first, ())),
        )


def create_sources(
    publication: Publication, cited_in: Iterable[Record] = ()
) -> tuple[published.PublishedSource, ...]:
    """Return every source, or only those that the records cite."""
    wanted = {citation for record in cited_in for citation in _cited(record)}
    return tuple(
        published.PublishedSource(
            id=source.id,
            title=publication.words(source.title),
            publisher=publication.words(source.publisher),
            kind=source.kind,
            official=source.official,
            seen=source.seen,
            urls=source.urls,
            places=tuple(
                published.PublishedPlace(id=place, name=publication.words(name))
                for place, name in source.places.items()
            ),
            verified_on=source.verified_on,
        )
        for source in publication.dataset.sources.values()
        if not cited_in or source.id in wanted
    )


def _cited(value: object) -> Iterator[str]:
    """Yield the id of every source that is cited somewhere inside."""
    if isinstance(value, published.PublishedCitation):
        yield value.source
    elif isinstance(value, Record):
        for field in type(value).model_fields:
            yield from _cited(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from _cited(each)
