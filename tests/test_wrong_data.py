"""A fault in the data is refused with its place and a way out, and the published site stays as it was."""

import json
import re
from pathlib import Path

import pytest
from miniatures import EASY, easy_miniature_data
from projects import copy_project, replace_once, run, tree

from cardguide.dataset import read_dataset
from cardguide.problems import DataError

TODAY = ("--as-of", "2026-11-23")

LAUNCH = """    value: {}
    sources: [{{source: src-flyer, place: front-launch}}, {{source: src-isa-tokutei-copy, place: whole}}]
    verified_on: 2026-11-23

  launch-words:"""
FAULTS = {
    "an English text is deleted": (
        "procedures.yaml",
        "      en: Application for exchange of a residence card\n",
        "",
    ),
    "a date is changed in one place": (
        "facts.yaml",
        LAUNCH.format("2026-06-14"),
        LAUNCH.format("2026-06-16"),
    ),
    "a check is dated in the future": (
        "facts.yaml",
        LAUNCH.format("2026-06-14"),
        LAUNCH.format("2026-06-14").replace("2026-11-23", "2999-01-01"),
    ),
    "an id is misspelt": (
        "procedures.yaml",
        "related: [damage, card-validity]",
        "related: [damge, card-validity]",
    ),
}


@pytest.mark.parametrize(("name", "old", "new"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_refused_with_its_place_and_the_site_stays(
    scratch: Path, name: str, old: str, new: str
) -> None:
    before = tree(scratch / "dist")
    line = replace_once(scratch / "data" / name, old, new)
    result = run("build", "--root", scratch, *TODAY)
    assert result.returncode == 1, result.stdout + result.stderr
    places = [int(each) for each in re.findall(rf"^data/{name}:(\d+):\d+ ", result.stdout, re.MULTILINE)]
    assert any(abs(place - line) <= 3 for place in places), result.stdout
    assert "hint:" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert tree(scratch / "dist") == before


def test_the_machine_form_has_the_fixed_keys(scratch: Path) -> None:
    replace_once(
        scratch / "data" / "procedures.yaml",
        "related: [damage, card-validity]",
        "related: [damge, card-validity]",
    )
    result = run("check", "--root", scratch, "--format", "json", *TODAY)
    assert result.returncode == 1
    (problem,) = [each for each in json.loads(result.stdout) if each["rule"].startswith("reference")]
    assert set(problem) == {"file", "line", "column", "where", "rule", "message", "hint"}


def test_good_data_is_an_empty_list(project: Path) -> None:
    result = run("check", "--root", project, "--format", "json", *TODAY)
    assert (result.returncode, json.loads(result.stdout)) == (0, [])


def test_messages_speak_japanese(scratch: Path) -> None:
    replace_once(
        scratch / "data" / "procedures.yaml",
        "related: [damage, card-validity]",
        "related: [damge, card-validity]",
    )
    result = run("check", "--root", scratch, "--lang", "ja", *TODAY)
    assert "damage" in result.stdout
    assert re.search(r"[ぁ-ん]", result.stdout)


@pytest.mark.parametrize(
    "arguments", [("--as-of", "2026-6-14"), ("--only", "sites"), ("--root", "/nonexistent"), ("nonsense",)]
)
def test_a_wrong_call_is_told_apart_from_wrong_data(arguments: tuple[str, ...]) -> None:
    result = run(*(arguments if arguments[0] == "nonsense" else ("build", *arguments)))
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "command",
    [("flyer", "A4", "--office", "tokyo"), ("flyers", "A4", "--office", "all")],
    ids=lambda each: each[0],
)
def test_no_sheet_is_printed_from_data_that_nobody_has_confirmed(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    root = copy_project(tmp_path / "project")
    line = replace_once(
        root / "data" / "facts.yaml", LAUNCH.format("2026-06-14"), LAUNCH.format("2026-06-16")
    )
    result = run(*command, "--root", root, "--out", tmp_path / "out", "--lang", "en", *TODAY)
    assert result.returncode == 1, result.stderr
    assert f"data/facts.yaml:{line}:" in result.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["readings", EASY])
def test_a_file_that_a_locale_needs_is_missed_once_and_not_for_each_text(name: str) -> None:
    contents = {file: content for file, content in easy_miniature_data().items() if file != name}
    with pytest.raises(DataError) as raised:
        read_dataset(contents)
    assert [(each.rule, each.file) for each in raised.value.problems] == [
        ("file-missing", f"data/{name}.yaml")
    ]
