"""Every rule has a sample that breaks it, one that does not, and words in both languages."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib import resources

import pytest
from miniatures import easy_miniature_data, miniature_data, read_miniature, read_quickly
from projects import HOME
from test_checks_rules import FAILING, PASSING

from cardguide.confirming import Lock, create_lock, read_lock, unconfirmed
from cardguide.dataset import read_dataset
from cardguide.flyerplan import check_plan, read_plans
from cardguide.problems import DataError, Problem, rules
from cardguide.project import Project

# Families of rules that a test of their own breaks one by one, and the samples that pass them all.
FAMILIES = {
    "yaml-": ("test_yamlsource.test_every_rule_of_the_reader_occurs_in_a_failing_case", "yaml_good"),
    "character-": ("test_characters.test_every_rule_with_words_has_a_failing_and_a_passing_sample", "good"),
    "sheet-": (
        "test_pdf_sheets.test_every_rule_about_sheets_is_broken_by_a_sheet_or_by_a_spoiled_file",
        "good_sheets",
    ),
    "proof-": ("test_proofs.test_every_proof_was_seen_to_fail", "the real tree"),
    "imprint-": ("test_imprint.test_every_rule_of_lists_is_broken_by_a_list", "imprints/good"),
}

Finding = Callable[[], Iterable[Problem]]


def lock() -> Lock:
    """Return the miniature as confirmed."""
    return read_lock(create_lock(read_miniature()).encode())


def refused(read: Callable[[], object]) -> tuple[Problem, ...]:
    """Return the problems for which something is not read."""
    try:
        read()
    except DataError as error:
        return error.problems
    return ()


def after(file: str, old: str, new: str) -> Finding:
    """Return what finds whatever is unconfirmed after an edit of the miniature."""
    content = miniature_data()[file].replace(old.encode(), new.encode())
    assert content != miniature_data()[file]
    return lambda: tuple(unconfirmed(read_quickly({**miniature_data(), file: content}), lock()))


def with_plan(old: str, new: str) -> Finding:
    """Return what finds whatever is wrong with an edited plan of a flyer."""

    def find() -> Iterable[Problem]:
        files = dict(Project(root=HOME).paper_files)
        files["a4/sheet.yaml"] = files["a4/sheet.yaml"].replace(old, new, 1)
        dataset = read_dataset(Project(root=HOME).read_data())
        try:
            return [problem for plan in read_plans(files) for problem in check_plan(plan, dataset)]
        except DataError as error:
            return error.problems

    return find


UNCHANGED: Finding = lambda: tuple(unconfirmed(read_miniature(), lock()))  # noqa: E731
"""What was confirmed and left alone."""
# Rules that no edit of one record breaks: (what breaks it, what does not).
OTHERS: Mapping[str, tuple[Finding, Finding]] = {
    "file-missing": (
        lambda: refused(lambda: read_dataset({k: v for k, v in miniature_data().items() if k != "faq"})),
        lambda: refused(lambda: read_dataset(miniature_data())),
    ),
    "locale-file-unknown": (
        lambda: refused(lambda: read_dataset({**easy_miniature_data(), "site": miniature_data()["site"]})),
        lambda: refused(lambda: read_dataset(easy_miniature_data())),
    ),
    "lock-missing": (lambda: refused(lambda: read_lock(None)), lambda: refused(lock)),
    "lock-broken": (lambda: refused(lambda: read_lock(b"<<<<<<< ours")), lambda: refused(lock)),
    "value-changed": (after("facts", "value: 33000", "value: 34000"), UNCHANGED),
    "text-changed": (after("faq", "en: Money", "en: Costs"), UNCHANGED),
    "translation-stale": (after("faq", "ja: お金について", "ja: 手数料について"), UNCHANGED),
    "part-new": (after("procedures", "    sign: I1\n", "    sign: I1\n    unknown: {who: [card-fee]}\n"), UNCHANGED),
    "part-gone": (after("offices", "    listed: false\n", ""), UNCHANGED),
    "flyer-plan": (with_plan("  launch: launch", "  lunch: launch"), with_plan("", "")),
    "flyer-id": (with_plan("lead: [what-it-is", "lead: [what-it-si"), with_plan("", "")),
}  # fmt: skip


def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return the words of every rule."""
    return tomllib.loads(resources.files("cardguide").joinpath("messages.toml").read_text("utf-8"))


def test_every_rule_has_a_sample_that_breaks_it_and_one_that_does_not() -> None:
    in_families = {rule for rule in rules() if rule.startswith(tuple(FAMILIES))}
    broken = {sample.rule for sample in FAILING} | OTHERS.keys() | in_families
    passed = {sample.rule for sample in PASSING} | OTHERS.keys() | in_families
    assert broken == set(rules())
    assert passed == set(rules())


@pytest.mark.parametrize("place", [test for test, _ in FAMILIES.values()])
def test_the_test_that_breaks_a_family_is_there(place: str) -> None:
    module, _, test = place.partition(".")
    assert f"def {test}(" in (HOME / "tests" / f"{module}.py").read_text("utf-8")


@pytest.mark.parametrize("rule", OTHERS)
def test_a_rule_that_no_edit_of_a_record_breaks_is_broken_by_its_sample_alone(rule: str) -> None:
    breaks, passes = OTHERS[rule]
    found = [problem for problem in breaks() if problem.rule == rule]
    assert found
    assert [problem for problem in passes() if problem.rule == rule] == []
    for problem in found:
        for words in (problem.message("ja"), problem.hint("ja"), problem.message("en"), problem.hint("en")):
            assert words
            assert not re.search(r"\{\w+\}", words)


@pytest.mark.parametrize("rule", catalogue())
def test_every_message_and_hint_is_there_in_both_languages_with_the_same_values(rule: str) -> None:
    words = catalogue()[rule]
    assert set(words) - {"severity"} == {"ja", "en", "hint_ja", "hint_en"}
    for japanese, english in (("ja", "en"), ("hint_ja", "hint_en")):
        assert re.search(r"[ぁ-ん]|\}$", words[japanese])
        assert not re.search(r"[ぁ-ん]", re.sub(r"[“「][^”」]*[”」]", "", words[english]))
    assert values(words, "ja") == values(words, "en")


def values(words: Mapping[str, str], language: str) -> set[str]:
    """Return the names of the values that a message and its hint show in a language."""
    shown = f"{words[language]} {words[f'hint_{language}']}"
    return {name.removesuffix(f"_{language}") for name in re.findall(r"(?<!\{)\{(\w+)\}(?!\})", shown)}


def test_a_message_and_its_hint_are_three_lines_at_most() -> None:
    width = 100
    lines = [
        -(-len(words["en"]) // width) + -(-len(words["hint_en"]) // width) for words in catalogue().values()
    ]
    assert sorted(lines)[len(lines) // 2] <= 3
