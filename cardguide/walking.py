"""One walk over the records: every part with its path, as it stands in the files.

What it finds are named tuples: there are thousands of them, and they are made several times sooner than data classes.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from cardguide.dataset import Dataset, Path
from cardguide.model import Text
from cardguide.placeholders import Placeholder, split_text

OUTSIDE = frozenset({"files", "words", "counters", "further"})


class Node(NamedTuple):
    """A part of the dataset, where it stands, and the name of the field that holds it."""

    path: Path
    field: str
    value: Any

    @property
    def shape(self) -> Any:
        """Return the class of the value."""
        return type(self.value)


class LocaleText(NamedTuple):
    """The words of one text in one locale, with which ``path`` ends; ``plain`` has no placeholders."""

    path: Path
    field: str
    locale: str
    words: str
    plain: str
    placeholders: tuple[Placeholder, ...]


class Translation(NamedTuple):
    """A text in the first language that it has and in another one."""

    original: LocaleText
    other: LocaleText


def read_text(path: Path, field: str, locale: str, words: str) -> LocaleText:
    """Return the words of a text in one locale, with its placeholders apart."""
    if "{" not in words:
        return LocaleText(path, field, locale, words, words, ())
    parts = tuple(split_text(words))
    plain = " ".join(part for part in parts if isinstance(part, str))
    return LocaleText(
        path, field, locale, words, plain, tuple(part for part in parts if not isinstance(part, str))
    )


def walk_dataset(dataset: Dataset) -> list[Node]:
    """Return every record and every part of one, in the order of the files."""
    nodes: list[Node] = []
    for collection in dataset.__dataclass_fields__:
        if collection not in OUTSIDE:
            _walk(getattr(dataset, collection), (collection,), collection, nodes)
    return nodes


def walk_record(record: Any) -> Iterator[Any]:
    """Yield a record and every part of it."""
    nodes: list[Node] = []
    _walk(record, (), "", nodes)
    return (node.value for node in nodes)


def _walk(value: Any, path: Path, field: str, nodes: list[Node]) -> None:
    if not isinstance(value, dict | tuple):
        nodes.append(Node(path, field, value))
    for key, inner, name in _parts(value, field):
        shape: Any = type(inner)
        if _has_parts(shape):
            _walk(inner, (*path, key), name, nodes)


def _parts(value: Any, field: str) -> Iterable[tuple[str | int, Any, str]]:
    """Return what a value is made of: its keys, its parts, and the fields that hold them."""
    if isinstance(value, dict):
        return [(key, inner, field) for key, inner in value.items()]
    if isinstance(value, tuple):
        return [(index, inner, field) for index, inner in enumerate(value)]
    shape: Any = type(value)
    return [(key, getattr(value, name), name) for name, key in _keys(shape)]


@cache
def _has_parts(shape: type[object]) -> bool:
    return issubclass(shape, BaseModel | dict | tuple)


@cache
def _keys(model: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model with the keys under which they stand in the file; a text has no parts."""
    if issubclass(model, Text):
        return ()
    return tuple((name, info.alias or name) for name, info in model.model_fields.items() if name != "id")
