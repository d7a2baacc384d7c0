"""What describes the data files to programs: Data Package, CSV on the Web, the index and OpenAPI."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from cardguide.artifacts import Artifact
from cardguide.outputs.opendata.jsonfiles import create_deprecation, create_json
from cardguide.outputs.opendata.schemas import MODELS
from cardguide.views import published
from cardguide.views.opendata import Publication
from cardguide.views.tables import LIST_SEPARATOR, Column, Kind, Table

FOLDER = "data/v1"
MEDIA_TYPES = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".jsonld": "application/ld+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".py": "text/x-python",
    ".php": "application/x-php",
}
_FRICTIONLESS: dict[Kind, str] = {"date": "date", "number": "integer", "flag": "boolean"}
_CSVW: dict[Kind, str] = {"date": "date", "number": "integer", "flag": "boolean", "url": "anyURI"}


def sha256(content: bytes) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(content).hexdigest()


def create_data_package(publication: Publication, tables: Iterable[tuple[Table, Artifact]]) -> Artifact:
    """Return ``datapackage.json`` (Data Package, version 2)."""
    site, presenter = publication.dataset.site, publication.presenters[0]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "specified-residence-card",
        "title": presenter.words(site.name),
        "description": presenter.label("data-description"),
        "homepage": site.url,
        "version": published.SCHEMA_VERSION,
        "created": f"{publication.as_of.isoformat()}T00:00:00+09:00",
        "licenses": [{"name": "CC-BY-4.0", "path": site.licence_url, "title": presenter.words(site.licence)}],
        "resources": [_resource(publication, table, artifact) for table, artifact in tables],
    }
    return create_json(f"{FOLDER}/datapackage.json", package)


def _resource(publication: Publication, table: Table, artifact: Artifact) -> dict[str, Any]:
    tag = publication.locales[0]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": PurePosixPath(artifact.path).name,
        "title": table.title[tag],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(artifact.content),
        "hash": f"sha256:{sha256(artifact.content)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": _FRICTIONLESS.get(column.kind, "string"),
                    "title": column.title[tag],
                }
                for column in table.columns
            ],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def create_csv_metadata(publication: Publication, table: Table, path: str) -> Artifact:
    """Return the description of a CSV file for CSV on the Web."""
    site = publication.dataset.site
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": publication.locales[0]}],
        "url": PurePosixPath(path).name,
        "dc:title": [{"@value": words, "@language": tag} for tag, words in table.title.items()],
        "dc:license": {"@id": site.licence_url},
        "dc:modified": {"@value": publication.as_of.isoformat(), "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_described(index, column) for index, column in enumerate(table.columns, start=1)],
            **_primary_key(table),
        },
    }
    return create_json(f"{path}-metadata.json", metadata)


def _described(index: int, column: Column) -> dict[str, Any]:
    name = column.name if column.name.isascii() else f"column_{index}"
    described: dict[str, Any] = {
        "name": name,
        "titles": column.name,
        "datatype": _CSVW.get(column.kind, "string"),
        "dc:description": [{"@value": words, "@language": tag} for tag, words in column.title.items()],
    }
    if column.locale:
        described["lang"] = column.locale
    if column.kind == "list":
        described["separator"] = LIST_SEPARATOR
    return described


def _primary_key(table: Table) -> dict[str, list[str]]:
    """Return the key of a table; it may not name a column that can be empty."""
    names = {
        column.name: _described(index, column)["name"] for index, column in enumerate(table.columns, start=1)
    }
    return {"primaryKey": [names[name] for name in table.key]} if len(table.key) == 1 else {}


def create_index(publication: Publication, files: Sequence[Artifact]) -> Artifact:
    """Return ``index.json``: every file with its size and digest, so that a client fetches only what changed."""
    site = publication.dataset.site
    index = {
        "schema_version": published.SCHEMA_VERSION,
        "as_of": publication.as_of.isoformat(),
        "valid_until": publication.valid_until.isoformat(),
        "licence": site.licence_url,
        **({"deprecation": ending.model_dump(mode="json")} if (ending := create_deprecation(site)) else {}),
        "files": [
            {
                "path": file.path,
                "url": f"{site.url}{file.path}",
                "media_type": MEDIA_TYPES[PurePosixPath(file.path).suffix],
                "bytes": len(file.content),
                "sha256": sha256(file.content),
            }
            for file in sorted(files, key=lambda file: file.path)
        ],
    }
    return create_json(f"{FOLDER}/index.json", index)


def create_openapi(publication: Publication) -> Artifact:
    """Return the description of the data files as a read-only interface."""
    site, presenter = publication.dataset.site, publication.presenters[0]
    contract = {
        "openapi": "3.1.0",
        "info": {
            "title": presenter.words(site.name),
            "version": published.SCHEMA_VERSION,
            "description": presenter.label("data-description"),
            "license": {"name": "CC BY 4.0", "url": site.licence_url},
        },
        "servers": [{"url": site.url.removesuffix("/")}],
        "paths": {f"/{FOLDER}/{name}.json": {"get": _operation(site.url, name)} for name in MODELS},
    }
    return create_json(f"{FOLDER}/openapi.json", contract)


def _operation(site_url: str, name: str) -> dict[str, Any]:
    schema = {"$ref": f"{site_url}schema/v1/{name}.schema.json"}
    return {
        "operationId": f"get_{name}",
        "summary": (MODELS[name].__doc__ or "").strip(),
        "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": schema}}}},
    }


def about(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield what the second sheet of a workbook says, in every language."""
    site = publication.dataset.site
    for presenter in publication.presenters:
        yield presenter.words(site.name), site.url
        yield presenter.label("edition"), publication.as_of.isoformat()
        yield presenter.label("licence"), presenter.words(site.licence)
        yield presenter.label("provenance"), presenter.words(site.unofficial)
