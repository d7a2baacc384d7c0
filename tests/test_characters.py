"""The character rules: each finds its faulty runs, and leaves alone what only resembles them."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardguide.characters import character_problems, has_character_problems
from cardguide.problems import Problem, rules

CASES = tomllib.loads((Path(__file__).parent / "cases" / "characters.toml").read_text("utf-8"))
BAD = [(rule, *case) for rule, cases in CASES.items() for case in cases["bad"]]
GOOD = [case for cases in CASES.values() for case in cases["good"]]


@pytest.mark.parametrize(("rule", "locale", "text", "found", "fixed"), BAD)
def test_a_faulty_run_is_found_at_its_place_with_its_replacement(
    rule: str, locale: str, text: str, found: str, fixed: str
) -> None:
    faults = [
        (fault.position, fault.details["found"], fault.details["fixed"])
        for fault in character_problems(text, locale)
        if fault.rule == rule
    ]
    assert (text.index(found), found, fixed) in faults


@pytest.mark.parametrize(("locale", "text"), GOOD)
def test_a_good_text_has_no_fault(locale: str, text: str) -> None:
    assert list(character_problems(text, locale)) == []


@pytest.mark.parametrize(("locale", "text"), [case[1:3] for case in BAD])
def test_typing_every_replacement_leaves_no_fault(locale: str, text: str) -> None:
    for _ in range(3):
        for fault in reversed(list(character_problems(text, locale))):
            end = fault.position + len(fault.details["found"])
            text = text[: fault.position] + fault.details["fixed"] + text[end:]
    assert list(character_problems(text, locale)) == []


@pytest.mark.parametrize(("locale", "text"), [*(case[1:3] for case in BAD), *GOOD])
def test_one_look_at_many_texts_tells_whether_one_of_them_is_faulty(locale: str, text: str) -> None:
    is_faulty = any(True for _ in character_problems(text, locale))
    assert has_character_problems(text, locale) is is_faulty
    if text == text.strip():  # an edge in the middle is none
        assert has_character_problems(f"Card\n{text}\ncard", locale) is is_faulty


def test_every_rule_with_words_has_a_failing_and_a_passing_sample() -> None:
    assert set(CASES) == {rule for rule in rules() if rule.startswith("character-")}
    assert all(cases["bad"] and cases["good"] for cases in CASES.values())


@pytest.mark.parametrize(("rule", "locale", "text"), [case[:3] for case in BAD])
def test_the_words_of_a_fault_name_it_in_both_languages(rule: str, locale: str, text: str) -> None:
    fault = next(fault for fault in character_problems(text, locale) if fault.rule == rule)
    problem = Problem(file="data/case.yaml", line=1, column=1, where="a", rule=rule, details=fault.details)
    japanese = problem.message("ja") + problem.hint("ja")
    english = problem.message("en") + problem.hint("en")
    assert re.search(r"[ぁ-ん]", japanese)
    assert re.search(r"[A-Za-z]{4}", english)
    assert not re.search(r"\{\w+\}", japanese + english)


def test_a_run_that_a_name_needs_can_be_allowed() -> None:
    assert list(character_problems("\ufa19", "ja", allowed={"\ufa19"})) == []


def test_the_faults_of_a_text_come_in_order() -> None:
    text = "ｶｰﾄﾞは２枚①まで\u200bです"
    positions = [fault.position for fault in character_problems(text, "ja")]
    assert positions == [0, 5, 7, 10]


@given(st.text(), st.sampled_from(["ja", "en", "easy", "fa", "ru", "zh-Hans"]))
def test_any_text_whatever_can_be_checked(text: str, locale: str) -> None:
    faults = list(character_problems(text, locale))
    assert all(text.startswith(fault.details["found"], fault.position) for fault in faults)
    assert has_character_problems(text, locale) is bool(faults)
