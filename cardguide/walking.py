"""One walk over the records: every part with its path, as it stands in the files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from cardguide.dataset import Dataset, Path
from cardguide.model import Text
from cardguide.placeholders import Placeholder, split_text

OUTSIDE = frozenset({"files", "words", "counters", "further"})


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the dataset, where it stands, and the name of the field that holds it."""

    path: Path
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class LocaleText:
    """The words of one text in one locale, with which ``path`` ends; ``plain`` has no placeholders."""

    path: Path
    field: str
    locale: str
    words: str
    plain: str
    placeholders: tuple[Placeholder, ...]


@dataclass(frozen=True, slots=True)
class Translation:
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


def walk_dataset(dataset: Dataset) -> Iterator[Node]:
    """Yield every record and every part of one, in the order of the files."""
    for collection in dataset.__dataclass_fields__:
        if collection not in OUTSIDE:
            yield from _walk(getattr(dataset, collection), (collection,), collection)


def walk_record(record: Any) -> Iterator[Any]:
    """Yield a record and every part of it."""
    return (node.value for node in _walk(record, (), ""))


def _walk(value: Any, path: Path, field: str) -> Iterator[Node]:
    if isinstance(value, BaseModel):
        yield Node(path, field, value)
    for key, inner, name in _parts(value, field):
        if isinstance(inner, BaseModel | dict | tuple):
            yield from _walk(inner, (*path, key), name)


def _parts(value: Any, field: str) -> Iterable[tuple[str | int, Any, str]]:
    """Return what a value is made of: its keys, its parts, and the fields that hold them."""
    if isinstance(value, Text):
        return ()
    if isinstance(value, BaseModel):
        return [(key, getattr(value, name), name) for name, key in _keys(type(value))]
    if isinstance(value, dict):
        return [(key, inner, field) for key, inner in value.items()]
    return [(index, inner, field) for index, inner in enumerate(value)]


_KEYS: dict[type[BaseModel], tuple[tuple[str, str], ...]] = {}


def _keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model with the keys under which they stand in the file."""
    if model not in _KEYS:
        _KEYS[model] = tuple(
            (name, info.alias or name) for name, info in model.model_fields.items() if name != "id"
        )
    return _KEYS[model]
