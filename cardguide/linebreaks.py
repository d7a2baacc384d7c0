"""Where lines break: long Japanese compounds where the script changes, and never inside a number or before its unit.

Browsers break Japanese between phrases; a compound that is wider than a phone is torn anywhere, and what follows a
number or a bracket is taken for a phrase of its own. Between phrases with readings they break anywhere, so there the
phrases are marked (``phrases``).
"""

import re
from collections.abc import Container, Iterator
from functools import partial

from cardguide.htmltext import Stack, rewrite_texts
from cardguide.locales import language_of

_KANJI, _KATAKANA = "\u4e00-\u9fff々", "\u30a1-\u30fa\u30fc"
#: As long as a line of a phone holds in a heading.
_COMPOUND = re.compile(f"[{_KANJI}{_KATAKANA}]{{13,}}")
_SEAM = re.compile(
    f"(?<=[{_KANJI}]{{2}})(?=[{_KATAKANA}]{{5}})|(?<=ション)(?=センター)|(?<=[{_KATAKANA}]{{6}})(?=[{_KANJI}]{{2}}[{_KANJI}{_KATAKANA}]{{2}})"
)
#: A number in parts, 0570-013904; or with what it is a number of, art. 21(2) or 4 cm.
_PARTED = r"\barts?\. ?\d+(?:-\d+)*(?:\(\d+\))?|\b\d+(?:-\d+)+\b(?:\(\d+\))?|\b\d+ (?:cm|[KM]B)\b"
_NUMBER = re.compile(_PARTED)
#: Words that browsers take for two phrases.
_WORDS = "[どこそあ]の(?:くらい|ぐらい)|お?問い合わせ|切り替え|ふりがな付き"
_WHOLE = re.compile(
    rf"{_PARTED}|\d+(?:か月| ?[KM]B\b)|第\d+条(?:の\d+)*|[」』）][ぁ-ん]|{_WORDS}",
)
#: Here no element may stand, or the words are drawn.
_PLAIN = frozenset({"script", "style", "code", "pre", "text", "tspan", "title", "textarea", "option"})


def mark_breaks(html: str, locale: str, *, phrased: Container[str] = ()) -> str:
    """Return the HTML of a page whose texts say where their lines may and may not break.

    ``phrased`` are the locales whose phrases are marked with their readings; of them only numbers are kept whole.
    """
    return rewrite_texts(html, locale, partial(_mark, phrased))


def _mark(phrased: Container[str], text: str, stack: Stack, _done: list[str]) -> str:
    if any(element.name in _PLAIN for element in stack):
        return text
    lang = stack[-1].lang
    if lang in phrased or language_of(lang) != "ja":
        return _NUMBER.sub(_kept_whole, text)
    kept = _WHOLE.sub(_kept_whole, text)
    return _COMPOUND.sub(lambda compound: _SEAM.sub("<wbr>", compound[0]), kept)


def compound_seams(text: str) -> Iterator[int]:
    """Yield the places in a text at which a compound that is longer than a line may be divided."""
    for compound in _COMPOUND.finditer(text):
        yield from (compound.start() + seam.start() for seam in _SEAM.finditer(compound[0]))


def _kept_whole(found: re.Match[str]) -> str:
    return f'<span class="whole">{found[0]}</span>'
