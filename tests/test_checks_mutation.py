"""A seeded sample of wrong edits of the real data is refused at its line, and careful edits bring no problem."""

import pytest
from mutation.judging import AT_THE_LINE, Verdict
from mutation.operators import OPERATORS
from mutation.running import choose_mutants, create_benign, describe, false_alarms, judge_all, real_data

SEED = 20260614


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    """Judge a few mutants of every operator."""
    contents = real_data()
    return list(judge_all(contents, choose_mutants(contents, 2, SEED), with_rules=False, workers=1))


def test_there_are_more_than_thirty_operators_and_each_fits_somewhere(verdicts: list[Verdict]) -> None:
    assert len(OPERATORS) >= 30
    assert {verdict.mutant.operator for verdict in verdicts} >= set(OPERATORS)


def test_every_wrong_edit_is_refused_on_its_line(verdicts: list[Verdict]) -> None:
    assert [describe(verdict) for verdict in verdicts if verdict.whole != AT_THE_LINE] == []


def test_careful_edits_bring_no_problem() -> None:
    contents = real_data()
    assert list(false_alarms(contents, create_benign(contents, 2, SEED))) == []
