"""Languages: words of one language that the others no longer say."""

import re
from collections.abc import Iterator

from mutation.kit import Edit, is_japanese, line_of, operator, texts
from mutation.places import Place


@operator("alter one language")
def alter_one_language(place: Place) -> Iterator[Edit]:
    return texts(lambda words, locale: f"新しい{words}" if is_japanese(locale) else f"{words} now")(place)


@operator("same in both languages")
def same_in_both(place: Place) -> Iterator[Edit]:
    return texts(lambda _, locale: "日本語のまま" if locale == "en" else "Left in English as it was")(place)


@operator("flip polarity")
def flip_polarity(place: Place) -> Iterator[Edit]:
    return texts(_flip)(place)


_FLIPS = {
    "ja": (
        *(("できません", "できます"), ("ありません", "あります"), ("いいえ", "はい"), ("はい", "いいえ")),
        *(("できます", "できません"), ("必要です", "必要ではありません"), ("ません", "ます")),
    ),
    "en": (
        *(("cannot", "can"), ("No.", "Yes."), ("Yes.", "No."), (" not ", " "), ("can ", "cannot ")),
        *(("need to", "need not"), ("must", "must not"), (" is ", " is not ")),
    ),
}


def _flip(words: str, locale: str) -> str | None:
    return next(
        (
            words.replace(old, new, 1)
            for old, new in _FLIPS["ja" if is_japanese(locale) else "en"]
            if old in words
        ),
        None,
    )


@operator("drop placeholder")
def drop_placeholder(place: Place) -> Iterator[Edit]:
    return texts(lambda words, _: re.sub(r"\{[^}]*\}", "", words, count=1).strip())(place)


@operator("rename placeholder")
def rename_placeholder(place: Place) -> Iterator[Edit]:
    return texts(lambda words, _: re.sub(r"(\{[^}]*)\}", r"\1x}", words, count=1))(place)


@operator("wide braces")
def wide_braces(place: Place) -> Iterator[Edit]:
    return texts(lambda words, _: re.sub(r"\{([^}]*)\}", r"｛\1｝", words, count=1))(place)


_NEAR_TERMS = (
    ("特定在留カード", "特別在留カード"), ("マイナンバーカード", "個人番号カード"), ("特別永住者", "永住者"),
    ("在留期間", "在留資格"), ("市区町村", "市役所"), ("地方入管", "入国管理局"), ("許可年月日", "交付年月日"),
    ("specified residence card", "special residence card"), ("My Number card", "My Number Card"),
    ("special permanent resident", "permanent resident"), ("period of stay", "status of residence"),
    ("municipal office", "city hall"), ("regional immigration services bureau", "immigration bureau"),
    ("date of permit", "date of issue"),
)  # fmt: skip


@operator("near term")
def near_term(place: Place) -> Iterator[Edit]:
    return texts(
        lambda words, _: next((words.replace(old, new, 1) for old, new in _NEAR_TERMS if old in words), None)
    )(place)


_OTHER = {"ja": "en", "en": "ja"}


@operator("swap languages")
def swap_languages(place: Place) -> Iterator[Edit]:
    if place.key in _OTHER:
        yield line_of(place, place.value, key=_OTHER[place.key])
