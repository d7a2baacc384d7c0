"""The page for partners: hand-written prose with ready parts in it, the code to copy, and the chooser."""

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from cardguide.dataset import Dataset
from cardguide.views.embeds import flat
from cardguide.views.embedsnippets import CHOOSER_FORMS, Table, create_snippets
from cardguide.views.embedtables import COMPACT, EMBED_FOLDER, PROCEDURES, catalogue, create_voices
from cardguide.views.presenting import Presenter

Heights = Mapping[str, Mapping[str, int]]
DATA_FILES = (
    ("data/v1/procedures.json", "file-procedures-json"),
    ("data/v1/procedures.csv", "file-procedures-csv"),
    ("data/v1/procedures.xlsx", "file-procedures-xlsx"),
    ("data/v1/offices.json", "file-offices"),
    ("data/v1/faq.json", "file-faq"),
    ("data/v1/facts.json", "file-facts"),
    ("data/v1/unknowns.json", "file-unknowns"),
    ("data/v1/sources.json", "file-sources"),
    ("data/v1/municipalities.csv", "file-municipalities"),
    ("data/v1/gif_services.csv", "file-gif"),
    ("data/v1/procedures.jsonld", "file-jsonld"),
    ("data/v1/datapackage.json", "file-package"),
    ("data/v1/openapi.json", "file-openapi"),
    ("data/v1/index.json", "file-index"),
    ("feeds/changes.atom", "file-atom"),
    ("feeds/changes.ics", "file-calendar"),
    ("data/v1/examples/procedures.py", "file-example-python"),
    ("data/v1/examples/procedures.php", "file-example-php"),
)
_PART = re.compile(r"^<!-- part: (?P<part>[a-z-]+) -->$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockView:
    """Prose, or the name of a ready part that stands between prose."""

    text: Markup
    part: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionView:
    """Something that can be chosen."""

    value: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedTableView:
    """A table with the address of its frame in every combination of languages."""

    name: str
    title: str
    frames: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FileView:
    """A data file, where it lies and what it is."""

    path: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnersView:
    """The page for partners; ``choices`` is what the chooser's script needs to write code, as JSON."""

    blocks: tuple[BlockView, ...]
    snippets: Mapping[str, str]
    tables: tuple[PublishedTableView, ...]
    languages: tuple[OptionView, ...]
    looks: tuple[OptionView, ...]
    widths: tuple[OptionView, ...]
    ways: tuple[OptionView, ...]
    preview: str
    choices: str
    files: tuple[FileView, ...]


def create_partners(presenter: Presenter, prose: str, heights: Heights) -> PartnersView:
    """Return the view of the page for partners."""
    listed = list_tables(presenter.dataset, presenter.as_of, heights)
    tables = {(table.tag, table.name): table for _, table in listed}
    default = tables[presenter.locale.tag, PROCEDURES]
    languages = tuple(dict.fromkeys(tag for tag, _ in tables))
    names = tuple(dict.fromkeys(name for _, name in tables if name != COMPACT))
    return PartnersView(
        blocks=tuple(_blocks(presenter, prose)),
        snippets=create_snippets(presenter, default),
        tables=tuple(
            PublishedTableView(
                name=name,
                title=_content_title(presenter, name, tables[presenter.locale.tag, name]),
                frames=tuple((tag, f"{tables[tag, name].path}.html") for tag in languages),
            )
            for name in names
        ),
        languages=tuple(OptionView(value=tag, words=_language(presenter, tag)) for tag in languages),
        looks=_options(presenter, "embed-look", ("auto", "light", "dark")),
        widths=_options(presenter, "embed-width", ("fluid", "600", "375")),
        ways=_options(presenter, "embed-way", tuple(CHOOSER_FORMS)),
        preview=f"{default.path}.html",
        choices=_choices(presenter, tables.values()),
        files=tuple(FileView(path=path, words=presenter.label(label)) for path, label in DATA_FILES),
    )


def list_tables(
    dataset: Dataset, as_of: datetime.date, heights: Heights
) -> Iterator[tuple[Presenter, Table]]:
    """Yield every published table with the presenter of its main language."""
    for voices in create_voices(dataset, as_of):
        for entry in catalogue(voices):
            table = Table(
                tag=voices.tag,
                name=entry.name,
                title=flat(entry.title),
                page=voices.main.address(*entry.page) or "",
                link=voices.main.label("embed-latest"),
                heights=heights.get(f"{voices.tag}/{entry.name}", {}),
            )
            yield voices.main, table


def _content_title(presenter: Presenter, name: str, table: Table) -> str:
    """Return what a table holds, in the words of the page: several tables have the same title."""
    if name == PROCEDURES:
        return presenter.label("embed-content-all")
    kind = presenter.dataset.kinds.get(name.removeprefix(f"{PROCEDURES}-"))
    return presenter.words(kind.place_phrase) if kind else table.title


def _language(presenter: Presenter, tag: str) -> str:
    locales = {locale.tag: locale.name for locale in presenter.dataset.locales}
    combinations = {"-".join(tags): tags for tags in presenter.dataset.site.embed_combinations}
    return " + ".join(locales[each] for each in combinations.get(tag, (tag,)))


def _options(presenter: Presenter, label: str, values: Iterable[str]) -> tuple[OptionView, ...]:
    return tuple(OptionView(value=value, words=presenter.label(f"{label}-{value}")) for value in values)


def _blocks(presenter: Presenter, prose: str) -> Iterator[BlockView]:
    end = 0
    for match in _PART.finditer(prose):
        yield BlockView(text=presenter.prose(prose[end : match.start()]), part=match["part"])
        end = match.end()
    yield BlockView(text=presenter.prose(prose[end:]), part=None)


def _choices(presenter: Presenter, tables: Iterable[Table]) -> str:
    """Return the forms of the code and what fills them for each table."""
    choices = {
        "site": presenter.dataset.site.url,
        "folder": EMBED_FOLDER,
        "forms": CHOOSER_FORMS,
        "tables": {f"{table.tag}/{table.name}": table.fields for table in tables},
    }
    return json.dumps(choices, ensure_ascii=False, separators=(",", ":"))
