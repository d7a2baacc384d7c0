"""The shape of a fact: a value of one kind, dated where it changes, or known to be unknown."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field, StringConstraints, model_validator

from cardguide.model import (
    Caveat,
    Clock,
    Confidence,
    Contact,
    Day,
    Id,
    Keyed,
    Number,
    Record,
    SourceReference,
    State,
    Text,
    WebAddress,
)

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
