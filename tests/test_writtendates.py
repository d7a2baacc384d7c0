"""Days that are written out in a text: found in every usual form, and proved against the calendar."""

import datetime
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardguide.checks.writtendates import WrittenDate, find_dates

JA = "月火水木金土日"
EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI = "〇一二三四五六七八九"

WRONG = (
    "2026年6月14日（月）",
    "2026年6月14日(土曜日)",
    "２０２６年６月１４日（月）",
    "令和8年6月14日（月）",
    "令和7年（2026年）6月14日（日）",
    "R8.6.14(月)",
    "2026/6/14（月）",
    "2026-06-14（月）",
    "6月14日（月）",
    "Monday, 14 June 2026",
    "June 14, 2026 (Mon)",
    "二〇二六年六月十四日（月）",
    "2026年6月31日（水）",
)


def find(text: str, year: int = 2026) -> list[WrittenDate]:
    return list(find_dates(text, year))


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_day_is_found_in_each_of_thirteen_forms(text: str) -> None:
    (date,) = find(
        f"運用は{text}に始まります。" if text[0].isdigit() or text[0] > "\x7f" else f"It starts {text}."
    )
    assert date.fault is not None
    assert date.truth


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("令和0年6月14日", "era"),
        ("平成38年6月14日", "era"),
        ("昭和65年1月1日", "era"),
        ("2026年2月29日", "day"),
        ("13月1日", "day"),
        ("6月0日", "day"),
        ("June 31, 2026", "day"),
        ("令和元年5月1日（木）", "weekday"),
    ],
)
def test_an_impossible_day_or_era_is_found(text: str, fault: str) -> None:
    assert [date.fault for date in find(text)] == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "令和元年5月1日（水）",
        "令和1年5月1日（水）",
        "平成31年4月30日（火）",
        "令和6年（2024年）法律第59号",
        "Sunday, June 14, 2026",
        "14 June 2026 (Sun)",
        "2024年2月29日（木）",
    ],
)
def test_a_right_day_is_found_without_fault(text: str) -> None:
    assert [date.fault for date in find(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "第19条の15の2第1項",
        "You may apply",
        "03-5796-7112",
        "version 2026.10.0",
        "24時間",
        "1/2",
        "Q2-1",
        "march on",
    ],
)
def test_what_is_no_day_is_left_alone(text: str) -> None:
    assert find(text) == []


@given(st.text(st.sampled_from("0123456789年月日元〇一十令和平成（）()/-. RHMonJuneMay,土日"), max_size=40))
def test_any_text_gives_days_or_none(text: str) -> None:
    for date in find_dates(text, 2026):
        assert date.words
        assert (date.fault is None) == (date.truth == "")


def kanji(number: int) -> str:
    """Return a number up to 99 in kanji."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{KANJI[tens]}十") + (KANJI[ones] if ones else "")


def japanese(day: datetime.date, year: str, weekday: str) -> str:
    return f"{year}{day.month}月{day.day}日（{weekday}）"


def in_kanji(day: datetime.date, weekday: str) -> str:
    year = "".join(KANJI[int(digit)] for digit in str(day.year))
    return f"{year}年{kanji(day.month)}月{kanji(day.day)}日（{weekday}）"


FORMS: dict[str, Callable[[datetime.date, int], str]] = {
    "2026年6月14日（日）": lambda day, weekday: japanese(day, f"{day.year}年", JA[weekday]),
    "2026年6月14日（日曜日）": lambda day, weekday: japanese(day, f"{day.year}年", f"{JA[weekday]}曜日"),
    "wide": lambda day, weekday: japanese(day, f"{day.year}年", JA[weekday]).translate(WIDE),
    "令和": lambda day, weekday: japanese(day, f"令和{day.year - 2018}年", JA[weekday]),
    "令和（2026年）": lambda day, weekday: japanese(
        day, f"令和{day.year - 2018}年（{day.year}年）", JA[weekday]
    ),
    "R8.6.14": lambda day, weekday: f"R{day.year - 2018}.{day.month}.{day.day}({JA[weekday]})",
    "2026/6/14": lambda day, weekday: f"{day.year}/{day.month}/{day.day}（{JA[weekday]}）",
    "2026-06-14": lambda day, weekday: f"{day.isoformat()}（{JA[weekday]}）",
    "Sunday, 14 June 2026": lambda day, weekday: f"{EN[weekday]}, {day.day} {day:%B} {day.year}",
    "June 14, 2026 (Sun)": lambda day, weekday: f"{day:%B} {day.day}, {day.year} ({EN[weekday][:3]})",
    "Sunday, June 14, 2026": lambda day, weekday: f"{EN[weekday]}, {day:%B} {day.day}, {day.year}",
    "kanji": lambda day, weekday: in_kanji(day, JA[weekday]),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_form_tells_right_from_wrong_on_ten_thousand_days(
    form: Callable[[datetime.date, int], str],
) -> None:
    draw = random.Random(20260614)  # noqa: S311 a sample, not a secret
    first = datetime.date(2020, 1, 1).toordinal()
    for ordinal in draw.sample(range(first, first + 25_000), 10_000):
        day = datetime.date.fromordinal(ordinal)
        (right,) = find_dates(form(day, day.weekday()), 2026)
        (wrong,) = find_dates(form(day, (day.weekday() + draw.randint(1, 6)) % 7), 2026)
        assert right.fault is None, day
        assert wrong.fault == "weekday", day
