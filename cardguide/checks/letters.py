"""Rules about single characters: none that only looks right."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cardguide.characters import character_problems, has_character_problems
from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.problems import Problem
from cardguide.recordmodel import Page, Procedure, Question

# The glossary writes out wrong forms on purpose, so that they are found elsewhere.
_ON_PURPOSE = frozenset({"instead_of", "patterns"})


def check_characters(survey: Survey) -> Iterator[Problem]:
    """A text is written with the usual characters of its language; a mere separator may end with a space."""
    by_locale: dict[str, list[tuple[Path, str]]] = defaultdict(list)
    for path, locale, words in _all_words(survey):
        by_locale[locale].append((path, words))
    for locale, places in by_locale.items():
        if _are_suspect([words for _, words in places], locale):
            for path, words in places:
                yield from _check_words(survey, path, locale, words)


def _are_suspect(texts: Sequence[str], locale: str) -> bool:
    """Tell whether anything at all is wrong in many texts, with one look at all of them."""
    has_edges = any(words != words.strip() and any(map(str.isalnum, words)) for words in texts)
    return has_edges or has_character_problems("\n".join(texts), locale)


def _check_words(survey: Survey, path: Path, locale: str, words: str) -> Iterator[Problem]:
    for fault in character_problems(words, locale):
        if fault.rule != "character-edge-space" or any(map(str.isalnum, words)):
            found, code, fixed = (fault.details[name] for name in ("found", "code", "fixed"))
            yield survey.problem(path, fault.rule, found=found, code=code, fixed=fixed)


def _all_words(survey: Survey) -> Iterator[tuple[Path, str, str]]:
    for text in survey.locale_texts:
        if text.field not in _ON_PURPOSE:
            yield text.path, text.locale, text.words
    for node in survey.nodes:
        if isinstance(node.value, Procedure | Question | Page):
            for locale, aliases in node.value.aliases.items():
                for index, alias in enumerate(aliases):
                    yield (*node.path, "aliases", locale, index), locale, alias
