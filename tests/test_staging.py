"""Staging writes what changed, removes what it staged before, and leaves everything else alone."""

import os
from pathlib import Path

import pytest

from cardguide.artifacts import Artifact, text_artifact
from cardguide.staging import MANIFEST, write_staged


def _paths(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def _identities(folder: Path) -> dict[str, tuple[int, int]]:
    stats = {path: (folder / path).stat() for path in _paths(folder)}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in stats.items()}


def _artifacts(*paths: str) -> list[Artifact]:
    return [text_artifact(path, f"the text of {path}\n") for path in paths]


def test_a_second_run_with_the_same_artifacts_touches_no_file(tmp_path: Path) -> None:
    write_staged(tmp_path, _artifacts("ja/index.md", "en/index.md"))
    before = _identities(tmp_path)
    report = write_staged(tmp_path, _artifacts("ja/index.md", "en/index.md"))
    assert not report.changed
    assert report.unchanged == 2
    assert _identities(tmp_path) == before


def test_only_the_changed_file_is_written(tmp_path: Path) -> None:
    write_staged(tmp_path, _artifacts("ja/index.md", "en/index.md"))
    report = write_staged(tmp_path, [*_artifacts("ja/index.md"), text_artifact("en/index.md", "other\n")])
    assert report.written == ("en/index.md",)
    assert (tmp_path / "en/index.md").read_text("utf-8") == "other\n"


def test_what_is_no_longer_an_artifact_goes_with_its_empty_folders(tmp_path: Path) -> None:
    write_staged(tmp_path, _artifacts("ja/index.md", "ja/procedures/old/index.md"))
    report = write_staged(tmp_path, _artifacts("ja/index.md"))
    assert report.removed == ("ja/procedures/old/index.md",)
    assert not (tmp_path / "ja/procedures").exists()
    assert (tmp_path / "ja/index.md").exists()


def test_a_file_that_nobody_staged_stays(tmp_path: Path) -> None:
    write_staged(tmp_path, _artifacts("ja/old.md"))
    (tmp_path / "ja/notes.txt").write_text("mine", "utf-8")
    write_staged(tmp_path, _artifacts("en/index.md"))
    assert (tmp_path / "ja/notes.txt").read_text("utf-8") == "mine"


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    write_staged(tmp_path, _artifacts("data/v1"))
    write_staged(tmp_path, _artifacts("data/v1/procedures.json"))
    write_staged(tmp_path, _artifacts("data/v1"))
    assert _paths(tmp_path) == [MANIFEST, "data/v1"]


@pytest.mark.parametrize("mask", [0o077, 0o000])
def test_modes_do_not_depend_on_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_staged(tmp_path / "staged", _artifacts("ja/index.md"))
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "staged").rglob("*")}
    assert modes == {"ja": 0o755, "index.md": 0o644, MANIFEST: 0o644}


def test_two_artifacts_for_one_path_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"ja/index\.md"):
        write_staged(tmp_path / "staged", _artifacts("ja/index.md", "ja/index.md"))
    assert not (tmp_path / "staged").exists()


def test_a_symbolic_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", "utf-8")
    (tmp_path / "staged").mkdir()
    (tmp_path / "staged/page.md").symlink_to(outside)
    with pytest.raises(FileExistsError, match=r"page\.md"):
        write_staged(tmp_path / "staged", _artifacts("page.md"))
    assert outside.read_text("utf-8") == "mine"


def test_the_next_run_mends_what_a_killed_run_has_left(tmp_path: Path) -> None:
    write_staged(tmp_path, _artifacts("ja/a.md", "ja/b.md"))
    # As a kill would: the manifest already names c, the file is half there under its unfinished name.
    (tmp_path / MANIFEST).write_text('["ja/a.md", "ja/b.md", "ja/c.md"]', "utf-8")
    (tmp_path / ".staging~").write_text("half", "utf-8")
    (tmp_path / "ja/c.md").write_text("left over", "utf-8")
    write_staged(tmp_path, _artifacts("ja/a.md"))
    assert _paths(tmp_path) == [MANIFEST, "ja/a.md"]
