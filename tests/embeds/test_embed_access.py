"""Tables for everyone: axe finds nothing, in frames and in the component, in each scheme and width."""

import importlib.resources

import pytest
from embed_hosts import World
from playwright.sync_api import Page

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
# A frame is one table, named by its caption: a heading of its own would stand in the outline of the partner's page.
WITHOUT = "page-has-heading-one"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page, each as rule and element."""
    page.evaluate(AXE)
    found = page.evaluate(
        """([tags, without]) => axe
             .run(document, { runOnly: tags, rules: { [without]: { enabled: false } }, resultTypes: ["violations"] })
             .then((each) => each.violations)""",
        [RULES, WITHOUT],
    )
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
@pytest.mark.parametrize(
    "table", ["ja/procedures", "en/procedures-compact", "ja-en/fees", "en/procedure-exchange"]
)
def test_axe_finds_nothing_in_a_frame(world: World, table: str, width: int, scheme: str) -> None:
    world.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    world.page.set_viewport_size({"width": width, "height": 800})
    world.page.goto(f"{world.embed.address}embed/v1/{table}.html")
    world.page.evaluate("document.querySelector('details').open = true")
    assert faults(world.page) == []


def test_axe_finds_nothing_on_a_page_with_the_frame(world: World) -> None:
    body = f"<main><h1>Page</h1>{world.snippet('iframe-resize.html')}</main>"
    page = world.open(body)
    world.frame()
    assert faults(page) == []


def test_a_table_with_wider_spacing_of_text_loses_nothing(world: World) -> None:
    world.page.set_viewport_size({"width": 320, "height": 800})
    world.page.goto(f"{world.embed.address}embed/v1/en/procedures.html")
    world.page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
              word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    lost = "[...document.querySelectorAll('th, td')].filter(each => each.scrollHeight > each.clientHeight + 2).length"
    assert world.page.evaluate(lost) == 0
    assert world.page.evaluate("document.documentElement.scrollWidth") == 320
