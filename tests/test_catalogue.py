"""Every fault of the catalogue is covered by tests that are there, or says why not."""

import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from test_faults_of_data import FAULTS

HERE = Path(__file__).parent
GROUPS = {
    "the-form-of-a-file": range(1, 40),
    "facts-that-contradict-each-other": range(40, 68),
    "languages": range(70, 89),
    "characters": range(90, 103),
    "links": range(110, 122),
    "hostile-text": range(130, 148),
    "sheets": range(150, 166),
    "the-machine": range(170, 200),
    "the-built-site": range(200, 211),
}
ALL, COVERED = 186, 186
NOT = "not covered: "
CATALOGUE = tomllib.loads((HERE / "catalogue.toml").read_text("utf-8"))
ENTRIES = {number: entry for group in CATALOGUE.values() for number, entry in group.items()}
NAMED = sorted(
    {test for _, *tests in ENTRIES.values() for test in tests if test != "data" and NOT not in test}
)


@cache
def collected() -> tuple[str, ...]:
    """Return the name of every test in the files that the catalogue names."""
    files = sorted({test.partition("::")[0] for test in NAMED})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *(str(HERE / file) for file in files)],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(line.removeprefix("tests/") for line in done.stdout.splitlines() if "::" in line)


def test_the_catalogue_has_every_number_once_and_in_its_group() -> None:
    assert {group: list(entries) for group, entries in CATALOGUE.items()} == {
        group: [f"F{number:03}" for number in numbers] for group, numbers in GROUPS.items()
    }
    assert len(ENTRIES) == ALL


def is_there(test: str) -> bool:
    """Say whether tests of this name, or those of its parameters that it begins, are collected."""
    begins = test if test.endswith("]") or "[" in test else f"{test}["
    return any(each == test or each.startswith(begins) for each in collected())


@pytest.mark.parametrize("test", NAMED)
def test_a_test_that_the_catalogue_names_is_there(test: str) -> None:
    assert is_there(test)


def test_a_name_that_no_test_has_would_be_seen() -> None:
    assert not is_there("test_catalogue.py::test_nothing")
    assert not is_there(NAMED[0].partition("[")[0][:-1])


def test_every_edit_of_the_data_has_its_entry_and_the_reverse() -> None:
    said = {number for number, (_, *tests) in ENTRIES.items() if "data" in tests}
    assert said == {fault.number for fault in FAULTS}


def test_a_fault_without_a_test_says_why_and_there_are_few() -> None:
    open_faults = {
        number: tests for number, (_, *tests) in ENTRIES.items() if any(NOT in test for test in tests)
    }
    assert all(len(tests) == 1 and tests[0].removeprefix(NOT) for tests in open_faults.values())
    assert all(tests for _, *tests in ENTRIES.values())
    assert len(ENTRIES) - len(open_faults) >= COVERED
