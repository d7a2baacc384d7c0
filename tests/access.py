"""Access of built pages: axe, and own checks for what axe cannot see; each answer is a list of faults."""

import importlib.resources
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lxml import html
from playwright.sync_api import Browser, Page
from tinyhtml5.parser import HTMLParser

_AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
_OWN = (Path(__file__).parent / "access.js").read_text("utf-8")
_OPEN = """for (const each of document.querySelectorAll('details:not([open])')) {
  each.open = true;
  each.dataset.opened = '';
}"""
_CLOSE = """for (const each of document.querySelectorAll('[data-opened]')) {
  each.open = false;
  delete each.dataset.opened;
}"""
_TARGETS = "target-size"
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Rules whose answer depends on the colours, and on the width; the others say the same in every look of a page.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
WIDTH_RULES = (_TARGETS, "scrollable-region-focusable", "bypass", "landmark-unique", "aria-hidden-focus")
_UNWANTED = {
    "reloads by itself": "//meta[@http-equiv='refresh']/@content",
    "style in an attribute": "//@style",
    "script in an attribute": "//@*[starts-with(name(), 'on')]",
    "a block in a line": "name(//span/div | //span/p | //span/ul | //h2/div | //h3/div | //a//a | //button//a)",
    "no item of a list": "name((//ul | //ol)/*[not(self::li or self::script or self::template)])",
    "no longer in HTML": "//font | //center | //marquee | //blink | //frame",
}
AXE_VERSION = _AXE.partition("axe v")[2].partition("\n")[0]

Colours = Literal["light", "dark", "forced"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """How somebody looks at a page."""

    width: int = 320
    colours: Colours = "light"

    @property
    def name(self) -> str:
        """Return the look in words."""
        return f"{self.width} px {self.colours}"

    def settings(self) -> dict[str, str]:
        """Return the media settings that make the browser look so."""
        return {
            "color_scheme": "dark" if self.colours == "dark" else "light",
            "forced_colors": "active" if self.colours == "forced" else "none",
            "media": "screen",
        }


COLOURS: tuple[Colours, ...] = ("light", "dark", "forced")
#: A small phone, the phone of most people, a tablet, a screen: some faults show in one of them only.
WIDTHS = (320, 412, 768, 1280)
LOOKS = tuple(Look(width=width, colours=colours) for colours in COLOURS for width in WIDTHS)


@contextmanager
def looking(browser: Browser) -> Iterator[Page]:
    """Give a page of a reader who asked for stillness; our checks may run beside the page's own policy."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def look_at(page: Page, look: Look) -> None:
    """Change the look of an open page."""
    page.set_viewport_size({"width": look.width, "height": 900})
    page.emulate_media(**look.settings())  # type: ignore[arg-type]


def axe_faults(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds on the open page, closed parts opened: all of WCAG 2.2 AA, or some rules.

    Targets are measured before, too: what is closed lies nearer to its neighbours than what is open.
    """
    if not page.evaluate("typeof globalThis.axe?.run === 'function'"):
        page.evaluate(_AXE + "\n;0")
    found = _said_by_axe(page, (_TARGETS,)) if not rules or _TARGETS in rules else []
    page.evaluate(_OPEN)
    found += _said_by_axe(page, rules)
    page.evaluate(_CLOSE)
    return list(dict.fromkeys(found))


def _said_by_axe(page: Page, rules: tuple[str, ...]) -> list[str]:
    options: dict[str, object] = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": rules}}
    if not rules:
        options |= {"runOnly": {"type": "tag", "values": _RULES}, "rules": {_TARGETS: {"enabled": True}}}
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")["violations"]
    return [f"{rule['id']}: {node['html'][:90]}" for rule in found for node in rule["nodes"]]


def screen_faults(page: Page) -> list[str]:
    """Return what our own checks find on the open page as the screen shows it."""
    page.evaluate(_OWN + "\n;0")
    found: list[str] = page.evaluate("access.screen()")
    return found


def own_faults(page: Page) -> list[str]:
    """Return what our own checks find on the open page, on screen and on paper."""
    found = screen_faults(page)
    page.emulate_media(media="print")
    found += page.evaluate("access.paper()")
    page.emulate_media(media="screen")
    return found


def _found(page: Any, where: str) -> list[str]:
    found = page.xpath(where)
    return [found] if isinstance(found, str) and found else [str(each) for each in found]


def markup_faults(source: str) -> list[str]:
    """Return where the markup breaks the HTML standard or leaves out what a page needs."""
    parser = HTMLParser()
    parser.parse(source)
    faults = [f"line {place[0]}: {code}" for place, code, _ in parser.errors]
    page: Any = html.document_fromstring(source)
    ids = page.xpath("//@id")
    faults += [f"id twice: {each}" for each in sorted({each for each in ids if ids.count(each) > 1})]
    faults += [f"{fault}: {each}" for fault, where in _UNWANTED.items() for each in _found(page, where)]
    kept_out = page.xpath("//meta[@name='robots'][contains(@content,'noindex')]")
    described = any(each.strip() for each in page.xpath("//meta[@name='description']/@content"))
    faults += [] if described or kept_out else ["no description"]
    return faults + (
        ["says little without scripts"] if len(" ".join(page.xpath("//main//text()"))) < 200 else []
    )
