"""A frame is the table that is pasted, without what only programs read: same words, links, languages and structure."""

import re

import pytest
from lxml import html

from cardguide.outputs.embeds.lean import create_lean

SHOWN = {"href", "scope", "colspan", "hidden", "data-state", "data-counter", "id"}
NO_MEANING = {"data", "time", "span"}


def structure(table: html.HtmlElement) -> list[tuple[str, dict[str, str]]]:
    """Return every element that means something, with what a reader or a screen reader meets in it."""
    return [
        (each.tag, {name: value for name, value in each.attrib.items() if name in SHOWN - {"id"}})
        for each in table.iter(html.etree.Element)
        if each.tag not in NO_MEANING
    ]


def spoken(table: html.HtmlElement) -> list[tuple[str, str]]:
    """Return the words with the language in which each run is spoken."""
    runs: list[tuple[str, str]] = []
    for text in table.xpath(".//text()"):
        parent = text.getparent().getparent() if text.is_tail else text.getparent()
        lang = parent.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
        if words := "".join(str(text).split()):
            if runs and runs[-1][0] == lang:
                runs[-1] = (lang, runs[-1][1] + words)
            else:
                runs.append((lang, words))
    return runs


def test_a_frame_holds_the_words_and_links_of_the_pasted_table(files: dict[str, bytes]) -> None:
    frames = [path for path in files if path.endswith(".paste.html")]
    assert len(frames) >= 42
    for path in frames:
        (pasted,) = html.document_fromstring(files[path].decode()).xpath("//table")
        (framed,) = html.document_fromstring(files[path.replace(".paste", "")].decode()).xpath("//table")
        for stale in framed.xpath(".//*[@data-valid-until]"):
            stale.drop_tree()
        assert structure(framed) == structure(pasted), path
        assert spoken(framed) == spoken(pasted), path


def test_every_link_of_a_frame_opens_beside_it(files: dict[str, bytes]) -> None:
    for path in [each for each in files if re.fullmatch(r"embed/v1/[^/]+/[^.]+\.html", each)]:
        for link in html.document_fromstring(files[path].decode()).xpath("//a"):
            address = link.get("href")
            assert address.startswith(("http", "tel:")), path
            assert link.get("target") == ("_blank" if address.startswith("http") else None), path


@pytest.mark.parametrize(
    ("full", "lean"),
    [
        ('<p data-record="facts.a"><span lang="ja">あ</span></p>', "<p>あ"),
        ('<td><time datetime="2026-11-23">Nov 23</time></td>', "<td>Nov\N{NO-BREAK SPACE}23"),
        ('<td><time datetime="2026-11-23">2026年</time>。</td>', "<td><span>2026年</span>。"),
        ('<data value="0570" data-fact="x" class="whole">0570-1</data>', "<span>0570-1</span>"),
        ('<data value="1" data-fact="x">a b</data>', "a b"),
        ("<p>a &lt;b&gt; &amp; c&#39;s</p>", "<p>a &lt;b&gt; &amp; c's"),
        ('<a href="https://a.example/?q=1">x</a>', '<a href="https://a.example/?q=1" target=_blank rel=noopener>x</a>'),
        ('<p title="a &quot;b&quot;">x</p>', '<p title="a &quot;b&quot;">x'),
        ("<tr>\n<td>a\nb</td>\n</tr>", "<tr><td>a b"),
    ],
)  # fmt: skip
def test_what_only_programs_read_is_left_out(full: str, lean: str) -> None:
    assert create_lean(full, lang="ja") == lean


def test_a_template_that_closes_in_the_wrong_place_is_an_error() -> None:
    with pytest.raises(ValueError, match="closes <p>"):
        create_lean("<p><b>x</p></b>", lang="ja")
