"""The shape of the settings of the publisher: locales, navigation, versions that end."""

import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from cardguide.model import Day, Flag, Id, Keyed, LocaleTag, Number, Record, Text, WebAddress, Words, with_ids

MONTHS_UNTIL_SHOWN = 18


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
    locales: Annotated[dict[LocaleTag, LocaleEntry], BeforeValidator(with_ids)]
    navigation: tuple[Id, ...]
    footer: tuple[Id, ...]
    embed_combinations: tuple[tuple[LocaleTag, ...], ...] = ()
    embed_moved: dict[Id, Id] = {}
    deprecation: Deprecation | None = None
    review_after_days: Number
    retired: tuple[Words, ...] = ()
