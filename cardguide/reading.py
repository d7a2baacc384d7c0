"""Readings: a text in parts, each kanji with how it is read, from the words of the dataset."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

KANJI = "一-鿿々〆"
ANY_KANJI = re.compile(f"[{KANJI}]")
_RUNS = re.compile(f"[{KANJI}0-9]+|[^{KANJI}0-9]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_NUMBER = re.compile(r"[0-9０-９何数]$")


class ReadingError(ValueError):
    """A reading does not fit its word."""


class Segment(NamedTuple):
    """A part of a text, with its reading if it has kanji that are known."""

    base: str
    reading: str | None = None


@lru_cache(maxsize=4096)
def split_reading(word: str, reading: str) -> tuple[Segment, ...]:
    """Return a word in parts, its kanji with their part of the reading: 申し込み is 申(もう) し 込(こ) み.

    Raises ``ReadingError`` where the kana of the word are not in the reading, or where two ways would fit.
    """
    runs = _RUNS.findall(word)
    if reading and len(runs) == 1 and _is_read(word):  # most words: nothing is to be shared out
        return (Segment(word, reading),)
    forms = ["".join(_form(run, lazy=lazy) for run in runs) for lazy in (True, False)]
    found = [re.fullmatch(form, reading) for form in forms]
    if found[0] is None or found[1] is None or found[0].groups() != found[1].groups():
        raise ReadingError(f"{word}: {reading}")
    readings = iter(found[0].groups())
    return tuple(Segment(run, next(readings)) if _is_read(run) else Segment(run) for run in runs)


def _form(run: str, *, lazy: bool) -> str:
    if _is_read(run):
        return "(.+?)" if lazy else "(.+)"
    return re.escape(run.translate(_TO_HIRAGANA))


def _is_read(run: str) -> bool:
    return run[0].isdigit() or bool(ANY_KANJI.match(run))


@dataclass(frozen=True)
class Readings:
    """Knows how words are read; ``counters`` are the words that are read so behind a number."""

    words: Mapping[str, str]
    counters: Mapping[str, str]

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[str, ...]]:
        """The words by their first character, the longest first."""
        table: dict[str, list[str]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            table.setdefault(word[0], []).append(word)
        return {first: tuple(words) for first, words in table.items()}

    @cached_property
    def _beginnings(self) -> re.Pattern[str]:
        """Characters with which something that is read may begin; no word begins anywhere else."""
        firsts = "".join(sorted({*self._by_first, *self.counters}))
        return re.compile(f"[{re.escape(firsts)}]" if firsts else "(?!)")

    def segments(self, text: str) -> Iterator[Segment]:
        """Yield the parts of a text in order; a kanji without a reading stands alone in a part without one."""
        start = at = 0
        while found := self._beginnings.search(text, at):
            at = found.start()
            word, reading = self._word_at(text, at)
            if not word:
                at += 1
                continue
            if at > start:
                yield Segment(text[start:at])
            yield from split_reading(word, reading)
            start = at = at + len(word)
        if start < len(text):
            yield Segment(text[start:])

    def _word_at(self, text: str, at: int) -> tuple[str, str]:
        character = text[at]
        may_count = character in self.counters or character.isdigit()
        if may_count and at and _NUMBER.match(text[at - 1]):
            if character in self.counters and not self._is_longer(text, at):
                return character, self.counters[character]
            if character.isdigit():
                return "", ""
        for word in self._by_first.get(character, ()):
            if text.startswith(word, at):
                return word, self.words[word]
        return "", ""

    def _is_longer(self, text: str, at: int) -> bool:
        """Tell whether a word of several kanji begins at a counter: 3年間 is not 3年 and 間."""
        return any(len(word) > 1 and text.startswith(word, at) for word in self._by_first.get(text[at], ()))

    def table(self) -> Mapping[str, object]:
        """Return the readings as scripts of the site use them: each word in parts, with the reading of its kanji."""
        parts = {
            word: [
                [part.base, part.reading] if part.reading else [part.base]
                for part in split_reading(word, reading)
            ]
            for word, reading in self.words.items()
        }
        return {"words": parts, "counters": dict(self.counters)}

    def unread(self, text: str) -> str:
        """Return the kanji of a text that no reading covers."""
        bare = (segment.base for segment in self.segments(text) if segment.reading is None)
        return "".join(ANY_KANJI.findall("".join(bare)))
