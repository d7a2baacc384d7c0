"""The pasted table that keeps itself current, on pages of partners in a real browser."""

import gzip
import json

import pytest
from embed_hosts import CLS, World, quiet
from playwright.sync_api import Page

STATE = "document.querySelector('src-procedures').dataset.state"
SHOWN = "(document.querySelector('src-procedures').shadowRoot ?? document).querySelector('table')"


def code(world: World, *, as_of: str = "2020-01-01", tag: str = "ja") -> str:
    """Return the published code with the table pasted into it, as it was on a day."""
    pasted = world.embed.files[f"embed/v1/{tag}/procedures.paste.html"].decode("utf-8")
    written = (
        world.snippet("component.html").replace('lang="ja"', f'lang="{tag}"').replace("2026-11-23", as_of)
    )
    start, end = written.index("<!--"), written.index("-->") + 3
    return written[:start] + pasted + written[end:]


def state(page: Page) -> str:
    """Wait until the component has said what it did."""
    page.wait_for_function(STATE)
    return str(page.evaluate(STATE))


def publish(world: World, **changes: str) -> None:
    """Change what our origin says about the table."""
    path = "embed/v1/ja/procedures.json"
    world.embed.files[path] = json.dumps({**json.loads(world.embed.files[path]), **changes}).encode()


@pytest.mark.parametrize("tag", ["ja", "en", "ja-en"])
def test_an_older_pasted_table_is_replaced_by_the_newest_one(world: World, tag: str) -> None:
    page = world.open(code(world, tag=tag))
    assert state(page) == "updated"
    assert page.evaluate(f"{SHOWN}.rows.length") == 14
    assert page.evaluate(f"{SHOWN}.getBoundingClientRect().height") > 900
    assert world.embed.log == ["embed/v1/procedures.js", f"embed/v1/{tag}/procedures.json"]
    assert page.context.storage_state() == {"cookies": [], "origins": []}
    assert quiet(world.console) == []


def test_a_pasted_table_of_today_stays_and_nothing_moves(world: World) -> None:
    page = world.open(code(world, as_of="2026-11-23"))
    assert state(page) == "fresh"
    assert page.evaluate("document.querySelector('src-procedures').shadowRoot") is None
    assert page.evaluate(CLS) <= 0.02


def test_the_newest_table_holds_the_same_words_as_the_pasted_one(world: World) -> None:
    words = "table => table.textContent.replace(/\\s+/g, '')"
    page = world.open(code(world))
    assert state(page) == "updated"
    page.evaluate(f"{SHOWN}.querySelector('[data-valid-until]').remove()")
    assert page.evaluate(f"({words})({SHOWN})") == page.eval_on_selector("src-procedures > table", words)


def test_trusted_types_have_nothing_to_object_to(world: World) -> None:
    origin = world.embed.address
    policy = (
        f"default-src 'none'; script-src {origin}; connect-src {origin}; style-src 'self';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )
    page = world.open(code(world), policy=policy)
    assert state(page) == "updated"
    assert page.evaluate(f"getComputedStyle({SHOWN}).borderCollapse") == "collapse", "our style sheet holds"
    assert quiet(world.console) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: publish(world, schema_version="2.0.0"),
        lambda world: publish(world, table=["script", {}, "alert(1)"]),
        lambda world: publish(world, table=["table", {"onclick": "alert(1)"}]),
        lambda world: publish(world, table=["a", {"href": "javascript:alert(1)"}]),
        lambda world: world.embed.files.update({"embed/v1/ja/procedures.json": b"<html>"}),
        lambda world: world.embed.files.pop("embed/v1/ja/procedures.json"),
    ],
    ids=["version 2", "a script", "an event", "a javascript address", "no JSON", "nothing there"],
)
def test_whatever_our_origin_sends_the_pasted_table_stays(world: World, spoil: object) -> None:
    spoil(world)  # type: ignore[operator]
    page = world.open(code(world))
    assert state(page) == "fallback"
    assert page.locator("src-procedures td").first.is_visible()


def test_a_policy_without_connections_leaves_the_pasted_table(world: World) -> None:
    page = world.open(code(world), policy=f"script-src {world.embed.address}; connect-src 'none'")
    assert state(page) == "fallback"
    assert page.locator("src-procedures td").first.is_visible()


def test_without_scripts_it_is_a_dated_table(world: World) -> None:
    page = world.open(code(world), policy="script-src 'none'")
    assert page.locator("src-procedures time").last.is_visible()
    assert page.locator("src-procedures").get_by_text("CC BY 4.0").is_visible()


def test_styles_of_the_host_stay_out_and_ours_stay_in(world: World) -> None:
    page = world.open(
        code(world) + "<p class=whole id=own>own</p>", head="<style>table{display:none}td{color:red}</style>"
    )
    assert state(page) == "updated"
    assert page.evaluate(f"{SHOWN}.getBoundingClientRect().height") > 900
    assert page.evaluate("getComputedStyle(document.querySelector('#own')).whiteSpace") == "normal"


def test_the_partner_sets_accent_and_font_and_fixes_the_colours(world: World) -> None:
    head = "<style>src-procedures{--src-accent:rgb(1, 2, 3);--src-font:monospace}</style>"
    page = world.open(code(world).replace("<src-procedures", '<src-procedures theme="dark"'), head=head)
    assert state(page) == "updated"
    link = f"{SHOWN}.querySelector('a')"
    assert page.evaluate(f"getComputedStyle({link}).color") == "rgb(1, 2, 3)"
    assert page.evaluate(f"getComputedStyle({SHOWN}).fontFamily") == "monospace"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('src-procedures')).backgroundColor")
        == "rgb(18, 23, 31)"
    )


@pytest.mark.parametrize(("now", "stale"), [("2026-11-24T00:00:00Z", False), ("2027-03-01T00:00:00Z", True)])
def test_past_its_date_the_newest_table_says_so(world: World, now: str, *, stale: bool) -> None:
    world.page.clock.set_fixed_time(now)
    page = world.open(code(world))
    assert state(page) == "updated"
    assert page.get_by_text("この表は古い可能性があります").is_visible() is stale


def test_the_printed_component_holds_its_last_line(world: World) -> None:
    page = world.open(code(world))
    assert state(page) == "updated"
    page.emulate_media(media="print")
    assert page.locator("src-procedures tfoot").last.is_visible()


def test_script_and_table_stay_within_their_budgets(files: dict[str, bytes]) -> None:
    assert len(gzip.compress(files["embed/v1/procedures.js"], 9)) <= 2048
    assert len(gzip.compress(files["embed/v1/resize.js"], 9)) <= 512
    tables = [path for path in files if path.endswith("/procedures.json")]
    assert tables
    for path in tables:
        assert len(gzip.compress(files[path], 9)) <= 5120, path
