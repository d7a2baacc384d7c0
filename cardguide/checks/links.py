"""Every place where one record names another, and what it may name there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from cardguide.changemodel import Change
from cardguide.dataset import Dataset, Path
from cardguide.factmodel import Fact
from cardguide.guidemodel import Condition, DateRule, GuideOutcome
from cardguide.model import SourceReference, Statement
from cardguide.recordmodel import (
    ContactPoint,
    FeeRow,
    ForbiddenPhrase,
    Office,
    OfficeKind,
    Page,
    Procedure,
    Question,
    Section,
)
from cardguide.sitemodel import Site
from cardguide.walking import LocaleText, Node

SENTENCE = ("text",)
DAY = ("date",)
SPAN = ("duration",)
AMOUNT = ("yen",)
PHONE = ("phone",)
ADDRESS = ("url",)
ANY: tuple[str, ...] = ()

# How a reference is written inside a text or a list, and the collection that it means.
COLLECTIONS = {
    "fact": "facts",
    "procedure": "procedures",
    "page": "pages",
    "question": "questions",
    "office": "offices",
}


class Link(NamedTuple):
    """One record named by another.

    ``kinds`` are the kinds of fact that may stand there, none for any; ``states`` tells a place that states
    the fact from one that asks about it, and is None where neither is meant; ``at_key`` when the id is a key.
    """

    path: Path
    collection: str
    id: str
    kinds: tuple[str, ...] = ANY
    states: bool | None = None
    at_key: bool = False


def find_links(nodes: Iterable[Node], texts: Iterable[LocaleText]) -> Iterator[Link]:
    """Yield every link of the records, and those inside their texts."""
    for node in nodes:
        for find in _finders(node.shape):
            yield from find(node.value, node.path)
    for text in texts:
        if text.field not in PROGRAM_FILLED:
            yield from _in_text(text)


# The ready parts of pages that templates draw; the views, which make them, are too heavy to be asked.
PARTS = (
    *("guide", "guide-link", "my-dates", "counters", "procedure-table", "questions"),
    *("misconceptions", "card-face", "card-format-link"),
    *("fee-table-stay", "fee-table-permanent-residence", "contacts", "office-table"),
    *("open-questions", "how-checked", "sources", "status", "changes", "flyers"),
    *("partners", "about", "accessibility", "imprint"),
)

# Texts whose braces the program fills in with words of its own.
PROGRAM_FILLED = frozenset({"labels"})


def _in_text(text: LocaleText) -> Iterator[Link]:
    for placeholder in text.placeholders:
        if placeholder.collection in COLLECTIONS:
            yield Link(text.path, COLLECTIONS[placeholder.collection], placeholder.id, states=True)


def _many(
    path: Path,
    collection: str,
    ids: Iterable[str],
    kinds: tuple[str, ...] = ANY,
    *,
    states: bool | None = None,
) -> Iterator[Link]:
    for index, record in enumerate(ids):
        yield Link((*path, index), collection, record, kinds, states=states)


def _one(
    path: Path,
    collection: str,
    record: str | None,
    kinds: tuple[str, ...] = ANY,
    *,
    states: bool | None = None,
) -> Iterator[Link]:
    if record is not None:
        yield Link(path, collection, record, kinds, states)


def _boundaries(path: Path, before: Mapping[str, Any]) -> Iterator[Link]:
    for boundary in before:
        yield Link((*path, "before", boundary), "facts", boundary, DAY, states=True, at_key=True)


def _reference(path: Path, written: str) -> Link:
    """Return the link of a reference that is a page's id or ``collection.id``."""
    collection, _, record = written.rpartition(".")
    return Link(path, COLLECTIONS.get(collection or "page", collection), record)


def _of_statement(statement: Statement, path: Path) -> Iterator[Link]:
    yield from _many((*path, "facts"), "facts", statement.facts, states=True)
    yield from _one((*path, "fact"), "facts", statement.fact, SENTENCE, states=True)
    yield from _boundaries(path, statement.before)


def _of_change(change: Change, path: Path) -> Iterator[Link]:
    yield from _one((*path, "starts"), "facts", change.starts, DAY, states=True)
    yield from _written_in_full((*path, "records"), change.records)


def _of_fact(fact: Any, path: Path) -> Iterator[Link]:
    yield from _one((*path, "common_ground"), "facts", fact.common_ground, SENTENCE, states=True)
    yield from _one((*path, "contact"), "contacts", fact.contact)
    yield from _boundaries(path, fact.before)


def _of_procedure(procedure: Procedure, path: Path) -> Iterator[Link]:
    yield from _one((*path, "office"), "kinds", procedure.office)
    yield from _one((*path, "fee_table"), "fee_tables", procedure.fee_table)
    yield from _many((*path, "related"), "procedures", procedure.related)
    for field, facts in procedure.unknown.items():
        yield from _many((*path, "unknown", field), "facts", facts, states=False)


def _of_fee_row(row: FeeRow, path: Path) -> Iterator[Link]:
    yield from _one((*path, "name"), "facts", row.name, SENTENCE, states=True)
    yield from _one((*path, "counter"), "facts", row.counter, AMOUNT, states=True)
    yield from _one((*path, "online"), "facts", row.online, AMOUNT, states=True)


def _of_question(question: Question, path: Path) -> Iterator[Link]:
    yield from _one((*path, "topic"), "topics", question.topic)
    yield from _many((*path, "unknown"), "facts", question.unknown, states=False)
    for index, written in enumerate(question.related):
        yield _reference((*path, "related", index), written)


def _of_section(section: Section, path: Path) -> Iterator[Link]:
    yield from _many((*path, "facts"), "facts", section.facts, SENTENCE, states=True)
    yield from _many((*path, "questions"), "questions", section.questions)
    yield from _many((*path, "unknown"), "facts", section.unknown, states=False)
    yield from _one((*path, "part"), "parts", section.part)


def _of_page(page: Page, path: Path) -> Iterator[Link]:
    yield from _many((*path, "lead"), "facts", page.lead, SENTENCE, states=True)


def _of_kind(kind: OfficeKind, path: Path) -> Iterator[Link]:
    yield from _one((*path, "condition"), "facts", kind.condition, SENTENCE, states=True)


def _of_contact(contact: ContactPoint, path: Path) -> Iterator[Link]:
    yield from _many((*path, "facts"), "facts", contact.facts, states=True)
    yield from _many((*path, "phones"), "facts", contact.phones, PHONE, states=True)
    yield from _many((*path, "web"), "facts", contact.web, ADDRESS, states=True)


def _of_office(office: Office, path: Path) -> Iterator[Link]:
    yield from _one((*path, "parent"), "offices", office.parent)
    yield from _many((*path, "prefectures"), "prefectures", office.prefectures)


def _of_phrase(phrase: ForbiddenPhrase, path: Path) -> Iterator[Link]:
    yield from _many((*path, "while_unknown"), "facts", phrase.while_unknown)
    yield from _written_in_full((*path, "allowed_in"), phrase.allowed_in)


def _written_in_full(path: Path, records: Iterable[str]) -> Iterator[Link]:
    """Yield the links of records that are written with their collection: ``facts.launch``."""
    for index, written in enumerate(records):
        collection, _, record = written.partition(".")
        yield Link((*path, index), collection, record)


def _of_outcome(outcome: GuideOutcome, path: Path) -> Iterator[Link]:
    yield from _one((*path, "procedure"), "procedures", outcome.procedure)
    yield from _many((*path, "unknown"), "facts", outcome.unknown, states=False)
    for index, written in enumerate(outcome.related):
        yield _reference((*path, "related", index), written)
    for index, condition in enumerate(outcome.when):
        yield from _of_condition(condition, (*path, "when", index), "guide_questions")


def _of_date_rule(rule: DateRule, path: Path) -> Iterator[Link]:
    yield from _one((*path, "input"), "date_inputs", rule.input)
    yield from _one((*path, "sooner"), "facts", rule.sooner, SPAN, states=True)
    yield from _one((*path, "procedure"), "procedures", rule.procedure)
    yield from _many((*path, "unknown"), "facts", rule.unknown, states=False)
    yield from _of_condition(rule.when, (*path, "when"), "date_inputs")


def _of_condition(condition: Condition, path: Path, collection: str) -> Iterator[Link]:
    for question in condition:
        yield Link((*path, question), collection, question, at_key=True)


def _of_site(site: Site, path: Path) -> Iterator[Link]:
    yield from _one((*path, "default_locale"), "locales", site.default_locale)
    yield from _many((*path, "navigation"), "pages", site.navigation)
    yield from _many((*path, "footer"), "pages", site.footer)
    for index, tags in enumerate(site.embed_combinations):
        yield from _many((*path, "embed_combinations", index), "locales", tags)


def _of_citation(citation: SourceReference, path: Path) -> Iterator[Link]:
    yield Link((*path, "source"), "sources", citation.source)


_Finder = Callable[[Any, Path], Iterator[Link]]
_FINDERS: dict[type, _Finder] = {
    Statement: _of_statement,
    Fact: _of_fact,
    Procedure: _of_procedure,
    FeeRow: _of_fee_row,
    Question: _of_question,
    Section: _of_section,
    Page: _of_page,
    OfficeKind: _of_kind,
    ContactPoint: _of_contact,
    Office: _of_office,
    ForbiddenPhrase: _of_phrase,
    GuideOutcome: _of_outcome,
    DateRule: _of_date_rule,
    Change: _of_change,
    Site: _of_site,
    SourceReference: _of_citation,
}


@cache
def _finders(shape: type[Any]) -> tuple[_Finder, ...]:
    return tuple(find for model, find in _FINDERS.items() if issubclass(shape, model))


def known_ids(dataset: Dataset, collection: str) -> Mapping[str, Any] | None:
    """Return what a collection holds by id; None where there is no such collection."""
    if collection == "locales":
        return dataset.site.locales
    if collection == "parts":
        return dict.fromkeys(PARTS)
    if collection in dataset.__dataclass_fields__ and collection != "files":
        found: Mapping[str, Any] = getattr(dataset, collection)
        return found if hasattr(found, "keys") else None
    return None
