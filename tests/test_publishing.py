"""Publishing is all or nothing, whatever happens and whenever."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from cardguide import publishing as module
from cardguide.publishing import MANIFEST, PublishError, earlier_trees, publishing, rollback

SINCE = "2026-11-23T10:00:00+09:00"
PROJECT = Path(__file__).parents[1]


def _publish(dist: Path, files: Mapping[str, str]) -> None:
    with publishing(dist, since=SINCE) as fresh:
        for path, text in files.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_text(text, "utf-8")


def _fail_half_way(dist: Path) -> None:
    with publishing(dist, since=SINCE) as fresh:
        (fresh / "index.html").write_text("half", "utf-8")
        raise LookupError


def _tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def _neighbours(dist: Path) -> set[str]:
    return {path.name for path in dist.parent.iterdir()}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "特定 在留" / "dist"
    _publish(folder, {"index.html": "first", "ja/old.html": "first"})
    return folder


def test_a_build_that_ends_well_takes_the_place_of_the_one_before(dist: Path) -> None:
    _publish(dist, {"index.html": "second"})
    assert _tree(dist) == {"index.html": "second"}
    assert _neighbours(dist) == {"dist", ".dist.previous", ".dist.lock"}


def test_the_manifest_lists_every_file_with_its_hash(dist: Path) -> None:
    listed = json.loads((dist / MANIFEST).read_text("utf-8"))["files"]
    assert set(listed) == {"index.html", "ja/old.html"}
    assert listed["index.html"] == "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e"


def test_a_build_that_fails_changes_nothing(dist: Path) -> None:
    with pytest.raises(LookupError):
        _fail_half_way(dist)
    assert _tree(dist) == {"index.html": "first", "ja/old.html": "first"}
    assert _neighbours(dist) == {"dist", ".dist.lock"}


def test_rollback_brings_the_tree_before_back_and_again_forth(dist: Path) -> None:
    _publish(dist, {"index.html": "second"})
    rollback(dist, since=SINCE)
    assert _tree(dist)["index.html"] == "first"
    rollback(dist, since=SINCE)
    assert _tree(dist)["index.html"] == "second"


def test_the_last_three_trees_before_the_published_one_are_kept(dist: Path) -> None:
    for text in ("second", "third", "fourth", "fifth"):
        _publish(dist, {"index.html": text})
    kept = [_tree(folder)["index.html"] for folder in earlier_trees(dist)]
    assert kept == ["fourth", "third", "second"]
    assert _neighbours(dist) == {"dist", ".dist.lock", *(folder.name for folder in earlier_trees(dist))}


def test_rollback_goes_back_several_builds_and_forth_again(dist: Path) -> None:
    for text in ("second", "third"):
        _publish(dist, {"index.html": text})
    rollback(dist, since=SINCE, steps=2)
    assert _tree(dist)["index.html"] == "first"
    rollback(dist, since=SINCE, steps=2)
    assert _tree(dist)["index.html"] == "third"
    with pytest.raises(PublishError, match=r"no earlier tree .*; 2 are kept"):
        rollback(dist, since=SINCE, steps=3)
    assert _tree(dist)["index.html"] == "third"


def test_a_slot_that_a_kill_has_left_empty_is_closed_by_the_next_build(dist: Path) -> None:
    for text in ("second", "third"):
        _publish(dist, {"index.html": text})
    first, second = earlier_trees(dist)
    second.rename(first.with_name(".dist.previous-3"))
    _publish(dist, {"index.html": "fourth"})
    kept = [_tree(folder)["index.html"] for folder in earlier_trees(dist)]
    assert kept == ["third", "second", "first"]


def test_rollback_without_an_earlier_tree_says_so(dist: Path) -> None:
    with pytest.raises(PublishError, match="no earlier tree"):
        rollback(dist, since=SINCE)


def test_where_folders_cannot_be_exchanged_two_renames_do(
    dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_exchange", lambda _one, _other: False)
    _publish(dist, {"index.html": "second"})
    assert _tree(dist) == {"index.html": "second"}
    rollback(dist, since=SINCE)
    assert _tree(dist)["index.html"] == "first"


def test_a_build_killed_between_the_two_renames_is_mended_by_the_next(dist: Path) -> None:
    dist.rename(dist.with_name(".dist.previous"))
    with pytest.raises(RuntimeError), publishing(dist, since=SINCE):
        raise RuntimeError
    assert _tree(dist)["index.html"] == "first"


def test_a_second_build_is_told_who_is_building_since_when(dist: Path) -> None:
    words = f"process {os.getpid()}, since {SINCE}"
    with publishing(dist, since=SINCE), pytest.raises(PublishError, match=words.replace("+", r"\+")):
        _publish(dist, {"index.html": "second"})


def test_a_lock_file_that_a_dead_build_has_left_stops_nobody(dist: Path) -> None:
    dist.with_name(".dist.lock").write_text('{"pid": 1, "since": "2020-01-01"}', "utf-8")
    _publish(dist, {"index.html": "second"})
    assert _tree(dist) == {"index.html": "second"}


def test_a_file_of_somebody_else_in_the_output_is_never_deleted(dist: Path) -> None:
    (dist / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(PublishError, match="no build has written"):
        _publish(dist, {"index.html": "second"})
    assert (dist / "notes.txt").read_text("utf-8") == "mine"


def _folder_with(folder: Path, path: str) -> Path:
    file = folder / "out" / path
    file.parent.mkdir(parents=True)
    file.write_text("mine", "utf-8")
    return folder / "out"


def _link(folder: Path) -> Path:
    (folder / "real").mkdir()
    (folder / "out").symlink_to(folder / "real")
    return folder / "out"


def _file(folder: Path) -> Path:
    (folder / "out").write_text("mine", "utf-8")
    return folder / "out"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: Path("/"), "root of the file system"),
        (lambda _: Path.home(), "home folder"),
        (lambda folder: _folder_with(folder, ".git/config"), "holds a repository"),
        (lambda folder: _folder_with(folder, "thesis.doc"), "no build has written"),
        (_link, "symbolic link"),
        (_file, "is a file"),
    ],
    ids=["root", "home", "repository", "foreign files", "link", "file"],
)
def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path, make: object, words: str) -> None:
    assert callable(make)
    with pytest.raises(PublishError, match=words):
        _publish(make(tmp_path), {"index.html": "new"})


def test_a_full_disk_is_told_with_what_is_free_after_the_leftovers_are_gone(dist: Path) -> None:
    with pytest.raises(PublishError, match=r"\.dist\.fresh/ja/x: .*, \d+ MB free"):
        _run_full(dist)
    assert _tree(dist) == {"index.html": "first", "ja/old.html": "first"}
    assert _neighbours(dist) == {"dist", ".dist.lock"}


def _run_full(dist: Path) -> None:
    with publishing(dist, since=SINCE) as fresh:
        raise OSError(errno.ENOSPC, "No space left on device", str(fresh / "ja" / "x"))


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    _publish(tmp_path / "out", {"index.html": "new"})
    assert _tree(tmp_path / "out") == {"index.html": "new"}


def test_modes_do_not_depend_on_the_umask(dist: Path) -> None:
    before = os.umask(0o077)
    try:
        _publish(dist, {"ja/index.html": "second"})
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in [dist, *dist.rglob("*")]}
    assert modes == {"dist": 0o755, "ja": 0o755, "index.html": 0o644, MANIFEST: 0o644}


_BUILDER = """
import sys
from pathlib import Path
from cardguide.publishing import publishing
while True:
    with publishing(Path(sys.argv[1]), since="now") as fresh:
        old = Path(sys.argv[1], "0").read_text() if Path(sys.argv[1], "0").exists() else "0"
        for number in range(40):
            (fresh / str(number)).write_text(str(int(old) + 1))
    print("published", flush=True)
"""


@pytest.mark.parametrize("milliseconds", range(0, 60, 5))
def test_a_kill_at_any_moment_leaves_one_whole_tree(tmp_path: Path, milliseconds: int) -> None:
    dist = tmp_path / "dist"
    with subprocess.Popen(
        [sys.executable, "-c", _BUILDER, str(dist)], cwd=PROJECT, stdout=subprocess.PIPE
    ) as builder:
        assert builder.stdout
        builder.stdout.readline()
        time.sleep(milliseconds / 1000)  # the random moment itself, not a wait for something
        builder.send_signal(signal.SIGKILL)
    texts = set(_tree(dist).values())
    assert len(texts) == 1, "files of two builds in one tree"
    assert len(_tree(dist)) == 40
    _publish(dist, {"index.html": "after"})
    assert _tree(dist) == {"index.html": "after"}
    assert _neighbours(dist) - {folder.name for folder in earlier_trees(dist)} == {"dist", ".dist.lock"}
