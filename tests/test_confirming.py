"""What was confirmed: every change since is told at its line, with what stood there, until somebody confirms it."""

from itertools import groupby

import pytest
from miniatures import EASY, easy_miniature_data, miniature_data, read_miniature, read_quickly
from projects import HOME

from cardguide.confirming import (
    LOCK_FILE,
    Lock,
    create_lock,
    find_changes,
    format_changes,
    read_lock,
    unconfirmed,
)
from cardguide.dataset import Dataset, read_dataset
from cardguide.model import Text
from cardguide.problems import DataError, Problem
from cardguide.project import Project
from cardguide.translations import dotted
from cardguide.walking import walk_dataset


@pytest.fixture(scope="module")
def lock() -> Lock:
    """Confirm the miniature."""
    return read_lock(create_lock(read_miniature()).encode())


def edited(file: str, old: str, new: str) -> tuple[Dataset, int]:
    """Return the miniature with one edit, and the line of it."""
    text = miniature_data()[file].decode()
    assert text.count(old) == 1
    content = text.replace(old, new).encode()
    return read_quickly({**miniature_data(), file: content}), text[: text.index(old)].count("\n") + 1


def told(dataset: Dataset, lock: Lock) -> list[tuple[str, str, int]]:
    """Return the rule, the place and the line of what is not confirmed."""
    return [(problem.rule, problem.where, problem.line) for problem in sorted(unconfirmed(dataset, lock))]


def test_what_was_confirmed_brings_no_problem(lock: Lock) -> None:
    assert list(unconfirmed(read_miniature(), lock)) == []


def test_confirming_twice_writes_the_same_bytes() -> None:
    assert create_lock(read_miniature()) == create_lock(read_miniature())


def test_a_changed_value_is_told_with_old_and_new(lock: Lock) -> None:
    dataset, line = edited("facts", "value: 33000", "value: 34000")
    (problem,) = unconfirmed(dataset, lock)
    where = "facts.fee-1-year-counter.values.1.value"
    assert (problem.rule, problem.where, problem.line) == ("value-changed", where, line)
    assert "33000" in problem.message("en")
    assert "34000" in problem.message("ja")


def test_a_changed_source_text_makes_its_translation_stale(lock: Lock) -> None:
    dataset, line = edited("faq", "ja: カードについて", "ja: カードのこと")
    assert told(dataset, lock) == [
        ("text-changed", "topics.card.title.ja", line),
        ("translation-stale", "topics.card.title.en", line + 1),
    ]


def test_a_changed_translation_is_told_as_well(lock: Lock) -> None:
    dataset, line = edited("faq", "en: About the card", "en: On the card")
    assert ("text-changed", "topics.card.title.en", line) in told(dataset, lock)


def test_texts_changed_in_every_language_are_not_stale(lock: Lock) -> None:
    dataset, line = edited(
        "faq", "ja: カードについて\n      en: About the card", "ja: カードのこと\n      en: On the card"
    )
    assert told(dataset, lock) == [
        ("text-changed", "topics.card.title.ja", line),
        ("text-changed", "topics.card.title.en", line + 1),
    ]


def test_a_missing_line_is_told_where_it_stood(lock: Lock) -> None:
    dataset, line = edited(
        "sources",
        "    note:\n      ja: 改正より前の文です。\n      en: The text is from before the law changed.\n",
        "",
    )
    assert {(rule, at) for rule, _, at in told(dataset, lock)} == {("part-gone", line)}


@pytest.mark.parametrize(
    ("file", "line", "after"),
    [
        ("faq", "      ja: カードについて\n", 0),
        ("faq", "      en: About the card\n", -1),
        ("site", "    en: This is a guide for tests.\n", -1),
        (EASY, "  procedures.address-change.who.0.text: 引っ越した人です。\n", 0),
    ],
)
def test_a_text_that_is_gone_in_one_language_is_told_beside_it(file: str, line: str, after: int) -> None:
    contents = easy_miniature_data()
    lock = read_lock(create_lock(read_quickly(contents)).encode())
    text = contents[file].decode()
    stood = text[: text.index(line)].count("\n") + 1
    dataset = read_quickly({**contents, file: text.replace(line, "", 1).encode()})
    (gone,) = (problem for problem in unconfirmed(dataset, lock) if problem.rule == "part-gone")
    assert (gone.file, gone.line) == (f"data/{file}.yaml", stood + after)


def test_a_file_that_is_cut_short_is_told_there_and_not_where_its_texts_stand_in_another_language() -> None:
    contents = easy_miniature_data()
    lock = read_lock(create_lock(read_quickly(contents)).encode())
    half, _ = contents["labels"].decode().split("  embed-ends:\n")
    dataset = read_quickly({**contents, "labels": half.encode()})
    assert {(problem.rule, problem.file) for problem in unconfirmed(dataset, lock)} == {
        ("part-gone", "data/labels.yaml")
    }


def test_a_changed_meaning_of_a_term_is_told_at_its_line() -> None:
    contents = easy_miniature_data()
    lock = read_lock(create_lock(read_quickly(contents)).encode())
    text = contents[EASY].decode()
    changed = text.replace("一つになったカード", "一つになったガード", 1)
    (problem,) = unconfirmed(read_quickly({**contents, EASY: changed.encode()}), lock)
    line = text[: text.index("一つになったカード")].count("\n") + 1
    assert (problem.rule, problem.file, problem.line) == ("text-changed", f"data/{EASY}.yaml", line)


def test_the_real_texts_of_further_languages_stand_in_the_order_of_their_records() -> None:
    """A text that is gone is told at its neighbour, which is a neighbour only in this order."""
    dataset = read_dataset(Project(root=HOME).read_data())
    order = [dotted(node.path) for node in walk_dataset(dataset) if isinstance(node.value, Text)]
    for further in dataset.further.values():
        for _, texts in groupby(further.texts(), lambda text: text.partition(".")[0]):
            listed = list(texts)
            assert listed == sorted(listed, key=order.index), further.tag


def test_readings_that_are_gone_are_told() -> None:
    contents = easy_miniature_data()
    lock = read_lock(create_lock(read_quickly(contents)).encode())
    dataset = read_quickly({**contents, "readings": b"words: {}\ncounters: {}\n"})
    assert {problem.rule for problem in unconfirmed(dataset, lock)} == {"part-gone"}


def test_a_missing_record_is_told_where_it_stood(lock: Lock) -> None:
    text = miniature_data()["changes"].decode()
    start = text.index("\n  card-start:")
    dataset = read_quickly({**miniature_data(), "changes": text[:start].encode()})
    assert {rule for rule, _, _ in told(dataset, lock)} == {"part-gone"}


def test_a_new_record_is_told_once_at_its_key(lock: Lock) -> None:
    dataset, line = edited(
        "faq", "\n  money:", "\n  time:\n    title:\n      ja: 時間\n      en: Time\n  money:"
    )
    assert told(dataset, lock) == [("part-new", "topics.time", line + 1)]


def test_a_new_field_is_told_once_at_its_key(lock: Lock) -> None:
    dataset, line = edited(
        "procedures", "    sign: I1\n", "    sign: I1\n    unknown:\n      who: [card-fee]\n"
    )
    assert told(dataset, lock) == [("part-new", "procedures.exchange.unknown", line + 1)]


def test_settings_of_the_publisher_need_no_confirming(lock: Lock) -> None:
    dataset, _ = edited("site", "url: https://miniature.example/", "url: https://other.example/")
    assert told(dataset, lock) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    sign: I1\n    office: bureau\n", "    office: bureau\n    sign: I1\n"),
        ("    sign: I1\n", "    # the first of its kind\n    sign: I1\n"),
        ("    sign: I1\n", '    sign: "I1"\n'),
    ],
)
def test_what_changes_no_meaning_needs_no_confirming(lock: Lock, old: str, new: str) -> None:
    assert told(edited("procedures", old, new)[0], lock) == []


def test_confirming_one_record_leaves_the_others_as_they_were(lock: Lock) -> None:
    content = (
        miniature_data()["facts"]
        .replace(b"value: 33000", b"value: 34000")
        .replace(b"value: 800", b"value: 900")
    )
    dataset = read_quickly({**miniature_data(), "facts": content})
    partly = read_lock(create_lock(dataset, lock, ["facts.fee-1-year-counter"]).encode())
    assert [where for _, where, _ in told(dataset, partly)] == ["facts.mn-reissue-card-fee.value"]
    assert list(partly) == list(lock)


def test_confirming_a_collection_confirms_its_records(lock: Lock) -> None:
    dataset, _ = edited("facts", "value: 33000", "value: 34000")
    assert told(dataset, read_lock(create_lock(dataset, lock, ["facts"]).encode())) == []
    assert told(dataset, read_lock(create_lock(dataset, lock, ["fact"]).encode())) != []


def test_the_report_shows_old_above_new_in_both_languages(lock: Lock) -> None:
    dataset, _ = edited("faq", "ja: カードについて", "ja: カードのこと")
    changes = find_changes(dataset, lock)
    assert (
        format_changes(changes, "en") == "topics.card.title.ja\n  old: カードについて\n  new: カードのこと\n"
    )
    assert "前: カードについて" in format_changes(changes, "ja")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (None, "lock-missing"),
        (b"", "lock-broken"),
        (b"<<<<<<< ours\n{}", "lock-broken"),
        (b"[]", "lock-broken"),
        (b'{"facts.launch": 1}', "lock-broken"),
        (b"\xff\xfe", "lock-broken"),
    ],
)
def test_a_lock_that_cannot_be_read_is_told(content: bytes | None, rule: str) -> None:
    with pytest.raises(DataError) as caught:
        read_lock(content)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.file) == (rule, LOCK_FILE)


@pytest.mark.parametrize(
    "problem",
    [
        pytest.param(Problem(file=LOCK_FILE, line=1, column=1, where="", rule=rule, details=details), id=rule)
        for rule, details in {
            "lock-missing": {},
            "lock-broken": {},
            "value-changed": {"old": "1", "new": "2"},
            "text-changed": {"old": "a", "new": "b"},
            "translation-stale": {"locale": "en"},
            "part-new": {"part": "time"},
            "part-gone": {"part": "note", "old": "a"},
        }.items()
    ],
)
def test_a_problem_says_what_to_run(problem: Problem) -> None:
    assert "confirm" in problem.hint("en")
    assert "confirm" in problem.hint("ja")
