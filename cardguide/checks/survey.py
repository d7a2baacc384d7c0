"""What every rule looks at: the dataset on a day, with its texts, statements and links found once."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cardguide.checks.links import Link, find_links
from cardguide.dataset import Dataset, Path
from cardguide.model import SourceReference, Statement, Text
from cardguide.problems import Problem
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
        """Every text, locale by locale."""
        return tuple(
            read_text((*node.path, locale), node.field, locale, words)
            for node in self.texts
            for locale, words in node.value.root.items()
        )

    @cached_property
    def translations(self) -> tuple[Translation, ...]:
        """Every text in a further language, beside the one in the language that stands first."""
        return tuple(_translations(self.locale_texts))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every place where one record names another."""
        return tuple(find_links(self.nodes, self.locale_texts))

    def problem(self, path: Path, rule: str, *, at_key: bool = False, **details: str) -> Problem:
        """Return a problem at a path of the dataset."""
        return self.dataset.problem(path, rule, at_key=at_key, **details)

    def records(self, collection: str) -> Iterable[tuple[Path, Any]]:
        """Return the records of a collection with their paths."""
        records: Mapping[str, Any] = getattr(self.dataset, collection)
        return (((collection, record), value) for record, value in records.items())


def _translations(texts: Iterable[LocaleText]) -> Iterator[Translation]:
    original: LocaleText | None = None
    for text in texts:
        if original is None or text.path[:-1] != original.path[:-1]:
            original = text
        else:
            yield Translation(original, text)
