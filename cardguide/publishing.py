"""Publishing: the new tree takes the place of the old one at once, or nothing changes.

The tree is built beside the published folder (same file system), listed in its ``manifest.json``, brought to
the disk and swapped in with one system call; the trees before stay beside it for a rollback. Only a folder
whose every file stands in its own manifest is ever replaced.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cardguide.manifest import MANIFEST, Making, create_manifest, files_of, hash_of, parse_manifest
from cardguide.staging import FILE_MODE, FOLDER_MODE, make_folder

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
KEPT = 3
"""How many earlier trees are kept."""


class PublishError(Exception):
    """The file system or another build forbids publishing; the published tree is as it was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where one published folder keeps its neighbours; all on its file system, all hidden."""

    published: Path

    def _beside(self, suffix: str) -> Path:
        return self.published.with_name(f".{self.published.name}.{suffix}")

    @property
    def fresh(self) -> Path:
        """Return where the next tree is built; cleared whenever a build begins or ends."""
        return self._beside("fresh")

    @property
    def slots(self) -> tuple[Path, ...]:
        """Return where the good trees before the published one are kept, the latest first."""
        return (self._beside("previous"), *(self._beside(f"previous-{age}") for age in range(2, KEPT + 1)))

    @property
    def earlier(self) -> tuple[Path, ...]:
        """Return the trees that are kept, the latest first; a kill may have left a slot empty."""
        return tuple(slot for slot in self.slots if slot.is_dir())

    @property
    def lock(self) -> Path:
        """Return the file that a running build holds."""
        return self._beside("lock")


@contextlib.contextmanager
def publishing(
    published: Path, *, since: str, made: Callable[[], Making | None] = lambda: None
) -> Iterator[Path]:
    """Give an empty folder to build into, and publish it when the block ends well.

    ``since`` is what a second build is told (``2026-11-23T10:00:00+09:00``). After an exception in the
    block, or a kill at any moment, the published tree is as it was; the next build clears what a killed one
    has left. A file system error in the block becomes a ``PublishError`` too. ``made`` is asked at the end what the
    tree was made from.
    """
    with _opened(published, since) as places:
        _require_space(places)
        places.fresh.mkdir()
        try:
            with _as_publish_error():  # while the disk is as full as it was
                yield places.fresh
                _complete(places.fresh, made())
                _swap_in(places)
        finally:
            _clear(places.fresh)


def rollback(published: Path, *, since: str, steps: int = 1) -> None:
    """Exchange the published tree and the one so many builds before it; the same again takes it back."""
    with _opened(published, since) as places:
        if len(places.earlier) < steps:
            kept = f"; {len(places.earlier)} are kept" if places.earlier else ""
            raise PublishError(f"there is no earlier tree beside {published}{kept}")
        wanted = places.earlier[steps - 1]
        if not _exchange(wanted, places.published):
            places.published.replace(places.fresh)
            wanted.replace(places.published)
            places.fresh.replace(wanted)


def earlier_trees(published: Path) -> tuple[Path, ...]:
    """Return the trees that a rollback can bring back, the latest first."""
    return Places(published=Path(os.path.normpath(published.absolute()))).earlier


@contextlib.contextmanager
def holding(lock: Path, *, since: str) -> Iterator[None]:
    """Hold a lock file while the block runs; raise ``PublishError`` when another build holds it."""
    with _as_publish_error():
        make_folder(lock.parent)
        with _locked(lock, since):
            yield


@contextlib.contextmanager
def _opened(published: Path, since: str) -> Iterator[Places]:
    places = Places(published=Path(os.path.normpath(published.absolute())))
    with _as_publish_error():
        _refuse_what_is_not_ours(places.published)
        make_folder(places.published.parent)
        with _locked(places.lock, since):
            if not places.published.exists() and places.earlier:  # killed in the gap of _swap_in
                places.earlier[0].replace(places.published)
            _clear(places.fresh)
            yield places


def _refuse_what_is_not_ours(folder: Path) -> None:
    for reason, forbidden in _REFUSALS:
        if forbidden(folder):
            raise PublishError(f"{folder} {reason}; choose a new or empty folder for the output")


def _is_home(folder: Path) -> bool:
    return folder in (Path.home(), *Path.home().parents)


def _holds_foreign_files(folder: Path) -> bool:
    return folder.is_dir() and bool(files_of(folder) - _listed(folder) - {MANIFEST})


def _listed(folder: Path) -> frozenset[str]:
    try:
        return frozenset(parse_manifest((folder / MANIFEST).read_bytes()).files)
    except (FileNotFoundError, ValueError):
        return frozenset()


_REFUSALS: tuple[tuple[str, Callable[[Path], bool]], ...] = (
    ("is the root of the file system", lambda folder: folder == Path(folder.anchor)),
    ("is a home folder or holds one", _is_home),
    ("is a symbolic link", Path.is_symlink),
    ("is a file", lambda folder: folder.exists() and not folder.is_dir()),
    # It could not change places with the tree that is built beside it.
    ("is a disk of its own (a mount)", os.path.ismount),
    ("holds a repository", lambda folder: (folder / ".git").exists()),
    ("holds files that no build has written", _holds_foreign_files),
)


def _require_space(places: Places) -> None:
    """Refuse to begin where a tree like the published one could not be finished."""
    wanted = sum((places.published / path).stat().st_size for path in files_of(places.published))
    free = shutil.disk_usage(places.published.parent).free
    if free < wanted:
        needs = f"a build needs about {_megabytes(wanted)} MB, {_megabytes(free)} MB are free"
        raise PublishError(f"{places.published.parent}: {needs}")


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


@contextlib.contextmanager
def _as_publish_error() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError(_words_of(error)) from error


def _words_of(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT} and error.filename:
        # The folder of the file may be cleared by now.
        folder = next(parent for parent in Path(error.filename).parents if parent.is_dir())
        disk = os.statvfs(folder)
        names = "" if disk.f_favail else ", and no room for another file (inodes)"
        free = _megabytes(disk.f_bavail * disk.f_frsize)
        return f"{error.filename}: {error.strerror}, {free} MB free{names}"
    return str(error)


@contextlib.contextmanager
def _locked(lock: Path, since: str) -> Iterator[None]:
    """Hold the lock while the block runs.

    The kernel drops it with its holder, so a lock file that a dead build has left behind stops nobody.
    """
    with lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PublishError(_holder(lock)) from None
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "since": since}))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _holder(lock: Path) -> str:
    try:
        holder = json.loads(lock.read_text("utf-8"))
        return f"a build is running already, process {holder['pid']}, since {holder['since']}"
    except ValueError:
        return "a build is running already"


def _complete(folder: Path, making: Making | None) -> None:
    """List every file with its hash, set the modes whatever the umask, and bring all to the disk."""
    hashes = {path: hash_of((folder / path).read_bytes()) for path in files_of(folder)}
    (folder / MANIFEST).write_bytes(create_manifest(hashes, making))
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            Path(parent, name).chmod(FILE_MODE)
            _sync(Path(parent, name))
        Path(parent).chmod(FOLDER_MODE)
        _sync(Path(parent))


def _swap_in(places: Places) -> None:
    if not places.published.exists():
        places.fresh.replace(places.published)
    elif _exchange(places.fresh, places.published):
        places.fresh.replace(_make_room(places))
    else:  # two renames and a gap of microseconds between them, which the next build would mend
        places.published.replace(_make_room(places))
        places.fresh.replace(places.published)
    _sync(places.published.parent)


def _make_room(places: Places) -> Path:
    """Move the kept trees on from the first slot, the oldest out if there are too many, and return that slot."""
    first, *others = places.slots
    if len(places.earlier) == KEPT:
        _clear(places.earlier[-1])
    for tree, slot in reversed([*zip(places.earlier, others, strict=False)]):
        if tree != slot:
            tree.replace(slot)
    return first


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, and tell whether the system can (Linux, most file systems)."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSYS, errno.EINVAL}:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
