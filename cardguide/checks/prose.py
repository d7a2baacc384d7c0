"""Rules about pages that people write by hand: the same care as for the texts of the data, told at file and line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cardguide.characters import character_problems, has_character_problems
from cardguide.checks.links import COLLECTIONS, known_ids
from cardguide.checks.references import kind_words, nearest
from cardguide.checks.survey import Survey
from cardguide.checks.wording import applies, forbidden_details, form_of
from cardguide.checks.writtendates import find_dates
from cardguide.model import State
from cardguide.placeholders import placeholders
from cardguide.problems import Problem

# What Markdown reads and a reader does not: code, addresses, names of sections.
_NOT_READ = re.compile(r"`[^`\n]*`|\]\([^)\n]*\)|\{:[^}\n]*\}|<!--.*?-->|https?://\S+")
Prose = Mapping[str, Mapping[str, str]]
"""The pages of each locale by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProseLine:
    """One line of a page, and its words without what only Markdown reads."""

    file: str
    number: int
    locale: str
    words: str

    def problem(self, rule: str, at: str, /, **details: str) -> Problem:
        """Return a problem at words of this line."""
        column = max(0, self.words.find(at)) + 1
        where = self.file.rpartition("/")[2]
        return Problem(
            file=self.file, line=self.number, column=column, where=where, rule=rule, details=details
        )


def check_prose(survey: Survey, prose: Prose) -> Iterator[Problem]:
    """A page that is written by hand names what exists, says no forbidden words and types no day."""
    read_above = {locale.tag for locale in survey.dataset.locales if locale.has_furigana}
    for locale, pages in prose.items():
        for name, text in pages.items():
            words = _NOT_READ.sub(lambda match: "_" * len(match[0]), text)
            file = f"content/{locale}/{name}.md"
            yield from _check_page(survey, file, locale, words)
            yield from _check_readings(survey, file, locale, words) if locale in read_above else ()


def _check_page(survey: Survey, file: str, locale: str, words: str) -> Iterator[Problem]:
    lines = [
        ProseLine(file=file, number=number, locale=locale, words=line)
        for number, line in enumerate(words.splitlines(), start=1)
    ]
    # Most pages are without fault: one look at the whole says so sooner than one at each line.
    is_worded = _holds(words, _unwanted(survey, locale))
    is_odd = has_character_problems(words.strip(), locale)
    for line in lines:
        yield from _check_names(survey, line)
        yield from _check_days(survey, line)
        yield from _check_words(survey, line) if is_worded else ()
        for fault in character_problems(line.words.strip(), locale) if is_odd else ():
            yield line.problem(fault.rule, fault.details["found"], **fault.details)


def _unwanted(survey: Survey, locale: str) -> Iterator[str]:
    """Yield every word that a page in a language may not hold."""
    for phrase in survey.dataset.forbidden.values():
        yield from phrase.patterns.get(locale, ())
    for term in survey.dataset.terms.values():
        yield from term.instead_of.get(locale, ())


def _check_names(survey: Survey, line: ProseLine) -> Iterator[Problem]:
    for placeholder in placeholders(line.words):
        collection = COLLECTIONS.get(placeholder.collection, placeholder.collection)
        known = known_ids(survey.dataset, collection) or {}
        if placeholder.id not in known:
            ja, en = kind_words(collection)
            details = {"value": placeholder.id, "near": nearest(placeholder.id, known)}
            yield line.problem("reference-unknown", placeholder.written, kind_ja=ja, kind_en=en, **details)
        elif getattr(known[placeholder.id], "state", None) in {State.UNKNOWN, State.CONFLICT}:
            state = known[placeholder.id].state.value
            yield line.problem("fact-stated-unknown", placeholder.written, value=placeholder.id, state=state)


def _check_words(survey: Survey, line: ProseLine) -> Iterator[Problem]:
    for phrase in survey.dataset.forbidden.values():
        patterns = phrase.patterns.get(line.locale, ())
        if _holds(line.words, patterns) and applies(survey, phrase):
            for match in form_of(patterns).finditer(line.words):
                details = forbidden_details(survey, phrase)
                yield line.problem("phrase-forbidden", match[0], words=match[0], **details)
    for term in survey.dataset.terms.values():
        for variant in term.instead_of.get(line.locale, ()):
            if variant in line.words:
                meant = term.text.root[line.locale]
                yield line.problem("term-variant", variant, words=variant, meant=meant)


def _check_readings(survey: Survey, file: str, locale: str, words: str) -> Iterator[Problem]:
    if survey.readings.unread(words):  # One look at the whole says sooner that nothing is wrong.
        for number, line in enumerate(words.splitlines(), start=1):
            if unread := survey.readings.unread(line):
                place = ProseLine(file=file, number=number, locale=locale, words=line)
                yield place.problem("kanji-unread", unread, kanji=unread)


def _holds(words: str, patterns: Iterable[str]) -> bool:
    lowered = words.lower()
    return any(pattern.lower() in lowered for pattern in patterns)


def _check_days(survey: Survey, line: ProseLine) -> Iterator[Problem]:
    for day in find_dates(line.words, survey.as_of.year):
        rule = f"date-{day.fault}" if day.fault else "typed-date"
        yield line.problem(rule, day.words, words=day.words, truth=day.truth)
