"""What every record of the dataset is made of: frozen, strict, as an editor writes it in ``data/*.yaml``.

Every record is kept under its id. A text is localized (``{ja: ..., en: ...}``) and holds no date, amount,
phone number or address of its own: it names a fact, ``{launch}``. See ``CONTRIBUTING.md`` for a commented
record of each kind.
"""

import datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, Strict, StringConstraints

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


def with_ids(records: Any) -> Any:
    """Tell every record the key that it is kept under."""
    if not isinstance(records, dict):
        return records
    return {
        key: {**record, ID_KEY: key} if isinstance(record, dict) else record
        for key, record in records.items()
    }


RecordT = TypeVar("RecordT")
Records = Annotated[dict[Id, RecordT], BeforeValidator(with_ids)]


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
