"""The holidays are those that the Cabinet Office has announced."""

import datetime

import pytest

from cardguide.checks.holidays import is_holiday

# As https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html lists them.
ANNOUNCED = {
    2025: "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103 1123 1124",
    2026: "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123",
    2027: "0101 0111 0211 0223 0321 0322 0429 0503 0504 0505 0719 0811 0920 0923 1011 1103 1123",
}


@pytest.mark.parametrize("year", ANNOUNCED)
def test_a_year_has_the_holidays_that_were_announced(year: int) -> None:
    first = datetime.date(year, 1, 1)
    days = [first + datetime.timedelta(days=number) for number in range(366)]
    assert [f"{day:%m%d}" for day in days if day.year == year and is_holiday(day)] == ANNOUNCED[year].split()
