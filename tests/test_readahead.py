"""Files that another process reads ahead are as this process would read them."""

import datetime
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from cardguide.checking import read_checked
from cardguide.cli import main
from cardguide.problems import DataError
from cardguide.project import Project
from cardguide.readahead import ReadAhead, reading_ahead
from cardguide.sidebyside import Fork, run_side_by_side
from cardguide.yamlsource import read_yaml

HOME = Path(__file__).parents[1]
FILE = "data/faq.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project whose only file is one of the real data."""
    (tmp_path / "data").mkdir()
    shutil.copy(HOME / FILE, tmp_path / FILE)
    (tmp_path / "mkdocs.yml").touch()
    return tmp_path


def test_another_process_reads_what_this_one_would_read(monkeypatch: pytest.MonkeyPatch) -> None:
    # Servers of other tests may still have their threads.
    monkeypatch.setattr("cardguide.readahead.can_fork", lambda: True)
    with reading_ahead(HOME) as ahead:
        for path in sorted((HOME / "data").rglob("*.yaml")):
            file, content = path.relative_to(HOME).as_posix(), path.read_bytes()
            assert ahead.read(file, content) == read_yaml(file, content)
            assert ahead.read(file, content) is not read_yaml(file, content)


def test_a_file_that_has_changed_since_is_read_as_it_is_now(root: Path) -> None:
    with reading_ahead(root) as ahead:
        ahead.read(FILE, (root / FILE).read_bytes())
        assert ahead.read(FILE, b"questions: {}\n").data == {"questions": {}}


def test_a_broken_file_says_here_what_is_wrong_with_it(root: Path) -> None:
    (root / FILE).write_bytes(broken := b"questions:\n\tq1: yes\n")
    with reading_ahead(root) as ahead, pytest.raises(DataError) as raised:
        ahead.read(FILE, broken)
    assert {problem.line for problem in raised.value.problems} == {2}


def test_a_link_is_not_followed(root: Path) -> None:
    (root / "data/more.yaml").symlink_to(root / FILE)
    with reading_ahead(root) as ahead:
        assert ahead.read(FILE, b"a: 1\n").data == {"a": 1}
    assert main(["check", "--root", str(root)]) == 4


def test_a_reader_that_was_killed_is_not_missed() -> None:
    fork = Fork[dict[str, object]](partial(os._exit, 1))
    try:
        assert ReadAhead(fork).read(FILE, b"a: 1\n").data == {"a": 1}  # type: ignore[arg-type]
    finally:
        fork.end()


def test_the_data_is_the_same_either_way() -> None:
    day = datetime.date(2026, 11, 26)
    with reading_ahead(HOME) as ahead:
        assert read_checked(Project(root=HOME), day, read=ahead.read) == read_checked(Project(root=HOME), day)


def test_problems_come_from_another_process_whole() -> None:
    def fail() -> None:
        read_yaml(FILE, b"a: yes\nb: 012\n")

    with pytest.raises(DataError) as here:
        fail()
    with pytest.raises(DataError) as there:
        run_side_by_side([fail, lambda: None])
    assert there.value.problems == here.value.problems
    assert len(here.value.problems) == 2
