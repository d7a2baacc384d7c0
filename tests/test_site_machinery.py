"""Staged pages become a site that is whole in every language: the miniature site, built once."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import html
from miniature_site import PROJECT, SITE_URL, create_miniature_site

from cardguide.artifacts import Artifact, text_artifact
from cardguide.sitebuild import SiteError, write_site
from cardguide.staging import write_staged

CONFIG = PROJECT / "mkdocs.yml"


@pytest.fixture(scope="session")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("staged")
    write_staged(folder, create_miniature_site())
    return folder


@pytest.fixture(scope="session")
def site(staged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("site") / "card"
    write_site(config=CONFIG, staged=staged, output=output)
    return output


def _pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix(), html.document_fromstring(file.read_bytes())


def _all(page: html.HtmlElement, query: str) -> list[Any]:
    found = page.xpath(query)
    assert isinstance(found, list)
    return found


def _text(page: html.HtmlElement, query: str) -> str:
    return str(page.xpath(f"string({query})"))


def _address(path: str) -> str:
    return SITE_URL + path.removesuffix("index.html")


def test_every_staged_page_is_built_in_every_language(site: Path) -> None:
    names = ("index.html", "procedures/index.html", "procedures/exchange/index.html", "questions/index.html")
    expected = {f"{tag}/{name}" for tag in ("ja", "en") for name in names} | {"index.html", "404.html"}
    assert {path for path, _ in _pages(site)} == expected


def test_the_tree_holds_nothing_that_was_not_asked_for(site: Path) -> None:
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    others = {file for file in files if not file.endswith(".html")}
    hashed = {re.sub(r"\.[0-9a-f]{10}\.", ".HASH.", file) for file in others}
    assert hashed == {
        "assets/icon.svg",
        "assets/imprint.HASH.js",
        "assets/site.HASH.css",
        "assets/site.HASH.js",
        "en/search.json",
        "flyers/ja/overview.pdf",
        "ja/search.json",
        "offline.js",
        "sitemap.xml",
    }


def test_the_language_of_a_page_is_the_language_of_its_folder(site: Path) -> None:
    languages = {path: page.get("lang") for path, page in _pages(site) if "/" in path}
    assert languages == {path: path[:2] for path in languages}


def test_every_page_names_itself_and_its_sisters_with_absolute_addresses(site: Path) -> None:
    for path, page in _pages(site):
        if "/" not in path:
            continue
        links = {
            link.get("hreflang"): link.get("href") for link in _all(page, "//head/link[@rel='alternate']")
        }
        rest = path.split("/", 1)[1]
        sisters = {tag: _address(f"{tag}/{rest}") for tag in ("ja", "en")}
        default = SITE_URL if rest == "index.html" else sisters["ja"]
        assert links == {**sisters, "x-default": default}
        assert _text(page, "//link[@rel='canonical']/@href") == _address(path)


def test_the_switcher_leads_to_the_same_page(site: Path) -> None:
    for path, page in _pages(site):
        if "/" not in path:
            continue
        other = {"ja": "en", "en": "ja"}[path[:2]]
        links = _all(page, "//header//nav//a[@hreflang]")
        assert [urljoin(_address(path), link.get("href")) for link in links] == [_address(other + path[2:])]
        assert [link.get("lang") for link in links] == [other]


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    ids = {path: set(_all(page, "//@id")) for path, page in _pages(site)}
    for path, page in _pages(site):
        for link in _all(page, "//@href | //@src | //@data-index"):
            target, fragment = urldefrag(urljoin(_address(path), link))
            if not target.startswith(SITE_URL) or "report?" in target:
                continue
            name = unquote(urlsplit(target).path.removeprefix(urlsplit(SITE_URL).path))
            name += "index.html" if not name or name.endswith("/") else ""
            assert (site / name).is_file(), f"{path}: {link}"
            assert not fragment or fragment in ids[name], f"{path}: {link}"


def test_every_page_has_one_title_one_heading_and_its_own_description(site: Path) -> None:
    titles, descriptions = [], []
    for path, page in _pages(site):
        assert len(_all(page, "//h1")) == 1, path
        titles.append(_text(page, "//title"))
        descriptions += _all(page, "//meta[@name='description']/@content")
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_the_one_404_speaks_every_language_and_works_at_any_depth(site: Path) -> None:
    page = html.document_fromstring((site / "404.html").read_bytes())
    assert _all(page, "//section/@lang") == ["ja", "en"]
    assert all(link.startswith("/card/") for link in _all(page, "//@href"))


def test_no_page_needs_an_inline_script_or_style(site: Path) -> None:
    for path, page in _pages(site):
        assert not _all(page, "//@style | //style | //@*[starts-with(name(), 'on')]"), path
        scripts = _all(page, "//script[not(@type='application/ld+json')]")
        assert all(script.get("src") and not script.text for script in scripts), path
        policy = _text(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_hostile_text_in_json_ld_cannot_close_its_script(site: Path) -> None:
    page = html.document_fromstring((site / "ja/index.html").read_bytes())
    assert "</script>" not in _text(page, "//script[@type='application/ld+json']")
    assert not _all(page, "//head//b | //body/b")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for path, page in _pages(site):
        fetched = _all(page, "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert not [link for link in fetched if urlsplit(link).netloc], path
    for file in site.glob("assets/*"):
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"""https?:|url\(["']?//""", text), file.name


def test_the_sitemap_lists_every_page_with_its_day_and_its_sisters(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    built = {_address(path) for path, _ in _pages(site) if path != "404.html"}
    assert set(re.findall("<loc>(.*?)</loc>", text)) == built
    assert set(re.findall("<lastmod>(.*?)</lastmod>", text)) == {"2026-11-23"}
    assert text.count('hreflang="en"') == len(built) - 1


def test_no_front_matter_or_address_scheme_is_left_in_a_page(site: Path) -> None:
    for path, page in _pages(site):
        assert not re.search(r"\b(page|site|kind|summary):\S", page.text_content()), path
        assert not _all(page, "//@href[starts-with(., 'page:') or starts-with(., 'site:')]"), path


def test_names_of_assets_follow_their_content(site: Path) -> None:
    for suffix in ("css", "js"):
        (file,) = site.glob(f"assets/site.*.{suffix}")
        assert file.name == f"site.{hashlib.sha256(file.read_bytes()).hexdigest()[:10]}.{suffix}"


def test_the_same_staged_tree_gives_the_same_bytes(staged: Path, site: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere"
    write_site(config=CONFIG, staged=staged, output=again)
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site, again)
    ]
    assert contents[0] == contents[1]


def _front(title: str) -> str:
    return f'---\ntitle: "{title}"\ndescription: "About {title}"\n---\n\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a](nowhere.md)", "nowhere.md"),
        ("[a](questions.md#nowhere)", "#nowhere"),
        ('<p><a href="page:nowhere.md">a</a></p>', "page:nowhere.md"),
        ("[a](site:flyers/nowhere.pdf)", "site:flyers/nowhere.pdf"),
    ],
    ids=["page", "fragment", "page scheme", "site scheme"],
)
def test_a_dead_link_fails_the_build_and_is_named(tmp_path: Path, text: str, words: str) -> None:
    page = text_artifact("en/broken.md", _front("Broken") + text + "\n")
    write_staged(tmp_path / "staged", [*create_miniature_site(), page])
    with pytest.raises(SiteError, match=re.escape(words)) as caught:
        write_site(config=CONFIG, staged=tmp_path / "staged", output=tmp_path / "site")
    assert all(message.startswith("en: ") for message in caught.value.messages)


def test_a_page_without_a_description_fails_the_build(tmp_path: Path) -> None:
    page = text_artifact("en/broken.md", '---\ntitle: "Broken"\n---\n\ntext\n')
    write_staged(tmp_path / "staged", [*create_miniature_site(), page])
    with pytest.raises(SiteError, match="description"):
        write_site(config=CONFIG, staged=tmp_path / "staged", output=tmp_path / "site")


def test_a_new_page_and_a_removed_page_are_followed_on_the_next_build(tmp_path: Path) -> None:
    def built(artifacts: list[Artifact]) -> bool:
        write_staged(tmp_path / "staged", artifacts)
        shutil.rmtree(tmp_path / "site", ignore_errors=True)
        write_site(config=CONFIG, staged=tmp_path / "staged", output=tmp_path / "site")
        return (tmp_path / "site/en/new/index.html").exists()

    pages = list(create_miniature_site())
    assert built([*pages, text_artifact("en/new.md", _front("New") + "text\n")])
    assert not built(pages)
