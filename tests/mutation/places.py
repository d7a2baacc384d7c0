"""Where the data can be mutated: every value that stands on a line of its own, with its path and kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardguide.dataset import Path
from cardguide.yamlsource import read_yaml

_LINE = re.compile(r"^(?P<lead> *(?:- )?)(?P<key>[\w\".-]+): (?P<value>\S.*)$")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A line ``key: value`` of a data file; ``line`` counts from 1."""

    name: str
    path: Path
    line: int
    lead: str
    key: str
    value: str

    @property
    def where(self) -> str:
        return ".".join(map(str, self.path))

    @property
    def locale(self) -> str | None:
        """The locale of a text; the file of a further one holds texts alone."""
        folder, _, tag = self.name.rpartition("/")
        return tag if folder else self.key if self.key in {"ja", "en"} else None

    @property
    def is_list(self) -> bool:
        return self.value.startswith("[")

    @property
    def is_item(self) -> bool:
        """Tell the first line of an item of a list, which also opens the item."""
        return self.lead.endswith("- ")

    @property
    def is_text(self) -> bool:
        return self.locale is not None and not self.is_list and self.path[0] != "terms"


@dataclass(frozen=True)
class Sheet:
    """A data file as lines, with the places in it."""

    name: str
    lines: tuple[str, ...]
    places: tuple[Place, ...]

    def with_line(self, line: int, *new: str) -> bytes:
        """Return the file with one line replaced by others, or by none."""
        return "".join((*self.lines[: line - 1], *(f"{text}\n" for text in new), *self.lines[line:])).encode()


def read_sheet(name: str, content: bytes) -> Sheet:
    """Return a data file with its places."""
    source = read_yaml(f"data/{name}.yaml", content)
    lines = tuple(content.decode().splitlines(keepends=True))
    return Sheet(
        name, lines, tuple(_places(name, lines, {line: path for path, (line, _) in source.key_marks.items()}))
    )


def _places(name: str, lines: tuple[str, ...], keys: dict[int, Path]) -> Iterator[Place]:
    for number, text in enumerate(lines, start=1):
        match = _LINE.match(text.rstrip("\n"))
        if (
            match
            and number in keys
            and not text.lstrip().startswith("#")
            and match["value"][0] not in "{>|&*!"
        ):
            key = match["key"].strip('"')
            path = _path_of(keys, number, key)
            yield Place(
                name=name, path=path, line=number, lead=match["lead"], key=match["key"], value=match["value"]
            )


def _path_of(keys: dict[int, Path], line: int, key: str) -> Path:
    """Return the path of the key of a line; the keys inside a flow mapping lie deeper."""
    path = keys[line]
    while path and path[-1] != key:
        path = path[:-1]
    return path
