"""Furigana: a reading above every kanji, from the readings of the dataset, the same word always the same reading.

Texts are written without furigana. Only finished HTML gets it, so that titles, attributes, search and data stay free.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from cardguide.htmltext import Stack, rewrite_texts
from cardguide.locales import language_of
from cardguide.phrases import LONGEST_PHRASE
from cardguide.reading import ANY_KANJI, Readings, Segment

#: Behind these a word goes on: お金, 申し込む, 14日.
_TORN = re.compile("[ぁ-ん0-9]")
#: These are no longer than a line.
_HELD = frozenset({"data", "time"})
#: A number or a day of the data, with what it counts and the end of its word: 16歳の, 2026年6月14日から.
_AMOUNT = re.compile(
    r"<(?P<name>data|time)\b[^>]*>(?:(?!</?(?P=name)\b).)*</(?P=name)>"
    r"(?=<ruby>|[ぁ-ん])(?:<ruby>[^<]*<rt>[^<]*</rt></ruby>)?[ぁ-ん]{0,2}"
)
_CELL_LABEL = re.compile(r'(?<= data-label=")[^"]+')
#: Here no element may stand, or the words are not for reading.
_PLAIN = frozenset(
    {"script", "style", "code", "pre", "text", "tspan", "title", "textarea", "option", "ruby", "rt", "kbd"}
)
#: In these a text flows; in others, which may be laid out as a row of parts, it stays one part.
_FLOWING = frozenset(
    {"p", "li", "dd", "td", "span", "time", "data", "strong", "em", "b", "small", "figcaption"}
)


Ruby = Callable[[str, str], str]
Starts = Callable[[str], Container[int]]
"""Given a text, returns the places before which a line may end."""


def _bracketed(segment: Segment) -> str:
    return segment.base if segment.reading is None else f"{segment.base}（{segment.reading}）"


@dataclass(frozen=True)
class Furigana(Readings):
    """Readings that are written above the kanji of finished HTML."""

    def mark(self, html: str, lang: str, *, only_in: str | None = None, starts: Starts | None = None) -> str:
        """Return HTML with ``ruby`` around every kanji of its Japanese texts, where an element may stand.

        ``only_in`` is for pages of several languages: the locale whose texts get readings. ``starts`` says before
        which characters of a text a line may end, which is marked, but never inside a reading.
        """
        marked = rewrite_texts(html, lang, partial(self._mark, _ruby, only_in, starts))
        return _AMOUNT.sub(r'<span class="whole">\g<0></span>', marked) if starts else marked

    def mark_cell_labels(self, html: str) -> str:
        """Return HTML whose labels of cells say their readings in brackets: a style sheet shows them, without ruby."""
        return _CELL_LABEL.sub(lambda label: "".join(map(_bracketed, self.segments(label[0]))), html)

    def mark_on_paper(self, html: str, lang: str) -> str:
        """Return HTML as ``mark`` does, where each ``ruby`` says its kana, because WeasyPrint measures none."""
        return rewrite_texts(html, lang, partial(self._mark, _paper_ruby, None, None))

    def _mark(
        self,
        ruby: Ruby,
        only_in: str | None,
        starts: Starts | None,
        text: str,
        stack: Stack,
        _done: list[str],
    ) -> str:
        tag = stack[-1].lang
        is_read = tag == only_in if only_in else language_of(tag) == "ja"
        if not is_read or _is_plain(stack) or not (starts or ANY_KANJI.search(text)):
            return text
        if starts:
            held = any(element.name in _HELD for element in stack)
            marked = "".join(_broken(self.segments(text), ruby, () if held else starts(text)))
        else:
            marked = "".join(self._read(text, ruby))
        is_flowing = stack[-1].name in _FLOWING or marked == text
        return marked if is_flowing else f"<span>{marked}</span>"

    def _read(self, text: str, ruby: Ruby) -> Iterator[str]:
        for segment in self.segments(text):
            yield segment.base if segment.reading is None else ruby(segment.base, segment.reading)


def _broken(segments: Iterable[Segment], ruby: Ruby, starts: Container[int]) -> Iterator[str]:
    """Yield the phrases of a text that says where its lines may end; before a reading browsers end one anywhere."""
    phrase: list[Segment] = []
    at = 0
    for segment in segments:
        for part in [segment] if segment.reading else map(Segment, segment.base):
            if phrase and (at in starts or part.base.isspace()):
                yield from (_whole(phrase, ruby), "<wbr>" if at in starts else "")
                phrase = []
            phrase.append(part)
            at += len(part.base)
    yield _whole(phrase, ruby)


def _whole(phrase: Sequence[Segment], ruby: Ruby) -> str:
    """Return a phrase, held together where it has kana or a number before a reading, and is no longer than a line."""
    text = "".join(part.base if part.reading is None else ruby(part.base, part.reading) for part in phrase)
    is_torn = any(after.reading and _TORN.fullmatch(before.base) for before, after in pairwise(phrase))
    is_short = sum(len(part.base) for part in phrase) <= LONGEST_PHRASE
    return f'<span class="whole">{text}</span>' if is_torn and is_short else text


@lru_cache(maxsize=4)
def _furigana(key: tuple[tuple[str, str], ...], counters: tuple[tuple[str, str], ...]) -> Furigana:
    return Furigana(dict(key), dict(counters))


def furigana_of(readings: Mapping[str, Mapping[str, str]]) -> Furigana:
    """Return the furigana of readings as the frame of the site carries them: ``words`` and ``counters``."""
    return _furigana(tuple(readings["words"].items()), tuple(readings["counters"].items()))


def _is_plain(stack: Stack) -> bool:
    return any(element.name in _PLAIN for element in stack)


def _ruby(base: str, reading: str) -> str:
    return f"<ruby>{base}<rt>{reading}</rt></ruby>"


def _paper_ruby(base: str, reading: str) -> str:
    """Return a ``ruby`` that a style sheet can make wide enough for its reading."""
    return f'<ruby style="--kana: {len(reading)}">{base}<rt>{reading}</rt></ruby>'
