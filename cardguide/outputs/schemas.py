"""JSON Schemas of the YAML files, so that an editor completes keys and marks mistakes while one types."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cardguide.artifacts import Artifact, text_artifact
from cardguide.model import ID_KEY, Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def create_editor_schemas(files: Mapping[str, type[Record]]) -> Iterator[Artifact]:
    """Yield ``schema/<file>.schema.json`` for the models of the data files, by name."""
    for name, model in files.items():
        schema = {"$schema": DIALECT, **_as_written(model.model_json_schema())}
        yield text_artifact(
            f"schema/{name}.schema.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        )


def _as_written(schema: Any) -> Any:
    """Return a schema of what a person writes: the id of a record is its key and stands nowhere else."""
    if isinstance(schema, list):
        return [_as_written(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _without_id(key, value) for key, value in schema.items()}


def _without_id(key: str, value: Any) -> Any:
    if key == "properties" and isinstance(value, dict):
        return {name: _as_written(each) for name, each in value.items() if name != ID_KEY}
    if key == "required" and isinstance(value, list):
        return [name for name in value if name != ID_KEY]
    return _as_written(value)
