"""What was published once stays: code, names, keys, scripts and addresses. Golden files grow and never lose a line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from embed_hosts import GOLDEN, TODAY, read_project
from lxml import html
from playwright.sync_api import Browser

from cardguide.outputs.embeds.scripts import integrity
from cardguide.outputs.opendata import create_open_data
from cardguide.views.embedsnippets import create_snippets
from cardguide.views.partners import list_tables
from tools.measure_embeds import WIDTHS, create_frames, measure

NUMBERS = re.compile(r"(?<=min-height:)\d+|(?<=height=\")\d+|(?<=as-of=\")[\d-]+")


def promised(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Return every name that the code of a partner may lean on."""
    frames = [path for path in files if re.fullmatch(r"embed/v1/[^/]+/[^.]+\.html", path)]
    elements, pasted = (
        [each for path in paths for each in html.document_fromstring(files[path]).iter(html.etree.Element)]
        for paths in (frames, [path for path in files if path.endswith(".paste.html")])
    )
    project, dataset = read_project()
    data = create_open_data(dataset, as_of=TODAY, municipalities=project.municipalities, examples={})
    return {
        "addresses": sorted({re.sub(r"/v1/[^/]+/", "/v1/<languages>/", path) for path in files}),
        "ids": sorted({each.get("id") for each in elements if each.get("id")}),
        "attributes": sorted(
            {name for each in (*elements, *pasted) for name in each.attrib if name.startswith("data-")}
        ),
        "properties": sorted(set(re.findall(r"--src-[a-z]+", files["embed/v1/procedures.js"].decode()))),
        "elements": re.findall(
            r'customElements\.define\(\s*"([^"]+)"', files["embed/v1/procedures.js"].decode()
        ),
        "messages": sorted(set(re.findall(r"src-embed:[a-z]+", files["embed/v1/resize.js"].decode()))),
        "table": sorted(json.loads(files["embed/v1/ja/procedures.json"])),
        "answer": sorted(json.loads(files["embed/v1/ja/procedures.oembed.json"])),
        "keys": sorted(
            {
                f"{artifact.path}: {key}"
                for artifact in data
                if re.fullmatch(r"data/v1/\w+\.json", artifact.path) and "datapackage" not in artifact.path
                for key in keys(json.loads(artifact.content))
            }
        ),
    }


def keys(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every key; texts by locale and words as keys count as one."""
    if isinstance(value, dict):
        for key, inside in value.items():
            step = key if re.fullmatch(r"[$a-z_]+[a-z]", key) and key not in {"ja", "en"} else "*"
            yield f"{path}.{step}"
            yield from keys(inside, f"{path}.{step}")
    elif isinstance(value, list):
        for inside in value:
            yield from keys(inside, f"{path}[]")


def test_nothing_that_was_promised_is_gone(files: dict[str, bytes]) -> None:
    now = promised(files)
    for name, names in json.loads((GOLDEN / "contract.json").read_text("utf-8")).items():
        assert set(names) <= set(now[name]), f"{name} of version 1 are gone: {set(names) - set(now[name])}"


def test_what_is_new_was_written_into_the_contract(files: dict[str, bytes]) -> None:
    known = json.loads((GOLDEN / "contract.json").read_text("utf-8"))
    for name, names in promised(files).items():
        assert set(names) <= set(known[name]), (
            f"add to tests/golden/v1/contract.json: {set(names) - set(known[name])}"
        )


def test_the_code_that_the_page_shows_is_among_the_code_that_is_tested() -> None:
    project, dataset = read_project()
    heights = json.loads(project.embed_files["heights.json"])
    table, presenter = next(
        (table, presenter)
        for presenter, table in list_tables(dataset, TODAY, heights)
        if table.name == "procedures"
    )
    golden = {NUMBERS.sub("0", path.read_text("utf-8").strip()) for path in GOLDEN.iterdir()}
    for name, code in create_snippets(presenter, table).items():
        assert NUMBERS.sub("0", code) in golden, (
            f"keep the old form of {name} and add the new one to {GOLDEN.name}"
        )


def test_a_frozen_release_never_changes(files: dict[str, bytes]) -> None:
    golden = json.loads((GOLDEN / "releases.json").read_text("utf-8"))
    assert golden
    for path, digest in golden.items():
        assert integrity(files[path].decode("utf-8")) == digest, path
        folder, _, name = path.rpartition("/")
        assert json.loads(files[f"{folder}/integrity.json"])[name] == digest


def test_the_space_that_frames_reserve_fits_what_they_hold(browser: Browser) -> None:
    project, _ = read_project()
    kept = json.loads(project.embed_files["heights.json"])
    frames = dict(create_frames(project, TODAY))
    assert set(kept) == set(frames), "run tools/measure_embeds.py"
    some = {name: frames[name] for name in ("ja/procedures", "en/procedures-compact", "ja-en/fees")}
    for name, heights in measure(browser, some).items():
        for width in map(str, WIDTHS):
            assert heights[width] == pytest.approx(kept[name][width], rel=0.1), (
                f"{name}: run tools/measure_embeds.py"
            )


def test_an_address_that_moved_still_shows_a_table(files: dict[str, bytes]) -> None:
    _, dataset = read_project()
    for old, new in dataset.site.embed_moved.items():
        assert f'id="{new}"' in files[f"embed/v1/ja/{old}.html"].decode("utf-8")


def test_golden_files_stand_where_this_file_looks() -> None:
    assert Path(__file__).parents[1] / "golden" / "v1" == GOLDEN
