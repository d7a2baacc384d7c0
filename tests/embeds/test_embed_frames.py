"""The frame on pages of partners, in a real browser, with the page and the frame on two origins."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from built import LOCALES
from embed_hosts import CLS, CONTENT_HEIGHT, FRAME_HEIGHT, World, quiet, settled
from lxml import html
from playwright.sync_api import Page


def test_a_plain_page_shows_the_whole_table_without_any_script_of_the_host(world: World) -> None:
    page = world.open(world.snippet("iframe.html"))
    assert settled(page, world.frame()) > 1000
    assert world.embed.log == ["embed/v1/ja/procedures.html"], "one request"
    assert page.evaluate(CLS) <= 0.05
    assert page.context.storage_state() == {"cookies": [], "origins": []}
    assert quiet(world.console) == []


def test_with_our_script_the_frame_grows_and_shrinks_with_the_page(world: World) -> None:
    page = world.open(world.snippet("iframe-resize.html"))
    frame = world.frame()
    wide = settled(page, frame)
    page.set_viewport_size({"width": 400, "height": 800})
    page.wait_for_function(f"{FRAME_HEIGHT} > {wide + 500}")
    assert settled(page, frame) > wide + 500
    page.set_viewport_size({"width": 1000, "height": 800})
    page.wait_for_function(f"{FRAME_HEIGHT} < {wide + 50}")
    assert settled(page, frame) == wide
    assert page.evaluate(CLS) <= 0.05
    assert quiet(world.console) == []


def test_a_strict_policy_that_allows_our_origin_shows_the_whole_table(world: World) -> None:
    css = world.snippet("iframe-class-css.css")
    world.host.files["host.css"] = css.encode()
    world.host.headers["host.css"] = {"Content-Type": "text/css"}
    page = world.open(
        world.snippet("iframe-class.html"),
        head='<link rel="stylesheet" href="host.css">',
        policy=f"default-src 'none'; style-src 'self'; frame-src {world.embed.address}",
    )
    assert settled(page, world.frame()) > 1000
    assert quiet(world.console) == []


def test_a_policy_without_frames_leaves_the_link(world: World) -> None:
    page = world.open(world.snippet("iframe.html"), policy="frame-src 'none'")
    link = page.get_by_role("link", name="手続と窓口の一覧（最新版）")
    assert link.is_visible()
    assert world.embed.log == []
    assert any("frame-src" in line for line in world.console), "the one line that is expected"


def unreserved(code: str) -> str:
    """Return published code that reserves too little: only a frame that knows its content is tall enough then."""
    return re.sub(r"min-height:\d+px", "min-height:300px", code)


def sized_by_the_browser(page: Page, world: World) -> bool:
    """Wait for the whole height where the browser sizes frames, else for the reserve and a frame that scrolls."""
    frame = world.frame()
    content = frame.evaluate(f"Math.ceil({CONTENT_HEIGHT})")
    assert content > 1000
    native = page.evaluate("CSS.supports('frame-sizing', 'content-height')")
    page.wait_for_function(f"Math.abs({FRAME_HEIGHT} - {content if native else 300}) <= 1")
    return bool(frame.evaluate("document.scrollingElement.scrollHeight") >= content)


def test_a_policy_without_scripts_still_gets_the_native_height(each_world: World) -> None:
    page = each_world.open(unreserved(each_world.snippet("iframe-resize.html")), policy="script-src 'none'")
    assert sized_by_the_browser(page, each_world)


def test_an_empty_sandbox_still_gets_the_native_height(each_world: World) -> None:
    code = unreserved(each_world.snippet("iframe.html")).replace("<iframe", '<iframe sandbox=""')
    assert sized_by_the_browser(each_world.open(code), each_world)


def test_a_sandbox_without_our_origin_still_follows_the_height(world: World) -> None:
    code = world.snippet("iframe-resize.html").replace("<iframe", '<iframe sandbox="allow-scripts"')
    page = world.open(code.replace(";frame-sizing:content-height", ""))
    assert settled(page, world.frame()) > 1000


def test_our_origin_down_leaves_the_link_and_the_reserved_space(world: World) -> None:
    world.embed.files.clear()
    page = world.open(world.snippet("iframe.html"))
    assert page.get_by_role("link", name="手続と窓口の一覧（最新版）").is_visible()
    reserved = int(re.findall(r"min-height:(\d+)px", world.snippet("iframe.html"))[0])
    assert page.evaluate(FRAME_HEIGHT) == reserved


def test_hostile_styles_of_the_host_do_not_reach_the_table(world: World) -> None:
    rules = (
        "*{all:unset!important} table,td,p{display:none!important}",
        "iframe{display:block!important;width:900px!important;height:1800px!important}",
    )
    world.open(world.snippet("iframe.html"), head=f"<style>{' '.join(rules)}</style>")
    assert world.frame().get_by_role("row").count() == 14
    assert world.frame().locator("td").first.is_visible()


def test_a_dark_host_gets_a_dark_table_by_the_fragment_alone(world: World) -> None:
    dark = world.snippet("iframe.html").replace("procedures.html", "procedures.html#theme-dark")
    world.open(dark, head="<style>body{background:#000;color-scheme:dark}</style>")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert world.frame().evaluate(paper) == "rgb(18, 23, 31)"
    world.open(dark.replace("#theme-dark", "#theme-light"))
    assert world.frame().evaluate(paper) == "rgb(255, 255, 255)"


def test_the_reader_who_prefers_dark_gets_dark_unless_the_partner_says_light(world: World) -> None:
    world.page.emulate_media(color_scheme="dark")
    world.open(world.snippet("iframe.html"))
    paper = "getComputedStyle(document.body).backgroundColor"
    assert world.frame().evaluate(paper) == "rgb(18, 23, 31)"
    world.open(world.snippet("iframe.html").replace(".html", ".html#theme-light"))
    assert world.frame().evaluate(paper) == "rgb(255, 255, 255)"


def test_a_page_from_right_to_left_leaves_the_table_as_it_is(world: World) -> None:
    world.open(f'<div dir="rtl">{world.snippet("iframe.html")}</div>')
    assert world.frame().evaluate("getComputedStyle(document.querySelector('td')).direction") == "ltr"
    assert settled(world.page, world.frame()) > 1000


@pytest.mark.parametrize("width", [320, 375, 500])
def test_a_narrow_page_never_scrolls_sideways(world: World, width: int) -> None:
    world.page.set_viewport_size({"width": width, "height": 640})
    page = world.open(world.snippet("iframe-resize.html"), head="<style>body{margin:0}</style>")
    settled(page, world.frame())
    assert page.evaluate(CLS) <= 0.05
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    assert world.frame().evaluate(overflow) == 0
    hidden = "[...document.querySelectorAll('th, td')].filter(each => each.scrollHeight > each.clientHeight + 2).length"
    assert world.frame().evaluate(hidden) == 0, "no cell is smaller than its words"


def test_two_tables_on_one_page_have_each_their_own_height(world: World) -> None:
    second = world.snippet("iframe.html").replace("ja/procedures.html", "ja/procedures-municipal.html")
    page = world.open(world.snippet("iframe-resize.html") + second.replace("min-height:", "--was:"))
    page.locator("iframe").last.scroll_into_view_if_needed()
    page.wait_for_function("[...document.querySelectorAll('iframe')].every(each => each.style.height)")
    heights = page.eval_on_selector_all(
        "iframe", "all => all.map(each => each.getBoundingClientRect().height)"
    )
    contents = [frame.evaluate(f"Math.ceil({CONTENT_HEIGHT})") for frame in page.frames[1:]]
    assert heights == contents
    assert heights[0] > heights[1] + 300


@pytest.mark.parametrize(
    ("closed", "show"),
    [
        ("<details><summary>Open</summary>{}</details>", "document.querySelector('details').open = true"),
        ('<div id="tab" hidden>{}</div>', "document.querySelector('#tab').hidden = false"),
    ],
    ids=["details", "hidden tab"],
)
def test_a_table_that_opens_later_gets_its_whole_height(world: World, closed: str, show: str) -> None:
    page = world.open(closed.format(world.snippet("iframe-resize.html")))
    page.evaluate(show)
    page.wait_for_function(f"{FRAME_HEIGHT} > 1000")
    assert settled(page, world.frame()) > 1000


def test_a_cms_that_keeps_only_sizes_shows_the_table_in_a_fixed_frame(world: World) -> None:
    kept = cms_filtered(world.snippet("iframe-resize.html"))
    assert "style" not in kept
    assert "script" not in kept
    page = world.open(cms_filtered(world.snippet("iframe-fixed.html")))
    height = int(re.findall(r'height="(\d+)"', kept_of(world, "iframe-fixed.html"))[0])
    assert page.evaluate(FRAME_HEIGHT) == pytest.approx(height + 4, abs=4), "with the border of the browser"
    assert world.frame().get_by_role("row").count() == 14
    assert page.get_by_role("link", name="手続と窓口の一覧（最新版）").is_visible()


def kept_of(world: World, snippet: str) -> str:
    """Return what a CMS keeps of published code."""
    return cms_filtered(world.snippet(snippet))


def cms_filtered(code: str) -> str:
    """Return code as a strict editor saves it: no script, style, data or event attributes; frames keep their sizes."""
    tree = html.fragment_fromstring(code, create_parent="div")
    for element in list(tree.iter()):
        if element.tag == "script":
            element.drop_tree()
        for name in list(element.attrib):
            if name.startswith(("data-", "on")) or name in {"style", "loading", "title"} - {"title"}:
                del element.attrib[name]
            if element.tag == "iframe" and name not in {
                "src",
                "width",
                "height",
                "name",
                "align",
                "id",
                "title",
            }:
                element.attrib.pop(name, None)
    return "".join(html.tostring(child, encoding="unicode") for child in tree)


def test_an_editor_that_drops_frames_leaves_the_link(world: World) -> None:
    tree = html.fragment_fromstring(world.snippet("iframe-resize.html"), create_parent="div")
    for element in tree.xpath("//iframe|//script"):
        element.drop_tree()
    page = world.open(html.tostring(tree, encoding="unicode"))
    assert page.get_by_role("link", name="手続と窓口の一覧（最新版）").is_visible()


MESSAGES = """height => parent.postMessage({ type: "src-embed:height", v: 1, height }, "*")"""


@pytest.mark.parametrize("height", [9999, -1, 39, 20001, 1.5, "1e9", None, {"valueOf": 1}])
def test_a_foreign_frame_cannot_change_the_height_of_ours(world: World, height: object) -> None:
    world.host.put("evil.html", "<!doctype html><title>Other</title>")
    page = world.open(world.snippet("iframe-resize.html") + '<iframe name="evil" src="evil.html"></iframe>')
    before = settled(page, world.frame())
    evil = page.frame("evil")
    assert evil is not None
    evil.wait_for_load_state()
    evil.evaluate(MESSAGES, height)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert settled(page, world.frame()) == before


@pytest.mark.parametrize("height", [-1, 39, 20001, 1.5, "1e9", None])
def test_even_our_frame_cannot_ask_for_a_height_that_makes_no_sense(world: World, height: object) -> None:
    page = world.open(world.snippet("iframe-resize.html"))
    before = settled(page, world.frame())
    world.frame().evaluate(MESSAGES, height)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.evaluate(FRAME_HEIGHT) == before


def test_a_thousand_messages_of_a_stranger_change_nothing(world: World) -> None:
    page = world.open(world.snippet("iframe-resize.html") + '<iframe name="evil" src="about:blank"></iframe>')
    before = settled(page, world.frame())
    evil = page.frame("evil")
    assert evil is not None
    evil.evaluate(
        """() => { for (let height = 100; height < 1100; height++)
             parent.postMessage({ type: "src-embed:height", v: 1, height }, "*"); }"""
    )
    page.evaluate(
        """() => new Promise(done => {
             addEventListener("message", done, { once: true });
             postMessage("last", "*");
           })"""
    )
    assert page.evaluate(FRAME_HEIGHT) == before


def test_the_frame_tells_its_height_once_and_then_is_silent(world: World) -> None:
    listen = "<script>heard = []; addEventListener('message', event => heard.push(event.data))</script>"
    page = world.open(world.snippet("iframe.html"), head=listen)
    settled(page, world.frame())
    world.frame().evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert 1 <= len(page.evaluate("heard")) <= 2


@pytest.mark.parametrize(
    ("now", "stale"),
    [
        ("2026-11-24T00:00:00Z", False),
        ("2027-02-21T14:59:00Z", False),
        ("2027-02-21T15:01:00Z", True),
        ("2036-01-01T00:00:00Z", True),
    ],
)
def test_past_its_date_in_japan_the_table_says_so(world: World, now: str, *, stale: bool) -> None:
    world.page.clock.set_fixed_time(now)
    world.open(world.snippet("iframe.html"))
    assert world.frame().get_by_text("この表は古い可能性があります").is_visible() is stale


def test_the_printed_page_holds_the_last_line_of_the_table(world: World, tmp_path: Path) -> None:
    page = world.open(world.snippet("iframe-resize.html"))
    settled(page, world.frame())
    paper = tmp_path / "page.pdf"
    page.pdf(path=paper, format="A4")
    text = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout
    assert "CC BY 4.0" in text


def test_tab_reaches_every_link_in_the_order_of_reading_and_leaves_the_frame(world: World) -> None:
    page = world.open('<a href="#first">first</a>' + world.snippet("iframe.html"))
    frame = world.frame()
    settled(page, frame)
    expected = frame.locator("a:visible, summary").count()
    page.get_by_role("link", name="first").focus()
    stops = """[...document.querySelectorAll("a, summary")].filter((each) => each.checkVisibility())
      .indexOf(document.activeElement)"""
    visited = []
    for _ in range(expected):
        page.keyboard.press("Tab")
        visited.append(frame.evaluate(stops))
    assert visited == list(range(expected))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "手続と窓口の一覧（最新版）"


def test_every_frame_is_named_in_its_language_and_fits_its_budget(files: dict[str, bytes]) -> None:
    frames = {path: body for path, body in files.items() if re.fullmatch(r"embed/v1/[^/]+/[^.]+\.html", path)}
    assert len(frames) >= 48
    for path, body in frames.items():
        page = html.document_fromstring(body)
        lang = path.split("/")[2]
        assert page.get("lang") == (lang if lang in LOCALES else lang.split("-")[0])
        assert page.findtext(".//title")
        assert len(gzip.compress(body, 9)) <= 6144, path
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "unsafe" not in policy, path
        assert not page.xpath("//*[@src]|//link[@rel='stylesheet']"), "everything is inline"
