"""Views of the sheets on paper: the same records in each language of a sheet, with numbered notes of their sources."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from itertools import chain

from cardguide.dataset import Dataset
from cardguide.flyerplan import ContactPlan, Contents, FlyerPlan, Version
from cardguide.richtext import Part, RichText, plain
from cardguide.views.addressing import absolute_address
from cardguide.views.cardface import create_card_face
from cardguide.views.contacts import create_contact
from cardguide.views.counters import create_counters
from cardguide.views.presenting import Presenter, dialled
from cardguide.views.questions import create_question
from cardguide.views.sheetspeech import PRIVATE, Speech
from cardguide.views.sheetview import (
    Edition,
    Said,
    SheetContact,
    SheetCounter,
    SheetFace,
    SheetNote,
    SheetPhone,
    SheetProcedure,
    SheetQuestion,
    SheetView,
    Spoken,
)

EDITION_LENGTH = 6


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
    speech, contents = Speech(speakers=speakers), flyer.plan.contents
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


def _launch(speech: Speech, fact: str) -> Spoken:
    said = []
    for speaker in speech.speakers:
        label = "flyer-since" if speaker.as_of >= speaker.dataset.facts[fact].value else "flyer-from"
        text = speaker.rich_label(label, date=speaker.value(fact, "era"))
        speech.remember(f"facts.{fact}", speaker.locale.tag, str(text))
        citations = [speaker.citation(source) for source in speaker.dataset.facts[fact].sources]
        said.append(Said(lang=speaker.locale.tag, text=text, notes=speech.mark(citations)))
    return tuple(said)


def _counters(speech: Speech) -> tuple[SheetCounter, ...]:
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


def _question(speech: Speech, question_id: str, length: int) -> SheetQuestion:
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


def _contact(speech: Speech, contact_id: str, plan: ContactPlan) -> SheetContact:
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


def _face(speech: Speech, speaker: Presenter) -> SheetFace:
    view = create_card_face(speaker)
    for item in view.items:
        words = f"{item.name}: {item.before}, {item.after}"
        speech.remember(item.provenance.record, speaker.locale.tag, words)
    return SheetFace(lang=speaker.locale.tag, view=view, label=speaker.label)


def _unknown(speech: Speech, fact_id: str) -> Spoken:
    several = [speaker.unknown(fact_id) for speaker in speech.speakers]
    return speech.names([view.title for view in several], f"facts.{fact_id}")


def _unknown_on(speech: Speech, fact_ids: tuple[str, ...]) -> Spoken:
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


def _notes(speech: Speech) -> tuple[SheetNote, ...]:
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
