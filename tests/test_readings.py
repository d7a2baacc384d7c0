"""The furigana of easy Japanese beside a morphological dictionary: every difference is listed with its reason."""

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from readings_oracle import KANJI, Reading, read_both

from cardguide.checks.readings import FOR_EDITORS
from cardguide.checks.survey import Survey
from cardguide.dataset import read_dataset
from cardguide.furigana import Furigana
from cardguide.project import Project
from cardguide.views.addressing import site_address
from cardguide.views.presenting import Presenter

HOME = Path(__file__).parents[1]
PROJECT = Project(root=HOME)
LISTED = HOME / "tests" / "cases" / "readings.toml"
#: The days of a leap year: every day of every month, as dates are written.
DAYS = [datetime.date(2028, 1, 1) + datetime.timedelta(days=number) for number in range(366)]
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
MARKDOWN = re.compile(r"\{[^{}]*\}|[|#`*_\-\[\]()]")


@cache
def survey() -> Survey:
    return Survey(dataset=read_dataset(PROJECT.read_data()), as_of=datetime.date(2026, 11, 23))


@cache
def furigana() -> Furigana:
    return Furigana(survey().dataset.words, survey().dataset.counters)


@cache
def texts() -> frozenset[str]:
    """Return every text of the locales with furigana as readers meet it: records, pages, meanings and days."""
    dataset = survey().dataset
    found: set[str] = set()
    for locale in dataset.locales:
        if locale.has_furigana:
            presenter = Presenter(dataset=dataset, locale=locale, as_of=survey().as_of, address=site_address)
            pages = "\n".join(PROJECT.prose(locale.tag).values())
            found |= {*_records(presenter), *dataset.meanings_in(locale.tag).values()}
            found |= set(MARKDOWN.sub("、", pages).splitlines())
            found |= {presenter.formatter.day(day, "weekday") for day in DAYS}
    return frozenset(found)


def _records(presenter: Presenter) -> Iterator[str]:
    tag = presenter.locale.tag
    for node in survey().texts:
        if node.path[0] == FOR_EDITORS or tag not in node.value.root:
            continue
        try:
            yield str(presenter.text(node.value))
        except LookupError:  # a label, whose numbers and names come from a view
            yield PLACEHOLDER.sub("12", node.value[tag])


def differences(words: Furigana) -> set[Reading]:
    """Return where the dictionary reads otherwise."""
    return {reading for text in texts() for reading in read_both(text, words) if not reading.is_agreed}


@cache
def listed() -> frozenset[Reading]:
    groups = tomllib.loads(LISTED.read_text("utf-8"))["because"]
    assert all(group["reason"] for group in groups)
    return frozenset(Reading(*difference) for group in groups for difference in group["differences"])


def test_the_dictionary_agrees_with_every_reading_but_for_those_that_are_listed() -> None:
    assert differences(furigana()) - listed() == set()


def test_every_listed_difference_is_met() -> None:
    assert listed() - differences(furigana()) == set()


def test_every_kanji_is_compared() -> None:
    assert len(texts()) > 1500
    for text in texts():
        compared = "".join(reading.words for reading in read_both(text, furigana()))
        bare = "".join(part.base for part in furigana().segments(text))
        assert Counter(KANJI.findall(bare)) - Counter(KANJI.findall(compared)) == Counter(), text


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("在留", "ざいる"),
        ("窓口", "まどくち"),
        ("何歳", "なにさい"),
        ("名前入り", "なまえはいり"),
        ("14日", "じゅうよにち"),
    ],
)
def test_a_wrong_reading_of_a_word_would_be_told(word: str, wrong: str) -> None:
    assert word in furigana().words
    planted = replace(furigana(), words={**furigana().words, word: wrong})
    assert differences(planted) - listed()


@pytest.mark.parametrize(("counter", "wrong"), [("歳", "とし"), ("月", "げつ"), ("回", "まわり")])
def test_a_wrong_reading_of_a_counter_would_be_told(counter: str, wrong: str) -> None:
    assert counter in furigana().counters
    planted = replace(furigana(), counters={**furigana().counters, counter: wrong})
    assert differences(planted) - listed()
