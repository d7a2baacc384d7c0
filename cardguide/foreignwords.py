"""Words in another script than the page's, marked with their language, so that they are read and drawn rightly."""

import re

from cardguide.htmltext import Stack, rewrite_texts
from cardguide.locales import language_of

_JAPANESE = re.compile(
    r"[\u3041-\u30ff\u4e00-\u9fff々〆]+(?:[、「」（）・][\u3041-\u30ff\u4e00-\u9fff々〆]+)*"
)
#: Here a span cannot stand, or means nothing.
_PLAIN = frozenset({"script", "style", "code", "text", "tspan", "title", "textarea"})


def mark_japanese(html: str, locale: str) -> str:
    """Return the HTML of a page in which every Japanese word outside a ``lang`` of its own carries one."""
    return html if language_of(locale) == "ja" else rewrite_texts(html, locale, _mark)


def _mark(text: str, stack: Stack, done: list[str]) -> str:
    parent = stack[-1]
    if language_of(parent.lang) == "ja" or parent.name in _PLAIN or not _JAPANESE.search(text):
        return text
    if parent.name == "option":  # holds text alone
        done[parent.index] = done[parent.index].replace("<option", '<option lang="ja"', 1)
        return text
    return _JAPANESE.sub(r'<span lang="ja">\g<0></span>', text)
