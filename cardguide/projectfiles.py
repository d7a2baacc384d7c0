"""The files that a project folder gives to a build, in one order everywhere; links are refused."""

import errno
from collections.abc import Iterator
from pathlib import Path

SOURCES = ("data", "content", "templates", "flyers")
CONFIG = "mkdocs.yml"


def project_files(root: Path) -> Iterator[Path]:
    """Yield every source file of a project; raise ``OSError`` for a symbolic link, which could lead anywhere."""
    for folder in SOURCES:
        yield from _files(root / folder)
    yield _refuse_link(root / CONFIG)


def data_files(root: Path) -> Iterator[Path]:
    """Yield every YAML file below ``data``; raise ``OSError`` for a symbolic link."""
    return (path for path in _files(root / "data") if path.suffix == ".yaml")


def _files(folder: Path) -> Iterator[Path]:
    if not _refuse_link(folder).is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield _refuse_link(path)


def _refuse_link(path: Path) -> Path:
    if path.is_symlink():
        raise OSError(errno.ELOOP, "is a symbolic link; put the file itself there", str(path))
    return path
