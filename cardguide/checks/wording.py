"""Rules about words: official terms, forbidden phrases, and answers that say the same in every language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.locales import language_of
from cardguide.model import State
from cardguide.problems import Problem
from cardguide.recordmodel import ForbiddenPhrase
from cardguide.walking import LocaleText, Translation

# The glossary writes out what must not be written; sources are quoted as they are.
QUOTING = frozenset({"terms", "forbidden", "sources"})


def check_variants(survey: Survey) -> Iterator[Problem]:
    """No text uses a word in whose place the glossary wants another."""
    for term in survey.dataset.terms.values():
        for locale, variants in term.instead_of.items():
            official = term.text.root.get(locale, term.id)
            for text, words in _find_variants(survey, locale, variants, official):
                if text.path[0] not in QUOTING:
                    yield survey.problem(text.path, "term-variant", words=words, meant=official)


def _find_variants(
    survey: Survey, locale: str, variants: tuple[str, ...], official: str
) -> Iterator[tuple[LocaleText, str]]:
    """Yield where the variants stand, in any case unless the case is what makes them wrong."""
    for tag, texts in survey.joined.items():
        for variant in variants if locale in (tag, language_of(tag)) else ():
            if texts.may_hold((variant,)):
                flags = re.NOFLAG if variant.lower() == official.lower() else re.IGNORECASE
                yield from texts.find(re.compile(re.escape(variant), flags))


def check_confusion(survey: Survey) -> Iterator[Problem]:
    """A term with a near double is the same one in every language."""
    for pair in japanese_and_english(survey):
        if not (_ANY_JA.search(pair.original.words) or _ANY_EN.search(pair.other.words.lower())):
            continue
        for term in CONFUSABLE:
            has_ja, has_en = term.ja.search(pair.original.words), term.en.search(pair.other.words)
            if (has_en and not has_ja) or (
                has_ja and not has_en and term.both_ways and pair.other.field in FULL_TEXTS
            ):
                yield survey.problem(pair.other.path, "term-differs", ja=_shown(term.ja), en=_shown(term.en))


def japanese_and_english(survey: Survey) -> Iterator[Translation]:
    """Yield every text that stands in Japanese and in English, but for what is quoted."""
    for pair in survey.translations:
        spoken = (pair.original.locale, pair.other.locale)
        if spoken == ("ja", "en") and pair.original.path[0] not in QUOTING:
            yield pair


# Fields that hold whole sentences; a heading may leave a term out that its section names.
FULL_TEXTS = frozenset({"text", "value", "before", "name"})


def _shown(form: re.Pattern[str]) -> str:
    return re.sub(r"\(\?[^)]*\)|\\b|\[.*?\]|\?", "", form.pattern)


@dataclass(frozen=True, slots=True)
class Confusable:
    """A term with a near double; ``both_ways`` if English may not leave it to the context."""

    ja: re.Pattern[str]
    en: re.Pattern[str]
    both_ways: bool


def _term(ja: str, en: str, *, both_ways: bool = True) -> Confusable:
    return Confusable(re.compile(ja), re.compile(en, re.IGNORECASE), both_ways)


CONFUSABLE = (
    _term("特定特別永住者証明書", r"specified special permanent resident certificate"),
    _term("特別永住者", r"special permanent resident"),
    _term("永住者(?<!特別永住者)", r"permanent resident(?<!special permanent resident)(?!ial)(?! card)"),
    _term("特例期間", r"special period"),
    _term("在留資格", r"status of residence", both_ways=False),
    _term("許可の種類", r"types? (?:of|and date of) permit"),
    _term("許可年月日|許可の種類と年月日", r"date of permit"),
    _term("交付年月日", r"date of issue", both_ways=False),
    _term("新様式|新しい様式", r"new format"),
)
# In small letters, and each beginning with a letter: so a text without any of them is passed soonest.
_ANY_JA = re.compile("|".join(term.ja.pattern for term in CONFUSABLE))
_ANY_EN = re.compile("|".join(term.en.pattern for term in CONFUSABLE))


def check_forbidden(survey: Survey) -> Iterator[Problem]:
    """No text holds a forbidden phrase, as long as the reason for forbidding it lasts."""
    for phrase in survey.dataset.forbidden.values():
        for locale, texts in survey.joined.items() if applies(survey, phrase) else ():
            patterns = phrase.patterns.get(locale) or phrase.patterns.get(language_of(locale), ())
            for text, words in texts.find(form_of(patterns)) if texts.may_hold(patterns) else ():
                if text.path[0] not in QUOTING and not _is_allowed(text.path, phrase):
                    yield _forbidden(survey, text, words, phrase)


def applies(survey: Survey, phrase: ForbiddenPhrase) -> bool:
    """Tell whether the reason for forbidding a phrase lasts."""
    facts = [survey.dataset.facts.get(fact) for fact in phrase.while_unknown]
    return not facts or any(fact is None or fact.state in {State.UNKNOWN, State.CONFLICT} for fact in facts)


def form_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the phrases; a Japanese sentence that goes on with か only asks."""
    any_pattern = "|".join(map(re.escape, patterns))
    return re.compile(f"(?:{any_pattern})(?!か)", re.IGNORECASE)


def _is_allowed(path: Path, phrase: ForbiddenPhrase) -> bool:
    where = ".".join(map(str, path)) + "."
    return any(where.startswith(f"{allowed}.") for allowed in phrase.allowed_in)


def _forbidden(survey: Survey, text: LocaleText, words: str, phrase: ForbiddenPhrase) -> Problem:
    details = {"words": words, **forbidden_details(survey, phrase)}
    return survey.problem(text.path, "phrase-forbidden", at_key=False, **details)


def forbidden_details(survey: Survey, phrase: ForbiddenPhrase) -> dict[str, str]:
    """Return why a phrase is forbidden and what to say instead, in the languages of messages."""
    default = survey.dataset.site.default_locale
    return {
        f"{name}_{tag}": reason.root.get(tag, reason.root.get(default, ""))
        for name, reason in (("because", phrase.because), ("instead", phrase.instead))
        for tag in ("ja", "en")
    }
