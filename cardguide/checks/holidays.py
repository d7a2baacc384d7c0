"""Public holidays of Japan, by the law on them as it has been since 2022.

https://laws.e-gov.go.jp/law/323AC1000000178: articles 2 and 3; the days of the equinoxes are those that the observatory
computes, here by the usual formula, which holds from 1980 to 2099.
"""

import datetime
from functools import cache

_FIXED = ((1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23))
_MONDAYS = ((1, 2), (7, 3), (9, 3), (10, 2))  # month, which Monday of it
_EQUINOXES = ((3, 20.8431), (9, 23.2488))  # month, its day in 1980
_DAYS_LATER_EACH_YEAR = 0.242194
_SUNDAY = 6
_ONE_DAY = datetime.timedelta(days=1)


def is_holiday(day: datetime.date) -> bool:
    """Tell whether a day is a public holiday."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[datetime.date]:
    named = {
        *(datetime.date(year, month, day) for month, day in _FIXED),
        *(_monday(year, month, count) for month, count in _MONDAYS),
        *(_equinox(year, month, day) for month, day in _EQUINOXES),
    }
    substitutes = {_next_free(day, named) for day in named if day.weekday() == _SUNDAY}
    between = {day + _ONE_DAY for day in named if day + 2 * _ONE_DAY in named} - named
    return frozenset(named | substitutes | {day for day in between if day.weekday() != _SUNDAY})


def _monday(year: int, month: int, count: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=-first.weekday() % 7, weeks=count - 1)


def _equinox(year: int, month: int, day_in_1980: float) -> datetime.date:
    years = year - 1980
    return datetime.date(year, month, int(day_in_1980 + _DAYS_LATER_EACH_YEAR * years) - years // 4)


def _next_free(day: datetime.date, named: set[datetime.date]) -> datetime.date:
    while day in named:
        day += _ONE_DAY
    return day
