"""Rules about evidence: what a statement rests on, how sure it is, and when it was last checked."""

from collections.abc import Iterable, Iterator
from typing import Any

from cardguide.checks.survey import Survey
from cardguide.factmodel import Fact
from cardguide.freshness import review_by
from cardguide.model import Caveat, SourceReference, State, Statement
from cardguide.problems import Problem
from cardguide.recordmodel import Office, Procedure, Source
from cardguide.walking import Node

_STATES = tuple(State)
_OPEN = frozenset({State.UNKNOWN, State.CONFLICT})


def check_statements(survey: Survey) -> Iterator[Problem]:
    """A statement is the sentence of a fact, or a text of its own that rests on facts or sources."""
    for node in survey.statements:
        statement: Statement = node.value
        if statement.fact is None and statement.text is None:
            yield survey.problem(node.path, "statement-empty")
        elif statement.fact is not None:
            if _says_more_than_its_fact(statement):
                yield survey.problem((*node.path, "fact"), "statement-mixed", fact=statement.fact)
        elif not statement.facts and not statement.sources:
            yield survey.problem((*node.path, "text"), "evidence-missing", at_key=True)


def _says_more_than_its_fact(statement: Statement) -> bool:
    return bool(statement.text or statement.before or statement.facts or statement.sources or statement.state)


def check_statement_states(survey: Survey) -> Iterator[Problem]:
    """A statement says how sure it is, or leans on facts that do; it is never open, nor surer than they."""
    for node in survey.statements:
        statement: Statement = node.value
        states = [fact.state for fact in _facts(survey, statement.facts)]
        if statement.fact is not None:
            continue
        if statement.state is None:
            if not statement.facts:
                yield survey.problem((*node.path, "text"), "state-missing", at_key=True)
        elif statement.state in _OPEN:
            yield survey.problem((*node.path, "state"), "state-open", state=statement.state.value)
        elif any(_STATES.index(state) > _STATES.index(statement.state) for state in states):
            weakest = max(states, key=_STATES.index)
            yield survey.problem(
                (*node.path, "state"), "state-too-sure", state=statement.state.value, weakest=weakest.value
            )


def _facts(survey: Survey, ids: Iterable[str]) -> list[Any]:
    return [survey.dataset.facts[fact] for fact in ids if fact in survey.dataset.facts]


def check_record_states(survey: Survey) -> Iterator[Problem]:
    """A record that is published as it stands is confirmed or reported."""
    for node in survey.having("state"):
        if not isinstance(node.value, Fact | Statement) and node.value.state in _OPEN:
            yield survey.problem((*node.path, "state"), "state-open", state=node.value.state.value)


def check_proof(survey: Survey) -> Iterator[Problem]:
    """What is confirmed rests on official text that was seen, at its source or in a copy."""
    for node in _confirmed(survey):
        if not any(_proves(survey, reference) for reference in node.value.sources):
            yield survey.problem((*node.path, "state"), "confirmed-unproved", state=State.REPORTED.value)


def _proves(survey: Survey, reference: SourceReference) -> bool:
    source = survey.dataset.sources.get(reference.source)
    if source is None:
        return True
    return source.seen != "not-seen" and (source.official or source.kind in {"copy", "statute"})


def _confirmed(survey: Survey) -> Iterator[Node]:
    """Yield whatever is said to be confirmed by sources."""
    for node in survey.having("state"):
        if node.value.state is State.CONFIRMED and node.value.sources:
            yield node


def check_copy_caveat(survey: Survey) -> Iterator[Problem]:
    """What is confirmed only by copies of official text says so."""
    carrying = {id(node.value) for node in survey.having("caveats")}
    for node in _confirmed(survey):
        if id(node.value) not in carrying:
            continue
        sources = [survey.dataset.sources.get(reference.source) for reference in node.value.sources]
        official = any(
            source is None or (source.official and source.seen != "not-seen") for source in sources
        )
        if sources and not official and Caveat.COPY not in node.value.caveats:
            yield survey.problem((*node.path, "state"), "copy-unsaid")


def check_sourced(survey: Survey) -> Iterator[Problem]:
    """A record that is not open names at least one source."""
    for node in survey.having("state"):
        if isinstance(node.value, Statement):
            continue
        has_own = any(value.sources for value in getattr(node.value, "values", ()))
        if node.value.state not in _OPEN and not node.value.sources and not has_own:
            yield survey.problem((*node.path, "state"), "sources-missing")


def check_values(survey: Survey) -> Iterator[Problem]:
    """A known fact has one value or dated values and no contact; an open fact has a contact and no value."""
    for path, fact in survey.records("facts"):
        has_value, has_values = fact.value is not None, bool(fact.values)
        if fact.state in _OPEN:
            if has_value or has_values:
                yield survey.problem(
                    (*path, "value" if has_value else "values"), "value-of-open", state=fact.state.value
                )
            if fact.contact is None:
                yield survey.problem((*path, "state"), "contact-missing", state=fact.state.value)
        else:
            yield from _check_known(survey, path, fact, has_value=has_value, has_values=has_values)


def _check_known(
    survey: Survey, path: tuple[str | int, ...], fact: Any, *, has_value: bool, has_values: bool
) -> Iterator[Problem]:
    if has_value == has_values:
        yield survey.problem((*path, "kind"), "value-both" if has_value else "value-missing", kind=fact.kind)
    if fact.contact is not None:
        yield survey.problem((*path, "contact"), "contact-of-known", state=fact.state.value)
    if fact.common_ground is not None:
        yield survey.problem((*path, "common_ground"), "ground-of-known", state=fact.state.value)
    if fact.confidence is None:
        yield survey.problem((*path, "state"), "confidence-missing")


def check_confidence(survey: Survey) -> Iterator[Problem]:
    """Only a known fact says how much its evidence weighs."""
    for path, fact in survey.records("facts"):
        if fact.state in _OPEN and fact.confidence is not None:
            yield survey.problem((*path, "confidence"), "confidence-of-open", state=fact.state.value)


def check_official(survey: Survey) -> Iterator[Problem]:
    """Flyers, records and statutes are official; copies and third parties are not."""
    for path, source in survey.records("sources"):
        expected = _OFFICIAL.get(source.kind)
        if expected is not None and source.official is not expected:
            yield survey.problem(
                (*path, "official"), "official-wrong", kind=source.kind, expected=str(expected).lower()
            )


_OFFICIAL = {"flyer": True, "record": True, "copy": False, "third-party": False}


def check_answered(survey: Survey) -> Iterator[Problem]:
    """A procedure says who, until when, for how much and with what, or that this is not known."""
    for path, procedure in survey.records("procedures"):
        for field in ("who", "deadline", "fee", "documents"):
            priced = field == "fee" and procedure.fee_table is not None
            if not getattr(procedure, field) and not priced and not procedure.unknown.get(field):
                yield survey.problem((*path, field), "field-unanswered", field=field)
        if not procedure.legal_basis:
            yield survey.problem((*path, "legal_basis"), "field-unanswered", field="legal_basis")


def check_future(survey: Survey) -> Iterator[Problem]:
    """Nothing was checked after today, nor after the day that the outputs speak of where that is later."""
    if survey.today is None:
        return
    latest = max(survey.today, survey.as_of)
    for node in survey.having("verified_on"):
        checked = node.value.verified_on
        if checked is not None and checked > latest:
            yield survey.problem((*node.path, "verified_on"), "checked-in-future", day=checked.isoformat())


def check_review(survey: Survey) -> Iterator[Problem]:
    """A record is checked again before its review interval is over."""
    for node in survey.having("verified_on"):
        checked = node.value.verified_on
        if (
            checked is not None
            and isinstance(node.value, Fact | Procedure | Office | Source)
            and (until := review_by(survey.dataset, node.value)) < survey.as_of
        ):
            days = str((until - checked).days)
            yield survey.problem(
                (*node.path, "verified_on"), "review-due", day=checked.isoformat(), days=days
            )
