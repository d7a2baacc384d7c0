"""The shape of the open data: what every consumer of ``/data/v1/`` may rely on.

Within a major version fields are only added. A value has one type; what may be missing is left out, never null. A state
and a day stand apart. Texts are plain strings by locale; days are ISO 8601.
"""

import datetime

from pydantic import Field

from cardguide.model import Record

SCHEMA_VERSION = "1.0.0"

Localized = dict[str, str]


class PublishedCitation(Record):
    """A source and the place in it, by id."""

    source: str
    place: str


class PublishedStatement(Record):
    """One block of text in every locale, the facts that stand in it, and what it rests on."""

    record: str
    text: Localized
    facts: tuple[str, ...]
    state: str
    caveats: tuple[str, ...]
    sources: tuple[PublishedCitation, ...]
    verified_on: datetime.date


class PublishedGap(Record):
    """A field of a procedure about which an open question is known, and the fact that asks it."""

    field: str
    fact: str


class PublishedPlace(Record):
    """A part of a source that is cited."""

    id: str
    name: Localized


class PublishedSource(Record):
    """Where statements come from, and how much of it was seen."""

    id: str
    title: Localized
    publisher: Localized
    kind: str
    official: bool
    seen: str
    urls: tuple[str, ...]
    places: tuple[PublishedPlace, ...]
    verified_on: datetime.date


class PublishedProcedure(Record):
    """A procedure with which the card can be applied for; ``sign`` is this guide's own handle."""

    id: str
    sign: str
    office_kind: str
    name: Localized
    url: Localized
    summary: PublishedStatement
    who: tuple[PublishedStatement, ...]
    deadline: tuple[PublishedStatement, ...]
    fee: tuple[PublishedStatement, ...]
    fee_tables: tuple[str, ...]
    documents: tuple[PublishedStatement, ...]
    legal_basis: tuple[PublishedStatement, ...]
    notes: tuple[PublishedStatement, ...]
    unknown: tuple[PublishedGap, ...]
    related: tuple[str, ...]
    sources: tuple[PublishedCitation, ...]
    state: str
    verified_on: datetime.date


class PublishedOfficeKind(Record):
    """A kind of counter; ``condition`` holds what must be so for the card, if anything."""

    id: str
    letter: str
    name: Localized
    description: PublishedStatement
    condition: tuple[PublishedStatement, ...]
    sources: tuple[PublishedCitation, ...]
    state: str
    verified_on: datetime.date


class PublishedOffice(Record):
    """An immigration office and the prefectures (JIS codes) that it looks after."""

    id: str
    kind: str
    name: Localized
    parent: str | None = None
    prefectures: tuple[str, ...]
    sources: tuple[PublishedCitation, ...]
    state: str
    verified_on: datetime.date


class PublishedPrefecture(Record):
    """A prefecture by its two-digit JIS code, as text."""

    code: str
    name: Localized


class PublishedContact(Record):
    """Whom to ask; phones and web addresses are facts by id."""

    id: str
    name: Localized
    about: Localized
    phones: tuple[str, ...]
    web: tuple[str, ...]
    hours: tuple[PublishedStatement, ...]
    verified_on: datetime.date


class PublishedValue(Record):
    """A value of a fact in its machine form and in words, and the days on which it holds, both included."""

    value: str
    text: Localized
    from_: datetime.date | None = Field(default=None, alias="from")
    to: datetime.date | None = None
    sources: tuple[PublishedCitation, ...]


class PublishedFact(Record):
    """A value with a stable id; ``clock`` is the day that decides. An open question has no values."""

    id: str
    kind: str
    title: Localized
    clock: str
    state: str
    confidence: str | None = None
    caveats: tuple[str, ...]
    values: tuple[PublishedValue, ...]
    contact: str | None = None
    common_ground: str | None = None
    sources: tuple[PublishedCitation, ...]
    verified_on: datetime.date


class PublishedUnknown(Record):
    """What is not confirmed, or where sources disagree, with whom to ask."""

    id: str
    title: Localized
    note: Localized
    ask: Localized
    contact: str
    state: str
    sources: tuple[PublishedCitation, ...]
    verified_on: datetime.date
    url: Localized


class PublishedFeeRow(Record):
    """A row of a fee table: facts by id."""

    name: str | None = None
    counter: str
    online: str | None = None


class PublishedFeeTable(Record):
    """The amounts of a kind of procedure, by the period that is granted."""

    id: str
    title: Localized
    rows: tuple[PublishedFeeRow, ...]


class PublishedQuestion(Record):
    """A question and its answer; ``polarity`` is what the answer says at its heart."""

    id: str
    topic: str
    topic_title: Localized
    flyer: int | None = None
    question: Localized
    polarity: str
    answer: tuple[PublishedStatement, ...]
    unknown: tuple[str, ...]
    url: Localized
    verified_on: datetime.date


class PublishedCardItem(Record):
    """An item of the face of a residence card, before and since the change of format."""

    id: str
    name: Localized
    before: str
    after: str
    sources: tuple[PublishedCitation, ...]
    state: str
    caveats: tuple[str, ...]
    verified_on: datetime.date


class PublishedChange(Record):
    """What became different; ``starts`` names the date fact from which it holds."""

    id: str
    title: Localized
    changed_on: datetime.date
    starts: str
    was: PublishedStatement
    now: PublishedStatement
    whom: PublishedStatement
    records: tuple[str, ...]
    verified_on: datetime.date


class PublishedScheduledChange(Record):
    """A day on which values or words change by themselves, or records are past their review date."""

    day: datetime.date
    kind: str
    records: tuple[str, ...]


class PublishedPublisher(Record):
    """Who publishes this data; ``is_set`` is false until a publisher is named."""

    is_set: bool
    name: Localized
    contact_url: str | None = None


class PublishedLicence(Record):
    """The terms of use."""

    name: Localized
    url: str


class Deprecation(Record):
    """When this version was replaced, how long it stays, and what follows it."""

    since: datetime.date
    sunset: datetime.date
    successor: str


class DataFile(Record):
    """What every file says about itself; ``valid_until`` is the day by which it was to be checked again."""

    schema_url: str = Field(alias="$schema")
    schema_version: str
    as_of: datetime.date
    valid_until: datetime.date
    locales: tuple[str, ...]
    notice: Localized
    publisher: PublishedPublisher
    licence: PublishedLicence
    deprecation: Deprecation | None = None


class ProceduresData(DataFile):
    """The procedures, the kinds of counter and the fee tables."""

    office_kinds: tuple[PublishedOfficeKind, ...]
    procedures: tuple[PublishedProcedure, ...]
    fee_tables: tuple[PublishedFeeTable, ...]
    sources: tuple[PublishedSource, ...]


class OfficesData(DataFile):
    """The immigration offices, the prefectures and whom to ask."""

    offices: tuple[PublishedOffice, ...]
    prefectures: tuple[PublishedPrefecture, ...]
    contacts: tuple[PublishedContact, ...]
    sources: tuple[PublishedSource, ...]


class FactsData(DataFile):
    """Every fact, with all its periods."""

    facts: tuple[PublishedFact, ...]


class SourcesData(DataFile):
    """Every source with its places."""

    sources: tuple[PublishedSource, ...]


class FaqData(DataFile):
    """Questions and answers."""

    questions: tuple[PublishedQuestion, ...]


class CardFormatData(DataFile):
    """The face of a residence card before and since the change of format."""

    items: tuple[PublishedCardItem, ...]


class UnknownsData(DataFile):
    """What is not confirmed."""

    unknowns: tuple[PublishedUnknown, ...]


class ChangesData(DataFile):
    """What became different, newest first."""

    changes: tuple[PublishedChange, ...]


class ScheduledData(DataFile):
    """The days on which a new build says something different."""

    scheduled: tuple[PublishedScheduledChange, ...]


class PublishedMunicipality(Record):
    """A local government; ``window`` tells whether it has counters; ``name_latin`` follows a rule."""

    code: str
    prefecture: str
    kind: str
    window: bool
    name: str
    name_kana: str
    name_latin: str
    parent: str | None = None
    variant: str | None = None


class MunicipalitiesData(DataFile):
    """The local governments of Japan, and where the list comes from."""

    origin: Localized
    municipalities: tuple[PublishedMunicipality, ...]
