"""Rules about languages: every text in every language, and none of one language left in another."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cardguide.checks.lengths import longest
from cardguide.checks.numbers import counts_in, digits_in
from cardguide.checks.survey import Survey
from cardguide.dataset import locate
from cardguide.locales import language_of
from cardguide.problems import Problem
from cardguide.recordmodel import ForbiddenPhrase, Page, Procedure, Question, Term
from cardguide.translations import TEXTS, dotted
from cardguide.walking import LocaleText, Translation

_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々〆]+")
_ENGLISH_CLAUSE = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:,? [A-Za-z][A-Za-z'’-]*){2,}")
_BRACED = re.compile(r"\{[^{}]*\}")
_LETTER = re.compile(r"[^\W\d_]")
_UNFINISHED = re.compile(
    r"\bTODO\b|\bFIXME\b|\bTBD\b|\bXXX\b|[?？]{2,}|[Ll]orem ipsum|未訳|要翻訳|（仮）|ほげ|ダミー"
)
# One of these stands in whatever the form above finds; to look for them takes a tenth of the time.
_MARKS = (
    *("todo", "fixme", "tbd", "xxx", "orem ipsum", "未訳", "要翻訳", "（仮）", "ほげ", "ダミー"),
    *("??", "？？", "?？", "？?"),
)

# Words that a passport carries in Japanese, so that an English reader must be able to find them.
JAPANESE_ON_PAPERS = ("在留カード後日交付",)
# Titles of sources are quoted: their numbers differ where only one language gives a date or an era.
_QUOTED = frozenset({"sources"})
# Names that are written in Latin letters in Japanese too.
LATIN_NAMES = ("Specified residence card",)


def check_locales(survey: Survey) -> Iterator[Problem]:
    """A text stands in every language of the site."""
    wanted = [locale.tag for locale in survey.dataset.locales]
    for node in survey.texts:
        for locale in wanted:
            if locale not in node.value.root:
                yield survey.problem(
                    node.path, "locale-missing", at_key=True, locale=locale, text=dotted(node.path)
                )


def check_homes(survey: Survey) -> Iterator[Problem]:
    """A text of a further language belongs to a record."""
    known = {dotted(node.path) for node in survey.texts}
    for locale in survey.dataset.further.values():
        for text in locale.texts():
            if locale.source is not None and text not in known:
                near = "".join(difflib.get_close_matches(text, known, n=1, cutoff=0.7))
                yield locate(locale.source, (TEXTS, text), "text-homeless", at_key=True, text=text, near=near)


def check_foreign_locales(survey: Survey) -> Iterator[Problem]:
    """A text stands in no language that the site does not have."""
    known = survey.dataset.site.locales
    for text in survey.locale_texts:
        if text.locale not in known:
            yield survey.problem(text.path, "locale-unknown", at_key=True, locale=text.locale)
    for node in survey.nodes:
        for field in _LISTS.get(type(node.value), ()):
            for locale in getattr(node.value, field):
                if locale not in known:
                    yield survey.problem(
                        (*node.path, field, locale), "locale-unknown", at_key=True, locale=locale
                    )


_LISTS: dict[type, tuple[str, ...]] = {
    Term: ("instead_of",),
    ForbiddenPhrase: ("patterns",),
    Procedure: ("aliases",),
    Question: ("aliases",),
    Page: ("aliases",),
}


def check_sameness(survey: Survey) -> Iterator[Problem]:
    """No text is the same in two languages, unless it has no words."""
    for pair in survey.translations:
        if language_of(pair.other.locale) == language_of(pair.original.locale):
            continue
        if pair.other.words == pair.original.words and _LETTER.search(pair.other.plain):
            yield survey.problem(
                pair.other.path, "text-same", locale=pair.other.locale, other=pair.original.locale
            )


def check_japanese_residue(survey: Survey) -> Iterator[Problem]:
    """A text in another language holds no Japanese writing."""
    for text in survey.locale_texts:
        if language_of(text.locale) == "ja" or max(text.words, default="") < "\u2e80":
            continue
        words = text.words
        for name in JAPANESE_ON_PAPERS:
            words = words.replace(name, "")
        if match := _JAPANESE.search(words):
            yield survey.problem(text.path, "residue-japanese", words=match[0], locale=text.locale)


def check_english_residue(survey: Survey) -> Iterator[Problem]:
    """A Japanese text holds no English clause."""
    for text in survey.locale_texts:
        if language_of(text.locale) != "ja" or text.field == "publisher":
            continue
        words = text.plain
        for name in LATIN_NAMES:
            words = words.replace(name, "")
        if match := _ENGLISH_CLAUSE.search(words):
            yield survey.problem(text.path, "residue-english", words=match[0])


def check_script(survey: Survey) -> Iterator[Problem]:
    """A Japanese text is written in Japanese."""
    for text in survey.locale_texts:
        if language_of(text.locale) != "ja" or text.path[0] in {"labels", "sources"}:
            continue
        words = text.plain
        if _LETTER.search(words) and not _JAPANESE.search(words):
            yield survey.problem(text.path, "residue-english", words=words.strip())


def check_unfinished(survey: Survey) -> Iterator[Problem]:
    """No text holds a mark of unfinished work."""
    for texts in survey.joined.values():
        for text, words in texts.find(_UNFINISHED) if texts.may_hold(_MARKS) else ():
            yield survey.problem(text.path, "text-unfinished", words=words)


def check_lengths(survey: Survey) -> Iterator[Problem]:
    """A text is no longer than the place where it stands allows."""
    for text in survey.locale_texts:
        limit = longest(text)
        if len(text.words) > limit:
            yield survey.problem(text.path, "text-too-long", length=str(len(text.words)), limit=str(limit))


def check_placeholder_parity(survey: Survey) -> Iterator[Problem]:
    """Every language of a text names the same facts and records, as often."""
    for pair in survey.translations:
        mine, theirs = _braces(pair.original), _braces(pair.other)
        if sorted(mine) != sorted(theirs) and not _is_pattern(pair):
            yield survey.problem(
                pair.other.path,
                "placeholders-differ",
                missing=_more(mine, theirs),
                extra=_more(theirs, mine),
                other=pair.original.locale,
            )


def _braces(text: LocaleText) -> list[str]:
    return _BRACED.findall(text.words) if "{" in text.words else []


def _more(one: Iterable[str], other: Iterable[str]) -> str:
    return " ".join((Counter(one) - Counter(other)).elements()) or "—"


def _is_pattern(pair: Translation) -> bool:
    """Tell the patterns of days and the names of eras, which each language has in its own way."""
    return pair.other.field == "labels" and str(pair.other.path[1]).startswith(("format-date-", "era-"))


def check_digit_parity(survey: Survey) -> Iterator[Problem]:
    """Every language of a text has the same numbers in digits."""
    for pair in survey.translations:
        if pair.other.path[0] not in _QUOTED and not _is_pattern(pair):
            yield from _compare(survey, pair, digits_in(pair.original.plain), digits_in(pair.other.plain))


def check_count_parity(survey: Survey) -> Iterator[Problem]:
    """Where two languages of a text count in words, they count the same."""
    for pair in survey.translations:
        mine, theirs = counts_in(pair.original.plain), counts_in(pair.other.plain)
        if mine and theirs:
            yield from _compare(survey, pair, mine, theirs)


def _compare(
    survey: Survey, pair: Translation, mine: frozenset[int], theirs: frozenset[int]
) -> Iterator[Problem]:
    if mine != theirs:
        yield survey.problem(
            pair.other.path,
            "numbers-differ",
            mine=_listed(mine - theirs),
            theirs=_listed(theirs - mine),
            other=pair.original.locale,
            locale=pair.other.locale,
        )


def _listed(numbers: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "—"
