"""Every file of the open data."""

import datetime
from collections.abc import Iterator

from cardguide.artifacts import Artifact
from cardguide.dataset import Dataset
from cardguide.outputs.opendata.csvfiles import create_csv
from cardguide.outputs.opendata.jsonfiles import create_data_file
from cardguide.views import changedata, opendata, published, tables
from cardguide.views.opendata import Publication


def create_open_data(dataset: Dataset, *, as_of: datetime.date) -> Iterator[Artifact]:
    """Yield every file under ``data/v1/`` and ``schema/v1/``."""
    publication = Publication(dataset=dataset, as_of=as_of)
    yield from _json_files(publication)
    for table in _tables(publication):
        yield create_csv(f"data/v1/{table.name}.csv", table)


def _json_files(publication: Publication) -> Iterator[Artifact]:
    procedures = opendata.create_procedures(publication)
    kinds = opendata.create_office_kinds(publication)
    offices = opendata.create_offices(publication)
    yield create_data_file(
        "procedures",
        published.ProceduresData,
        publication,
        office_kinds=kinds,
        procedures=procedures,
        fee_tables=opendata.create_fee_tables(publication),
        sources=opendata.create_sources(publication, (*procedures, *kinds)),
    )
    yield create_data_file(
        "offices",
        published.OfficesData,
        publication,
        offices=offices,
        prefectures=opendata.create_prefectures(publication),
        contacts=opendata.create_contacts(publication),
        sources=opendata.create_sources(publication, offices),
    )
    simple = (
        ("facts", published.FactsData, "facts", opendata.create_facts),
        ("sources", published.SourcesData, "sources", opendata.create_sources),
        ("faq", published.FaqData, "questions", opendata.create_questions),
        ("card_format", published.CardFormatData, "items", opendata.create_card_items),
        ("unknowns", published.UnknownsData, "unknowns", opendata.create_unknowns),
        ("changes", published.ChangesData, "changes", changedata.create_change_log),
        ("scheduled", published.ScheduledData, "scheduled", changedata.create_scheduled),
    )
    for name, model, key, create in simple:
        yield create_data_file(name, model, publication, **{key: create(publication)})  # type: ignore[operator]


def _tables(publication: Publication) -> Iterator[tables.Table]:
    yield tables.create_procedure_table(publication, opendata.create_procedures(publication))
