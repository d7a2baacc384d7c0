"""The tables that partners embed: all procedures, one kind of office, one procedure, the fees, and a short one."""

import datetime
from collections.abc import Callable, Iterator

from cardguide.dataset import Dataset
from cardguide.model import OfficeKind, Procedure
from cardguide.richtext import plain
from cardguide.views.addressing import absolute_address
from cardguide.views.embedfees import create_fee_groups
from cardguide.views.embedfoot import create_foot
from cardguide.views.embeds import (
    Cells,
    Content,
    EmbedView,
    GroupView,
    LineView,
    Notes,
    RowView,
    Spoken,
    Voices,
    Words,
    flat,
)
from cardguide.views.parts import create_sign
from cardguide.views.presenting import Presenter

EMBED_FOLDER = "embed/v1"
PROCEDURES = "procedures"
COMPACT = "procedures-compact"
FEES = "fees"

FIELDS = {"who": "who", "deadline": "when", "fee": "fee", "documents": "documents"}


def create_voices(dataset: Dataset, as_of: datetime.date) -> tuple[Voices, ...]:
    """Return the voices of every published combination of languages."""
    presenters = {
        locale.tag: Presenter(
            dataset=dataset,
            locale=locale,
            as_of=as_of,
            address=absolute_address(dataset.site.url, locale.tag),
        )
        for locale in dataset.locales
    }
    combinations = (*((tag,) for tag in presenters), *dataset.site.embed_combinations)
    return tuple(Voices(presenters=tuple(presenters[tag] for tag in tags)) for tags in combinations)


def create_embed_views(voices: Voices) -> Iterator[EmbedView]:
    """Yield every table in one combination of languages."""
    dataset = voices.main.dataset
    kinds = tuple(dataset.kinds.values())
    yield _create(voices, lambda notes: _procedures(voices, notes, kinds, PROCEDURES))
    yield _create(voices, lambda notes: _compact(voices, notes, kinds))
    for kind in kinds:
        yield _create(voices, _bound(_procedures, voices, (kind,), f"{PROCEDURES}-{kind.id}"))
    for procedure in dataset.procedures.values():
        yield _create(voices, _bound(_procedure, voices, procedure))
    yield _create(voices, lambda notes: _fees(voices, notes))


def _bound(make: Callable[..., Content], voices: Voices, *what: object) -> Callable[[Notes], Content]:
    return lambda notes: make(voices, notes, *what)


def _create(voices: Voices, make: Callable[[Notes], Content]) -> EmbedView:
    notes = Notes()
    content, main = make(notes), voices.main
    checked = min(notes.days)
    until = checked + datetime.timedelta(days=main.dataset.site.review_after_days)
    return EmbedView(
        name=content.name,
        tag=voices.tag,
        lang=main.locale.tag,
        direction=main.locale.direction,
        title=flat(content.title),
        page=main.address(*content.page) or "",
        caption=content.title,
        lead=content.lead,
        columns=content.columns,
        labels=tuple(flat(column) for column in content.columns),
        groups=content.groups,
        foot=create_foot(voices, notes, content, checked, until),
        as_of=main.as_of,
        checked_on=checked,
        valid_until=until,
    )


def _lead(voices: Voices, notes: Notes, fact: str) -> tuple[LineView, ...]:
    return voices.lines(notes, lambda each: (each.fact(fact),))


def _procedures(voices: Voices, notes: Notes, kinds: tuple[OfficeKind, ...], name: str) -> Content:
    pages = voices.main.dataset.pages
    common = next(section for section in pages["procedures"].sections if section.anchor == "not-known")
    return Content(
        name=name,
        page=("page", "procedures"),
        title=voices.label("embed-title"),
        lead=_lead(voices, notes, "combined-only"),
        columns=tuple(voices.label(label) for label in ("procedure", "who", "when")),
        groups=tuple(_group(voices, notes, kind, _who_and_when) for kind in kinds),
        unknown=common.unknown,
    )


def _compact(voices: Voices, notes: Notes, kinds: tuple[OfficeKind, ...]) -> Content:
    return Content(
        name=COMPACT,
        page=("page", "procedures"),
        title=voices.label("embed-title"),
        lead=_lead(voices, notes, "combined-only"),
        columns=(voices.label("procedure"),),
        groups=tuple(_group(voices, notes, kind, lambda *_: ()) for kind in kinds),
        short=True,
    )


def _group(
    voices: Voices, notes: Notes, kind: OfficeKind, cells: Callable[[Voices, Notes, Procedure], Cells]
) -> GroupView:
    condition, main = kind.condition, voices.main
    provenance = main.provenance(f"kinds.{kind.id}", kind.state, (), kind.sources, kind.verified_on)
    marks = notes.mark(provenance)
    return GroupView(
        id=kind.id,
        heading=voices.say(lambda each: each.words(kind.place_phrase)),
        notes=marks,
        lines=_lead(voices, notes, condition) if condition else (),
        rows=tuple(
            _row(voices, notes, procedure, cells(voices, notes, procedure), known=marks)
            for procedure in main.dataset.procedures.values()
            if procedure.office == kind.id
        ),
    )


def _row(voices: Voices, notes: Notes, procedure: Procedure, cells: Cells, *, known: str = "") -> RowView:
    """Return a procedure; its name carries its marks unless the heading above carries the same ones."""
    main = voices.main
    record = f"procedures.{procedure.id}"
    provenance = main.provenance(record, procedure.state, (), procedure.sources, procedure.verified_on)
    return RowView(
        record=record,
        sign=create_sign(main, procedure),
        head=voices.say(lambda each: each.words(procedure.name)),
        official=_official(voices, procedure),
        notes="" if (marks := notes.mark(provenance)) == known else marks,
        href=main.address("procedure", procedure.id),
        cells=cells,
    )


def _official(voices: Voices, procedure: Procedure) -> Words:
    """Return the name in the language of the counter, where the table does not speak it."""
    default = voices.main.dataset.locales[0].tag
    if default in {each.locale.tag for each in voices.presenters}:
        return ()
    return (Spoken(lang=default, text=plain(procedure.name[default])),)


def _who_and_when(voices: Voices, notes: Notes, procedure: Procedure) -> Cells:
    return tuple(_statements(voices, notes, procedure, field) for field in ("who", "deadline"))


def _statements(voices: Voices, notes: Notes, procedure: Procedure, field: str) -> tuple[LineView, ...]:
    record = f"procedures.{procedure.id}.{field}"
    written = getattr(procedure, field)
    known = voices.lines(notes, lambda each: each.statements(written, record, procedure.verified_on))
    gaps = procedure.unknown.get(field, ())  # type: ignore[call-overload]
    return (*known, *voices.unknowns(notes, lambda each: each.unknowns(gaps)))


def _procedure(voices: Voices, notes: Notes, procedure: Procedure) -> Content:
    rows = tuple(
        RowView(
            record=f"procedures.{procedure.id}.{field}",
            head=voices.label(label),
            cells=(_statements(voices, notes, procedure, field),),
        )
        for field, label in FIELDS.items()
    )
    kind = voices.main.dataset.kinds[procedure.office]
    whole = _row(voices, notes, procedure, ())
    group = GroupView(
        id=procedure.id,
        heading=voices.say(lambda each: each.words(kind.place_phrase)),
        lines=_lead(voices, notes, kind.condition) if kind.condition else (),
        rows=(whole, *rows),
    )
    return Content(
        name=f"procedure-{procedure.id}",
        page=("procedure", procedure.id),
        title=whole.head,
        lead=_lead(voices, notes, "combined-only"),
        columns=(voices.label("procedure"), voices.label("answer")),
        groups=(group,),
    )


def _fees(voices: Voices, notes: Notes) -> Content:
    return Content(
        name=FEES,
        page=("page", "fees"),
        title=voices.say(lambda each: each.words(each.dataset.pages["fees"].title)),
        lead=(),
        columns=tuple(voices.label(label) for label in ("fee-period", "fee-counter", "fee-online")),
        groups=create_fee_groups(voices, notes),
        unknown=("card-fee",),
        extra=(
            voices.say(lambda each: each.rich_label("fee-check", link=each.value("url-isa-fees"))),
            voices.label("fee-online-note"),
        ),
    )
