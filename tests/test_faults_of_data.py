"""Faults of the catalogue that an edit of the data can make: each is refused on its line, by its rule, in words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from miniatures import TOMORROW, find_problems, miniature_data

from cardguide.problems import Problem

CASES = Path(__file__).parent / "cases" / "faults"
NEAR = 1
"""Lines between the edit and the place that a message may name."""


@dataclass(frozen=True)
class Fault:
    """One edit of the miniature, and the rule that must refuse it, at ``where`` if it is told elsewhere."""

    number: str
    sample: int
    file: str
    record: str
    old: str
    new: str
    rule: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.number}-{self.sample}-{self.rule}"

    @property
    def lines(self) -> range:
        """The lines that the edit makes or leaves, those that hold it included."""
        text, place = self._place()
        first = text.count("\n", 0, place) + 1
        return range(first - NEAR, first + self.new.count("\n") + NEAR + 1)

    def edit(self) -> dict[str, bytes]:
        """Return the files with the edit."""
        text, place = self._place()
        new = self.new.replace("{tomorrow}", TOMORROW)
        edited = text[:place] + new + text[place + len(self.old) :]
        return {**miniature_data(), self.file: edited.encode()}

    def _place(self) -> tuple[str, int]:
        text = miniature_data()[self.file].decode()
        start = text.index(f"\n  {self.record}:\n") if self.record else 0
        return text, text.index(self.old, start)


FAULTS = [
    Fault(number, sample, *edit)
    for file in sorted(CASES.glob("*.yaml"))
    for number, edits in yaml.safe_load(file.read_text("utf-8")).items()
    for sample, edit in enumerate(edits, start=1)
]


@cache
def problems_of(fault: Fault) -> tuple[Problem, ...]:
    """Return what is wrong with the miniature once the fault was made."""
    return find_problems(fault.edit())


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_refused_on_its_line_by_its_rule(fault: Fault) -> None:
    found = [(problem.rule, problem.where, problem.line) for problem in problems_of(fault)]
    assert [
        line
        for rule, where, line in found
        if rule == fault.rule and (where == fault.where if fault.where else line in fault.lines)
    ], found


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_what_is_said_of_a_fault_is_said_in_both_languages(fault: Fault) -> None:
    for problem in problems_of(fault):
        assert problem.message("ja") != problem.message("en")
        assert problem.hint("ja") != problem.hint("en")
