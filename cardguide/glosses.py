"""Meanings in easy words: behind a term where the text of a page names it first, 特定在留カード〈…〉."""

import re
from collections.abc import Mapping

from cardguide.htmltext import Stack, rewrite_texts

#: Sentences stand in these; what is a link, a heading, a button or a citation is left as it is.
_SENTENCES = frozenset({"p", "li", "dd", "td"})
_LEFT = frozenset(
    {"a", "h1", "h2", "h3", "h4", "button", "label", "summary", "th", "nav", "svg", "code", "small"}
)
#: Citations; and the first sentences of a page, which say what they are about themselves.
_PLACES_LEFT = ('class="provenance', 'class="lead')


def add_meanings(html: str, lang: str, meanings: Mapping[str, str]) -> str:
    """Return the HTML of a page in which each term has its meaning behind it, once, inside ``main``."""
    if not meanings:
        return html
    waiting = dict(meanings)
    words = "|".join(map(re.escape, sorted(waiting, key=len, reverse=True)))
    # A term that goes on, 特別永住者証明書, is another one.
    terms = re.compile(f"(?:{words})(?![一-鿿々ァ-ヺー])")

    def gloss(match: re.Match[str]) -> str:
        meaning = waiting.pop(match[0], "")
        return f'{match[0]}<span class="meaning">〈{meaning}〉</span>' if meaning else match[0]

    def rewrite(text: str, stack: Stack, _done: list[str]) -> str:
        return terms.sub(gloss, text) if waiting and stack[-1].lang == lang and _is_sentence(stack) else text

    return rewrite_texts(html, lang, rewrite)


def _is_sentence(stack: Stack) -> bool:
    names = {element.name for element in stack}
    return (
        "main" in names
        and bool(names & _SENTENCES)
        and not names & _LEFT
        and not any(place in element.tag for element in stack for place in _PLACES_LEFT)
    )
