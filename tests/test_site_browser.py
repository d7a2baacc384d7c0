"""The miniature site as readers meet it: a real browser, a real server, both languages, small and wide."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from miniature_site import PROJECT, create_miniature_site
from playwright.sync_api import Browser, Page, expect

from cardguide.sitebuild import write_site
from cardguide.staging import write_staged

PATHS = ("", "404.html", *(f"{tag}/{page}" for tag in ("ja", "en") for page in ("", "procedures/exchange/")))
# WCAG 1.4.12, as a reader's own style sheet would set it.
_TEXT_SPACING = """* {
  line-height: 1.5 !important;
  letter-spacing: .12em !important;
  word-spacing: .16em !important;
}"""
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_SMALL_TARGETS = """[
  ...document.querySelectorAll('header a, button, summary, .button, .procedure__link, footer a')
]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
  .map(each => each.textContent)"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what matters."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browser")
    write_staged(folder / "staged", create_miniature_site())
    write_site(config=PROJECT / "mkdocs.yml", staged=folder / "staged", output=folder / "www/card")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder / "www")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/card/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    yield page
    page.close()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways_at_320_px_even_with_wider_text(
    phone: Page, address: str, path: str
) -> None:
    phone.goto(address + path)
    assert phone.evaluate(_OVERFLOW) == 0
    phone.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
        }""",
        _TEXT_SPACING,
    )
    assert phone.evaluate(_OVERFLOW) == 0


@pytest.mark.parametrize("path", PATHS)
def test_what_is_touched_is_large_enough(phone: Page, address: str, path: str) -> None:
    phone.goto(address + path)
    assert phone.evaluate(_SMALL_TARGETS) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_only_its_own_site_and_breaks_no_policy(
    browser: Browser, address: str, path: str
) -> None:
    page = browser.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, wait_until="networkidle")
    page.close()
    assert said == []
    assert all(url.startswith(address) for url in asked)
    assert len(asked) <= 4


def test_the_language_switcher_keeps_the_page_and_the_place(phone: Page, address: str) -> None:
    phone.goto(address + "ja/procedures/exchange/#fees")
    phone.get_by_role("banner").get_by_role("link", name="English").click()
    expect(phone).to_have_url(address + "en/procedures/exchange/#fees")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_menu_opens_on_a_phone(browser: Browser, address: str, *, scripts: bool) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, java_script_enabled=scripts)
    page.goto(address + "ja/")
    link = page.get_by_role("navigation", name="主なページ").get_by_role("link", name="手続き")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="メニュー").click()
    link.click()
    expect(page).to_have_url(address + "ja/procedures/")
    page.close()


def test_the_menu_needs_no_opening_on_a_wide_page(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "en/")
    expect(
        page.get_by_role("navigation", name="Main pages").get_by_role("link", name="Questions")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    page.close()


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ja", "在留カード"),
        ("ja", "ざいりゅう"),
        ("ja", "ザイリュウ"),
        ("ja", "ｻﾞｲﾘｭｳ"),
        ("ja", "ZAIRYU"),
        ("ja", "在留カードの再交付 入管"),
        ("ja", "再公付申請"),
        ("en", "exchange"),
        ("en", "Residence Card"),
        ("en", "residense card"),
        ("en", "在留カード"),
    ],
)
def test_search_finds_a_procedure_by_name_reading_romaji_and_misspelling(
    browser: Browser, address: str, locale: str, words: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + f"{locale}/")
    page.get_by_role("searchbox").fill(words)
    page.locator(".search__link").first.click()
    expect(page).to_have_url(address + f"{locale}/procedures/exchange/")
    page.close()


def test_search_says_when_there_is_nothing_and_when_it_cannot_load(browser: Browser, address: str) -> None:
    # The worker for offline reading would answer from what it kept, past the route.
    page = browser.new_page(viewport={"width": 1280, "height": 800}, service_workers="block")
    page.goto(address + "en/")
    page.get_by_role("searchbox").fill("zzzz")
    expect(page.get_by_role("status")).to_have_text("Nothing was found. Please try other words.")
    page.route("**/search.json", lambda route: route.abort())
    page.reload()
    page.get_by_role("searchbox").fill("card")
    expect(page.get_by_role("status")).to_have_text("The search could not be loaded.")
    page.close()


def test_search_works_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "ja/")
    page.get_by_role("searchbox").fill("義務")
    expect(page.locator(".search__link")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "ja/questions/#q-voluntary")
    page.close()


def test_search_is_not_offered_where_scripts_do_not_run(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page.goto(address + "ja/")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.close()


def test_the_first_tab_leads_past_the_header_and_every_stop_shows_its_focus(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "en/procedures/exchange/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    for _ in range(16):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    page.close()


def test_sources_that_are_closed_on_screen_are_open_on_paper(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "ja/procedures/exchange/")
    source = page.locator(".provenance a").first
    expect(source).to_be_hidden()
    page.emulate_media(media="print")
    assert source.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})")
    page.close()
