"""Whom to ask, and the immigration offices with their prefectures."""

from dataclasses import dataclass

from cardguide.richtext import RichText
from cardguide.views.presenting import Presenter, ProvenanceView, StatementView, weakest
from cardguide.views.provenances import SharedProvenance, share_provenance


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeView:
    """An immigration office and the prefectures for which it is responsible."""

    id: str
    name: str
    kind: str
    parent: str | None
    prefectures: tuple[str, ...]
    provenance: ProvenanceView


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeTableView:
    """The listed offices, and what their rows rest on."""

    offices: tuple[OfficeView, ...]
    provenance: tuple[SharedProvenance, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactView:
    """Whom to ask."""

    id: str
    name: str
    about: RichText
    phones: tuple[RichText, ...]
    web: tuple[RichText, ...]
    hours: tuple[StatementView, ...]
    provenance: ProvenanceView | None


def create_offices(presenter: Presenter) -> OfficeTableView:
    """Return the listed immigration offices with their prefectures."""
    data = presenter.dataset
    offices = tuple(
        OfficeView(
            id=office.id,
            name=presenter.words(office.name),
            kind=office.kind,
            parent=presenter.words(data.offices[office.parent].name) if office.parent else None,
            prefectures=tuple(presenter.words(data.prefectures[code].name) for code in office.prefectures),
            provenance=presenter.provenance(
                f"offices.{office.id}", office.state, (), office.sources, office.verified_on
            ),
        )
        for office in data.offices.values()
        if office.listed
    )
    return OfficeTableView(
        offices=offices, provenance=share_provenance((office.name, office.provenance) for office in offices)
    )


def create_contacts(presenter: Presenter) -> tuple[ContactView, ...]:
    """Return whom to ask."""
    return tuple(create_contact(presenter, contact) for contact in presenter.dataset.contacts)


def create_contact(presenter: Presenter, contact_id: str) -> ContactView:
    """Return one contact point with its numbers, addresses and hours."""
    contact = presenter.dataset.contacts[contact_id]
    facts = [presenter.dataset.facts[fact] for fact in (*contact.facts, *contact.phones, *contact.web)]
    sources = dict.fromkeys(source for fact in facts for source in fact.sources)
    return ContactView(
        id=contact.id,
        name=presenter.words(contact.name),
        about=presenter.text(contact.about),
        phones=tuple(presenter.value(fact) for fact in contact.phones),
        web=tuple(presenter.value(fact) for fact in contact.web),
        hours=presenter.statements(contact.hours, f"contacts.{contact.id}.hours", contact.verified_on),
        provenance=presenter.provenance(
            f"contacts.{contact.id}", weakest(fact.state for fact in facts), (), sources, contact.verified_on
        )
        if facts
        else None,
    )
