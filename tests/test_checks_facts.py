"""The real data says what the flyer says: the ten names word for word, the counts, the days, the prefectures."""

import datetime
from pathlib import Path

import pytest
from miniatures import find_problems, read_quickly
from mutation.running import real_data

from cardguide.dataset import Dataset

FLYER = Path(__file__).parent / "fixtures" / "isa-flyer-procedures.txt"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Read the real data."""
    return read_quickly(real_data())


def names_on_the_flyer() -> dict[str, list[tuple[str, str]]]:
    """Return the names in Japanese and English by the office under which they stand."""
    lines = [line for line in FLYER.read_text("utf-8").splitlines() if not line.startswith("#")]
    bureau = lines.index("地方入管で At a regional immigration services bureau")
    return {"municipal": pairs(lines[1:bureau]), "bureau": pairs(lines[bureau + 1 :])}


def pairs(lines: list[str]) -> list[tuple[str, str]]:
    return list(zip(lines[::2], lines[1::2], strict=True))


@pytest.mark.parametrize("office", ["municipal", "bureau"])
def test_the_procedures_of_an_office_are_those_of_the_flyer_in_its_order(
    dataset: Dataset, office: str
) -> None:
    here = [procedure for procedure in dataset.procedures.values() if procedure.office == office]
    assert [(procedure.name["ja"], procedure.name["en"]) for procedure in here] == names_on_the_flyer()[
        office
    ]


def test_the_real_data_is_good() -> None:
    assert find_problems(real_data()) == ()


@pytest.mark.parametrize(
    "day", ["2026-06-13", "2026-06-14", "2026-06-15", "2026-09-30", "2026-10-01", "2026-11-23"]
)
def test_the_real_data_is_good_on_every_day_that_is_built(day: str) -> None:
    assert find_problems(real_data(), datetime.date.fromisoformat(day)) == ()


def test_each_prefecture_code_from_01_to_47_belongs_to_one_bureau(dataset: Dataset) -> None:
    codes = [
        code for office in dataset.offices.values() if office.kind == "bureau" for code in office.prefectures
    ]
    assert sorted(codes) == [f"{number:02}" for number in range(1, 48)]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("launch", "2026-06-14"),
        ("format-change", "2026-06-14"),
        ("first-counter-day", "2026-06-15"),
        ("fee-change-2026", "2026-10-01"),
        ("fee-change-2025", "2025-04-01"),
    ],
)
def test_a_day_is_the_day_of_its_source(dataset: Dataset, fact: str, value: str) -> None:
    assert dataset.facts[fact].value == datetime.date.fromisoformat(value)


@pytest.mark.parametrize(
    ("fact", "counter", "online"),
    [
        ("3-months", 10_000, 10_000),
        ("6-months", 18_000, 15_000),
        ("under-1-year", 25_000, 21_000),
        ("1-year", 33_000, 27_000),
        ("under-3-years", 48_000, 42_000),
        ("3-years", 64_000, 56_000),
        ("5-years", 75_000, 65_000),
    ],
)
def test_a_fee_is_that_of_the_table_for_its_day_of_acceptance(
    dataset: Dataset, fact: str, counter: int, online: int
) -> None:
    in_person = dataset.facts[f"fee-extension-{fact}-counter"].values
    by_computer = dataset.facts[f"fee-extension-{fact}-online"].values
    assert [dated.value for dated in in_person] == [4_000, 6_000, counter]
    assert [dated.value for dated in by_computer] == [5_500, online]
    assert [dated.to for dated in in_person][:2] == [datetime.date(2025, 3, 31), datetime.date(2026, 9, 30)]


def test_nothing_is_published_as_a_fact_of_low_confidence(dataset: Dataset) -> None:
    assert {fact.confidence.value for fact in dataset.facts.values() if fact.confidence} <= {"high", "medium"}
