"""Japanese line breaking on paper, where WeasyPrint has neither ``keep-all`` nor phrases.

A phrase is held together by word joiners; between phrases stands a zero-width space. Both are marks for the
layout only: they are added last, and ``strip_break_marks`` takes them out before anything is compared,
searched or read aloud.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from cardguide.phrases import may_break, parse_phrases

ZERO_WIDTH_SPACE = "\u200b"
WORD_JOINER = "\u2060"
LONGEST_PHRASE = 12
LONGEST_RUN = 14

_MARKS = str.maketrans("", "", ZERO_WIDTH_SPACE + WORD_JOINER)
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
_SCRIPTS = {
    "katakana": re.compile(r"[\u30a1-\u30fa\u30fc-\u30ff]"),
    "kanji": re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
}
_UNBREAKABLE = re.compile(
    r"""
    (?:令和|平成|昭和)?\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?   # a year, a month of it, a day of it
    | \d{1,2}月(?:\d{1,2}日)?
    | \d[\d,.]*\s?(?:円|日間|日|か月|ヶ月|年間|歳|人|つ|時|分|mm|%|％)
    | (?:午前|午後)\d{1,2}時(?:\d{1,2}分)?
    | \d[\d,.:/-]*
    | [A-Za-z0-9@:/?&=._%#~+-]{2,}
    | 「[^「」]{1,14}」                                        # a name in its brackets
    | .として | [たる]日(?=[はがでにを])                       # what the parser takes apart: "as", "the day when"
    """,
    re.VERBOSE,
)


def strip_break_marks(text: str) -> str:
    """Return the text without the marks that steer line breaking."""
    return text.translate(_MARKS)


def keep_phrases(text: str) -> str:
    """Return Japanese text that breaks between phrases only, never inside a date or an amount.

    A phrase longer than a narrow column may also break where kanji and katakana meet.
    """
    plain = strip_break_marks(text)
    return "".join(map("".join, zip(break_marks(plain), plain, strict=True)))


@lru_cache(maxsize=4096)  # the versions of a sheet say the same
def break_marks(text: str) -> tuple[str, ...]:
    """Return the mark that belongs before each character of an unmarked text, mostly a joiner or nothing."""
    return tuple(chain.from_iterable(_marks_of_phrases(_split_phrases(text))))


def _split_phrases(text: str) -> tuple[str, ...]:
    held = {
        position
        for match in _UNBREAKABLE.finditer(text)
        for position in range(match.start() + 1, match.end())
    }
    phrases: list[str] = []
    position = 0
    for phrase in parse_phrases(text):
        if phrases and (position in held or not may_break(phrases[-1][-1], phrase[0])):
            phrases[-1] += phrase
        else:
            phrases.append(phrase)
        position += len(phrase)
    return tuple(phrases)


def _marks_of_phrases(phrases: Sequence[str]) -> Iterator[Iterator[str]]:
    for number, phrase in enumerate(phrases):
        yield iter([ZERO_WIDTH_SPACE if number else ""])
        yield from _joiners(phrase)


def _joiners(phrase: str) -> Iterator[Iterator[str]]:
    """Yield the joiners of a phrase; those of a long one only within what is written in one script."""
    for number, run in enumerate([phrase] if len(phrase) <= LONGEST_PHRASE else _runs(phrase)):
        yield iter([""] if number else [])
        is_kept = len(run) <= LONGEST_RUN
        yield (WORD_JOINER if is_kept and _is_glued(*pair) else "" for pair in pairwise(run))


def _runs(phrase: str) -> Iterator[str]:
    """Yield the parts of a phrase, divided where kanji and katakana meet; kana after kanji end a word of Japanese."""
    start = 0
    for place, (before, after) in enumerate(pairwise(phrase), start=1):
        old, new = _script(before), _script(after)
        if old and new and new != old and may_break(before, after):
            yield phrase[start:place]
            start = place
    yield phrase[start:]


def _script(sign: str) -> str:
    return next((name for name, pattern in _SCRIPTS.items() if pattern.match(sign)), "")


def _is_glued(before: str, after: str) -> bool:
    """Tell whether a joiner must hold two characters: not at a space, not between Latin letters."""
    is_at_space = before.isspace() or after.isspace()
    return not is_at_space and bool(_WIDE.match(before) or _WIDE.match(after))
