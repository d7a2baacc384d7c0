"""A store of finished work: content by the hash of everything that it was made from, proved whenever it is read.

A spoiled or torn entry is as good as none. Nothing in it has a time, and nothing needs it: whoever removes the
folder waits longer, and gets the same bytes.
"""

import hashlib
import itertools
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

_NUMBERS = itertools.count()


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of entries of one or more parts by key; without a folder nothing is kept."""

    folder: Path | None
    _used: set[str] = field(default_factory=set)

    def find(self, key: str) -> tuple[bytes, ...] | None:
        """Return the parts that were kept under a key, or nothing unless all of them are as they were."""
        if self.folder is None:
            return None
        try:
            digest, _, entry = (self.folder / key).read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(entry).hexdigest().encode("ascii") != digest:
            return None
        first, _, content = entry.partition(b"\n")
        lengths = json.loads(first)
        self._used.add(key)
        ends = [*itertools.accumulate(lengths)]
        return tuple(content[start:end] for start, end in zip([0, *ends], ends, strict=False))

    def keep(self, key: str, parts: tuple[bytes, ...]) -> None:
        """Keep the parts; other programs and a kill see the whole entry or none."""
        self._used.add(key)
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        lengths = json.dumps([len(part) for part in parts]).encode("ascii")
        entry = b"\n".join([lengths, b"".join(parts)])
        unfinished = self.folder / f"{os.getpid()}-{next(_NUMBERS)}.unfinished"
        unfinished.write_bytes(b"\n".join([hashlib.sha256(entry).hexdigest().encode("ascii"), entry]))
        unfinished.replace(self.folder / key)

    def forget_unused(self) -> None:
        """Remove what this run had no use for, and what a kill has left."""
        if self.folder is None or not self.folder.is_dir():
            return
        for file in self.folder.iterdir():
            if file.name not in self._used:
                file.unlink(missing_ok=True)
