"""A version that ends: files and headers say so at once, tables in the last six months, and no address dies."""

import dataclasses
import datetime
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from miniature_site import PROJECT

from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.headers import create_headers
from cardguide.outputs.opendata import create_open_data
from cardguide.project import Project
from cardguide.sitemodel import Deprecation
from cardguide.templating import create_environment

ENDING = Deprecation(
    since=datetime.date(2028, 4, 1),
    sunset=datetime.date(2030, 4, 1),
    successor="https://card-guide.example/v2/",
)
FRAMES = (
    "embed/v1/ja/procedures.html",
    "embed/v1/en/fees.html",
    "embed/v1/ja-en/procedures-compact-dark.html",
)


@pytest.fixture(scope="module")
def project() -> Project:
    return Project(root=PROJECT)


def changed(project: Project, **settings: Any) -> Dataset:
    """Return the dataset with other settings of the publisher."""
    dataset = read_dataset(project.read_data())
    site = dataset.site.model_copy(update=settings)
    return dataclasses.replace(dataset, site=site)


def embeds(project: Project, dataset: Dataset, day: datetime.date) -> dict[str, bytes]:
    """Return what partners embed on a day."""
    files = create_embeds(
        dataset,
        create_environment(project.templates),
        as_of=day,
        tokens=project.styles["tokens.css"],
        files=project.embed_files,
    )
    return {file.path: file.content for file in files}


def told(frame: bytes) -> list[str]:
    """Return the lines of a frame that lead to the successor."""
    links = html.document_fromstring(frame.decode()).xpath(f"//a[@href='{ENDING.successor}']")
    return ["".join(link.xpath("ancestor::p[1]")[0].text_content().split()) for link in links]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime.date(2028, 4, 1), None),
        (datetime.date(2029, 9, 30), None),
        (datetime.date(2029, 10, 1), "この表を更新するのは2030年4月1日までです。新しい表に替えてください。"),
        (datetime.date(2030, 4, 1), "この表を更新するのは2030年4月1日までです。新しい表に替えてください。"),
        (datetime.date(2030, 4, 2), "この表の更新は2030年4月1日に終わりました。新しい表を見てください。"),
    ],
)
def test_a_table_says_from_the_eighteenth_month_that_it_ends_and_then_that_it_has_ended(
    project: Project, day: datetime.date, words: str | None
) -> None:
    files = embeds(project, changed(project, deprecation=ENDING), day)
    assert told(files[FRAMES[0]]) == ([words] if words else [])
    assert all(bool(told(files[path])) is bool(words) for path in FRAMES)
    table = json.loads(files["embed/v1/ja/procedures.json"])
    assert table["deprecation"] == {
        "since": "2028-04-01",
        "sunset": "2030-04-01",
        "successor": "https://card-guide.example/v2/",
    }


def test_no_address_dies_when_a_version_has_ended(project: Project) -> None:
    day = datetime.date(2031, 1, 1)
    ended = embeds(project, changed(project, deprecation=ENDING), day)
    assert set(ended) == set(embeds(project, changed(project), day))


def test_every_data_file_says_when_its_version_ends(project: Project) -> None:
    day = datetime.date(2028, 5, 1)
    files = {
        file.path: file.content
        for file in create_open_data(
            changed(project, deprecation=ENDING),
            as_of=day,
            municipalities=project.municipalities,
            examples={},
        )
    }
    described = [path for path in files if path.startswith("schema/")]
    assert described
    for path in described:
        name = path.split("/")[-1].removesuffix(".schema.json")
        data = json.loads(files[f"data/v1/{name}.json"])
        assert data["deprecation"]["sunset"] == "2030-04-01", path
        Draft202012Validator(json.loads(files[path])).validate(data)
    assert json.loads(files["data/v1/index.json"])["deprecation"]["since"] == "2028-04-01"


def test_headers_name_the_days_and_the_successor_as_their_standards_say() -> None:
    text = create_headers(locales=["ja"], frozen=["embed/v1.0.0"], deprecation=ENDING).content.decode()
    rules = {rule.split("\n")[0]: rule for rule in text.split("\n/")}
    for path in ("embed/v1/*", "data/v1/*", "schema/v1/*"):
        assert "  Deprecation: @1838160000\n" in rules[path]
        assert "  Sunset: Mon, 01 Apr 2030 00:00:00 GMT\n" in rules[path]
        assert '  Link: <https://card-guide.example/v2/>; rel="successor-version"' in rules[path]
    assert "Sunset" not in rules["embed/v1.0.0/*"], "a frozen release stays"
    assert "Sunset" not in create_headers(locales=["ja"], frozen=[]).content.decode()


def test_a_table_with_a_new_name_is_shown_at_its_old_address_too(project: Project) -> None:
    day = datetime.date(2026, 11, 23)
    dataset = changed(project, embed_moved={"procedure-swap": "procedure-exchange", "counters": "procedures"})
    files = embeds(project, dataset, day)
    for tag in ("ja", "en", "ja-en"):
        for old, new in dataset.site.embed_moved.items():
            for ending in (".html", ".paste.html", ".json"):
                assert files[f"embed/v1/{tag}/{old}{ending}"], ending
            page = html.document_fromstring(files[f"embed/v1/{tag}/{old}.html"].decode())
            assert page.xpath("//table/@id") == [new]
            answer = json.loads(files[f"embed/v1/{tag}/{old}.oembed.json"])
            assert answer["html"].split('"')[1].removeprefix(dataset.site.url) in files
