"""Locales as the outputs use them: a BCP 47 tag, its own name, its CLDR name and its direction."""

from dataclasses import dataclass
from functools import cache
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Locale:
    """One language of every output.

    ``tag`` names the folder and the ``lang`` attribute; ``cldr`` chooses how numbers and days are written.
    ``has_furigana`` puts a reading above every kanji.
    """

    tag: str
    name: str
    cldr: str
    direction: Literal["ltr", "rtl"] = "ltr"
    has_furigana: bool = False

    @property
    def language(self) -> str:
        """Return the language alone, ``ja`` of ``ja-simple``."""
        return language_of(self.tag)


@cache
def language_of(tag: str) -> str:
    """Return the language of a locale's tag."""
    return tag.partition("-")[0]
