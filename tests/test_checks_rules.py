"""Every rule between records is broken by its failing samples, where they say, and by no passing one."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from miniatures import EASY, TOMORROW, easy_miniature_data, find_problems, miniature_data

from cardguide import checks
from cardguide.checks import links
from cardguide.problems import Problem, rules
from cardguide.views import pages

CASES = Path(__file__).parent / "cases" / "checks"
MINIATURE, EASY_MINIATURE = miniature_data(), easy_miniature_data()
EASY_FILES = frozenset({EASY, "readings"})


@dataclass(frozen=True)
class Sample:
    """One edit of the miniature; ``where`` is where the rule is broken, or empty if nothing is wrong.

    ``{tomorrow}`` in it is the day after that of the tests, which follows from the data.
    """

    rule: str
    file: str
    record: str
    old: str
    new: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.file}.{self.record} {self.old.strip()[:24]} -> {self.new.strip()[:40]}"

    @property
    def says_the_value(self) -> bool:
        """Tell an edit of one line whose value is what the rule complains about."""
        key, _, _ = self.old.strip().rpartition(":")
        return bool(key) and "\n" not in self.old + self.new and self.where.endswith(f".{key.strip('- ')}")

    def edit(self) -> tuple[dict[str, bytes], int]:
        """Return the files with the edit, and its line."""
        files = EASY_MINIATURE if self.file in EASY_FILES else MINIATURE
        text = files[self.file].decode()
        start = text.index(f"\n  {self.record}:\n") if self.record else 0
        place = text.index(self.old, start)
        edited = text[:place] + self.new.replace("{tomorrow}", TOMORROW) + text[place + len(self.old) :]
        return {**files, self.file: edited.encode()}, text.count("\n", 0, place) + 1


def read_samples(side: str) -> list[Sample]:
    families: list[dict[str, Any]] = [
        yaml.safe_load(file.read_text("utf-8")) for file in sorted(CASES.glob("*.yaml"))
    ]
    return [
        Sample(rule, *edit) for family in families for rule, sides in family.items() for edit in sides[side]
    ]


FAILING = read_samples("failing")
PASSING = read_samples("passing")


@cache
def problems_after(sample: Sample) -> tuple[Problem, ...]:
    """Return what is wrong with the miniature once the edit was made."""
    return find_problems(sample.edit()[0])


def test_the_miniature_itself_is_good() -> None:
    assert find_problems(MINIATURE) == ()
    assert find_problems(EASY_MINIATURE) == ()


@pytest.mark.parametrize("sample", FAILING, ids=str)
def test_a_broken_rule_is_told_where_it_is_broken(sample: Sample) -> None:
    found = problems_after(sample)
    told = [problem for problem in found if (problem.rule, problem.where) == (sample.rule, sample.where)]
    assert told, [(problem.rule, problem.where, problem.line) for problem in found]


@pytest.mark.parametrize("sample", [sample for sample in FAILING if sample.says_the_value], ids=str)
def test_a_wrong_value_is_told_at_its_line(sample: Sample) -> None:
    line = sample.edit()[1]
    assert line in {problem.line for problem in problems_after(sample) if problem.rule == sample.rule}


@pytest.mark.parametrize("sample", FAILING, ids=str)
def test_a_problem_speaks_japanese_and_english(sample: Sample) -> None:
    for problem in problems_after(sample):
        for words in (problem.message("ja"), problem.hint("ja"), problem.message("en"), problem.hint("en")):
            assert words.strip()
        assert problem.message("ja") != problem.message("en")


@pytest.mark.parametrize("sample", PASSING, ids=str)
def test_what_is_right_brings_no_problem(sample: Sample) -> None:
    found = problems_after(sample)
    assert found == (), [(problem.rule, problem.where, problem.line) for problem in found]


def test_every_rule_between_records_has_a_failing_and_a_passing_sample() -> None:
    here = rules_between_records()
    assert here - {sample.rule for sample in FAILING} == set()
    assert here - {sample.rule for sample in PASSING} == set()


def rules_between_records() -> set[str]:
    """Return the rules that the modules of the checks name."""
    sources = (file.read_text("utf-8") for file in (Path(checks.__file__).parent).glob("*.py"))
    named = {word for source in sources for word in re.findall(r'"([a-z-]+)"', source)}
    return named & set(rules())


def test_the_parts_that_a_page_may_name_are_those_that_the_views_make() -> None:
    assert set(links.PARTS) == set(pages.PARTS)
