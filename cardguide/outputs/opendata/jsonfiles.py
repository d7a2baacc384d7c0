"""Records as JSON: keys in a fixed order, what is missing left out, never null."""

import json
from typing import Any, TypeVar

from cardguide.artifacts import Artifact, text_artifact
from cardguide.sitemodel import Site
from cardguide.views import published
from cardguide.views.opendata import Publication

FileT = TypeVar("FileT", bound=published.DataFile)


def create_json(path: str, value: object) -> Artifact:
    """Return a value as a JSON file, readable as it stands."""
    return text_artifact(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def create_deprecation(site: Site) -> published.Deprecation | None:
    """Return when this version ends, if that was announced."""
    return published.Deprecation(**site.deprecation.model_dump()) if site.deprecation else None


def create_data_file(name: str, model: type[FileT], publication: Publication, **records: Any) -> Artifact:
    """Return ``data/v1/<name>.json`` with the head that every file has."""
    site = publication.dataset.site
    file = model(
        schema_version=published.SCHEMA_VERSION,
        as_of=publication.as_of,
        valid_until=publication.valid_until,
        locales=publication.locales,
        notice=publication.words(site.unofficial),
        publisher=published.PublishedPublisher(
            is_set=site.publisher.is_set,
            name=publication.words(site.publisher.name),
            contact_url=site.publisher.contact_url,
        ),
        deprecation=create_deprecation(site),
        licence=published.PublishedLicence(name=publication.words(site.licence), url=site.licence_url),
        **{"$schema": f"{site.url}schema/v1/{name}.schema.json", **records},
    )
    return create_json(f"data/v1/{name}.json", file.model_dump(mode="json", by_alias=True, exclude_none=True))
