"""Easy Japanese beside the standard text: easier in the length of sentences and in kanji, and read as people say it."""

import datetime
import re
from collections.abc import Callable
from functools import cache
from statistics import mean

import pytest
from miniatures import easy_miniature_data, read_quickly
from projects import HOME

from cardguide.checks.plain import sentences
from cardguide.checks.survey import Survey
from cardguide.dataset import Dataset, read_dataset
from cardguide.furigana import furigana_of
from cardguide.project import Project
from cardguide.reading import KANJI
from cardguide.walking import Translation

STANDARD = "ja"


@cache
def dataset() -> Dataset:
    return read_dataset(Project(root=HOME).read_data())


@cache
def pairs() -> tuple[Translation, ...]:
    """Return every text of whole sentences beside its easy form; names that are borrowed are left out."""
    survey = Survey(dataset=dataset(), as_of=datetime.date(2026, 11, 23))
    easy = {tag for tag, locale in dataset().site.locales.items() if locale.is_easy}
    return tuple(
        pair
        for pair in survey.translations
        if pair.original.locale == STANDARD
        and pair.other.locale in easy
        and pair.original.words.endswith("。")
        and pair.other.words.endswith("。")
        and not dataset().is_borrowed(pair.other.path)
    )


def mean_length(texts: list[str]) -> float:
    """Return how many characters a sentence has, values as two."""
    return mean(len(sentence) for text in texts for sentence in sentences(text))


def share_of_kanji(texts: list[str]) -> float:
    words = re.sub(r"\{[^{}]*\}", "", "".join(texts))
    return len(re.findall(f"[{KANJI}]", words)) / len(words)


@pytest.mark.parametrize("measure", [mean_length, share_of_kanji])
def test_easy_japanese_is_easier_than_the_standard_text(measure: Callable[[list[str]], float]) -> None:
    assert len(pairs()) > 300
    assert measure([pair.other.words for pair in pairs()]) < 0.9 * measure(
        [pair.original.words for pair in pairs()]
    )


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("在留", "ざいりゅう"),
        ("入管", "にゅうかん"),
        ("特定在留カード", "とくていざいりゅうカード"),
        ("特例期間", "とくれいきかん"),
        ("永住者", "えいじゅうしゃ"),
        ("中長期在留者", "ちゅうちょうきざいりゅうしゃ"),
        ("住居地の届出", "じゅうきょちのとどけで"),
        ("市区町村", "しくちょうそん"),
        ("再交付", "さいこうふ"),
        ("交換希望", "こうかんきぼう"),
        ("汚損等", "おそんとう"),
        ("許可年月日", "きょかねんがっぴ"),
        ("収入印紙", "しゅうにゅういんし"),
        ("暗証番号", "あんしょうばんごう"),
        ("手数料", "てすうりょう"),
        ("窓口", "まどぐち"),
        ("始まりました", "はじまりました"),
        ("二枚", "にまい"),
        ("10回目", "10かいめ"),
        ("14日", "じゅうよっか"),
    ],
)
def test_the_words_of_the_field_are_read_as_people_say_them(word: str, reading: str) -> None:
    segments = furigana_of({"words": dataset().words, "counters": dataset().counters}).segments(word)
    assert "".join(segment.reading or segment.base for segment in segments) == reading


def test_texts_are_compared_with_the_default_language_whatever_the_order_in_the_file() -> None:
    swapped = re.sub(r"( +ja: .*\n)( +en: .*\n)", r"\2\1", easy_miniature_data()["faq"].decode())
    survey = Survey(
        dataset=read_quickly({**easy_miniature_data(), "faq": swapped.encode()}),
        as_of=datetime.date(2026, 11, 23),
    )
    assert {pair.original.locale for pair in survey.translations} == {STANDARD}
