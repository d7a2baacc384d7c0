"""Rules of plain Japanese (やさしい日本語) for locales that promise it: short sentences, easy words, one polarity.

The figures are ours; the aims are those of the guidelines of the Immigration Services Agency and the Agency for
Cultural Affairs, 在留支援のためのやさしい日本語ガイドライン. A value in a text counts as ``_VALUE`` characters.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from cardguide.checks.answers import denies_ja
from cardguide.checks.survey import Survey
from cardguide.problems import Problem
from cardguide.reading import KANJI

LONGEST_SENTENCE, MOST_KANJI, MOST_COMMAS, LONGEST_RUN = 40, 13, 2, 4
_VALUE = "〇〇"
_BRACED = re.compile(r"\{[^{}]*\}")
_SENTENCE = re.compile(r"[^。？！\n]+[。？！]?")
_KANJI = re.compile(f"[{KANJI}]")
_RUN = re.compile(f"[{KANJI}]{{{LONGEST_RUN + 1},}}")

#: Fields that hold sentences; names, headings and labels may be short and need no ending.
_SENTENCES = frozenset({"text", "value", "before", "hint", "description", "about", "ask"})

# Terms that a reader meets on the card and at the counter; they stay, with their meaning beside them once a page.
MORE_TERMS = (
    *("特定特別永住者証明書", "特別永住者証明書", "中長期在留者", "永住者", "短期滞在", "高度専門職"),
    *("在留期間", "在留資格", "在留手続", "有効期間", "永住許可", "再交付", "住居地", "市区町村", "入国管理"),
    *("資格外活動許可", "許可年月日", "交付年月日", "住民基本台帳", "転出証明書", "電子証明書"),
    *(
        "在留カード後日交付",
        "満了の日",
        "満了日",
        "運転免許証",
        "健康保険証",
        "在留カード等読取アプリ",
        "在留申請オンラインシステム",
    ),
    *("外国人在留総合インフォメーションセンター", "外国人在留支援センター"),
)

_DOUBLE_DENIAL = re.compile(
    r"な(?:い|く)(?:わけ|こと|もの)?(?:では|は|も|とは)(?:ありません|ない|限りません|言えません|いえません)"
    r"|ずには(?:い|お)(?:られ|き)|なくもな|ないとは限ら"
)
_VAGUE = re.compile(r"(?<![平高同対均])等(?![級分])|(?<!市役所)(?<!区役所)(?<!役場)など(?!の役所)|[〜～]")
_ENDING = re.compile(
    r"(?:です|ます|ました|でした|ません|ませんでした|ください|でしょう|ましょう)(?:か)?(?:（[^）]*）)?[。？！]$"
)
_PASSIVE = re.compile(r"され(?:ます|ました|ません|て|た|る)|させます|させられ")
_HARD = {
    "記載": "書く",
    "提出": "出す",
    "交付": "わたす、もらう",
    "受領": "受け取る",
    "併せて": "いっしょに",
    "満了": "終わる",
    "速やかに": "すぐに",
    "原則": "ふつうは",
    "当面": "今は",
    "該当": "あてはまる",
    "所持": "持つ",
    "携帯": "いつも持つ",
    "および": "と",
    "又は": "か",
    "ならびに": "と",
    "当該": "その",
    "ウェブサイト": "ホームページ",
    "キャンセル": "やめる",
    "アクセス": "見る",
    "サポート": "手伝う",
    "トラブル": "困ったこと",
}
_CASUAL_YEAR = re.compile(r"(?:令和|平成|昭和)(?:元|\d+|〇〇)年(?!（)")


def sentences(words: str) -> tuple[str, ...]:
    """Return the sentences of a text, a value in it as two characters."""
    return tuple(_SENTENCE.findall(_BRACED.sub(_VALUE, words)))


@cache
def _terms(official: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted({*official, *MORE_TERMS}, key=len, reverse=True))))


def _without_terms(survey: Survey, locale: str, words: str) -> str:
    return _terms(survey.official_terms[locale]).sub("＊", words)


def check_sentence_length(survey: Survey) -> Iterator[Problem]:
    """A sentence of plain Japanese has at most 40 characters."""
    for text in survey.easy_texts:
        for sentence in sentences(text.words):
            if len(sentence) > LONGEST_SENTENCE:
                yield survey.problem(
                    text.path,
                    "plain-long",
                    length=str(len(sentence)),
                    limit=str(LONGEST_SENTENCE),
                    words=sentence[:20],
                )


def check_one_idea(survey: Survey) -> Iterator[Problem]:
    """A sentence of plain Japanese holds one idea, and so at most two commas."""
    for text in survey.easy_texts:
        for sentence in sentences(text.words):
            if sentence.count("、") > MOST_COMMAS:
                yield survey.problem(text.path, "plain-commas", limit=str(MOST_COMMAS), words=sentence[:20])


def check_kanji(survey: Survey) -> Iterator[Problem]:
    """A sentence of plain Japanese has few kanji, and no long run of them but an official term."""
    for text in survey.easy_texts:
        for sentence in sentences(text.words):
            rest = _without_terms(survey, text.locale, sentence)
            if (count := len(_KANJI.findall(rest))) > MOST_KANJI:
                yield survey.problem(
                    text.path, "plain-kanji", count=str(count), limit=str(MOST_KANJI), words=sentence[:20]
                )
            if run := _RUN.search(rest):
                yield survey.problem(text.path, "plain-run", words=run[0])


def check_endings(survey: Survey) -> Iterator[Problem]:
    """A sentence of plain Japanese ends with です or ます."""
    for text in survey.easy_texts:
        for sentence in sentences(text.words) if text.field in _SENTENCES else ():
            if (
                sentence.endswith(("。", "？"))
                and not _ENDING.search(sentence)
                and not _is_exclamation(sentence)
            ):
                yield survey.problem(text.path, "plain-ending", words=sentence[-12:])


def _is_exclamation(sentence: str) -> bool:
    return sentence in {"はい。", "いいえ。"}


def check_double_denial(survey: Survey) -> Iterator[Problem]:
    """Plain Japanese denies nothing twice."""
    yield from _found(survey, "plain-double-denial", _DOUBLE_DENIAL)


def check_vague_words(survey: Survey) -> Iterator[Problem]:
    """Plain Japanese has no words such as 等, など and 〜 that leave the reader to guess."""
    yield from _found(survey, "plain-vague", _VAGUE)


def check_passive(survey: Survey) -> Iterator[Problem]:
    """Plain Japanese says who does what."""
    yield from _found(survey, "plain-passive", _PASSIVE)


def check_years(survey: Survey) -> Iterator[Problem]:
    """Plain Japanese counts years in the Western calendar, beside an era if need be."""
    yield from _found(survey, "plain-year", _CASUAL_YEAR)


def check_hard_words(survey: Survey) -> Iterator[Problem]:
    """Plain Japanese uses the easy word where there is one."""
    for text in survey.easy_texts:
        rest = _without_terms(survey, text.locale, text.plain)
        for hard, easy in _HARD.items():
            if hard in rest:
                yield survey.problem(text.path, "plain-hard", words=hard, easy=easy)


def check_same_denial(survey: Survey) -> Iterator[Problem]:
    """Plain Japanese denies what Japanese denies, and nothing else."""
    plain = {text.path for text in survey.easy_texts}
    for pair in survey.translations:
        if pair.other.path in plain and pair.other.field in _SENTENCES:
            said = [denies_ja(text.plain) for text in (pair.original, pair.other)]
            if None not in said and said[0] != said[1]:
                yield survey.problem(pair.other.path, "negation-differs")


def _found(survey: Survey, rule: str, pattern: re.Pattern[str]) -> Iterator[Problem]:
    for text in survey.easy_texts:
        words = _without_terms(survey, text.locale, _BRACED.sub(_VALUE, text.words))
        for match in _once(pattern.findall(words)):
            yield survey.problem(text.path, rule, words=match)


def _once(matches: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(matches)
