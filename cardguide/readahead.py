"""Read the YAML files in another process, while this one still loads what is done with them.

To load pydantic and the rules takes as long as to read the files, and neither needs the other.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cardguide.problems import DataError
from cardguide.projectfiles import data_files
from cardguide.sidebyside import Fork, can_fork
from cardguide.yamlsource import YamlSource, read_yaml

_Sources = Mapping[str, YamlSource]


class ReadAhead:
    """What another process reads; whatever it did not read as it is now is read here."""

    def __init__(self, fork: Fork[_Sources] | None) -> None:
        self._fork = fork
        self._sources: _Sources | None = None

    def read(self, file: str, content: bytes) -> YamlSource:
        """Return the data of a file as ``read_yaml`` does."""
        source = self._read_ahead().get(file)
        if source is not None and source.digest == hashlib.sha256(content).hexdigest():
            return source
        return read_yaml(file, content)

    def _read_ahead(self) -> _Sources:
        if self._sources is None:
            try:
                self._sources = self._fork.result() if self._fork else {}
            except (OSError, ChildProcessError):
                self._sources = {}  # this process comes upon the same fault, and tells it
        return self._sources


@contextmanager
def reading_ahead(root: Path) -> Iterator[ReadAhead]:
    """Start to read the data of a project."""
    fork = Fork(lambda: _read_all(root)) if can_fork() else None
    try:
        yield ReadAhead(fork)
    finally:
        if fork is not None:
            fork.end()


def _read_all(root: Path) -> _Sources:
    sources: dict[str, YamlSource] = {}
    for path in data_files(root):
        file = path.relative_to(root).as_posix()
        try:
            sources[file] = read_yaml(file, path.read_bytes())
        except DataError:
            continue  # read again where its problems are told
    return sources
