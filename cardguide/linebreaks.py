"""Where Japanese lines break: long compounds where the script changes, and never between a number and its unit.

Browsers break Japanese between phrases; a compound that is wider than a phone is torn anywhere, and a counter written
in kana is taken for a phrase of its own.
"""

import re

from cardguide.htmltext import Stack, rewrite_texts
from cardguide.locales import language_of

_KANJI, _KATAKANA = "\u4e00-\u9fff々", "\u30a1-\u30fa\u30fc"
#: As long as a line of a phone holds in a heading.
_COMPOUND = re.compile(f"[{_KANJI}{_KATAKANA}]{{13,}}")
_SEAM = re.compile(
    f"(?<=[{_KANJI}]{{2}})(?=[{_KATAKANA}]{{5}})|(?<=[{_KATAKANA}]{{6}})(?=[{_KANJI}]{{2}}[{_KANJI}{_KATAKANA}]{{2}})"
)
_AMOUNT = re.compile(r"\d+(?:か月| ?[KM]B\b)")
#: Here no element may stand, or the words are drawn.
_PLAIN = frozenset({"script", "style", "code", "pre", "text", "tspan", "title", "textarea", "option"})


def mark_breaks(html: str, locale: str) -> str:
    """Return the HTML of a page whose Japanese texts say where their lines may and may not break."""
    return rewrite_texts(html, locale, _mark)


def _mark(text: str, stack: Stack, _done: list[str]) -> str:
    if language_of(stack[-1].lang) != "ja" or any(element.name in _PLAIN for element in stack):
        return text
    kept = _AMOUNT.sub(r'<span class="whole">\g<0></span>', text)
    return _COMPOUND.sub(lambda compound: _SEAM.sub("<wbr>", compound[0]), kept)
