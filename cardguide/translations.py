"""Further languages: a locale whose texts stand in a file of their own, ``data/locales/<tag>.yaml``.

There a text is named by the path of its record: ``facts.launch.title``. So a translator has one file, and adding a
language touches no record. Names and citations may be those of another locale (``names_from``).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from cardguide.model import Id, Record, Words
from cardguide.yamlsource import Path, YamlSource

FOLDER = "locales"
TEXTS, MEANINGS = "texts", "meanings"

#: Official names, titles of sources and words for editors: nobody translates them a second time.
_NAMES: Mapping[str, Callable[[Path], bool]] = {
    "sources": lambda _: True,
    "forbidden": lambda _: True,
    "procedures": lambda path: path[-1] == "name",
    "offices": lambda path: path[-1] == "name",
    "prefectures": lambda path: path[-1] == "name",
    "items": lambda path: path[-1] == "name",
    "kinds": lambda path: path[-1] == "name",
    "terms": lambda path: path[-1] == "text",
    "site": lambda path: path[1:] in {("licence",), ("publisher", "name")},
}


class TextsFile(Record):
    """The shape of ``data/locales/<tag>.yaml``: every text of the locale by the path of its record.

    ``meanings`` say in easy words what a term of the glossary means, by its id.
    """

    meanings: dict[Id, Words] = Field(default_factory=dict)
    texts: dict[Words, Words]


@dataclass(frozen=True, kw_only=True, slots=True)
class FurtherLocale:
    """The texts of a locale from its own file, and the locale whose names and citations it shows.

    ``tags`` are those of all locales: a text is one in whichever of them it stands.
    """

    tag: str
    tags: tuple[str, ...]
    names_from: str | None
    source: YamlSource | None

    def texts(self) -> Mapping[str, str]:
        """Return the texts by dotted path."""
        return self.source.data.get(TEXTS, {}) if self.source else {}

    def meanings(self) -> Mapping[str, str]:
        """Return what terms mean, by their id."""
        return self.source.data.get(MEANINGS, {}) if self.source else {}


def file_of(tag: str) -> str:
    """Return the name of the file of a locale, as ``read_dataset`` knows it."""
    return f"{FOLDER}/{tag}"


def further_locales(site: Any, sources: Mapping[str, YamlSource]) -> Iterator[FurtherLocale]:
    """Yield the locales that the settings of the site, as written, know and that bring anything of their own."""
    locales = _mapping(_mapping(site.get("site")).get("locales"))
    for tag, entry in locales.items():
        names_from, source = _mapping(entry).get("names_from"), sources.get(file_of(tag))
        if names_from or source:
            yield FurtherLocale(tag=tag, tags=tuple(locales), names_from=names_from, source=source)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def with_locale(data: Any, locale: FurtherLocale) -> Any:
    """Return the data of a file with the texts of a further locale beside the others; ``data`` stays as it is."""
    texts = locale.texts()
    return _merged(data, (), locale, texts)


def _merged(value: Any, path: Path, locale: FurtherLocale, texts: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        if is_text(value, locale.tags):
            words = texts.get(dotted(path)) or _name(value, path, locale)
            return {**value, locale.tag: words} if words else value
        return {key: _merged(inner, (*path, key), locale, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_merged(inner, (*path, index), locale, texts) for index, inner in enumerate(value)]
    return value


def is_text(value: Any, tags: Collection[str]) -> bool:
    """Tell whether a written value is a localized text."""
    return isinstance(value, dict) and any(isinstance(value.get(tag), str) for tag in tags)


def dotted(path: Path) -> str:
    """Return a path as the files of locales write it."""
    return ".".join(map(str, path))


def _name(value: Mapping[str, str], path: Path, locale: FurtherLocale) -> str | None:
    return value.get(locale.names_from) if locale.names_from and is_name(path) else None


def is_name(path: Path) -> bool:
    """Tell whether a text is a name or a citation, which ``names_from`` may borrow."""
    rule = _NAMES.get(str(path[0]))
    return rule is not None and rule(path)
