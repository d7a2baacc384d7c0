"""The counters with their procedures, and the sign of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from cardguide.recordmodel import OfficeKind, Procedure
from cardguide.views.presenting import Presenter, ProvenanceView, StatementView


@dataclass(frozen=True, kw_only=True, slots=True)
class SignView:
    """The handle of a procedure, as at a railway station; never shown as an official number."""

    counter: str
    letter: str
    number: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureRow:
    """A procedure as it stands in a list."""

    id: str
    sign: SignView
    name: str
    others: tuple[tuple[str, str], ...]
    href: str | None
    summary: StatementView
    who: tuple[StatementView, ...]
    deadline: tuple[StatementView, ...]
    provenance: ProvenanceView


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterView:
    """A kind of office with its procedures."""

    id: str
    letter: str
    name: str
    short_name: str
    place_phrase: str
    description: StatementView
    condition: StatementView | None
    procedures: tuple[ProcedureRow, ...]


def create_sign(presenter: Presenter, procedure: Procedure) -> SignView:
    """Return the sign of a procedure with the words in which it is read aloud."""
    letter, number = procedure.sign[0], procedure.sign[1:]
    kind = presenter.dataset.kinds[procedure.office]
    label = presenter.label("counter-number", counter=presenter.words(kind.short_name), number=number)
    return SignView(counter=letter.lower(), letter=letter, number=number, label=label)


def create_procedure_row(presenter: Presenter, procedure: Procedure) -> ProcedureRow:
    """Return a procedure for a list."""
    record, checked = f"procedures.{procedure.id}", procedure.verified_on
    own = presenter.words(procedure.name)
    others: dict[
        str, str
    ] = {}  # names by the first locale that has them: easy Japanese has those of Japanese
    for locale in presenter.dataset.locales:
        if procedure.name[locale.tag] not in (own, *others):
            others[procedure.name[locale.tag]] = locale.tag
    return ProcedureRow(
        id=procedure.id,
        sign=create_sign(presenter, procedure),
        name=own,
        others=tuple((tag, name) for name, tag in others.items()),
        href=presenter.address("procedure", procedure.id),
        summary=presenter.statement(procedure.summary, f"{record}.summary", checked),
        who=presenter.statements(procedure.who, f"{record}.who", checked),
        deadline=presenter.statements(procedure.deadline, f"{record}.deadline", checked),
        provenance=presenter.provenance(record, procedure.state, (), procedure.sources, checked),
    )


def create_counters(presenter: Presenter) -> tuple[CounterView, ...]:
    """Return the kinds of office with their procedures, in the order of the data."""
    data = presenter.dataset
    return tuple(
        create_counter(presenter, kind, (each for each in data.procedures.values() if each.office == kind.id))
        for kind in data.kinds.values()
    )


def create_counter(
    presenter: Presenter, kind: OfficeKind, procedures: Iterable[Procedure] = ()
) -> CounterView:
    """Return a kind of office with the given procedures."""
    return CounterView(
        id=kind.id,
        letter=kind.letter,
        name=presenter.words(kind.name),
        short_name=presenter.words(kind.short_name),
        place_phrase=presenter.words(kind.place_phrase),
        description=presenter.statement(kind.description, f"kinds.{kind.id}.description", kind.verified_on),
        condition=presenter.fact(kind.condition) if kind.condition else None,
        procedures=tuple(create_procedure_row(presenter, procedure) for procedure in procedures),
    )
