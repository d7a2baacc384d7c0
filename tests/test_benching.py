"""The bench reports what it measured, beside its goals and yardsticks; it is run by hand, since machines differ."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from miniatures import miniature_data
from projects import HOME, run

from cardguide.benching import find_ratios, format_json, format_table
from cardguide.benching.growth import double_languages, multiply_records
from cardguide.benching.measures import Measure, measure_process
from cardguide.dataset import read_dataset
from cardguide.project import Project

MEASURES = (
    Measure(name="check", seconds=0.4, processor=0.3, megabytes=90, goal=0.5),
    Measure(name="everything, cold", seconds=16, processor=25, megabytes=300, goal=15),
    Measure(name="our pages from staged", seconds=3, processor=5),
    Measure(name="zensical, same pages", seconds=6, processor=2),
)


def test_the_table_says_which_goals_are_met() -> None:
    lines = format_table(MEASURES).splitlines()
    assert next(line for line in lines if line.startswith("check")).endswith("within 0.5")
    assert next(line for line in lines if line.startswith("everything")).endswith("ABOVE 15")
    assert next(line for line in lines if line.startswith("most memory")).endswith("within 500")


def test_the_json_holds_measures_and_ratios() -> None:
    report = json.loads(format_json(MEASURES))
    assert report["measures"][0] == {
        "name": "check", "seconds": 0.4, "processor": 0.3, "megabytes": 90, "goal": 0.5,
    }  # fmt: skip
    assert report["megabytes"] == 300
    assert report["ratios"] == [
        {"name": "locales side by side / Zensical, same pages", "seconds": 0.5, "processor": 2.5, "goal": 0.6}
    ]


def test_a_yardstick_that_is_not_installed_is_left_out() -> None:
    assert list(find_ratios(MEASURES[:3])) == []


def test_a_process_is_measured_with_all_that_it_has_started() -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(80_000_000)'])"
    measure = measure_process("work", (sys.executable, "-c", work))
    assert measure.processor > 0
    assert measure.megabytes > 76
    with pytest.raises(CalledProcessError):
        measure_process("failure", (sys.executable, "-c", "raise SystemExit(1)"))


def test_records_and_languages_multiply() -> None:
    dataset = read_dataset(miniature_data())
    many = multiply_records(dataset, 3)
    assert len(many.procedures) == 3 * len(dataset.procedures)
    assert {record.id for record in many.procedures.values()} == set(many.procedures)


@pytest.mark.parametrize(
    "contents", [miniature_data(), Project(root=HOME).read_data()], ids=["small", "ours"]
)
def test_a_copy_of_a_language_says_the_same_wherever_its_texts_stand(contents: Mapping[str, bytes]) -> None:
    spoken, copies = double_languages(contents)
    assert len(spoken.locales) == 2 * len(copies)
    for tag, copy in copies.items():
        assert spoken.labels_in(copy) == spoken.labels_in(tag)
        assert {copy in text.root for text in (spoken.site.name, *spoken.labels.values())} == {True}


def test_the_command_takes_numbers_only(tmp_path: Path) -> None:
    assert run("bench", "--root", tmp_path, "--scales", "1,x").returncode == 2
