"""Faults of the machine that builds: its clock, its terminal, its folders, somebody who edits meanwhile."""

import datetime
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pdf_cases import CASES, fonts, read_case
from projects import HOME, TODAY, copy_project, replace_once, run, tree
from test_edges import clock_at
from test_unbreakable import change, start, wait_for_line

from cardguide import cli
from cardguide.dataset import read_dataset
from cardguide.pdf.press import Press
from cardguide.project import Project
from cardguide.walking import walk_dataset

CLOCKS = ("1970-01-01T00:00", "2025-11-23T00:00", "2027-11-23T12:00", "2038-01-19T03:14", "2100-02-28T23:59")
#: No day of a check in the data is later; a clock that is behind must not matter.
LAST_CHECK = max(
    node.value.verified_on
    for node in walk_dataset(read_dataset(Project(root=HOME).read_data()))
    if isinstance(getattr(node.value, "verified_on", None), datetime.date)
).isoformat()
EPOCHS = ("abc", "", "-1", "100000000000000000000")


@pytest.mark.parametrize("moment", CLOCKS)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/St_Johns"])
def test_the_same_data_is_good_by_any_clock_as_of_the_same_day(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    instant = datetime.datetime.fromisoformat(f"{moment}:00+00:00")
    monkeypatch.setattr("cardguide.terminal.datetime.datetime", clock_at(instant))
    assert cli.main(["check", "--as-of", LAST_CHECK, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("epoch", EPOCHS)
def test_a_strange_epoch_in_the_environment_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    job = read_case(CASES / "good_sheets" / "poster.html").job
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with Press(fonts(), workers=1) as press:
        (plain,) = press.render([job])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with Press(fonts(), workers=1) as press:
        (strange,) = press.render([job])
    assert strange.pdf == plain.pdf


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "latin-1"])
def test_a_terminal_without_a_character_shows_its_number(tmp_path: Path, encoding: str) -> None:
    root = copy_project(tmp_path / "project")
    line = "related: [damage, card-validity]"
    replace_once(root / "data" / "procedures.yaml", line, "related: [𠮷damage, card-validity]")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HOME),
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": encoding,
        "LC_ALL": "C",
    }
    command = [sys.executable, "-m", "cardguide.cli", "check", "--root", str(root), "--lang", "ja"]
    done = subprocess.run(command, env=environment, cwd="/", capture_output=True, check=False)
    assert done.returncode == 1
    assert b"\\U00020bb7damage" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_long_path_with_spaces_and_japanese_is_a_path_like_any_other(tmp_path: Path) -> None:
    deep = tmp_path
    while len(str(deep)) < 240:
        deep /= "案内 の フォルダー " + "x" * 40
    root = copy_project(deep)
    result = run("check", "--root", root, "--as-of", TODAY)
    assert result.returncode == 0, result.stderr


def test_data_that_is_edited_during_a_build_is_built_by_the_next(scratch: Path) -> None:
    change(scratch)
    with start(scratch) as building:
        wait_for_line(building, "pages")
        file = scratch / "data" / "labels.yaml"
        file.write_text(file.read_text("utf-8") + "# edited meanwhile\n", "utf-8")
        building.communicate()
    assert building.returncode == 0
    again = run("build", "--root", scratch, "--as-of", TODAY)
    assert again.returncode == 0, again.stderr
    assert "nothing has changed" not in again.stderr
    assert "nothing has changed" in run("build", "--root", scratch, "--as-of", TODAY).stderr


@pytest.mark.parametrize("name", ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EMFILE"])
def test_a_file_system_that_refuses_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    root = copy_project(tmp_path / "project")
    before = tree(root / "data")

    def refuse(file: Path, *_: object, **__: object) -> int:
        raise OSError(getattr(errno, name), os.strerror(getattr(errno, name)), str(file))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert cli.main(["confirm", "--root", str(root), "--all"]) == 4
    assert os.strerror(getattr(errno, name)) in capsys.readouterr().err
    assert tree(root / "data") == before


class PluginError(BaseException):
    """What a plugin may raise that is no ``Exception``."""


@pytest.mark.parametrize("error", [RuntimeError("broken"), RecursionError("deep"), PluginError("fatal")])
def test_a_fault_of_the_program_is_a_sentence_and_its_own_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("cardguide.checking.read_checked", fail)
    assert cli.main(["check"]) == 5
    said = capsys.readouterr().err
    assert str(error) in said
    assert "--debug" in said
    assert len(said.splitlines()) == 1


def test_a_project_needs_no_repository_around_it(project: Path) -> None:
    assert not any((folder / ".git").exists() for folder in (project, *project.parents))
    manifest = json.loads((project / "dist" / "manifest.json").read_text("utf-8"))
    assert manifest["files"]
