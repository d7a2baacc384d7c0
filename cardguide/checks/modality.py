"""Rules about must, may and cannot: what one language asks, allows, rules out or holds possible, the others do too."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from cardguide.checks.survey import Survey
from cardguide.checks.wording import FULL_TEXTS, QUOTING
from cardguide.problems import Problem
from cardguide.walking import Translation


class Force(Enum):
    """What a sentence does with what it speaks of, in Japanese and in English."""

    DUTY = ("しなければならない", "must")
    NO_DUTY = ("しなくてよい", "need not")
    BAR = ("できない", "cannot")
    LEAVE = ("できる", "can")
    CHANCE = ("かもしれない", "may happen")


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """Words and what they can mean; ``demands`` if the other languages must then say one of it in words, too.

    Each phrase is looked for in what those before it have left, so that "cannot" is not read as "can".
    """

    words: re.Pattern[str]
    forces: tuple[Force, ...]
    demands: bool


def _phrase(words: str, *forces: Force, demands: bool = True) -> Phrase:
    return Phrase(words=re.compile(words), forces=forces, demands=demands)


# Verbs that carry "can" in their own form; others say できる.
_POTENTIAL = "(?:使え|払え|延ばせ|止められ|持て|受け取れ|読み込め)"
_EASY_POTENTIAL = "(?:申し込め|払え|延ばせ|持て|受け取れ|もらえ|読み込め|開け)"
# The words of locales that are held to plain Japanese, whatever their tags.
EASY = "easy ja"
PHRASES: Mapping[str, Sequence[Phrase]] = {
    "ja": (
        _phrase(r"必要(?:は|では)?(?:、[^。]{1,20}、)?(?:ありません|な[いく])", Force.NO_DUTY),
        _phrase(r"義務では(?:ありません|な[いく])|なくても(?:よ|いい)|不要", Force.NO_DUTY),
        _phrase(r"きまりはありません", Force.NO_DUTY, demands=False),
        _phrase(r"なければな(?:りません|ら)|ないといけ|必要(?:で|にな|があ)|義務(?:です|があ)", Force.DUTY),
        _phrase(r"必要な|べき", Force.DUTY, demands=False),
        _phrase(rf"でき(?:ません|ない|ず)|{_POTENTIAL}(?:ません|ない)|てはいけません", Force.BAR),
        _phrase(r"られ(?:ません|ない)|見つからない", Force.BAR, demands=False),
        _phrase(r"(?:場合|こと|可能性)があ[りる]|かもしれ", Force.CHANCE),
        _phrase(rf"(?:でき|{_POTENTIAL})(?:ます|る(?=のは|ように|。))|てもよ|てもいい", Force.LEAVE),
        _phrase(rf"(?:でき|{_POTENTIAL}|られ)(?:ます|る)", Force.LEAVE, demands=False),
    ),
    EASY: (
        _phrase(r"なければならない[^。、]{1,8}では(?:ありません|な[いく])", Force.NO_DUTY),
        _phrase(r"必要(?:は|では)?、?(?:ありません|な[いく])|なくても(?:よ|いい)", Force.NO_DUTY),
        _phrase(r"きまりはありません", Force.NO_DUTY, demands=False),
        _phrase(r"なければな(?:りません|ら)|ないといけ|必要(?:で|にな|があ)", Force.DUTY),
        _phrase(r"必要な", Force.DUTY, demands=False),
        _phrase(rf"でき(?:ません|ない|ず)|(?:使え|{_EASY_POTENTIAL})(?:ません|ない)|てはいけません", Force.BAR),
        _phrase(r"られ(?:ません|ない)|見つからない", Force.BAR, demands=False),
        _phrase(r"(?:場合|こと|可能性)があ[りる]|かもしれ", Force.CHANCE),
        _phrase(rf"(?:でき|{_EASY_POTENTIAL})(?:ます|る(?=のは|ように|。))|てもよ|てもいい", Force.LEAVE),
        # 使える stands for 有効 as well, which allows nothing.
        _phrase(rf"(?:でき|使え|{_EASY_POTENTIAL}|られ)(?:ます|る)", Force.LEAVE, demands=False),
    ),
    "en": (
        _phrase(r"\b(?:not|nobody|no one)(?: \w+)? (?:has|have|had|need|needs) to\b|\bneed not\b", Force.NO_DUTY),
        _phrase(r"\bno need\b|\bnot (?:compulsory|mandatory|required|necessary|needed)\b", Force.NO_DUTY),
        _phrase(r"\bdoes not apply\b", Force.NO_DUTY, demands=False),
        _phrase(r"\bcannot\b|\bcan(?:no|['’])t\b|\bcould not\b|\bnot(?: be)? (?:able|possible|allowed)\b", Force.BAR),
        _phrase(r"\bmust not\b", Force.BAR),
        _phrase(r"\bmay not\b", Force.BAR, Force.CHANCE),
        _phrase(r"\bmust\b|\b(?:has|have|had|needs?|needed) to\b", Force.DUTY),
        _phrase(r"\b(?:is|are|be) (?:needed|required|necessary|compulsory|mandatory)\b", Force.DUTY),
        _phrase(r"\bneed(?:s|ed)?\b", Force.DUTY, demands=False),
        _phrase(r"\bmay\b|\bmight\b", Force.LEAVE, Force.CHANCE),
        _phrase(r"\bcan\b|\bcould\b|\bable\b|\busable\b|\bpossible\b", Force.LEAVE),
        _phrase(r"\bworks as\b|\bcc by\b", Force.LEAVE, demands=False),
        _phrase(r"\bnot (?:accepted|planned|with)\b|\bonly\b|\bunless\b", Force.BAR, demands=False),
    ),
}  # fmt: skip

_ANY = {
    way: re.compile("|".join(phrase.words.pattern for phrase in phrases)) for way, phrases in PHRASES.items()
}


def check_modality(survey: Survey) -> Iterator[Problem]:
    """What one language asks, allows, rules out or holds possible, the other says in words as well."""
    for pair in survey.translations:
        ways = [_way_of(survey, text.locale) for text in (pair.original, pair.other)]
        if not _is_statement(pair) or set(ways) - PHRASES.keys():
            continue
        mine, theirs = read_forces(pair.original.plain, ways[0]), read_forces(pair.other.plain, ways[1])
        for said in (*_unmet(mine, theirs), *_unmet(theirs, mine)):
            yield survey.problem(
                pair.other.path,
                "modality-differs",
                words=said.words,
                force_ja="／".join(force.value[0] for force in said.forces),
                force_en=" / ".join(force.value[1] for force in said.forces),
            )
            break  # of one sentence, the first is enough to look at all of it


def _way_of(survey: Survey, tag: str) -> str:
    """Return whose phrases a locale uses: its own, or those of plain Japanese."""
    locale = survey.dataset.site.locales.get(tag)
    return EASY if locale is not None and locale.is_easy else tag


# Names of things, and questions, which state nothing.
_NO_STATEMENTS = frozenset({"title", "question", "description"})


def _is_statement(pair: Translation) -> bool:
    if pair.other.field in _NO_STATEMENTS or pair.other.path[0] in QUOTING:
        return False
    return pair.other.field in FULL_TEXTS or pair.original.words.endswith("。")


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Words of a text that ask, allow, rule out or hold possible."""

    words: str
    forces: tuple[Force, ...]
    demands: bool


def read_forces(text: str, way: str) -> list[Said]:
    """Return what a text asks, allows, rules out and holds possible."""
    found: list[Said] = []
    text = text.lower()
    for phrase in PHRASES[way] if _ANY[way].search(text) else ():
        said = [
            Said(words=match[0], forces=phrase.forces, demands=phrase.demands)
            for match in phrase.words.finditer(text)
        ]
        found += said
        text = phrase.words.sub("|", text) if said else text
    return found


def _unmet(said: Sequence[Said], other: Sequence[Said]) -> Iterator[Said]:
    for each in said:
        if each.demands and not any(set(each.forces) & set(answer.forces) for answer in other):
            yield each
