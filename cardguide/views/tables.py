"""Flat tables of the open data: one value a cell, lists joined by ``;``, ISO days, no units in values."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cardguide.views import published
from cardguide.views.opendata import Publication
from cardguide.views.presenting import weakest
from cardguide.model import State

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
    publication: Publication, name: str, records: Iterable[object], fields: tuple[Field, ...], *, key: tuple[str, ...]
) -> Table:
    """Return a table with a row for each record."""
    locales = publication.locales
    return Table(
        name=name,
        title=_label(publication, f"table-{name}"),
        columns=tuple(column for each in fields for column in _columns(publication, each)),
        rows=tuple(
            tuple(cell for each in fields for cell in _cells(each, record, locales)) for record in records
        ),
        key=key,
    )


def _columns(publication: Publication, each: Field) -> Iterator[Column]:
    words = _label(publication, f"column-{each.name.replace('_', '-')}")
    if each.kind != "localized":
        yield Column(name=each.name, title=words, kind=each.kind)
        return
    for presenter in publication.presenters:
        tag = presenter.locale.tag
        title = {locale: f"{text} ({presenter.locale.name})" for locale, text in words.items()}
        yield Column(name=f"{each.name}_{tag.replace('-', '_').lower()}", title=title, kind="text", locale=tag)


def _cells(each: Field, record: object, locales: tuple[str, ...]) -> Iterator[str]:
    value = each.read(record)
    if each.kind == "localized":
        assert isinstance(value, dict)
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


def _label(publication: Publication, label: str) -> published.Localized:
    return {each.locale.tag: each.label(label) for each in publication.presenters}


def create_procedure_table(publication: Publication, procedures: Iterable[published.PublishedProcedure]) -> Table:
    """Return a row for each procedure; the state of a field is the weakest of its statements."""
    fields: list[Field] = [
        field("id"),
        field("sign"),
        field("office_kind"),
        field("name", kind="localized"),
    ]
    for name in ("summary", "who", "deadline", "fee", "documents", "legal_basis"):
        fields += _statement_fields(publication, name)
    fields += [
        field("unknown", lambda record: tuple(f"{gap.field}:{gap.fact}" for gap in record.unknown), "list"),
        field("related", kind="list"),
        field("url", kind="localized"),
        *_provenance_fields(),
        field("as_of", lambda _: publication.as_of, "date"),
    ]
    return create_table(publication, "procedures", procedures, tuple(fields), key=("id",))


def _provenance_fields() -> tuple[Field, ...]:
    return (field("sources", kind="list"), field("state"), field("verified_on", kind="date"))


def _statement_fields(publication: Publication, name: str) -> tuple[Field, ...]:
    """Return the words of a field in every locale, its state and its sources."""

    def statements(record: Any) -> tuple[published.PublishedStatement, ...]:
        value = getattr(record, name)
        return value if isinstance(value, tuple) else (value,)

    def words(record: Any) -> published.Localized:
        return {tag: " ".join(each.text[tag] for each in statements(record)) for tag in publication.locales}

    def state(record: Any) -> str:
        states = [State(each.state) for each in statements(record)]
        return weakest(states).value if states else State.UNKNOWN.value

    def sources(record: Any) -> tuple[published.PublishedCitation, ...]:
        return tuple(dict.fromkeys(citation for each in statements(record) for citation in each.sources))

    return (
        Field(name=name, read=words, kind="localized"),
        Field(name=f"{name}_state", read=state),
        Field(name=f"{name}_sources", read=sources, kind="list"),
    )
