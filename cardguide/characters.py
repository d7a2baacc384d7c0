"""Find characters that look right and are wrong: they break search, print as boxes or read aloud wrongly."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, kw_only=True, slots=True)
class CharacterFault:
    """A faulty run of characters: the rule, its offset, what was found and what should be typed."""

    rule: str
    position: int
    details: Mapping[str, str]


def character_problems(text: str, locale: str, allowed: Collection[str] = ()) -> Iterator[CharacterFault]:
    """Yield every faulty run of the text in order; ``allowed`` holds runs that a name cannot do without."""
    if text.isascii() and not _ASCII_SUSPECT.search(text):
        return
    faults = [
        CharacterFault(rule=rule.name, position=match.start(), details=rule.details(match[0]))
        for rule in _rules_for(locale)
        for match in rule.pattern.finditer(text)
        if match[0] not in allowed
    ]
    yield from sorted(faults, key=lambda fault: (fault.position, fault.rule))


def has_character_problems(text: str, locale: str) -> bool:
    """Tell whether anything is wrong in a long text; most rules need only look at which characters occur in it."""
    letters = "".join(set(text))
    return text != text.strip() or any(
        rule.may_find(letters) and rule.pattern.search(text)
        for rule in _rules_for(locale)
        if rule.name != _EDGE_SPACE
    )


def _composed(found: str) -> str:
    return unicodedata.normalize("NFC", found)


def _ordinary(found: str) -> str:
    return unicodedata.normalize("NFKC", found)


def _nothing(_found: str) -> str:
    return ""


def _one_space(_found: str) -> str:
    return " "


def _translated(table: Mapping[str, str]) -> Callable[[str], str]:
    return lambda found: found.translate({ord(twin): meant for twin, meant in table.items()})


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern of faulty runs and what belongs in their place; no locales means every locale.

    One of the ``signs`` stands in whatever the pattern finds.
    """

    name: str
    pattern: re.Pattern[str]
    fix: Callable[[str], str]
    locales: frozenset[str] = frozenset()
    not_in: frozenset[str] = frozenset()
    signs: re.Pattern[str] | None = None

    def may_find(self, letters: str) -> bool:
        """Tell whether the pattern can fit a text of these letters."""
        return self.signs is None or self.signs.search(letters) is not None

    def details(self, found: str) -> dict[str, str]:
        """Return what the words of the rule name: the run, its code points and its replacement."""
        code = " ".join(f"U+{ord(character):04X}" for character in found[:4])
        return {"found": found, "code": code, "fixed": self.fix(found)}


_EDGE_SPACE = "character-edge-space"
_JAPANESE = frozenset({"ja", "easy"})
_JOINING_SCRIPTS = frozenset({"bn", "fa", "hi", "km", "ml", "my", "ne", "si", "ta", "ur"})
_CYRILLIC_OR_GREEK = frozenset({"be", "bg", "el", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
_SPACED_WITH_NO_BREAK = frozenset({"fr"})

_LATIN_TWINS = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУаеоѕіјрсухԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινρ",
        "ABESIJKMHOPCTXYaeosijpcyxdqwABEZHIKMNOPTYXoivp",
        strict=True,
    )
)
_KANA_TWINS = dict(
    zip("力口二一八工夕卜才千ぺべ―—–‐‑−－-", "カロニーハエタトオチペベ" + "ー" * 8, strict=True)
)
_KANA_LIKE = "".join(map(re.escape, _KANA_TWINS))
_KANJI_TWINS = {"カ": "力", "ロ": "口", "ニ": "二", "エ": "工", "タ": "夕", "ヘ": "へ"}

_KATAKANA = "ァ-ヺー"
_KANJI = "一-鿿々"
_DASHES = "一―—–‐‑−－-"
_NO_KANA_AFTER = rf"(?![{_KATAKANA}]|[{_DASHES}][{_KATAKANA}])"
_JAPANESE_LETTER = "ぁ-ヿ一-鿿々「」、。"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


def _sign(
    name: str,
    pattern: re.Pattern[str],
    fix: Callable[[str], str],
    locales: frozenset[str] = frozenset(),
    not_in: frozenset[str] = frozenset(),
) -> _Rule:
    """Return a rule whose pattern fits a single character wherever it stands."""
    return _Rule(name, pattern, fix, locales, not_in, signs=pattern)


_FOREIGN = _pattern("[Ͱ-ԯ]")
_RULES = (
    _sign("character-unknown", _pattern(r"\ufffd+", r"[\ue000-\uf8ff\U000f0000-\U0010ffff]+"), _nothing),
    _Rule(
        "character-decomposed",
        _pattern(r"\w[\u0300-\u036f\u3099\u309a]+"),
        _composed,
        signs=_pattern(r"[\u0300-\u036f\u3099\u309a]"),
    ),
    _sign("character-radical", _pattern(r"[\u2e80-\u2fdf]"), _ordinary),
    _sign(
        "character-compatibility",
        # Twelve of the block are ordinary kanji in spite of their place.
        _pattern(r"(?![﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩])[\uf900-\ufaff\U0002f800-\U0002fa1f]"),
        _ordinary,
    ),
    _sign("character-half-width-kana", _pattern(r"[\uff61-\uff9f]+"), _ordinary),
    _sign("character-full-width", _pattern(r"[０-９Ａ-Ｚａ-ｚ％]+"), _ordinary),
    _sign("character-wave", _pattern(r"[〜～]"), _nothing, _JAPANESE),
    _sign(
        "character-compound",
        _pattern(r"[\u2116\u2121\u2150-\u218b\u2460-\u24ff\u3200-\u33ff\ufb00-\ufb06\uffe0-\uffe6]"),
        _ordinary,
    ),
    _sign(
        "character-emoji",
        _pattern(
            r"(?:[\U0001f000-\U0001faff]|(?![★☆])[\u2600-\u27bf]|[\ufe0f\u20e3])(?:[\u200d\ufe0f\u20e3]|(?<=\u200d).)*"
        ),
        _nothing,
    ),
    _sign(
        "character-invisible",
        _pattern(
            r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u180e\u200b\u200e\u200f\u2028-\u202e]+",
            r"[\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]+",
        ),
        _nothing,
    ),
    _sign("character-invisible", _pattern(r"[\u200c\u200d]+"), _nothing, not_in=_JOINING_SCRIPTS),
    _Rule(
        "character-look-alike",
        _pattern(r"[Ͱ-ԯ]+(?=[A-Za-z])", r"(?<=[A-Za-z])[Ͱ-ԯ]+"),
        _translated(_LATIN_TWINS),
        signs=_FOREIGN,
    ),
    _Rule(
        "character-look-alike",
        _pattern(rf"(?<![A-Za-zͰ-ԯ])[{''.join(_LATIN_TWINS)}]+(?![A-Za-zͰ-ԯ])"),
        _translated(_LATIN_TWINS),
        not_in=_CYRILLIC_OR_GREEK,
        signs=_FOREIGN,
    ),
    _Rule(
        "character-look-alike",
        # Each begins with the characters looked for, not with what stands before them: that is far sooner done.
        # 二カ国, 一カ月: a number and a counter, not a word of kana.
        _pattern(
            rf"[{_KANA_LIKE}](?:(?<=[{_KATAKANA}][^ぺべ])(?=[{_KATAKANA}])(?!(?<=[{_KANJI}])[カヵヶケ][月所国年条村町])"
            r"|(?<=[ぺべ])(?=ー))"
        ),
        _translated(_KANA_TWINS),
    ),
    _Rule(
        "character-look-alike",
        # Laws number their items イロハニ: 同項ロ, 第二号ニ.
        _pattern(
            rf"[カロニエタヘ](?:(?<=[{_KANJI}][^ヘ])(?<![号項条欄表第同一二三四五六七八九十百数何].)"
            rf"(?!(?<=カ)[月所国年条村町])|(?<=[{_KANJI}ぁ-ん]ヘ)){_NO_KANA_AFTER}"
        ),
        _translated(_KANJI_TWINS),
        _JAPANESE,
    ),
    _Rule(
        "character-half-width-bracket",
        _pattern(
            rf"\((?:(?<!\]\()[^()]*[{_JAPANESE_LETTER}][^()]*\)",
            rf"(?<=[{_JAPANESE_LETTER}]\()[^()]*\)",
            rf"(?<!\]\()[^()]*\)(?=[{_JAPANESE_LETTER}]))",
        ),
        lambda found: f"（{found[1:-1]}）",
        _JAPANESE,
    ),
    _Rule(_EDGE_SPACE, _pattern(r"\A[\s\u3000]+", r"[\s\u3000]+\Z"), _nothing),
    _Rule("character-double-space", _pattern(r"[ \u3000](?<=[^\s].)[ \u3000]+(?=[^\s])"), _one_space),
    _sign(
        "character-special-space",
        _pattern(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]+"),
        _one_space,
        not_in=_SPACED_WITH_NO_BREAK,
    ),
)
_ASCII_SUSPECT = re.compile(r"\A\s|\s\Z|  |[\x00-\x08\x0b-\x1f\x7f]")


@cache
def _rules_for(locale: str) -> tuple[_Rule, ...]:
    language = locale.partition("-")[0]
    return tuple(
        rule
        for rule in _RULES
        if language not in rule.not_in and (not rule.locales or language in rule.locales)
    )
