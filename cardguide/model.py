"""The shape of the dataset: frozen, strict records, as an editor writes them in ``data/*.yaml``.

Every record is kept under its id. A text is localized (``{ja: ..., en: ...}``) and holds no date, amount,
phone number or address of its own: it names a fact, ``{launch}``. See ``CONTRIBUTING.md`` for a commented
record of each kind.
"""

import datetime
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    Strict,
    StringConstraints,
    model_validator,
)

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LocaleTag = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?(-[a-z0-9]{5,8})?$")
]
Words = Annotated[str, StringConstraints(min_length=1)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"（）。、]+$", max_length=300)]
Day = Annotated[datetime.date, Strict()]
Flag = Annotated[bool, Strict()]
Number = Annotated[int, Strict(), Field(ge=0)]
PrefectureCode = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|[1-3][0-9]|4[0-7])$")]


class State(StrEnum):
    """How sure a statement is, weakest last."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


class Caveat(StrEnum):
    """What a reader must know about the text that a statement rests on."""

    PRE2026 = "pre2026"
    DERIVED = "derived"
    COPY = "copy"
    ORDINARY_CARD = "ordinary-card"


class Confidence(StrEnum):
    """How much the evidence weighs; ``low`` is never published and so has no place in the data."""

    HIGH = "high"
    MEDIUM = "medium"


class Clock(StrEnum):
    """Which day decides: the day itself, or the day on which something happens."""

    CALENDAR = "calendar"
    ACCEPTED = "accepted"
    ISSUED = "issued"
    GRANTED = "granted"
    EVENT = "event"


class Contact(StrEnum):
    """Whom to ask about what is not known."""

    ISA = "isa"
    MYNUMBER = "mynumber"
    MUNICIPAL = "municipal"


class Polarity(StrEnum):
    """What an answer says at its heart; both languages must say the same."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    PARTLY = "partly"
    UNKNOWN = "unknown"


class Record(BaseModel):
    """A frozen part of the dataset; an unknown key is an error.

    Lists become tuples and words become enumerations; numbers, days and flags are never guessed from text.
    """

    # Of all models only those of whole files validate on their own; the others are built as parts of them.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Text(RootModel[dict[LocaleTag, Words]]):
    """One text in every locale, with ``{placeholders}`` for facts and records."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def __getitem__(self, locale: str) -> str:
        return self.root[locale]


class SourceReference(Record):
    """A source and the place in it."""

    source: Id
    place: Id


ID_KEY = "__id__"


def _with_ids(records: Any) -> Any:
    """Tell every record the key that it is kept under."""
    if not isinstance(records, dict):
        return records
    return {
        key: {**record, ID_KEY: key} if isinstance(record, dict) else record
        for key, record in records.items()
    }


RecordT = TypeVar("RecordT")
Records = Annotated[dict[Id, RecordT], BeforeValidator(_with_ids)]


class Keyed(Record):
    """A record that is kept under its id; the id is the key and is not written again."""

    id: Id = Field(alias="__id__", exclude=True)


class Evidence(Record):
    """What a statement rests on: facts, sources or both."""

    facts: tuple[Id, ...] = ()
    sources: tuple[SourceReference, ...] = ()
    state: State | None = None
    caveats: tuple[Caveat, ...] = ()
    verified_on: Day | None = None


class Statement(Evidence):
    """One block of public text.

    ``before`` holds the words for days before a dated fact: ``before: {launch: {ja: ..., en: ...}}``. Without
    ``state`` the weakest state of the facts counts; without ``verified_on`` the day of the record. A
    statement with ``fact`` alone is the sentence of that fact, with its evidence.
    """

    text: Text | None = None
    before: dict[Id, Text] = {}
    fact: Id | None = None


ValueT = TypeVar("ValueT")


class DatedValue(Record, Generic[ValueT]):
    """A value and the first and last day on which it holds, by the clock of its fact."""

    value: ValueT
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    sources: tuple[SourceReference, ...] = ()


class Duration(Record):
    """A span in words of the law; the site never counts days for the reader from it."""

    days: Number | None = None
    months: Number | None = None
    years: Number | None = None

    @model_validator(mode="after")
    def _has_one_unit(self) -> "Duration":
        if sum(unit is not None for unit in (self.days, self.months, self.years)) != 1:
            raise ValueError("exactly one of days, months, years")
        return self


PhoneNumber = Annotated[
    str, StringConstraints(pattern=r"^(0\d{1,4}-\d{1,4}-\d{2,4}|0\d{3}-\d{6}|\+\d{1,3}(-\d{1,4}){2,3})$")
]
"""A number as printed, with hyphens; from abroad with ``+81``."""


class Fact(Keyed, Generic[ValueT]):
    """A value with a stable id.

    An unknown fact has a title and a contact and no value: it can be asked about, never stated. A fact in
    conflict may name in ``common_ground`` the fact on which its sources agree. ``label`` stands for it where room
    is short: as the words of a link, or in a list of open questions. ``review_after_days`` is for facts that change
    sooner, or later, than the site's interval says.
    """

    kind: str
    title: Text
    clock: Clock
    state: State
    confidence: Confidence | None = None
    caveats: tuple[Caveat, ...] = ()
    value: ValueT | None = None
    values: tuple[DatedValue[ValueT], ...] = ()
    before: dict[Id, Text] = {}
    label: Text | None = None
    contact: Contact | None = None
    common_ground: Id | None = None
    sources: tuple[SourceReference, ...] = ()
    verified_on: Day
    review_after_days: Number | None = None


class DateFact(Fact[Day]):
    """A day."""

    kind: Literal["date"]


class YenFact(Fact[Number]):
    """An amount in yen."""

    kind: Literal["yen"]


class DurationFact(Fact[Duration]):
    """A span of days, months or years."""

    kind: Literal["duration"]


class CountFact(Fact[Number]):
    """A whole number."""

    kind: Literal["count"]


class PhoneFact(Fact[PhoneNumber]):
    """A phone number."""

    kind: Literal["phone"]


class UrlFact(Fact[WebAddress]):
    """An address on the web."""

    kind: Literal["url"]


class TextFact(Fact[Text]):
    """A sentence, or a phrase that names a row."""

    kind: Literal["text"]


AnyFact = Annotated[
    DateFact | YenFact | DurationFact | CountFact | PhoneFact | UrlFact | TextFact,
    Field(discriminator="kind"),
]


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


class LocaleEntry(Keyed):
    """A locale of every output: its own name and how numbers and dates are formatted (a CLDR name).

    Names and citations are those of ``names_from`` where it is given. ``has_furigana`` puts a reading above every
    kanji; ``is_easy`` holds the texts to the rules of plain Japanese.
    """

    id: LocaleTag = Field(alias="__id__", exclude=True)
    name: Words
    cldr: Words
    direction: Literal["ltr", "rtl"] = "ltr"
    names_from: LocaleTag | None = None
    has_furigana: Flag = False
    is_easy: Flag = False


class Publisher(Record):
    """Who publishes this build; ``is_set: false`` shows as "publisher not set"."""

    is_set: Flag
    name: Text
    contact_url: WebAddress | None = None


class Deprecation(Record):
    """That a version of the tables and files has a successor: since when, until when it stays, where the new one is.

    Partners have 24 months; in the last six of them every table says so, and afterwards that it has ended.
    """

    since: Day
    sunset: Day
    successor: WebAddress

    def months_since(self, day: datetime.date) -> int:
        """Return how many whole months have passed on a day."""
        months = (day.year - self.since.year) * 12 + day.month - self.since.month
        return months - (day.day < self.since.day)

    def is_near(self, day: datetime.date) -> bool:
        """Say whether readers of a table are told on a day."""
        return self.months_since(day) >= MONTHS_UNTIL_SHOWN


MONTHS_UNTIL_SHOWN = 18


class Site(Record):
    """Settings of the publisher."""

    url: Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(/[a-z0-9/-]*)?/$")]
    name: Text
    tagline: Text
    unofficial: Text
    publisher: Publisher
    licence: Text
    licence_url: WebAddress
    report_url: WebAddress | None = None
    default_locale: LocaleTag
    locales: Annotated[dict[LocaleTag, LocaleEntry], BeforeValidator(_with_ids)]
    navigation: tuple[Id, ...]
    footer: tuple[Id, ...]
    embed_combinations: tuple[tuple[LocaleTag, ...], ...] = ()
    embed_moved: dict[Id, Id] = {}
    deprecation: Deprecation | None = None
    review_after_days: Number
    retired: tuple[Words, ...] = ()


class FactsFile(Record):
    """The shape of one file of ``data/``."""

    facts: Records[AnyFact]


class SourcesFile(Record):
    """The shape of one file of ``data/``."""

    sources: Records[Source]


class ProceduresFile(Record):
    """The shape of one file of ``data/``."""

    fee_tables: Records[FeeTable]
    procedures: Records[Procedure]


class FaqFile(Record):
    """The shape of one file of ``data/``."""

    topics: Records[Topic]
    questions: Records[Question]


class CardFormatFile(Record):
    """The shape of one file of ``data/``."""

    items: Records[CardItem]


class OfficesFile(Record):
    """The shape of one file of ``data/``."""

    kinds: Records[OfficeKind]
    contacts: Records[ContactPoint]
    prefectures: Annotated[dict[PrefectureCode, Prefecture], BeforeValidator(_with_ids)]
    offices: Records[Office]


class PagesFile(Record):
    """The shape of one file of ``data/``."""

    pages: Records[Page]


class GlossaryFile(Record):
    """The shape of one file of ``data/``."""

    terms: Records[Term]
    forbidden: Records[ForbiddenPhrase]


class LabelsFile(Record):
    """The shape of one file of ``data/``."""

    labels: dict[Id, Text]


Reading = Annotated[str, StringConstraints(pattern=r"^[ぁ-ゖー]+$", max_length=40)]
"""How a word is read, in hiragana."""


class ReadingsFile(Record):
    """The shape of ``data/readings.yaml``: words, and counters that stand behind a number, with their readings."""

    words: dict[Words, Reading]
    counters: dict[Words, Reading] = {}


class SiteFile(Record):
    """The shape of one file of ``data/``."""

    site: Site
