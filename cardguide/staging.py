"""Writing the staged tree: only what changed; nothing that was not staged before is touched."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cardguide.artifacts import Artifact

MANIFEST = ".staged.json"
FILE_MODE = 0o644
FOLDER_MODE = 0o755
_UNFINISHED = ".staging~"


@dataclass(frozen=True, kw_only=True, slots=True)
class StagingReport:
    """What a run of staging did, as sorted paths."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    @property
    def changed(self) -> bool:
        """Tell whether anything on the disk is different now."""
        return bool(self.written or self.removed)


def write_staged(folder: Path, artifacts: Iterable[Artifact]) -> StagingReport:
    """Make ``folder`` hold exactly the artifacts, leaving equal files and files of others alone."""
    wanted = _by_path(artifacts)
    staged_before = _read_manifest(folder)
    make_folder(folder)
    # First the union: a run killed half way leaves no file that the next run would not know as its own.
    _write_manifest(folder, staged_before | wanted.keys())
    removed = sorted(staged_before - wanted.keys())
    for path in removed:
        _remove(folder, path)
    written = sorted(path for path, content in wanted.items() if _write_changed(folder, path, content))
    _write_manifest(folder, wanted)
    return StagingReport(written=tuple(written), removed=tuple(removed), unchanged=len(wanted) - len(written))


def stage_anew(folder: Path, artifacts: Iterable[Artifact]) -> None:
    """Write some artifacts of a folder that was staged, and leave all others."""
    wanted = _by_path(artifacts)
    _write_manifest(folder, _read_manifest(folder) | wanted.keys())
    for path, content in wanted.items():
        _write_changed(folder, path, content)


def make_folder(folder: Path) -> None:
    """Create the folder and its missing parents with our mode, whatever the umask."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir()
        missing.chmod(FOLDER_MODE)


def _by_path(artifacts: Iterable[Artifact]) -> Mapping[str, bytes]:
    wanted: dict[str, bytes] = {}
    for artifact in artifacts:
        if artifact.path in wanted:
            raise ValueError(f"two artifacts for one path: {artifact.path!r}")
        wanted[artifact.path] = artifact.content
    return wanted


def _read_manifest(folder: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads((folder / MANIFEST).read_text("utf-8")))
    except FileNotFoundError:
        return frozenset()


def _write_manifest(folder: Path, paths: Iterable[str]) -> None:
    text = json.dumps(sorted(paths), ensure_ascii=False, indent=0) + "\n"
    _write_changed(folder, MANIFEST, text.encode("utf-8"))


def _write_changed(folder: Path, path: str, content: bytes) -> bool:
    file = folder / path
    if file.is_symlink() or file.is_dir():
        raise FileExistsError(f"not a file of ours, so it stays: {file}")
    if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
        return False
    make_folder(file.parent)
    # One fixed name in the same folder tree: at most one leftover, and the next write replaces it.
    unfinished = folder / _UNFINISHED
    unfinished.write_bytes(content)
    unfinished.chmod(FILE_MODE)
    unfinished.replace(file)
    return True


def _remove(folder: Path, path: str) -> None:
    file = folder / path
    file.unlink(missing_ok=True)
    for parent in file.relative_to(folder).parents[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty: a sibling of ours or somebody else's file lives there
            break
