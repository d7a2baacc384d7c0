"""Many texts as one, so that a search that seldom finds anything costs one search."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cardguide.walking import LocaleText


@dataclass(frozen=True, kw_only=True, slots=True)
class JoinedTexts:
    """The texts of one locale, each on lines of its own, and where each begins."""

    whole: str
    lowered: str
    texts: Sequence[LocaleText]
    starts: Sequence[int]

    def may_hold(self, words: Iterable[str]) -> bool:
        """Tell quickly whether any of the words, in any case, stands in one of the texts."""
        return any(word.lower() in self.lowered for word in words)

    def find(self, form: re.Pattern[str]) -> Iterator[tuple[LocaleText, str]]:
        """Yield what a form, which never matches a line end, finds, with the text that holds it."""
        for match in form.finditer(self.whole):
            yield self.texts[bisect_right(self.starts, match.start()) - 1], match[0]


def join_texts(texts: Iterable[LocaleText], locale: str) -> JoinedTexts:
    """Return the texts of a locale as one."""
    chosen = [text for text in texts if text.locale == locale]
    starts: list[int] = []
    end = 0
    for text in chosen:
        starts.append(end)
        end += len(text.words) + 1
    whole = "\n".join(text.words for text in chosen)
    return JoinedTexts(whole=whole, lowered=whole.lower(), texts=chosen, starts=starts)
