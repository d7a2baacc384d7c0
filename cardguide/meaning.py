"""What a change of the data means: what was edited, what readers read instead, and where they meet it."""

import datetime
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cardguide.confirming import Change, create_lock, find_changes
from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.flyers import create_orders
from cardguide.outputs.opendata import create_open_data
from cardguide.outputs.pages import create_pages
from cardguide.problems import Language
from cardguide.project import Project
from cardguide.templating import create_environment
from cardguide.views.pages import Surroundings

# What differs with the day or the publisher and says nothing about the card.
_FRAME = {"$schema", "as_of", "valid_until", "notice", "publisher", "licence", "url", "schema_version"}
_RECORDS = re.compile(r"data/v1/(?:procedures|faq|facts|offices|card_format|changes)\.json")


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """One text that readers get, before and after; without a locale it is a value that all languages share."""

    place: str
    locale: str | None
    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """Everything that differs between two states of a project."""

    edits: tuple[Change, ...]
    sayings: tuple[Saying, ...]
    pages: tuple[str, ...]
    sheets: tuple[str, ...]
    locales: tuple[str, ...]


def compare_projects(before: Project, after: Project, as_of: datetime.date) -> Meaning:
    """Return what differs for readers; raise ``DataError`` when one of the states cannot be read."""
    old, new = read_dataset(before.read_data()), read_dataset(after.read_data())
    locales = tuple(locale.tag for locale in new.locales)
    said, says = (_sayings(dataset, as_of, locales) for dataset in (old, new))
    return Meaning(
        edits=find_changes(new, json.loads(create_lock(old))),
        sayings=tuple(
            Saying(place=place, locale=locale, old=said.get((place, locale)), new=says.get((place, locale)))
            for place, locale in dict.fromkeys((*says, *said))
            if said.get((place, locale)) != says.get((place, locale))
        ),
        pages=_differing(_pages(before, old, as_of), _pages(after, new, as_of)),
        sheets=_differing(_sheets(before, old, as_of), _sheets(after, new, as_of)),
        locales=locales,
    )


def _sayings(
    dataset: Dataset, as_of: datetime.date, locales: Collection[str]
) -> dict[tuple[str, str | None], str]:
    """Return every text of the open data, with its values filled in, by its record and locale."""
    said: dict[tuple[str, str | None], str] = {}
    for artifact in create_open_data(dataset, as_of=as_of, municipalities="", examples={}):
        if _RECORDS.fullmatch(artifact.path):
            for path, text in _texts(json.loads(artifact.content), ()):
                locale = path[-1] if path[-1] in locales else None
                said[".".join(path[:-1] if locale else path), locale] = text
    return said


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _FRAME:
                yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("id", number) if isinstance(inner, dict) else number
            yield from _texts(inner, (*path, str(name)))
    elif path:
        yield path, str(value)


def _pages(project: Project, dataset: Dataset, as_of: datetime.date) -> Mapping[str, bytes]:
    surroundings = {
        locale.tag: Surroundings(prose=project.prose(locale.tag), flyers=()) for locale in dataset.locales
    }
    environment = create_environment(project.templates, for_markdown=True)
    pages = create_pages(dataset, environment, as_of=as_of, surroundings=surroundings)
    return {page.path: page.content for page in pages if page.path.endswith(".md")}


def _sheets(project: Project, dataset: Dataset, as_of: datetime.date) -> Mapping[str, bytes]:
    orders = create_orders(dataset, files=project.paper_files, as_of=as_of)
    return {f"{order.path}.pdf": order.job.html.encode("utf-8") for order in orders}


def _differing(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(path for path in sorted(old.keys() | new.keys()) if old.get(path) != new.get(path))


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "same": "The data says what it said.",
        "edits": "What was edited",
        "sayings": "What readers read instead",
        "places": "Where they meet it",
        "pages": "pages",
        "sheets": "sheets",
        "all": "all languages",
        "lone": "only in this language: look at the others",
    },
    "ja": {
        "same": "データの内容は変わっていません。",
        "edits": "編集された箇所",
        "sayings": "読む人に見える文の変化",
        "places": "現れる場所",
        "pages": "ページ",
        "sheets": "ちらし",
        "all": "全言語共通",
        "lone": "この言語だけの変更です。ほかの言語も見てください",
    },
}


def format_meaning(meaning: Meaning, language: Language) -> str:
    """Return a report in Markdown, which people can read as it is, too."""
    words = _WORDS[language]
    if not (meaning.edits or meaning.sayings or meaning.pages or meaning.sheets):
        return words["same"] + "\n"
    edits = [line for edit in meaning.edits for line in _edit_lines(edit)]
    sayings = [line for saying in meaning.sayings for line in _saying_lines(saying, meaning, words)]
    places = [
        f"- {len(paths)} {words[name]}: {', '.join(paths)}"
        for name, paths in (("pages", meaning.pages), ("sheets", meaning.sheets))
        if paths
    ]
    parts = (
        (words["edits"], _fenced(edits)),
        (words["sayings"], _fenced(sayings)),
        (words["places"], places),
    )
    return "\n".join(line for title, lines in parts if lines for line in (f"## {title}", "", *lines, ""))


def _edit_lines(edit: Change) -> Iterator[str]:
    yield f"# {'.'.join(map(str, edit.path))}"
    yield from _sides(edit.old, edit.new)


def _saying_lines(saying: Saying, meaning: Meaning, words: Mapping[str, str]) -> Iterator[str]:
    beside = {other.locale for other in meaning.sayings if other.place == saying.place}
    is_lone = saying.locale is not None and len(meaning.locales) > 1 and beside == {saying.locale}
    note = f"  ! {words['lone']}" if is_lone else ""
    yield f"# {saying.place} [{saying.locale or words['all']}]{note}"
    yield from _sides(saying.old, saying.new)


def _sides(old: object, new: object) -> Iterator[str]:
    for sign, text in (("-", old), ("+", new)):
        if text is not None:
            yield from (f"{sign} {line}" for line in str(text).split("\n"))


def _fenced(lines: list[str]) -> list[str]:
    """Return lines in a fence that none of them can close."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}diff", *lines, fence] if lines else []
