"""Flat tables of the open data: one value a cell, lists joined by ``;``, ISO days, no units in values."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cardguide.views import published
from cardguide.views.opendata import Publication

Kind = Literal["text", "localized", "list", "date", "number", "flag", "url"]
LIST_SEPARATOR = ";"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: its name in files, its words by locale, and what its cells hold."""

    name: str
    title: published.Localized
    kind: Kind
    locale: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table with text cells; ``key`` names the columns that tell its rows apart."""

    name: str
    title: published.Localized
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """What one column, or one column a locale, says about a record."""

    name: str
    read: Callable[[Any], object]
    kind: Kind = "text"


def field(name: str, read: Callable[[Any], object] | None = None, kind: Kind = "text") -> Field:
    """Return a field; without ``read`` it is the attribute of that name."""
    return Field(name=name, read=read or (lambda record: getattr(record, name)), kind=kind)


def create_table(
    publication: Publication,
    name: str,
    records: Iterable[object],
    fields: tuple[Field, ...],
    *,
    key: tuple[str, ...],
) -> Table:
    """Return a table with a row for each record."""
    locales = publication.locales
    return Table(
        name=name,
        title=publication.label(f"table-{name.replace('_', '-')}"),
        columns=tuple(column for each in fields for column in _columns(publication, each)),
        rows=tuple(
            tuple(cell for each in fields for cell in _cells(each, record, locales)) for record in records
        ),
        key=key,
    )


def _columns(publication: Publication, each: Field) -> Iterator[Column]:
    words = publication.label(f"column-{each.name.replace('_', '-')}")
    if each.kind != "localized":
        yield Column(name=each.name, title=words, kind=each.kind)
        return
    for presenter in publication.presenters:
        tag = presenter.locale.tag
        title = {locale: f"{text} ({presenter.locale.name})" for locale, text in words.items()}
        yield Column(
            name=f"{each.name}_{tag.replace('-', '_').lower()}", title=title, kind="text", locale=tag
        )


def _cells(each: Field, record: object, locales: tuple[str, ...]) -> Iterator[str]:
    value = each.read(record)
    if isinstance(value, dict):
        yield from (value[locale] for locale in locales)
    else:
        yield cell(value)


def cell(value: object) -> str:
    """Return a value as the text of a cell."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime.date():
            return value.isoformat()
        case tuple():
            return LIST_SEPARATOR.join(cell(each) for each in value)
        case published.PublishedCitation():
            return f"{value.source}:{value.place}"
        case _:
            return str(value)
