"""Read the numbers of a text, written in digits or in words, so that two languages can be compared."""

import re
from functools import lru_cache

_DIGITS = re.compile(r"\d+")
# A status of residence that Japanese numbers in digits and English in Roman numerals.
_MONTH_YEAR = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)(?=,? \d)"
)
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
# One is left out: "one" and 一 are used for much else than counting.
_WORDS = {
    **{word: number for number, word in enumerate(("two", "three", "four", "five", "six"), start=2)},
    **{word: number for number, word in enumerate(("seven", "eight", "nine", "ten"), start=7)},
}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b")
# Without a boundary at its beginning, which leaves most of a text unread.
_MAY_HOLD_A_WORD = re.compile("|".join(_WORDS))
_KANJI = "一二三四五六七八九十"
_KANJI_COUNT = re.compile(r"([二三四五六七八九十])(?=つ(?!目)|種類|枚|人|回|項目|か月|か所|言語|面)")
_ROMAN = {"ii": 2, "iii": 3, "iv": 4}
_ROMAN_NUMBER = re.compile(r"\((ii|iii|iv)\)")


# Each further language is compared with the same first one.
@lru_cache(maxsize=10_000)
def digits_in(words: str) -> frozenset[int]:
    """Return the numbers written in digits; the name of a month before a year counts as its number."""
    found = {int(digits) for digits in _DIGITS.findall(words)}
    if found and _MONTH_YEAR.search(words):
        found.update(_MONTH_NAMES.index(name) + 1 for name in _MONTH_YEAR.findall(words))
    if "(i" in words:
        found.update(_ROMAN[roman] for roman in _ROMAN_NUMBER.findall(words))
    return frozenset(found)


@lru_cache(maxsize=10_000)
def counts_in(words: str) -> frozenset[int]:
    """Return the numbers from two to ten that are counted in words."""
    lowered = words.lower()
    english = (_WORDS[word] for word in (_WORD.findall(lowered) if _MAY_HOLD_A_WORD.search(lowered) else ()))
    kanji = (_KANJI.index(numeral) + 1 for numeral in _KANJI_COUNT.findall(words))
    return frozenset((*english, *kanji))
