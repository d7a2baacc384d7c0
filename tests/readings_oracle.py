"""A second opinion on furigana: a morphological dictionary reads the same texts, and every difference is told."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from janome.tokenizer import Token, Tokenizer

from cardguide.reading import Readings, Segment

KANJI = re.compile(r"[一-鿿々〆]")
_PIECES = re.compile(r"\d+|\D")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_ONES = "〇一二三四五六七八九"
#: A number whose reading we do not write, 6 of 6月: the dictionary may read it as it likes.
ANY = "～"


class Part(NamedTuple):
    """A part of a text with its kana."""

    words: str
    kana: str


class Reading(NamedTuple):
    """The shortest stretch of a text on whose ends both agree, as we read it and as the dictionary does."""

    words: str
    ours: str
    theirs: str

    @property
    def is_agreed(self) -> bool:
        """Tell whether both read the same."""
        return bool(re.fullmatch(re.escape(self.ours).replace(ANY, ".+"), self.theirs))


def read_both(text: str, furigana: Readings) -> Iterator[Reading]:
    """Yield every stretch of a text that has kanji."""
    ours = [part for segment in furigana.segments(text.strip()) for part in _our_parts(segment)]
    theirs = _their_parts("".join(part.words for part in ours))
    for mine, other in _stretches(ours, theirs):
        words = "".join(part.words for part in mine)
        if KANJI.search(words):
            yield Reading(words, "".join(part.kana for part in mine), "".join(part.kana for part in other))


def _stretches(ours: Iterable[Part], theirs: Iterable[Part]) -> Iterator[tuple[list[Part], list[Part]]]:
    """Yield the parts of both up to each place where both end a part."""
    others = iter(theirs)
    mine: list[Part] = []
    other: list[Part] = []
    ahead = 0
    for part in ours:
        mine.append(part)
        ahead += len(part.words)
        while ahead > 0:
            other.append(next(others))
            ahead -= len(other[-1].words)
        if ahead == 0:
            yield mine, other
            mine, other = [], []


def _our_parts(segment: Segment) -> Iterator[Part]:
    """Yield a word with its reading, or each character of what has none; the dictionary reads no digits."""
    if segment.reading:
        yield Part(re.sub(r"\d+", _in_kanji, segment.base), segment.reading)
        return
    for piece in _PIECES.findall(segment.base):
        is_number = piece[0].isdigit()
        yield Part(re.sub(r"\d+", _in_kanji, piece), ANY if is_number else piece.translate(_TO_HIRAGANA))


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer()


@cache
def _their_parts(text: str) -> tuple[Part, ...]:
    tokens = (
        (token.surface, token.reading) for token in _tokenizer().tokenize(text) if isinstance(token, Token)
    )
    return tuple(
        Part(surface, (surface if reading == "*" else reading).translate(_TO_HIRAGANA))
        for surface, reading in tokens
    )


def _in_kanji(number: re.Match[str]) -> str:
    """Return a number below a hundred in kanji: no larger one is a part of a word that is read as one."""
    if len(number[0]) > 2:
        return number[0]
    tens, ones = divmod(int(number[0]), 10)
    tail = _ONES[ones] if ones or not tens else ""
    return f"{_ONES[tens] if tens > 1 else ''}{'十' if tens else ''}{tail}"
