"""Views of the pages of the site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cardguide.recordmodel import Page, Procedure, Section
from cardguide.richtext import RichText
from cardguide.views import status
from cardguide.views.accessibility import create_accessibility
from cardguide.views.cardface import create_card_face
from cardguide.views.contacts import create_contacts, create_offices
from cardguide.views.counters import (
    CounterView,
    ProcedureRow,
    SignView,
    create_counter,
    create_counters,
    create_procedure_row,
)
from cardguide.views.dates import create_dates
from cardguide.views.fees import FeeTableView, create_fee_table
from cardguide.views.flyerfiles import FlyerFile
from cardguide.views.guide import create_guide
from cardguide.views.imprintform import create_imprint_form
from cardguide.views.partners import create_partners
from cardguide.views.presenting import Presenter, ProvenanceView, StatementView, UnknownView
from cardguide.views.questions import (
    QuestionView,
    create_misconceptions,
    create_open_questions,
    create_question,
    create_topics,
)
from cardguide.views.sources import create_sources


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionView:
    """A heading with its statements, questions, open questions and a ready part."""

    anchor: str
    heading: str | None
    statements: tuple[StatementView, ...]
    questions: tuple[QuestionView, ...]
    unknown: tuple[UnknownView, ...]
    part: str | None
    data: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class PageView:
    """A page made from records."""

    id: str
    title: str
    description: str
    lead: tuple[StatementView, ...]
    sections: tuple[SectionView, ...]
    unknown_note: RichText
    checked_on: str
    checked: RichText


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldView:
    """One answer on a procedure's page: statements, and what is not known about it."""

    id: str
    label: str
    statements: tuple[StatementView, ...]
    unknown: tuple[UnknownView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureView:
    """The page of a procedure, its answers always in the same order."""

    id: str
    title: str
    others: tuple[tuple[str, str], ...]
    description: str
    sign: SignView
    counter: CounterView
    lead: tuple[StatementView, ...]
    fields: tuple[FieldView, ...]
    fee_table: FeeTableView | None
    notes: tuple[StatementView, ...]
    legal_basis: tuple[StatementView, ...]
    unknown: tuple[UnknownView, ...]
    unknown_note: RichText
    related: tuple[ProcedureRow, ...]
    checked_on: str
    checked: RichText


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What pages need beside the dataset: hand-written prose by page, and the flyers that were made."""

    prose: Mapping[str, str]
    flyers: tuple[FlyerFile, ...]
    embed_heights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    imprint_script: str = ""


PartMaker = Callable[[Presenter, Surroundings], Any]

PARTS: Mapping[str, PartMaker] = {
    "guide": lambda presenter, _: create_guide(presenter),
    "guide-link": lambda presenter, _: create_counters(presenter),
    "my-dates": lambda presenter, _: create_dates(presenter),
    "counters": lambda presenter, _: create_counters(presenter),
    "procedure-table": lambda presenter, _: create_counters(presenter),
    "fee-table-stay": lambda presenter, _: _fee_table(presenter, "stay"),
    "fee-table-permanent-residence": lambda presenter, _: _fee_table(presenter, "permanent-residence"),
    "misconceptions": lambda presenter, _: create_misconceptions(presenter),
    "questions": lambda presenter, _: create_topics(presenter),
    "card-face": lambda presenter, _: create_card_face(presenter),
    "card-format-link": lambda *_: None,
    "contacts": lambda presenter, _: create_contacts(presenter),
    "office-table": lambda presenter, _: create_offices(presenter),
    "open-questions": lambda presenter, _: create_open_questions(presenter),
    "how-checked": lambda presenter, surroundings: presenter.prose(surroundings.prose["how-checked"]),
    "sources": lambda presenter, _: create_sources(presenter),
    "status": lambda presenter, _: status.create_status(presenter),
    "changes": lambda presenter, _: status.create_changes(presenter),
    "flyers": lambda _, surroundings: surroundings.flyers,
    "imprint": lambda presenter, surroundings: create_imprint_form(
        presenter, surroundings.prose["imprint"], surroundings.flyers, surroundings.imprint_script
    ),
    "partners": lambda presenter, surroundings: create_partners(
        presenter, surroundings.prose["partners"], surroundings.embed_heights
    ),
    "accessibility": lambda presenter, _: create_accessibility(presenter),
    "about": lambda presenter, surroundings: presenter.prose(surroundings.prose["about"]),
}


def _fee_table(presenter: Presenter, table: str) -> FeeTableView:
    return create_fee_table(presenter, presenter.dataset.fee_tables[table])


def create_page(presenter: Presenter, page: Page, surroundings: Surroundings) -> PageView:
    """Return the view of a page made from records."""
    return PageView(
        id=page.id,
        title=presenter.words(page.title),
        description=presenter.words(page.description),
        lead=tuple(presenter.fact(fact) for fact in page.lead),
        sections=tuple(
            _section(presenter, page, index, section, surroundings)
            for index, section in enumerate(page.sections)
        ),
        unknown_note=presenter.rich_label("unknown-list-note", date=presenter.day(page.verified_on)),
        checked_on=page.verified_on.isoformat(),
        checked=presenter.rich_label("page-checked-on", date=presenter.day(page.verified_on)),
    )


def _section(
    presenter: Presenter, page: Page, index: int, section: Section, surroundings: Surroundings
) -> SectionView:
    return SectionView(
        anchor=section.anchor or f"part-{index}",
        heading=presenter.words(section.heading) if section.heading else None,
        statements=(
            *(presenter.fact(fact) for fact in section.facts),
            *presenter.statements(section.statements, f"pages.{page.id}.sections.{index}", page.verified_on),
        ),
        questions=tuple(create_question(presenter, question) for question in section.questions),
        unknown=presenter.unknowns(section.unknown),
        part=section.part,
        data=PARTS[section.part](presenter, surroundings) if section.part else None,
    )


def create_procedure_page(presenter: Presenter, procedure: Procedure) -> ProcedureView:
    """Return the view of a procedure's page."""
    row = create_procedure_row(presenter, procedure)
    data, record, checked = presenter.dataset, f"procedures.{procedure.id}", procedure.verified_on
    # Without the procedures of the office: no page would then be made from all of them.
    counter = create_counter(presenter, data.kinds[procedure.office])
    table = data.fee_tables[procedure.fee_table] if procedure.fee_table else None
    common = next(section for section in data.pages["procedures"].sections if section.anchor == "not-known")
    return ProcedureView(
        id=procedure.id,
        title=row.name,
        others=row.others,
        description=f"{row.name} — {row.summary.text}",
        sign=row.sign,
        counter=counter,
        lead=(row.summary, _together(presenter, row.provenance)),
        fields=_fields(presenter, procedure),
        fee_table=create_fee_table(presenter, table) if table else None,
        notes=presenter.statements(procedure.notes, f"{record}.notes", checked),
        legal_basis=presenter.statements(procedure.legal_basis, f"{record}.legal_basis", checked),
        unknown=presenter.unknowns(common.unknown),
        unknown_note=presenter.rich_label("unknown-list-note", date=presenter.day(checked)),
        related=tuple(create_procedure_row(presenter, data.procedures[other]) for other in procedure.related),
        checked_on=checked.isoformat(),
        checked=presenter.rich_label("page-checked-on", date=presenter.day(checked)),
    )


def _together(presenter: Presenter, provenance: ProvenanceView) -> StatementView:
    """Return the sentence that the card is applied for together with this procedure."""
    if presenter.as_of < presenter.dataset.facts["launch"].value:
        text = presenter.rich_label("apply-together-before", date=presenter.value("launch"))
    else:
        text = presenter.rich_label("apply-together")
    return StatementView(text=text, note=None, provenance=provenance)


def _fields(presenter: Presenter, procedure: Procedure) -> tuple[FieldView, ...]:
    labels = {"who": "who", "deadline": "when", "fee": "fee", "documents": "documents"}
    return tuple(
        FieldView(
            id=label,
            label=presenter.label(label),
            statements=presenter.statements(
                getattr(procedure, field), f"procedures.{procedure.id}.{field}", procedure.verified_on
            ),
            unknown=presenter.unknowns(procedure.unknown.get(field, ())),  # type: ignore[call-overload]
        )
        for field, label in labels.items()
    )
