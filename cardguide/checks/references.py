"""Rules about names: what a record names must exist, be of the right kind, and be known."""

import difflib
from collections.abc import Iterable, Iterator

from cardguide.checks.links import Link, known_ids
from cardguide.checks.survey import Survey
from cardguide.model import SourceReference, State
from cardguide.problems import Problem


def check_references(survey: Survey) -> Iterator[Problem]:
    """Whatever is named by its id exists."""
    for link in survey.links:
        known = known_ids(survey.dataset, link.collection)
        if known is None or link.id not in known:
            yield _unknown(survey, link, known or ())


def _unknown(survey: Survey, link: Link, known: Iterable[str]) -> Problem:
    words = kind_words(link.collection)
    return survey.problem(
        link.path,
        "reference-unknown",
        at_key=link.at_key,
        value=link.id,
        kind_ja=words[0],
        kind_en=words[1],
        near=nearest(link.id, known),
    )


def kind_words(collection: str) -> tuple[str, str]:
    """Return what a record of a collection is called, in Japanese and in English."""
    return _KINDS.get(collection, (collection, collection))


def nearest(written: str, known: Iterable[str]) -> str:
    """Return the known id that looks most like what was written."""
    candidates = list(known)
    return next(iter(difflib.get_close_matches(written, candidates, n=1, cutoff=0)), "—")


_KINDS = {
    "facts": ("事実", "fact"),
    "procedures": ("手続", "procedure"),
    "pages": ("ページ", "page"),
    "questions": ("質問", "question"),
    "topics": ("質問の分類", "topic"),
    "sources": ("資料", "source"),
    "offices": ("官署", "office"),
    "kinds": ("窓口の種類", "kind of office"),
    "contacts": ("問い合わせ先", "contact"),
    "prefectures": ("都道府県", "prefecture"),
    "fee_tables": ("手数料の表", "fee table"),
    "guide_questions": ("案内の質問", "question of the guide"),
    "date_inputs": ("日付の入力欄", "input of the dates"),
    "parts": ("ページの部品", "part of a page"),
    "locales": ("言語", "locale"),
}


def check_places(survey: Survey) -> Iterator[Problem]:
    """A cited place is one of the places of its source."""
    for node in survey.citations:
        citation: SourceReference = node.value
        source = survey.dataset.sources.get(citation.source)
        if source is not None and citation.place not in source.places:
            yield survey.problem(
                (*node.path, "place"),
                "place-unknown",
                value=citation.place,
                of=citation.source,
                near=nearest(citation.place, source.places),
            )


def check_kinds(survey: Survey) -> Iterator[Problem]:
    """A fact stands only where its kind fits: a sentence, a day, an amount, a number, an address."""
    for link in survey.links:
        fact = survey.dataset.facts.get(link.id) if link.collection == "facts" else None
        if fact is not None and link.kinds and fact.kind not in link.kinds:
            yield survey.problem(
                link.path,
                "fact-kind-wrong",
                at_key=link.at_key,
                value=link.id,
                kind=fact.kind,
                expected=link.kinds[0],
            )


def check_stated(survey: Survey) -> Iterator[Problem]:
    """A fact that is unknown or in conflict is never stated."""
    for link, state in _linked_states(survey):
        if link.states is True and state in {State.UNKNOWN, State.CONFLICT}:
            yield survey.problem(
                link.path, "fact-stated-unknown", at_key=link.at_key, value=link.id, state=state.value
            )


def check_asked(survey: Survey) -> Iterator[Problem]:
    """A list of what is not known names no fact that is known."""
    for link, state in _linked_states(survey):
        if link.states is False and state not in {State.UNKNOWN, State.CONFLICT}:
            yield survey.problem(link.path, "fact-asked-known", value=link.id, state=state.value)


def _linked_states(survey: Survey) -> Iterator[tuple[Link, State]]:
    for link in survey.links:
        fact = survey.dataset.facts.get(link.id) if link.collection == "facts" else None
        if fact is not None:
            yield link, fact.state


def check_repeats(survey: Survey) -> Iterator[Problem]:
    """A list names nothing twice."""
    seen: dict[object, int] = {}
    for link in survey.links:
        if not isinstance(link.path[-1], int):
            continue
        key = (link.path[:-1], link.id, link.collection)
        if key in seen:
            yield survey.problem(link.path, "list-repeats", value=link.id)
        seen[key] = 1
    for node in survey.citations:
        place = (node.path[:-1], node.value.source, node.value.place)
        if place in seen:
            yield survey.problem(node.path, "list-repeats", value=f"{node.value.source}, {node.value.place}")
        seen[place] = 1


def check_needed(survey: Survey) -> Iterator[Problem]:
    """Every record that the program itself names exists."""
    data = survey.dataset
    for collection, needed in NEEDED.items():
        records = known_ids(survey.dataset, collection) or {}
        for record in needed:
            if record not in records:
                yield data.problem((collection,), "record-needed", value=record, at_key=True)


NEEDED = {
    "facts": ("launch", "format-change"),
    "pages": ("home", "procedures", "faq", "card-format", "offices", "open-questions", "sources"),
    "kinds": ("municipal", "bureau"),
    "contacts": ("isa", "mynumber", "municipal"),
}
