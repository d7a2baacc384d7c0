"""Faults of the published tree as a whole: names that collide, words that age, orders and files that lie."""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from built import LOCALES, document, page_files
from icalendar import Calendar
from lxml import etree, html
from miniatures import find_problems, miniature_data
from playwright.sync_api import Browser
from projects import HOME, TODAY, tree
from site_server import serving
from test_hostile_text import spoiled_dataset

from cardguide.outputs.feeds import create_feeds
from cardguide.project import Project

# Words that are true on the day of the build only; days are always named.
AGEING = {
    "ja": re.compile(
        r"今日(?!の日付)|本日|昨日|明日|今週|来週|今月|来月|今年|来年|あと\d+日|残り\d+日|\d+日前に"
    ),
    "en": re.compile(
        r"\b(?:today|yesterday|tomorrow|(?:this|next|last) (?:week|month|year)|\d+ days (?:left|ago|to go))\b",
        re.IGNORECASE,
    ),
}
LARGEST_PICTURE = 100_000
HOSTILE_FRAGMENTS = (
    "#theme=<script>alert(1)</script>",
    "#theme=dark&theme=light&theme=url(http://elsewhere.example/)",
    "#secret=<img src=x onerror=alert(1)>",
    "#lang=<script>&" + "x" * 20_000,
    "?lang=<script>alert(1)</script>&theme=url(javascript:alert(1))",
)


def test_no_two_paths_differ_in_case_alone(dist: Path) -> None:
    counted = Counter(path.casefold() for path in tree(dist))
    assert [path for path, times in counted.items() if times > 1] == []


def test_no_path_needs_more_than_plain_letters(dist: Path) -> None:
    assert [path for path in tree(dist) if not re.fullmatch(r"[\w./-]+", path, re.ASCII)] == []


@pytest.mark.parametrize("locale", AGEING)
def test_no_page_says_a_word_that_is_true_for_a_day_only(dist: Path, locale: str) -> None:
    for path in page_files(dist, locale):
        page = document(path)
        for unseen in page.xpath("//script|//style|//form"):
            unseen.drop_tree()
        found = AGEING[locale].findall(page.text_content())
        assert found == [], path


def test_prefectures_stand_in_the_order_of_their_codes_and_not_of_characters(dist: Path) -> None:
    codes = [row["code"] for row in read(dist, "municipalities")["municipalities"]]
    assert codes == sorted(codes)
    assert codes != sorted(codes, key=str.casefold, reverse=True)


def read(dist: Path, name: str) -> Mapping[str, list[Mapping[str, str]]]:
    """Return a published data file."""
    found: Mapping[str, list[Mapping[str, str]]] = json.loads(
        (dist / "data" / "v1" / f"{name}.json").read_text("utf-8")
    )
    return found


def test_every_picture_has_its_size_its_words_and_little_weight(dist: Path) -> None:
    for locale in LOCALES:
        for path in page_files(dist, locale):
            for picture in document(path).xpath("//img"):
                assert picture.get("alt") is not None, path
                assert picture.get("width"), path
                assert picture.get("height"), path
                source = picture.get("src")
                if not source.startswith("data:"):
                    assert (path.parent / source).resolve().stat().st_size <= LARGEST_PICTURE, source


def addresses(dist: Path) -> Iterator[str]:
    """Yield every address that the sitemap, the feeds and the calendars name."""
    for file in [dist / "sitemap.xml", *sorted((dist / "feeds").glob("*.atom"))]:
        root: html.HtmlElement = etree.fromstring(file.read_bytes())
        yield from (str(element.text) for element in root.iter("{*}loc"))
        yield from (str(href) for href in root.xpath("//@href"))
    for file in sorted((dist / "feeds").glob("*.ics")):
        for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT"):
            yield str(event["url"])


def test_sitemap_feeds_and_calendars_name_only_what_is_there(dist: Path) -> None:
    site = json.loads((dist / "data" / "v1" / "index.json").read_text("utf-8"))
    assert site
    found = set(addresses(dist))
    assert len(found) > 50
    for address in found:
        path, _, fragment = re.sub(r"^https://[^/]+/", "", address).partition("#")
        file = dist / path / "index.html" if not Path(path).suffix else dist / path
        assert file.is_file(), address
        assert not fragment or document(file).xpath(f"//*[@id='{fragment}']"), address


# What would end a line of a calendar, a text of a feed, or its element.
ENDINGS = ("BEGIN:VEVENT", "]]>", "&lt;b&gt; <script>alert(1)</script>", "a;b,c\\n")


def feeds_with(*words: str) -> list[tuple[str, list[str]]]:
    """Return the shape of every feed and calendar with these words around each text of the data."""
    dataset = spoiled_dataset(words, Project(root=HOME).read_data)
    files = create_feeds(dataset, as_of=datetime.date.fromisoformat(TODAY))
    return [(file.path, shape(file.path, file.content)) for file in files]


def test_hostile_words_add_no_line_to_a_calendar_and_no_element_to_a_feed() -> None:
    assert feeds_with(*ENDINGS) == feeds_with("harmless")


def shape(path: str, content: bytes) -> list[str]:
    """Return the names of everything that a feed or a calendar is made of, in order."""
    if path.endswith(".atom"):
        return [str(element.tag) for element in etree.fromstring(content).iter()]
    calendar = Calendar.from_ical(content)
    return [f"{part.name} {' '.join(sorted(part))}" for part in calendar.walk()]


def test_a_further_language_brings_a_list_of_every_text_that_it_misses() -> None:
    english = "    en:\n      name: English\n      cldr: en\n"
    site = miniature_data()["site"].decode()
    assert site.count(english) == 1
    more = english + "    vi:\n      name: Tiếng Việt\n      cldr: vi\n"
    found = find_problems({**miniature_data(), "site": site.replace(english, more).encode()})
    texts = sum(content.count(b" ja: ") for content in miniature_data().values())
    missing = [problem for problem in found if problem.rule == "locale-missing"]
    assert {problem.details["locale"] for problem in missing} == {"vi"}
    assert {problem.where.partition(".")[0] for problem in missing} > {"labels", "facts", "pages", "site"}
    assert len(missing) > texts * 0.9
    assert {problem.rule for problem in found} == {"locale-missing"}


SHAPES = frozenset(
    {
        *("svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline"),
        *("polygon", "text", "tspan", "use", "symbol", "clipPath", "mask", "pattern", "marker"),
        *("linearGradient", "radialGradient", "stop"),
    }
)


def drawings(dist: Path) -> Iterator[tuple[str, etree._Element]]:
    """Yield every drawing, in a file of its own or inside a page."""
    for path in sorted(dist.rglob("*.svg")):
        content = path.read_bytes()
        assert b"<!DOCTYPE" not in content, path
        assert b"<!ENTITY" not in content, path
        yield str(path), etree.fromstring(content)
    for path in sorted(dist.rglob("*.html")):
        for drawing in document(path).xpath("//svg"):
            yield str(path), drawing


def test_every_drawing_is_made_of_shapes_and_words_alone(dist: Path) -> None:
    names = {name.casefold() for name in SHAPES}
    found = 0
    for path, drawing in drawings(dist):
        for element in drawing.iter(etree.Element):
            found += 1
            assert etree.QName(element).localname.casefold() in names, path
            for name, value in element.attrib.items():
                assert not etree.QName(name).localname.startswith("on"), path
                if etree.QName(name).localname == "href":
                    assert str(value).startswith("#"), path
    assert found


def test_only_tables_may_be_framed(dist: Path) -> None:
    rules: dict[str, str] = {}
    for line in (dist / "_headers").read_text("utf-8").splitlines():
        if not line.startswith(" "):
            current = line
        rules[current] = rules.get(current, "") + line
    for locale in LOCALES:
        assert "frame-ancestors 'none'" in rules[f"/{locale}/*"]
    assert "frame-ancestors" not in rules["/embed/v1/*"]


def test_the_workflow_gives_no_stranger_any_right() -> None:
    for file in sorted((HOME / ".github" / "workflows").glob("*.yml")):
        flow = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 it reads texts alone
        assert "pull_request_target" not in flow["on"], file
        assert "workflow_run" not in flow["on"], file
        assert flow["permissions"] == {}, file
        for name, job in flow["jobs"].items():
            writes = {right for right, level in job["permissions"].items() if level == "write"}
            if writes:
                assert "github.event_name != 'pull_request'" in job["if"], name
            for step in job["steps"]:
                assert "${{ github.event." not in step.get("run", ""), name
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["persist-credentials"] == "false", name


@pytest.mark.parametrize("fragment", HOSTILE_FRAGMENTS, ids=range(len(HOSTILE_FRAGMENTS)))
def test_an_address_of_a_table_chooses_among_fixed_looks_only(
    dist: Path, browser: Browser, fragment: str
) -> None:
    said: list[str] = []
    with serving(dist) as address:
        page = browser.new_page()
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request", lambda request: said.extend([] if request.url.startswith(address) else [request.url])
        )
        page.goto(f"{address}embed/v1/ja/procedures.html")
        plain = page.locator("table").first.inner_text()
        page.goto("about:blank")
        page.goto(f"{address}embed/v1/ja/procedures.html{fragment}")
        assert page.locator("table").first.inner_text() == plain
        page.close()
    assert said == []
