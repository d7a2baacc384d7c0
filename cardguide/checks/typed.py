"""Rules against values typed into a text: days, amounts, numbers and addresses belong to facts."""

import re
from collections.abc import Iterator

from cardguide.checks.survey import Survey
from cardguide.checks.writtendates import WrittenDate
from cardguide.problems import Problem

_AMOUNT = re.compile(r"[¥￥]\s*\d|\d[\d,]*\s*(?:円|万円|千円|yen\b)|\bJPY\b", re.IGNORECASE)
_PHONE = re.compile(
    r"\+\d{1,3}-\d{1,4}-\d{3,4}-\d{4}|(?<![\d-])\d{1,4}-\d{2,4}-\d{2,6}(?!\d)|(?<!\d)0[5-9]\d0-\d{6}(?!\d)|(?<!\d)0\d{9,10}(?!\d)"
)
_ADDRESS = re.compile(
    r"https?:|//|\bwww\.|[a-z0-9-]+\.(?:jp|com|org|net|io|info)\b|[\w.]+@[\w.]+", re.IGNORECASE
)
_DIGIT = re.compile(r"[0-9０-９]+")

_MAY_BE_TYPED = re.compile(r"[0-9０-９@]|//|www|\.[a-z]|JPY")

# Digits that are part of a name, not a value that could change. Each with its reason.
_ARTICLE_EN = r"\d+(?:-\d+)*(?: ?\(\d+\))*"
_NAME_FORMS = (
    r"第\d+(?:条|項|号)(?:の\d+)*",  # an article of a law
    r"(?:令和|平成)\d+年（\d{4}年）法律|法律第\d+号",  # a law is named by its year and number
    r"Act No\. \d+ of \d{4}(?:, Reiwa \d+)?",  # likewise
    rf"\barts?\. {_ARTICLE_EN}(?:(?:, | and | to )(?:{_ARTICLE_EN}|\(\d+\)))*",  # an article of a law
    r"\bQ\d(?:-\d)?\b|Q[1-6]",  # a question of the flyer or of the agency's page
    r"A4|4\.0|100 ?%",  # paper, a licence, a size of printing
    r"\d{1,2}:\d{2}|24時間|24 hours",  # hours are sentences of their own, checked as such
    r"高度専門職2号",  # the name of a status of residence
    r"3か月より長く日本に住む",  # whom a residence card is for, as public pages in easy Japanese say it
    r"(?<=が)0\d(?!\d)|\b0\d(?= for\b)",  # codes that the chip holds
)
_LAW_YEAR = re.compile(_NAME_FORMS[1])
_NAMES = re.compile("|".join(_NAME_FORMS))
# What stands in these is quoted from outside, or is a pattern.
_QUOTED = frozenset({"sources", "labels"})


def check_dates(survey: Survey) -> Iterator[Problem]:
    """A day that a text writes out agrees with the calendar."""
    for text, date in survey.written_dates:
        if date.fault is not None:
            yield survey.problem(text.path, f"date-{date.fault}", words=date.words, truth=date.truth)


def check_typed_dates(survey: Survey) -> Iterator[Problem]:
    """No day is typed into a text."""
    for text, date in survey.written_dates:
        if date.fault is None and text.path[0] != "sources" and not _LAW_YEAR.match(_after(text.words, date)):
            yield survey.problem(text.path, "typed-date", words=date.words)


def _after(words: str, date: WrittenDate) -> str:
    """Return a text from a day on that stands in it as it is written here."""
    for candidate in (date.words, date.words.replace("(", "（").replace(")", "）")):
        if candidate in words:
            return words[words.index(candidate) :]
    return ""


def check_typed_values(survey: Survey) -> Iterator[Problem]:
    """No amount, phone number, address or other number is typed into a text."""
    for text in survey.locale_texts:
        if text.path[0] in _QUOTED or not _MAY_BE_TYPED.search(text.plain):
            continue
        words = _NAMES.sub(" ", text.plain)
        for rule, form in _FORMS:
            if match := form.search(words):
                yield survey.problem(text.path, rule, words=match[0].strip())
                break


_FORMS = (
    ("typed-amount", _AMOUNT),
    ("typed-phone", _PHONE),
    ("typed-address", _ADDRESS),
    ("typed-number", _DIGIT),
)
