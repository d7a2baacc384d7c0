"""The search index of one locale: what ``templates/scripts/search.js`` reads."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cardguide.addresses import page_url
from cardguide.artifacts import Artifact, text_artifact


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchEntry:
    """One thing that can be found.

    ``page`` is a staged file within the locale, with an optional fragment (``procedures/exchange.md#who``);
    ``sign`` is counter, letter and number (``("i", "I", "6")``) or empty; ``words`` are names, readings,
    romaji, synonyms and misspellings that shall find it.
    """

    title: str
    page: str
    summary: str
    sign: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def create_search_index(locale: str, entries: Iterable[SearchEntry]) -> Artifact:
    """Return the index as ``<locale>/search.json``."""
    text = json.dumps([_row(entry) for entry in entries], ensure_ascii=False, separators=(",", ":"))
    return text_artifact(f"{locale}/search.json", text + "\n")


def _row(entry: SearchEntry) -> dict[str, object]:
    page, hash_mark, fragment = entry.page.partition("#")
    row: dict[str, object] = {
        "title": entry.title,
        "url": page_url(page) + hash_mark + fragment,
        "summary": entry.summary,
        "words": list(entry.words),
    }
    return row | ({"sign": list(entry.sign)} if entry.sign else {})
