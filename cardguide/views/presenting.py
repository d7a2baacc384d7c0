"""The presenter: turns records into the words of one locale on one day, each with its provenance."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from cardguide.dataset import Dataset
from cardguide.factmodel import Fact
from cardguide.formats import Formatter
from cardguide.locales import Locale
from cardguide.model import Caveat, SourceReference, State, Statement, Text
from cardguide.placeholders import Placeholder, split_text
from cardguide.richtext import Part, RichText, plain
from cardguide.validity import period_on, text_on
from cardguide.views.addressing import Address

_STATES = tuple(State)


@dataclass(frozen=True, kw_only=True, slots=True)
class CitationView:
    """A source, the place in it and how much of it was seen."""

    source: str
    place_id: str
    title: str
    place: str
    href: str | None
    seen: str
    official: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvenanceView:
    """What a block of text rests on; ``record`` is the dotted path of the record in the dataset."""

    record: str
    state: State
    caveats: tuple[str, ...]
    caveat_codes: tuple[str, ...]
    citations: tuple[CitationView, ...]
    checked: RichText
    checked_on: datetime.date


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementView:
    """One block of public text; ``note`` says in words that it is only reported."""

    text: RichText
    note: RichText | None
    provenance: ProvenanceView


@dataclass(frozen=True, kw_only=True, slots=True)
class UnknownView:
    """An open question: what is not confirmed, since when, whom to ask, and the common ground if sources disagree."""

    id: str
    title: str
    short_title: str
    note: RichText
    ask: RichText
    contact: str
    common_ground: StatementView | None
    provenance: ProvenanceView
    conflict: bool


@dataclass(frozen=True, kw_only=True)
class Presenter:
    """Speaks for the dataset in one locale, as of one day, with links that suit one output."""

    dataset: Dataset
    locale: Locale
    as_of: datetime.date
    address: Address

    @cached_property
    def formatter(self) -> Formatter:
        """Return how values are written in the locale."""
        return Formatter(locale=self.locale, patterns=self.dataset.labels_in(self.locale.tag))

    def label(self, label: str, **words: object) -> str:
        """Return a label with its ``{words}`` filled in.

        Raises ``KeyError`` when the label or one of its words is missing.
        """
        return self.dataset.labels[label][self.locale.tag].format_map(words)

    def rich_label(self, label: str, **words: RichText) -> RichText:
        """Return a label whose ``{words}`` are rich texts."""
        parts: list[Part] = []
        for part in split_text(self.dataset.labels[label][self.locale.tag]):
            if isinstance(part, Placeholder):
                parts.extend(words[part.id].parts)
            else:
                parts.append(Part(text=part))
        return RichText(tuple(parts))

    def words(self, text: Text) -> str:
        """Return a text that holds no placeholders: a name, a title, a heading."""
        return text[self.locale.tag]

    def text(self, text: Text) -> RichText:
        """Return a text with the values of its facts on the day, and links to the records that it names."""
        parts: list[Part] = []
        for part in split_text(text[self.locale.tag]):
            parts.extend(self._parts(part) if isinstance(part, Placeholder) else (Part(text=part),))
        return RichText(tuple(parts))

    def prose(self, markdown: str) -> Markup:
        """Return hand-written Markdown with its placeholders as HTML; the Markdown is the project's own, not data."""
        return Markup("").join(
            RichText(self._parts(part)).__html__() if isinstance(part, Placeholder) else Markup(part)  # noqa: S704 - hand-written pages of the project, not data
            for part in split_text(markdown)
        )

    def day(self, day: datetime.date, style: str = "long") -> RichText:
        """Return a day that is no fact of its own: a check date, a boundary."""
        words = self.formatter.day(day, style)
        return RichText((Part(text=words, kind="date", machine=day.isoformat(), fact=None, whole=True),))

    def value(self, fact_id: str, style: str | None = None) -> RichText:
        """Return the value of a fact on the day.

        Raises ``LookupError`` when the fact has none then: an unknown fact can never be stated.
        """
        return RichText(self._fact_parts(fact_id, style))

    def value_or_none(self, fact_id: str) -> RichText | None:
        """Return the value of a fact on the day, or none where it has none then."""
        return None if period_on(self.dataset.facts[fact_id], self.as_of) is None else self.value(fact_id)

    def on(self, day: datetime.date) -> "Presenter":
        """Return a presenter that speaks of another day."""
        return replace(self, as_of=day)

    def reference(self, reference: str) -> tuple[str, str | None]:
        """Return the name and the address of a record written as ``procedure.exchange``; a bare id is a page."""
        collection, _, record = reference.rpartition(".")
        collection = collection or "page"
        return self._record_name(collection, record), self.address(collection, record)

    def statement(self, statement: Statement, record: str, verified_on: datetime.date) -> StatementView:
        """Return a statement of a record; its state is the weakest of what it rests on."""
        if statement.text is None:
            return self.fact(statement.fact or "")
        text = text_on(statement.text, statement.before, self.dataset.facts, self.as_of)
        facts = [self.dataset.facts[fact] for fact in statement.facts]
        state = statement.state or weakest(fact.state for fact in facts)
        caveats = dict.fromkeys((*statement.caveats, *(caveat for fact in facts for caveat in fact.caveats)))
        sources = dict.fromkeys(
            (*statement.sources, *(source for fact in facts for source in self._sources(fact)))
        )
        checked = statement.verified_on or min([verified_on, *(fact.verified_on for fact in facts)])
        return self._statement_view(self.text(text), record, state, caveats, sources, checked)

    def statements(
        self, statements: Iterable[Statement], record: str, verified_on: datetime.date
    ) -> tuple[StatementView, ...]:
        """Return statements that stand together in one field."""
        return tuple(
            self.statement(statement, f"{record}.{index}", verified_on)
            for index, statement in enumerate(statements)
        )

    def fact(self, fact_id: str) -> StatementView:
        """Return the sentence of a text fact."""
        fact = self.dataset.facts[fact_id]
        period = period_on(fact, self.as_of)
        if period is None:
            raise LookupError(f"{fact_id} holds no sentence on {self.as_of.isoformat()}")
        text = text_on(period.value, fact.before, self.dataset.facts, self.as_of)
        return self._statement_view(
            self.text(text),
            f"facts.{fact_id}",
            fact.state,
            fact.caveats,
            self._sources(fact),
            fact.verified_on,
        )

    def unknown(self, fact_id: str) -> UnknownView:
        """Return an open question with the contact that can answer it."""
        fact = self.dataset.facts[fact_id]
        contact = self.dataset.contacts[fact.contact]
        conflict = fact.state is State.CONFLICT
        note = self.rich_label(
            "conflict-note" if conflict else "unknown-note",
            title=plain(str(self.text(fact.title))),
            date=self.day(fact.verified_on),
        )
        return UnknownView(
            id=fact_id,
            title=str(self.text(fact.title)),
            short_title=str(self.text(fact.label or fact.title)),
            note=note,
            ask=self.text(contact.ask),
            contact=self.words(contact.name),
            common_ground=self.fact(fact.common_ground) if fact.common_ground else None,
            provenance=self.provenance(
                f"facts.{fact_id}", fact.state, fact.caveats, self._sources(fact), fact.verified_on
            ),
            conflict=conflict,
        )

    def unknowns(self, fact_ids: Iterable[str]) -> tuple[UnknownView, ...]:
        """Return open questions in order."""
        return tuple(self.unknown(fact_id) for fact_id in fact_ids)

    def provenance(
        self,
        record: str,
        state: State,
        caveats: Iterable[Caveat],
        sources: Iterable[SourceReference],
        checked: datetime.date,
    ) -> ProvenanceView:
        """Return what a block of text rests on."""
        codes = tuple(caveat.value for caveat in caveats)
        return ProvenanceView(
            record=record,
            state=state,
            caveats=tuple(self.label(f"caveat-{code}") for code in codes),
            caveat_codes=codes,
            citations=tuple(self.citation(source) for source in sources),
            checked=self.rich_label("checked-on", date=self.day(checked)),
            checked_on=checked,
        )

    def reported_note(self, state: State, checked: datetime.date) -> RichText | None:
        """Return the words that say that something is only reported, and since when."""
        return self.rich_label("reported-note", date=self.day(checked)) if state is State.REPORTED else None

    def citation(self, reference: SourceReference) -> CitationView:
        """Return a source and a place as they are cited."""
        source = self.dataset.sources[reference.source]
        return CitationView(
            source=source.id,
            place_id=reference.place,
            title=self.words(source.title),
            place=self.words(source.places[reference.place]),
            href=source.urls[0] if source.urls else None,
            seen=self.label(f"seen-{source.seen}"),
            official=source.official,
        )

    def _statement_view(
        self,
        text: RichText,
        record: str,
        state: State,
        caveats: Iterable[Caveat],
        sources: Iterable[SourceReference],
        checked: datetime.date,
    ) -> StatementView:
        return StatementView(
            text=text,
            note=self.reported_note(state, checked),
            provenance=self.provenance(record, state, caveats, sources, checked),
        )

    def _sources(self, fact: Fact[Any]) -> tuple[SourceReference, ...]:
        """Return the sources of the value that holds on the day, else those of the fact."""
        dated = next((value for value in fact.values if _holds(value, self.as_of)), None)
        return dated.sources if dated is not None and dated.sources else fact.sources

    def all_sources(self, fact: Fact[Any]) -> tuple[SourceReference, ...]:
        """Return the sources of a fact and of each of its dated values."""
        return (*fact.sources, *(source for dated in fact.values for source in dated.sources))

    def _parts(self, placeholder: Placeholder) -> tuple[Part, ...]:
        if placeholder.collection == "fact":
            return self._fact_parts(placeholder.id, placeholder.style)
        href = self.address(placeholder.collection, placeholder.id)
        return (Part(text=self._record_name(placeholder.collection, placeholder.id), href=href),)

    def _record_name(self, collection: str, record: str) -> str:
        data = self.dataset
        text = {
            "procedure": lambda: data.procedures[record].name,
            "page": lambda: data.pages[record].title,
            "question": lambda: data.questions[record].question,
            "office": lambda: data.offices[record].name,
        }[collection]()
        return self.words(text)

    def _fact_parts(self, fact_id: str, style: str | None) -> tuple[Part, ...]:
        fact = self.dataset.facts[fact_id]
        period = period_on(fact, self.as_of)
        if period is None:
            raise LookupError(f"{fact_id} has no value on {self.as_of.isoformat()}")
        if fact.kind == "text":
            return self.text(text_on(period.value, fact.before, self.dataset.facts, self.as_of)).parts
        return (self.value_part(fact, period.value, style),)

    def value_part(self, fact: Fact[Any], value: Any, style: str | None = None) -> Part:
        """Return one value of a fact in the words of the locale, with its machine form."""
        formatter = self.formatter
        match fact.kind:
            case "date":
                return Part(
                    text=formatter.day(value, style or "long"),
                    fact=fact.id, kind="date", machine=value.isoformat(), whole=True,
                )  # fmt: skip
            case "yen":
                return Part(
                    text=formatter.yen(value), fact=fact.id, kind="yen", machine=str(value), whole=True
                )
            case "duration":
                return Part(
                    text=formatter.duration(value),
                    fact=fact.id,
                    kind="duration",
                    machine=iso(value),
                    whole=True,
                )
            case "count":
                return Part(text=formatter.number(value), fact=fact.id, kind="count", machine=str(value))
            case "phone":
                return Part(
                    text=value,
                    fact=fact.id,
                    kind="phone",
                    machine=value,
                    href=f"tel:{dialled(value)}",
                    whole=True,
                )
            case "url":
                label = self.words(fact.label) if fact.label else value
                return Part(
                    text=value if style == "plain" else label,
                    fact=fact.id,
                    kind="url",
                    machine=value,
                    href=value,
                )
            case _:
                raise TypeError(f"{fact.id} is a {fact.kind}: a sentence, not a value")


def weakest(states: Iterable[State]) -> State:
    """Return the weakest of the states."""
    return max(states, key=_STATES.index)


def iso(duration: Any) -> str:
    """Return a duration in ISO 8601 form, ``P14D``."""
    unit, count = next((unit, count) for unit, count in duration.model_dump().items() if count is not None)
    return f"P{count}{unit[0].upper()}"


def dialled(number: str) -> str:
    """Return a phone number as it is dialled."""
    return number.replace("-", "")


def _holds(value: Any, day: datetime.date) -> bool:
    return (value.from_ is None or value.from_ <= day) and (value.to is None or day <= value.to)
