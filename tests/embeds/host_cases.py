"""Twenty pages of partners, and what is measured on each: every one shows a usable table or a working link."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from embed_hosts import CLS, CONTENT_HEIGHT, HEIGHTS, World
from lxml import html
from playwright.sync_api import Frame, Page

LINK = "手続と窓口の一覧（最新版）"
DARK = "<style>:root{color-scheme:dark}body{background:#000;color:#fff}</style>"
HOSTILE = (
    "<style>*{all:unset!important}head,head *,table,td,p{display:none!important}"
    "iframe{display:block!important;width:900px!important;height:1800px!important}</style>"
)
# Frames, then whatever else a page may load: nothing, or our files alone.
EXPECTED_CONSOLE = re.compile(r"Content Security Policy|Refused to|violates|404|ERR_")


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A page of a partner; ``shows`` is what its readers get: the table in a frame, in the page, or a link."""

    name: str
    body: Callable[[World], str]
    head: str = ""
    policy: str = ""
    width: int = 1000
    zoom: float = 1
    shows: str = "frame"
    requests: int = 1
    after: str = ""
    down: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What was measured on a page."""

    name: str
    shows: str
    usable: bool
    shown: int
    content: int
    reserved: int
    requests: int
    kilobytes: float
    shift: float
    sideways: int
    stops: int
    console: tuple[str, ...]
    foreign: int
    storage: bool


def plain(name: str) -> Callable[[World], str]:
    """Return the published code."""
    return lambda world: world.snippet(name)


def changed(name: str, *changes: tuple[str, str]) -> Callable[[World], str]:
    """Return the published code with changes."""

    def body(world: World) -> str:
        code = world.snippet(name)
        for old, new in changes:
            code = code.replace(old, new)
        return code

    return body


def kept_by_joruri(world: World) -> str:
    """Return the code for such editors as a strict one saves it: sizes stay, styles, scripts and data go."""
    tree = html.fragment_fromstring(world.snippet("iframe-fixed.html"), create_parent="div")
    for element in list(tree.iter()):
        for name in set(element.attrib) - {"src", "width", "height", "name", "align", "id", "title", "href"}:
            del element.attrib[name]
    return "".join(html.tostring(child, encoding="unicode") for child in tree)


def only_link(world: World) -> str:
    """Return what an editor without frames keeps."""
    tree = html.fragment_fromstring(world.snippet("iframe-resize.html"), create_parent="div")
    for element in tree.xpath("//iframe|//script"):
        element.drop_tree()
    return html.tostring(tree, encoding="unicode")


def pasted(world: World) -> str:
    """Return the table as it is pasted, in the element that would keep it current."""
    table = world.embed.files["embed/v1/ja/procedures.paste.html"].decode("utf-8")
    code = re.sub(r"<!--.*?-->", lambda _: table, world.snippet("component.html"), flags=re.DOTALL)
    return code.replace("2026-11-23", "2020-01-01")


def without_style(world: World) -> str:
    """Return the code for sites whose policy forbids style attributes, with its two lines of CSS."""
    world.host.put("host.css", world.snippet("iframe-class-css.css"), {"Content-Type": "text/css"})
    return world.snippet("iframe-class.html")


def two(world: World) -> str:
    """Return two tables."""
    other = world.snippet("iframe.html").replace("ja/procedures.html", "en/procedures-municipal.html")
    return world.snippet("iframe-resize.html") + other.replace(' loading="lazy"', "")


OUR = "frame-src http://localhost:*; script-src http://localhost:*; connect-src http://localhost:*"
TRUSTED = f"{OUR}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
CASES = (
    Case(name="plain page", body=plain("iframe.html")),
    Case(name="plain page, our script", body=plain("iframe-resize.html"), requests=2),
    Case(name="strict policy with frame-src", body=plain("iframe-resize.html"), policy=OUR, requests=2),
    Case(name="frame-src 'none'", body=plain("iframe.html"), policy="frame-src 'none'", shows="link", requests=0),
    Case(name="script-src 'none'", body=plain("iframe-resize.html"), policy="script-src 'none'"),
    Case(
        name="trusted types, frame",
        body=without_style,
        head='<link rel="stylesheet" href="host.css">',
        policy=TRUSTED,
    ),
    Case(name="trusted types, component", body=pasted, policy=TRUSTED, shows="table", requests=2),
    Case(name="connect-src missing, component", body=pasted, policy="connect-src 'none'", shows="table", requests=1),
    Case(name="hostile CSS", body=plain("iframe.html"), head=HOSTILE),
    Case(name="dark-only page", body=changed("iframe.html", (".html", ".html#theme-dark")), head=DARK),
    Case(name="page from right to left", body=lambda world: f'<div dir="rtl">{world.snippet("iframe.html")}</div>'),
    Case(name="200 % zoom", body=plain("iframe-resize.html"), width=500, zoom=2, requests=2),
    Case(name="320 px", body=plain("iframe-resize.html"), head="<style>body{margin:0}</style>", width=320, requests=2),
    Case(name="Joruri filter", body=kept_by_joruri),
    Case(name="editor without frames", body=only_link, shows="link", requests=0),
    Case(name="two tables", body=two, requests=3),
    Case(
        name="in <details>",
        body=lambda world: f"<details><summary>Open</summary>{world.snippet('iframe-resize.html')}</details>",
        after="document.querySelector('details').open = true",
        requests=2,
    ),
    Case(
        name="in a hidden tab",
        body=lambda world: f'<div id="tab" hidden>{world.snippet("iframe-resize.html")}</div>',
        after="document.querySelector('#tab').hidden = false",
        requests=2,
    ),
    Case(
        name="sandbox without our origin",
        body=changed("iframe-resize.html", ("<iframe", '<iframe sandbox="allow-scripts allow-popups"')),
        requests=2,
    ),
    Case(name="our origin down", body=plain("iframe.html"), shows="link", down=True, requests=1),
)  # fmt: skip


def measure_case(world: World, case: Case) -> Measured:
    """Open the page of a case and return what its readers get, in numbers."""
    body = case.body(world)
    if case.down:
        world.embed.files.clear()
    world.page.set_viewport_size({"width": case.width, "height": 800})
    page = world.open(f"<main><h1>Page</h1>{body}</main>", head=case.head, policy=case.policy)
    if case.after:
        page.evaluate(case.after)
    usable, frame = _shown(page, world, case)
    content = int(frame.evaluate(f"Math.ceil({CONTENT_HEIGHT})")) if frame else 0
    shown, reserved = page.evaluate(HEIGHTS, page.query_selector("iframe")) if frame else (0, 0)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return Measured(
        name=case.name,
        shows=case.shows,
        usable=usable,
        shown=round(shown),
        content=content,
        reserved=round(reserved),
        requests=len(world.embed.log),
        kilobytes=world.embed.sent / 1024,
        shift=float(page.evaluate(CLS)),
        sideways=max(
            each.evaluate(overflow) for each in ([page.main_frame, frame] if frame else [page.main_frame])
        ),
        stops=_stops(page, frame),
        console=tuple(line for line in world.console if not EXPECTED_CONSOLE.search(line)),
        foreign=_foreign(page, world),
        storage=page.context.storage_state() != {"cookies": [], "origins": []},
    )


def _shown(page: Page, world: World, case: Case) -> tuple[bool, Frame | None]:
    if case.shows == "link":
        link = page.get_by_role("link", name=LINK)
        link.wait_for()
        return bool(link.get_attribute("href")), None
    if case.shows == "table":
        page.wait_for_function("document.querySelector('src-procedures').dataset.state")
        return page.locator("src-procedures").get_by_role("row").count() >= 14, None
    frame = world.frame()
    frame.get_by_role("row").last.wait_for()
    # The height may come by a message, after the frame has loaded.
    page.wait_for_function(
        "frame => { const box = frame.getBoundingClientRect(); return box.height >= 100 && box.width >= 100; }",
        arg=page.query_selector("iframe"),
    )
    if case.requests > 1:
        page.wait_for_function("document.querySelector('iframe').style.height")
    return frame.get_by_role("row").count() >= 14, frame


def _stops(page: Page, frame: Frame | None) -> int:
    seen = """[document, document.querySelector('src-procedures')?.shadowRoot]
      .flatMap(root => root ? [...root.querySelectorAll('a, summary')] : [])
      .filter(each => each.checkVisibility()).length"""
    return int(page.evaluate(seen)) + (int(frame.evaluate(seen)) if frame else 0)


def _foreign(page: Page, world: World) -> int:
    """Return how many requests went to anybody but the partner and us."""
    entries = "performance.getEntriesByType('resource').map(each => each.name)"
    found = [name for each in page.frames for name in each.evaluate(entries)]
    return sum(not name.startswith((world.host.address, world.embed.address)) for name in found)


def create_line(measured: Measured) -> str:
    """Return a line of the table of cases, in Markdown."""
    height = f"{measured.shown} of {measured.content}" if measured.content else "–"
    return (
        f"| {measured.name} | {'yes' if measured.usable else 'NO'}: {measured.shows} | {height} | {measured.requests}"
        f" | {measured.kilobytes:.1f} | {measured.shift:.3f} | {measured.sideways} | {measured.stops}"
        f" | {len(measured.console)} | {measured.foreign} |"
    )


HEAD = (
    "| host page | readers get | height, px: frame of content | requests | KB, not compressed | CLS | sideways, px"
    " | tab stops | unexpected console lines | third-party requests |\n|---|---|---|---|---|---|---|---|---|---|"
)
