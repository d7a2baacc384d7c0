"""The real built site, page by page."""

import gzip
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from built import LOCALES, TOLD_LOCALES, document, page_files, page_text

SITE = "https://card-guide.example/"
#: Ten packets, less the lines of an answer: what a host sends before it waits for the reader (RFC 6928).
FIRST_PACKETS = 14_000


def addresses(dist: Path) -> dict[str, set[str]]:
    """Return the path of each page of the tree with the ids in it."""
    found = {}
    for path in dist.rglob("*.html"):
        address = path.relative_to(dist).as_posix().removesuffix("index.html")
        found[address] = set(document(path).xpath("//@id"))
    return found


def test_every_page_is_there_in_every_language(dist: Path) -> None:
    pages = [{path.relative_to(dist / locale) for path in page_files(dist, locale)} for locale in LOCALES]
    assert all(each == pages[0] for each in pages)
    assert len(pages[0]) >= 24


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_says_its_language_and_has_one_title_and_one_heading(dist: Path, locale: str) -> None:
    titles = []
    for path in page_files(dist, locale):
        page = document(path)
        assert page.get("lang") == locale, path
        assert len(page.xpath("//h1")) == 1, path
        titles.append(page.findtext(".//title"))
        assert page.xpath("//meta[@name='description']/@content")[0], path
    assert len(set(titles)) == len(titles), "two pages have one title"


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_a_page_comes_with_the_first_packets_and_what_machines_read_comes_last(
    dist: Path, locale: str
) -> None:
    for path in page_files(dist, locale):
        assert len(gzip.compress(path.read_bytes(), 9)) <= FIRST_PACKETS, path
        assert not document(path).xpath("//head//script[not(@src)]"), path


@pytest.mark.parametrize("locale", LOCALES)
def test_no_heading_level_is_skipped(dist: Path, locale: str) -> None:
    for path in page_files(dist, locale):
        levels = [int(each.tag[1]) for each in document(path).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (
            path,
            levels,
        )


@pytest.mark.parametrize("locale", LOCALES)
def test_alternates_are_absolute_and_answered(dist: Path, locale: str) -> None:
    for path in page_files(dist, locale):
        links = {
            each.get("hreflang"): each.get("href")
            for each in document(path).xpath("//link[@rel='alternate'][@hreflang]")
        }
        assert set(links) == {*LOCALES, "x-default"}, path
        for tag in LOCALES:
            assert links[tag].startswith(SITE)
            other = dist / links[tag].removeprefix(SITE) / "index.html"
            back = document(other).xpath(f"//link[@hreflang='{locale}']/@href")
            assert back == [links[locale]], f"{other} does not answer {path}"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_language_switch_leads_to_the_same_page(dist: Path, locale: str) -> None:
    others = [tag for tag in LOCALES if tag != locale]
    for path in page_files(dist, locale):
        here = path.relative_to(dist).as_posix().removesuffix("index.html")
        targets = document(path).xpath("//header//nav//a[@hreflang]/@href")
        wanted = [f"{SITE}{other}/{here.removeprefix(locale + '/')}" for other in others]
        assert [urljoin(SITE + here, target) for target in targets] == wanted


def test_every_internal_link_and_fragment_leads_somewhere(dist: Path) -> None:
    known = addresses(dist)
    for path in dist.rglob("*.html"):
        here = path.relative_to(dist).as_posix().removesuffix("index.html")
        for target in document(path).xpath("//a/@href|//link/@href|//script/@src|//img/@src|//form/@action"):
            address = urlsplit(urljoin(SITE + here, target))
            if address.netloc != urlsplit(SITE).netloc or address.scheme != "https":
                continue
            wanted = unquote(address.path.lstrip("/"))
            assert wanted in known or (dist / wanted).is_file(), f"{here} links to {target}"
            if address.fragment and wanted in known:
                assert unquote(address.fragment) in known[wanted], f"{here} links to {target}"


def test_nothing_comes_from_another_host(dist: Path) -> None:
    for path in dist.rglob("*.html"):
        page = document(path)
        loaded = page.xpath(
            "//script/@src|//img/@src|//iframe/@src|//link[@rel='stylesheet' or @rel='icon']/@href|//source/@srcset"
        )
        foreign = [each for each in loaded if urlsplit(each).netloc]
        assert foreign == [], path
    for path in dist.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", path.read_text("utf-8")), path


def test_the_page_not_found_speaks_every_language(dist: Path) -> None:
    page = document(dist / "404.html")
    assert set(LOCALES) <= set(page.xpath("//section/@lang"))
    assert list(dist.rglob("404.html")) == [dist / "404.html"]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_shows_what_is_not_meant_for_readers(dist: Path, locale: str) -> None:
    for path in page_files(dist, locale):
        text = page_text(path)
        for leak in (
            "{",
            "}",
            "title:",
            "description:",
            "None",
            "Undefined",
            "StatementView",
            "page:",
            "site:",
        ):
            if path.parent.name == "partners" and leak in "{}":
                continue
            assert leak not in text.replace("procedures.", ""), f"{path} shows {leak!r}"


@pytest.mark.parametrize("locale", LOCALES)
def test_each_procedure_stands_in_the_navigation_of_its_counter(dist: Path, locale: str) -> None:
    home = document(dist / locale / "index.html")
    counters = home.xpath("//div[@class='counters']/section")
    assert [len(each.xpath(".//li[contains(@class,'procedure')]")) for each in counters] == [3, 7]
