"""The tables that partners embed: all procedures, one kind of office, one procedure, the fees, and a short one."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cardguide.dataset import Dataset
from cardguide.recordmodel import OfficeKind, Procedure
from cardguide.richtext import plain
from cardguide.views.addressing import absolute_address
from cardguide.views.counters import create_sign
from cardguide.views.embedfees import create_fee_groups
from cardguide.views.embedfoot import create_foot, is_counted
from cardguide.views.embeds import (
    Cells,
    Content,
    EmbedView,
    GroupView,
    LineView,
    LinkView,
    Notes,
    RowView,
    Spoken,
    Voices,
    Words,
    flat,
)
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A table that is published: its name in paths, the page that shows the same, its title, and how it is made."""

    name: str
    page: tuple[str, str]
    title: Words
    make: Callable[[Notes], Content]


def catalogue(voices: Voices) -> Iterator[Entry]:
    """Yield every published table in one combination of languages."""
    dataset, title, page = voices.main.dataset, voices.label("embed-title"), ("page", "procedures")
    kinds = tuple(dataset.kinds.values())
    yield Entry(name=PROCEDURES, page=page, title=title, make=_bound(_procedures, voices, kinds))
    yield Entry(name=COMPACT, page=page, title=title, make=_bound(_compact, voices, kinds))
    for kind in kinds:
        yield Entry(
            name=f"{PROCEDURES}-{kind.id}", page=page, title=title, make=_bound(_procedures, voices, (kind,))
        )
    for procedure in dataset.procedures.values():
        yield Entry(
            name=f"procedure-{procedure.id}",
            page=("procedure", procedure.id),
            title=voices.say(_name_of(procedure)),
            make=_bound(_procedure, voices, procedure),
        )
    fees = dataset.pages[FEES].title
    yield Entry(
        name=FEES,
        page=("page", FEES),
        title=voices.say(lambda each: each.words(fees)),
        make=lambda notes: _fees(voices, notes),
    )


def _bound(make: Callable[..., Content], voices: Voices, what: object) -> Callable[[Notes], Content]:
    return lambda notes: make(voices, notes, what)


def _name_of(procedure: Procedure) -> Callable[[Presenter], str]:
    return lambda each: each.words(procedure.name)


def create_embed_views(voices: Voices) -> Iterator[EmbedView]:
    """Yield the view of every table in one combination of languages."""
    return (create_embed_view(voices, entry) for entry in catalogue(voices))


def create_embed_view(voices: Voices, entry: Entry) -> EmbedView:
    """Return the view of a table; its foot comes last, when every statement has its marks."""
    notes = Notes()
    content, main = entry.make(notes), voices.main
    checked = min(notes.days)
    until = checked + datetime.timedelta(days=main.dataset.site.review_after_days)
    return EmbedView(
        name=entry.name,
        tag=voices.tag,
        lang=main.locale.tag,
        direction=main.locale.direction,
        title=flat(entry.title),
        page=main.address(*entry.page) or "",
        caption=entry.title,
        lead=content.lead,
        columns=content.columns,
        labels=tuple(flat(column) for column in content.columns),
        groups=content.groups,
        foot=create_foot(
            voices, notes, content, checked=checked, until=until, links=_links(voices, entry, content)
        ),
        as_of=main.as_of,
        checked_on=checked,
        valid_until=until,
    )


def _links(voices: Voices, entry: Entry, content: Content) -> tuple[LinkView, ...]:
    """Return in each language the page that shows the same, what is not confirmed, and the table alone to print."""
    listed = not is_counted(voices, content.unknown)
    alone = f"{voices.main.dataset.site.url}{EMBED_FOLDER}/{voices.tag}/{entry.name}.html"

    def links(each: Presenter) -> tuple[tuple[str, str | None], ...]:
        latest = ("embed-latest", each.address(*entry.page))
        open_questions = ("see-open-questions", each.address("page", "open-questions"))
        # What is counted is linked where it is counted.
        asked = (open_questions,) if listed else ()
        return (latest,) if entry.name == COMPACT else (latest, *asked, ("embed-print", alone))

    return tuple(
        LinkView(words=Spoken(lang=each.locale.tag, text=plain(each.label(label))), href=href)
        for each in voices.presenters
        for label, href in links(each)
        if href
    )


def _lead(voices: Voices, notes: Notes, fact: str) -> tuple[LineView, ...]:
    return voices.lines(notes, lambda each: (each.fact(fact),))


def _procedures(voices: Voices, notes: Notes, kinds: tuple[OfficeKind, ...]) -> Content:
    pages = voices.main.dataset.pages
    common = next(section for section in pages["procedures"].sections if section.anchor == "not-known")
    return Content(
        lead=_lead(voices, notes, "combined-only"),
        columns=tuple(voices.label(label) for label in ("procedure", "who", "when")),
        groups=tuple(_group(voices, notes, kind, _who_and_when) for kind in kinds),
        unknown=common.unknown,
    )


def _compact(voices: Voices, notes: Notes, kinds: tuple[OfficeKind, ...]) -> Content:
    return Content(
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
    if procedure.name[default] in {each.words(procedure.name) for each in voices.presenters}:
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
        lead=_lead(voices, notes, "combined-only"),
        columns=(voices.label("procedure"), voices.label("answer")),
        groups=(group,),
    )


def _fees(voices: Voices, notes: Notes) -> Content:
    return Content(
        lead=(),
        columns=tuple(voices.label(label) for label in ("fee-period", "fee-counter", "fee-online")),
        groups=create_fee_groups(voices, notes),
        unknown=("card-fee",),
        extra=(
            voices.say(lambda each: each.rich_label("fee-check", link=each.value("url-isa-fees"))),
            voices.label("fee-online-note"),
        ),
    )
