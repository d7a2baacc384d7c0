"""Views of the sheets on paper: the same records in each language of a sheet, with numbered notes of their sources."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cardguide.dataset import Dataset
from cardguide.flyerplan import ContactPlan, Contents, FlyerPlan, Version
from cardguide.locales import language_of
from cardguide.model import State
from cardguide.richtext import Part, RichText, plain
from cardguide.views.addressing import absolute_address
from cardguide.views.carddrawing import LabelLine, place_lines
from cardguide.views.cardface import CardFaceView, create_card_face
from cardguide.views.contacts import create_contact
from cardguide.views.counters import SignView, create_counters
from cardguide.views.presenting import CitationView, Presenter, StatementView, dialled
from cardguide.views.questions import create_question

EDITION_LENGTH = 6
PRIVATE = "†"


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One text in one language, the numbers of its notes, and the mark of what is only reported."""

    lang: str
    text: RichText
    notes: tuple[str, ...] = ()
    mark: RichText | None = None
    record: str = ""


Spoken = tuple[Said, ...]
"""The same text in each language of the sheet, in their order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetProcedure:
    """A procedure in a list of the sheet."""

    id: str
    sign: SignView
    name: Spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetCounter:
    """A counter with its procedures."""

    id: str
    letter: str
    heading: Spoken
    notes: tuple[str, ...]
    condition: Spoken
    procedures: tuple[SheetProcedure, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetQuestion:
    """A question of the agency's flyer with its answer."""

    id: str
    number: int
    question: Spoken
    answers: tuple[Spoken, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPhone:
    """A number, and for which phones it is."""

    label: Spoken
    number: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetContact:
    """Whom to ask, and the address behind the QR code."""

    id: str
    name: Spoken
    notes: tuple[str, ...]
    phones: tuple[SheetPhone, ...]
    hours: tuple[Spoken, ...]
    page_label: Spoken
    page: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetFace:
    """The card face before and after, drawn once for each language."""

    lang: str
    view: CardFaceView
    label: Callable[..., str]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetNote:
    """A note at the foot: a source and its publisher."""

    mark: str
    words: Spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """What a sheet holds, by record and language, and the id that follows from it alone."""

    id: str
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """One version of a flyer."""

    name: str
    locales: tuple[str, ...]
    lang: str
    created: str
    as_of: Spoken
    speakers: tuple[Presenter, ...]
    launch: Spoken
    lead: tuple[Spoken, ...]
    applying: tuple[Spoken, ...]
    counters: tuple[SheetCounter, ...]
    also_heading: Spoken
    also: tuple[Spoken, ...]
    questions: tuple[SheetQuestion, ...]
    card_format: tuple[Spoken, ...]
    beside_drawing: tuple[Spoken, ...]
    faces: tuple[SheetFace, ...]
    unknown: tuple[Spoken, ...]
    unknown_on: Spoken
    contacts: tuple[SheetContact, ...]
    notes: tuple[SheetNote, ...]
    edition: Edition

    def say(self, label: str, **words: object) -> Spoken:
        """Return a label in each language of the sheet."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.label(label, **words)))
            for speaker in self.speakers
        )

    @property
    def label(self) -> Callable[..., str]:
        """Return the way to labels in the first language."""
        return self.speakers[0].label

    def others(self, label: str) -> Spoken:
        """Return a label in the other languages of the records, once a language; a further one adds no line."""
        first = self.speakers[0]
        spoken = {language_of(tag) for tag in self.locales}
        unspoken: dict[str, str] = {}
        for locale in first.dataset.locales:
            if locale.tag not in first.dataset.further and locale.language not in spoken:
                unspoken.setdefault(locale.language, locale.tag)
        return tuple(
            Said(lang=tag, text=plain(first.dataset.labels[label][tag])) for tag in unspoken.values()
        )

    @property
    def joined_card(self) -> tuple[LabelLine, ...]:
        """Return the words on the one card, in the first language."""
        return place_lines(self.label("flyer-joined-card"))

    @property
    def site_names(self) -> Spoken:
        """Return the name of the site in each language of the sheet."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.words(speaker.dataset.site.name)))
            for speaker in self.speakers
        )

    @property
    def publishers(self) -> Spoken:
        """Return the publisher in each language of the sheet."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.words(speaker.dataset.site.publisher.name)))
            for speaker in self.speakers
        )

    @property
    def edition_page(self) -> str:
        """Return the address that says whether this sheet is still right."""
        return str(self.speakers[0].address("edition", f"{self.name}-{self.edition.id}"))


@dataclass(kw_only=True)
class _Speech:
    """Says records in each language of a sheet, numbers their sources and keeps what was said."""

    speakers: tuple[Presenter, ...]
    numbered: dict[str, None] = field(default_factory=dict)
    private_sources: dict[str, None] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def statements(self, views: Iterable[StatementView]) -> Spoken:
        """Return one statement of all languages."""
        return tuple(self._say(speaker, view) for speaker, view in zip(self.speakers, views, strict=True))

    def facts(self, fact_ids: Iterable[str]) -> tuple[Spoken, ...]:
        """Return the sentences of text facts."""
        return tuple(self.statements([speaker.fact(fact) for speaker in self.speakers]) for fact in fact_ids)

    def remember(self, record: str, lang: str, words: str) -> None:
        """Keep what was said of a record."""
        self.words[f"{record} {lang}"] = words

    def mark(self, citations: Sequence[CitationView]) -> tuple[str, ...]:
        """Return the marks of the notes of some sources: numbers, and one sign for all private sources."""
        marks = set()
        for citation in citations:
            if citation.official:
                self.numbered.setdefault(citation.source)
                marks.add(list(self.numbered).index(citation.source) + 1)
            else:
                self.private_sources[citation.source] = None
        is_private = any(not citation.official for citation in citations)
        return (*map(str, sorted(marks)), *([PRIVATE] if is_private else []))

    def _say(self, speaker: Presenter, view: StatementView) -> Said:
        provenance = view.provenance
        lang = speaker.locale.tag
        mark = "" if provenance.state is State.CONFIRMED else f" [{provenance.state}]"
        self.remember(provenance.record, lang, f"{view.text}{mark}")
        return Said(
            lang=lang,
            text=view.text,
            notes=self.mark(provenance.citations),
            mark=speaker.rich_label("reported-short", date=speaker.day(provenance.checked_on))
            if view.note
            else None,
            record=provenance.record,
        )

    def names(self, texts: Sequence[str], record: str) -> Spoken:
        """Return a name in all languages."""
        for speaker, text in zip(self.speakers, texts, strict=True):
            self.remember(record, speaker.locale.tag, text)
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(text), record=record)
            for speaker, text in zip(self.speakers, texts, strict=True)
        )

    def labels(self, label: str) -> Spoken:
        """Return a label in all languages."""
        return tuple(
            Said(lang=speaker.locale.tag, text=plain(speaker.label(label))) for speaker in self.speakers
        )


def create_sheet(dataset: Dataset, flyer: FlyerPlan, version: Version, *, as_of: datetime.date) -> SheetView:
    """Return the view of one version of a flyer on a day."""
    speakers = tuple(
        Presenter(
            dataset=dataset,
            locale=next(locale for locale in dataset.locales if locale.tag == tag),
            as_of=as_of,
            address=absolute_address(dataset.site.url, tag),
        )
        for tag in version.locales
    )
    speech, contents = _Speech(speakers=speakers), flyer.plan.contents
    said = {
        "launch": _launch(speech, contents.launch),
        "lead": speech.facts(contents.lead),
        "applying": speech.facts(contents.applying),
        "counters": _counters(speech),
        "also_heading": speech.labels(contents.also_heading),
        "also": speech.facts(contents.also),
        "contacts": tuple(_contact(speech, contact, plan) for contact, plan in contents.contacts.items()),
        "questions": tuple(
            _question(speech, question, length) for question, length in contents.questions.items()
        ),
        "card_format": speech.facts(contents.card_format),
        "beside_drawing": speech.facts(contents.beside_drawing),
        "faces": tuple(_face(speech, speaker) for speaker in speakers),
        "unknown": tuple(_unknown(speech, fact) for fact in contents.unknown),
        "unknown_on": _unknown_on(speech, contents.unknown),
    }
    return SheetView(
        name=flyer.name,
        locales=version.locales,
        lang=version.locales[0],
        created=as_of.isoformat(),
        as_of=tuple(
            Said(
                lang=speaker.locale.tag,
                text=speaker.rich_label("flyer-correct-as-of", date=speaker.day(as_of)),
            )
            for speaker in speakers
        ),
        speakers=speakers,
        notes=_notes(speech),
        edition=_edition(flyer, contents, speech.words),
        **said,  # type: ignore[arg-type]  # one value for each field, made in reading order
    )


def _launch(speech: _Speech, fact: str) -> Spoken:
    said = []
    for speaker in speech.speakers:
        label = "flyer-since" if speaker.as_of >= speaker.dataset.facts[fact].value else "flyer-from"
        text = speaker.rich_label(label, date=speaker.value(fact, "era"))
        speech.remember(f"facts.{fact}", speaker.locale.tag, str(text))
        citations = [speaker.citation(source) for source in speaker.dataset.facts[fact].sources]
        said.append(Said(lang=speaker.locale.tag, text=text, notes=speech.mark(citations)))
    return tuple(said)


def _counters(speech: _Speech) -> tuple[SheetCounter, ...]:
    counters = []
    for several in zip(*(create_counters(speaker) for speaker in speech.speakers), strict=True):
        first = several[0]
        conditions = [counter.condition for counter in several if counter.condition]
        rows = zip(*(counter.procedures for counter in several), strict=True)
        counters.append(
            SheetCounter(
                id=first.id,
                letter=first.letter,
                heading=speech.names([counter.place_phrase for counter in several], f"kinds.{first.id}"),
                notes=speech.mark(first.procedures[0].provenance.citations),
                condition=speech.statements(conditions) if conditions else (),
                procedures=tuple(
                    SheetProcedure(
                        id=row[0].id,
                        sign=row[0].sign,
                        name=speech.names([each.name for each in row], f"procedures.{row[0].id}"),
                    )
                    for row in rows
                ),
            )
        )
    return tuple(counters)


def _question(speech: _Speech, question_id: str, length: int) -> SheetQuestion:
    """Return a question with the first statements of its answer."""
    several = [create_question(speaker, question_id) for speaker in speech.speakers]
    return SheetQuestion(
        id=question_id,
        number=several[0].flyer or 0,
        question=speech.names([view.question for view in several], f"questions.{question_id}"),
        answers=tuple(
            speech.statements(answers)
            for answers in zip(*(view.answer[:length] for view in several), strict=True)
        ),
    )


def _contact(speech: _Speech, contact_id: str, plan: ContactPlan) -> SheetContact:
    several = [create_contact(speaker, contact_id) for speaker in speech.speakers]
    first = speech.speakers[0]
    provenances = [several[0].provenance, *(hours.provenance for hours in several[0].hours)]
    citations = [provenance.citations for provenance in provenances if provenance]
    for fact in (*plan.phones, plan.page):
        speech.remember(f"facts.{fact}", first.locale.tag, str(first.value(fact, "plain")))
    return SheetContact(
        id=contact_id,
        name=speech.names([view.name for view in several], f"contacts.{contact_id}"),
        notes=speech.mark(tuple(chain.from_iterable(citations))),
        phones=tuple(
            SheetPhone(label=speech.labels(label), number=number, address=f"tel:{dialled(number)}")
            for number, label in ((str(first.value(fact)), label) for fact, label in plan.phones.items())
        ),
        hours=tuple(
            speech.statements(hours) for hours in zip(*(view.hours for view in several), strict=True)
        ),
        page_label=speech.labels(plan.page_label),
        page=str(first.value(plan.page, "plain")),
    )


def _face(speech: _Speech, speaker: Presenter) -> SheetFace:
    view = create_card_face(speaker)
    for item in view.items:
        words = f"{item.name}: {item.before}, {item.after}"
        speech.remember(item.provenance.record, speaker.locale.tag, words)
    return SheetFace(lang=speaker.locale.tag, view=view, label=speaker.label)


def _unknown(speech: _Speech, fact_id: str) -> Spoken:
    several = [speaker.unknown(fact_id) for speaker in speech.speakers]
    return speech.names([view.title for view in several], f"facts.{fact_id}")


def _unknown_on(speech: _Speech, fact_ids: tuple[str, ...]) -> Spoken:
    days = [speech.speakers[0].dataset.facts[fact].verified_on for fact in fact_ids]
    if not days:
        return ()
    return tuple(
        Said(
            lang=speaker.locale.tag,
            text=speaker.rich_label("flyer-unknown-on", date=speaker.day(min(days))),
        )
        for speaker in speech.speakers
    )


def _notes(speech: _Speech) -> tuple[SheetNote, ...]:
    numbered = [
        SheetNote(
            mark=str(number),
            words=tuple(
                Said(lang=speaker.locale.tag, text=_source_words(speaker, source))
                for speaker in speech.speakers
            ),
        )
        for number, source in enumerate(speech.numbered, start=1)
    ]
    if speech.private_sources:
        words = tuple(_private_words(speaker, len(speech.private_sources)) for speaker in speech.speakers)
        numbered.append(SheetNote(mark=PRIVATE, words=words))
    return tuple(numbered)


def _source_words(speaker: Presenter, source_id: str) -> RichText:
    source = speaker.dataset.sources[source_id]
    publisher = speaker.words(source.publisher)
    title = speaker.words(source.title)
    return plain(title if publisher in title else f"{title}{speaker.label('list-separator')}{publisher}")


def _private_words(speaker: Presenter, count: int) -> Said:
    link = speaker.address("page", "sources")
    text = speaker.rich_label(
        "flyer-private-sources", count=plain(str(count)), link=RichText((Part(text=str(link), href=link),))
    )
    return Said(lang=speaker.locale.tag, text=text)


def _edition(flyer: FlyerPlan, contents: Contents, words: Mapping[str, str]) -> Edition:
    """Return the edition of what is said; neither the day nor the layout has a part in it."""
    fields = json.dumps([flyer.name, contents.model_dump(), dict(words)], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(fields.encode("utf-8")).hexdigest()
    return Edition(id=digest[:EDITION_LENGTH], words=words)
