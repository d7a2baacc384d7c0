"""What editors are told about the YAML files is what the program reads."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from cardguide.dataset import FILES
from cardguide.outputs.schemas import create_editor_schemas

DATA = Path(__file__).resolve().parents[1] / "data"


class _Days(yaml.SafeLoader):
    """Reads days as text, as JSON has none."""


_Days.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


@pytest.mark.parametrize("name", FILES)
def test_the_real_file_is_valid_and_a_misspelled_key_is_not(name: str) -> None:
    validator = Draft202012Validator(json.loads((DATA / f"schema/{name}.schema.json").read_text("utf-8")))
    data = yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), _Days)  # noqa: S506 - a safe loader of our own
    assert [error.message for error in validator.iter_errors(data)] == []
    collection = next(iter(data))
    assert not validator.is_valid({**data, f"{collection}x": data[collection]})


def test_the_kept_schemas_are_those_of_the_models() -> None:
    kept = {path.relative_to(DATA).as_posix(): path.read_text("utf-8") for path in DATA.glob("schema/*.json")}
    made = {artifact.path: artifact.content.decode("utf-8") for artifact in create_editor_schemas(FILES)}
    assert kept == made, "run tools/write_schemas.py"


@pytest.mark.parametrize("name", FILES)
def test_every_file_names_its_schema_in_its_first_line(name: str) -> None:
    first = (DATA / f"{name}.yaml").read_text("utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema=schema/{name}.schema.json"
