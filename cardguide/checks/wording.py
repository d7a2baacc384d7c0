"""Rules about words: official terms, forbidden phrases, and answers that say the same in every language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.model import ForbiddenPhrase, State
from cardguide.problems import Problem
from cardguide.walking import LocaleText, Translation

# The glossary writes out what must not be written; sources are quoted as they are.
_QUOTING = frozenset({"terms", "forbidden", "sources"})


def check_variants(survey: Survey) -> Iterator[Problem]:
    """No text uses a word in whose place the glossary wants another."""
    variants = _variants(survey)
    for text in survey.locale_texts:
        if text.path[0] in _QUOTING or text.locale not in variants:
            continue
        form, meant = variants[text.locale]
        if match := form.search(text.words):
            yield survey.problem(
                text.path, "term-variant", words=match[0], meant=meant(match[0], text.locale)
            )


def _variants(survey: Survey) -> Mapping[str, tuple[re.Pattern[str], Any]]:
    official: dict[tuple[str, str], str] = {}
    for term in survey.dataset.terms.values():
        for locale, variants in term.instead_of.items():
            for variant in variants:
                official[locale, variant.lower()] = term.text.root.get(locale, term.id)
    found: dict[str, tuple[re.Pattern[str], Any]] = {}
    for locale in {locale for locale, _ in official}:
        exact = [
            (variant, variant.lower() == official[locale, variant.lower()].lower())
            for term in survey.dataset.terms.values()
            for variant in term.instead_of.get(locale, ())
        ]
        form = "|".join(
            re.escape(variant) if same else f"(?i:{re.escape(variant)})"
            for variant, same in sorted(exact, key=lambda pair: -len(pair[0]))
        )
        found[locale] = (re.compile(form), lambda words, tag: official.get((tag, words.lower()), "?"))
    return found


def check_confusion(survey: Survey) -> Iterator[Problem]:
    """A term with a near double is the same one in every language."""
    for pair in japanese_and_english(survey):
        if not _ANY_CONFUSABLE.search(f"{pair.original.words}\n{pair.other.words}"):
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
        if spoken == ("ja", "en") and pair.original.path[0] not in _QUOTING:
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
    _term("(?<!特別)永住者", r"(?<!special )permanent resident(?!ial)(?! card)"),
    _term("特例期間", r"special period"),
    _term("在留資格", r"status of residence", both_ways=False),
    _term("許可の種類", r"types? (?:of|and date of) permit"),
    _term("許可年月日|許可の種類と年月日", r"date of permit"),
    _term("交付年月日", r"date of issue", both_ways=False),
    _term("新様式|新しい様式", r"new format"),
)
_ANY_CONFUSABLE = re.compile(
    "|".join(f"{term.ja.pattern}|{term.en.pattern}" for term in CONFUSABLE), re.IGNORECASE
)


def check_forbidden(survey: Survey) -> Iterator[Problem]:
    """No text holds a forbidden phrase, as long as the reason for forbidding it lasts."""
    phrases = tuple(phrase for phrase in survey.dataset.forbidden.values() if _applies(survey, phrase))
    by_locale = {
        locale: tuple((phrase, _form(phrase.patterns.get(locale, ()))) for phrase in phrases)
        for locale in survey.dataset.site.locales
    }
    any_of = {
        locale: _form(tuple(pattern for phrase in phrases for pattern in phrase.patterns.get(locale, ())))
        for locale in by_locale
    }
    for text in survey.locale_texts:
        if (
            text.path[0] in _QUOTING
            or text.locale not in by_locale
            or not any_of[text.locale].search(text.words)
        ):
            continue
        for phrase, form in by_locale[text.locale]:
            match = form.search(text.words)
            if match and not _is_allowed(text.path, phrase):
                yield _forbidden(survey, text, match[0], phrase)


def _applies(survey: Survey, phrase: ForbiddenPhrase) -> bool:
    facts = [survey.dataset.facts.get(fact) for fact in phrase.while_unknown]
    return not facts or any(fact is None or fact.state in {State.UNKNOWN, State.CONFLICT} for fact in facts)


def _form(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the phrases; a Japanese sentence that goes on with か only asks."""
    any_pattern = "|".join(map(re.escape, patterns))
    return re.compile(f"(?:{any_pattern})(?!か)" if patterns else "(?!)", re.IGNORECASE)


def _is_allowed(path: Path, phrase: ForbiddenPhrase) -> bool:
    where = ".".join(map(str, path)) + "."
    return any(where.startswith(f"{allowed}.") for allowed in phrase.allowed_in)


def _forbidden(survey: Survey, text: LocaleText, words: str, phrase: ForbiddenPhrase) -> Problem:
    default = survey.dataset.site.default_locale
    because, instead = (
        {tag: reason.root.get(tag, reason.root.get(default, "")) for tag in ("ja", "en")}
        for reason in (phrase.because, phrase.instead)
    )
    return survey.problem(
        text.path,
        "phrase-forbidden",
        words=words,
        because_ja=because["ja"],
        because_en=because["en"],
        instead_ja=instead["ja"],
        instead_en=instead["en"],
    )
