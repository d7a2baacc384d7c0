"""The open data under the tools of others: each file is accepted by a validator or reader of its own standard."""

import datetime
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError
from rdflib import RDF, Graph, Literal, URIRef
from test_opendata import AS_OF, LOCALES, create_files

SITE = "https://card-guide.example/"
SCHEMA_ORG = "https://schema.org/"
TABLES = 11


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return create_files(AS_OF)


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(files, tmp_path_factory.mktemp("published"))


def written(files: Mapping[str, bytes], root: Path) -> Path:
    """Write the published files and return the folder of the data."""
    for path, body in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(body)
    return root / "data" / "v1"


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the environment as a person would, with its own warnings."""
    tools = Path(sys.executable).parent
    return subprocess.run(
        [tools / command[0], *command[1:]], cwd=folder, capture_output=True, text=True, check=False
    )


def test_frictionless_accepts_the_package(folder: Path) -> None:
    result = run(folder, "frictionless", "validate", "datapackage.json")
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("VALID") == TABLES
    assert "INVALID" not in result.stdout


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("procedures.csv", b"\r\naddress-change,", b"\r\naddress-change,one cell too many,"),
        ("offices.csv", b"sapporo", b"sendai"),
        ("facts.csv", b"2026-11-23", b"23/11/2026"),
    ],
    ids=["a cell too many", "a key twice", "a day that is none"],
)
def test_frictionless_refuses_a_broken_table(
    files: dict[str, bytes], tmp_path: Path, table: str, old: bytes, new: bytes
) -> None:
    path = f"data/v1/{table}"
    assert old in files[path]
    folder = written({**files, path: files[path].replace(old, new, 1)}, tmp_path)
    result = run(folder, "frictionless", "validate", "datapackage.json")
    assert result.returncode != 0
    assert "INVALID" in result.stdout


def test_csvw_accepts_every_table(folder: Path) -> None:
    described = sorted(path.name for path in folder.glob("*.csv-metadata.json"))
    assert len(described) == TABLES
    for name in described:
        result = run(folder, "csvwvalidate", name)
        assert result.returncode == 0, f"{name}: {result.stdout}{result.stderr}"


def test_csvw_refuses_a_broken_table(files: dict[str, bytes], tmp_path: Path) -> None:
    path = "data/v1/facts.csv"
    folder = written({**files, path: files[path].replace(b"2026-11-23", b"23/11/2026", 1)}, tmp_path)
    assert run(folder, "csvwvalidate", "facts.csv-metadata.json").returncode != 0


def test_calendars_are_read_with_the_same_ids_on_any_day(files: dict[str, bytes]) -> None:
    later = create_files(AS_OF + datetime.timedelta(days=1))
    for path in [path for path in files if path.endswith(".ics")]:
        events = [each.walk("VEVENT") for each in map(Calendar.from_ical, (files[path], later[path]))]
        ids = [[str(event["UID"]) for event in found] for found in events]
        assert ids[0] == ids[1], path
        assert ids[0], path
        assert len(set(ids[0])) == len(ids[0]), path
        for event in events[0]:
            assert not event.errors
            assert event["SUMMARY"]
            assert event["DTSTAMP"]
            assert isinstance(event.decoded("DTSTART"), datetime.date)
        assert all(len(line) <= 75 for line in files[path].split(b"\r\n")), "lines are folded at 75 octets"


def test_feeds_are_read_without_a_complaint(files: dict[str, bytes]) -> None:
    for path in [path for path in files if path.endswith(".atom")]:
        feed = feedparser.parse(files[path])
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert feed.feed.id
        assert feed.feed.updated_parsed
        assert feed.entries
        for entry in feed.entries:
            assert entry.id.startswith("tag:")
            assert entry.title
            assert entry.updated_parsed
            assert entry.link.startswith("https://")
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_the_description_of_the_files_is_valid_openapi(files: dict[str, bytes], folder: Path) -> None:
    # It names the schemas by their address, where nothing is published during a test.
    published = (folder.parents[1]).as_uri()
    description = json.loads(files["data/v1/openapi.json"].replace(SITE.encode(), f"{published}/".encode()))
    validate(description, cls=OpenAPIV31SpecValidator)
    named = {path.removeprefix("/") for path in description["paths"]}
    assert named <= set(files)
    with pytest.raises(OpenAPIValidationError):
        validate({**description, "paths": {"/x": {"get": {}, "want": 1}}}, cls=OpenAPIV31SpecValidator)


# rdflib calls a class of its own that it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [
        ("procedures", "GovernmentService", 10),
        ("offices", "GovernmentOffice", 11),
        ("faq", "FAQPage", 1),
        ("dataset", "Dataset", 1),
    ],
)
def test_linked_data_is_read_as_statements(files: dict[str, bytes], name: str, kind: str, least: int) -> None:
    data = json.loads(files[f"data/v1/{name}.jsonld"])
    assert data["@context"].startswith("https://schema.org")
    # The words of schema.org themselves, so that no reader has to be asked for them.
    graph = Graph().parse(data=json.dumps({**data, "@context": {"@vocab": SCHEMA_ORG}}), format="json-ld")
    found = set(graph.subjects(RDF.type, URIRef(SCHEMA_ORG + kind)))
    assert len(found) >= least
    spoken = {
        text.language
        for text in graph.objects(None, URIRef(SCHEMA_ORG + "name"))
        if isinstance(text, Literal)
    }
    assert set(LOCALES) <= spoken, "every name is said in the language that it is marked with"
