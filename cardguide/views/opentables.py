"""Every table of the open data."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cardguide.model import State
from cardguide.views import opendata, published
from cardguide.views.giftables import create_gif_tables
from cardguide.views.municipalities import Municipality
from cardguide.views.opendata import Publication
from cardguide.views.presenting import weakest
from cardguide.views.tables import Field, Table, create_table, field

STATE = (field("state"), field("verified_on", kind="date"))
SOURCES = (field("sources", kind="list"), *STATE)


def create_tables(publication: Publication, municipalities: Sequence[Municipality]) -> Iterator[Table]:
    """Yield every table, in the order in which the package lists them."""
    procedures = opendata.create_procedures(publication)
    offices = opendata.create_offices(publication)
    yield create_procedure_table(publication, procedures)
    yield create_table(publication, "offices", offices, OFFICE_FIELDS, key=("id",))
    yield create_fact_table(publication, opendata.create_facts(publication))
    yield create_question_table(publication, opendata.create_questions(publication))
    yield create_table(
        publication, "card_format", opendata.create_card_items(publication), ITEM_FIELDS, key=("id",)
    )
    yield create_table(
        publication, "unknowns", opendata.create_unknowns(publication), UNKNOWN_FIELDS, key=("id",)
    )
    yield create_table(
        publication, "sources", opendata.create_sources(publication), SOURCE_FIELDS, key=("id",)
    )
    yield create_table(publication, "municipalities", municipalities, MUNICIPALITY_FIELDS, key=("code",))
    yield from create_gif_tables(publication, procedures, offices, municipalities)


OFFICE_FIELDS = (
    field("id"),
    field("kind"),
    field("name", kind="localized"),
    field("parent"),
    field("prefectures", kind="list"),
    *SOURCES,
)
ITEM_FIELDS = (
    field("id"),
    field("name", kind="localized"),
    field("before"),
    field("after"),
    field("caveats", kind="list"),
    *SOURCES,
)
UNKNOWN_FIELDS = (
    field("id"),
    field("title", kind="localized"),
    field("note", kind="localized"),
    field("ask", kind="localized"),
    field("contact"),
    field("url", kind="localized"),
    *SOURCES,
)
SOURCE_FIELDS = (
    field("id"),
    field("title", kind="localized"),
    field("publisher", kind="localized"),
    field("kind"),
    field("official", kind="flag"),
    field("seen"),
    field("urls", kind="list"),
    field("verified_on", kind="date"),
)
MUNICIPALITY_FIELDS = (
    field("code"),
    field("prefecture"),
    field("kind"),
    field("window", kind="flag"),
    field("name"),
    field("name_kana"),
    field("name_latin"),
    field("parent"),
    field("variant"),
)


def create_procedure_table(
    publication: Publication, procedures: Iterable[published.PublishedProcedure]
) -> Table:
    """Return a row for each procedure; the state of a field is the weakest of its statements."""
    fields = (
        field("id"),
        field("sign"),
        field("office_kind"),
        field("name", kind="localized"),
        *(
            each
            for name in ("summary", "who", "deadline", "fee", "documents", "legal_basis")
            for each in _statement_fields(publication, name)
        ),
        field("unknown", lambda record: tuple(f"{gap.field}:{gap.fact}" for gap in record.unknown), "list"),
        field("related", kind="list"),
        field("url", kind="localized"),
        *SOURCES,
        field("as_of", lambda _: publication.as_of, "date"),
    )
    return create_table(publication, "procedures", procedures, fields, key=("id",))


def create_question_table(
    publication: Publication, questions: Iterable[published.PublishedQuestion]
) -> Table:
    """Return a row for each question."""
    fields = (
        field("id"),
        field("topic"),
        field("flyer", kind="number"),
        field("question", kind="localized"),
        field("polarity"),
        *_statement_fields(publication, "answer"),
        field("unknown", kind="list"),
        field("url", kind="localized"),
        field("verified_on", kind="date"),
    )
    return create_table(publication, "faq", questions, fields, key=("id",))


def create_fact_table(publication: Publication, facts: Iterable[published.PublishedFact]) -> Table:
    """Return a row for each value of a fact, and one without value for each open question."""
    rows = [(fact, value) for fact in facts for value in fact.values or (None,)]
    nothing = dict.fromkeys(publication.locales, "")
    fields = (
        field("id", lambda row: row[0].id),
        field("kind", lambda row: row[0].kind),
        field("title", lambda row: row[0].title, "localized"),
        field("clock", lambda row: row[0].clock),
        field("value", lambda row: row[1].value if row[1] else ""),
        field("text", lambda row: row[1].text if row[1] else nothing, "localized"),
        field("from", lambda row: row[1].from_ if row[1] else None, "date"),
        field("to", lambda row: row[1].to if row[1] else None, "date"),
        field("confidence", lambda row: row[0].confidence),
        field("caveats", lambda row: row[0].caveats, "list"),
        field("contact", lambda row: row[0].contact),
        field("sources", lambda row: (row[1] and row[1].sources) or row[0].sources, "list"),
        field("state", lambda row: row[0].state),
        field("verified_on", lambda row: row[0].verified_on, "date"),
    )
    return create_table(publication, "facts", rows, fields, key=("id", "from"))


def _statement_fields(publication: Publication, name: str) -> tuple[Field, ...]:
    """Return the words of a field in every locale, its state and its sources."""

    def statements(record: Any) -> tuple[published.PublishedStatement, ...]:
        value = getattr(record, name)
        return value if isinstance(value, tuple) else (value,)

    def words(record: Any) -> published.Localized:
        return {tag: " ".join(each.text[tag] for each in statements(record)) for tag in publication.locales}

    def state(record: Any) -> str:
        states = [State(each.state) for each in statements(record)]
        return weakest(states).value if states else State.UNKNOWN.value

    def sources(record: Any) -> tuple[published.PublishedCitation, ...]:
        return tuple(dict.fromkeys(citation for each in statements(record) for citation in each.sources))

    return (
        Field(name=name, read=words, kind="localized"),
        Field(name=f"{name}_state", read=state),
        Field(name=f"{name}_sources", read=sources, kind="list"),
    )
