"""What every rule looks at: the dataset on a day, with its texts, statements and links found once."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from cardguide.checks.joining import JoinedTexts, join_texts
from cardguide.checks.links import Link, find_links
from cardguide.checks.writtendates import WrittenDate, find_dates
from cardguide.dataset import Dataset, Path
from cardguide.model import SourceReference, Statement, Text
from cardguide.problems import Problem
from cardguide.reading import Readings
from cardguide.translations import MEANINGS
from cardguide.walking import LocaleText, Node, Translation, read_text, walk_dataset


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A dataset on a day, and its parts in order."""

    dataset: Dataset
    as_of: datetime.date
    today: datetime.date | None = None

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every record and every part of one, in the order of the files."""
        return tuple(walk_dataset(self.dataset))

    @cached_property
    def texts(self) -> tuple[Node, ...]:
        """Every localized text."""
        return tuple(node for node in self.nodes if isinstance(node.value, Text))

    @cached_property
    def statements(self) -> tuple[Node, ...]:
        """Every statement."""
        return tuple(node for node in self.nodes if isinstance(node.value, Statement))

    @cached_property
    def citations(self) -> tuple[Node, ...]:
        """Every place in a source that is cited."""
        return tuple(node for node in self.nodes if isinstance(node.value, SourceReference))

    @cached_property
    def locale_texts(self) -> tuple[LocaleText, ...]:
        """Every text, locale by locale in the order of the site, however its file orders them."""
        tags = [locale.tag for locale in self.dataset.locales]
        texts = (
            read_text((*node.path, locale), node.field, locale, words)
            for node in self.texts
            for locale in dict.fromkeys((*tags, *node.value.root))
            if (words := node.value.root.get(locale))
        )
        return (*texts, *self._meanings())

    def _meanings(self) -> Iterator[LocaleText]:
        """Yield what terms mean in the easy words of a locale."""
        for tag, further in self.dataset.further.items():
            for term, words in further.meanings().items():
                yield read_text((MEANINGS, term, tag), "meaning", tag, words)

    @cached_property
    def easy_texts(self) -> tuple[LocaleText, ...]:
        """Every text of an easy language that is its own, and not a name that it borrows."""
        borrowed = {
            tag: entry.names_from for tag, entry in self.dataset.site.locales.items() if entry.is_easy
        }
        return tuple(
            text
            for text in self.locale_texts
            if text.locale in borrowed and not (borrowed[text.locale] and self.dataset.is_borrowed(text.path))
        )

    @cached_property
    def official_terms(self) -> Mapping[str, tuple[str, ...]]:
        """The official terms of each locale."""
        texts = [term.text.root for term in self.dataset.terms.values()]
        return {
            locale: tuple(text[locale] for text in texts if text.get(locale))
            for locale in self.dataset.site.locales
        }

    @cached_property
    def translations(self) -> tuple[Translation, ...]:
        """Every text in a further language, beside the one in the language that stands first."""
        return tuple(_translations(self.locale_texts))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every place where one record names another."""
        return tuple(find_links(self.nodes, self.locale_texts))

    def having(self, field: str) -> tuple[Node, ...]:
        """Return the records, and parts of records, whose shape has the field."""
        if field not in self._by_field:
            self._by_field[field] = tuple(node for node in self.nodes if field in _fields(node.shape))
        return self._by_field[field]

    @cached_property
    def _by_field(self) -> dict[str, tuple[Node, ...]]:
        return {}

    @cached_property
    def readings(self) -> Readings:
        """The readings of the dataset."""
        return Readings(self.dataset.words, self.dataset.counters)

    @cached_property
    def joined(self) -> Mapping[str, JoinedTexts]:
        """All texts of each locale, to be searched at once."""
        return {locale: join_texts(self.locale_texts, locale) for locale in self.dataset.site.locales}

    @cached_property
    def written_dates(self) -> tuple[tuple[LocaleText, WrittenDate], ...]:
        """Every day that is written out in a text; one without a year is of the year of the launch."""
        launch = self.dataset.facts.get("launch")
        value = launch.value if launch is not None else None
        year = value.year if isinstance(value, datetime.date) else self.as_of.year
        return tuple((text, date) for text in self.locale_texts for date in find_dates(text.plain, year))

    def problem(self, path: Path, rule: str, *, at_key: bool = False, **details: str) -> Problem:
        """Return a problem at a path of the dataset."""
        return self.dataset.problem(path, rule, at_key=at_key, **details)

    def records(self, collection: str) -> Iterable[tuple[Path, Any]]:
        """Return the records of a collection with their paths."""
        records: Mapping[str, Any] = getattr(self.dataset, collection)
        return (((collection, record), value) for record, value in records.items())


@cache
def _fields(shape: type[Any]) -> Collection[str]:
    return getattr(shape, "model_fields", {})


def _translations(texts: Iterable[LocaleText]) -> Iterator[Translation]:
    original: LocaleText | None = None
    for text in texts:
        if (
            original is not None
            and text.path[-2:-1] == original.path[-2:-1]
            and text.path[:-1] == original.path[:-1]
        ):
            yield Translation(original, text)
        else:
            original = text
