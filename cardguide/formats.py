"""Days, amounts, durations and numbers in the words of a locale.

The patterns are labels of the dataset (``format-...``), so that a further locale needs texts and no code.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import localedata
from babel.core import Locale as Cldr
from babel.dates import format_date
from babel.numbers import format_decimal

from cardguide.factmodel import Duration
from cardguide.locales import Locale

# First day of each era: https://www8.cao.go.jp/chosei/shukujitsu/ uses the same five since 1868.
_ERAS = (
    (datetime.date(2019, 5, 1), "reiwa"),
    (datetime.date(1989, 1, 8), "heisei"),
    (datetime.date(1926, 12, 25), "showa"),
    (datetime.date(1912, 7, 30), "taisho"),
    (datetime.date(1868, 10, 23), "meiji"),
)

DATE_STYLES = ("long", "weekday", "era", "iso")


def era_of(day: datetime.date) -> tuple[str, int]:
    """Return the era's label id part and the year within it, counting the first year as 1."""
    for first, era in _ERAS:
        if day >= first:
            return era, day.year - first.year + 1
    raise ValueError(f"no era is known for {day.isoformat()}")


def is_known(cldr: str) -> bool:
    """Tell whether there are formats for a locale under this name."""
    return bool(localedata.exists(cldr))


@lru_cache(maxsize=4096)  # the same few days stand beside nearly every statement
def _format_day(day: datetime.date, pattern: str, cldr: str) -> str:
    return format_date(day, pattern, locale=cldr)


@dataclass(frozen=True, kw_only=True, slots=True)
class Formatter:
    """Writes values for one locale; ``patterns`` are the labels of that locale by id."""

    locale: Locale
    patterns: Mapping[str, str]

    def day(self, day: datetime.date, style: str = "long") -> str:
        """Write a day; ``style`` is one of ``DATE_STYLES``."""
        if style == "iso":
            return day.isoformat()
        pattern = self.patterns[f"format-date-{style}"]
        if "{era}" in pattern:
            era, year = era_of(day)
            words = self.patterns["era-first-year"] if year == 1 else str(year)
            pattern = pattern.replace("{era}", f"'{self.patterns[f'era-{era}']}'").replace(
                "{era_year}", f"'{words}'"
            )
            pattern = pattern.replace("''", "")  # two quotes side by side would be printed as one
        return _format_day(day, pattern, self.locale.cldr)

    def number(self, number: int) -> str:
        """Write a whole number with the locale's grouping."""
        return format_decimal(number, locale=self.locale.cldr)

    def yen(self, amount: int) -> str:
        """Write an amount in yen."""
        return self.patterns["format-yen"].replace("{n}", self.number(amount))

    def duration(self, duration: Duration) -> str:
        """Write a span of days, months or years with the locale's plural."""
        unit, count = next(
            (unit, count) for unit, count in duration.model_dump().items() if count is not None
        )
        plural = Cldr.parse(self.locale.cldr).plural_form(count)
        return self.patterns[f"format-{unit}-{plural}"].replace("{n}", self.number(count))
