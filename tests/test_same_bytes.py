"""The same sources give the same bytes anywhere, and a build looks at nothing else.

One second build, as unlike the first as a build can be: another folder, clock zone, language, umask, order of files and
seed of hashes, no cache, and every opened file and every asked host written down.
"""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from projects import HOME, PARTS, TODAY, tree

PRIVATE = "somebody-s-folder"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that was built under other conditions; ``trace.log`` beside it says what was opened."""
    folder = tmp_path_factory.mktemp("同じ") / PRIVATE / "案内 two"
    folder.mkdir(parents=True)
    _copy_in_another_order(folder)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder.parent),
        "USER": "somebody",
        "PYTHONPATH": str(HOME),
        "PYTHONHASHSEED": "4711",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C",
        "TZ": "America/St_Johns",
        "TMPDIR": str(folder.parent),
    }
    command = [
        sys.executable,
        HOME / "tests/traced.py",
        folder.parent / "trace.log",
        "build",
        "--root",
        folder,
    ]
    result = subprocess.run(
        [*map(str, command), "--as-of", TODAY],
        cwd="/",
        env=environment,
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def _copy_in_another_order(target: Path) -> None:
    files = [file for part in PARTS for file in (HOME / part).rglob("*") if file.is_file()]
    for file in [HOME / "mkdocs.yml", *sorted(files, reverse=True)]:
        copy = target / file.relative_to(HOME)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())


def test_every_file_is_the_same(dist: Path, elsewhere: Path) -> None:
    one, other = tree(dist), tree(elsewhere / "dist")
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []


def test_readers_may_read_everything_whatever_the_umask(elsewhere: Path) -> None:
    found = {
        (path.is_dir(), path.stat().st_mode & 0o777)
        for path in [elsewhere / "dist", *(elsewhere / "dist").rglob("*")]
    }
    assert found == {(True, 0o755), (False, 0o644)}


def test_nothing_of_the_builder_is_in_any_file(elsewhere: Path) -> None:
    words = [PRIVATE.encode(), b"somebody", str(HOME).encode()]
    for path, content in tree(elsewhere / "dist").items():
        assert not [word for word in words if word in content], path


def test_only_the_project_and_the_system_are_read(elsewhere: Path) -> None:
    allowed = [
        elsewhere.parent,  # the project, and the folder for temporary files
        HOME / "cardguide",
        HOME / "tests/traced.py",
        Path(sys.prefix),
        Path(sys.base_prefix),
        *(Path(path) for path in sysconfig.get_paths().values()),
        *(
            Path(path)
            for path in ("/usr/share/zoneinfo", "/usr/lib", "/lib", "/dev", "/proc", "/etc/mime.types")
        ),
    ]
    opened = {line[5:] for line in _trace(elsewhere) if line.startswith("open ")}
    assert opened
    # A name that is looked for and not there gives nothing to read.
    foreign = {path for path in opened if Path(path).exists() and not _is_below(Path(path), allowed)}
    assert foreign == set()


def _is_below(path: Path, folders: list[Path]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def _trace(elsewhere: Path) -> list[str]:
    return (elsewhere.parent / "trace.log").read_text("utf-8").splitlines()


def test_no_host_is_asked(elsewhere: Path) -> None:
    assert [line for line in _trace(elsewhere) if not line.startswith("open ")] == []


def test_the_manifest_says_what_the_tree_was_made_from(dist: Path) -> None:
    manifest = json.loads((dist / "manifest.json").read_text("utf-8"))
    assert manifest["made"]["as_of"] == TODAY
    assert len(manifest["made"]["inputs"]) == 64
    assert set(manifest["made"]["fonts"])
    assert manifest["made"]["libraries"]["weasyprint"]
    assert manifest["files"].keys() == tree(dist).keys() - {"manifest.json"}
