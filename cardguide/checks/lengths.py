"""How long a text may be where it stands; the figures are what the narrowest output holds."""

from cardguide.locales import language_of
from cardguide.walking import LocaleText

# Characters in Japanese, and in any other language.
_BUDGETS = {
    "navigation": (12, 30),
    "short_name": (12, 40),
    "place_phrase": (20, 60),
    "heading": (40, 80),
    "name": (60, 130),
    "title": (90, 160),
    "question": (80, 160),
    "description": (100, 170),
    "label": (60, 90),
    "places": (60, 90),
    "publisher": (80, 110),
    "dated": (60, 90),
    "labels": (120, 260),
    "because": (120, 200),
    "instead": (120, 200),
}
_SENTENCES = (320, 700)
# Plain words are longer than terms.
_PLAIN_WORDS = 1.6


def longest(text: LocaleText) -> int:
    """Return how many characters a text may have."""
    budget = _BUDGETS.get(text.field, _SENTENCES)
    if text.locale == "ja":
        return budget[0]
    return int(budget[0] * _PLAIN_WORDS) if language_of(text.locale) == "ja" else budget[1]
