"""Access of the real site: every page by axe and by our own checks, and faults that must not pass them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from access import (
    COLOUR_RULES,
    COLOURS,
    LOOKS,
    WIDTH_RULES,
    WIDTHS,
    Look,
    axe_faults,
    look_at,
    looking,
    markup_faults,
    own_faults,
)
from playwright.sync_api import Browser, Page
from projects import HOME

FAULTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "access_faults.yaml").read_text("utf-8")
)
#: One page of each kind, seen in every look; every other page is seen in one of them.
KINDS = (
    "en/",
    "ja/guide/",
    "en/my-dates/",
    "ja/procedures/stay-extension/",
    "en/fees/",
    "ja/faq/",
    "ja/partners/",
)
WIDEST = 1280
APART = {"embed", "data", "schema", "feeds"}
CAUGHT = 0.95
LOOK_OF_FAULT = {
    "phone": Look(),
    "large phone": Look(width=412),
    "dark": Look(colours="dark"),
    "wide": Look(width=WIDEST),
}
_PUT_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  document.head.insertAdjacentHTML('beforeend', `<style>${css}</style>`);
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with looking(browser) as page:
        yield page


def paths_of(dist: Path) -> list[str]:
    """Return the address of every page of the site, the tables to embed aside."""
    pages = [path.relative_to(dist) for path in sorted(dist.rglob("*.html"))]
    return [path.as_posix().removesuffix("index.html") for path in pages if path.parts[0] not in APART]


def source_of(dist: Path, path: str) -> str:
    """Return the source of a page."""
    file = dist / path
    return (file / "index.html" if file.is_dir() else file).read_text("utf-8")


def test_axe_finds_nothing_on_any_page(dist: Path, page: Page, address: str) -> None:
    found = {}
    for at, path in enumerate(paths_of(dist)):
        look_at(page, LOOKS[at % len(LOOKS)])
        page.goto(address + path)
        found[path] = axe_faults(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_in_any_look_of_one_page_of_each_kind(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    found = {}
    for look in LOOKS:
        if look.width == WIDEST or look.colours == "light":
            look_at(page, look)
            found[look.name] = axe_faults(page, COLOUR_RULES if look.width == WIDEST else WIDTH_RULES)
    assert {look: faults for look, faults in found.items() if faults} == {}


def test_our_own_checks_find_nothing_on_any_page(dist: Path, page: Page, address: str) -> None:
    found = {}
    for at, path in enumerate(paths_of(dist)):
        look_at(page, Look(colours=COLOURS[at % 2]))
        page.goto(address + path)
        found[path] = markup_faults(source_of(dist, path)) + own_faults(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_statement_gives_the_numbers_of_these_tests() -> None:
    statement = yaml.safe_load((HOME / "data" / "accessibility.yaml").read_text("utf-8"))["access_tests"]
    numbers = {name: number for test in statement.values() for name, number in test.get("covers", {}).items()}
    assert numbers == {"looks": len(LOOKS), "faults": len(FAULTS), "percent": CAUGHT * 100}


def is_caught(dist: Path, page: Page, address: str, fault: dict[str, Any], look: Look | None = None) -> bool:
    """Put a fault into a page and ask the checks, the quick ones first."""
    if "markup" in fault:
        old, new = fault["markup"]
        source = source_of(dist, fault["page"])
        assert old in source, f"{fault['fault']}: the page no longer holds {old}"
        return bool(markup_faults(source.replace(old, new)))
    look_at(page, look or LOOK_OF_FAULT[fault.get("look", "phone")])
    page.goto(address + fault["page"])
    if "do" in fault:
        page.evaluate(fault["do"] + "\n;0")
    if "css" in fault:
        page.evaluate(_PUT_STYLE, fault["css"])
    return bool(own_faults(page) or axe_faults(page))


def test_at_least_95_of_100_seeded_faults_are_caught(dist: Path, page: Page, address: str) -> None:
    missed = [fault["fault"] for fault in FAULTS if not is_caught(dist, page, address, fault)]
    assert len(FAULTS) >= 60
    assert len(missed) <= len(FAULTS) * (1 - CAUGHT), missed


def test_a_fault_that_no_other_width_shows_is_caught_on_a_large_phone(
    dist: Path, page: Page, address: str
) -> None:
    (fault,) = (each for each in FAULTS if each.get("alone"))
    found = [width for width in WIDTHS if is_caught(dist, page, address, fault, Look(width=width))]
    assert found == [LOOK_OF_FAULT[fault["look"]].width]
