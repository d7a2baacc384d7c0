"""Find days that are written out in a text, in any usual form, and prove them against the calendar."""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# First and last year of each era in the common calendar; the last year is shared with the next era.
_ERAS = {
    "明治": ("M", 1868, 1912),
    "大正": ("T", 1912, 1926),
    "昭和": ("S", 1926, 1989),
    "平成": ("H", 1989, 2019),
    "令和": ("R", 2019, 9999),
}
_ERA_BY_LETTER = {letter: era for era, (letter, _, _) in _ERAS.items()}
_KANJI_DIGITS = {kanji: str(digit) for digit, kanji in enumerate("〇一二三四五六七八九")}

_JA_WEEKDAY = r"(?:\s*\(\s*(?P<weekday>[月火水木金土日])(?:曜日?)?[^()]{0,3}\))?"
_EN_WEEKDAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?"
_EN_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_EN_AFTER = rf"(?:,?\s*\(?(?P<after>{_EN_WEEKDAY})\b\)?)?"
_EN_BEFORE = rf"(?:\b(?P<before>{_EN_WEEKDAY})\.?,?\s+(?:the\s+)?)?"

_JA_DAY = rf"(?P<month>\d{{1,2}})月\s*(?P<day>\d{{1,2}})日{_JA_WEEKDAY}"
_JA_ERA = (
    r"(?P<era>明治|大正|昭和|平成|令和)\s*(?P<era_year>\d{1,3}|元)年(?:度)?\s*(?:\((?P<year>\d{4})年?\))?"
)
_DOTTED_DAY = r"[./-](?P<month>\d{1,2})[./-](?P<day>(?!0\b)\d{1,2})"
_EN_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_JA_ERA}(?:\s*{_JA_DAY})?",
        rf"(?<![\w.])(?P<letter>[MTSHR])\.?(?P<era_year>\d{{1,2}}){_DOTTED_DAY}(?!\d){_JA_WEEKDAY}",
        rf"(?<!\d){_YEAR}年\s*{_JA_DAY}",
        rf"(?<![\d/-]){_YEAR}{_DOTTED_DAY}(?![\d/-]){_JA_WEEKDAY}{_EN_AFTER}",
        rf"(?<!\d){_JA_DAY}",
        rf"(?<![\d/-])(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/{_YEAR}(?!\d)",
        rf"{_EN_BEFORE}(?<!\d){_EN_DAY}\s+(?:of\s+)?{_EN_MONTH},?\s+{_YEAR}{_EN_AFTER}",
        rf"{_EN_BEFORE}\b{_EN_MONTH}\s+{_EN_DAY},?\s+{_YEAR}{_EN_AFTER}",
        rf"{_EN_BEFORE}\b{_EN_MONTH}\s+(?!\d{{3}}){_EN_DAY}{_EN_AFTER}",
        rf"{_EN_BEFORE}(?<!\d){_EN_DAY}\s+{_EN_MONTH}(?![a-z]){_EN_AFTER}",
    )
)
_MAY_HOLD_A_DATE = re.compile(r"[0-9０-９]|[〇一二三四五六七八九十元][年月]")
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十]+(?=[年月日])")


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenDate:
    """A day as it is written; ``fault`` says how it contradicts the calendar, ``truth`` what is right."""

    words: str
    fault: str | None = None
    truth: str = ""


def find_dates(text: str, year: int) -> Iterator[WrittenDate]:
    """Yield the days that a text writes out; ``year`` is meant where none is written."""
    if not _MAY_HOLD_A_DATE.search(text):
        return
    plain = _plain(text)
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(plain):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield _read(match.groupdict(), match[0].strip(), year)


_WIDE = str.maketrans("０１２３４５６７８９（）／．－　", "0123456789()/.- ")


def _plain(text: str) -> str:
    """Return the text with half-width digits and brackets, and numerals for kanji numbers before 年月日."""
    return _KANJI_NUMBER.sub(_kanji_number, text.translate(_WIDE))


def _kanji_number(match: re.Match[str]) -> str:
    kanji = match[0]
    if "十" not in kanji:
        return "".join(_KANJI_DIGITS[character] for character in kanji)
    tens, _, ones = kanji.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return kanji
    return str(10 * int(_KANJI_DIGITS.get(tens, "1")) + int(_KANJI_DIGITS.get(ones, "0")))


def _read(found: dict[str, str | None], words: str, context_year: int) -> WrittenDate:
    era = found.get("era") or _ERA_BY_LETTER.get((found.get("letter") or "").upper())
    year = int(str(found["year"])) if found.get("year") else None
    if era:
        era_year = 1 if found["era_year"] == "元" else int(str(found["era_year"]))
        of_era = _common_year(era, era_year)
        if of_era is None or (year is not None and year != of_era):
            return WrittenDate(words=words, fault="era", truth=_era_truth(era, year))
        year = of_era
    if not found.get("day"):
        return WrittenDate(words=words)
    month = int(str(found["month"])) if found.get("month") else _month(str(found["name"]))
    return _prove(words, year or context_year, month, int(str(found["day"])), found)


def _common_year(era: str, era_year: int) -> int | None:
    _, first, last = _ERAS[era]
    year = first + era_year - 1
    return year if first <= year <= last else None


def _era_truth(era: str, year: int | None) -> str:
    if year is None:
        return f"{era} {_ERAS[era][1]}–{_ERAS[era][2]}"
    right = next((name for name, (_, first, last) in reversed(_ERAS.items()) if first <= year <= last), era)
    return f"{year} = {right}{year - _ERAS[right][1] + 1}年"


def _month(name: str) -> int:
    return _MONTHS_EN.index(name[:3].lower()) + 1


def _prove(words: str, year: int, month: int, day: int, found: dict[str, str | None]) -> WrittenDate:
    if not 1 <= month <= len(_MONTHS_EN):
        return WrittenDate(words=words, fault="day", truth="01–12")
    if year < datetime.MINYEAR:
        return WrittenDate(words=words, fault="day", truth="0001–9999")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return WrittenDate(
            words=words, fault="day", truth=f"{year}-{month:02}: 1–{calendar.monthrange(year, month)[1]}"
        )
    weekday = datetime.date(year, month, day).weekday()
    if _said_weekday(found) not in {None, weekday}:
        truth = f"{year:04}-{month:02}-{day:02} = {_WEEKDAYS_JA[weekday]}曜日 / {_WEEKDAYS_EN[weekday]}"
        return WrittenDate(words=words, fault="weekday", truth=truth)
    return WrittenDate(words=words)


def _said_weekday(found: dict[str, str | None]) -> int | None:
    if japanese := found.get("weekday"):
        return _WEEKDAYS_JA.index(japanese)
    english = found.get("before") or found.get("after")
    if english:
        return next(
            index for index, name in enumerate(_WEEKDAYS_EN) if name.lower().startswith(english[:3].lower())
        )
    return None
