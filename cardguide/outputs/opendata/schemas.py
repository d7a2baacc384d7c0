"""JSON Schemas of the data files, under addresses that never change."""

from collections.abc import Iterator
from typing import Any

from cardguide.artifacts import Artifact
from cardguide.outputs.opendata.jsonfiles import create_json
from cardguide.views import published

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[str, type[published.DataFile]] = {
    "procedures": published.ProceduresData,
    "offices": published.OfficesData,
    "facts": published.FactsData,
    "sources": published.SourcesData,
    "faq": published.FaqData,
    "card_format": published.CardFormatData,
    "unknowns": published.UnknownsData,
    "changes": published.ChangesData,
    "scheduled": published.ScheduledData,
    "municipalities": published.MunicipalitiesData,
}


def create_schemas(site_url: str) -> Iterator[Artifact]:
    """Yield the schema of every data file."""
    for name, model in MODELS.items():
        path = f"schema/v1/{name}.schema.json"
        schema = _open(model.model_json_schema())
        yield create_json(path, {"$schema": DIALECT, "$id": f"{site_url}{path}", **schema})


def _open(schema: Any) -> Any:
    """Return a schema that accepts fields of later versions and knows no null: what is missing is left out."""
    if isinstance(schema, list):
        return [_open(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _open(value) for key, value in schema.items() if key not in {"additionalProperties", "default"}
    }
    if isinstance(schema.get("additionalProperties"), dict):
        kept["additionalProperties"] = _open(schema["additionalProperties"])
    choices = [each for each in kept.pop("anyOf", ()) if each != {"type": "null"}]
    return {**kept, **choices[0]} if choices else kept
