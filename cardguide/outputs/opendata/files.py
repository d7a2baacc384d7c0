"""Every file of the open data."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from cardguide.artifacts import Artifact, text_artifact
from cardguide.dataset import Dataset
from cardguide.outputs.opendata import descriptions
from cardguide.outputs.opendata.csvfiles import create_csv
from cardguide.outputs.opendata.jsonfiles import create_data_file, create_json
from cardguide.outputs.opendata.mapping import create_mapping
from cardguide.outputs.opendata.schemas import create_schemas
from cardguide.outputs.opendata.workbooks import create_workbook
from cardguide.views import changedata, jsonld, opendata, published
from cardguide.views.municipalities import Municipality, read_municipalities
from cardguide.views.opendata import Publication
from cardguide.views.opentables import create_tables


def create_open_data(
    dataset: Dataset, *, as_of: datetime.date, municipalities: str, examples: Mapping[str, str]
) -> Iterator[Artifact]:
    """Yield every file under ``data/v1/`` and ``schema/v1/``; ``municipalities`` is the text of their list."""
    publication = Publication(dataset=dataset, as_of=as_of)
    places = read_municipalities(municipalities)
    files = [
        *_json_files(publication, places),
        *_table_files(publication, places),
        *_linked_data(publication),
        create_mapping(),
        descriptions.create_openapi(publication),
        *(text_artifact(f"data/v1/examples/{name}", text) for name, text in examples.items()),
    ]
    files.append(_linked_dataset(publication, files))
    yield from files
    yield descriptions.create_index(publication, files)
    yield from create_schemas(dataset.site.url)


def _json_files(publication: Publication, municipalities: Sequence[Municipality]) -> Iterator[Artifact]:
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
    yield create_data_file(
        "municipalities",
        published.MunicipalitiesData,
        publication,
        origin=publication.label("municipalities-origin"),
        municipalities=opendata.create_municipalities(municipalities),
    )
    yield from _simple_files(publication)


def _simple_files(publication: Publication) -> Iterator[Artifact]:
    facts, sources = opendata.create_facts(publication), opendata.create_sources(publication)
    questions, items = opendata.create_questions(publication), opendata.create_card_items(publication)
    unknowns = opendata.create_unknowns(publication)
    changes, scheduled = changedata.create_change_log(publication), changedata.create_scheduled(publication)
    yield create_data_file("facts", published.FactsData, publication, facts=facts)
    yield create_data_file("sources", published.SourcesData, publication, sources=sources)
    yield create_data_file("faq", published.FaqData, publication, questions=questions)
    yield create_data_file("card_format", published.CardFormatData, publication, items=items)
    yield create_data_file("unknowns", published.UnknownsData, publication, unknowns=unknowns)
    yield create_data_file("changes", published.ChangesData, publication, changes=changes)
    yield create_data_file("scheduled", published.ScheduledData, publication, scheduled=scheduled)


def _table_files(publication: Publication, municipalities: Sequence[Municipality]) -> Iterator[Artifact]:
    """Yield each table as CSV with its description and as a workbook, and the package of all."""
    presenter = publication.presenters[0]
    sheet_names = (presenter.label("sheet-table"), presenter.label("sheet-about"))
    packed = []
    for table in create_tables(publication, municipalities):
        path = f"data/v1/{table.name}"
        made = create_csv(f"{path}.csv", table)
        packed.append((table, made))
        yield made
        yield descriptions.create_csv_metadata(publication, table, made.path)
        yield create_workbook(
            f"{path}.xlsx",
            table,
            as_of=publication.as_of,
            about=descriptions.about(publication),
            sheet_names=sheet_names,
        )
    yield descriptions.create_data_package(publication, packed)


def _linked_data(publication: Publication) -> Iterator[Artifact]:
    data, speech = publication.dataset, jsonld.Speech(presenters=publication.presenters)
    services = [jsonld.create_service(speech, each) for each in data.procedures.values()]
    offices = [jsonld.create_office(speech, each) for each in data.offices.values() if each.listed]
    yield create_json("data/v1/procedures.jsonld", jsonld.document(services))
    yield create_json("data/v1/offices.jsonld", jsonld.document(offices))
    questions = jsonld.create_faq_page(speech, data.questions.values())
    yield create_json("data/v1/faq.jsonld", jsonld.document([questions]))


def _linked_dataset(publication: Publication, files: Sequence[Artifact]) -> Artifact:
    """Return the dataset with each of its files."""
    listed = [
        (file.path, descriptions.MEDIA_TYPES[PurePosixPath(file.path).suffix])
        for file in files
        if file.path.count("/") == 2  # noqa: PLR2004 - the examples below are no data
    ]
    node = jsonld.create_dataset_node(jsonld.Speech(presenters=publication.presenters), listed)
    return create_json("data/v1/dataset.jsonld", jsonld.document([node]))
