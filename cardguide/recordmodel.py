"""The shape of what is published: sources, procedures, questions, card items, offices, pages, terms."""

from typing import Annotated, Literal

from pydantic import Field, Strict, StringConstraints

from cardguide.model import (
    Caveat,
    Day,
    Flag,
    Id,
    Keyed,
    LocaleTag,
    Polarity,
    PrefectureCode,
    Record,
    SourceReference,
    State,
    Statement,
    Text,
    WebAddress,
    Words,
)


class Source(Keyed):
    """Where a fact comes from, how much of it was seen, and the places in it that are cited."""

    title: Text
    publisher: Text
    kind: Literal["flyer", "page", "statute", "copy", "record", "third-party"]
    official: Flag
    seen: Literal["full", "part", "not-seen"]
    urls: tuple[WebAddress, ...] = ()
    dated: Text | None = None
    note: Text | None = None
    places: dict[Id, Text]
    verified_on: Day


class Procedure(Keyed):
    """One of the procedures with which the card can be applied for."""

    sign: Annotated[str, StringConstraints(pattern=r"^[MI][1-9]$")]
    office: Literal["municipal", "bureau"]
    name: Text
    summary: Statement
    who: tuple[Statement, ...]
    deadline: tuple[Statement, ...]
    fee: tuple[Statement, ...]
    fee_table: Id | None = None
    documents: tuple[Statement, ...]
    legal_basis: tuple[Statement, ...]
    notes: tuple[Statement, ...] = ()
    unknown: dict[Literal["who", "deadline", "fee", "documents"], tuple[Id, ...]] = {}
    related: tuple[Id, ...] = ()
    aliases: dict[LocaleTag, tuple[Words, ...]] = {}
    sources: tuple[SourceReference, ...]
    state: State
    verified_on: Day


class FeeRow(Record):
    """A row of a fee table: the fact that names it, and the facts of its amounts."""

    name: Id | None = None
    counter: Id
    online: Id | None = None


class FeeTable(Keyed):
    """The amounts of a kind of procedure, by the period that is granted."""

    title: Text
    rows: tuple[FeeRow, ...]


class Question(Keyed):
    """A question and its answer; ``flyer`` is the number on the agency's flyer."""

    flyer: Annotated[int, Strict(), Field(ge=1, le=6)] | None = None
    topic: Id
    question: Text
    polarity: Polarity
    answer: tuple[Statement, ...]
    unknown: tuple[Id, ...] = ()
    related: tuple[Words, ...] = ()
    aliases: dict[LocaleTag, tuple[Words, ...]] = {}
    verified_on: Day


class Topic(Keyed):
    """A group of questions."""

    title: Text


class CardItem(Keyed):
    """An item of the residence card's face, before and since the change of format."""

    name: Text
    before: Literal["printed", "absent"]
    after: Literal["printed", "chip-only", "unknown"]
    sources: tuple[SourceReference, ...]
    state: State
    caveats: tuple[Caveat, ...] = ()
    verified_on: Day


class OfficeKind(Keyed):
    """A kind of counter, with the letter of its sign."""

    letter: Annotated[str, StringConstraints(pattern=r"^[MI]$")]
    name: Text
    short_name: Text
    place_phrase: Text
    description: Statement
    condition: Id | None = None
    sources: tuple[SourceReference, ...]
    state: State
    verified_on: Day


class Prefecture(Keyed):
    """A prefecture, kept under its two-digit JIS code."""

    id: PrefectureCode = Field(alias="__id__", exclude=True)
    name: Text


class Office(Keyed):
    """An immigration office. ``listed: false`` keeps it out of every output until its entries were checked."""

    kind: Literal["bureau", "district", "airport-district"]
    name: Text
    parent: Id | None = None
    prefectures: tuple[PrefectureCode, ...] = ()
    listed: Flag = True
    sources: tuple[SourceReference, ...]
    state: State
    verified_on: Day


class ContactPoint(Keyed):
    """Whom to ask: a name, phone and web facts, and hours in words; ``facts`` say why one asks there."""

    name: Text
    about: Text
    facts: tuple[Id, ...] = ()
    phones: tuple[Id, ...] = ()
    web: tuple[Id, ...] = ()
    hours: tuple[Statement, ...] = ()
    ask: Text
    verified_on: Day


class Section(Record):
    """A heading and what stands under it: statements, facts by id, or a ready part that the template knows."""

    heading: Text | None = None
    anchor: Id | None = None
    facts: tuple[Id, ...] = ()
    statements: tuple[Statement, ...] = ()
    questions: tuple[Id, ...] = ()
    unknown: tuple[Id, ...] = ()
    part: Id | None = None


class Page(Keyed):
    """A page of the site that is made from records: its words and the order of its parts."""

    title: Text
    navigation: Text | None = None
    description: Text
    lead: tuple[Id, ...] = ()
    sections: tuple[Section, ...] = ()
    aliases: dict[LocaleTag, tuple[Words, ...]] = {}
    verified_on: Day


class Term(Keyed):
    """A term of the field, its official words and what must not be written instead."""

    text: Text
    instead_of: dict[LocaleTag, tuple[Words, ...]] = {}
    meaning: Text | None = None
    sources: tuple[SourceReference, ...] = ()
    verified_on: Day


class ForbiddenPhrase(Keyed):
    """Words that may not appear, why, and what to say instead; with ``while_unknown`` only as long as that is so."""

    patterns: dict[LocaleTag, tuple[Words, ...]]
    while_unknown: tuple[Id, ...] = ()
    because: Text
    instead: Text
    allowed_in: tuple[Words, ...] = ()
