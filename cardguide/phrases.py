"""Phrases of Japanese: where a line may end, by the model of BudouX and by the signs that end or begin no line."""

import re
from functools import cache, lru_cache

import budoux

from cardguide.linebreaks import compound_seams

_NOT_AT_END = frozenset("([{「『（［｛〈《【〔“‘¥￥$#")
_NOT_AT_START = frozenset(
    ")]}、。，．・：；？！」』）］｝〉》】〕”’ゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％%円,.:;!?"
)
#: What the model takes apart: a noun behind its short verb, a word of a question, what HTML escapes, Latin and numbers.
_HELD = re.compile(
    r"[一-鿿][うくぐすつぬぶむる]ところ|\d+か月|[どこそあ]の(?:くらい|ぐらい)|&#?\w+;|[A-Za-z0-9@:/?=._%#~+-]{2,}"
)
#: Here a long phrase has parts: to apply is | possible.
_PART = re.compile(r"(?<=[一-鿿ぁ-ん]{3})(?:こと[がはもを]|ではあり|ください)")
_OF = re.compile("の(?=[一-鿿ぁ-んァ-ヶ]{4})")
#: In the largest heading, with wider spaces, on the smallest phone.
LONGEST_PHRASE = 10


@lru_cache(maxsize=4096)  # the pages say the same at their beginning and end
def parse_phrases(text: str) -> tuple[str, ...]:
    """Return a text in its phrases, as the model divides it."""
    return tuple(_parser().parse(text))


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters, which are no spaces."""
    return (
        before not in _NOT_AT_END and after not in _NOT_AT_START and not (before.isspace() or after.isspace())
    )


def phrase_starts(text: str) -> frozenset[int]:
    """Return the places in the text of an HTML document before which a line may end."""
    held = {at for found in _HELD.finditer(text) for at in range(found.start() + 1, found.end())}
    starts, at = {*compound_seams(text), *(found.start() for found in _PART.finditer(text))}, 0
    for phrase in parse_phrases(text):
        if at and at not in held and may_break(text[at - 1], text[at]):
            starts.add(at)
        if len(phrase) > LONGEST_PHRASE:
            starts |= {at + found.end() for found in _OF.finditer(phrase)}
        at += len(phrase)
    return frozenset(starts)


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()
