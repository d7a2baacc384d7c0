"""Rules about yes and no: an answer says the same in every language, and so does every denial."""

import re
from collections.abc import Iterator
from typing import Any

from cardguide.checks.survey import Survey
from cardguide.checks.wording import FULL_TEXTS, japanese_and_english
from cardguide.dataset import Path
from cardguide.locales import language_of
from cardguide.model import Polarity
from cardguide.problems import Problem
from cardguide.walking import LocaleText, read_text


def check_polarity(survey: Survey) -> Iterator[Problem]:
    """An answer that begins with yes or no says so in every language, and as its polarity says."""
    for path, question in survey.records("questions"):
        for text in _openings(path, question):
            said = _said(text)
            expected = question.polarity if question.polarity in {Polarity.YES, Polarity.NO} else None
            if said is not None and said != expected:
                yield survey.problem(
                    text.path, "polarity-differs", polarity=question.polarity.value, words=text.words[:12]
                )


def check_polarity_words(survey: Survey) -> Iterator[Problem]:
    """If an answer begins with yes or no in one language, it does so in all whose words for it are known here."""
    for path, question in survey.records("questions"):
        openings = [text for text in _openings(path, question) if language_of(text.locale) in _YES]
        said = {_said(text) for text in openings}
        if len(said) > 1 and None in said:
            for text in openings:
                if _said(text) is None:
                    yield survey.problem(text.path, "polarity-unsaid", polarity=question.polarity.value)


def _openings(path: Path, question: Any) -> Iterator[LocaleText]:
    if not question.answer or question.answer[0].text is None:
        return
    first, where = question.answer[0], (*path, "answer", 0)
    for locale, words in first.text.root.items():
        yield read_text((*where, "text", locale), "text", locale, words)
    for boundary, text in first.before.items():
        for locale, words in text.root.items():
            yield read_text((*where, "before", boundary, locale), "before", locale, words)


_YES = {"ja": ("はい",), "en": ("Yes",)}
_NO = {"ja": ("いいえ",), "en": ("No.", "No,", "No —", "No;")}


def _said(text: LocaleText) -> Polarity | None:
    if text.words.startswith(_YES.get(language_of(text.locale), ("\0",))):
        return Polarity.YES
    return Polarity.NO if text.words.startswith(_NO.get(language_of(text.locale), ("\0",))) else None


def check_open_answers(survey: Survey) -> Iterator[Problem]:
    """An answer that is not known names what is not known."""
    for path, question in survey.records("questions"):
        if question.polarity is Polarity.UNKNOWN and not question.unknown:
            yield survey.problem((*path, "polarity"), "unknown-unnamed")
        if not question.answer and not question.unknown:
            yield survey.problem((*path, "answer"), "question-unanswered")


def check_negation(survey: Survey) -> Iterator[Problem]:
    """What one language denies, the other denies too."""
    for pair in japanese_and_english(survey):
        if pair.other.field in FULL_TEXTS:
            japanese = denies_ja(pair.original.plain)
            if japanese is not None and japanese != denies_en(pair.other.plain):
                yield survey.problem(pair.other.path, "negation-differs")


# Duties and doubts that Japanese words as a double denial, and verbs that only look like one.
_NO_DENIAL_JA = re.compile(r"なければなりません|なければならない|かもしれません|なくし|少ない|切れない")
_ENDING_JA = re.compile(r"なくな[りるっ]")
_DENIAL_JA = re.compile(r"ません|ない|なかった|なく|とは別の|なければ|いいえ|ず(?=[、にで。])|なし")
_DENIAL_EN = re.compile(
    r"\b(?:no(?!\. \d)|not|nor|never|nobody|none|nothing|neither|cannot|without|unless)\b|n't\b",
    re.IGNORECASE,
)


def denies_ja(words: str) -> bool | None:
    """Tell whether a Japanese text denies something; None for what ends, which English may say either way."""
    words = _NO_DENIAL_JA.sub("", words)
    if _DENIAL_JA.search(_ENDING_JA.sub("", words)):
        return True
    return None if _ENDING_JA.search(words) else False


def denies_en(words: str) -> bool:
    """Tell whether an English text denies something."""
    return _DENIAL_EN.search(words) is not None
