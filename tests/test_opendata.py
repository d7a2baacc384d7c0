"""The open data as its users meet it: files, descriptions, schemas, and what stands in them."""

import csv
import datetime
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from built import LOCALES
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from referencing import Registry

from cardguide.dataset import read_dataset
from cardguide.outputs.feeds import create_feeds
from cardguide.outputs.opendata import create_open_data
from cardguide.project import Project

ROOT = Path(__file__).resolve().parents[1]
AS_OF = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return create_files(AS_OF)


def create_files(as_of: datetime.date) -> dict[str, bytes]:
    """Return every file of the open data and the feeds by path."""
    project = Project(root=ROOT)
    dataset = read_dataset(project.read_data())
    made = [
        *create_open_data(
            dataset, as_of=as_of, municipalities=project.municipalities, examples=project.examples
        ),
        *create_feeds(dataset, as_of=as_of),
    ]
    return {artifact.path: artifact.content for artifact in made}


def load(files: dict[str, bytes], name: str) -> dict[str, object]:
    """Return a data file."""
    loaded: dict[str, object] = json.loads(files[f"data/v1/{name}"])
    return loaded


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(files[f"data/v1/{name}.csv"].decode("utf-8-sig"))))


def values(value: object) -> Iterator[object]:
    """Yield everything that stands in a JSON value."""
    yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inside:
        yield from values(each)


def test_every_data_file_is_valid_under_its_published_schema(files: dict[str, bytes]) -> None:
    schemas = {path: json.loads(body) for path, body in files.items() if path.startswith("schema/")}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
        name = schema["$id"].rpartition("/")[2].removesuffix(".schema.json")
        data = load(files, f"{name}.json")
        assert data["$schema"] == schema["$id"]
        Draft202012Validator(schema, registry=Registry()).validate(data)
    assert len(schemas) >= 10


def test_a_schema_refuses_data_that_breaks_the_promise(files: dict[str, bytes]) -> None:
    schema = json.loads(files["schema/v1/procedures.schema.json"])
    data = load(files, "procedures.json")
    del data["procedures"][0]["sign"]  # type: ignore[index]
    assert not Draft202012Validator(schema).is_valid(data)


def test_schemas_know_no_unions_and_allow_fields_of_later_versions(files: dict[str, bytes]) -> None:
    for path, body in files.items():
        if path.startswith("schema/"):
            text = body.decode()
            assert not re.search(r'"(anyOf|oneOf)"|"null"|"additionalProperties": false', text), path


def test_nothing_in_a_data_file_is_null(files: dict[str, bytes]) -> None:
    for path, body in files.items():
        if path.startswith("data/") and path.endswith(".json"):
            assert None not in list(values(json.loads(body))), path


def test_every_text_stands_in_every_locale(files: dict[str, bytes]) -> None:
    for name in ("procedures", "offices", "faq", "card_format", "unknowns", "facts", "changes"):
        for value in values(load(files, f"{name}.json")):
            if isinstance(value, dict) and set(value) & set(LOCALES):
                assert set(value) == set(LOCALES)
                assert all(value.values())


def test_every_statement_says_what_it_rests_on(files: dict[str, bytes]) -> None:
    data = load(files, "procedures.json")
    known = {source["id"]: {place["id"] for place in source["places"]} for source in data["sources"]}  # type: ignore[attr-defined]
    statements = [each for each in values(data) if isinstance(each, dict) and "record" in each]
    assert len(statements) > 50
    for statement in statements:
        assert statement["state"] in {"confirmed", "reported"}
        assert datetime.date.fromisoformat(statement["verified_on"]) <= AS_OF
        assert statement["sources"]
        for citation in statement["sources"]:
            assert citation["place"] in known[citation["source"]]


def test_no_text_keeps_a_placeholder(files: dict[str, bytes]) -> None:
    for path, body in files.items():
        if path.endswith((".json", ".csv", ".jsonld", ".atom", ".ics")) and "openapi" not in path:
            assert not re.search(rb"\{[a-z][a-z0-9-]*(:[a-z]+)?\}", body), path


def test_csv_files_open_in_excel_and_have_the_right_number_of_cells(files: dict[str, bytes]) -> None:
    tables = [path for path in files if path.endswith(".csv")]
    assert len(tables) == 11
    for path in tables:
        body = files[path]
        assert body.startswith(b"\xef\xbb\xbf"), path
        assert body.count(b"\r\n") == body.count(b"\n"), path
        read = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert len({len(row) for row in read}) == 1, path
        assert len(set(read[0])) == len(read[0])


def test_codes_keep_their_leading_zeros_as_text_in_csv_and_workbook(files: dict[str, bytes]) -> None:
    assert rows(files, "municipalities")[0]["code"] == "010006"
    sheet = load_workbook(io.BytesIO(files["data/v1/municipalities.xlsx"])).worksheets[0]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("010006", "s", "@")


def test_a_workbook_holds_what_its_csv_holds(files: dict[str, bytes]) -> None:
    for path in [path for path in files if path.endswith(".xlsx")]:
        sheet = load_workbook(io.BytesIO(files[path]), read_only=True).worksheets[0]
        shown = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
        read = list(csv.reader(io.StringIO(files[path.replace(".xlsx", ".csv")].decode("utf-8-sig"))))
        assert shown == read, path


def test_a_workbook_has_the_same_bytes_at_any_time(files: dict[str, bytes]) -> None:
    again = create_files(AS_OF)
    assert again == files
    with zipfile.ZipFile(io.BytesIO(files["data/v1/procedures.xlsx"])) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_office_programs_read_japanese_and_leading_zeros(
    files: dict[str, bytes], tmp_path: Path, kind: str
) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not here; apt-get install libreoffice-calc")
    source = tmp_path / f"municipalities.{kind}"
    source.write_bytes(files[f"data/v1/{source.name}"])
    target = tmp_path / "out"
    # 44 comma, 34 quotes, 76 UTF-8, first line 1; the last flag takes cells as text.
    filters = ["--infilter=CSV:44,34,76,1,,0,false,true"] if kind == "csv" else []
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/home", "--headless", *filters,
         "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", target, source],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    read = list(csv.reader(io.StringIO((target / "municipalities.csv").read_text("utf-8-sig"))))
    assert read[0][0] == "code"
    assert read[1][4:6] == ["北海道", "ホッカイドウ"]
    assert read[1][0] == ("010006" if kind == "xlsx" else "10006"), (
        "a CSV leaves the kind of a cell to the program"
    )


def test_the_package_describes_every_table(files: dict[str, bytes]) -> None:
    package = load(files, "datapackage.json")
    resources = {each["path"]: each for each in package["resources"]}  # type: ignore[attr-defined]
    assert {f"data/v1/{path}" for path in resources} == {path for path in files if path.endswith(".csv")}
    for path, resource in resources.items():
        body = files[f"data/v1/{path}"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert resource["bytes"] == len(body)
        header = next(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        keys = [
            tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows(files, path[:-4])
        ]
        assert len(set(keys)) == len(keys), path


def test_each_table_is_described_for_the_web(files: dict[str, bytes]) -> None:
    for path in [path for path in files if path.endswith("-metadata.json")]:
        metadata = json.loads(files[path])
        body = files[path.removesuffix("-metadata.json")]
        header = next(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert [column["titles"] for column in metadata["tableSchema"]["columns"]] == header
        assert all(column["name"].isascii() for column in metadata["tableSchema"]["columns"])


def test_the_index_names_every_file_with_its_digest(files: dict[str, bytes]) -> None:
    index = load(files, "index.json")
    listed = {each["path"]: each for each in index["files"]}  # type: ignore[attr-defined]
    assert set(listed) == {path for path in files if path.startswith("data/v1/")} - {"data/v1/index.json"}
    for path, entry in listed.items():
        assert entry["sha256"] == hashlib.sha256(files[path]).hexdigest()
        assert entry["bytes"] == len(files[path])


def test_columns_of_the_digital_agency_keep_their_limits(files: dict[str, bytes]) -> None:
    for row in rows(files, "gif_services"):
        assert 0 < len(row["タイトル(制度名)"]) <= 40
        assert 0 < len(row["概要"]) <= 100
        assert 0 < len(row["内容"]) <= 500
        assert row["制度所管組織"] == "出入国在留管理庁"
        assert row["連絡先情報"]
    counters = {row["ID"]: row for row in rows(files, "gif_counters")}
    assert counters["sapporo"]["サービス担当区域のコード"] == "010006"
    assert {row["種別情報"] for row in counters.values()} == {"1208"}


def test_no_address_phone_or_hours_of_an_office_is_published(files: dict[str, bytes]) -> None:
    for row in rows(files, "gif_counters"):
        assert not any(row[name] for name in ("施設住所", "利用可能曜日", "開始時刻", "終了時刻"))
    assert "narita-airport" not in {row["id"] for row in rows(files, "offices")}


def test_the_municipalities_are_those_of_today(files: dict[str, bytes]) -> None:
    found = rows(files, "municipalities")
    counts = {kind: sum(row["kind"] == kind for row in found) for kind in {row["kind"] for row in found}}
    assert counts == {
        "city": 772, "designated-city": 20, "town": 743, "village": 183, "special-ward": 23, "ward": 171,
        "prefecture": 47,
    }  # fmt: skip
    assert sum(row["window"] == "true" for row in found) == 1892
    codes = {row["code"]: row for row in found}
    assert {"221384", "221392", "221406"} <= set(codes), "Hamamatsu since 2024"
    assert not {"221317", "221325", "221333", "221341", "221350", "221368", "221376"} & set(codes)
    assert all(row["parent"] in codes for row in found if row["kind"] == "ward")
    for code in codes:
        total = sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), code[:5], strict=True))
        assert int(code[5]) == (11 - total % 11) % 10


def test_the_list_of_municipalities_is_small_enough_for_a_phone(files: dict[str, bytes]) -> None:
    assert len(gzip.compress(files["data/v1/municipalities.json"], 9)) <= 60 * 1024


@pytest.mark.parametrize("program", ["python", "php"])
def test_the_examples_run_and_print_every_procedure(
    files: dict[str, bytes], tmp_path: Path, program: str
) -> None:
    endings = {"python": "py", "php": "php"}
    executable = sys.executable if program == "python" else shutil.which("php")
    if executable is None:
        pytest.skip("PHP is not here; apt-get install php-cli")
    for path, body in files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    script = tmp_path / f"data/v1/examples/procedures.{endings[program]}"
    address = f"http://127.0.0.1:{server.server_port}/"
    result = subprocess.run([executable, script, address, "en"], capture_output=True, text=True, check=False)
    server.shutdown()
    server.server_close()
    thread.join()
    assert result.returncode == 0, result.stderr
    assert [line.split()[1] for line in result.stdout.splitlines() if line.startswith("- ")] == [
        "M1", "M2", "M3", "I1", "I2", "I3", "I4", "I5", "I6", "I7",
    ]  # fmt: skip
    assert len(script.read_text("utf-8").splitlines()) <= 24


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what matters."""


def test_linked_data_names_every_record_in_every_language(files: dict[str, bytes]) -> None:
    services = load(files, "procedures.jsonld")["@graph"]
    assert [node["@type"] for node in services] == ["GovernmentService"] * 10  # type: ignore[attr-defined]
    for node in services:  # type: ignore[attr-defined]
        assert {name["@language"] for name in node["name"]} == set(LOCALES)
    assert load(files, "faq.jsonld")["@graph"][0]["@type"] == "FAQPage"  # type: ignore[index]
    assert load(files, "offices.jsonld")["@graph"][0]["@type"] == "GovernmentOffice"  # type: ignore[index]


def test_a_build_before_the_start_speaks_of_what_is_to_come() -> None:
    before, after = (load(create_files(day), "procedures.json") for day in (
        datetime.date(2026, 6, 13), datetime.date(2026, 6, 14)
    ))  # fmt: skip
    texts = [data["office_kinds"][0]["description"]["text"] for data in (before, after)]  # type: ignore[index]
    assert "申請できるようになります" in texts[0]["ja"]
    assert "You will be able to" in texts[0]["en"]
    assert "申請できます" in texts[1]["ja"]
    assert "You can apply" in texts[1]["en"]
