"""Rules about placeholders: what stands in braces must be a value that can be put there."""

import re
from collections.abc import Iterator

from cardguide.checks.links import COLLECTIONS, PROGRAM_FILLED
from cardguide.checks.references import nearest
from cardguide.checks.survey import Survey
from cardguide.formats import DATE_STYLES
from cardguide.problems import Problem

_STYLES = {"date": DATE_STYLES, "url": ("plain",)}
_STRAY = re.compile(r"[{}｛｝]")

# Texts that are shown as they are: names, titles and headings are also used where no link or value can stand.
PLAIN_FIELDS = frozenset(
    {
        "name", "navigation", "short_name", "place_phrase", "heading", "question", "label", "places",
        "publisher", "dated", "tagline", "unofficial", "licence",
    }
)  # fmt: skip
_LABEL_WORD = re.compile(r"\{([a-z_]+)\}")


def check_styles(survey: Survey) -> Iterator[Problem]:
    """A style of writing fits the kind of the fact."""
    for text in survey.locale_texts:
        for placeholder in text.placeholders if text.field not in PROGRAM_FILLED else ():
            fact = survey.dataset.facts.get(placeholder.id) if placeholder.collection == "fact" else None
            allowed = _STYLES.get(fact.kind, ()) if fact is not None else ()
            if placeholder.style is not None and placeholder.style not in allowed:
                yield survey.problem(
                    text.path,
                    "placeholder-style",
                    written=placeholder.written,
                    styles=", ".join(allowed) or "—",
                )


def check_braces(survey: Survey) -> Iterator[Problem]:
    """A brace belongs to a placeholder that is written as one."""
    for text in survey.locale_texts:
        if not _STRAY.search(text.words):
            continue
        words = _LABEL_WORD.sub("", text.words) if text.field in PROGRAM_FILLED else text.plain
        if match := _STRAY.search(words):
            yield survey.problem(text.path, "brace-stray", words=words[match.start() : match.start() + 12])


def check_collections(survey: Survey) -> Iterator[Problem]:
    """A placeholder names a fact, or a record of a kind that has a name and a page."""
    for text in survey.locale_texts:
        for placeholder in text.placeholders if text.field not in PROGRAM_FILLED else ():
            if placeholder.collection not in COLLECTIONS:
                yield survey.problem(
                    text.path,
                    "placeholder-collection",
                    written=placeholder.written,
                    near=nearest(placeholder.collection, COLLECTIONS),
                )


def check_plain_texts(survey: Survey) -> Iterator[Problem]:
    """A name, a title or a heading holds no placeholder."""
    for text in survey.locale_texts:
        is_plain = text.field in PLAIN_FIELDS or (text.field == "title" and text.path[0] != "facts")
        if is_plain and text.placeholders:
            yield survey.problem(text.path, "placeholder-not-here", written=text.placeholders[0].written)


def check_nesting(survey: Survey) -> Iterator[Problem]:
    """A placeholder names no sentence, so that no text is put into another."""
    for text in survey.locale_texts:
        for placeholder in text.placeholders if text.field not in PROGRAM_FILLED else ():
            fact = survey.dataset.facts.get(placeholder.id) if placeholder.collection == "fact" else None
            if fact is not None and fact.kind == "text":
                yield survey.problem(text.path, "placeholder-sentence", written=placeholder.written)
