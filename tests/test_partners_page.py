"""The page for partners as they use it: code that works, a chooser that writes it, and everything without scripts."""

import pytest
from built import LOCALES
from playwright.sync_api import Browser, Page


def code(page: Page) -> str:
    """Return the code that the chooser shows."""
    return page.locator(".chooser code").inner_text()


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_the_chooser_writes_the_code_of_the_table_that_it_shows(
    page: Page, address: str, locale: str
) -> None:
    page.goto(f"{address}{locale}/partners/")
    assert f"embed/v1/{locale}/procedures.html" in code(page)
    page.select_option("#choose-table", "fees")
    page.select_option("#choose-language", "ja-en")
    page.select_option("#choose-look", "dark")
    page.select_option("#choose-width", "600")
    page.select_option("#choose-way", "iframe-resize")
    written = code(page)
    assert 'src="https://card-guide.example/embed/v1/ja-en/fees.html#theme-dark"' in written
    assert "width:600px;max-width:100%" in written
    assert "resize.js" in written
    frame = page.frame_locator(".chooser__preview iframe")
    frame.locator("table#fees").wait_for()
    assert (
        frame.locator("body").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(18, 23, 31)"
    )


def test_the_chosen_code_is_the_published_one_with_nothing_left_to_fill(page: Page, address: str) -> None:
    page.goto(f"{address}ja/partners/")
    ways = page.locator("#choose-way option").evaluate_all("all => all.map(each => each.value)")
    assert ways == ["iframe", "iframe-resize", "iframe-fixed", "wordpress", "address"]
    for way in ways:
        page.select_option("#choose-way", way)
        assert "{" not in code(page)
        assert "undefined" not in code(page)


def test_the_table_comes_when_its_reader_is_near_and_moves_nothing(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}ja/partners/")
    page.select_option("#choose-table", "fees")
    # After two frames an observer has said what it saw.
    page.evaluate("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    assert not [each for each in asked if "/embed/" in each]
    height = page.evaluate("document.documentElement.scrollHeight")
    page.locator(".chooser__preview").scroll_into_view_if_needed()
    page.frame_locator(".chooser__preview iframe").locator("table#fees").wait_for()
    assert page.locator(".chooser__preview iframe").count() == 1
    assert page.evaluate("document.documentElement.scrollHeight") == height
    page.close()


def test_without_scripts_the_code_and_all_tables_are_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/partners/")
    assert "embed/v1/en/procedures.html" in code(page)
    assert not page.locator(".chooser form").is_visible()
    links = page.locator("details a[href*='embed/v1']")
    assert links.count() == 14 * (len(LOCALES) + 1)
    for href in {links.nth(index).get_attribute("href") for index in range(links.count())}:
        assert page.request.get(f"{address}en/partners/{href}").ok
    context.close()


def test_every_data_file_that_is_named_is_there(page: Page, address: str) -> None:
    page.goto(f"{address}ja/partners/")
    links = page.locator("a[href*='data/v1'], a[href*='feeds/']")
    assert links.count() >= 18
    for index in range(links.count()):
        assert page.request.get(f"{address}ja/partners/{links.nth(index).get_attribute('href')}").ok


def test_the_pages_that_wordpress_knows_say_where_their_answer_is(page: Page, address: str) -> None:
    for path, table in (
        ("ja/procedures/", "ja/procedures"),
        ("en/fees/", "en/fees"),
        ("ja/procedures/exchange/", "ja/procedure-exchange"),
    ):
        text = page.request.get(address + path).body()
        end = text.index(b"</head>")
        assert end < 150 * 1024
        assert f"embed/v1/{table}.oembed.json".encode() in text[:end]
        assert page.request.get(f"{address}embed/v1/{table}.oembed.json").ok


def test_the_code_can_be_copied_with_one_button(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}ja/partners/")
    page.locator(".chooser").get_by_role("button", name="コピーする").click()
    page.locator(".chooser").get_by_role("button", name="コピーしました").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == code(page)
    page.select_option("#choose-table", "fees")
    page.locator(".chooser").get_by_role("button", name="コピーする").wait_for()
    context.close()


def test_what_a_service_decides_itself_cannot_be_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}en/partners/")
    page.select_option("#choose-way", "wordpress")
    assert page.locator("#choose-look").is_disabled()
    assert page.locator("#choose-width").is_disabled()
    assert code(page) == "https://card-guide.example/en/procedures/"
    page.frame_locator(".chooser__preview iframe").locator("table#procedures-compact").wait_for()
    page.select_option("#choose-way", "address")
    page.select_option("#choose-look", "dark")
    assert code(page) == "https://card-guide.example/embed/v1/en/procedures.html#theme-dark"
